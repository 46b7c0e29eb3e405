//! Tables of contents (目录): where a part holds one, what it lists, and how its entries look.
//! What stands in it is an older state of the headings, so no tag is read there; the paper gets
//! entries of its own headings (study/templating.md §2, row 12).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::template::fields::{self, Field};
use crate::template::index::{Index, Kind};
use crate::template::roles::{heading_level, key};

/// A table of contents: a field whose code is TOC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contents {
    /// The `w:fldChar` that begins it.
    pub(crate) begin: usize,
    /// The one after which its entries stand.
    pub(crate) separate: usize,
    /// The one that ends it.
    pub(crate) end: usize,
    /// Its code: TOC \o "1-3" \h.
    pub(crate) code: String,
}

impl Contents {
    /// Whether a paragraph holds a part of it.
    pub(crate) fn touches(&self, index: &Index<'_>, paragraph: usize) -> bool {
        self.begin <= index.nodes[paragraph].last && paragraph <= self.end
    }
}

/// Switches of tables that list something else: figures, marked entries, a part of the text.
const OTHERS: [&str; 5] = ["\\a", "\\b", "\\c", "\\f", "\\s"];

/// The tables of contents of a part, in order.
pub(crate) fn find(index: &Index<'_>) -> Vec<Contents> {
    if !index.xml.contains("TOC") {
        return Vec::new();
    }
    let contents = |field: Field| {
        let Field { begin, separate: Some(separate), end: Some(end), code, .. } = field else {
            return None;
        };
        let mut words = code.split_whitespace();
        let lists = words.next() == Some("TOC") && !words.any(|word| OTHERS.contains(&word));
        lists.then_some(Contents { begin, separate, end, code })
    };
    fields::read(index).into_iter().filter_map(contents).collect()
}

/// What a table of contents lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    /// Levels of headings.
    headings: Option<RangeInclusive<u8>>,
    /// Levels of other paragraphs that have one.
    outline: bool,
    /// Styles by folded name, each with its level.
    styles: Vec<(String, u8)>,
    /// Whether an entry is a link.
    pub(crate) links: bool,
}

impl Scope {
    /// Reads the switches of a code (ECMA-376 Part 1, 17.16.5.68).
    pub(crate) fn read(code: &str) -> Self {
        let mut scope = Self { headings: None, outline: false, styles: Vec::new(), links: false };
        let mut words = words(code).into_iter().peekable();
        while let Some(word) = words.next() {
            let mut argument = || words.next_if(|next| !next.starts_with('\\')).unwrap_or_default();
            match word.as_str() {
                "\\o" => scope.headings = Some(levels(&argument()).unwrap_or(1..=9)),
                "\\u" => scope.outline = true,
                "\\h" => scope.links = true,
                "\\t" => {
                    let list = argument();
                    let list: Vec<&str> = list.split([',', '，', ';', '；']).collect();
                    let styles = list
                        .chunks_exact(2)
                        .filter_map(|pair| Some((key(pair[0]), pair[1].trim().parse().ok()?)));
                    scope.styles.extend(styles);
                }
                _ => {}
            }
        }
        if scope.headings.is_none() && !scope.outline && scope.styles.is_empty() {
            scope.headings = Some(1..=9);
        }
        scope
    }

    /// The level of a paragraph, where it is listed.
    fn level(&self, outlines: &Outlines, style: &str, own: Option<u8>) -> Option<u8> {
        let named = outlines.styles.get(style);
        if let Some((name, _)) = named
            && let Some((_, level)) = self.styles.iter().find(|(known, _)| known == name)
        {
            return Some(*level);
        }
        let heading = named.and_then(|(name, _)| heading_level(name));
        let in_range =
            |level: &u8| self.headings.as_ref().is_some_and(|levels| levels.contains(level));
        let outline = own.or(named.and_then(|(_, outline)| *outline)).filter(|_| self.outline);
        heading.filter(in_range).or(outline.filter(|level| *level <= 9))
    }

    /// The paragraphs that are listed, with their levels, in order; those of second copies and of
    /// tables of contents themselves are none.
    pub(crate) fn listed(
        &self,
        index: &Index<'_>,
        outlines: &Outlines,
        contents: &[Contents],
    ) -> Vec<(usize, u8)> {
        let mut out = Vec::new();
        let mut copy_until = 0;
        for (at, node) in index.nodes.iter().enumerate() {
            if node.kind == Kind::Fallback {
                copy_until = node.end;
            }
            if node.kind != Kind::Paragraph || node.start < copy_until {
                continue;
            }
            if contents.iter().any(|contents| contents.touches(index, at)) {
                continue;
            }
            let style = index.style(at).unwrap_or_default();
            if let Some(level) = self.level(outlines, style, outline(index, at)) {
                out.push((at, level));
            }
        }
        out
    }
}

/// The outline level, from 1, that the properties of a paragraph or a style tell.
fn outline(index: &Index<'_>, at: usize) -> Option<u8> {
    let props = index.child(at, Kind::ParagraphProps)?;
    let level = index.value(props, "w:outlineLvl")?.parse::<u8>().ok()?;
    Some(level.saturating_add(1))
}

/// The words of a field's code; quotes hold one together.
fn words(code: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in code.chars() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => out.push(String::new()),
            c => out.last_mut().into_iter().for_each(|word| word.push(c)),
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

fn levels(text: &str) -> Option<RangeInclusive<u8>> {
    let (first, last) = text.split_once('-')?;
    Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
}

/// The styles of a template, as far as tables of contents go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outlines {
    /// By id: the folded name, and the outline level from 1.
    styles: BTreeMap<String, (String, Option<u8>)>,
}

impl Outlines {
    /// Reads styles.xml.
    pub(crate) fn read(index: &Index<'_>) -> Self {
        let style = |(id, at): (&str, usize)| {
            let name = key(index.value(at, "w:name").unwrap_or_default());
            (id.to_owned(), (name, outline(index, at)))
        };
        Self { styles: index.styles().map(style).collect() }
    }

    /// The style of entries of a level: toc 1.
    pub(crate) fn entry_style(&self, level: u8) -> Option<&str> {
        let names = [format!("toc{level}"), format!("目录{level}")];
        let mut styles = self.styles.iter();
        styles.find(|(_, (name, _))| names.contains(name)).map(|(id, _)| id.as_str())
    }
}
