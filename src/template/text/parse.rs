//! Reads the prepared Markdown with `pulldown-cmark` and puts tags back in place of tokens.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diagnostic::codes;

use super::blocks::{Block, Inline, Look, Table, is_empty};
use super::faults::Faults;
use super::marks::{Mark, Stretch, stretches};
use super::prepare::Prepared;
use super::tags::TagKind;

/// Reads the blocks of a prepared template.
pub(super) fn parse(prepared: &Prepared, faults: &mut Faults<'_>) -> Vec<Block> {
    let mut reader = Reader {
        prepared,
        faults,
        out: Vec::new(),
        inlines: Vec::new(),
        table: None,
        tables: 0,
        bold: 0,
        kai: 0,
        in_item: false,
        line: 0,
    };
    for (event, range) in
        Parser::new_ext(&prepared.markdown, Options::ENABLE_TABLES).into_offset_iter()
    {
        reader.event(event, &range);
    }
    reader.out
}

struct Reader<'a, 'f> {
    prepared: &'a Prepared,
    faults: &'a mut Faults<'f>,
    out: Vec<Block>,
    /// The words of the block being read.
    inlines: Vec<Inline>,
    table: Option<Table>,
    tables: usize,
    bold: usize,
    kai: usize,
    in_item: bool,
    line: u32,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::HardBreak => self.inlines.push(Inline::Break),
            // A soft break is nothing: Chinese text joins without a blank.
            Event::SoftBreak => {}
            // The preparing step leaves none of these; were one to come, its words stay.
            Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text, range),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.line = self.prepared.line_at(range.start),
            Tag::Item => {
                self.flush_item();
                self.in_item = true;
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.kai += 1,
            Tag::Table(alignments) => {
                let widths = self.prepared.widths.get(self.tables).cloned().unwrap_or_default();
                let columns = alignments.clone();
                self.tables += 1;
                self.table = Some(Table { widths, columns, ..Table::default() });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.in_item => self.flush_item(),
            TagEnd::Paragraph => {
                let words = std::mem::take(&mut self.inlines);
                if !is_empty(&words) {
                    let block = self.alone(&words).unwrap_or(Block::Text(words));
                    self.out.push(block);
                }
            }
            TagEnd::Heading(level) => {
                let words = std::mem::take(&mut self.inlines);
                self.out.push(Block::Heading(depth(level), words));
            }
            TagEnd::Item => {
                self.flush_item();
                self.in_item = false;
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.kai = self.kai.saturating_sub(1),
            TagEnd::TableCell => {
                let words = std::mem::take(&mut self.inlines);
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some(row) => row.push(words),
                        None => table.header.push(words),
                    }
                }
            }
            TagEnd::Table => self.out.extend(self.table.take().map(Block::Table)),
            _ => {}
        }
    }

    fn flush_item(&mut self) {
        let words = std::mem::take(&mut self.inlines);
        if !is_empty(&words) {
            let block = self.alone(&words).unwrap_or(Block::Item(words));
            self.out.push(block);
        }
    }

    /// The block that one token alone in its paragraph stands for.
    fn alone(&self, words: &[Inline]) -> Option<Block> {
        let [Inline::Tag(text, _)] = words else { return None };
        // A begin or end travels as a tag without braces: see `text`.
        if let Some(number) = text.strip_prefix(FENCE).and_then(|n| n.parse::<usize>().ok()) {
            return match self.prepared.marks.get(number) {
                Some(Mark::Begin(named)) => Some(Block::Begin(*named, self.line)),
                Some(Mark::End(named)) => Some(Block::End(*named)),
                Some(Mark::Tag(..) | Mark::Break) | None => None,
            };
        }
        let kind = self.prepared.marks.iter().find_map(|mark| match mark {
            Mark::Tag(tag, kind) if tag == text => Some(*kind),
            _ => None,
        })?;
        match kind {
            TagKind::Open | TagKind::Else | TagKind::Close => Some(Block::Tag(text.clone(), kind)),
            TagKind::Value | TagKind::Comment => None,
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if text.contains('*') {
            let line = self.prepared.line_at(range.start);
            let help = "**文字** 前后各两个星号；要印星号请写作 \\*";
            self.faults.at(&codes::T610, line, "", "星号没有配对，会印在文稿里", help);
        }
        let look = Look { bold: self.bold > 0, kai: self.kai > 0, body: false };
        for stretch in stretches(text) {
            match stretch {
                Stretch::Text(text) => self.words(text, look),
                Stretch::Mark(number) => match self.prepared.marks.get(number) {
                    Some(Mark::Tag(tag, _)) => self.inlines.push(Inline::Tag(tag.clone(), look)),
                    Some(Mark::Break) => self.inlines.push(Inline::Break),
                    Some(Mark::Begin(_) | Mark::End(_)) => {
                        self.inlines.push(Inline::Tag(format!("{FENCE}{number}"), look));
                    }
                    None => {}
                },
            }
        }
    }

    /// Adds words, joined to the ones before if they look the same.
    fn words(&mut self, text: String, look: Look) {
        match self.inlines.last_mut() {
            Some(Inline::Text(before, same)) if *same == look => before.push_str(&text),
            _ => self.inlines.push(Inline::Text(text, look)),
        }
    }
}

/// Marks a begin or end while it waits to be recognised; no tag begins so.
const FENCE: &str = ":::";

/// `#` is 0, `#####` 4.
fn depth(level: HeadingLevel) -> u8 {
    (level as u8 - 1).min(4)
}
