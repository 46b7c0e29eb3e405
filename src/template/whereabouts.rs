//! Where something stands in a part, as a person would say it: paragraphs and tables are counted
//! from the heading above, those in tables, text boxes and second copies of text boxes left out.

use std::collections::HashMap;
use std::fmt::Write;

use crate::diagnostic::TemplateSpot;
use crate::template::compile::shorten;
use crate::template::index::{Index, Kind, attribute};
use crate::template::roles::{Role, Roles};

/// What is counted of a part.
pub(super) struct Places<'a> {
    index: &'a Index<'a>,
    /// The template's file name.
    template: &'a str,
    /// What a person calls the part.
    title: &'a str,
    /// The headings in order, each with its text.
    headings: Vec<(usize, String)>,
    /// Paragraphs outside tables and text boxes.
    paragraphs: Vec<usize>,
    /// Tables outside tables and text boxes.
    tables: Vec<usize>,
    /// The others, each with its number in its cell or text box.
    inner: HashMap<usize, u32>,
}

/// What something stands in.
enum Holder {
    /// A cell: its table, the numbers of row and column.
    Cell(usize, u32, u32),
    /// A text box: the paragraph that holds it.
    Box(usize),
}

impl<'a> Places<'a> {
    /// Counts a part.
    pub(super) fn read(
        index: &'a Index<'a>,
        roles: &Roles,
        template: &'a str,
        title: &'a str,
    ) -> Self {
        let headings = index
            .of_kind(Kind::Paragraph)
            .filter(|&at| {
                let role = index.style(at).and_then(|style| roles.get(style));
                matches!(role, Some(Role::Heading(_) | Role::AnnexTitle))
            })
            .map(|at| (at, shorten(&index.text(at))))
            .collect();
        let (mut paragraphs, mut tables) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < index.nodes.len() {
            let past = index.nodes[at].last + 1;
            at = match index.nodes[at].kind {
                Kind::Paragraph => {
                    paragraphs.push(at);
                    past
                }
                Kind::Table => {
                    tables.push(at);
                    past
                }
                Kind::Other if is_separator(index, at) => past,
                _ => at + 1,
            };
        }
        let mut inner = HashMap::new();
        let mut counts: HashMap<Option<usize>, u32> = HashMap::new();
        let inside =
            index.of_kind(Kind::Table).filter(|table| tables.binary_search(table).is_err());
        for table in inside {
            let mut around = index.upwards(table).skip(1);
            let around = around.find(|&at| {
                index.nodes[at].kind == Kind::Cell || index.name(at) == "w:txbxContent"
            });
            let count = counts.entry(around).or_default();
            *count += 1;
            inner.insert(table, *count);
        }
        Self { index, template, title, headings, paragraphs, tables, inner }
    }

    /// The spot of a paragraph: part, heading above, place below it, words quoted.
    pub(super) fn spot(&self, paragraph: usize, text: &str) -> TemplateSpot {
        let text = shorten(text);
        let holders = self.holders(paragraph);
        let outermost = match holders.last() {
            Some(Holder::Cell(node, ..) | Holder::Box(node)) => *node,
            None => paragraph,
        };
        let before = self.headings.partition_point(|(at, _)| *at < outermost);
        let heading = before.checked_sub(1).map(|at| &self.headings[at]);
        let from = heading.map_or(0, |(at, _)| at + 1);
        let mut within = String::new();
        for (at, holder) in holders.iter().enumerate().rev() {
            let first = at + 1 == holders.len();
            if !first {
                within.push_str("里的");
            }
            let _ = match holder {
                Holder::Cell(table, row, column) => {
                    let number = match self.inner.get(table) {
                        Some(number) => *number,
                        None => count(&self.tables, from, *table),
                    };
                    write!(within, "第{number}个表格第{row}行第{column}列")
                }
                Holder::Box(around) if first => {
                    write!(within, "第{}段的文本框", count(&self.paragraphs, from, *around))
                }
                Holder::Box(_) => write!(within, "文本框"),
            };
        }
        match holders.first() {
            None => {
                let _ = write!(within, "第{}段", count(&self.paragraphs, from, paragraph));
            }
            // Nobody counts in a text box.
            Some(Holder::Box(_)) => {
                let words = beginning(self.index, paragraph);
                if words != text {
                    let _ = write!(within, " › “{words}”");
                }
            }
            Some(Holder::Cell(..)) => {}
        }
        let (table, row, column) = match holders.last() {
            Some(Holder::Cell(table, row, column)) => {
                (count(&self.tables, 0, *table), *row, *column)
            }
            Some(Holder::Box(_)) | None => (0, 0, 0),
        };
        TemplateSpot {
            template: self.template.to_owned(),
            line: 0,
            part: self.title.to_owned(),
            heading: heading.map(|(_, text)| text.clone()).unwrap_or_default(),
            paragraph: self.index.nodes[paragraph].nth,
            table,
            row,
            column,
            within,
            text,
        }
    }

    /// What a paragraph stands in, from the inside outwards.
    fn holders(&self, paragraph: usize) -> Vec<Holder> {
        let mut out = Vec::new();
        let (mut row, mut column) = (0, 0);
        for at in self.index.upwards(paragraph).skip(1) {
            let node = &self.index.nodes[at];
            match node.kind {
                Kind::Cell => column = node.nth,
                Kind::Row => row = node.nth,
                Kind::Table => out.push(Holder::Cell(at, row, column)),
                Kind::Paragraph => out.push(Holder::Box(at)),
                _ => {}
            }
        }
        out
    }
}

/// How many of these stand from a node up to another.
fn count(nodes: &[usize], from: usize, to: usize) -> u32 {
    let upto = |node: usize| nodes.partition_point(|&at| at < node);
    u32::try_from(upto(to + 1).saturating_sub(upto(from))).unwrap_or(u32::MAX)
}

/// The line above notes, which is a note to Word and none to a person.
fn is_separator(index: &Index<'_>, at: usize) -> bool {
    matches!(index.name(at), "w:footnote" | "w:endnote")
        && attribute(index.raw(at), "w:type").is_some_and(|kind| kind != "normal")
}

/// The first words of a paragraph; a long one is not read to its end for every tag in it.
fn beginning(index: &Index<'_>, paragraph: usize) -> String {
    let mut out = String::new();
    for at in paragraph..=index.nodes[paragraph].last {
        if index.nodes[at].kind == Kind::Text {
            out.extend(index.letters(at).take(40));
        }
        if out.chars().count() > 40 {
            break;
        }
    }
    shorten(&out)
}
