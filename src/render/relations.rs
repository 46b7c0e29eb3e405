//! Relations that a paper adds to its template: links and pictures, each part its own. They are
//! gathered while the parts are expanded and written into the package at the end.

use std::collections::BTreeMap;

use crate::package::Part;
use crate::template::Compiled;
use crate::template::compiled::CompiledPart;

/// The namespace of relations in a part, declared where it is used: a part of a stranger's
/// template may not declare it.
pub(crate) const NAMESPACE: &str =
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/// The namespace of the parts that hold relations.
const PARTS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// What their types begin with.
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The part that registers all others.
const REGISTER: &str = "[Content_Types].xml";

/// What a relation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An address outside the package.
    Hyperlink,
    /// A picture in it.
    Image,
}

/// The relations of a paper that its template does not have.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    /// By part and where they lead: the id.
    ids: BTreeMap<(String, Kind, String), String>,
    /// By part: the last number given out.
    last: BTreeMap<String, u32>,
}

impl Relations {
    /// The id by which a part leads to a target; the same for the same target.
    pub(crate) fn id(
        &mut self,
        compiled: &Compiled,
        part: &str,
        kind: Kind,
        target: &str,
    ) -> String {
        let key = (part.to_owned(), kind, target.to_owned());
        if let Some(id) = self.ids.get(&key) {
            return id.clone();
        }
        let wanted = rels_of(part);
        let held = compiled.parts.iter().find_map(|part| match part {
            CompiledPart::Raw(part) if part.name == wanted => Some(&part.bytes),
            CompiledPart::Raw(_) | CompiledPart::Filled(_) => None,
        });
        let held = held.map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let last = self.last.entry(part.to_owned()).or_default();
        // A paper of ours may have become a template: its ids are taken.
        let id = loop {
            *last += 1;
            let id = format!("rIdShuzhi{last}");
            if !held.contains(&format!("\"{id}\"")) {
                break id;
            }
        };
        self.ids.insert(key, id.clone());
        id
    }

    /// Writes them into the parts of a paper.
    pub(crate) fn write(self, parts: &mut Vec<Part>) {
        let mut added: BTreeMap<String, String> = BTreeMap::new();
        for ((part, kind, target), id) in self.ids {
            let (of, mode) = match kind {
                Kind::Hyperlink => ("hyperlink", " TargetMode=\"External\""),
                Kind::Image => ("image", ""),
            };
            let target = target.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            added.entry(rels_of(&part)).or_default().push_str(&format!(
                "<Relationship Id=\"{id}\" Type=\"{TYPES}/{of}\" Target=\"{target}\"{mode}/>"
            ));
        }
        for (name, relations) in added {
            let relations =
                relations.replace("<Relationship ", &format!("<Relationship xmlns=\"{PARTS}\" "));
            match parts.iter_mut().find(|part| part.name == name) {
                Some(part) => insert(part, "Relationships", &relations),
                None => {
                    let xml =
                        format!("<Relationships xmlns=\"{PARTS}\">{relations}</Relationships>");
                    register(
                        parts,
                        "rels",
                        "application/vnd.openxmlformats-package.relationships+xml",
                    );
                    parts.push(Part { name, bytes: xml.into_bytes() });
                }
            }
        }
    }
}

/// Registers the type of an ending, if it is not yet.
pub(crate) fn register(parts: &mut [Part], ending: &str, of: &str) {
    let Some(part) = parts.iter_mut().find(|part| part.name == REGISTER) else { return };
    let text = String::from_utf8_lossy(&part.bytes).to_ascii_lowercase();
    if !text.contains(&format!("extension=\"{ending}\"")) {
        let types = "http://schemas.openxmlformats.org/package/2006/content-types";
        let entry =
            format!("<Default xmlns=\"{types}\" Extension=\"{ending}\" ContentType=\"{of}\"/>");
        insert(part, "Types", &entry);
    }
}

/// Adds children right after the start tag of a root element.
fn insert(part: &mut Part, root: &str, children: &str) {
    let Ok(mut xml) = String::from_utf8(part.bytes.clone()) else { return };
    let Some(name) = xml.find(root) else { return };
    let Some(end) = xml[name..].find('>').map(|at| name + at) else { return };
    if xml[..end].ends_with('/') {
        let open = xml[..name].rfind('<').unwrap_or(name);
        let name = xml[open + 1..name + root.len()].to_owned();
        xml.replace_range(end - 1..=end, &format!(">{children}</{name}>"));
    } else {
        xml.insert_str(end + 1, children);
    }
    part.bytes = xml.into_bytes();
}

/// `word/_rels/document.xml.rels` for `word/document.xml`.
fn rels_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}
