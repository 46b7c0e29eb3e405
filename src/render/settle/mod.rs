//! Settles what depends on evaluated text, or on what survived: one file a rule.
//!
//! Rules look at the filled body as an index of elements and give edits of byte ranges and
//! properties ([`edits`]); they hold no state from one paper to the next. They are keyed by what a paragraph style means
//! ([`Role`]), which is read from style *names*, so built-in, ejected and re-saved templates
//! behave alike.

mod annexes;
mod closing;
mod columns;
mod contents;
mod edits;
mod header_rows;
mod ids;
mod indents;
mod keeping;
mod loops;
mod merges;
mod numbering;
mod ordinals;
mod pictures;
mod ranges;
mod repair;
mod sections;
mod titles;

use std::collections::BTreeSet;

use crate::package::Part;
use crate::template::Compiled;
use crate::template::compiled::CompiledPart;
use crate::template::contents::Outlines;
use crate::template::index::{Index, Kind, attribute, decode};
use crate::template::roles::{Role, Roles};

pub(crate) use columns::MOST as MOST_CELLS;
pub(crate) use numbering::Restarts;

use super::expand::Expanded;
use edits::{Edit, Edits};
use loops::Loops;

/// The text area of an upright A4 page of GB/T 9704, in twips, where a paper tells no other.
const TEXT_WIDTH: i32 = 8844;

/// A paragraph outside tables that means something, or any other: what rules work on.
#[derive(Debug)]
struct Paragraph {
    /// Its node.
    node: usize,
    /// What its style means.
    role: Option<Role>,
    /// Its visible text.
    text: String,
    /// Whether it stands in a table.
    in_table: bool,
}

/// A filled part as rules see it.
struct Scene<'a> {
    index: &'a Index<'a>,
    paragraphs: Vec<Paragraph>,
    /// The width of the text area, in twips.
    width: i32,
    /// One 字 of the body, in twips.
    cell: i32,
}

impl<'a> Scene<'a> {
    fn new(index: &'a Index<'a>, roles: &Roles) -> Self {
        let mut paragraphs = Vec::new();
        for (node, element) in index.nodes.iter().enumerate() {
            if element.kind != Kind::Paragraph {
                continue;
            }
            let style = index.style(node);
            let numbered = style.is_some_and(|id| roles.is_numbered(id));
            let role = style.and_then(|id| roles.get(id)).filter(|_| !numbered);
            let text = if role.is_some() { index.text(node) } else { String::new() };
            let in_table = index.ancestor(node, Kind::Cell).is_some();
            paragraphs.push(Paragraph { node, role, text, in_table });
        }
        Self { index, paragraphs, width: text_width(index), cell: roles.cell() }
    }

    /// Whether a paragraph ends its section.
    fn ends_section(&self, paragraph: usize) -> bool {
        let props = self.index.child(paragraph, Kind::ParagraphProps);
        props.is_some_and(|props| self.index.child(props, Kind::Section).is_some())
    }

    /// Where a run that leads the paragraph goes, and the format of its first run.
    fn lead(&self, paragraph: usize) -> (usize, String) {
        let index = self.index;
        let run = self.runs(paragraph).next();
        match run {
            Some(run) => {
                let props = index.child(run, Kind::RunProps).map_or("", |props| index.raw(props));
                (index.nodes[run].start, unmarked(props))
            }
            None => (index.nodes[paragraph].close, String::new()),
        }
    }

    /// The runs of a paragraph that hold text, in order.
    fn runs(&self, paragraph: usize) -> impl Iterator<Item = usize> + '_ {
        let last = self.index.nodes[paragraph].last;
        (paragraph..=last).filter(|at| {
            self.index.nodes[*at].kind == Kind::Run && self.index.child(*at, Kind::Text).is_some()
        })
    }

    /// The visible characters of a paragraph with the bytes at which each is written.
    fn characters(&self, paragraph: usize) -> Vec<(char, usize)> {
        let index = self.index;
        let texts = (paragraph..=index.nodes[paragraph].last)
            .filter(|at| index.nodes[*at].kind == Kind::Text);
        texts
            .flat_map(|at| {
                let node = &index.nodes[at];
                decode(&index.xml[node.inner..node.close], node.inner)
            })
            .map(|(c, start, _)| (c, start))
            .collect()
    }
}

