//! K17: what a draft must not leave the office with: tags, X次, 某某, ____, 20XX年, （此处…）.

use std::ops::Range;

use super::numerals::digit;
use super::text::Paragraph;
use super::{Found, places, runs};
use crate::diagnostic::codes;

/// Words that only a template or a broken cell says.
const WORDS: [&str; 25] = [
    "某某",
    "（此处",
    "(此处",
    "此处填",
    "此处写",
    "此处插入",
    "单击或点击此处",
    "请填写",
    "请输入",
    "待补充",
    "示例：",
    "○○",
    "〇〇",
    "□□",
    "**",
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "（）",
    "《》",
    "〔〕",
    "“”",
    "【】",
];

/// How a mark of somebody else begins, after 【.
const OTHERS: [&str; 6] = ["填", "此处", "请", "待", "示例", "插入"];

/// Measure words: X次 is a gap, X光 is not.
const MEASURES: &str = "次个年月日名项条期份人件篇场万元家处支轮批";

pub(super) fn check(found: &mut Found<'_>) {
    for paragraph in found.paragraphs() {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for word in WORDS {
            ranges.extend(places(&paragraph.text, word));
        }
        ranges.extend(tags(&paragraph.text));
        ranges.extend(crosses(&paragraph.text));
        ranges.extend(lines(&paragraph.text));
        ranges.extend(foreign_marks(&paragraph.text));
        ranges.sort_by_key(|range| (range.start, range.end));
        let mut last = 0;
        for range in ranges {
            if range.start >= last {
                last = range.end;
                tell(found, paragraph, range);
            }
        }
    }
}

fn tell(found: &mut Found<'_>, paragraph: &Paragraph, range: Range<usize>) {
    let word = paragraph.text[range.clone()].to_owned();
    found.tell(
        &codes::V101,
        paragraph,
        range,
        format!("残留“{word}”"),
        "在工作簿的那一格写上实际内容；是模板里的，改模板",
    );
}

/// {{整改措施}}: a tag whole, or the half that is left of one.
fn tags(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 120;
    let mut out = Vec::new();
    let mut done = 0;
    let stray = places(text, "}}").filter(|range| !closes(&text[..range.start]));
    for range in places(text, "{{").chain(stray) {
        if range.start >= done {
            let close = text[range.start..].find("}}").filter(|at| *at < LONGEST);
            done = close.map_or(range.end, |at| range.start + at + 2);
            out.push(range.start..done);
        }
    }
    out
}

/// Whether two braces after a text close two single ones in it, as in {甲，{乙}}.
fn closes(before: &str) -> bool {
    let count = |brace: char| before.chars().filter(|c| *c == brace).count();
    count('{') >= count('}') + 2
}

/// XX, ××, 20XX, X次, X年: a cross that stands for a number or a name.
fn crosses(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for Range { start, end } in runs(text, is_cross) {
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let in_word = |c: char| c.is_ascii_alphabetic();
        let measured = after.is_some_and(|c| MEASURES.contains(c));
        let year = text[..start].ends_with("20") || text[..start].ends_with("202");
        let apart = before.is_none_or(|c| !in_word(c)) && after.is_none_or(|c| !in_word(c));
        let after_number = before.is_some_and(|c| digit(c).is_some());
        let before_number = after.is_some_and(|c| digit(c).is_some());
        // 3×4, A×B: a product; XXL: a word.
        let gap = if text[start..end].chars().count() > 1 {
            apart && !before_number && (!after_number || year)
        } else {
            apart && measured && (!after_number || year)
        };
        if gap {
            let begin =
                if year && after_number { start - digits_before(text, start) } else { start };
            let close = if measured { after.map_or(end, |c| end + c.len_utf8()) } else { end };
            out.push(begin..close);
        }
    }
    out
}

fn digits_before(text: &str, at: usize) -> usize {
    text[..at].bytes().rev().take_while(u8::is_ascii_digit).count()
}

fn is_cross(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕' | '╳')
}

/// Three or more low lines: a blank to be filled in by hand.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let lines = runs(text, |c| matches!(c, '_' | '＿'));
    lines.filter(|range| text[range.clone()].chars().count() >= 3)
}

/// 【填单位】, 【请补充】: marks of another's making; ours are gone from the text.
fn foreign_marks(text: &str) -> Vec<Range<usize>> {
    let opens = places(text, "【");
    let marks = opens.filter_map(|open| {
        let inside = &text[open.end..];
        let close = inside.find('】')?;
        let theirs = OTHERS.iter().any(|word| inside.starts_with(word));
        theirs.then_some(open.start..open.end + close + '】'.len_utf8())
    });
    marks.collect()
}
