//! Fields that run programs or fetch files when a paper is opened, and pictures that name an
//! address instead of a part.

use super::Told;
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::template::index::{Index, attribute, decode};
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

/// A field whose code is being read.
struct Open {
    /// The node at which it begins.
    at: usize,
    code: String,
    /// Whether another field stands in its code before any word.
    led_by_field: bool,
    /// Whether its code is over and its result has begun.
    shown: bool,
}

/// Tells the fetching fields of a part.
pub(super) fn find(xml: &str, title: &str, told: &mut Told<'_>) {
    let coded = ["instrText", "fldSimple", ":imagedata"].iter().any(|sign| xml.contains(sign));
    if !coded {
        return;
    }
    // What cannot be read is told by compiling.
    let Ok(index) = Index::read(xml) else { return };
    let mut open: Vec<Open> = Vec::new();
    let mut found: Vec<(usize, String)> = Vec::new();
    for at in 0..index.nodes.len() {
        let name = index.name(at);
        match name.rsplit(':').next().unwrap_or(name) {
            "fldChar" => match value(index.raw(at), "fldCharType").as_str() {
                "begin" => {
                    if let Some(outer) = open.last_mut()
                        && !outer.shown
                        && outer.code.trim().is_empty()
                    {
                        outer.led_by_field = true;
                    }
                    open.push(Open { at, code: String::new(), led_by_field: false, shown: false });
                }
                "separate" => {
                    if let Some(field) = open.last_mut() {
                        field.shown = true;
                    }
                }
                "end" => {
                    if let Some(field) = open.pop() {
                        judge(field, &mut found);
                    }
                }
                _ => {}
            },
            "instrText" => {
                let node = &index.nodes[at];
                if let Some(field) = open.last_mut() {
                    let code = decode(&xml[node.inner..node.close], node.inner).map(|(c, _, _)| c);
                    field.code.extend(code);
                }
            }
            "fldSimple" => {
                let code = value(index.raw(at), "instr");
                judge(Open { at, code, led_by_field: false, shown: true }, &mut found);
            }
            "imagedata" => {
                let raw = index.raw(at);
                let remote = ["o:href", "src"]
                    .iter()
                    .filter_map(|name| attribute(raw, name))
                    .find(|target| target.contains(':') || target.starts_with(['\\', '/']));
                if let Some(target) = remote {
                    found.push((at, target.to_owned()));
                }
            }
            _ => {}
        }
    }
    open.into_iter().for_each(|field| judge(field, &mut found));
    found.sort();
    let places = Places::read(&index, &Roles::default());
    for (at, code) in found {
        let paragraph = index.nodes[at].paragraph.unwrap_or(0);
        let spot = places.spot(told.template, title, paragraph, &code);
        told.found.push(
            Diagnostic::new(&codes::T323, "这里打开时会取外面的内容或运行程序")
                .help("把这个域转为普通文字（选中后按 Ctrl+Shift+F9），或删去")
                .located(Location::Template(spot)),
        );
    }
}

fn judge(field: Open, found: &mut Vec<(usize, String)>) {
    let code = field.code.trim();
    let word: String =
        code.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '\\' | '"' | '“')).collect();
    // A field whose first word comes out of another field hides what it does.
    if field.led_by_field || FETCHING.contains(&word.to_ascii_uppercase().as_str()) {
        found.push((field.at, code.to_owned()));
    }
}

/// An attribute with whatever prefix, its character references read.
fn value(raw: &str, name: &str) -> String {
    let tag = &raw[..raw.find('>').unwrap_or(raw.len())];
    let prefix = tag[1..].split(':').next().unwrap_or_default();
    let found = attribute(raw, &format!("{prefix}:{name}")).or_else(|| attribute(raw, name));
    found.map(|text| decode(text, 0).map(|(c, _, _)| c).collect()).unwrap_or_default()
}
