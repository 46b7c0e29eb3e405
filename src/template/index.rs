//! Indexes the XML of a part: every element with its byte range, parent and ordinal, in one pass.
//! Nothing is copied; what follows works on ranges of the original text.

use crate::package::pieces::{Piece, Pieces};

/// Deeper XML than any word processor writes; more is refused, since later steps recurse.
const MAX_DEPTH: usize = 200;

/// More elements than a template of thousands of pages has; each costs memory.
const MAX_NODES: usize = 3_000_000;

/// What an element is to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `w:p`.
    Paragraph,
    /// `w:pPr`.
    ParagraphProps,
    /// `w:pStyle`.
    ParagraphStyle,
    /// `w:r`.
    Run,
    /// `w:rPr`.
    RunProps,
    /// `w:t`.
    Text,
    /// `w:tab`, in a run.
    Tab,
    /// `w:br`, `w:cr`.
    Break,
    /// `w:noBreakHyphen`.
    Hyphen,
    /// `w:softHyphen`, `w:lastRenderedPageBreak`, `w:proofErr`: nothing is lost with it.
    Idle,
    /// Starts and ends of bookmarks, comments, permissions: kept when what holds them goes.
    RangeMark,
    /// `w:tbl`.
    Table,
    /// `w:tr`.
    Row,
    /// `w:tc`.
    Cell,
    /// `w:tblHeader`.
    HeaderRow,
    /// `w:sectPr`.
    Section,
    /// `w:del`, `w:moveFrom`: text that is no longer there.
    Deleted,
    /// `w:ins`, `w:moveTo`.
    Inserted,
    /// `mc:Fallback`: the second copy of a text box.
    Fallback,
    /// `w:drawing`, `w:pict`, `w:object`.
    Drawing,
    /// Any other.
    Other,
}

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its parent's number; the root is its own.
    pub parent: usize,
    /// The last number of its subtree.
    pub last: usize,
    /// The nearest paragraph at or above it.
    pub paragraph: Option<usize>,
    /// From 1: paragraphs and tables in the part, rows in their table, cells in their row.
    pub nth: u32,
    /// Byte of `<`.
    pub start: usize,
    /// Byte after the start tag.
    pub inner: usize,
    /// Byte of the end tag; the end for an empty element.
    pub close: usize,
    /// Byte after the element.
    pub end: usize,
}

/// An indexed part.
#[derive(Debug)]
pub struct Index<'a> {
    /// The XML.
    pub xml: &'a str,
    /// Its elements, in document order.
    pub nodes: Vec<Node>,
}

impl<'a> Index<'a> {
    /// Reads the XML; the reason in Chinese if it is not XML we accept.
    pub fn read(xml: &'a str) -> Result<Self, String> {
        Self::read_within(xml, MAX_NODES)
    }

    /// Reads XML that was filled into a template: its size is bounded while it is rendered.
    pub fn read_filled(xml: &'a str) -> Result<Self, String> {
        Self::read_within(xml, usize::MAX)
    }

    fn read_within(xml: &'a str, limit: usize) -> Result<Self, String> {
        let mut pieces = Pieces::of(xml);
        let mut building = Building::new(xml);
        loop {
            let before = pieces.position();
            let piece = pieces.read().map_err(|reason| format!("不是完好的 XML：{reason}"))?;
            let after = pieces.position();
            if building.nodes.len() > limit {
                return Err(format!("内容太多，超过{}万个元素", limit / 10_000));
            }
            match piece {
                Some(Piece::Start(name, _)) => building.start(name, before, after)?,
                Some(Piece::Empty(name, _)) => {
                    building.node(name, before, after);
                }
                Some(Piece::End) => building.end(before, after)?,
                Some(Piece::DocType) => return Err("含有文档类型声明（DTD）".to_owned()),
                Some(Piece::Words(_) | Piece::Other) => {}
                None => return building.done(),
            }
        }
    }

