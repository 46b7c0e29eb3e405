//! Makes papers: compiles each template once, then facts → rendered parts → checked → bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use super::hands;
use super::own_words::{self, OwnWords};
use super::plan::Task;
use crate::assess::Assessment;
use crate::diagnostic::{Diagnostic, Outcome, Severity};
use crate::facts::{self, Facts, Fields, Names, Scene};
use crate::kit::{self, Kit, Paper};
use crate::ledger::{Ledger, RecordId, Subject};
use crate::package;
use crate::render::{self, Asks, Mark, NoPictures, Pictures, TraceEntry};
use crate::review::{self, Draft, Review, Roster, Text};
use crate::template::{self, Compiled, Survey};

/// How many papers are made, and written, at once: memory holds these and no more.
pub(super) const AT_ONCE: usize = 16;

/// The templates of a kit, compiled once (排版一次，套打多份).
#[derive(Debug)]
pub struct Press<'a> {
    ledger: &'a Ledger,
    assessment: &'a Assessment,
    kit: &'a Kit,
    /// By template, and whether it is laid out for a seal.
    compiled: BTreeMap<(String, bool), Compiled>,
    roster: Roster,
    pictures: &'a dyn Pictures,
}

/// A finished paper.
#[derive(Debug, Clone)]
pub struct Made {
    /// The .docx.
    pub bytes: Vec<u8>,
    /// What it was made from, for a trace: the fields that its template names.
    pub facts: Facts,
    /// Every inserted value.
    pub trace: Vec<TraceEntry>,
    /// What is printed as a mark.
    pub missing: Vec<Missing>,
    /// What became of the paragraphs that the subject wrote.
    pub own_words: OwnWords,
    /// What it says, for a review.
    pub text: Text,
    /// Its marks, for a review.
    pub marks: Vec<Mark>,
}

/// A mark in a paper: a needed field that is missing, or a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What stands inside the mark: 待填：整改措施.
    pub mark: String,
    /// What it asks for.
    pub asks: Asks,
    /// The record that lacks it, where it is a record's.
    pub record: Option<RecordId>,
    /// What the thing around it is called: 督促检查分管单位：水产种子站.
    pub of: String,
    /// The list or object it belongs to: 缺项, 文种.
    pub list: String,
}

impl<'a> Press<'a> {
    /// Compiles the templates of the given papers for a bureau; what a template lacks is told,
    /// and its papers are then not made.
    pub fn new<'p>(
        ledger: &'a Ledger,
        assessment: &'a Assessment,
        kit: &'a Kit,
        papers: impl IntoIterator<Item = &'p Paper>,
    ) -> Outcome<Self> {
        let fields = Fields::of_ledger(ledger, &assessment.regime);
        Self::among(&fields, ledger, assessment, kit, papers)
    }

    /// The same for one of several bureaus, with the fields of all.
    pub fn among<'p>(
        fields: &Fields,
        ledger: &'a Ledger,
        assessment: &'a Assessment,
        kit: &'a Kit,
        papers: impl IntoIterator<Item = &'p Paper>,
    ) -> Outcome<Self> {
        let mut out = Outcome::clean(Self {
            ledger,
            assessment,
            kit,
            compiled: BTreeMap::new(),
            roster: Roster::new(ledger),
            pictures: &NoPictures,
        });
        // A template with faults tells them once, however many papers it is for.
        let mut seen = BTreeSet::new();
        let papers: Vec<&Paper> = papers.into_iter().filter(|p| seen.insert(key(p))).collect();
        let compiled = hands::each(&papers, |paper| compile(kit, fields, paper));
        for (paper, compiled) in papers.into_iter().zip(compiled) {
            let compiled = compiled.unwrap_or_else(|| crashed(&paper.template));
            if let Some(compiled) = compiled.drain_into(&mut out.diagnostics) {
                out.value.compiled.insert(key(paper), compiled);
            }
        }
        out
    }

    /// The same with a place that pictures come from.
    #[must_use]
    pub fn with_pictures(self, pictures: &'a dyn Pictures) -> Self {
        Self { pictures, ..self }
    }

    /// The compiled template of a paper.
    pub fn compiled(&self, paper: &Paper) -> Option<&Compiled> {
        self.compiled.get(&key(paper))
    }

    /// Makes papers on all cores, a few at a time, in the order of the tasks; one on which the
    /// program fails does not stop the others. Once `stop` is set no further one is begun.
    pub fn make_all<'t>(
        &'t self,
        tasks: &'t [Task<'t>],
        stop: &'t AtomicBool,
    ) -> impl Iterator<Item = (&'t Task<'t>, Outcome<Option<Made>>)> {
        let make = |task: &Task<'t>| {
            (!stop.load(Ordering::Relaxed)).then(|| self.make(task.paper, task.subject))
        };
        tasks.chunks(AT_ONCE).flat_map(move |tasks| {
            let made = hands::each(tasks, make);
            tasks.iter().zip(made).filter_map(|(task, made)| {
                let made = made.unwrap_or_else(|| Some(crashed(&task.paper.template)));
                Some((task, made?))
            })
        })
    }

    /// Makes one paper; nothing where its template has faults or our own check fails.
    pub fn make(&self, paper: &Paper, subject: Subject) -> Outcome<Option<Made>> {
        let Some(compiled) = self.compiled(paper) else {
            return Outcome::clean(None);
        };
        let Self { ledger, assessment, kit, .. } = *self;
        let wanted = Names::Used(&compiled.names);
        let mut facts = facts::build(Scene { ledger, assessment, kit, paper, subject, wanted });
        let mut diagnostics = Vec::new();
        let mut rendered =
            render::render_with(compiled, &mut facts, self.pictures).drain_into(&mut diagnostics);
        if paper.is_personal() {
            render::note_title(&mut rendered, compiled);
        }
        compiled.passed.check(&rendered.parts).drain_into(&mut diagnostics);
        let text = Text::read(&rendered.parts, compiled.roles(), &rendered.missing);
        let name = format!("{}-{}", ledger.subject_short(subject), paper.kind);
        diagnostics.extend(review::marking(&text, &name));
        if diagnostics.iter().any(is_fatal) {
            return Outcome { value: None, diagnostics };
        }
        let missing = rendered.missing.iter().map(|entry| missing(&facts, entry)).collect();
        let own_words = own_words::seen(&facts, &rendered);
        let bytes = package::write(&rendered.parts);
        let (trace, marks) = (rendered.trace, rendered.missing);
        let made = Made { bytes, facts, trace, missing, own_words, text, marks };
        Outcome { value: Some(made), diagnostics }
    }

    /// Reviews a finished paper; `file` is where the user will see it.
    pub fn review(&self, paper: &Paper, subject: Subject, file: &str, made: &Made) -> Review {
        review::paper(&Draft {
            file,
            paper,
            subject,
            text: &made.text,
            facts: &made.facts,
            trace: &made.trace,
            marks: &made.marks,
            ledger: self.ledger,
            assessment: self.assessment,
            roster: &self.roster,
        })
    }
}

