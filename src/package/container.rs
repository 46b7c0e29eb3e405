//! Says from a file's first bytes what it really is. File names lie: a web page is saved as
//! .xls, a document renamed .xlsx, and a clerk's cure depends on the content.

/// What a file's content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Nothing, or nothing but zero bytes (what a broken disk or drive leaves).
    Empty,
    /// A zip: .xlsx, .docx, .ods …
    Zip,
    /// The old compound format: .xls, .et, .doc, and everything with a password.
    Ole,
    /// A web page.
    Html,
    /// A web page in one file (MIME).
    Mhtml,
    /// XML that is no zip: "XML 表格 2003".
    Xml,
    /// PDF.
    Pdf,
    /// RAR, 7z or gzip.
    Archive,
    /// A picture.
    Picture,
    /// Text: CSV and the like.
    Text,
    /// None of these.
    Unknown,
}

/// How far into a file its kind is looked for.
const HEAD: usize = 1024;

/// What the content is, by its first bytes.
pub fn container(bytes: &[u8]) -> Container {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.iter().all(|b| *b == 0) {
        return Container::Empty;
    }
    let signatures: [(&[u8], Container); 12] = [
        (b"PK\x03\x04", Container::Zip),
        (b"PK\x05\x06", Container::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Container::Ole),
        (b"%PDF", Container::Pdf),
        (b"Rar!", Container::Archive),
        (b"7z\xBC\xAF\x27\x1C", Container::Archive),
        (b"\x1F\x8B", Container::Archive),
        (b"\x89PNG", Container::Picture),
        (b"\xFF\xD8\xFF", Container::Picture),
        (b"GIF8", Container::Picture),
        (b"BM", Container::Picture),
        (b"MIME-Version:", Container::Mhtml),
    ];
    if let Some((_, kind)) = signatures.iter().find(|(mark, _)| head.starts_with(mark)) {
        // BM is also how an English text may begin: a bitmap has zero bytes, text has none.
        if *kind != Container::Picture || !head.starts_with(b"BM") || head.contains(&0) {
            return *kind;
        }
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let is_html = ["<!doctype html", "<html", "<table", "<head", "<body", "<meta"]
        .iter()
        .any(|mark| text.starts_with(mark))
        || (text.starts_with('<') && text.contains("<html"));
    if is_html {
        Container::Html
    } else if text.starts_with("<?xml") {
        Container::Xml
    } else if head.contains(&0) {
        Container::Unknown
    } else {
        Container::Text
    }
}

#[cfg(test)]
mod tests {
    use super::{Container, container};

    #[test]
    fn content_is_told_by_its_first_bytes() {
        let cases: [(&[u8], Container); 9] = [
            (b"", Container::Empty),
            (&[0; 4096], Container::Empty),
            (b"PK\x03\x04rest", Container::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0", Container::Ole),
            (b"\xEF\xBB\xBF\r\n <HTML xmlns:x=\"\">", Container::Html),
            (b"<?xml version=\"1.0\"?><Workbook>", Container::Xml),
            (b"a,b\r\n1,2", Container::Text),
            (b"BMI,12", Container::Text),
            (b"\x01\x02\0\x03", Container::Unknown),
        ];
        for (bytes, kind) in cases {
            assert_eq!(container(bytes), kind, "{bytes:?}");
        }
    }
}
