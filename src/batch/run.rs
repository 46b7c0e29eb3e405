//! The run: plan → make → review → write → record → report, for every bureau. What became of each
//! paper is given one by one to a callback, and all of it at the end.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::effects;
use super::exit::Exit;
use super::first_look::{self, Story};
use super::load::{Judged, Loaded};
use super::make::{AT_ONCE, Made, Missing};
use super::output::{Output, Refusal};
use super::own_words;
use super::plan::{self, Plan, Task, Wanted};
use super::shelf::{Kept, Shelf, Stored};
use super::to_fill::{self, ToFill};
use crate::diagnostic::{Diagnostic, text};
use crate::facts::Fields;
use crate::render::Pictures;
use crate::review;

/// The file that tells what to do first.
pub const FIRST_LOOK: &str = "00先看这里.txt";

/// Years before this one are no years of a ledger: the ledger found none.
const FIRST_YEAR: i16 = 2000;

/// What is asked of a run.
pub struct Request<'a> {
    /// Whether these are all papers of the office: then what has no effect on any is reported.
    pub every: bool,
    /// Which papers.
    pub wanted: Wanted,
    /// Where pictures come from.
    pub pictures: &'a dyn Pictures,
    /// Set from outside to end the run: papers in hand are finished, what was done is recorded.
    pub stop: &'a AtomicBool,
}

/// One step of a run.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// How many papers are done, this one included.
    pub at: usize,
    /// How many there are to do.
    pub of: usize,
    /// What became of this one.
    pub paper: &'a Done,
}

/// A paper of a run, and what became of it.
#[derive(Debug, Clone)]
pub struct Done {
    /// Whose: 农技推广站.
    pub subject: String,
    /// Which: 自查报告-站股室.
    pub paper: String,
    /// Where it went, or was to go, below the output folder.
    pub file: String,
    /// Its marks, where there is such a paper.
    pub marks: Vec<Missing>,
    /// What became of it.
    pub ending: Ending,
}

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Made and reviewed; the run writes nothing.
    Made,
    /// It stands in the output folder.
    Stored(Stored),
    /// The ledger has no year, and no period was asked for.
    NoYear,
    /// Its template has faults, or our own check of it failed.
    NotMade,
    /// It could not be written.
    NotWritten(Refusal),
}

/// What a bureau is left with.
#[derive(Debug, Clone, Default)]
pub struct Remaining {
    /// What to fill in, the most useful first.
    pub to_fill: Vec<ToFill>,
    /// What else could be made: 自查报告-支部（2份）.
    pub offers: Vec<String>,
    /// Where its 00先看这里.txt stands, and how it came there, unless it could not be written.
    pub first_look: Option<(String, Stored)>,
}

/// All that a run has to say.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Every paper that was planned and not left, in the order of the plan.
    pub papers: Vec<Done>,
    /// What is left to do, by bureau; nothing where the run writes nothing.
    pub bureaus: Vec<Remaining>,
    /// How many papers were not begun when the run was stopped.
    pub left: usize,
    /// Everything found, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How it ended.
    pub exit: Exit,
}

impl Report {
    /// The files that were kept, each with what is to be said of it.
    pub fn kept(&self) -> impl Iterator<Item = (&Kept, String)> {
        let papers = self.papers.iter().filter_map(|done| Some((done.kept()?, &done.file)));
        let looks = self.bureaus.iter().filter_map(|bureau| bureau.first_look.as_ref());
        let looks = looks.filter_map(|(file, stored)| Some((stored.kept.as_ref()?, file)));
        papers.chain(looks).map(|(kept, file)| (kept, kept.reason(file)))
    }
}

impl Done {
    /// Whether it stands in the output folder.
    pub fn is_stored(&self) -> bool {
        matches!(self.ending, Ending::Stored(_))
    }

    /// The file that was kept in its place.
    pub fn kept(&self) -> Option<&Kept> {
        let Ending::Stored(stored) = &self.ending else { return None };
        stored.kept.as_ref()
    }

