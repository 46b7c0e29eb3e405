//! The run as a library, with an output folder in memory: what cannot be written, and a run that
//! is stopped in the middle.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use shuzhi::batch::record::{hash, journaled};
use shuzhi::batch::{
    self, Draft, Ending, Exit, JOURNAL, Loaded, Output, Record, Refusal, Report, Request, Wanted,
};
use shuzhi::batch::{Done, When};
use shuzhi::diagnostic::{Location, codes};
use shuzhi::form;
use shuzhi::kit::{self, KitFiles};
use shuzhi::place::Sources;
use shuzhi::render::NoPictures;
use shuzhi::workbook::{InputFile, text_table};

const FIRST_LOOK: &str = "00先看这里.txt";
const RECORD: &str = "生成记录.json";

/// As many papers as are made at once, and a few more.
const PAPERS: usize = 20;

#[derive(Default)]
pub(super) struct Memory {
    pub(super) files: BTreeMap<String, Vec<u8>>,
    refused: Option<(&'static str, Refusal)>,
}

/// An output that takes nothing which the journal does not have.
impl Output for Memory {
    fn open(&mut self) -> Result<Vec<u8>, Refusal> {
        Ok(self.files.get(JOURNAL).cloned().unwrap_or_default())
    }

    fn found(&self, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        Ok(self.files.get(path).cloned())
    }

    fn note(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.files.entry(JOURNAL.to_owned()).or_default().extend(bytes);
        Ok(())
    }

    fn write(&mut self, drafts: &[&Draft<'_>]) -> Vec<Result<(), Refusal>> {
        let write = |draft: &&Draft<'_>| {
            let refused = self.refused.as_ref();
            if let Some((_, refusal)) = refused.filter(|(name, _)| draft.path.ends_with(name)) {
                return Err(refusal.clone());
            }
            assert_eq!(self.files.get(&draft.path), draft.over.as_ref());
            let noted = journaled(&self.files.get(JOURNAL).cloned().unwrap_or_default()).unwrap();
            let line = (draft.path.clone(), hash(draft.bytes));
            assert!(draft.path == RECORD || noted.contains(&line), "{} is not noted", draft.path);
            self.files.insert(draft.path.clone(), draft.bytes.to_vec());
            Ok(())
        };
        drafts.iter().map(write).collect()
    }

    fn close(&mut self) {
        self.files.remove(JOURNAL);
    }
}

impl Memory {
    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).unwrap()
    }
}

/// A bureau of twenty stations.
fn loaded() -> Loaded {
    loaded_as_of("2024-12-31")
}

fn loaded_as_of(day: &str) -> Loaded {
    let mut text = format!(
        "== 设置\n项目 | 内容\n单位全称 | 青溪区水务局\n单位简称 | 区水务局\n年度 | 2024\n\
        数据截止日 | {day}\n== 单位名册\n单位 | 类型\n"
    );
    for n in 1..=PAPERS {
        text.push_str(&format!("站{n} | 站所\n"));
    }
    let name = "台账.xlsx";
    let book = text_table::parse(name, &text, &mut Sources::default()).unwrap();
    let file = InputFile { name: name.to_owned(), bytes: form::write_book(&book).unwrap() };
    batch::load(&[file], kit::load(&KitFiles::new()), When::default())
}

/// Makes the papers of all stations; stops when so many are done.
fn run(loaded: &Loaded, output: &mut Memory, stop_at: usize) -> Report {
    let stop = &AtomicBool::new(false);
    let wanted = Wanted { papers: vec!["自查报告-站股室".to_owned()], ..Wanted::default() };
    let mut seen = 0;
    let report = batch::run(
        loaded,
        &Request { every: false, wanted, pictures: &NoPictures, stop },
        Some(output),
        &mut |step| {
            seen += 1;
            assert_eq!((step.at, step.of), (seen, PAPERS));
            stop.store(step.at >= stop_at, Ordering::Relaxed);
        },
    );
    assert_eq!(seen, report.papers.len());
    assert_eq!(seen + report.left, PAPERS);
    report
}

fn unchanged(report: &Report) -> usize {
    let same = |done: &&Done| matches!(&done.ending, Ending::Stored(of) if of.unchanged);
    report.papers.iter().filter(same).count()
}