/// A format without the highlight of a mark: what leads a mark is no mark.
fn unmarked(props: &str) -> String {
    let mut out = props.to_owned();
    if !out.contains("<w:highlight") {
        return out;
    }
    for element in ["<w:highlight", "<w:rStyle"] {
        if let Some(start) = out.find(element)
            && let Some(length) = out[start..].find("/>")
        {
            out.replace_range(start..start + length + 2, "");
        }
    }
    out
}

/// A run in a format.
fn run(props: &str, text: &str) -> String {
    format!("<w:r>{props}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// The width of the text area of the first section that tells one and is upright.
fn text_width(index: &Index<'_>) -> i32 {
    let mut sections = (0..index.nodes.len()).filter(|at| index.nodes[*at].kind == Kind::Section);
    let width = sections.find_map(|at| {
        let raw = index.raw(at);
        let number = |element: &str, name: &str| -> Option<i32> {
            attribute(&raw[raw.find(element)?..], name)?.parse().ok()
        };
        let (wide, high) = (number("<w:pgSz", "w:w")?, number("<w:pgSz", "w:h")?);
        let text = wide - number("<w:pgMar", "w:left")? - number("<w:pgMar", "w:right")?;
        (wide < high && text > 0).then_some(text)
    });
    width.unwrap_or(TEXT_WIDTH)
}

/// How many columns of the grid a cell takes.
fn span(index: &Index<'_>, cell: usize) -> usize {
    index
        .named(cell, "w:tcPr")
        .next()
        .and_then(|props| index.value(props, "w:gridSpan")?.parse().ok())
        .unwrap_or(1)
        .clamp(1, 64)
}

/// Settles one filled part; the number of cells of a row where Word would not take as many.
/// Changes that clash are counted.
pub(super) fn settle_part(
    expanded: Expanded,
    roles: &Roles,
    outlines: &Outlines,
    restarts: &mut Restarts<'_>,
    clashes: &mut usize,
) -> Result<String, usize> {
    let Expanded { xml, whole, turns } = expanded;
    let settled = {
        let Ok(index) = Index::read_filled(&xml) else { return Ok(xml) };
        let scene = Scene::new(&index, roles);
        let mut edits = Edits::new(&index);
        if roles.ours {
            keeping::settle(&scene, &mut edits);
            ordinals::settle(&scene, &mut edits);
            annexes::settle(&scene, &mut edits);
            closing::settle(&scene, &mut edits);
            titles::settle(&scene, &whole, &mut edits);
        }
        let gone = repair::gone(&index);
        repair::settle(&scene, &gone, &mut edits);
        repair::last_breaks(&xml, &mut edits);
        let loops = Loops::read(&turns);
        merges::settle(&scene, &loops, &mut edits);
        header_rows::settle(&scene, &loops, &mut edits);
        sections::settle(&scene, &gone, &loops, &mut edits);
        restarts.settle(&index, &loops, &mut edits);
        pictures::settle(&scene, &mut edits);
        columns::mark(&index, &turns, &mut edits);
        edits.apply(clashes)
    };
    let settled = columns::settle(settled.unwrap_or(xml), clashes)?;
    Ok(contents::settle(settled, outlines, clashes))
}

/// Settles what concerns the parts together; ids only where there are any.
pub(super) fn settle_parts(
    parts: &mut [Part],
    restarts: Restarts<'_>,
    compiled: &Compiled,
    has_ids: bool,
    clashes: &mut usize,
) {
    restarts.finish(parts);
    if !has_ids {
        return;
    }
    let filled: BTreeSet<&str> = compiled
        .parts
        .iter()
        .filter_map(|part| match part {
            CompiledPart::Filled(part) => Some(part.name.as_str()),
            CompiledPart::Raw(_) => None,
        })
        .collect();
    ids::settle(parts, |name| filled.contains(name), clashes);
}