    /// The XML of an element.
    pub fn raw(&self, at: usize) -> &'a str {
        &self.xml[self.nodes[at].start..self.nodes[at].end]
    }

    /// The XML between the tags of an element.
    pub fn inner(&self, at: usize) -> &'a str {
        &self.xml[self.nodes[at].inner..self.nodes[at].close]
    }

    /// The letters of an element that holds only text, entities decoded.
    pub fn letters(&self, at: usize) -> impl Iterator<Item = char> + 'a {
        decode(self.inner(at), 0).map(|(c, _, _)| c)
    }

    /// The name of an element, prefix and all.
    pub fn name(&self, at: usize) -> &'a str {
        let tag = self.xml.get(self.nodes[at].start + 1..).unwrap_or_default();
        let ends = |b: u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/');
        &tag[..tag.bytes().position(ends).unwrap_or(tag.len())]
    }

    /// The numbers of an element's children, in order.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let last = self.nodes[at].last;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = (next <= last).then_some(next)?;
            next = self.nodes[child].last + 1;
            Some(child)
        })
    }

    /// The elements of a kind, in order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(move |&at| self.nodes[at].kind == kind)
    }

    /// The first child of a kind.
    pub fn child(&self, at: usize, kind: Kind) -> Option<usize> {
        self.children(at).find(|&child| self.nodes[child].kind == kind)
    }

    /// The children that have a name, prefix and all.
    pub fn named<'i>(&'i self, at: usize, name: &'i str) -> impl Iterator<Item = usize> + 'i {
        self.children(at).filter(move |child| self.name(*child) == name)
    }

    /// The styles of a stylesheet: id and element.
    pub fn styles(&self) -> impl Iterator<Item = (&'a str, usize)> + '_ {
        let styles = self.named(0, "w:style");
        styles.filter_map(|at| Some((attribute(self.raw(at), "w:styleId")?, at)))
    }

    /// The `w:val` of the first child that has a name.
    pub fn value(&self, at: usize, name: &str) -> Option<&'a str> {
        attribute(self.raw(self.named(at, name).next()?), "w:val")
    }

    /// An element and all around it, from the inside outwards.
    pub fn upwards(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = |at: &usize| Some(self.nodes[*at].parent).filter(|up| up != at);
        std::iter::successors(Some(at), parent)
    }

    /// The nearest of a kind at or above.
    pub fn ancestor(&self, at: usize, kind: Kind) -> Option<usize> {
        self.upwards(at).find(|&at| self.nodes[at].kind == kind)
    }

    /// The properties of the section that ends with a paragraph.
    pub fn section(&self, paragraph: usize) -> Option<usize> {
        self.child(self.child(paragraph, Kind::ParagraphProps)?, Kind::Section)
    }

    /// Whether `inner` is `outer` or inside it.
    pub fn within(&self, inner: usize, outer: usize) -> bool {
        inner >= outer && inner <= self.nodes[outer].last
    }

    /// The byte at which the content of a paragraph begins, behind its properties.
    pub fn content(&self, paragraph: usize) -> usize {
        let props = self.child(paragraph, Kind::ParagraphProps);
        props.map_or(self.nodes[paragraph].inner, |props| self.nodes[props].end)
    }

    /// The style id of a paragraph.
    pub fn style(&self, paragraph: usize) -> Option<&'a str> {
        let props = self.child(paragraph, Kind::ParagraphProps)?;
        let style = self.child(props, Kind::ParagraphStyle)?;
        attribute(self.raw(style), "w:val")
    }

    /// The visible text of an element, entities decoded, deleted text left out.
    pub fn text(&self, at: usize) -> String {
        let mut out = String::new();
        let mut next = at;
        while next <= self.nodes[at].last {
            let node = &self.nodes[next];
            if node.kind == Kind::Deleted {
                next = node.last + 1;
                continue;
            }
            if node.kind == Kind::Text {
                out.extend(self.letters(next));
            }
            next += 1;
        }
        out
    }
}

/// An index on its way.
struct Building<'a> {
    xml: &'a str,
    nodes: Vec<Node>,
    stack: Vec<Open>,
    paragraphs: u32,
    tables: u32,
}

/// An element that is not closed yet.
struct Open {
    at: usize,
    kind: Kind,
    children: u32,
}

impl<'a> Building<'a> {
    fn new(xml: &'a str) -> Self {
        let nodes = Vec::with_capacity(xml.len() / 20);
        Self { xml, nodes, stack: Vec::new(), paragraphs: 0, tables: 0 }
    }

