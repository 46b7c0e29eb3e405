//! What a package says of its parts: the type of each (`[Content_Types].xml`) and what leads from
//! one to another (`.rels`). Types tell what a part is; names do not, since some programs write
//! document2.xml or header.xml.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::escape::{escape, unescape};

use super::pieces::{Piece, Pieces};
use super::{Part, attributes};

/// The part that tells the types of all others.
pub const TYPES: &str = "[Content_Types].xml";

/// The namespace of [`TYPES`].
const TYPES_SPACE: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
/// The namespace of the parts that hold relations.
const RELATIONS_SPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// What the types of relations begin with.
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The type of parts that hold relations.
const RELATIONS: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// How the type of the body of a Word file ends: a document, a template (.dotx), with macros.
const BODIES: [&str; 4] = [
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
    "ms-word.template.macroEnabledTemplate.main+xml",
];

/// The types of a package's parts.
#[derive(Debug, Clone, Default)]
pub struct Types {
    /// By part name, in lower case.
    parts: BTreeMap<String, String>,
    /// By ending, in lower case.
    endings: BTreeMap<String, String>,
}

impl Types {
    /// Reads the types that a package tells; none where it tells none.
    pub fn read(parts: &[Part]) -> Self {
        let mut types = Self::default();
        for tag in tags(&text(parts, TYPES)) {
            let Some(kind) = tag.value("ContentType") else { continue };
            let value = |key: &str| tag.value(key).unwrap_or_default().to_lowercase();
            match tag.name {
                "Override" => {
                    types.parts.insert(value("PartName").trim_start_matches('/').to_owned(), kind);
                }
                "Default" => {
                    types.endings.insert(value("Extension"), kind);
                }
                _ => {}
            }
        }
        types
    }

    /// The type of a part.
    pub fn of(&self, part: &str) -> Option<&str> {
        let name = part.to_lowercase();
        let by_ending = || self.endings.get(name.rsplit_once('.')?.1);
        self.parts.get(&name).or_else(by_ending).map(String::as_str)
    }
}

/// The body of a Word file: what the package leads to, if it has the type of a body.
pub fn body(parts: &[Part]) -> Option<&Part> {
    let types = Types::read(parts);
    let is_body = |part: &&Part| {
        let kind = types.of(&part.name).unwrap_or_default();
        part.name != TYPES && BODIES.iter().any(|ending| kind.ends_with(ending))
    };
    // All parts may be of the type of a body, by their ending.
    led_to(parts, "", "officeDocument").filter(is_body).or_else(|| parts.iter().find(is_body))
}

/// The part of a kind that goes with the body: styles, numbering, comments. A glossary has such
/// parts of its own, so what the body leads to goes before what has the type.
pub fn companion<'p>(parts: &'p [Part], kind: &str) -> Option<&'p Part> {
    let related = body(parts).and_then(|body| led_to(parts, &body.name, kind));
    related.or_else(|| {
        let (types, ending) = (Types::read(parts), format!(".{kind}+xml"));
        parts.iter().find(|part| types.of(&part.name).is_some_and(|kind| kind.ends_with(&ending)))
    })
}

/// The first part to which another leads by a relation of a kind; the package itself leads from "".
fn led_to<'p>(parts: &'p [Part], from: &str, kind: &str) -> Option<&'p Part> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let xml = text(parts, &relations_of(from));
    let is_wanted =
        |tag: &Tag<'_>| tag.value("Type").is_some_and(|of| of.rsplit('/').next() == Some(kind));
    let target = resolve(folder, &tags(&xml).find(is_wanted)?.value("Target")?);
    parts.iter().find(|part| part.name.eq_ignore_ascii_case(&target))
}

/// A start tag: its name without prefix, and its attributes as written.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    /// The value of an attribute, references resolved where they can be.
    pub(super) fn value(&self, wanted: &str) -> Option<String> {
        let (_, raw) = self.attributes.iter().find(|(key, _)| *key == wanted)?;
        Some(unescape(raw).map_or_else(|_| (*raw).to_owned(), Cow::into_owned))
    }
}

/// The start tags of a part that says something of others. What is broken in it ends them, and
/// is reported by the package check.
pub(super) fn tags(xml: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut pieces = Pieces::of(xml);
    let pieces = std::iter::from_fn(move || pieces.read().ok().flatten());
    pieces.filter_map(|piece| {
        let (Piece::Start(name, inner) | Piece::Empty(name, inner)) = piece else { return None };
        let mut attributes = Vec::new();
        attributes::read(inner, &mut attributes);
        Some(Tag { name: name.rsplit(':').next().unwrap_or(name), attributes })
    })
}

