//! Looks at rendered papers as a careful colleague would, before they are sent: leftovers, years,
//! figures, names, sameness (the checks K… of study/domain.md §4.3 that need the finished text).
//!
//! [`paper`] reviews one paper and keeps what the whole run is asked about; [`run`] then compares
//! the papers of a bureau with one another. Both are total and pure.
//!
//! How loud: what domain.md calls E blocks a final export. It is an error, and so exit code 1,
//! where what the paper says is wrong by itself and the cure is a cell or the template (K08, K10,
//! K17, K22 signer, K33); where a person has to look before it can be said (K14, K22 title, K27)
//! it is a warning that blocks. Nothing here stops a paper from being written, but a real marking
//! of secrecy ([`marking`]): that one is refused. Less done than required is never told here
//! (invariant 14).
//!
//! Our own marks (【待填…】【请核实…】【本人填写…】) are no leftovers: they are counted where they are
//! made, and here they stand as one sign that no check looks into.
//!
//! Of a personal paper only the words that were found are quoted, never what stands around them,
//! and of its likeness to another no more than that it is so (invariant 13).

mod block;
mod changed;
mod counts;
mod figures;
mod leftovers;
mod names;
mod numerals;
mod privacy;
mod problems;
mod sameness;
mod shape;
mod sources;
mod text;
mod wording;
mod years;

use std::collections::BTreeSet;
use std::ops::Range;

use indexmap::IndexMap;

use crate::assess::Assessment;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::facts::Facts;
use crate::kit::Paper;
use crate::ledger::{Ledger, Subject};
use crate::place::Place;
use crate::render::{Mark, TraceEntry};

pub use changed::changed_figures;
pub use names::Roster;
pub use privacy::marking;
use sources::Span;
pub use text::{Paragraph, Text};

/// How many characters stand around what is quoted.
const AROUND: usize = 8;

/// What is found in a personal paper is quoted where it is no longer than a word: a whole sentence
/// would be its content.
const WORD: usize = 10;

/// A rendered paper, and everything it may be held against.
#[derive(Clone, Copy)]
pub struct Draft<'a> {
    /// Its file, as the user will see it.
    pub file: &'a str,
    /// Which paper.
    pub paper: &'a Paper,
    /// Whose.
    pub subject: Subject,
    /// What it says.
    pub text: &'a Text,
    /// What it was made from.
    pub facts: &'a Facts,
    /// Every inserted value.
    pub trace: &'a [TraceEntry],
    /// The paths of its marks.
    pub marks: &'a [Mark],
    /// The bureau.
    pub ledger: &'a Ledger,
    /// The judgement on it.
    pub assessment: &'a Assessment,
    /// The bureau's names, made once for all its papers.
    pub roster: &'a Roster,
}

/// What a paper's own review found, and what the run is asked about.
#[derive(Debug, Clone, Default)]
pub struct Review {
    diagnostics: Vec<Diagnostic>,
    figures: Vec<figures::Figure>,
    sayings: sameness::Sayings,
}

/// Reviews one paper.
pub fn paper(draft: &Draft<'_>) -> Review {
    let spans = sources::locate(draft);
    let mut found = Found { draft: *draft, spans: &spans, told: Vec::new() };
    block::check(&mut found);
    leftovers::check(&mut found);
    years::check(&mut found);
    counts::check(&mut found);
    problems::check(&mut found);
    names::check(&mut found);
    wording::check(&mut found);
    shape::check(&mut found);
    privacy::check(&mut found);
    Review {
        diagnostics: found.told,
        figures: figures::read(draft, &spans),
        sayings: sameness::read(draft, &spans),
    }
}

/// Everything that the review of a bureau's papers has to tell: what each says by itself, each
/// thing once however many papers print it, then what they say of one another.
pub fn run(reviews: &[Review]) -> Vec<Diagnostic> {
    let own = reviews.iter().flat_map(|review| review.diagnostics.iter().cloned());
    let mut told = once(own);
    told.extend(figures::compare(reviews.iter().flat_map(|review| &review.figures)));
    told.extend(sameness::compare(reviews.iter().map(|review| &review.sayings)));
    told
}

