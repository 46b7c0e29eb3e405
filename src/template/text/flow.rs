//! Gives every block its style and its place: blank lines around title, addressee and signature,
//! annexes on pages of their own, landscape sections (GB/T 9704 7.3, 8; study/format.md §2).

use crate::diagnostic::codes;
use crate::template::styles::{self, Style};

use super::blocks::{Block, Inline, Look, Table, is_empty};
use super::faults::Faults;
use super::named::Named;
use super::tags::TagKind;

/// Which way a section's pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Portrait.
    Upright,
    /// Landscape.
    Sideways,
}

/// A paragraph or table, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A block tag alone in its paragraph.
    Tag(String, TagKind),
    /// A table, as wide as the text of its section.
    Table(Table, Turn),
}

/// A paragraph with its style.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    /// Its style.
    pub(super) style: Style,
    /// Its words.
    pub(super) words: Vec<Inline>,
    /// Whether it stays on the page of the next one.
    pub(super) keep_next: bool,
    /// The section that ends with it.
    pub(super) ends: Option<Turn>,
}

/// All pieces of a paper, and the section that its body ends with.
#[derive(Debug, PartialEq)]
pub(super) struct Flow {
    /// In order.
    pub(super) pieces: Vec<Piece>,
    /// The last section.
    pub(super) last: Turn,
}

/// Lays blocks out.
pub(super) fn flow(blocks: &[Block], sealed: bool, faults: &mut Faults<'_>) -> Flow {
    let mut writer = Writer { pieces: Vec::new(), open: Vec::new(), sealed };
    for (at, block) in blocks.iter().enumerate() {
        writer.block(block, &blocks[at + 1..], faults);
    }
    let last = writer.finish();
    Flow { pieces: writer.pieces, last }
}

struct Writer {
    pieces: Vec<Piece>,
    open: Vec<Named>,
    sealed: bool,
}

impl Writer {
    fn block(&mut self, block: &Block, rest: &[Block], faults: &mut Faults<'_>) {
        match block {
            Block::Heading(0, words) => self.title(words, rest),
            Block::Heading(level, words) => self.heading(*level, words),
            Block::Text(words) => {
                let style = self.style(rest);
                self.paragraph(style, words.clone());
            }
            Block::Item(words) => {
                let style = match self.open.last() {
                    Some(Named::AnnexNote) => styles::ANNEX_NOTE,
                    _ => self.style(rest),
                };
                self.paragraph(style, words.clone());
            }
            Block::Tag(tag, kind) => self.pieces.push(Piece::Tag(tag.clone(), *kind)),
            Block::Table(table) => self.table(table),
            Block::Begin(named, line) => self.begin(*named, *line, rest, faults),
            Block::End(named) => self.end(*named),
        }
    }

    /// The style of a plain paragraph where we are.
    fn style(&self, rest: &[Block]) -> Style {
        match self.open.last() {
            None | Some(Named::Annex | Named::Landscape) => styles::BODY,
            Some(Named::Addressee) => styles::ADDRESSEE,
            Some(Named::UnderTitle) => styles::UNDER_TITLE,
            Some(Named::AnnexNote) => styles::ANNEX_NOTE,
            Some(Named::Note) => styles::NOTE,
            Some(Named::TableNote) => styles::TABLE_NOTE,
            Some(Named::Signature) => {
                let is_date = self.after_signer() && !more_text(rest);
                match (is_date, self.sealed) {
                    (true, true) => styles::DATE_SEALED,
                    (true, false) => styles::DATE,
                    (false, true) => styles::SIGNER_SEALED,
                    (false, false) => styles::SIGNER,
                }
            }
        }
    }

    /// Whether the open 落款 has a 署名 already.
    fn after_signer(&self) -> bool {
        let last = self.pieces.iter().rev().find_map(|piece| match piece {
            Piece::Paragraph(paragraph) => Some(paragraph.style),
            Piece::Table(..) => Some(styles::TABLE_TEXT),
            Piece::Tag(..) => None,
        });
        last.is_some_and(|s| s == styles::SIGNER || s == styles::SIGNER_SEALED)
    }

    fn paragraph(&mut self, style: Style, words: Vec<Inline>) {
        self.push(style, words, false);
    }

    fn push(&mut self, style: Style, words: Vec<Inline>, keep_next: bool) {
        self.pieces.push(Piece::Paragraph(Paragraph { style, words, keep_next, ends: None }));
    }

    fn blank(&mut self) {
        self.paragraph(styles::NORMAL, Vec::new());
    }

    /// A blank line that goes to the next page with what follows it.
    fn kept_blank(&mut self) {
        self.push(styles::NORMAL, Vec::new(), true);
    }

    /// The title of the paper, or of the annex we are in.
    fn title(&mut self, words: &[Inline], rest: &[Block]) {
        let in_annex = self.open.contains(&Named::Annex);
        self.paragraph(if in_annex { styles::ANNEX_TITLE } else { styles::TITLE }, words.to_vec());
        // 题下 follows its title directly, and so does a line above a table.
        let next = rest.iter().find(|block| !matches!(block, Block::Tag(..)));
        let follows = matches!(next, Some(Block::Begin(Named::UnderTitle | Named::TableNote, _)));
        if !follows {
            self.blank();
        }
    }

    /// A heading; what goes on after its first 。 is run-in text. Such a one, or one that is a
    /// sentence and so an item of a list, must not be kept with the next paragraph: a chain of
    /// those leaves a page half empty (study/format.md §2).
    fn heading(&mut self, level: u8, words: &[Inline]) {
        let (head, tail) = run_in(words);
        let sentence = matches!(words.last(), Some(Inline::Text(text, _)) if text.ends_with('。'));
        let keep_next = tail.is_empty() && !sentence;
        let words = head.into_iter().chain(tail).collect();
        self.push(styles::heading(level), words, keep_next);
    }

