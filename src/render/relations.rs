//! Relations that a paper adds to its template: links and pictures, each part its own. They are
//! gathered while the parts are expanded and written into the package at the end.

use std::collections::BTreeMap;

use crate::package::Part;
use crate::package::register::{Relation, relate, relations_of};
use crate::template::Compiled;
use crate::template::compiled::CompiledPart;

/// The namespace of relations in a part, declared where it is used: a part of a stranger's
/// template may not declare it.
pub(crate) const NAMESPACE: &str =
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The kind of a relation to an address outside the package.
pub(crate) const HYPERLINK: &str = "hyperlink";
/// The kind of a relation to a picture in it.
pub(crate) const IMAGE: &str = "image";

/// The relations of a paper that its template does not have.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    /// By part and where they lead: the id.
    ids: BTreeMap<(String, &'static str, String), String>,
    /// By part: the last number given out.
    last: BTreeMap<String, u32>,
}

impl Relations {
    /// The id by which a part leads to a target; the same for the same target.
    pub(crate) fn id(
        &mut self,
        compiled: &Compiled,
        part: &str,
        kind: &'static str,
        target: &str,
    ) -> String {
        let key = (part.to_owned(), kind, target.to_owned());
        if let Some(id) = self.ids.get(&key) {
            return id.clone();
        }
        let wanted = relations_of(part);
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
        let mut added: BTreeMap<String, Vec<Relation>> = BTreeMap::new();
        for ((part, kind, target), id) in self.ids {
            let external = kind == HYPERLINK;
            added.entry(part).or_default().push(Relation { id, kind, target, external });
        }
        for (part, relations) in added {
            relate(parts, &part, &relations);
        }
    }
}