#[test]
fn a_paper_that_cannot_be_written_stops_no_other() {
    let loaded = loaded();
    for refusal in [
        Refusal::Denied,
        Refusal::NoSpace,
        Refusal::ReadOnly,
        Refusal::NameTooLong,
        Refusal::Other("Input/output error".to_owned()),
    ] {
        let refused = Some(("/站7-自查报告.docx", refusal.clone()));
        let mut output = Memory { refused, ..Memory::default() };
        let report = run(&loaded, &mut output, usize::MAX);
        assert_eq!(report.exit, Exit::Files);
        let skipped: Vec<&Done> = report.papers.iter().filter(|d| !d.is_stored()).collect();
        let [done] = skipped.as_slice() else { panic!("{skipped:?}") };
        assert_eq!((&*done.subject, done.marks.len()), ("站7", 0));
        let reason = done.skipped().unwrap();
        assert!(reason.contains(&format!("{refusal} → {}", refusal.help())), "{reason}");
        assert!(output.text(FIRST_LOOK).contains(&reason), "{}", output.text(FIRST_LOOK));
        let told = report.diagnostics.iter().filter(|d| d.code.id == codes::O105.id);
        let places: Vec<&Location> = told.map(|d| &d.place).collect();
        assert_eq!(places, [&Location::File(done.file.clone())]);
        let record = Record::parse(&output.files[RECORD]).unwrap();
        // What tells of them is in it too.
        assert_eq!(record.papers.len(), PAPERS);
        assert_eq!(output.files.len(), PAPERS - 1 + 2);

        // The next run finds what it wrote, takes none of it for edited, and writes the rest.
        output.refused = None;
        let again = run(&loaded, &mut output, usize::MAX);
        assert_eq!(unchanged(&again), PAPERS - 1);
        assert!(again.papers.iter().all(|done| done.is_stored() && done.kept().is_none()));
        assert!(again.exit < Exit::Files, "{:?}", again.exit);
    }
}

#[test]
fn papers_are_written_where_what_tells_of_them_cannot_be() {
    let loaded = loaded();
    for name in [FIRST_LOOK, RECORD] {
        let mut output = Memory { refused: Some((name, Refusal::NoSpace)), ..Memory::default() };
        let report = run(&loaded, &mut output, usize::MAX);
        assert_eq!(report.exit, Exit::Files);
        assert!(report.papers.iter().all(Done::is_stored));
        let told = report.diagnostics.iter().find(|d| d.code.id == codes::O105.id).unwrap();
        assert_eq!(told.place, Location::File(name.to_owned()));
        assert_eq!(report.bureaus[0].first_look.is_none(), name == FIRST_LOOK);
        // Without a record the journal stays, and serves the next run.
        let left = usize::from(name == RECORD);
        assert_eq!(output.files.len(), PAPERS + 1 + left);
        assert_eq!(output.files.contains_key(JOURNAL), name == RECORD);
        output.refused = None;
        let again = run(&loaded_as_of("2024-12-30"), &mut output, usize::MAX);
        assert_eq!((again.kept().count(), unchanged(&again)), (0, 0));
        assert_eq!(output.files.len(), PAPERS + 2);
    }
}

#[test]
fn a_stopped_run_finishes_what_is_in_hand_and_the_next_one_the_rest() {
    let loaded = loaded();
    let mut output = Memory::default();
    let report = run(&loaded, &mut output, 3);
    assert_eq!(report.exit, Exit::Interrupted);
    assert!((3..PAPERS).contains(&report.papers.len()), "{}", report.papers.len());
    assert!(report.papers.iter().all(Done::is_stored));
    let record = Record::parse(&output.files[RECORD]).unwrap();
    let written: Vec<&str> = report.papers.iter().map(|done| &*done.file).collect();
    assert!(written.iter().all(|file| record.papers.contains_key(*file)));
    assert_eq!(output.files.len(), written.len() + 2);
    let left = format!("还有{}份材料没有写", report.left);
    assert!(output.text(FIRST_LOOK).contains(&left), "{}", output.text(FIRST_LOOK));

    let again = run(&loaded, &mut output, usize::MAX);
    assert_eq!((again.left, unchanged(&again)), (0, written.len()));
    assert!(again.exit < Exit::Files, "{:?}", again.exit);
    assert_eq!(output.files.len(), PAPERS + 2);
}
