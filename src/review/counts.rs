//! K16: a number that is announced (三个方面、3项、5条) and the list behind it, which must be as
//! long; 一是二是三是 without a gap.
//!
//! Only a list that begins right behind its number is counted: 共12个，主要是：一是… announces none.

use std::ops::Range;

use super::Found;
use super::numerals::{leading, numeral};
use super::text::Paragraph;
use crate::diagnostic::codes;

/// What is announced as a list. Times (次) and people are not listed.
const UNITS: [&str; 7] = ["个方面", "方面", "个", "项", "条", "点", "类"];

/// At most so many characters stand between the measure word and the list: 3项整改要求：.
const BEHIND: usize = 8;

/// An ordinal in running text: 一是, 二要.
struct Ordinal {
    number: u32,
    range: Range<usize>,
}

/// A sequence of ordinals that is still open.
struct Open {
    number: u32,
    paragraph: usize,
    range: Range<usize>,
    /// What was announced right before its first.
    announced: Option<u32>,
}

pub(super) fn check(found: &mut Found<'_>) {
    sequences(found);
    headings(found);
}

/// Follows 一是二是三是 through the paper; a list inside an item is a sequence of its own.
fn sequences(found: &mut Found<'_>) {
    let paragraphs = found.paragraphs();
    let mut open: Vec<Open> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.level().is_some() || paragraph.in_table || paragraph.ends_body() {
            close(found, &mut open, 0);
        }
        let mut runs_on = false;
        for ordinal in ordinals(&paragraph.text) {
            if ordinal.number == 1 {
                if !runs_on {
                    // A new list in a new paragraph is no list inside an item.
                    close(found, &mut open, 0);
                }
                let announced = announced(&paragraph.text[..ordinal.range.start]);
                open.push(Open { number: 1, paragraph: at, range: ordinal.range, announced });
            } else if let Some(list) =
                open.iter().rposition(|list| list.number + 1 == ordinal.number)
            {
                close(found, &mut open, list + 1);
                let top = &mut open[list];
                (top.number, top.paragraph, top.range) = (ordinal.number, at, ordinal.range);
            } else {
                let word = &paragraph.text[ordinal.range.clone()];
                let message = match open.last().map(|list| list.number) {
                    Some(before) if before < ordinal.number => {
                        format!("“{word}”前面缺第{}条", before + 1)
                    }
                    Some(_) => format!("“{word}”重复或倒了次序"),
                    None => format!("“{word}”前面没有“一是”"),
                };
                found.tell(&codes::V122, paragraph, ordinal.range.clone(), message, CURE);
                if let Some(top) = open.last_mut() {
                    let (number, range) = (ordinal.number, ordinal.range);
                    *top = Open { number, paragraph: at, range, announced: None };
                }
            }
            runs_on = true;
        }
        // In a table, or under a run-in heading, a list ends with its paragraph.
        if paragraph.in_table {
            close(found, &mut open, 0);
        }
    }
    close(found, &mut open, 0);
}

const CURE: &str = "补上缺的一条，或改正次序";

/// Ends the sequences from a depth on: one that has only 一是, one that is not as long as announced.
fn close(found: &mut Found<'_>, open: &mut Vec<Open>, depth: usize) {
    while open.len() > depth {
        let Some(list) = open.pop() else { return };
        let paragraph = &found.paragraphs()[list.paragraph];
        if list.number == 1 {
            let message = "只有“一是”，没有“二是”";
            found.tell(&codes::V122, paragraph, list.range, message, CURE);
        } else if let Some(announced) = list.announced.filter(|count| *count != list.number) {
            differs(found, paragraph, list.range, announced, list.number);
        }
    }
}

fn differs(
    found: &mut Found<'_>,
    paragraph: &Paragraph,
    range: Range<usize>,
    announced: u32,
    listed: u32,
) {
    found.tell(
        &codes::V121,
        paragraph,
        range,
        format!("前面说的是{announced}，列出的是{listed}"),
        "核对数目和所列的各条",
    );
}

/// 一是, 二要, … where a clause begins.
fn ordinals(text: &str) -> Vec<Ordinal> {
    let mut out = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let begins = before.is_none_or(|c: char| "，。；：、！？,;:（(“　 \n\t".contains(c));
        if begins
            && let Some((number, length)) = leading(&text[at..])
            && (numeral(c).is_some() || c == '十')
            && text[at + length..].starts_with(['是', '要'])
        {
            out.push(Ordinal { number, range: at..at + length + '是'.len_utf8() });
        }
        before = Some(c);
    }
    out
}