    /// Why there is no such paper, and what to do.
    pub fn skipped(&self) -> Option<String> {
        Some(match &self.ending {
            Ending::Made | Ending::Stored(_) => return None,
            Ending::NoYear => "没有年度：在“设置”表写年度，或用 --period 指定".to_owned(),
            Ending::NotMade => "模板有误，或成品没有通过自检".to_owned(),
            Ending::NotWritten(refusal) => {
                format!("{}：{refusal} → {}", self.file, refusal.help())
            }
        })
    }
}

/// Runs a request; without an output the papers are made and reviewed only.
pub fn run(
    loaded: &Loaded,
    request: &Request<'_>,
    output: Option<&mut dyn Output>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Report {
    let mut usage = Vec::new();
    let plan = |of| loaded.plan(of, &request.wanted).drain_into(&mut usage);
    let mut plans: Vec<Plan<'_>> = loaded.bureaus.iter().map(plan).collect();
    let folders = plan::folders(loaded.bureaus.iter().map(|of| &of.ledger));
    let mut planned = BTreeSet::new();
    for (plan, folder) in plans.iter_mut().zip(&folders) {
        for task in &mut plan.tasks {
            task.file.insert_str(0, folder);
            assert!(planned.insert(plan::key(&task.file)), "{} is planned twice", task.file);
        }
    }
    let total = planned.len();
    if total == 0 && !usage.is_empty() {
        return Report { diagnostics: usage, exit: Exit::Usage, ..Report::default() };
    }
    let mut common = loaded.diagnostics.clone();
    let shelf = output.map(|output| Shelf::open(output, planned, &mut common)).transpose();
    let shelf = match shelf {
        Ok(shelf) => shelf,
        Err(found) => {
            let stopped = request.stop.load(Ordering::Relaxed);
            let exit = if stopped { Exit::Interrupted } else { Exit::Files };
            return Report { diagnostics: vec![found], left: total, exit, ..Report::default() };
        }
    };
    let fields = &loaded.fields();
    let report = Report::default();
    let mut run = Run { loaded, request, fields, common, shelf, total, progress, report };
    for ((of, plan), folder) in loaded.bureaus.iter().zip(&plans).zip(&folders) {
        if request.stop.load(Ordering::Relaxed) {
            break;
        }
        run.bureau(of, plan, folder, usage.is_empty() || !plan.tasks.is_empty());
    }
    run.close(usage)
}

/// A run on its way.
struct Run<'a> {
    loaded: &'a Loaded,
    request: &'a Request<'a>,
    fields: &'a Fields,
    /// What was found before any paper.
    common: Vec<Diagnostic>,
    shelf: Option<Shelf<'a>>,
    total: usize,
    progress: &'a mut dyn FnMut(Progress<'_>),
    report: Report,
}