/// The text of a part; empty where there is no such part.
pub fn text(parts: &[Part], name: &str) -> String {
    let part = parts.iter().find(|part| part.name == name);
    part.map(|part| String::from_utf8_lossy(&part.bytes).into_owned()).unwrap_or_default()
}

/// Tells the type of all parts with an ending, if it is not told yet.
pub fn register_ending(parts: &mut [Part], ending: &str, kind: &str) {
    if !Types::read(parts).endings.contains_key(ending) {
        let entry = format!("Extension=\"{ending}\" ContentType=\"{kind}\"");
        insert(parts, TYPES, "Types", ("Default", TYPES_SPACE), &[entry]);
    }
}

/// Adds a part with a type of its own.
pub fn add_part(parts: &mut Vec<Part>, part: Part, kind: &str) {
    let entry = format!("PartName=\"/{}\" ContentType=\"{kind}\"", escape(part.name.as_str()));
    insert(parts, TYPES, "Types", ("Override", TYPES_SPACE), &[entry]);
    parts.push(part);
}

/// What leads from one part to another, or out of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What the part calls it: rId1.
    pub id: String,
    /// The last step of its type: image.
    pub kind: &'static str,
    /// Where it leads.
    pub target: String,
    /// Whether out of the package.
    pub external: bool,
}

/// Adds what leads from a part.
pub fn relate(parts: &mut Vec<Part>, from: &str, relations: &[Relation]) {
    let name = relations_of(from);
    if !parts.iter().any(|part| part.name == name) {
        register_ending(parts, "rels", RELATIONS);
        let xml = format!("<Relationships xmlns=\"{RELATIONS_SPACE}\"/>");
        parts.push(Part { name: name.clone(), bytes: xml.into_bytes() });
    }
    let attributes = relations.iter().map(|Relation { id, kind, target, external }| {
        let mode = if *external { " TargetMode=\"External\"" } else { "" };
        format!("Id=\"{id}\" Type=\"{RELATION}/{kind}\" Target=\"{}\"{mode}", escape(target))
    });
    let attributes: Vec<String> = attributes.collect();
    insert(parts, &name, "Relationships", ("Relationship", RELATIONS_SPACE), &attributes);
}

/// `word/_rels/document.xml.rels` for `word/document.xml`.
pub fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// A target as a part name: relative to a folder, or from the root.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let (mut steps, rest): (Vec<&str>, &str) = match target.strip_prefix('/') {
        Some(rest) => (Vec::new(), rest),
        None => (folder.split('/').filter(|step| !step.is_empty()).collect(), target),
    };
    for step in rest.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Adds children of a name and a namespace at the end of a part's root element, each empty but for
/// its attributes.
fn insert(parts: &mut [Part], name: &str, root: &str, child: (&str, &str), attributes: &[String]) {
    append(parts, name, root, |prefixed| {
        let (child, space) = child;
        // Where the root has a prefix, its children do not inherit its namespace.
        let space = if prefixed { format!(" xmlns=\"{space}\"") } else { String::new() };
        attributes.iter().map(|attributes| format!("<{child}{space} {attributes}/>")).collect()
    });
}

/// Adds XML at the end of a part's root element, which may be empty. `write` is told whether the
/// root has a prefix.
pub(super) fn append(
    parts: &mut [Part],
    name: &str,
    root: &str,
    write: impl FnOnce(bool) -> String,
) {
    let Some(part) = parts.iter_mut().find(|part| part.name == name) else { return };
    let Ok(xml) = std::str::from_utf8(&part.bytes) else { return };
    let bare = xml.trim_start_matches('\u{FEFF}');
    let mut pieces = Pieces::of(bare);
    let mut start = 0;
    // The root as it is called here, and whether it has an end tag of its own.
    let mut found = None;
    let mut last = 0..0;
    while let Ok(Some(piece)) = pieces.read() {
        let range = start..pieces.position();
        start = range.end;
        match piece {
            Piece::Start(name, _) | Piece::Empty(name, _)
                if found.is_none() && name.rsplit(':').next() == Some(root) =>
            {
                found = Some((name, matches!(piece, Piece::Empty(..))));
                last = range;
            }
            Piece::End => last = range,
            _ => {}
        }
    }
    let Some((name, empty)) = found else { return };
    let added = write(name.contains(':'));
    let skipped = xml.len() - bare.len();
    let last = last.start + skipped..last.end + skipped;
    let mut out = xml.to_owned();
    if empty {
        let open = xml[..last.end].trim_end_matches('>').trim_end_matches('/').len();
        out.replace_range(open..last.end, &format!(">{added}</{name}>"));
    } else {
        out.insert_str(last.start, &added);
    }
    part.bytes = out.into_bytes();
}

