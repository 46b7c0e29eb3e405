//! Finds the tags of a part: paragraph by paragraph, over all runs, by the visible characters.
//!
//! A tag never leaves its paragraph; `{{` without `}}` in the same paragraph is a fault, a lone
//! brace is text. Full-width braces are braces (study/templating.md §3.3.3).

use crate::template::contents;
use crate::template::fold::{fold_char, is_blank, is_invisible};
use crate::template::index::{Index, Kind, attribute, decode};

/// Where a character of a paragraph comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A byte range of a `w:t`.
    Bytes(usize, usize),
    /// An element in a run: a tab, a break, a picture.
    Element(usize),
}

/// One visible character of a paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Char {
    /// The character; an element that is no text stands as U+FFFC.
    pub c: char,
    /// Its run.
    pub run: usize,
    /// Where it comes from.
    pub source: Source,
}

impl Char {
    /// Whether nothing of it can be seen: a blank, a line break, a mark of no width. A page break
    /// can.
    pub fn is_idle(&self) -> bool {
        self.c != PAGE_BREAK && (is_blank(self.c) || is_invisible(self.c))
    }
}

/// Stands for a break to the next page or column.
const PAGE_BREAK: char = '\u{C}';

/// Stands for the place of a comment: Word shows it beside the text.
const COMMENT: char = '\u{200B}';

/// A paragraph that holds tags.
#[derive(Debug)]
pub struct TaggedParagraph {
    /// The `w:p`.
    pub node: usize,
    /// Its characters.
    pub chars: Vec<Char>,
    /// Which tags (by number) it holds, in order.
    pub tags: Vec<usize>,
}

/// A tag as it stands.
#[derive(Debug, Clone)]
pub struct RawTag {
    /// Index of its paragraph among the tagged ones.
    pub paragraph: usize,
    /// First character, of `{{`.
    pub from: usize,
    /// After the last, of `}}`.
    pub to: usize,
    /// The run that gives the format: the one of the first character of the name.
    pub donor: usize,
    /// What stands between the braces, invisible characters left out.
    pub content: String,
    /// Why it is no proper tag, if so.
    pub fault: Option<TagFault>,
}

/// Why something that begins like a tag is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagFault {
    /// No `}}` in the paragraph.
    Unclosed,
    /// `}}` without `{{` before it.
    Unopened,
    /// Three or more braces.
    TooManyBraces,
    /// A picture, a note or a field stands inside.
    Element,
}

/// A part with its tags, and the paragraphs that hold them, in document order.
#[derive(Debug)]
pub struct Tagged<'a> {
    /// The part.
    pub index: &'a Index<'a>,
    /// Paragraphs that hold tags.
    pub paragraphs: Vec<TaggedParagraph>,
    /// The tags.
    pub tags: Vec<RawTag>,
}

impl<'a> Tagged<'a> {
    /// Finds the tags of a part.
    pub fn find(index: &'a Index<'a>) -> Self {
        let mut candidate = vec![false; index.nodes.len()];
        // A table of contents shows the headings as they were: it is written anew.
        let contents = contents::find(index);
        let listed = |paragraph| contents.iter().any(|contents| contents.touches(index, paragraph));
        for (at, node) in index.nodes.iter().enumerate() {
            if node.kind == Kind::Text
                && let Some(paragraph) = node.paragraph
                && !listed(paragraph)
                && may_hold_brace(index.inner(at))
            {
                candidate[paragraph] = true;
            }
        }
        let mut paragraphs = Vec::new();
        let mut tags = Vec::new();
        for at in candidate.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| at) {
            let chars = characters(index, at);
            let first = tags.len();
            scan(&chars, paragraphs.len(), &mut tags);
            if tags.len() > first {
                let tags = (first..tags.len()).collect();
                paragraphs.push(TaggedParagraph { node: at, chars, tags });
            }
        }
        Self { index, paragraphs, tags }
    }

    /// The paragraph that holds a tag.
    pub fn paragraph(&self, tag: usize) -> &TaggedParagraph {
        &self.paragraphs[self.tags[tag].paragraph]
    }

    /// Its `w:p`.
    pub fn node(&self, tag: usize) -> usize {
        self.paragraph(tag).node
    }

    /// The characters of a tag.
    pub fn chars(&self, tag: usize) -> &[Char] {
        &self.paragraph(tag).chars[self.tags[tag].from..self.tags[tag].to]
    }

    /// The run in which a tag begins.
    pub fn run(&self, tag: usize) -> usize {
        self.paragraph(tag).chars[self.tags[tag].from].run
    }

    /// The characters of a paragraph that stand in no tag.
    pub fn loose<'p>(&'p self, paragraph: &'p TaggedParagraph) -> impl Iterator<Item = &'p Char> {
        let mut tags = paragraph.tags.iter().map(|&tag| &self.tags[tag]).peekable();
        let chars = paragraph.chars.iter().enumerate().filter(move |(at, _)| {
            while tags.next_if(|tag| tag.to <= *at).is_some() {}
            tags.peek().is_none_or(|tag| *at < tag.from)
        });
        chars.map(|(_, char)| char)
    }
}

