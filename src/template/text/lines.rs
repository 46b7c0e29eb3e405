//! Turns the text of a template into lines that know their kind: tags become tokens, remarks and
//! characters that cannot be printed go, leading and trailing blanks are stripped.

use crate::diagnostic::codes;

use super::faults::Faults;
use super::marks::{Mark, is_noncharacter, token};
use super::named::fence;
use super::tags::{Segment, TagKind, segments};

/// A line of the template.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: u32,
    /// What is on it, tags as tokens.
    pub(super) text: String,
    /// What it is.
    pub(super) kind: LineKind,
}

/// What a line is.
#[derive(Debug, PartialEq)]
pub(super) enum LineKind {
    /// Nothing.
    Blank,
    /// Only block tags: the numbers of their marks.
    Tags(Vec<usize>),
    /// `:::` and the name behind it, empty for an end.
    Fence(String),
    /// A row of a table, pipes half-width.
    Row,
    /// Anything else.
    Text,
}

/// Reads all lines; tags and breaks are appended to `marks`, the line of each tag to `tag_lines`.
pub(super) fn read(
    text: &str,
    marks: &mut Vec<Mark>,
    tag_lines: &mut Vec<u32>,
    faults: &mut Faults<'_>,
) -> Vec<Line> {
    let mut out = Vec::new();
    let mut remark_since: Option<u32> = None;
    for (at, raw) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let clean = printable(raw, number, faults);
        let (kept, had_remark) = without_remarks(&clean, number, &mut remark_since);
        let before = marks.len();
        let line = line(kept.trim(), number, marks, faults);
        let tags = marks[before..].iter().filter(|mark| matches!(mark, Mark::Tag(..)));
        tag_lines.extend(tags.map(|_| number));
        let vanished = line.kind == LineKind::Blank && (had_remark || !kept.trim().is_empty());
        if !vanished {
            out.push(line);
        }
    }
    if let Some(number) = remark_since {
        faults.at(&codes::T608, number, "{{!--", "说明标签没有写完", "在说明的末尾写上 --}}");
    }
    out
}

/// Drops what cannot stand in a document: control characters and noncharacters.
fn printable(raw: &str, number: u32, faults: &mut Faults<'_>) -> String {
    let bad = |c: char| (c.is_control() && c != '\t') || is_noncharacter(c);
    if let Some(found) = raw.chars().find(|&c| bad(c)) {
        let message = format!("有看不见的字符 U+{:04X}，已略去", u32::from(found));
        faults.at(&codes::T609, number, "", message, "在这一行重新打字，或删去粘贴来的内容");
    }
    raw.chars().filter(|&c| !bad(c)).map(|c| if c == '\t' { ' ' } else { c }).collect()
}

/// Cuts `{{!-- … --}}`, which may run over lines; tells whether there was any.
fn without_remarks(line: &str, number: u32, since: &mut Option<u32>) -> (String, bool) {
    let half = line.replace('｛', "{").replace('｝', "}");
    if since.is_none() && !half.contains("{{!--") {
        return (line.to_owned(), false);
    }
    let (mut out, mut rest) = (String::new(), half.as_str());
    loop {
        if since.is_some() {
            match rest.split_once("--}}") {
                Some((_, after)) => rest = after,
                None => return (out, true),
            }
            *since = None;
        }
        match rest.split_once("{{!--") {
            Some((before, after)) => {
                out.push_str(before);
                rest = after;
                *since = Some(number);
            }
            None => {
                out.push_str(rest);
                return (out, true);
            }
        }
    }
}

/// Reads one line.
fn line(text: &str, number: u32, marks: &mut Vec<Mark>, faults: &mut Faults<'_>) -> Line {
    if let Some(name) = fence(text) {
        return Line { number, text: String::new(), kind: LineKind::Fence(name.to_owned()) };
    }
    let is_row = text.starts_with(['|', '｜']);
    let mut out = String::new();
    let mut blocks = Vec::new();
    let mut only_blocks = true;
    for segment in segments(text) {
        match segment {
            Segment::Text(plain) => {
                only_blocks &= plain.trim().is_empty();
                let plain = if is_row { plain.replace('｜', "|") } else { plain.to_owned() };
                push_text(&plain, &mut out, marks);
            }
            Segment::Tag(_, TagKind::Comment) => {}
            Segment::Tag(tag, kind) => {
                let number = marks.len();
                if kind == TagKind::Value {
                    only_blocks = false;
                }
                blocks.push(number);
                out.push_str(&token(number));
                marks.push(Mark::Tag(tag, kind));
            }
            Segment::Unfinished(quote) => {
                only_blocks = false;
                let help = "一个标签要写在同一行里，前后各两个花括号，如 {{单位.全称}}";
                faults.at(&codes::T608, number, quote, "标签没有写完，后面缺 }}", help);
                out.push_str(quote);
            }
            Segment::Stray(quote) => {
                only_blocks = false;
                let help = "在标签前面补上 {{，或删去多余的 }}";
                faults.at(&codes::T608, number, text, "}} 前面没有 {{", help);
                out.push_str(quote);
            }
        }
    }
    let text = out.trim().to_owned();
    let kind = if text.is_empty() {
        LineKind::Blank
    } else if only_blocks {
        LineKind::Tags(blocks)
    } else if is_row {
        LineKind::Row
    } else {
        LineKind::Text
    };
    Line { number, text, kind }
}

/// Adds text, each `<br>` in it as a token.
fn push_text(plain: &str, out: &mut String, marks: &mut Vec<Mark>) {
    let mut rest = plain;
    while let Some(at) = rest.find('<') {
        let lower = rest[at..].to_ascii_lowercase();
        let found = ["<br>", "<br/>", "<br />"].into_iter().find(|b| lower.starts_with(b));
        let length = found.map_or(1, str::len);
        match found {
            Some(_) => {
                out.push_str(&rest[..at]);
                out.push_str(&token(marks.len()));
                marks.push(Mark::Break);
            }
            None => out.push_str(&rest[..=at]),
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
}
