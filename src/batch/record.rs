//! 生成记录: the sha256 of every file as we last wrote it, and what that says of a file found
//! in its place. A file that differs from its record was edited by hand and is never touched.
//!
//! The record is written at the end of a run; until then the journal has what it will say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The record of an output folder, as it stands in 生成记录.json.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Which program wrote it.
    #[serde(default)]
    pub program: String,
    /// Path below the output folder, with `/` → sha256 in hexadecimal.
    #[serde(default)]
    pub papers: BTreeMap<String, String>,
}

/// What to do with a paper whose place may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing stands there, or what we wrote: write.
    Write,
    /// The same bytes stand there: leave them.
    Unchanged,
    /// Edited by hand since, or not ours: keep it and write beside.
    KeepAndWriteBeside,
}

impl Record {
    /// Reads a record; without one every file that stands in the folder counts as edited by hand.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        // A notepad that someone looked at it with may have put a byte order mark in front.
        serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok()
    }

    /// The record as it is written.
    pub fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("strings serialise");
        text.push('\n');
        text
    }

    /// Takes in what a journal, or another record, says of a path: where both were ours, the one
    /// that stands there is what we wrote last.
    pub fn learn(&mut self, path: &str, hash: String, stands: impl FnOnce() -> Option<String>) {
        let known = self.papers.get(path);
        if known.is_none() || known != Some(&hash) && stands().as_ref() == Some(&hash) {
            self.papers.insert(path.to_owned(), hash);
        }
    }

    /// Whether this is what we last wrote to a path.
    pub fn knows(&self, path: &str, bytes: &[u8]) -> bool {
        self.papers.get(path) == Some(&hash(bytes))
    }

    /// Decides over a paper: `found` are the bytes that stand in its place, `new` ours.
    pub fn fate(&self, path: &str, found: Option<&[u8]>, new: &[u8]) -> Fate {
        match found {
            None => Fate::Write,
            Some(bytes) if bytes == new => Fate::Unchanged,
            Some(bytes) if self.knows(path, bytes) => Fate::Write,
            Some(_) => Fate::KeepAndWriteBeside,
        }
    }

    /// Notes what was written.
    pub fn note(&mut self, path: &str, bytes: &[u8]) {
        self.papers.insert(path.to_owned(), hash(bytes));
    }
}

/// What a journal begins with, for whoever opens it.
const HEAD: &str =
    "正在生成材料，或上次没有生成完。请不要改、不要删：再生成一次，这个文件就没有了\n";

/// What is to be appended to a journal of some length before files are written: their paths and
/// bytes. A line that was cut off before is left behind.
pub fn journal(length: usize, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut text = HEAD.as_bytes().get(length..).unwrap_or_default().to_vec();
    text.push(b'\n');
    for (path, bytes) in files {
        text.extend(format!("{}  {path}\n", hash(bytes)).bytes());
    }
    text
}

/// The paths and hashes of a journal, in order; nothing where someone else wrote the file.
pub fn journaled(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let head = HEAD.as_bytes();
    let text = String::from_utf8_lossy(match bytes.strip_prefix(head) {
        Some(text) => text,
        None if head.starts_with(bytes) => &[],
        None => return None,
    });
    // What was cut off by a crash is no line.
    let lines = text.split_inclusive('\n').filter_map(|line| {
        let (hash, path) = line.strip_suffix('\n')?.split_once("  ")?;
        let whole = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        whole.then(|| (path.to_owned(), hash.to_owned()))
    });
    Some(lines.collect())
}

/// sha256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name beside a kept file: `甲.docx` → `甲（新）.docx`, then `甲（新2）.docx` …
pub fn beside(path: &str, attempt: u32) -> String {
    let mark = if attempt < 2 { "（新）".to_owned() } else { format!("（新{attempt}）") };
    match path.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}{mark}.{extension}"),
        None => format!("{path}{mark}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, Record, beside, hash, journal, journaled};

    #[test]
    fn only_what_we_wrote_ourselves_is_written_over() {
        let mut record = Record::default();
        record.note("a.docx", b"ours");
        assert_eq!(record.fate("a.docx", None, b"new"), Fate::Write);
        assert_eq!(record.fate("a.docx", Some(b"ours"), b"new"), Fate::Write);
        assert_eq!(record.fate("a.docx", Some(b"new"), b"new"), Fate::Unchanged);
        assert_eq!(record.fate("a.docx", Some(b"edited"), b"new"), Fate::KeepAndWriteBeside);
        assert_eq!(record.fate("b.docx", Some(b"theirs"), b"new"), Fate::KeepAndWriteBeside);
    }

    #[test]
    fn a_record_survives_being_written_and_read() {
        let mut record = Record { program: "shuzhi".into(), ..Record::default() };
        record.note("2024年自查报告/局党组-自查报告.docx", b"ours");
        assert_eq!(Record::parse(record.to_text().as_bytes()), Some(record));
        assert_eq!(Record::parse(b"{"), None);
    }

    #[test]
    fn a_journal_is_read_as_far_as_it_is_whole() {
        let file = |n: u8| (["a.docx", "b.docx", "c  c.docx"][usize::from(n)], hash(&[n]));
        let all = [file(0), file(1), file(2)];
        let mut bytes = journal(0, &[("a.docx", &[0]), ("b.docx", &[1])]);
        bytes.extend(journal(bytes.len(), &[("c  c.docx", &[2])]));
        for end in 0..=bytes.len() {
            let read = journaled(&bytes[..end]).unwrap();
            let read: Vec<_> = read.iter().map(|(path, hash)| (&**path, hash.clone())).collect();
            assert!(all.starts_with(&read), "{end}: {read:?}");
            // The next run goes on behind it.
            let mut longer = bytes[..end].to_vec();
            longer.extend(journal(longer.len(), &[("c  c.docx", &[2])]));
            let last = journaled(&longer).unwrap().pop().unwrap();
            assert_eq!((&*last.0, last.1), all[2]);
        }
        assert_eq!(journaled(&bytes).unwrap().len(), 3);
        assert_eq!(journaled("我的笔记".as_bytes()), None);
    }

    #[test]
    fn of_two_that_were_ours_the_one_that_stands_counts() {
        let mut record = Record::default();
        record.note("a.docx", b"old");
        record.learn("a.docx", hash(b"new"), || Some(hash(b"old")));
        assert!(record.knows("a.docx", b"old"));
        record.learn("a.docx", hash(b"new"), || Some(hash(b"new")));
        assert!(record.knows("a.docx", b"new"));
        record.learn("b.docx", hash(b"new"), || None);
        assert!(record.knows("b.docx", b"new"));
    }

    #[test]
    fn names_beside_count_on() {
        assert_eq!(beside("年/甲.docx", 1), "年/甲（新）.docx");
        assert_eq!(beside("年/甲.docx", 2), "年/甲（新2）.docx");
    }
}