/// The same finding in several papers (a cell that all of them print, a word of a template) is
/// told once, at the first, with the number of the others.
fn once(told: impl Iterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    type Key = (&'static str, String, Option<Place>, String);
    let mut first: IndexMap<Key, (Diagnostic, BTreeSet<String>)> = IndexMap::new();
    for diagnostic in told {
        let (file, quoted) = diagnostic.place.paper().unwrap_or_default();
        // Around the words of a cell each paper has its own.
        let quoted = if diagnostic.source.is_some() { "" } else { quoted };
        let (file, quoted) = (file.to_owned(), quoted.to_owned());
        let key = (diagnostic.code.id, diagnostic.message.clone(), diagnostic.source, quoted);
        first.entry(key).or_insert_with(|| (diagnostic, BTreeSet::new())).1.insert(file);
    }
    let told = first.into_values().map(|(mut diagnostic, files)| {
        if files.len() > 1 {
            diagnostic.message.push_str(&format!("（另有{}份材料也是这样）", files.len() - 1));
        }
        diagnostic
    });
    told.collect()
}

/// What is being found in a paper.
struct Found<'a> {
    draft: Draft<'a>,
    spans: &'a [Span],
    told: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    /// The paragraphs of the paper.
    fn paragraphs(&self) -> &'a [Paragraph] {
        &self.draft.text.paragraphs
    }

    /// Tells what stands in a range of a paragraph.
    fn tell(
        &mut self,
        code: &'static Code,
        at: &Paragraph,
        range: Range<usize>,
        message: impl Into<String>,
        help: &str,
    ) {
        let found = &at.text[range.clone()];
        let text = if !self.draft.paper.is_personal() {
            quote(&at.text, range.clone())
        } else if found.chars().count() <= WORD {
            plain(found)
        } else {
            String::new()
        };
        self.tell_quoting(code, at, &range, text, message, help);
    }

    /// Tells what stands in a range of a paragraph, with a text as what is quoted.
    fn tell_quoting(
        &mut self,
        code: &'static Code,
        at: &Paragraph,
        range: &Range<usize>,
        text: String,
        message: impl Into<String>,
        help: &str,
    ) {
        let paper = self.draft.file.to_owned();
        let place = Location::Paper { paper, paragraph: at.number, text };
        let told = Diagnostic::new(code, message).help(help).located(place);
        self.told.push(told.from_cell(self.source(at, range)));
    }

    /// The cell whose text a range lies in.
    fn source(&self, at: &Paragraph, range: &Range<usize>) -> Option<Place> {
        let paragraph =
            self.paragraphs().binary_search_by_key(&at.number, |own| own.number).ok()?;
        let spans = sources::within(self.spans, paragraph);
        spans.iter().find(|span| span.range.contains(&range.start))?.cell
    }

    /// Tells what is true of the paper as a whole.
    fn tell_whole(&mut self, code: &'static Code, message: impl Into<String>, help: &str) {
        let place = whole(self.draft.file);
        self.told.push(Diagnostic::new(code, message).help(help).located(place));
    }
}

/// A paper as a whole as a place.
fn whole(file: &str) -> Location {
    Location::Paper { paper: file.to_owned(), paragraph: 0, text: String::new() }
}

/// A range with a few characters around it.
fn quote(text: &str, range: Range<usize>) -> String {
    let before = text[..range.start].char_indices().rev().take(AROUND).last();
    let start = before.map_or(range.start, |(at, _)| at);
    let after = text[range.end..].char_indices().nth(AROUND);
    let end = after.map_or(text.len(), |(at, _)| range.end + at);
    let (head, tail) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    format!("{head}{}{tail}", plain(&text[start..end]))
}

/// A text on one line, our marks as 【…】.
fn plain(text: &str) -> String {
    text.replace('\n', " ").replace(text::MARK, "【…】")
}

/// The first characters of a text.
fn beginning(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    format!("{}{}", plain(&text[..cut]), if cut < text.len() { "…" } else { "" })
}

/// The sentence around a byte of a text.
fn sentence(text: &str, at: usize) -> Range<usize> {
    const ENDS: [char; 6] = ['。', '；', '！', '？', ';', '\n'];
    let start = at - text[..at].rsplit(ENDS).next().map_or(0, str::len);
    let end = text[at..].find(ENDS).map_or(text.len(), |end| at + end);
    start..end
}

/// Every place of a word in a text.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    text.match_indices(word).map(|(at, found)| at..at + found.len())
}

/// The longest stretches of a text whose characters are of a kind.
fn runs(text: &str, of: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(&of)?;
        at = text[start..].find(|c| !of(c)).map_or(text.len(), |end| start + end);
        Some(start..at)
    })
}
