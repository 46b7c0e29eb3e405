//! Finds the part of a package that holds each sheet: sheet names → relationship ids → parts.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::package::{Package, has_doctype};

/// Where the workbook and its sheets stand.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The folder of the workbook part: `xl/`.
    pub(super) folder: String,
    /// Sheet name and part, in their order; chart sheets have theirs too.
    pub(super) sheets: Vec<(String, String)>,
}

/// Why the parts of a workbook were not found.
#[derive(Debug)]
pub(super) enum Missing {
    /// This part is not there or is not XML.
    Part(String),
    /// This part has a DOCTYPE.
    Doctype(String),
}

/// Reads the relationships and the list of sheets.
pub(super) fn find(package: &mut Package<'_>) -> Result<Parts, Missing> {
    let root = relationships(package, "_rels/.rels")?;
    let workbook = root
        .into_values()
        .find(|(kind, _)| kind.ends_with("/relationships/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |(_, target)| target);
    let workbook = workbook.trim_start_matches('/').to_owned();
    let (folder, name) = workbook.rsplit_once('/').map_or(("", workbook.as_str()), |(f, n)| (f, n));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let targets = relationships(package, &format!("{folder}_rels/{name}.rels"))?;
    let mut parts = Parts { folder, sheets: Vec::new() };
    each_element(package, &workbook, |element| {
        if element.local_name().as_ref() == "sheet" {
            let sheet = attribute(element, "name").unwrap_or_default();
            let target = attribute(element, "id").and_then(|id| targets.get(&id));
            let part = target.map_or_else(String::new, |(_, target)| {
                target
                    .strip_prefix('/')
                    .map_or_else(|| format!("{}{target}", parts.folder), str::to_owned)
            });
            parts.sheets.push((sheet, part));
        }
    })?;
    Ok(parts)
}

/// Id → type and target.
fn relationships(
    package: &mut Package<'_>,
    part: &str,
) -> Result<BTreeMap<String, (String, String)>, Missing> {
    let mut all = BTreeMap::new();
    each_element(package, part, |element| {
        if element.local_name().as_ref() == "Relationship" {
            let get = |key| attribute(element, key).unwrap_or_default();
            all.insert(get("Id"), (get("Type"), get("Target")));
        }
    })?;
    Ok(all)
}

/// Calls `visit` with every element of a small part.
fn each_element(
    package: &mut Package<'_>,
    part: &str,
    mut visit: impl FnMut(&BytesStart<'_>),
) -> Result<(), Missing> {
    let missing = || Missing::Part(part.to_owned());
    let bytes = package.bytes(part).ok_or_else(missing)?;
    if has_doctype(&bytes) {
        return Err(Missing::Doctype(part.to_owned()));
    }
    let mut reader = Reader::from_reader(bytes.as_slice());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| missing())? {
            Event::Start(element) | Event::Empty(element) => visit(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its local name, entities resolved.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|a| a.normalized_value(XmlVersion::Implicit1_0).ok().map(|v| v.into_owned()))
}
