//! Writes a copy of a Word template with a comment at each fault. Comments stand in the main
//! document only: what is wrong elsewhere is gathered in one comment at its beginning.

use crate::diagnostic::{Diagnostic, TemplateSpot};
use crate::package::comments::{Note, add};
use crate::package::{self, Part, register};

use super::LIMITS;
use super::index::{Index, Kind};
use super::stories::BODY;

/// The copy; nothing where the file cannot be read so far that comments can be put in.
pub fn annotate(name: &str, docx: &[u8], found: &[Diagnostic]) -> Option<Vec<u8>> {
    let mut parts = package::read(name, docx, LIMITS).value;
    let notes = notes(&parts, found)?;
    add(&mut parts, &notes);
    Some(package::write(&parts))
}

fn notes(parts: &[Part], found: &[Diagnostic]) -> Option<Vec<Note>> {
    let document = register::body(parts)?;
    // Anchors count bytes of the part as it stands, mark and all.
    let xml = std::str::from_utf8(&document.bytes).ok()?;
    let bare = xml.trim_start_matches('\u{FEFF}');
    let offset = xml.len() - bare.len();
    let index = Index::read(bare).ok()?;
    let paragraphs: Vec<usize> = index.of_kind(Kind::Paragraph).collect();
    let anchor = |paragraph: usize| {
        // Word takes no comment inside a text box: it goes to the paragraph around it.
        let around = index.upwards(paragraph).filter(|&at| index.nodes[at].kind == Kind::Paragraph);
        let outer = around.last().unwrap_or(paragraph);
        let node = &index.nodes[outer];
        let start = index.content(outer);
        (node.close < node.end).then(|| start + offset..node.close + offset)
    };
    let mut notes = Vec::new();
    let mut elsewhere: Vec<String> = Vec::new();
    for diagnostic in found {
        let spot = diagnostic.place.spot();
        let place = spot.filter(|spot| spot.part == BODY && spot.paragraph > 0).and_then(|spot| {
            let paragraph = *paragraphs.get(spot.paragraph as usize - 1)?;
            anchor(paragraph)
        });
        match place {
            Some(anchor) => notes.push(Note { anchor, text: words(diagnostic, "") }),
            None => {
                let place = spot.map_or_else(String::new, |spot| {
                    TemplateSpot { template: String::new(), ..spot.clone() }.show()
                });
                elsewhere.push(words(diagnostic, &place));
            }
        }
    }
    if !elsewhere.is_empty() {
        let first = paragraphs.iter().find_map(|paragraph| anchor(*paragraph))?;
        notes.insert(0, Note { anchor: first, text: elsewhere.join("\n") });
    }
    Some(notes)
}

/// The words of a comment. Braces are parted: comments are filled like all text, and a copy that
/// is checked again must not find tags in what was said of them.
fn words(diagnostic: &Diagnostic, place: &str) -> String {
    let lead = if place.is_empty() { String::new() } else { format!("{place}：") };
    let help = if diagnostic.help.is_empty() {
        String::new()
    } else {
        format!("\n改法：{}", diagnostic.help)
    };
    let text = format!("{lead}{}（{}）{help}", diagnostic.message, diagnostic.code.id);
    // Twice, for three braces in a row.
    let part = |text: String| text.replace("{{", "{ {").replace("}}", "} }");
    part(part(text.replace('｛', "{").replace('｝', "}")))
}