#[cfg(test)]
mod tests {
    use super::{Part, Relation, Types, add_part, body, companion, register_ending, relate, text};

    fn part(name: &str, xml: &str) -> Part {
        Part { name: name.to_owned(), bytes: xml.as_bytes().to_vec() }
    }

    #[test]
    fn types_are_told_by_name_and_by_ending() {
        let parts = vec![
            part(
                "[Content_Types].xml",
                "<Types><Default Extension='XML' ContentType='x/wordprocessingml.document.main+xml'/><Override PartName=\"/word/Styles&amp;2.xml\" ContentType=\"x.styles+xml\"/></Types>",
            ),
            part("word/document2.xml", ""),
            part("word/styles&2.xml", ""),
        ];
        let types = Types::read(&parts);
        assert_eq!(types.of("word/styles&2.xml"), Some("x.styles+xml"));
        assert_eq!(types.of("word/picture.png"), None);
        assert_eq!(body(&parts[1..]), None);
        assert_eq!(body(&parts).unwrap().name, "word/document2.xml");
        let told = "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='WORD/other.xml'/></Relationships>";
        let mut parts = parts;
        parts.extend([part("word/other.xml", ""), part("_rels/.rels", told)]);
        assert_eq!(body(&parts).unwrap().name, "word/other.xml");
        assert_eq!(companion(&parts, "styles").unwrap().name, "word/styles&2.xml");
    }

    #[test]
    fn what_the_body_leads_to_goes_before_what_a_glossary_has() {
        let styles = |name: &str| {
            format!(
                "<Override PartName=\"/word/{name}.xml\" ContentType=\"x/wordprocessingml.styles+xml\"/>"
            )
        };
        let types = format!(
            "<Types>{}{}<Override PartName=\"/word/document.xml\" ContentType=\"x/wordprocessingml.document.main+xml\"/></Types>",
            styles("glossary/styles"),
            styles("styles2")
        );
        let relation = "<Relationships><Relationship Id=\"a\" Type=\"x/y/styles\" Target=\"/word/styles2.xml\"/></Relationships>";
        let parts = vec![
            part("[Content_Types].xml", &types),
            part("word/glossary/styles.xml", ""),
            part("word/styles2.xml", ""),
            part("word/document.xml", ""),
            part("word/_rels/document.xml.rels", relation),
        ];
        assert_eq!(companion(&parts, "styles").unwrap().name, "word/styles2.xml");
        assert_eq!(companion(&parts[..4], "styles").unwrap().name, "word/glossary/styles.xml");
        assert_eq!(companion(&parts, "numbering"), None);
    }

    #[test]
    fn what_is_added_stands_in_the_root_whatever_its_prefix() {
        let mut parts = vec![
            part("[Content_Types].xml", "\u{FEFF}<?xml?><t:Types xmlns:t=\"u\" ></t:Types >\n"),
            part("word/_rels/a.xml.rels", "<Relationships xmlns=\"u\" />"),
        ];
        register_ending(&mut parts, "png", "image/png");
        register_ending(&mut parts, "png", "image/png");
        add_part(&mut parts, part("word/b.xml", "<b/>"), "x/b+xml");
        let relation = |id: &str, target: &str, external| Relation {
            id: id.to_owned(),
            kind: "image",
            target: target.to_owned(),
            external,
        };
        relate(&mut parts, "word/a.xml", &[relation("r1", "b.xml", false)]);
        relate(&mut parts, "word/b.xml", &[relation("r1", "http://b?c&d=\"e\"", true)]);
        let space = "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"";
        assert_eq!(
            text(&parts, "[Content_Types].xml"),
            format!(
                "\u{FEFF}<?xml?><t:Types xmlns:t=\"u\" ><Default {space} Extension=\"png\" ContentType=\"image/png\"/><Override {space} PartName=\"/word/b.xml\" ContentType=\"x/b+xml\"/><Default {space} Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></t:Types >\n"
            )
        );
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
        assert_eq!(
            text(&parts, "word/_rels/a.xml.rels"),
            format!(
                "<Relationships xmlns=\"u\" ><Relationship Id=\"r1\" Type=\"{kind}\" Target=\"b.xml\"/></Relationships>"
            )
        );
        assert!(text(&parts, "word/_rels/b.xml.rels").contains(
            "Target=\"http://b?c&amp;d=&quot;e&quot;\" TargetMode=\"External\"/></Relationships>"
        ));
    }
}
