//! The output folder as a run fills it: what stands there is ours or is kept, and everything that
//! is written is in the journal before, and in the record after.

use std::collections::BTreeSet;

use super::output::{Draft, JOURNAL, Output, PERSONAL, RECORD, Refusal};
use super::plan::key;
use super::record::{self, Fate, Record, beside, hash};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::review;

/// How often a file that others change under our hands is looked at again.
const TRIES: usize = 3;

/// How a file came to stand in the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Of its bytes.
    pub sha256: String,
    /// Whether the same bytes stood there already.
    pub unchanged: bool,
    /// The file in its place that was kept: this one was written beside it.
    pub kept: Option<Kept>,
}

/// A file that is not ours, or not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub file: String,
    /// Why it was kept.
    pub why: &'static str,
    /// Which figures of the new one it does not have; of a personal paper nothing.
    pub figures: Vec<String>,
}

impl Kept {
    /// What is said of it: why it was kept, and where the new one is.
    pub fn reason(&self, new: &str) -> String {
        format!("{}，保留原样；新的一份在 {new}", self.why)
    }
}

/// An output and the record of what we wrote there.
pub(super) struct Shelf<'a> {
    output: &'a mut dyn Output,
    record: Record,
    /// Where the record goes, and what stood there.
    place: (String, Option<Vec<u8>>),
    /// How long the journal is.
    noted: usize,
    /// The keys of all files that papers of this run belong in.
    planned: BTreeSet<String>,
    /// Why a file that is not in the record is kept.
    why: &'static str,
}

/// Where a file goes.
struct Placed<'a> {
    draft: Draft<'a>,
    unchanged: bool,
    kept: Option<Kept>,
}

