//! One pass over an XML part: well-formedness, structure, order of properties, ids, and what it
//! refers to.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::escape::unescape;

use crate::diagnostic::codes;
use crate::package::pieces::{Broken, Piece, Pieces};
use crate::package::{Part, attributes, order};

use super::Faults;

/// A relation to another part.
#[derive(Debug)]
pub(super) struct Relation {
    /// `rId1`.
    pub(super) id: String,
    /// Where it leads.
    pub(super) target: String,
    /// Whether outside the package.
    pub(super) external: bool,
}

/// What a part says that other parts must agree with.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Endings with a type, in lower case.
    pub(super) endings_typed: BTreeSet<String>,
    /// Part names with a type, in lower case.
    pub(super) parts_typed: BTreeSet<String>,
    /// Relations, in a `.rels` part.
    pub(super) relations: Vec<Relation>,
    /// Relations by which the part refers to others.
    pub(super) relations_used: BTreeSet<String>,
    /// Styles defined.
    pub(super) styles: BTreeSet<String>,
    /// Styles used.
    pub(super) styles_used: BTreeSet<String>,
    /// Comments, by id.
    pub(super) comments: BTreeSet<String>,
    /// Comments marked in the text.
    pub(super) comments_used: BTreeSet<String>,
}

/// An element that is open.
#[derive(Debug)]
struct Open<'a> {
    name: &'a str,
    /// Namespace prefixes that were in force outside it.
    prefixes: usize,
    /// The last child that is a block, or a row or cell of a table.
    last: Option<Child>,
    /// Whether it has any element inside.
    filled: bool,
    /// The order of its children, where the schema has one that is checked.
    order: Option<&'static [&'static str]>,
    /// How far its properties have come in that order.
    rank: usize,
}

/// Children that the structure depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Child {
    Paragraph,
    Table,
    Row,
    Cell,
    Control,
    Section,
}

/// Passes over a part.
pub(super) fn pass(part: &Part, faults: &mut Faults) -> Found {
    let mut pass = Pass {
        part: &part.name,
        faults,
        found: Found::default(),
        open: Vec::new(),
        prefixes: vec!["xml".to_owned(), "xmlns".to_owned()],
        last_prefix: 0,
        fallback: 0,
        attributes: Vec::new(),
        ids: BTreeSet::new(),
        begun: BTreeSet::new(),
        roots: 0,
    };
    match std::str::from_utf8(&part.bytes) {
        Ok(text) => {
            if let Err(error) = pass.read(text.trim_start_matches('\u{feff}')) {
                pass.faults.add(&codes::P501, &part.name, error);
            }
        }
        // Custom data comes in any encoding; nothing of a paper depends on it.
        Err(_) if part.name.starts_with("customXml/") => {}
        Err(_) => pass.faults.add(&codes::P501, &part.name, "不是 UTF-8"),
    }
    pass.found
}

