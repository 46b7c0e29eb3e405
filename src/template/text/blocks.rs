//! What a text template consists of: blocks, in their order, and the words inside them.

use pulldown_cmark::Alignment;

use super::named::Named;
use super::tags::TagKind;

/// How words look beside their paragraph's style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// `**…**`.
    pub(super) bold: bool,
    /// `*…*`: 楷体.
    pub(super) kai: bool,
    /// Text that follows a run-in heading: body font.
    pub(super) body: bool,
}

/// A piece of a paragraph that becomes a run of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    /// Words.
    Text(String, Look),
    /// A tag, as it is written.
    Tag(String, Look),
    /// A new line; in a cell a new paragraph.
    Break,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// `#` (level 0) to `#####` (level 4).
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Text(Vec<Inline>),
    /// An entry of a list.
    Item(Vec<Inline>),
    /// A block tag alone.
    Tag(String, TagKind),
    /// A table.
    Table(Table),
    /// The beginning of a named block, with its line.
    Begin(Named, u32),
    /// The end of a named block.
    End(Named),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// Relative widths.
    pub(super) widths: Vec<u32>,
    /// How the columns stand.
    pub(super) columns: Vec<Alignment>,
    /// The header row.
    pub(super) header: Vec<Vec<Inline>>,
    /// The other rows.
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
}

/// Whether nothing is printed by these.
pub(super) fn is_empty(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text, _) => text.trim().is_empty(),
        Inline::Tag(..) => false,
        Inline::Break => true,
    })
}
