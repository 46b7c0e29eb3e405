//! Fields that run programs or fetch files when a paper is opened, and pictures that name an
//! address instead of a part.

use super::Told;
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::template::fields::{self, value};
use crate::template::index::{Index, attribute};
use crate::template::roles::Roles;
use crate::template::whereabouts::Places;

/// Fields that fetch or run, by their first word.
const FETCHING: [&str; 10] = [
    "DDE",
    "DDEAUTO",
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "INCLUDE",
    "IMPORT",
    "LINK",
    "RD",
    "DATABASE",
    "EMBED",
];

/// Tells the fetching fields of a part.
pub(super) fn find(xml: &str, title: &str, told: &mut Told<'_>) {
    let coded = ["instrText", "fldSimple", ":imagedata"].iter().any(|sign| xml.contains(sign));
    if !coded {
        return;
    }
    // What cannot be read is told by compiling.
    let Ok(index) = Index::read(xml) else { return };
    let mut found: Vec<(usize, String)> = Vec::new();
    for field in fields::read(&index) {
        // A field whose first word comes out of another field hides what it does.
        if field.led_by_field || fetches(&field.code) {
            found.push((field.begin, field.code.trim().to_owned()));
        }
    }
    for at in 0..index.nodes.len() {
        let (name, raw) = (index.name(at), index.raw(at));
        match name.rsplit(':').next().unwrap_or(name) {
            "fldSimple" => {
                let code = value(raw, "instr");
                if fetches(&code) {
                    found.push((at, code.trim().to_owned()));
                }
            }
            "imagedata" => {
                let remote = ["o:href", "src"]
                    .iter()
                    .filter_map(|name| attribute(raw, name))
                    .find(|target| target.contains(':') || target.starts_with(['\\', '/']));
                found.extend(remote.map(|target| (at, target.to_owned())));
            }
            _ => {}
        }
    }
    found.sort();
    let places = Places::read(&index, &Roles::default(), told.template, title);
    for (at, code) in found {
        let paragraph = index.nodes[at].paragraph.unwrap_or(0);
        let spot = places.spot(paragraph, &code);
        told.found.push(
            Diagnostic::new(&codes::T323, "这里打开时会取外面的内容或运行程序")
                .help("把这个域转为普通文字（选中后按 Ctrl+Shift+F9），或删去")
                .located(Location::Template(spot)),
        );
    }
}

/// Whether a field with this code fetches or runs.
fn fetches(code: &str) -> bool {
    let ends = |c: &char| !c.is_whitespace() && !matches!(c, '\\' | '"' | '“');
    let word: String = code.trim().chars().take_while(ends).collect();
    FETCHING.contains(&word.to_ascii_uppercase().as_str())
}