struct Pass<'a, 'f> {
    part: &'a str,
    faults: &'f mut Faults,
    found: Found,
    open: Vec<Open<'a>>,
    prefixes: Vec<String>,
    /// The prefix that was asked for last: nearly always the next one too.
    last_prefix: usize,
    /// Depth inside `mc:Fallback`, which repeats what stands in `mc:Choice`, ids too.
    fallback: usize,
    /// The attributes of the element that begins.
    attributes: Vec<(&'a str, &'a str)>,
    /// Ids met, each with the kind of thing it names.
    ids: BTreeSet<(&'static str, String)>,
    /// Ranges that have begun and not ended.
    begun: BTreeSet<(&'static str, String)>,
    roots: usize,
}

impl<'a> Pass<'a, '_> {
    fn read(&mut self, text: &'a str) -> Result<(), Broken> {
        if let Some(bad) = first_illegal(text) {
            let message = format!("有非法字符 U+{:04X}", u32::from(bad));
            self.faults.add(&codes::P501, self.part, message);
        }
        let mut pieces = Pieces::of(text);
        while let Some(piece) = pieces.read()? {
            match piece {
                Piece::Start(name, attributes) => self.start(name, attributes),
                Piece::Empty(name, attributes) => {
                    self.start(name, attributes);
                    self.end();
                }
                Piece::End => self.end(),
                Piece::Words(words) => self.words(words),
                Piece::DocType => self.faults.add(&codes::P501, self.part, "有 DOCTYPE"),
                Piece::Other => {}
            }
        }
        if !self.open.is_empty() || self.roots != 1 {
            self.faults.add(&codes::P501, self.part, "元素没有结束，或没有根元素");
        }
        for (kind, id) in std::mem::take(&mut self.begun) {
            self.faults.add(&codes::P503, self.part, format!("{kind} {id} 没有结尾"));
        }
        Ok(())
    }

    /// Checks words between tags.
    fn words(&mut self, words: &str) {
        if self.open.is_empty() && !words.trim().is_empty() {
            self.faults.add(&codes::P501, self.part, "根元素之外有文字");
        }
        // The part's own characters are legal; only references can bring others.
        if words.contains('&') && !unescape(words).is_ok_and(|w| first_illegal(&w).is_none()) {
            self.faults.add(&codes::P501, self.part, "有非法的字符引用");
        }
    }

    /// Checks an element that begins.
    fn start(&mut self, name: &'a str, inner: &'a str) {
        let outside = self.prefixes.len();
        let mut attributes = std::mem::take(&mut self.attributes);
        if !attributes::read(inner, &mut attributes) {
            self.faults.add(&codes::P501, self.part, format!("{name} 的属性写法不对，或有重复"));
        }
        for (key, value) in &attributes {
            if let Some(prefix) = key.strip_prefix("xmlns:") {
                self.prefixes.push(prefix.to_owned());
            }
            if value.contains('&') && !unescape(value).is_ok_and(|v| first_illegal(&v).is_none()) {
                self.faults.add(&codes::P501, self.part, format!("{name} 的属性有非法字符"));
            }
        }
        self.declared(name);
        for (key, _) in &attributes {
            self.declared(key);
        }
        self.place(name);
        self.refer(name, &attributes);
        self.attributes = attributes;
        if name == "mc:Fallback" {
            self.fallback += 1;
        }
        if self.open.is_empty() {
            self.roots += 1;
        }
        let order = order::of_children(name);
        self.open.push(Open { name, prefixes: outside, last: None, filled: false, order, rank: 0 });
    }

    /// Checks that the prefix of a name is declared.
    fn declared(&mut self, name: &str) {
        if !self.is_declared(name) {
            let prefix = name.split(':').next().unwrap_or_default();
            self.faults.add(&codes::P501, self.part, format!("前缀 {prefix} 没有声明"));
        }
    }

    /// Whether the prefix of a name is declared, if it has one.
    fn is_declared(&mut self, name: &str) -> bool {
        let has = |prefix: &String| {
            name.as_bytes().get(prefix.len()) == Some(&b':') && name.starts_with(prefix.as_str())
        };
        if self.prefixes.get(self.last_prefix).is_some_and(has) || !name.contains(':') {
            return true;
        }
        let Some(found) = self.prefixes.iter().position(has) else { return false };
        // `xml:space` in every text is found at once; what is looked for long is the other one.
        if found > 0 {
            self.last_prefix = found;
        }
        true
    }

    /// Tells the open element of a new child.
    fn place(&mut self, name: &str) {
        let child = match name {
            "w:p" => Some(Child::Paragraph),
            "w:tbl" => Some(Child::Table),
            "w:tr" => Some(Child::Row),
            "w:tc" => Some(Child::Cell),
            "w:sdt" | "w:customXml" | "w:altChunk" => Some(Child::Control),
            "w:sectPr" => Some(Child::Section),
            _ => None,
        };
        let part = self.part;
        let Some(open) = self.open.last_mut() else { return };
        open.filled = true;
        // A body may do without properties of its section, but nothing follows them.
        if open.name == "w:body" && open.last == Some(Child::Section) && child.is_some() {
            self.faults.add(&codes::P504, part, "正文的节属性之后还有内容（w:body）");
        }
        if child.is_some() {
            open.last = child;
        }
        let Some(order) = open.order else { return };
        // In a sound part every child is found from the last one on.
        let (before, after) = order.split_at(open.rank.min(order.len()));
        if let Some(further) = after.iter().position(|known| *known == name) {
            open.rank += further;
        } else if name == "w:headerReference" && open.rank < 2 {
            // References to headers and footers come in any order among themselves.
        } else if before.contains(&name) {
            let message = format!("{} 里 {name} 的次序不对", open.name);
            self.faults.add(&codes::P507, part, message);
        }
    }

    /// Notes what an element defines or refers to.
    fn refer(&mut self, name: &str, attributes: &[(&'a str, &'a str)]) {
        let raw = |key: &str| {
            let (_, value) = attributes.iter().find(|(known, _)| *known == key)?;
            unescape(value).ok()
        };
        let value = |key: &str| raw(key).map(Cow::into_owned);
        for (key, id) in attributes {
            if matches!(*key, "r:id" | "r:embed" | "r:link" | "r:pict") && !id.is_empty() {
                note(&mut self.found.relations_used, unescape(id).ok());
            }
        }
        let typed =
            |key: &str| value(key).map(|name| name.trim_start_matches('/').to_ascii_lowercase());
        match name {
            "Default" => self.found.endings_typed.extend(typed("Extension")),
            "Override" => self.found.parts_typed.extend(typed("PartName")),
            "Relationship" => self.found.relations.push(Relation {
                id: value("Id").unwrap_or_default(),
                target: value("Target").unwrap_or_default(),
                external: value("TargetMode").is_some_and(|mode| mode == "External"),
            }),
            "w:style" => {
                self.found.styles.extend(value("w:styleId"));
                self.unique("样式", value("w:styleId"));
            }
            "w:pStyle" | "w:rStyle" | "w:tblStyle" | "w:basedOn" | "w:next" | "w:link" => {
                note(&mut self.found.styles_used, raw("w:val"));
            }
            "w:comment" => {
                self.found.comments.extend(value("w:id"));
                self.unique("批注编号", value("w:id"));
            }
            "w:commentReference" => self.found.comments_used.extend(value("w:id")),
            "w:commentRangeStart" | "w:commentRangeEnd" => {
                self.found.comments_used.extend(value("w:id"));
                self.pair("批注范围", name, value("w:id"));
            }
            "wp:docPr" => self.unique("图形编号", value("id")),
            "w:bookmarkStart" => {
                self.unique("书签编号", value("w:id"));
                self.unique("书签名", value("w:name"));
                self.pair("书签", name, value("w:id"));
            }
            "w:bookmarkEnd" => self.pair("书签", name, value("w:id")),
            "w:permStart" | "w:permEnd" => self.pair("可编辑范围", name, value("w:id")),
            // The id of a content control is the only element of this name.
            "w:id" => self.unique("内容控件编号", value("w:val")),
            "w:p" | "w:tr" => self.unique("段落编号", value("w14:paraId")),
            _ => {}
        }
    }

    /// Notes the start or the end of a range.
    fn pair(&mut self, kind: &'static str, name: &str, id: Option<String>) {
        let Some(id) = id.filter(|_| self.fallback == 0) else { return };
        let key = (kind, id);
        if name.ends_with("Start") {
            self.begun.insert(key);
        } else if !self.begun.remove(&key) {
            self.faults.add(&codes::P503, self.part, format!("{kind} {} 没有开头", key.1));
        }
    }

    fn unique(&mut self, kind: &'static str, id: Option<String>) {
        let Some(id) = id.filter(|_| self.fallback == 0) else { return };
        if !self.ids.insert((kind, id.clone())) {
            self.faults.add(&codes::P505, self.part, format!("{kind} {id} 重复"));
        }
    }

    /// Checks an element that ends.
    fn end(&mut self) {
        let Some(done) = self.open.pop() else { return };
        self.prefixes.truncate(done.prefixes);
        if done.name == "mc:Fallback" {
            self.fallback = self.fallback.saturating_sub(1);
        }
        // A content control stands for what is inside: rows and cells may come wrapped.
        if matches!(done.name, "w:sdtContent" | "w:customXml" | "w:sdt")
            && let (Some(outer), Some(inner)) = (self.open.last_mut(), done.last)
            && matches!(inner, Child::Row | Child::Cell)
        {
            outer.last = Some(inner);
        }
        // In settings.xml notes are only named.
        if matches!(done.name, "w:footnote" | "w:endnote")
            && self.open.last().is_some_and(|open| open.name.ends_with("notePr"))
        {
            return;
        }
        let ends_well = matches!(done.last, Some(Child::Paragraph | Child::Control));
        let fault = match done.name {
            "w:tc" if !ends_well => "单元格没有以段落结尾",
            "w:tr" if done.last != Some(Child::Cell) => "表格行里没有单元格",
            "w:tbl" if done.last != Some(Child::Row) => "表格里没有行",
            "w:hdr" | "w:ftr" | "w:txbxContent" | "w:comment" | "w:footnote" | "w:endnote"
                if !matches!(done.last, Some(Child::Paragraph | Child::Table | Child::Control)) =>
            {
                "页眉、页脚、文本框或批注是空的"
            }
            "w:sdtContent" if !done.filled => "内容控件是空的",
            _ => return,
        };
        self.faults.add(&codes::P504, self.part, format!("{fault}（{}）", done.name));
    }
}

/// Adds a text to those seen before.
fn note(seen: &mut BTreeSet<String>, text: Option<Cow<'_, str>>) {
    if let Some(text) = text.filter(|text| !seen.contains(text.as_ref())) {
        seen.insert(text.into_owned());
    }
}

/// The first character that may not stand in XML 1.0. Bytes are looked at first: a control
/// character is one byte below a blank, U+FFFE and U+FFFF begin with EF BF.
fn first_illegal(text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    let control =
        bytes.iter().fold(false, |found, &b| found | (b < b' ' && b != 9 && b != 10 && b != 13));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let end = pairs.fold(false, |found, (&a, &b)| found | ((a == 0xEF) & (b == 0xBF)));
    if control || end { text.chars().find(|&c| !is_legal(c)) } else { None }
}

/// Whether a character may stand in XML 1.0.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