impl Run<'_> {
    /// All papers of a bureau, then its 00先看这里.txt where one is wanted.
    fn bureau(&mut self, of: &Judged, plan: &Plan<'_>, folder: &str, told: bool) {
        let first = self.report.papers.len();
        let yearless = of.ledger.bureau.year < FIRST_YEAR && self.loaded.when.period.is_none();
        let mut own = Vec::new();
        if self.shelf.is_some() && yearless {
            // Without a year no paper knows what it speaks of; the ledger has reported it.
            for task in &plan.tasks {
                self.done(task, task.file.clone(), Vec::new(), Ending::NoYear);
            }
        } else {
            self.papers(of, plan, &mut own);
        }
        if let Some(shelf) = self.shelf.as_mut().filter(|_| told) {
            let papers = &self.report.papers[first..];
            let offer = |offer: &plan::Offer| format!("{}（{}份）", offer.id, offer.count);
            let mut remaining = Remaining {
                to_fill: to_fill::to_fill(&of.ledger, &self.loaded.sources, papers),
                offers: plan.offers.iter().map(offer).collect(),
                first_look: None,
            };
            let mut diagnostics: Vec<&Diagnostic> = self.common.iter().chain(&own).collect();
            text::sort(&mut diagnostics);
            let story = Story {
                judged: of,
                sources: &self.loaded.sources,
                papers,
                left: plan.tasks.len() - papers.len(),
                remaining: &remaining,
                diagnostics: &diagnostics,
            };
            let (path, text) = (format!("{folder}{FIRST_LOOK}"), first_look::text(&story));
            for (path, stored) in shelf.write(&[(&path, text.as_bytes())]) {
                match stored {
                    Ok(stored) => remaining.first_look = Some((path, stored)),
                    Err(refusal) => own.push(refusal.at(&path)),
                }
            }
            self.report.bureaus.push(remaining);
        }
        self.report.diagnostics.extend(own);
    }

    /// Makes, reviews and writes the papers of a bureau, until the run is stopped.
    fn papers(&mut self, of: &Judged, plan: &Plan<'_>, own: &mut Vec<Diagnostic>) {
        let papers = plan.tasks.iter().map(|task| task.paper);
        let press = self.loaded.press(self.fields, of, papers).drain_into(own);
        let press = press.with_pictures(self.request.pictures);
        let (mut own_words, mut reviews) = (Vec::new(), Vec::new());
        let first = self.report.papers.len();
        let mut all = press.make_all(&plan.tasks, self.request.stop);
        loop {
            let made: Vec<(&Task<'_>, Option<Made>)> = all
                .by_ref()
                .take(AT_ONCE)
                .map(|(task, made)| (task, made.drain_into(own)))
                .collect();
            if made.is_empty() {
                break;
            }
            let files =
                made.iter().filter_map(|(task, made)| Some((&*task.file, &*made.as_ref()?.bytes)));
            let files: Vec<(&str, &[u8])> = files.collect();
            let mut stored = self.shelf.as_mut().map(|shelf| shelf.write(&files).into_iter());
            for (task, made) in made {
                let path = task.file.clone();
                let Some(made) = made else {
                    self.done(task, path, Vec::new(), Ending::NotMade);
                    continue;
                };
                reviews.push(press.review(task.paper, task.subject, &path, &made));
                own_words.push(made.own_words);
                let (file, ending) = match stored.as_mut().and_then(Iterator::next) {
                    None => (path, Ending::Made),
                    Some((file, Ok(stored))) => (file, Ending::Stored(stored)),
                    Some((file, Err(refusal))) => (file, Ending::NotWritten(refusal)),
                };
                self.done(task, file, made.missing, ending);
            }
        }
        // A paragraph may belong to a paper that was not begun.
        if self.report.papers.len() - first == plan.tasks.len() {
            own.extend(own_words::unused(&of.ledger, &own_words));
            if self.request.every {
                let kit = &self.loaded.kit;
                own.extend(effects::without(of, kit, &press, plan, &own_words));
            }
        }
        own.extend(review::run(&reviews));
    }

    /// Notes what became of a paper.
    fn done(&mut self, task: &Task<'_>, file: String, mut marks: Vec<Missing>, ending: Ending) {
        if let Ending::NotWritten(refusal) = &ending {
            self.report.diagnostics.push(refusal.at(&file));
            marks.clear();
        }
        let (subject, paper) = (task.name.clone(), task.paper.id.clone());
        let done = Done { subject, paper, file, marks, ending };
        let at = self.report.papers.len() + 1;
        (self.progress)(Progress { at, of: self.total, paper: &done });
        self.report.papers.push(done);
    }

    /// Writes the record, and says how it all ended.
    fn close(mut self, usage: Vec<Diagnostic>) -> Report {
        let Report { papers, bureaus, mut diagnostics, .. } = self.report;
        diagnostics.splice(0..0, self.common);
        diagnostics.extend(usage);
        diagnostics.extend(self.shelf.as_mut().and_then(|shelf| shelf.close().err()));
        text::sort(&mut diagnostics);
        let left = self.total - papers.len();
        let mut exit = Exit::of(&diagnostics);
        if left > 0 {
            exit = Exit::Interrupted;
        } else if papers.iter().any(|done| done.skipped().is_some()) {
            exit = exit.max(Exit::Findings);
        }
        Report { papers, bureaus, left, diagnostics, exit }
    }
}