    fn start(&mut self, name: &str, before: usize, after: usize) -> Result<(), String> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(format!("嵌套超过{MAX_DEPTH}层"));
        }
        let (at, kind) = self.node(name, before, after);
        self.stack.push(Open { at, kind, children: 0 });
        Ok(())
    }

    /// A node whose end is filled in when it closes.
    fn node(&mut self, name: &str, start: usize, inner: usize) -> (usize, Kind) {
        let kind = kind_of(name, self.stack.last().map(|open| open.kind));
        let at = self.nodes.len();
        let parent = self.stack.last().map_or(at, |open| open.at);
        let nth = match kind {
            Kind::Paragraph => counted(&mut self.paragraphs),
            Kind::Table => counted(&mut self.tables),
            Kind::Row | Kind::Cell => {
                let holder = if kind == Kind::Row { Kind::Table } else { Kind::Row };
                let holder = self.stack.iter_mut().rev().find(|open| open.kind == holder);
                holder.map_or(0, |open| counted(&mut open.children))
            }
            _ => 0,
        };
        let above = || self.nodes.get(parent).and_then(|node| node.paragraph);
        let paragraph = if kind == Kind::Paragraph { Some(at) } else { above() };
        let (close, end) = (inner, inner);
        self.nodes.push(Node { kind, parent, last: at, paragraph, nth, start, inner, close, end });
        (at, kind)
    }

    fn end(&mut self, before: usize, after: usize) -> Result<(), String> {
        let open = self.stack.pop().ok_or_else(|| "不是完好的 XML".to_owned())?;
        let last = self.nodes.len() - 1;
        let node = &mut self.nodes[open.at];
        node.close = before;
        node.end = after;
        node.last = last;
        Ok(())
    }

    fn done(self) -> Result<Index<'a>, String> {
        if !self.stack.is_empty() || self.nodes.is_empty() {
            return Err("不是完好的 XML".to_owned());
        }
        Ok(Index { xml: self.xml, nodes: self.nodes })
    }
}

/// One more.
fn counted(count: &mut u32) -> u32 {
    *count += 1;
    *count
}

/// The kind of an element by its name and its parent's kind.
fn kind_of(name: &str, parent: Option<Kind>) -> Kind {
    match name {
        "w:p" => Kind::Paragraph,
        "w:pPr" => Kind::ParagraphProps,
        "w:pStyle" => Kind::ParagraphStyle,
        "w:r" => Kind::Run,
        "w:rPr" => Kind::RunProps,
        "w:t" => Kind::Text,
        "w:tab" | "w:ptab" if parent == Some(Kind::Run) => Kind::Tab,
        "w:br" | "w:cr" => Kind::Break,
        "w:noBreakHyphen" => Kind::Hyphen,
        "w:softHyphen" | "w:lastRenderedPageBreak" | "w:proofErr" => Kind::Idle,
        "w:bookmarkStart"
        | "w:bookmarkEnd"
        | "w:commentRangeStart"
        | "w:commentRangeEnd"
        | "w:permStart"
        | "w:permEnd" => Kind::RangeMark,
        "w:tbl" => Kind::Table,
        "w:tr" => Kind::Row,
        "w:tc" => Kind::Cell,
        "w:tblHeader" => Kind::HeaderRow,
        "w:sectPr" => Kind::Section,
        "w:del" | "w:moveFrom" => Kind::Deleted,
        "w:ins" | "w:moveTo" => Kind::Inserted,
        "mc:Fallback" => Kind::Fallback,
        "w:drawing" | "w:pict" | "w:object" => Kind::Drawing,
        _ => Kind::Other,
    }
}

/// The value of an attribute in the start tag of raw XML, as written.
pub fn attribute<'a>(raw: &'a str, name: &str) -> Option<&'a str> {
    let tag = &raw[..raw.find('>')?];
    let mut from = 0;
    while let Some(found) = tag[from..].find(name) {
        let at = from + found;
        from = at + name.len();
        let rest = tag[from..].trim_start();
        let before = tag[..at].chars().next_back();
        if before.is_some_and(char::is_whitespace)
            && let Some(rest) = rest.strip_prefix('=')
        {
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return rest[1..].split(quote).next();
        }
    }
    None
}

/// The characters of raw XML text, each with its byte range (moved by `offset`).
pub fn decode(raw: &str, offset: usize) -> impl Iterator<Item = (char, usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &raw[at..];
        let first = rest.chars().next()?;
        let (c, length) = if first == '&' { entity(rest) } else { (first, first.len_utf8()) };
        let start = at + offset;
        at += length;
        Some((c, start, at + offset))
    })
}

/// The entity that a text begins with, and its length; a stray `&` is itself.
fn entity(rest: &str) -> (char, usize) {
    let Some(end) = rest.bytes().take(12).position(|b| b == b';') else {
        return ('&', 1);
    };
    let name = &rest[1..end];
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name
            .strip_prefix("#x")
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .or_else(|| name.strip_prefix('#').and_then(|dec| dec.parse().ok()))
            .and_then(char::from_u32),
    };
    c.map_or(('&', 1), |c| (c, end + 1))
}
