//! Finds tags in a line of a text template, as an input method may have typed them, and tells
//! block tags from values. It looks no names up: that is the compiler's business.

use crate::template::expression::{self, Body};

/// What a tag does, as far as laying out needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    /// Opens a block.
    Open,
    /// `else`, 否则, `^`.
    Else,
    /// Closes a block.
    Close,
    /// Prints something.
    Value,
    /// A remark, printed by nobody.
    Comment,
}

/// A stretch of a line.
#[derive(Debug, PartialEq)]
pub(super) enum Segment<'a> {
    /// Text between tags.
    Text(&'a str),
    /// A whole tag, its braces half-width.
    Tag(String, TagKind),
    /// `{{` without its end, to the end of the line.
    Unfinished(&'a str),
    /// `}}` without its beginning.
    Stray(&'a str),
}

/// Cuts a line into text and tags.
pub(super) fn segments(line: &str) -> Vec<Segment<'_>> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(at) = double_brace(rest) {
        if at > 0 {
            out.push(Segment::Text(&rest[..at]));
        }
        let from_brace = &rest[at..];
        let opens = from_brace.chars().take(3).take_while(|&c| is_open(c)).count();
        if opens < 2 {
            let end = width_of(from_brace, 2);
            out.push(Segment::Stray(&from_brace[..end]));
            rest = &from_brace[end..];
            continue;
        }
        let head = width_of(from_brace, opens);
        let Some(inner) = closing_braces(&from_brace[head..], opens) else {
            out.push(Segment::Unfinished(from_brace));
            return out;
        };
        let inner_text = &from_brace[head..head + inner];
        let tail = width_of(&from_brace[head + inner..], opens);
        let (left, right) = ("{".repeat(opens), "}".repeat(opens));
        out.push(Segment::Tag(format!("{left}{inner_text}{right}"), classify(inner_text)));
        rest = &from_brace[head + inner + tail..];
    }
    if !rest.is_empty() {
        out.push(Segment::Text(rest));
    }
    out
}

/// Where the next `{{` or `}}` begins.
fn double_brace(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        if next.is_some_and(|n| (is_open(c) && is_open(n)) || (is_close(c) && is_close(n))) {
            return Some(at);
        }
    }
    None
}

/// Where `count` closing braces in a row begin.
fn closing_braces(text: &str, count: usize) -> Option<usize> {
    text.char_indices()
        .find(|&(at, _)| {
            text[at..].chars().take_while(|&c| is_close(c)).take(count).count() == count
        })
        .map(|(at, _)| at)
}

/// The bytes of the first `count` characters.
fn width_of(text: &str, count: usize) -> usize {
    text.chars().take(count).map(char::len_utf8).sum()
}

fn is_open(c: char) -> bool {
    matches!(c, '{' | '｛')
}

fn is_close(c: char) -> bool {
    matches!(c, '}' | '｝')
}

/// Tells what the inside of a tag does, as the compiler will read it.
fn classify(inner: &str) -> TagKind {
    match expression::parse(inner) {
        Body::Comment => TagKind::Comment,
        Body::Open { .. } => TagKind::Open,
        Body::Else(_) => TagKind::Else,
        Body::Close(_) => TagKind::Close,
        Body::Print { .. } => TagKind::Value,
        // What is not understood is told by the compiler; it stands where it was meant to.
        Body::Fault(_) if expression::closes(inner).is_some() => TagKind::Close,
        Body::Fault(_) if expression::opens(inner).is_some() => TagKind::Open,
        Body::Fault(_) => TagKind::Value,
    }
}

#[cfg(test)]
mod tests {
    use super::{Segment, TagKind, segments};

    fn kinds(line: &str) -> Vec<TagKind> {
        segments(line)
            .into_iter()
            .filter_map(|s| match s {
                Segment::Tag(_, kind) => Some(kind),
                Segment::Text(_) | Segment::Unfinished(_) | Segment::Stray(_) => None,
            })
            .collect()
    }

    #[test]
    fn tags_are_found_in_either_width() {
        let line = "共｛｛数量｝｝个{{#each 附件}}";
        assert_eq!(
            segments(line),
            [
                Segment::Text("共"),
                Segment::Tag("{{数量}}".to_owned(), TagKind::Value),
                Segment::Text("个"),
                Segment::Tag("{{#each 附件}}".to_owned(), TagKind::Open),
            ]
        );
        assert_eq!(segments("a{{b}"), [Segment::Text("a"), Segment::Unfinished("{{b}")]);
        assert_eq!(segments("a}}"), [Segment::Text("a"), Segment::Stray("}}")]);
        assert_eq!(segments("{a}"), [Segment::Text("{a}")]);
    }

    #[test]
    fn block_tags_are_told_from_values() {
        use TagKind::{Close, Comment, Else, Open, Value};
        for (tag, kind) in [
            ("{{#each 附件}}", Open),
            ("{{＃循环 附件}}", Open),
            ("{{循环 附件}}", Open),
            ("{{循环}}", Value),
            ("{{each 附件}}", Open),
            ("{{伴随 单位}}", Open),
            ("{{#循坏 附件}}", Open),
            ("{{结束循环}}", Close),
            ("{{else}}", Else),
            ("{{ 否则 }}", Else),
            ("{{else if 附件}}", Else),
            ("{{结束}}", Close),
            ("{{／each}}", Close),
            ("{{~/if~}}", Close),
            ("{{!-- 说明 --}}", Comment),
            ("{{日期 完成时间 \"长\"}}", Value),
        ] {
            assert_eq!(kinds(tag), [kind], "{tag}");
        }
    }
}
