//! Words made comparable: width, blanks, brackets and marks of emphasis taken out.

use unicode_normalization::UnicodeNormalization;

/// A name for comparison: NFKC, without blanks, brackets, quotes and asterisks. What stands
/// inside brackets stays.
pub(super) fn fold(text: &str) -> String {
    text.nfkc()
        .filter(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !"()[]{}〔〕【】《》〈〉「」“”‘’\"'*※:".contains(*c)
        })
        .collect()
}

/// A heading for comparison: folded, without the words that only tell how to fill it in.
pub(super) fn fold_heading(text: &str) -> String {
    let mut folded = fold(text);
    for mark in ["必填项", "必填", "选填"] {
        if let Some(rest) = folded.strip_suffix(mark)
            && !rest.is_empty()
        {
            folded = rest.to_owned();
        }
    }
    folded
}

/// A heading of the user's own as it is shown and named: one line, no marks at its ends.
pub(super) fn own_heading(text: &str) -> String {
    let joined: String = text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    joined.trim_matches(['*', '＊']).to_owned()
}

/// A person's name: no blanks inside, no 同志 behind.
pub(super) fn person(text: &str) -> String {
    let name: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    match name.strip_suffix("同志") {
        Some(rest) if rest.chars().count() >= 2 => rest.to_owned(),
        Some(_) | None => name,
    }
}

/// Names with their inner blanks taken out, joined as they were.
pub(super) fn people(text: &str) -> String {
    // Names without a sign between them, 张三 李四, stay apart.
    let words: Vec<&str> = text.split_whitespace().collect();
    let split_name = words.iter().any(|word| word.chars().count() == 1);
    if words.len() > 2 || !split_name { text.trim().to_owned() } else { person(text) }
}

/// A cell's text as a message quotes it: one line, cut short.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 24;
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST).chain(['…']).collect()
}

/// The parts of a cell that lists several things.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';', '\n', '\r']).map(str::trim).filter(|p| !p.is_empty())
}

/// Whether a cell says that there is nothing to say: /, —, 无.
pub(super) fn is_nothing(text: &str) -> bool {
    let folded = fold(text);
    folded.is_empty()
        || folded.chars().all(|c| "/-—–―~_".contains(c))
        || ["无", "暂无"].contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_heading, is_nothing, parts, person, shown};

    #[test]
    fn headings_fold_to_their_word() {
        for heading in
            ["责任主体*", "责任\n主体（必填）", " 责任主体 (必填) *", "＊责任主体：", "责 任 主 体"]
        {
            assert_eq!(fold_heading(heading), "责任主体");
        }
        assert_eq!(fold("（履责情况）"), "履责情况");
    }

    #[test]
    fn names_lose_their_blanks_and_lists_their_signs() {
        assert_eq!(shown("一行\n两行"), "一行 两行");
        assert_eq!(shown(&"长".repeat(30)).chars().count(), 25);
        assert_eq!(person("张　明"), "张明");
        assert_eq!(person("王五岭同志"), "王五岭");
        let listed: Vec<_> = parts("农技站、 畜牧股，种植股\n办公室").collect();
        assert_eq!(listed, ["农技站", "畜牧股", "种植股", "办公室"]);
        assert!(is_nothing("——") && is_nothing(" / ") && !is_nothing("无线电"));
    }
}