/// What is told of a template or a paper on which the program itself failed.
fn crashed<T>(template: &str) -> Outcome<Option<T>> {
    Outcome { value: None, diagnostics: vec![render::crashed(template)] }
}

/// A fault after which no paper may be written.
fn is_fatal(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// A paper's template as a Word file with its tags visible: a text template laid out, a Word
/// template as it is. Nothing where the kit lacks it.
pub fn eject(kit: &Kit, paper: &Paper) -> Outcome<Option<Vec<u8>>> {
    let mut diagnostics = Vec::new();
    let Some(source) = kit.templates.get(&paper.template) else {
        return Outcome::clean(None);
    };
    let name = &paper.template;
    if !kit::is_text(name) {
        return Outcome::clean(Some(source.clone()));
    }
    let text = text_of(kit, name, source).drain_into(&mut diagnostics);
    let bytes = template::lay_out(name, &text, &kit.layout, paper.sealed);
    let bytes = bytes.drain_into(&mut diagnostics);
    let whole = !diagnostics.iter().any(is_fatal);
    Outcome { value: whole.then_some(bytes), diagnostics }
}

/// Everything that is wrong with a paper's template, and what it uses.
pub fn survey(kit: &Kit, paper: &Paper, fields: &Fields) -> Outcome<Survey> {
    let mut diagnostics = Vec::new();
    let name = &paper.template;
    let source = kit.templates.get(name).map_or(&[][..], Vec::as_slice);
    if !kit::is_text(name) {
        return template::survey(name, source, fields);
    }
    let text = text_of(kit, name, source).drain_into(&mut diagnostics);
    let survey = template::survey_text(name, &text, &kit.layout, paper.sealed, fields);
    let survey = survey.drain_into(&mut diagnostics);
    Outcome { value: survey, diagnostics }
}

/// A text template with the kit's phrases in their places.
fn text_of(kit: &Kit, name: &str, source: &[u8]) -> Outcome<String> {
    let text = String::from_utf8_lossy(source);
    let mut expanded = kit::phrases::expand(name, &text, &kit.phrases);
    // An old notepad saves in the encoding of its country.
    if matches!(text, Cow::Owned(_)) {
        expanded.diagnostics = vec![kit::not_utf8(name)];
    }
    expanded
}

/// What papers share a compiled template by.
fn key(paper: &Paper) -> (String, bool) {
    (paper.template.clone(), paper.sealed)
}

/// Lays out and compiles one paper's template: text (.md) or Word (.docx).
fn compile(kit: &Kit, fields: &Fields, paper: &Paper) -> Outcome<Option<Compiled>> {
    let mut diagnostics = Vec::new();
    let Some(source) = kit.templates.get(&paper.template) else {
        return Outcome::clean(None);
    };
    let name = &paper.template;
    let compiled = if !kit::is_text(name) {
        template::compile(name, source, fields).drain_into(&mut diagnostics)
    } else {
        let text = text_of(kit, name, source).drain_into(&mut diagnostics);
        template::compile_text(name, &text, &kit.layout, paper.sealed, fields)
            .drain_into(&mut diagnostics)
    };
    let compiled = compiled.filter(|_| !diagnostics.iter().any(is_fatal));
    Outcome { value: compiled, diagnostics }
}

/// What a mark says of its place in the facts: the record around it, the list it is in.
fn missing(facts: &Facts, entry: &Mark) -> Missing {
    let (outer, _) = entry.path.rsplit_once('/').unwrap_or_default();
    let (mut record, mut around) = (None, None);
    for value in facts.along(outer).flatten() {
        record = facts::record_number(value).or(record);
        around = Some(value).filter(|value| value.is_object()).or(around);
    }
    Missing {
        mark: entry.text.clone(),
        asks: entry.asks.clone(),
        record,
        of: if record.is_none() { around.map(called).unwrap_or_default() } else { String::new() },
        list: entry.path.split('/').next().unwrap_or_default().to_owned(),
    }
}

/// What a gap is called: its line, and the units it is about.
fn called(value: &serde_json::Value) -> String {
    let name = value.get("名称").and_then(serde_json::Value::as_str).unwrap_or_default();
    let units = value.get("单位").and_then(serde_json::Value::as_array).into_iter().flatten();
    let units: Vec<&str> = units.filter_map(serde_json::Value::as_str).collect();
    if units.is_empty() { name.to_owned() } else { format!("{name}：{}", units.join("、")) }
}
