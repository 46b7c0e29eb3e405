//! Trouble that a user can mend, gathered instead of thrown.
//!
//! A stage returns an [`Outcome`]: what it could make, and every [`Diagnostic`] it met on the
//! way, so that a clerk mends ten cells in one round. What the codes mean stands in [`codes`].

pub mod codes;
pub mod json;
mod near;
pub mod text;

use crate::place::{Place, Sources};

pub use codes::{Code, Kind, Severity, Stage};
pub use near::{Near, did_you_mean, near_miss};

/// A stage's value beside everything it has to complain of.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// What the stage could make.
    pub value: T,
    /// What it met, in the order met.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value with nothing to complain of.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Moves the diagnostics to `into` and keeps the value.
    pub fn drain_into(self, into: &mut Vec<Diagnostic>) -> T {
        into.extend(self.diagnostics);
        self.value
    }
}

/// One complaint: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Its entry in the table of codes, which also gives kind, severity and whether it blocks.
    pub code: &'static Code,
    /// What is wrong, with the found value: one line, no full stop.
    pub message: String,
    /// What to do; empty where there is nothing to do.
    pub help: String,
    /// Where the user sees it.
    pub place: Location,
    /// The cell that it came from, where the place is a paper's.
    pub source: Option<Place>,
    /// Overrides the code's severity; a confirmed shortfall is told as information.
    pub severity: Severity,
    /// Overrides the code's `blocks`: whether this holds back a final export.
    pub blocks: bool,
}

impl Diagnostic {
    /// A complaint with the severity of its code and no place yet.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: String::new(),
            place: Location::Nowhere,
            source: None,
            severity: code.severity,
            blocks: code.blocks,
        }
    }

    /// The same, at a cell, a row or a sheet.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Location::Cell(place);
        self
    }

    /// The same, at another kind of place.
    pub fn located(mut self, place: Location) -> Self {
        self.place = place;
        self
    }

    /// The same, with the cell that what a paper says came from.
    pub fn from_cell(mut self, source: Option<Place>) -> Self {
        self.source = source;
        self
    }

    /// The same, with a cure.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same, told with another severity that blocks nothing (a confirmed shortfall).
    pub fn told_as(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self.blocks = false;
        self
    }
}

/// A place as the user sees it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Location {
    /// No single place.
    #[default]
    Nowhere,
    /// A file as a whole.
    File(String),
    /// A cell, a row or a sheet of a workbook.
    Cell(Place),
    /// A spot in a template (or in a data file of the kit).
    Template(TemplateSpot),
    /// A spot in a paper.
    Paper {
        /// The paper's file name.
        paper: String,
        /// Paragraph, from 1; 0 for the paper as a whole.
        paragraph: u32,
        /// The words quoted; empty where none are.
        text: String,
    },
}

/// A spot in a template; what does not apply is 0 or empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TemplateSpot {
    /// The template's file name.
    pub template: String,
    /// The line, from 1, in a text template or a kit file.
    pub line: u32,
    /// The part of a Word template: 正文, 页眉, 页脚 …
    pub part: String,
    /// The heading above, as the user sees it.
    pub heading: String,
    /// Paragraph of the part, from 1, those in tables and text boxes counted too.
    pub paragraph: u32,
    /// Outermost table of the part, from 1, or 0 outside tables.
    pub table: u32,
    /// Row of that table, from 1.
    pub row: u32,
    /// Column of that row, from 1.
    pub column: u32,
    /// The place below the heading, or in the part, as a person counts: 第3段,
    /// 第1个表格第2行第1列里的文本框.
    pub within: String,
    /// The words quoted.
    pub text: String,
}

impl Location {
    /// A template as a whole, or a part of it where `part` names one.
    pub fn template(template: &str, part: &str) -> Self {
        let (template, part) = (template.to_owned(), part.to_owned());
        Self::Template(TemplateSpot { template, part, ..TemplateSpot::default() })
    }

    /// The spot in a template, where it is one.
    pub fn spot(&self) -> Option<&TemplateSpot> {
        if let Self::Template(spot) = self { Some(spot) } else { None }
    }

    /// The cell, the row or the sheet.
    pub fn cell(&self) -> Option<Place> {
        if let Self::Cell(place) = self { Some(*place) } else { None }
    }

    /// The paper, and the words quoted, of a spot in a paper.
    pub fn paper(&self) -> Option<(&str, &str)> {
        if let Self::Paper { paper, text, .. } = self { Some((paper, text)) } else { None }
    }

    /// The place in words; empty for [`Location::Nowhere`].
    pub fn show(&self, sources: &Sources) -> String {
        match self {
            Self::Nowhere => String::new(),
            Self::File(name) => name.clone(),
            Self::Cell(place) => sources.show(*place),
            Self::Template(spot) => spot.show(),
            Self::Paper { paper, paragraph, text } => {
                steps([paper.clone(), nth(*paragraph, "段"), quoted(text, "")])
            }
        }
    }
}

impl TemplateSpot {
    /// 自查报告-党组.md › 第12行 › “{{责仼人}}”.
    pub fn show(&self) -> String {
        steps([
            self.template.clone(),
            self.part.clone(),
            nth(self.line, "行"),
            quoted(&self.heading, "之下"),
            self.within.clone(),
            quoted(&self.text, ""),
        ])
    }
}

/// The steps that apply, from the outermost to the innermost.
fn steps(steps: impl IntoIterator<Item = String>) -> String {
    let steps: Vec<String> = steps.into_iter().filter(|step| !step.is_empty()).collect();
    steps.join(" › ")
}

/// 第12行; empty for 0.
fn nth(number: u32, unit: &str) -> String {
    if number > 0 { format!("第{number}{unit}") } else { String::new() }
}

/// “履责情况”之下; empty for no words.
fn quoted(words: &str, after: &str) -> String {
    if words.is_empty() { String::new() } else { format!("“{words}”{after}") }
}
