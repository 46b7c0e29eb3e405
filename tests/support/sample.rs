//! The sample bureau, read from its text tables as the program reads workbooks.

use std::fs;

use shuzhi::assess::{self, Assessment};
use shuzhi::batch::{Made, Press};
use shuzhi::facts::Fields;
use shuzhi::kit::{self, Kit, KitFiles, Paper};
use shuzhi::ledger::{self, Ledger, Period, Subject};
use shuzhi::place::Sources;
use shuzhi::workbook::text_table;

use super::root;

/// The sample, judged.
pub(crate) struct Sample {
    pub(crate) ledger: Ledger,
    pub(crate) kit: Kit,
    pub(crate) assessment: Assessment,
}

/// Reads and judges the sample for a period at a day.
pub(crate) fn sample(period: &str, as_of: &str) -> Sample {
    let folder = root().join("samples/禾泽区农业农村局/原表");
    let mut sources = Sources::default();
    let mut books = Vec::new();
    for book in ["台账", "民主生活会", "考核"] {
        let mut files: Vec<_> =
            fs::read_dir(folder.join(book)).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        let text: String = files.iter().map(|f| fs::read_to_string(f).unwrap() + "\n").collect();
        books.push(text_table::parse(&format!("{book}.xlsx"), &text, &mut sources).unwrap());
    }
    judged(&books, &mut sources, period, as_of)
}

/// Judges a bureau written as one text table.
pub(crate) fn bureau(text: &str, period: &str, as_of: &str) -> Sample {
    bureau_in(text, &mut Sources::default(), period, as_of)
}

/// The same, with the names behind its places.
pub(crate) fn bureau_in(text: &str, sources: &mut Sources, period: &str, as_of: &str) -> Sample {
    let book = text_table::parse("台账.xlsx", text, sources).unwrap();
    judged(&[book], sources, period, as_of)
}

fn judged(
    books: &[shuzhi::workbook::Book],
    sources: &mut Sources,
    period: &str,
    as_of: &str,
) -> Sample {
    let kit = kit::load(&KitFiles::new()).value;
    let ledger = ledger::collect(books, &kit.terms, sources).value.remove(0);
    let period = Period::parse(period).unwrap();
    let as_of = as_of.parse().unwrap();
    let assessment = assess::assess(&ledger, &kit.regime, &period, as_of).value;
    Sample { ledger, kit, assessment }
}

impl Sample {
    /// A paper of the kit by its id.
    pub(crate) fn paper(&self, id: &str) -> &Paper {
        self.kit.papers.iter().find(|paper| paper.id == id).unwrap()
    }

    /// The fields that templates of this bureau may use.
    pub(crate) fn fields(&self) -> Fields {
        Fields::of_ledger(&self.ledger, &self.assessment.regime)
    }

    /// A subject by its short name.
    pub(crate) fn subject(&self, name: &str) -> Subject {
        let ledger = &self.ledger;
        let leaders = ledger.leader_ids().map(|(id, _)| Subject::Leader(id));
        let units = ledger.unit_ids().map(|(id, _)| Subject::Unit(id));
        let mut all = std::iter::once(Subject::PartyGroup).chain(leaders).chain(units);
        all.find(|of| ledger.subject_short(*of) == name || ledger.subject_name(*of) == name)
            .unwrap_or_else(|| panic!("{name}"))
    }

    /// Makes a paper.
    pub(crate) fn make(&self, id: &str, subject: Subject) -> Made {
        let paper = self.paper(id);
        let press = Press::new(&self.ledger, &self.assessment, &self.kit, [paper]);
        assert!(press.diagnostics.is_empty(), "{:#?}", press.diagnostics);
        let made = press.value.make(paper, subject);
        assert!(made.diagnostics.is_empty(), "{:#?}", made.diagnostics);
        made.value.unwrap()
    }
}