    fn table(&mut self, table: &Table) {
        // Two tables with nothing between would become one.
        if matches!(self.pieces.last(), Some(Piece::Table(..))) {
            self.separator(None);
        }
        let turn =
            if self.open.contains(&Named::Landscape) { Turn::Sideways } else { Turn::Upright };
        self.pieces.push(Piece::Table(table.clone(), turn));
    }

    fn begin(&mut self, named: Named, line: u32, rest: &[Block], faults: &mut Faults<'_>) {
        match named {
            Named::Landscape => self.end_section(),
            Named::AnnexNote => self.kept_blank(),
            Named::Signature => {
                self.kept_blank();
                // Room for the seal, 2–3 lines in practice (study/format.md §2).
                if self.sealed {
                    self.kept_blank();
                }
            }
            Named::Annex => {
                self.paragraph(styles::ANNEX_LABEL, vec![text("附件")]);
                self.blank();
                let mut inside = rest.iter().take_while(|b| **b != Block::End(Named::Annex));
                if !inside.any(|block| matches!(block, Block::Heading(0, _))) {
                    let help = "在“::: 附件”下面另起一行写：# 附件的标题";
                    faults.at(&codes::T611, line, "::: 附件", "附件没有标题", help);
                }
            }
            Named::Addressee | Named::UnderTitle | Named::Note | Named::TableNote => {}
        }
        self.open.push(named);
    }

    fn end(&mut self, named: Named) {
        self.open.pop();
        match named {
            Named::UnderTitle => self.blank(),
            Named::Landscape => self.end_here(Turn::Sideways),
            Named::Addressee
            | Named::Signature
            | Named::AnnexNote
            | Named::Annex
            | Named::Note
            | Named::TableNote => {}
        }
    }

    /// Ends the upright section before a landscape block. The tags that open blocks just before
    /// it belong to the landscape section, so that they drop it whole.
    fn end_section(&mut self) {
        let last_real = self.pieces.iter().rposition(|p| !matches!(p, Piece::Tag(..)));
        match last_real.and_then(|at| self.pieces.get(at)) {
            None => return,
            // A section ends there already: nothing upright lies between.
            Some(Piece::Paragraph(paragraph)) if paragraph.ends.is_some() => return,
            Some(_) => {}
        }
        let opener = |piece: &Piece| matches!(piece, Piece::Tag(_, TagKind::Open));
        let at = self.pieces.iter().rposition(|piece| !opener(piece)).map_or(0, |last| last + 1);
        let tags = self.pieces.split_off(at);
        self.end_here(Turn::Upright);
        self.pieces.extend(tags);
    }

    /// Ends a section with the last paragraph, or with a thin one after a table or a tag.
    fn end_here(&mut self, turn: Turn) {
        match self.pieces.last_mut() {
            Some(Piece::Paragraph(paragraph)) if paragraph.ends.is_none() => {
                paragraph.ends = Some(turn);
            }
            _ => self.separator(Some(turn)),
        }
    }

    fn separator(&mut self, ends: Option<Turn>) {
        let (style, words, keep_next) = (styles::SEPARATOR, Vec::new(), false);
        self.pieces.push(Piece::Paragraph(Paragraph { style, words, keep_next, ends }));
    }

    /// Settles the end of the body, and the paragraphs that must follow tables.
    fn finish(&mut self) -> Turn {
        let last = match self.pieces.last_mut() {
            // Nothing follows the landscape pages: their section is the body's own.
            Some(Piece::Paragraph(paragraph)) if paragraph.ends == Some(Turn::Sideways) => {
                paragraph.ends = None;
                Turn::Sideways
            }
            _ => Turn::Upright,
        };
        let mut out: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        let mut pieces = std::mem::take(&mut self.pieces).into_iter().peekable();
        while let Some(piece) = pieces.next() {
            let is_table = matches!(piece, Piece::Table(..));
            out.push(piece);
            // A table that is repeated, or stands last, needs a paragraph after it; where a tag
            // follows, whatever stays of it cannot be relied on.
            if is_table && !matches!(pieces.peek(), Some(Piece::Paragraph(_))) {
                self.separator(None);
                out.append(&mut self.pieces);
            }
        }
        self.pieces = out;
        last
    }
}

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned(), Look::default())
}

/// Whether more text comes before the named block ends.
fn more_text(rest: &[Block]) -> bool {
    rest.iter()
        .take_while(|block| !matches!(block, Block::End(_)))
        .any(|block| matches!(block, Block::Text(_) | Block::Item(_)))
}

/// Cuts a heading after its first 。; the rest is body text.
fn run_in(words: &[Inline]) -> (Vec<Inline>, Vec<Inline>) {
    let cut = words.iter().enumerate().find_map(|(at, inline)| {
        let Inline::Text(text, look) = inline else { return None };
        text.split_once('。').map(|(before, after)| (at, before, after, *look))
    });
    let Some((at, before, after, look)) = cut else { return (words.to_vec(), Vec::new()) };
    let mut tail = vec![Inline::Text(after.to_owned(), look)];
    tail.extend_from_slice(&words[at + 1..]);
    if is_empty(&tail) {
        return (words.to_vec(), Vec::new());
    }
    let mut head = words[..at].to_vec();
    head.push(Inline::Text(format!("{before}。"), look));
    tail.retain(|inline| !matches!(inline, Inline::Text(text, _) if text.is_empty()));
    for inline in &mut tail {
        if let Inline::Text(_, look) | Inline::Tag(_, look) = inline {
            look.body = true;
        }
    }
    (head, tail)
}