/// The number that the words right before a list announce.
fn announced(before: &str) -> Option<u32> {
    let before = before.trim_end_matches(['：', ':', '，', ',', '。', ' ', '\n']);
    let clause = before.rsplit(['，', '。', '；', '：', '、', '（', '）', ',', ';', ':']).next()?;
    last_count(clause)
}

/// The last number of things in a clause: 3 of 提出3项整改要求.
fn last_count(clause: &str) -> Option<u32> {
    const NO_LIST: [&str; 6] = ["主要", "其中", "包括", "例如", "有的", "等"];
    if NO_LIST.iter().any(|word| clause.contains(word)) {
        return None;
    }
    let mut last = None;
    let mut before = None;
    let mut skip = 0;
    for (at, c) in clause.char_indices() {
        if at < skip {
            before = Some(c);
            continue;
        }
        if let Some((number, length)) = leading(&clause[at..]) {
            skip = at + length;
            let rest = &clause[skip..];
            let unit = UNITS.iter().find(|unit| rest.starts_with(**unit));
            let behind = unit.map(|unit| rest[unit.len()..].chars().count());
            let ordinal = matches!(before, Some('第' | '.' | '．' | '/' | '之' | '余'));
            last = (!ordinal && behind.is_some_and(|count| count <= BEHIND)).then_some(number);
        }
        before = Some(c);
    }
    last
}

/// A paragraph that announces what the headings or paragraphs behind it list.
fn headings(found: &mut Found<'_>) {
    let paragraphs = found.paragraphs();
    let mut section = 0;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        section = paragraph.level().unwrap_or(section);
        if paragraph.in_table || paragraph.ends_body() {
            continue;
        }
        let text = paragraph.text.trim_end();
        let body = text.trim_end_matches(['。', '：', ':']);
        let start = body.rfind(['。', '；']).map_or(0, |end| end + '。'.len_utf8());
        let last = &body[start..];
        let colon = text.ends_with(['：', ':']);
        let follows = ["如下", "以下", "下列"].iter().any(|word| last.contains(word));
        let Some(announced) = listed_behind(last, colon || follows, start == 0) else { continue };
        let listed = list_behind(paragraphs, at, section);
        if listed > 0 && listed != announced {
            differs(found, paragraph, start..text.len(), announced, listed);
        }
    }
}

/// The number in a sentence that announces what comes in the next paragraphs.
fn listed_behind(sentence: &str, says_so: bool, single: bool) -> Option<u32> {
    let clauses: Vec<&str> = sentence.split(['，', ',']).collect();
    if says_so {
        return clauses.iter().rev().find_map(|clause| last_count(clause));
    }
    // 会前征求到意见建议8条。: a paragraph of its own, and its number is its last word.
    let clause = (clauses.len() == 1 && single).then(|| clauses.first())??;
    let ends = ["条", "项"].iter().any(|unit| clause.ends_with(unit));
    ends.then(|| last_count(clause))?
}

/// How many items the paragraphs after one list: headings below its section, all of one level.
fn list_behind(paragraphs: &[Paragraph], at: usize, section: u8) -> u32 {
    let Some(level) = paragraphs.get(at + 1).and_then(Paragraph::level) else { return 0 };
    if level <= section {
        return 0;
    }
    let mut count = 0;
    for paragraph in &paragraphs[at + 1..] {
        match paragraph.level() {
            Some(other) if other == level => count += 1,
            Some(other) if other < level => break,
            Some(_) => {}
            None if paragraph.ends_body() => break,
            None => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::announced;

    #[test]
    fn only_the_number_right_before_a_list_announces_it() {
        for (text, count) in [
            ("存在以下三个方面的问题：", Some(3)),
            ("提出整改要求5条，", Some(5)),
            ("阵地管理方面12个，主要是：", None),
            ("第三项，", None),
            ("召开会议3次，", None),
            ("对8个支部中的7个开展了检查并通报全局情况，", None),
        ] {
            assert_eq!(announced(text), count, "{text}");
        }
    }
}
