//! Finds the part of a package that holds each sheet: sheet names → relationship ids → parts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::escape::unescape;

use crate::package::pieces::{Piece, Pieces};
use crate::package::register::{relations_of, resolve};
use crate::package::{Package, attributes};

/// Why the parts of a workbook were not found.
#[derive(Debug)]
pub(super) enum Missing {
    /// This part is not there or is not XML.
    Part(String),
    /// This part has a DOCTYPE.
    Doctype(String),
}

/// The name and the part of every sheet, in their order; chart sheets have theirs too.
pub(super) fn find(package: &mut Package<'_>) -> Result<Vec<(String, String)>, Missing> {
    let root = relationships(package, "_rels/.rels")?;
    let workbook = root
        .into_values()
        .find(|(kind, _)| kind.ends_with("/relationships/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |(_, target)| resolve("", &target));
    let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder);
    let targets = relationships(package, &relations_of(&workbook))?;
    let mut sheets = Vec::new();
    each_element(package, &workbook, |name, attribute| {
        if name == "sheet" {
            let target = attribute("id").and_then(|id| targets.get(&id));
            let part = target.map(|(_, target)| resolve(folder, target));
            sheets.push((attribute("name").unwrap_or_default(), part.unwrap_or_default()));
        }
    })?;
    Ok(sheets)
}

/// Id → type and target.
fn relationships(
    package: &mut Package<'_>,
    part: &str,
) -> Result<BTreeMap<String, (String, String)>, Missing> {
    let mut all = BTreeMap::new();
    each_element(package, part, |name, attribute| {
        if name == "Relationship" {
            let get = |key| attribute(key).unwrap_or_default();
            all.insert(get("Id"), (get("Type"), get("Target")));
        }
    })?;
    Ok(all)
}

/// Calls `visit` with the name of every element of a small part, without prefix, and what gives
/// its attributes by their names without prefix, entities resolved.
fn each_element(
    package: &mut Package<'_>,
    part: &str,
    mut visit: impl FnMut(&str, &dyn Fn(&str) -> Option<String>),
) -> Result<(), Missing> {
    let missing = || Missing::Part(part.to_owned());
    let text =
        String::from_utf8(package.bytes(part).ok_or_else(missing)?).map_err(|_| missing())?;
    let mut pieces = Pieces::of(&text);
    let mut attributes = Vec::new();
    while let Some(piece) = pieces.read().map_err(|_| missing())? {
        match piece {
            Piece::Start(name, inner) | Piece::Empty(name, inner) => {
                attributes::read(inner, &mut attributes);
                visit(local(name), &|wanted| {
                    let (_, value) = attributes.iter().find(|(key, _)| local(key) == wanted)?;
                    unescape(value).ok().map(Cow::into_owned)
                });
            }
            Piece::DocType => return Err(Missing::Doctype(part.to_owned())),
            Piece::End | Piece::Words(_) | Piece::Other => {}
        }
    }
    Ok(())
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
