//! Reads document.xml of a rendered paper once into paragraphs: number, text, what its style means.

use crate::package::{Part, register};
use crate::render::Mark;
use crate::template::index::{Index, Kind};
use crate::template::roles::{Role, Roles};

/// Stands for one of our marks in a paragraph's text.
pub(super) const MARK: char = '\u{fffc}';

/// A paragraph with something in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its number in the document, from 1, empty paragraphs and those of tables counted.
    pub number: u32,
    /// Its text: a line break as `\n`, in a title as nothing; each of our marks as one U+FFFC.
    pub text: String,
    /// What its style means.
    pub role: Option<Role>,
    /// Whether it stands in a table.
    pub in_table: bool,
}

/// What a paper says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// Its paragraphs that are not empty, in order.
    pub paragraphs: Vec<Paragraph>,
}

impl Text {
    /// Reads the body of a paper with its marks; what is no XML has no paragraphs (the package
    /// check tells it).
    pub fn read(parts: &[Part], roles: &Roles, marks: &[Mark]) -> Self {
        let xml = register::body(parts).and_then(|part| std::str::from_utf8(&part.bytes).ok());
        let Some(index) = xml.and_then(|xml| Index::read_filled(xml).ok()) else {
            return Self::default();
        };
        let mut out = Self::default();
        for (at, node) in index.nodes.iter().enumerate() {
            if node.kind != Kind::Paragraph || index.ancestor(at, Kind::Fallback).is_some() {
                continue;
            }
            let role = index.style(at).and_then(|style| roles.get(style));
            let text = told(&index, at, role);
            if !text.trim().is_empty() {
                let in_table = index.ancestor(at, Kind::Cell).is_some();
                out.paragraphs.push(Paragraph::new(node.nth, &text, marks, role, in_table));
            }
        }
        out
    }
}

impl Paragraph {
    /// A paragraph; our marks in its text become one sign each.
    pub fn new(
        number: u32,
        text: &str,
        marks: &[Mark],
        role: Option<Role>,
        in_table: bool,
    ) -> Self {
        Self { number, text: without_marks(text, marks), role, in_table }
    }

    /// The level of a heading.
    pub(super) fn level(&self) -> Option<u8> {
        if let Some(Role::Heading(level)) = self.role { Some(level) } else { None }
    }

    /// Whether the body of the paper is over: the signature and what follows it.
    pub(super) fn ends_body(&self) -> bool {
        match self.role {
            Some(
                Role::AnnexTitle
                | Role::AnnexLabel
                | Role::AnnexNote
                | Role::Signer(_)
                | Role::Date(_),
            ) => true,
            Some(Role::Heading(_) | Role::Title) | None => false,
        }
    }
}

/// The visible text of a paragraph: what is deleted, or in a paragraph inside it, left out.
pub(super) fn told(index: &Index<'_>, paragraph: usize, role: Option<Role>) -> String {
    let mut out = String::new();
    let mut at = paragraph + 1;
    while at <= index.nodes[paragraph].last {
        let node = &index.nodes[at];
        match node.kind {
            Kind::Deleted | Kind::Paragraph => {
                at = node.last + 1;
                continue;
            }
            Kind::Text => out.push_str(&index.text(at)),
            Kind::Tab => out.push('\t'),
            Kind::Break if role != Some(Role::Title) => out.push('\n'),
            _ => {}
        }
        at += 1;
    }
    out
}

/// The text with each of our marks as one sign.
fn without_marks(text: &str, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('【') {
        let (before, inside) = (&rest[..open], &rest[open + '【'.len_utf8()..]);
        out.push_str(before);
        let ours = marks
            .iter()
            .find_map(|mark| inside.strip_prefix(mark.text.as_str())?.strip_prefix('】'));
        out.push(if ours.is_some() { MARK } else { '【' });
        rest = ours.unwrap_or(inside);
    }
    out.push_str(rest);
    out
}