/// Whether raw text may hold a brace, also one written as a character reference.
pub fn may_hold_brace(raw: &str) -> bool {
    raw.contains(['{', '｛', '}', '｝']) || raw.contains("&#")
}

/// The characters of a paragraph, text boxes inside it and deleted text left out.
fn characters(index: &Index<'_>, paragraph: usize) -> Vec<Char> {
    let mut out = Vec::new();
    let mut at = paragraph + 1;
    while at <= index.nodes[paragraph].last {
        let node = &index.nodes[at];
        match node.kind {
            Kind::Deleted | Kind::Paragraph => at = node.last + 1,
            Kind::Run => {
                for child in index.children(at) {
                    character(index, at, child, &mut out);
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
    out
}

/// Whether an element around runs shows nothing of its own: it goes where a tag stands in it, so
/// that a block may begin inside it and end outside. An insertion that is tracked is accepted so.
pub fn is_transparent(index: &Index<'_>, at: usize) -> bool {
    index.nodes[at].kind == Kind::Inserted || matches!(index.name(at), "w:smartTag" | "w:customXml")
}

/// Whether a break begins a line, not a page or a column.
pub fn is_line_break(index: &Index<'_>, at: usize) -> bool {
    let kind = attribute(index.raw(at), "w:type");
    index.nodes[at].kind == Kind::Break && matches!(kind, None | Some("textWrapping"))
}

/// The characters of one child of a run.
fn character(index: &Index<'_>, run: usize, child: usize, out: &mut Vec<Char>) {
    let node = &index.nodes[child];
    let c = match node.kind {
        Kind::Text => {
            let found = decode(index.inner(child), node.inner);
            out.extend(found.map(|(c, start, end)| Char {
                c,
                run,
                source: Source::Bytes(start, end),
            }));
            return;
        }
        Kind::RunProps | Kind::Idle => return,
        Kind::Tab => '\t',
        Kind::Break if is_line_break(index, child) => '\n',
        Kind::Break => PAGE_BREAK,
        Kind::Hyphen => '-',
        Kind::Other if index.name(child) == "w:commentReference" => COMMENT,
        _ => '\u{FFFC}',
    };
    out.push(Char { c, run, source: Source::Element(child) });
}

/// The tags among the characters of a paragraph.
fn scan(chars: &[Char], paragraph: usize, tags: &mut Vec<RawTag>) {
    // Invisible characters between the braces of a pair do not part them.
    let seen: Vec<(usize, char)> = chars
        .iter()
        .enumerate()
        .filter(|(_, ch)| !is_invisible(ch.c))
        .map(|(at, ch)| (at, if matches!(ch.c, '｛' | '｝') { fold_char(ch.c) } else { ch.c }))
        .collect();
    let is = |at: usize, c: char| seen.get(at).is_some_and(|s| s.1 == c);
    let run = |at: usize, c: char| (at..).take_while(|&at| is(at, c)).count();
    let mut at = 0;
    // Single braces that are open: what closes them is text, as in {甲，{乙}}.
    let mut open_braces = 0_usize;
    while at < seen.len() {
        if is(at, '}') {
            let braces = run(at, '}');
            let end = at + braces;
            if braces == 1 || braces <= open_braces {
                open_braces = open_braces.saturating_sub(braces);
                at = end;
                continue;
            }
            tags.push(RawTag {
                paragraph,
                from: seen[at].0,
                to: seen[end - 1].0 + 1,
                donor: chars[seen[at].0].run,
                content: String::new(),
                fault: Some(TagFault::Unopened),
            });
            at = end;
            continue;
        }
        let (open, braces) = (at, run(at, '{'));
        if braces < 2 {
            open_braces += braces;
            at += 1;
            continue;
        }
        let inside = open + braces;
        let close = (inside..seen.len()).find(|&i| is(i, '}') && is(i + 1, '}'));
        let next = (inside..seen.len()).find(|&i| is(i, '{') && is(i + 1, '{'));
        let (end, mut fault) = match close {
            Some(close) if next.is_none_or(|next| close < next) => (close, None),
            // The next tag begins before this one ends: this one was never closed.
            _ => (next.unwrap_or(seen.len()), Some(TagFault::Unclosed)),
        };
        let content: String = seen[inside..end].iter().map(|s| s.1).collect();
        let mut after = if fault.is_none() { end + 2 } else { end };
        if fault.is_none() && braces > 2 {
            fault = Some(TagFault::TooManyBraces);
            after += run(after, '}');
        }
        if fault.is_none() && content.contains('\u{FFFC}') {
            fault = Some(TagFault::Element);
        }
        let name = (inside..end)
            .find(|&i| !is_sign(seen[i].1))
            .unwrap_or_else(|| inside.min(seen.len() - 1));
        tags.push(RawTag {
            paragraph,
            from: seen[open].0,
            // Invisible characters after the last brace are text again.
            to: seen[after - 1].0 + 1,
            donor: chars[seen[name].0].run,
            content,
            fault,
        });
        at = after.max(open + 2);
    }
}

/// Signs and blanks that may stand before a name.
fn is_sign(c: char) -> bool {
    matches!(fold_char(c), '#' | '/' | ' ' | '(' | '"' | '^' | '~')
}
