//! Reads XML piece by piece, as slices of the text: tags, words, and what lies between. Every paper
//! is read this way twice, to settle it and to check it, so nothing is copied and no byte is
//! looked at more often than needed (benches/RESULTS.md).
//!
//! It is strict in what it looks at: tags are closed and in pairs, references are ended. What
//! stands inside a start tag is for [`super::check`].

use memchr::{memchr, memchr3, memmem};

/// A piece of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A start tag: its name, and what stands between it and `>`.
    Start(&'a str, &'a str),
    /// A tag that is closed in itself.
    Empty(&'a str, &'a str),
    /// An end tag.
    End,
    /// Words between tags, as written.
    Words(&'a str),
    /// `<!DOCTYPE …`.
    DocType,
    /// A comment, a CDATA section, a processing instruction.
    Other,
}

/// XML on its way.
#[derive(Debug)]
pub struct Pieces<'a> {
    text: &'a str,
    at: usize,
    open: Vec<&'a str>,
}

/// Why a text is no XML, in Chinese.
pub type Broken = &'static str;

impl<'a> Pieces<'a> {
    /// Begins at the beginning.
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0, open: Vec::new() }
    }

    /// The byte at which the next piece begins.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next piece; nothing at the end. Elements may be open then.
    pub fn read(&mut self) -> Result<Option<Piece<'a>>, Broken> {
        let rest = &self.text[self.at..];
        let (length, piece) = match rest.as_bytes() {
            [] => return Ok(None),
            [b'<', b'/', ..] => (self.end(rest)?, Piece::End),
            [b'<', b'?', ..] => (length_to(rest, "?>")?, Piece::Other),
            [b'<', b'!', ..] if rest.starts_with("<!--") => (length_to(rest, "-->")?, Piece::Other),
            [b'<', b'!', ..] if rest.starts_with("<![CDATA[") => {
                (length_to(rest, "]]>")?, Piece::Other)
            }
            [b'<', b'!', ..] => (length_to(rest, ">")?, Piece::DocType),
            [b'<', ..] => self.start(rest)?,
            bytes => {
                let words = &rest[..memchr(b'<', bytes).unwrap_or(bytes.len())];
                if !references_end(words) {
                    return Err("“&”后面没有“;”");
                }
                (words.len(), Piece::Words(words))
            }
        };
        self.at += length;
        Ok(Some(piece))
    }

    /// An end tag, which must close the element that was opened last.
    fn end(&mut self, rest: &'a str) -> Result<usize, Broken> {
        let length = length_to(rest, ">")?;
        let name = &rest["</".len()..length - ">".len()];
        // Nearly always nothing follows the name.
        let awaited = self.open.pop();
        if awaited == Some(name) || awaited == Some(name.trim_end()) {
            Ok(length)
        } else {
            Err("开始和结束的标签对不上")
        }
    }

    /// A start tag: to the first `>` that stands in no attribute's value.
    fn start(&mut self, rest: &'a str) -> Result<(usize, Piece<'a>), Broken> {
        let bytes = rest.as_bytes();
        let mut from = 0;
        let close = loop {
            let sign = memchr3(b'>', b'"', b'\'', &bytes[from..]).ok_or(UNENDED)? + from;
            if bytes[sign] == b'>' {
                break sign;
            }
            from = memchr(bytes[sign], &bytes[sign + 1..]).ok_or(UNENDED)? + sign + 2;
        };
        let inner = &rest[1..close];
        let length = close + 1;
        let (inner, empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let blank = |byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let (name, attributes) =
            inner.split_at(inner.bytes().position(blank).unwrap_or(inner.len()));
        if name.is_empty() {
            return Err("标签没有名字");
        }
        if empty {
            return Ok((length, Piece::Empty(name, attributes)));
        }
        self.open.push(name);
        Ok((length, Piece::Start(name, attributes)))
    }
}

/// What a piece lacks that goes on to the end of the text.
const UNENDED: Broken = "标签、注释或指令没有结束";

/// The length of a piece that begins a text, by what ends it.
fn length_to(rest: &str, end: &str) -> Result<usize, Broken> {
    let found = match end.as_bytes() {
        [sign] => memchr(*sign, rest.as_bytes()),
        signs => memmem::find(rest.as_bytes(), signs),
    };
    found.map(|at| at + end.len()).ok_or(UNENDED)
}

/// Whether every `&` is followed by its `;`.
fn references_end(words: &str) -> bool {
    memchr(b'&', words.as_bytes()).is_none()
        || words.split('&').skip(1).all(|after| after.contains(';'))
}

#[cfg(test)]
mod tests {
    use super::{Piece, Pieces};

    fn read(text: &str) -> Result<Vec<Piece<'_>>, &'static str> {
        let mut pieces = Pieces::of(text);
        let mut found = Vec::new();
        while let Some(piece) = pieces.read()? {
            found.push(piece);
        }
        assert_eq!(pieces.position(), text.len());
        Ok(found)
    }

    #[test]
    fn pieces_are_slices_of_the_text() {
        let found =
            read("<?xml?><w:p a='>'  b=\"1\"><w:t/>一&amp;二<!-- < --><![CDATA[<]]></w:p >");
        let expected = [
            Piece::Other,
            Piece::Start("w:p", " a='>'  b=\"1\""),
            Piece::Empty("w:t", ""),
            Piece::Words("一&amp;二"),
            Piece::Other,
            Piece::Other,
            Piece::End,
        ];
        assert_eq!(found.unwrap(), expected);
        assert_eq!(read("<!DOCTYPE a>").unwrap(), [Piece::DocType]);
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        for text in [
            "<a",
            "<a b=\">",
            "</a>",
            "<a></b>",
            "< a>",
            "<>",
            "</>",
            "<a>&amp</a>",
            "<!-- ",
            "<?a",
            "<a><![CDATA[</a>",
            "<!",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
