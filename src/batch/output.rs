//! Where a run puts its files, as the run sees it, and why a file may not get there.

use std::fmt::{self, Display, Formatter};

use crate::diagnostic::{Diagnostic, Location, codes};

/// The record of what we wrote.
pub(super) const RECORD: &str = "生成记录.json";

/// The lock of an output folder while a run goes, and what it wrote so far: left behind by a run
/// that did not end.
pub const JOURNAL: &str = "生成中.txt";

/// Papers of persons, and all that is theirs, stand below a folder of this name (invariant 13).
pub const PERSONAL: &str = "个人材料";

/// An output folder: one of this machine, or a map in a test. Paths are below it, with `/`.
pub trait Output {
    /// Takes the folder for this run, and gives the journal of runs that did not end.
    fn open(&mut self) -> Result<Vec<u8>, Refusal>;

    /// What stands at a path: nothing, or its bytes; of a link, where it points.
    fn found(&self, path: &str) -> Result<Option<Vec<u8>>, Refusal>;

    /// Appends to the journal, so that it outlasts a crash.
    fn note(&mut self, bytes: &[u8]) -> Result<(), Refusal>;

    /// Writes files, each whole or not at all, and only in place of what was found there.
    fn write(&mut self, drafts: &[&Draft<'_>]) -> Vec<Result<(), Refusal>>;

    /// Removes the journal: the record has it all.
    fn close(&mut self);
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// Where it goes.
    pub path: String,
    /// What goes there.
    pub bytes: &'a [u8],
    /// What was found there: anything else that stands there by now is kept.
    pub over: Option<Vec<u8>>,
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
    /// A folder on the way, or the journal, is a link: what it leads to is not ours.
    Link,
    /// A file that is not ours stands in the journal's place.
    Foreign,
    /// Something else changed the file while we wrote.
    Changed,
    /// Another run writes to the same folder.
    Busy,
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
            Self::Link => {
                ("路径上有一个链接（快捷方式），不往它指的地方写", "把链接换成真的文件夹，再来一次")
            }
            Self::Foreign => ("那里有一个不是本程序写的文件", "把这个文件改名或移走，再来一次"),
            Self::Changed => ("正在被别的程序改动", "等别的程序存好，再来一次"),
            Self::Busy => ("另一个 shuzhi 正在往这个文件夹写", "等它写完，再来一次"),
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
