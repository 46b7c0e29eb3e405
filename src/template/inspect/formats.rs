//! Tags in two formats: what is filled in has that of one character only.

use std::collections::HashMap;

use super::{Hints, Story};
use crate::diagnostic::codes;
use crate::template::expression::Body;
use crate::template::index::{Index, Kind, attribute};

/// What of a run's format nobody sees: languages, marks of the spelling check, the look of scripts
/// that are written from the right.
const UNSEEN: [&str; 6] = ["w:lang", "w:noProof", "w:rPrChange", "w:bCs", "w:iCs", "w:szCs"];

/// The fonts of a run that count; `w:hint` only says which of them a sign takes.
const FONTS: [&str; 6] =
    ["w:ascii", "w:hAnsi", "w:eastAsia", "w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"];

/// Tells the tags of a part that hold letters in two formats.
pub(super) fn find(story: &Story<'_>, hints: &mut Hints<'_>) {
    let Story { part, bodies, .. } = story;
    let index = part.index;
    let mut looks: HashMap<usize, String> = HashMap::new();
    for (at, (tag, body)) in part.tags.iter().zip(bodies).enumerate() {
        let prints = matches!(body, Body::Print { .. });
        if !prints || index.ancestor(part.node(at), Kind::Fallback).is_some() {
            continue;
        }
        let chars = part.chars(at);
        // Braces, dots and blanks print nothing.
        let letters = || chars.iter().filter(|char| char.c.is_alphanumeric());
        let mut look = |run: usize| looks.entry(run).or_insert_with(|| look(index, run)).clone();
        let donor = look(tag.donor);
        let Some(first) = letters().find(|char| char.run == tag.donor) else { continue };
        if letters().all(|char| char.run == tag.donor || look(char.run) == donor) {
            continue;
        }
        let words: String = chars.iter().map(|char| char.c).collect();
        let message = format!("标签里有两种格式，填进去的字照“{}”的格式", first.c);
        let help = "选中整个标签，重新设一次字体、字号、加粗和颜色";
        hints.tell_at(story, part.node(at), &codes::T338, &message, help, &words);
    }
}

/// The format of a run as far as it is seen.
fn look(index: &Index<'_>, run: usize) -> String {
    let Some(props) = index.child(run, Kind::RunProps) else { return String::new() };
    let mut out = String::new();
    for child in index.children(props) {
        let (name, raw) = (index.name(child), index.raw(child));
        if name == "w:rFonts" {
            for slot in FONTS {
                if let Some(font) = attribute(raw, slot) {
                    out.push_str(&format!("{slot}={font} "));
                }
            }
        } else if !UNSEEN.contains(&name) {
            out.push_str(raw);
        }
    }
    out
}
