//! Title lines (GB/T 9704 7.3.1): a long title is cut into lines of at most twenty characters,
//! shaped as a trapezium or a rhombus, at the ends of words; 《》, “” and names that fit on a line
//! stay whole.

use std::ops::Range;

use super::{Edit, Edits, Scene};
use crate::template::roles::Role;

/// Half-widths of a line: the text area is 442 pt, a character 22 pt.
const LINE: usize = 40;

/// Lines beyond this many are not searched for: such a title is no title.
const MOST_LINES: usize = 5;

/// Words of these papers' titles; what stands between them is kept whole.
const WORDS: &[&str] = &[
    "意识形态",
    "网络安全",
    "责任制",
    "民主生活会",
    "组织生活会",
    "领导班子",
    "党员干部",
    "班子成员",
    "对照检查",
    "自查报告",
    "述职述责述廉",
    "述职述责",
    "专题汇报",
    "专题督查",
    "情况通报",
    "问题整改",
    "整改台账",
    "主体责任",
    "工作",
    "情况",
    "报告",
    "材料",
    "台账",
    "关于",
    "落实",
    "开展",
    "履行",
    "加强",
    "责任",
    "检查",
    "考核",
    "自查",
    "督查",
    "汇报",
    "通报",
    "整改",
    "问题",
    "清单",
    "年度",
    "上半年",
    "下半年",
    "半年",
    "个人",
    "发言",
    "提纲",
    "结果",
    "通知",
    "方案",
    "制度",
    "办法",
    "一览表",
    "计分表",
    "情况表",
];

/// Words that must not begin a line.
const TAIL: [char; 9] = ['的', '和', '与', '及', '、', '，', '》', '”', '）'];

pub(super) fn settle(scene: &Scene<'_>, whole: &[Range<usize>], edits: &mut Edits<'_>) {
    for paragraph in &scene.paragraphs {
        if !matches!(paragraph.role, Some(Role::Title | Role::AnnexTitle)) {
            continue;
        }
        // A title that was cut by hand stays as it is.
        let range = &scene.index.nodes[paragraph.node];
        if scene.index.xml[range.start..range.end].contains("<w:br") {
            continue;
        }
        let characters = scene.characters(paragraph.node);
        let text: Vec<char> = characters.iter().map(|(c, _)| *c).collect();
        let kept = |at: usize| {
            let byte = characters[at].1;
            whole.iter().position(|range| range.contains(&byte))
        };
        for at in lines(&text, kept) {
            let byte = characters[at].1;
            edits.push(Edit::insert(byte, "</w:t><w:br/><w:t xml:space=\"preserve\">"));
        }
    }
}

/// Where lines begin, but for the first. `kept` gives the number of the value that a character
/// belongs to.
fn lines(text: &[char], kept: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let total: usize = text.iter().map(|c| half_widths(*c)).sum();
    if total <= LINE {
        return Vec::new();
    }
    let words = words(text, kept);
    let widths: Vec<usize> =
        words.iter().map(|word| text[word.clone()].iter().map(|c| half_widths(*c)).sum()).collect();
    for count in total.div_ceil(LINE)..=MOST_LINES {
        let mut best: Option<(u32, Vec<usize>)> = None;
        search(&widths, count, &mut Vec::new(), &mut |breaks| {
            let cost = cost(text, &words, &widths, breaks);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, breaks.to_vec()));
            }
        });
        if let Some((_, breaks)) = best {
            return breaks.into_iter().map(|word| words[word].start).collect();
        }
    }
    Vec::new()
}

