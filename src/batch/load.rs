//! What every run begins with: workbooks → ledgers → bureaus, each judged by the kit.

use jiff::civil::Date;

use super::make::Press;
use super::plan::{self, Plan, Task, Wanted};
use crate::assess::{self, Assessment};
use crate::diagnostic::{Diagnostic, Outcome, codes};
use crate::facts::{self, Facts, Fields, Names, Scene};
use crate::kit::{Kit, Paper};
use crate::ledger::{self, Ledger, PartialDate, Period};
use crate::place::Sources;
use crate::workbook::{self, Book, InputFile};

/// What is said of the time, in place of what the sheets say.
#[derive(Debug, Clone, Default)]
pub struct When {
    /// The period; else the year of each ledger.
    pub period: Option<Period>,
    /// The day up to which rows count; else 数据截止日, else the last day of the period, which
    /// the ledger reports (invariant 5).
    pub as_of: Option<Date>,
}

/// Everything read, and every diagnostic so far.
#[derive(Debug)]
pub struct Loaded {
    /// The names behind places.
    pub sources: Sources,
    /// The workbooks as read.
    pub books: Vec<Book>,
    /// What papers there are.
    pub kit: Kit,
    /// The bureaus, in the order of their names' first rows.
    pub bureaus: Vec<Judged>,
    /// What was said of the time.
    pub when: When,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// A bureau and the judgement on it.
#[derive(Debug)]
pub struct Judged {
    /// Its records.
    pub ledger: Ledger,
    /// What they come to.
    pub assessment: Assessment,
}

/// Reads and judges; without files there is only the kit.
pub fn load(files: &[InputFile], kit: Outcome<Kit>, when: When) -> Loaded {
    let mut diagnostics = Vec::new();
    let mut sources = Sources::default();
    let kit = kit.drain_into(&mut diagnostics);
    let books = workbook::read(files, &mut sources).drain_into(&mut diagnostics);
    let ledgers = if files.is_empty() {
        Vec::new()
    } else {
        ledger::collect(&books, &kit.terms, &mut sources).drain_into(&mut diagnostics)
    };
    if when.as_of.is_some() {
        // The day was said: nobody needs the sheet's.
        diagnostics.retain(|diagnostic| diagnostic.code.id != codes::L173.id);
    }
    let judge = |ledger: Ledger| {
        let of_year = || Period::of(PartialDate::Year(ledger.bureau.year));
        let period = when.period.clone().unwrap_or_else(of_year);
        let cut_off = ledger.bureau.cut_off.as_ref().map(|at| at.value);
        let as_of = when.as_of.or(cut_off).unwrap_or(period.end);
        let assessment =
            assess::assess(&ledger, &kit.regime, &period, as_of).drain_into(&mut diagnostics);
        Judged { ledger, assessment }
    };
    let bureaus = ledgers.into_iter().map(judge).collect();
    Loaded { sources, books, kit, bureaus, when, diagnostics }
}

impl Loaded {
    /// The fields of all bureaus: a template is for each of them.
    pub fn fields(&self) -> Fields {
        let bureaus = self.bureaus.iter().map(|of| (&of.ledger, &of.assessment.regime));
        Fields::of_all(bureaus, &self.kit.regime)
    }

    /// The papers of a bureau that are wanted.
    pub fn plan(&self, of: &Judged, wanted: &Wanted) -> Outcome<Plan<'_>> {
        let Judged { ledger, assessment } = of;
        plan::plan(ledger, &self.kit, &assessment.period, assessment.as_of, wanted)
    }

    /// The templates of a bureau's papers, compiled.
    pub fn press<'a, 'p>(
        &'a self,
        fields: &Fields,
        of: &'a Judged,
        papers: impl IntoIterator<Item = &'p Paper>,
    ) -> Outcome<Press<'a>> {
        Press::among(fields, &of.ledger, &of.assessment, &self.kit, papers)
    }

    /// Every field of a paper.
    pub fn facts(&self, of: &Judged, task: &Task<'_>) -> Facts {
        let Judged { ledger, assessment } = of;
        let (paper, subject, wanted) = (task.paper, task.subject, Names::All);
        facts::build(Scene { ledger, assessment, kit: &self.kit, paper, subject, wanted })
    }
}
