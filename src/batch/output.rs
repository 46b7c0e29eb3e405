//! Where a run puts its files, as the run sees it, and why a file may not get there.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

use super::plan::key;
use super::record::{Fate, Record, beside, hash};
use crate::diagnostic::{Diagnostic, Location, codes};

/// The record of what we wrote.
pub(super) const RECORD: &str = "生成记录.json";

/// An output folder: one of this machine, or a map in a test. Paths are below it, with `/`.
pub trait Output {
    /// What stands at a path: nothing, or its bytes.
    fn found(&self, path: &str) -> Result<Option<Vec<u8>>, Refusal>;

    /// Writes a file whole or not at all, in place of what stands there.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Refusal>;
}

/// Why a file cannot be looked at or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A folder stands in its place.
    Folder,
    /// A file stands where a folder is needed above it.
    FileAbove,
    /// No permission; on Windows also a file that is open in a program.
    Denied,
    /// The disk is full, or the quota used up.
    NoSpace,
    /// The disk cannot be written to.
    ReadOnly,
    /// A name, or the whole path, is longer than the file system takes.
    NameTooLong,
    /// Anything else: what is wrong, with the words of the operating system.
    Other(String),
}

impl Refusal {
    /// What is wrong, and what to do.
    fn words(&self) -> (&str, &'static str) {
        match self {
            Self::Folder => ("那里有一个同名的文件夹", "把这个文件夹改名或移走，再来一次"),
            Self::FileAbove => ("要放文件夹的位置上已有一个文件", "把那个文件改名或移走，再来一次"),
            Self::Denied => (
                "没有读写的权限，或文件正在别的程序中打开着",
                "在 WPS、Word 中打开着的先关闭，再来一次；没有打开的，换一个能写的文件夹",
            ),
            Self::NoSpace => ("磁盘满了", "清理磁盘，或换一个磁盘，再来一次"),
            Self::ReadOnly => ("磁盘是只读的", "换一个能写的文件夹"),
            Self::NameTooLong => ("名称或路径太长", "换一个路径短些的文件夹，或在名册里写简称"),
            Self::Other(words) => (words, "换一个文件夹再试；仍不行，请带上这条提示报告"),
        }
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        self.words().1
    }

    /// The diagnostic on a file that was not written.
    pub(super) fn at(&self, path: &str) -> Diagnostic {
        Diagnostic::new(&codes::O105, format!("没有写成：{self}"))
            .help(self.help())
            .located(Location::File(path.to_owned()))
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().0)
    }
}

/// How a paper came to stand in the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Of its bytes.
    pub sha256: String,
    /// Whether the same bytes stood there already.
    pub unchanged: bool,
    /// The file in its place that was kept, and why: the paper was written beside it.
    pub kept: Option<(String, &'static str)>,
}

/// An output and the record of what we wrote there.
pub(super) struct Shelf<'a> {
    output: &'a mut dyn Output,
    record: Record,
    /// The keys of all files that papers of this run belong in.
    planned: BTreeSet<String>,
    /// Why a file that is not in the record is kept.
    why: &'static str,
}

impl<'a> Shelf<'a> {
    /// Reads the record; one that cannot be read is reported, and every file there is then kept.
    pub(super) fn open(
        output: &'a mut dyn Output,
        planned: BTreeSet<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let found = output.found(RECORD);
        let read = match &found {
            Ok(None) => Some(Record::default()),
            Ok(Some(bytes)) => Record::parse(bytes),
            Err(_) => None,
        };
        let why = if read.is_some() { "您改过" } else { "不知道改过没有" };
        if read.is_none() {
            diagnostics.push(
                Diagnostic::new(&codes::O104, "读不懂，分不清哪些材料是您改过的，已有的都保留")
                    .help("看过旁边的（新），留下要的一份；以后不要改这个文件")
                    .located(Location::File(RECORD.to_owned())),
            );
        }
        let program = format!("shuzhi {}", env!("CARGO_PKG_VERSION"));
        let record = Record { program, ..read.unwrap_or_default() };
        Self { output, record, planned, why }
    }

    /// Writes a paper where it belongs, or beside a file that was edited by hand. Gives the file
    /// that it went to, or was to go to.
    pub(super) fn paper(&mut self, path: &str, bytes: &[u8]) -> (String, Result<Stored, Refusal>) {
        let mut target = path.to_owned();
        let mut attempt = 0;
        let stored = loop {
            let fate = match self.output.found(&target) {
                Ok(found) => self.record.fate(&target, found.as_deref(), bytes),
                Err(refusal) => break Err(refusal),
            };
            if fate == Fate::KeepAndWriteBeside {
                let beside = (attempt + 1..).map(|n| (n, beside(path, n)));
                let mut free = beside.filter(|(_, file)| !self.planned.contains(&key(file)));
                (attempt, target) = free.next().expect("there is always a further name");
                continue;
            }
            let unchanged = fate == Fate::Unchanged;
            if !unchanged && let Err(refusal) = self.output.write(&target, bytes) {
                break Err(refusal);
            }
            self.record.note(&target, bytes);
            let kept = (attempt > 0).then(|| (path.to_owned(), self.why));
            break Ok(Stored { sha256: hash(bytes), unchanged, kept });
        };
        (target, stored)
    }

    /// Writes a file that is made anew by every run.
    pub(super) fn text(&mut self, path: &str, text: &str) -> Result<(), Diagnostic> {
        self.output.write(path, text.as_bytes()).map_err(|refusal| refusal.at(path))
    }

    /// Writes the record.
    pub(super) fn close(&mut self) -> Result<(), Diagnostic> {
        self.text(RECORD, &self.record.to_text())
    }
}
