//! Opens zip packages of strangers. Every entry is inflated once and counted before anybody
//! sees a byte: sizes that a zip declares are not to be believed (study/reliability.md).

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Container, Limits, Part, container};
use crate::diagnostic::codes::{F101, F102, F103, F104, F105, F106, F108, F109};
use crate::diagnostic::{Diagnostic, Location, Outcome};

/// A zip whose entries have been counted and found within limits.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    entries: Vec<Entry>,
}

/// An entry that is a file.
struct Entry {
    name: String,
    index: usize,
    size: u64,
}

/// Reads all parts of a package, in their order; none if it cannot be opened.
pub fn read(name: &str, bytes: &[u8], limits: Limits) -> Outcome<Vec<Part>> {
    let mut package = match Package::open(name, bytes, limits) {
        Ok(package) => package,
        Err(fault) => return Outcome { value: Vec::new(), diagnostics: vec![*fault] },
    };
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let mut parts = Vec::with_capacity(names.len());
    for part in names {
        match package.bytes(&part) {
            Some(bytes) => parts.push(Part { name: part, bytes }),
            None => return Outcome { value: Vec::new(), diagnostics: vec![*truncated(name)] },
        }
    }
    Outcome::clean(parts)
}

impl<'a> Package<'a> {
    /// Opens a package and inflates every entry once, counting.
    pub fn open(name: &str, bytes: &'a [u8], limits: Limits) -> Result<Self, Box<Diagnostic>> {
        refuse_other_content(name, bytes)?;
        let told = |fault: Diagnostic| Box::new(fault.located(Location::File(name.to_owned())));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| truncated(name))?;
        if archive.len() > limits.entries {
            let message =
                format!("文件内部有 {} 个部件，超过上限 {} 个", archive.len(), limits.entries);
            return Err(told(Diagnostic::new(&F109, message).help(
                "正常的文件不会有这么多部件；请用 WPS 或 Excel 打开，新建文件后粘贴内容再保存",
            )));
        }
        if archive.has_duplicate_names() {
            return Err(truncated(name));
        }
        let mut entries = Vec::with_capacity(archive.len());
        let mut left = limits.bytes;
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).map_err(|error| match error {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
                | ZipError::InvalidPassword => told(password("压缩包内的部件带密码")),
                _ => truncated(name),
            })?;
            if file.is_dir() {
                continue;
            }
            let entry_name = file.name().map_err(|_| truncated(name))?.replace('\\', "/");
            let size = io::copy(&mut file.by_ref().take(left.saturating_add(1)), &mut io::sink())
                .map_err(|_| truncated(name))?;
            left = left.checked_sub(size).ok_or_else(|| {
                let limit = limits.bytes / (1024 * 1024);
                let message = format!("文件解压后超过 {limit} 兆字节，没有继续读");
                told(
                    Diagnostic::new(&F108, message)
                        .help("请删去多余的图片和空白行列，或把需要的工作表另存为新的文件"),
                )
            })?;
            entries.push(Entry { name: entry_name, index, size });
        }
        Ok(Self { archive, entries })
    }

    /// The names of the entries, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The inflated size of an entry; names are compared without case, as Office does.
    pub fn size(&self, part: &str) -> Option<u64> {
        self.find(part).map(|entry| entry.size)
    }

    /// An entry's bytes, inflated.
    pub fn bytes(&mut self, part: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.stream(part)?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// An entry's bytes as they are inflated, never more than were counted.
    pub fn stream(&mut self, part: &str) -> Option<impl Read + '_> {
        let (index, size) = self.find(part).map(|entry| (entry.index, entry.size))?;
        Some(self.archive.by_index(index).ok()?.take(size))
    }

    fn find(&self, part: &str) -> Option<&Entry> {
        let part = part.trim_start_matches('/');
        self.entries
            .iter()
            .find(|entry| entry.name == part)
            .or_else(|| self.entries.iter().find(|e| e.name.eq_ignore_ascii_case(part)))
    }
}

/// Tells what is no zip at all, with the cure that fits it.
fn refuse_other_content(name: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    const SAVE_AS: &str = "请用 WPS 或 Excel 打开，另存为 .xlsx（模板另存为 .docx）再用";
    let fault = match container(bytes) {
        Container::Zip => return Ok(()),
        Container::Empty => Diagnostic::new(&F102, "文件是空的，没有内容")
            .help("请检查文件是否下载、拷贝完整，向发来的人重新要一份"),
        Container::Ole => ole_fault(bytes),
        Container::Html => Diagnostic::new(&F106, "内容是网页，不是工作簿").help(SAVE_AS),
        Container::Mhtml => Diagnostic::new(&F106, "内容是单个文件网页，不是工作簿").help(SAVE_AS),
        Container::Xml => {
            Diagnostic::new(&F106, "内容是 XML 文本（如“XML 表格 2003”），不是工作簿").help(SAVE_AS)
        }
        Container::Text => {
            Diagnostic::new(&F106, "内容是纯文本（如 CSV），不是工作簿").help(SAVE_AS)
        }
        Container::Pdf => Diagnostic::new(&F101, "内容是 PDF，不是工作簿")
            .help("PDF 里的表格读不出来，请向发来的人要原来的工作簿"),
        Container::Archive => {
            Diagnostic::new(&F101, "内容是压缩包，不是工作簿").help("请先解压，再使用里面的文件")
        }
        Container::Picture => Diagnostic::new(&F101, "内容是图片，不是工作簿")
            .help("图片里的文字读不出来，请向发来的人要原来的工作簿"),
        Container::Unknown => Diagnostic::new(&F101, "认不出文件的内容").help(SAVE_AS),
    };
    Err(Box::new(fault.located(Location::File(name.to_owned()))))
}

/// An OLE file is an old workbook, an old document, or any Office file with a password.
fn ole_fault(bytes: &[u8]) -> Diagnostic {
    let holds = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        password("文件设置了打开密码")
    } else if holds("WordDocument") {
        Diagnostic::new(&F104, "内容是旧版 Word 文档（.doc、.wps）")
            .help("请用 WPS 或 Word 打开，另存为 .docx 再用")
    } else if holds("PowerPoint Document") {
        Diagnostic::new(&F101, "内容是旧版演示文稿").help("请确认选对了文件")
    } else {
        Diagnostic::new(&F104, "内容是旧版工作簿（.xls、.et）")
            .help("请用 WPS 或 Excel 打开，另存为 .xlsx 再用")
    }
}

fn password(message: &str) -> Diagnostic {
    Diagnostic::new(&F105, message)
        .help("请用 WPS 或 Excel 打开，在“文件 › 加密”里去掉打开密码，保存后再用")
}

/// A zip that cannot be read to its end.
fn truncated(name: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::new(&F103, "文件不完整或已损坏")
        .help("请重新下载或拷贝；能用 WPS 或 Excel 打开的，打开后另存一份再用");
    Box::new(fault.located(Location::File(name.to_owned())))
}
