//! K35: a heading with nothing under it, a level left out, a document number in the wrong brackets.
//!
//! 一、 may be followed by 1. where a paper has two levels; what is told is a jump past that, and a
//! paper that begins below 一、.

use std::ops::Range;

use super::Found;
use super::numerals::digit;
use super::text::Paragraph;
use crate::diagnostic::codes;
use crate::template::roles::Role;

/// Brackets in which a document's year is written by mistake; 〔〕 is right (GB/T 9704 7.2.5).
const WRONG: [(char, char); 6] =
    [('[', ']'), ('【', '】'), ('(', ')'), ('（', '）'), ('［', '］'), ('﹝', '﹞')];

/// The levels that may be passed over at once: 一、 to 1.
const PASSED_OVER: u8 = 2;

pub(super) fn check(found: &mut Found<'_>) {
    levels(found);
    for paragraph in found.paragraphs() {
        for range in numbers(&paragraph.text) {
            let wrong = paragraph.text[range.clone()].to_owned();
            found.tell(
                &codes::V181,
                paragraph,
                range,
                format!("发文字号“{wrong}”的年份没有用六角括号"),
                "年份写在〔〕里，如 〔2024〕5号",
            );
        }
    }
}

fn levels(found: &mut Found<'_>) {
    let paragraphs = found.paragraphs();
    let mut before = 0;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.role == Some(Role::AnnexTitle) {
            before = 0;
        }
        let Some(level) = paragraph.level() else { continue };
        if level > before + PASSED_OVER || before == 0 && level > 1 {
            found.tell(
                &codes::V182,
                paragraph,
                0..0,
                format!(
                    "第{level}级标题前面{}",
                    if before == 0 {
                        "没有上级标题".to_owned()
                    } else {
                        format!("是第{before}级")
                    }
                ),
                "层次依次用 一、（一）1.（1）",
            );
        }
        before = level;
        if is_bare(paragraph) && is_empty(paragraphs, at, level) {
            found.tell(
                &codes::V182,
                paragraph,
                0..paragraph.text.len(),
                "标题下面没有内容",
                "补上内容，没有可写的删去这个标题",
            );
        }
    }
}

/// A heading without text of its own behind it on the line.
fn is_bare(paragraph: &Paragraph) -> bool {
    !paragraph.text.contains(['。', '；', '：', super::text::MARK])
}

/// Whether a section ends where it begins. Lists of single lines (1. 2. 3.) are content themselves.
fn is_empty(paragraphs: &[Paragraph], at: usize, level: u8) -> bool {
    const LAST_SECTION: u8 = 2;
    let next = paragraphs.get(at + 1);
    level <= LAST_SECTION
        && next
            .is_none_or(|next| next.ends_body() || next.level().is_some_and(|other| other <= level))
}

/// `禾农发[2024]5号`: a year in other brackets, before a number and 号.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for (at, open) in text.char_indices() {
        let Some((_, close)) = WRONG.iter().find(|(left, _)| *left == open) else { continue };
        let inside = at + open.len_utf8();
        let Some(year) = text.get(inside..inside + 4) else { continue };
        let is_year = year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit());
        let Some(rest) = text[inside + 4..].strip_prefix(*close).filter(|_| is_year) else {
            continue;
        };
        let number = rest.strip_prefix('第').unwrap_or(rest);
        let digits: usize =
            number.chars().take_while(|c| digit(*c).is_some()).map(char::len_utf8).sum();
        if digits > 0 && number[digits..].starts_with('号') {
            let end = text.len() - number.len() + digits + '号'.len_utf8();
            out.push(at..end);
        }
    }
    out
}
