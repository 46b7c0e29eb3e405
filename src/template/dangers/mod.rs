//! What a stranger's Word file may bring into a paper besides text: macros, objects, links that
//! fetch, fields that run. What can be taken out without a trace is taken out and told, all else
//! is refused (study/reliability.md: Follina needed one external relation and no macro).

mod fields;
mod relations;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::{Code, Diagnostic, Location, codes};
use crate::package::Part;
use crate::package::register::{self, TYPES};

use super::stories::stories;

/// Elements of settings.xml that name what is taken out.
const LINKED: [&str; 2] = ["attachedTemplate", "mailMerge"];

/// Looks through a package; what is linked and can go is taken out of it.
pub(super) fn clear(name: &str, parts: &mut [Part]) -> Vec<Diagnostic> {
    let types = register::text(parts, TYPES);
    let word = stories(parts);
    let mut told = Told { template: name, found: Vec::new() };
    macros(parts, &types, &mut told);
    let merging = take_out_mail_merge(parts);
    relations::clear(parts, &word, &mut told);
    // Its relations have told of it where it has any: what it connects to stands in them.
    if merging && !told.found.iter().any(|found| found.message.contains("邮件合并")) {
        told.tell(&codes::T325, "", "去掉了邮件合并的设置".to_owned(), "");
    }
    for (path, title) in &word {
        let Some(part) = parts.iter().find(|part| part.name == *path) else { continue };
        if let Ok(xml) = std::str::from_utf8(&part.bytes) {
            fields::find(xml.trim_start_matches('\u{FEFF}'), title, &mut told);
        }
    }
    // What is told of a part is not told of the whole file again.
    let parts: Vec<(&str, String)> = told
        .found
        .iter()
        .filter(|found| !is_whole(found))
        .map(|found| (found.code.id, found.message.clone()))
        .collect();
    told.found.retain(|found| {
        !is_whole(found)
            || !parts
                .iter()
                .any(|(code, message)| *code == found.code.id && *message == found.message)
    });
    told.found
}

/// Whether something is told of the file as a whole.
fn is_whole(found: &Diagnostic) -> bool {
    found.place.spot().is_some_and(|spot| spot.part.is_empty())
}

/// What was found in a template.
struct Told<'a> {
    template: &'a str,
    found: Vec<Diagnostic>,
}

impl Told<'_> {
    /// Tells of a part; a code is told once a part.
    fn tell(&mut self, code: &'static Code, title: &str, message: String, help: &str) {
        let place = Location::template(self.template, title);
        let found = Diagnostic::new(code, message).help(help).located(place);
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }
}

/// Macros and controls, by the names of their parts and by their types.
fn macros(parts: &[Part], types: &str, told: &mut Told<'_>) {
    let lower = |part: &Part| part.name.to_ascii_lowercase();
    let project =
        |part: &Part| lower(part).contains("vbaproject") || lower(part).contains("vbadata");
    if types.contains("macroEnabled") || parts.iter().any(project) {
        let help = "在 Word 或 WPS 中打开，另存为不带宏的 .docx";
        told.tell(&codes::T321, "", "模板带宏".to_owned(), help);
    }
    if parts.iter().any(|part| lower(part).contains("/activex/")) {
        let help = "删去控件，改成普通的文字或表格";
        told.tell(&codes::T324, "", "模板里有 ActiveX 控件".to_owned(), help);
    }
}

/// Takes the mail merge out of the settings, and says whether there was one. Word connects by the
/// connectString in it alone, without any relation.
fn take_out_mail_merge(parts: &mut [Part]) -> bool {
    let mut found = false;
    for part in parts {
        let Ok(xml) = std::str::from_utf8(&part.bytes) else { continue };
        if !xml.contains("mailMerge") || root(xml).as_deref() != Some("settings") {
            continue;
        }
        let kept = without(xml, &["mailMerge"]);
        if kept != xml {
            part.bytes = kept.into_bytes();
            found = true;
        }
    }
    found
}

/// The name of the outermost element.
fn root(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{FEFF}'));
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(local(&tag).to_owned()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// A name without its prefix.
fn local<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    let name: &'a str = tag.name().into_inner();
    name.rsplit(':').next().unwrap_or(name)
}

/// XML without elements of these names, whatever their prefix.
fn without(xml: &str, names: &[&str]) -> String {
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len());
    let mut kept = 0;
    let mut depth = 0_usize;
    let at = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(0);
    loop {
        let before = at(&reader);
        let Ok(event) = reader.read_event() else { return xml.to_owned() };
        match event {
            Event::Start(tag) if depth > 0 || names.contains(&local(&tag)) => {
                if depth == 0 {
                    out.push_str(&xml[kept..before]);
                }
                depth += 1;
            }
            Event::End(_) if depth > 0 => {
                depth -= 1;
                kept = at(&reader);
            }
            Event::Empty(tag) if depth == 0 && names.contains(&local(&tag)) => {
                out.push_str(&xml[kept..before]);
                kept = at(&reader);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if depth == 0 {
        out.push_str(&xml[kept..]);
    }
    out
}