fn half_widths(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// Cuts a title into pieces that stay whole.
fn words(text: &[char], kept: impl Fn(usize) -> Option<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut known_before = true;
    let mut at = 0;
    while at < text.len() {
        let (end, known) = if let Some(value) = kept(at) {
            let mut end = at + 1;
            while end < text.len() && kept(end) == Some(value) {
                end += 1;
            }
            (end, true)
        } else if let Some(close) = closing(text[at]) {
            let end = text[at..].iter().position(|c| *c == close).map_or(at + 1, |n| at + n + 1);
            (end, true)
        } else if let Some(word) = WORDS.iter().find(|word| starts_with(&text[at..], word)) {
            (at + word.chars().count(), true)
        } else {
            (at + 1, false)
        };
        // Strangers stick together, and so does what must not begin a line. A year holds to 年.
        let sticks = words.last().is_some_and(|last| {
            let digits = text[last.end - 1].is_ascii_digit() && "年月日".contains(text[at]);
            digits || TAIL.contains(&text[at]) || (!known && !known_before)
        });
        match words.last_mut() {
            Some(last) if sticks => last.end = end,
            _ => words.push(at..end),
        }
        known_before = known || TAIL.contains(&text[at]);
        at = end;
    }
    // A piece that fits on no line is cut where it must be.
    words
        .into_iter()
        .flat_map(|word| {
            let wide: usize = text[word.clone()].iter().map(|c| half_widths(*c)).sum();
            let step = if wide > LINE { LINE / 2 } else { word.len().max(1) };
            let end = word.end;
            word.step_by(step).map(move |start| start..(start + step).min(end))
        })
        .collect()
}

fn closing(open: char) -> Option<char> {
    match open {
        '《' => Some('》'),
        '“' => Some('”'),
        '（' => Some('）'),
        _ => None,
    }
}

fn starts_with(text: &[char], word: &str) -> bool {
    let mut chars = text.iter();
    word.chars().all(|c| chars.next() == Some(&c))
}

/// Tries every way to set pieces on `count` lines that fit.
fn search(
    widths: &[usize],
    count: usize,
    breaks: &mut Vec<usize>,
    found: &mut impl FnMut(&[usize]),
) {
    let start = breaks.last().copied().unwrap_or(0);
    if count == 1 {
        if widths[start..].iter().sum::<usize>() <= LINE {
            found(breaks);
        }
        return;
    }
    let mut wide = 0;
    for at in start..widths.len().saturating_sub(1) {
        wide += widths[at];
        if wide > LINE {
            return;
        }
        breaks.push(at + 1);
        search(widths, count - 1, breaks, found);
        breaks.pop();
    }
}

/// How bad a way is: uneven lines, a waist in the middle, a break that splits 关于 from what
/// stands before it or puts 的 … apart.
fn cost(text: &[char], words: &[Range<usize>], widths: &[usize], breaks: &[usize]) -> u32 {
    let mut starts = vec![0];
    starts.extend_from_slice(breaks);
    starts.push(widths.len());
    let lines: Vec<usize> =
        starts.windows(2).map(|pair| widths[pair[0]..pair[1]].iter().sum()).collect();
    let longest = lines.iter().max().copied().unwrap_or(0);
    let shortest = lines.iter().min().copied().unwrap_or(0);
    let mut cost = u32::try_from((longest - shortest) * 2).unwrap_or(u32::MAX);
    let rising = lines.windows(2).all(|pair| pair[0] < pair[1]);
    let falling = lines.windows(2).all(|pair| pair[0] > pair[1]);
    let middle = lines.len() == 3 && lines[1] > lines[0] && lines[1] > lines[2];
    if !(rising || falling || middle) {
        cost += 30;
    }
    for at in breaks {
        let begins = &text[words[*at].start..];
        let before = text[words[*at].start - 1];
        if starts_with(begins, "关于") || before == '的' || before == '》' {
            cost = cost.saturating_sub(16);
        } else if TAIL.contains(&before) {
            // 和 at the end of a line hangs in the air.
            cost += 12;
        }
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::lines;

    fn cut(title: &str) -> String {
        let text: Vec<char> = title.chars().collect();
        let mut out = String::new();
        let breaks = lines(&text, |_| None);
        for (at, c) in text.iter().enumerate() {
            if breaks.contains(&at) {
                out.push('/');
            }
            out.push(*c);
        }
        out
    }

    #[test]
    fn titles_are_cut_between_words_and_never_inside_marks() {
        for title in [
            "问题整改台账",
            "中共澜川市禾泽区农业农村局党组/关于2024年落实意识形态和网络安全/工作责任制情况的自查报告",
            "关于印发《意识形态和网络安全工作责任制/检查考核制度》的通知",
        ] {
            let plain = title.replace('/', "");
            let cut = cut(&plain);
            assert!(cut.split('/').all(|line| line.chars().count() <= 22), "{cut}");
            assert!(cut.split('/').all(|line| !line.ends_with(['和', '、'])), "{cut}");
            if !title.contains('《') {
                assert_eq!(cut, title);
            }
        }
    }
}