impl<'a> Shelf<'a> {
    /// Takes the folder and reads record and journal. A record that cannot be read, or was edited,
    /// is reported and kept; without another, every file that stands in the folder is kept.
    pub(super) fn open(
        output: &'a mut dyn Output,
        planned: BTreeSet<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Diagnostic> {
        let journal = output.open().map_err(|refusal| refusal.at(JOURNAL))?;
        let journaled = record::journaled(&journal).ok_or_else(|| Refusal::Foreign.at(JOURNAL))?;
        let (mut known, mut strange, mut read) = (Vec::new(), Vec::new(), false);
        let mut place = None;
        for (at, path) in names(RECORD).enumerate() {
            let found = output.found(&path);
            if let Ok(Some(bytes)) = &found {
                let old = Record::parse(bytes);
                read |= old.is_some();
                if old.as_ref().is_none_or(|old| old.to_text().as_bytes() != bytes) {
                    strange.push(path.clone());
                } else if place.is_none() {
                    place = Some((path, found.unwrap_or_default()));
                }
                known.extend(old.into_iter().flat_map(|old| old.papers));
                continue;
            }
            if found.is_err() {
                strange.push(path.clone());
            }
            place.get_or_insert((path, None));
            if at > 0 || found.is_err() {
                break;
            }
        }
        let place = place.unwrap_or_default();
        if let Some(first) = strange.first() {
            let (message, help) = if read {
                let message = format!("改动过，保留原样；这次的记录在 {}", place.0);
                (message, "把改动过的移走；以后不要改这个文件")
            } else {
                let message = "读不懂，分不清哪些材料是您改过的，已有的都保留".to_owned();
                (message, "看过旁边的（新），留下要的一份；以后不要改这个文件")
            };
            let found = Diagnostic::new(&codes::O104, message).help(help);
            diagnostics.push(found.located(Location::File(first.clone())));
        }
        let why = if strange.is_empty() || read { "您改过" } else { "不知道改过没有" };
        let program = format!("shuzhi {}", env!("CARGO_PKG_VERSION"));
        let mut record = Record { program, ..Record::default() };
        for (path, hash) in known.into_iter().chain(journaled) {
            let stands = || Some(record::hash(&output.found(&path).ok()??));
            record.learn(&path, hash, stands);
        }
        Ok(Self { output, record, place, noted: journal.len(), planned, why })
    }

    /// Writes files where they belong, or beside those that were edited by hand. Gives where each
    /// went, or was to go.
    pub(super) fn write(
        &mut self,
        files: &[(&str, &[u8])],
    ) -> Vec<(String, Result<Stored, Refusal>)> {
        let start = |(path, _): &(&str, _)| (String::from(*path), Err(Refusal::Changed));
        let mut out: Vec<(String, Result<Stored, Refusal>)> = files.iter().map(start).collect();
        for _ in 0..TRIES {
            let mut placed = Vec::new();
            for (end, (path, bytes)) in out.iter_mut().zip(files) {
                if !matches!(end.1, Err(Refusal::Changed)) {
                    continue;
                }
                match self.place(path, bytes) {
                    Ok(place) => placed.push((end, place)),
                    Err((path, refusal)) => *end = (path, Err(refusal)),
                }
            }
            if placed.is_empty() {
                break;
            }
            let drafts: Vec<&Draft<'_>> = placed.iter().map(|(_, place)| &place.draft).collect();
            let written = self.put(&drafts);
            for ((end, place), written) in placed.into_iter().zip(written) {
                let Placed { draft, unchanged, kept } = place;
                let sha256 = hash(draft.bytes);
                let stored = written.map(|()| {
                    self.record.note(&draft.path, draft.bytes);
                    Stored { sha256, unchanged, kept }
                });
                *end = (draft.path, stored);
            }
        }
        out
    }

    /// Where a file goes: its own place, or the first one beside it that is free or ours.
    fn place<'f>(&self, path: &str, bytes: &'f [u8]) -> Result<Placed<'f>, (String, Refusal)> {
        let mut kept = None;
        let beside = names(path).skip(1).filter(|file| !self.planned.contains(&key(file)));
        let mut targets = std::iter::once(path.to_owned()).chain(beside);
        let place = targets.find_map(|target| {
            let found = match self.output.found(&target) {
                Ok(found) => found,
                Err(refusal) => return Some(Err((target, refusal))),
            };
            let fate = self.record.fate(&target, found.as_deref(), bytes);
            if fate == Fate::KeepAndWriteBeside {
                kept.get_or_insert_with(|| {
                    let found = found.unwrap_or_default();
                    let open = path.ends_with(".docx") && !is_personal(path);
                    let figures = open.then(|| review::changed_figures(&found, bytes));
                    Kept { file: target, why: self.why, figures: figures.unwrap_or_default() }
                });
                return None;
            }
            let draft = Draft { path: target, bytes, over: found };
            Some(Ok((draft, fate == Fate::Unchanged)))
        });
        let (draft, unchanged) = place.expect("there is always a further name")?;
        Ok(Placed { draft, unchanged, kept })
    }

    /// Notes files in the journal, then writes those that are not there yet.
    fn put(&mut self, drafts: &[&Draft<'_>]) -> Vec<Result<(), Refusal>> {
        let new = drafts.iter().filter(|draft| !self.record.knows(&draft.path, draft.bytes));
        let new: Vec<(&str, &[u8])> = new.map(|draft| (&*draft.path, draft.bytes)).collect();
        if !new.is_empty() {
            let lines = record::journal(self.noted, &new);
            if let Err(refusal) = self.output.note(&lines) {
                return drafts.iter().map(|_| Err(refusal.clone())).collect();
            }
            self.noted += lines.len();
        }
        let is_there = |draft: &&Draft<'_>| draft.over.as_deref() == Some(draft.bytes);
        let missing: Vec<&Draft<'_>> =
            drafts.iter().copied().filter(|draft| !is_there(draft)).collect();
        let mut written = self.output.write(&missing).into_iter();
        let result = |draft: &&Draft<'_>| {
            if is_there(draft) { Ok(()) } else { written.next().unwrap_or(Ok(())) }
        };
        drafts.iter().map(result).collect()
    }

    /// Writes the record; the journal goes once it has.
    pub(super) fn close(&mut self) -> Result<(), Diagnostic> {
        let text = self.record.to_text();
        let (path, over) = self.place.clone();
        let draft = Draft { path, bytes: text.as_bytes(), over };
        if draft.over.as_deref() != Some(draft.bytes) {
            let written = self.output.write(&[&draft]);
            written.into_iter().collect::<Result<(), _>>().map_err(|r| r.at(&draft.path))?;
        }
        self.output.close();
        Ok(())
    }
}

/// Whether a file is a person's.
pub fn is_personal(path: &str) -> bool {
    path.split('/').any(|part| part == PERSONAL)
}

/// The names that a file may have: its own, then those beside it.
fn names(path: &str) -> impl Iterator<Item = String> {
    std::iter::once(path.to_owned()).chain((1..).map(|n| beside(path, n)))
}
