//! 生成记录: the sha256 of every paper as we last wrote it, and what that says of a file found
//! in its place. A file that differs from its record was edited by hand and is never touched.

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

    /// Decides over a paper: `found` are the bytes that stand in its place, `new` ours.
    pub fn fate(&self, path: &str, found: Option<&[u8]>, new: &[u8]) -> Fate {
        match found {
            None => Fate::Write,
            Some(bytes) if bytes == new => Fate::Unchanged,
            Some(bytes) if self.papers.get(path) == Some(&hash(bytes)) => Fate::Write,
            Some(_) => Fate::KeepAndWriteBeside,
        }
    }

    /// Notes what was written.
    pub fn note(&mut self, path: &str, bytes: &[u8]) {
        self.papers.insert(path.to_owned(), hash(bytes));
    }
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
    use super::{Fate, Record, beside};

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
    fn names_beside_count_on() {
        assert_eq!(beside("年/甲.docx", 1), "年/甲（新）.docx");
        assert_eq!(beside("年/甲.docx", 2), "年/甲（新2）.docx");
    }
}
