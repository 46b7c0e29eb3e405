//! Makes papers: compiles each template once, then facts → rendered parts → checked → bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::own_words::{self, OwnWords};
use crate::assess::Assessment;
use crate::diagnostic::{Diagnostic, Outcome, Severity};
use crate::facts::{self, Facts, Fields, Names, Scene};
use crate::kit::{self, Kit, Paper, SubjectKind};
use crate::ledger::{Ledger, RecordId, Subject};
use crate::package;
use crate::render::{self, Mark, MarkKind, NoPictures, Pictures, TraceEntry};
use crate::template::{self, Compiled};

/// The templates of a kit, compiled once (排版一次，套打多份).
#[derive(Debug)]
pub struct Press<'a> {
    ledger: &'a Ledger,
    assessment: &'a Assessment,
    kit: &'a Kit,
    compiled: BTreeMap<String, Compiled>,
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
}

/// A mark in a paper: a needed field that is missing, or a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What stands inside the mark: 待填：整改措施.
    pub mark: String,
    /// The field's name (a column), empty for a question.
    pub field: String,
    /// What kind of mark.
    pub kind: MarkKind,
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
        let mut out = Outcome::clean(Self {
            ledger,
            assessment,
            kit,
            compiled: BTreeMap::new(),
            pictures: &NoPictures,
        });
        let mut seen = BTreeSet::new();
        for paper in papers {
            // A template with faults tells them once, however many papers it is for.
            if !seen.insert(&paper.id) {
                continue;
            }
            let compiled = compile(kit, &fields, paper).drain_into(&mut out.diagnostics);
            if let Some(compiled) = compiled {
                out.value.compiled.insert(paper.id.clone(), compiled);
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
        self.compiled.get(&paper.id)
    }

    /// Makes one paper; nothing where its template has faults or our own check fails.
    pub fn make(&self, paper: &Paper, subject: Subject) -> Outcome<Option<Made>> {
        let Some(compiled) = self.compiled(paper) else {
            return Outcome::clean(None);
        };
        let Self { ledger, assessment, kit, .. } = *self;
        let wanted = Names::Used(&compiled.names);
        let facts = facts::build(Scene { ledger, assessment, kit, paper, subject, wanted });
        let mut diagnostics = Vec::new();
        let mut rendered =
            render::render_with(compiled, &facts, self.pictures).drain_into(&mut diagnostics);
        if paper.subject == SubjectKind::Leader {
            render::note_title(&mut rendered, compiled);
        }
        compiled.passed.check(&rendered.parts).drain_into(&mut diagnostics);
        if diagnostics.iter().any(is_fatal) {
            return Outcome { value: None, diagnostics };
        }
        let missing = rendered.missing.iter().map(|entry| missing(&facts, entry)).collect();
        let own_words = own_words::seen(&facts, &rendered);
        let bytes = package::write(&rendered.parts);
        let made = Made { bytes, facts, trace: rendered.trace, missing, own_words };
        Outcome { value: Some(made), diagnostics }
    }
}

/// A fault after which no paper may be written.
fn is_fatal(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// Lays out and compiles one paper's template: text (.md) or Word (.docx).
fn compile(kit: &Kit, fields: &Fields, paper: &Paper) -> Outcome<Option<Compiled>> {
    let mut diagnostics = Vec::new();
    let Some(source) = kit.templates.get(&paper.template) else {
        return Outcome::clean(None);
    };
    let name = &paper.template;
    let compiled = if name.ends_with(".docx") {
        template::compile(name, source, fields).drain_into(&mut diagnostics)
    } else {
        let text = String::from_utf8_lossy(source);
        let text = kit::phrases::expand(name, &text, &kit.phrases).drain_into(&mut diagnostics);
        template::compile_text(name, &text, &kit.layout, paper.sealed, fields)
            .drain_into(&mut diagnostics)
    };
    let compiled = compiled.filter(|_| !diagnostics.iter().any(is_fatal));
    Outcome { value: compiled, diagnostics }
}

/// What a mark says of its place in the facts: the record around it, the list it is in.
fn missing(facts: &Facts, entry: &Mark) -> Missing {
    let steps: Vec<&str> = entry.path.split('/').filter(|step| !step.is_empty()).collect();
    let mut record = None;
    let mut around = None;
    let mut at = facts.tree.get(*steps.first().unwrap_or(&""));
    for step in steps.iter().skip(1) {
        let Some(value) = at else { break };
        record = value
            .get(facts::RECORD)
            .and_then(serde_json::Value::as_u64)
            .and_then(|id| u32::try_from(id).ok())
            .map(RecordId)
            .or(record);
        around = Some(value).filter(|value| value.is_object()).or(around);
        at = match step.parse::<usize>() {
            Ok(index) => value.get(index),
            Err(_) => value.get(*step),
        };
    }
    Missing {
        mark: entry.text.clone(),
        field: entry.name.clone(),
        kind: entry.kind,
        record,
        of: if record.is_none() { around.map(called).unwrap_or_default() } else { String::new() },
        list: steps.first().map(|step| (*step).to_owned()).unwrap_or_default(),
    }
}

/// What a gap is called: its line, and the units it is about.
fn called(value: &serde_json::Value) -> String {
    let name = value.get("名称").and_then(serde_json::Value::as_str).unwrap_or_default();
    let units = value.get("单位").and_then(serde_json::Value::as_array).into_iter().flatten();
    let units: Vec<&str> = units.filter_map(serde_json::Value::as_str).collect();
    if units.is_empty() { name.to_owned() } else { format!("{name}：{}", units.join("、")) }
}
