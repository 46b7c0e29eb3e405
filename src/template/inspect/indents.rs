//! First-line indents that have lost their 2字符: LibreOffice keeps the length and drops the
//! count of characters when it saves a file.

use super::{Hints, Story};
use crate::diagnostic::codes;
use crate::template::fold::fold_name;
use crate::template::index::{Kind, attribute};
use crate::template::styles;

/// Our styles whose first line is indented by two characters.
const INDENTED: [styles::Style; 6] = [
    styles::BODY,
    styles::NOTE,
    styles::HEADING_1,
    styles::HEADING_2,
    styles::HEADING_3,
    styles::HEADING_4,
];

const HELP: &str = "在 Word 或 WPS 里把首行缩进改回“2字符”；不改也能用，换字号时缩进不会跟着变";

/// Whether an indent has a length and no count of characters.
fn has_lost(raw: &str) -> bool {
    let Some(at) = raw.find("<w:ind ") else { return false };
    let tag = &raw[at..];
    let length = attribute(tag, "w:firstLine").and_then(|text| text.parse::<i32>().ok());
    length.is_some_and(|length| length > 0) && attribute(tag, "w:firstLineChars").is_none()
}

/// Our styles in a stylesheet: id, name, XML.
fn ours(stylesheet: &str) -> impl Iterator<Item = (String, &'static str, &str)> {
    stylesheet.split("<w:style ").skip(1).filter_map(|piece| {
        let piece = piece.split("</w:style>").next().unwrap_or_default();
        let tag = format!("<w:style {}>", piece.split('>').next().unwrap_or_default());
        let id = attribute(&tag, "w:styleId")?.to_owned();
        let name = attribute(&piece[piece.find("<w:name")?..], "w:val")?;
        let folded = fold_name(name).to_lowercase();
        let known = INDENTED.iter().find(|s| fold_name(s.name).to_lowercase() == folded)?;
        Some((id, known.name, piece))
    })
}

/// Tells the styles.
pub(super) fn styles(stylesheet: &str, hints: &mut Hints<'_>) {
    let mut ours_at_all = false;
    let mut lost = Vec::new();
    for (_, name, piece) in ours(stylesheet) {
        ours_at_all |= name == styles::BODY.name;
        if has_lost(piece) {
            lost.push(name.replace("heading ", "标题"));
        }
    }
    if ours_at_all && !lost.is_empty() {
        let names = lost.join("、");
        let message = format!("样式“{names}”的首行缩进只剩固定的长度，没有了“2字符”");
        hints.tell(&codes::T334, message, HELP);
    }
}

/// Tells the paragraphs of our styles that have such an indent of their own: the first, with
/// their number.
pub(super) fn paragraphs(story: &Story<'_>, stylesheet: &str, hints: &mut Hints<'_>) {
    let ids: Vec<String> = ours(stylesheet)
        .filter(|(_, _, _)| stylesheet.contains(styles::BODY.name))
        .map(|(id, _, _)| id)
        .collect();
    let index = story.part.index;
    let lost: Vec<usize> = (0..index.nodes.len())
        .filter(|at| index.nodes[*at].kind == Kind::Paragraph)
        .filter(|at| index.style(*at).is_some_and(|style| ids.iter().any(|id| id == style)))
        .filter(|at| {
            index.child(*at, Kind::ParagraphProps).is_some_and(|props| has_lost(index.raw(props)))
        })
        .collect();
    let Some(first) = lost.first() else { return };
    let more =
        if lost.len() > 1 { format!("（这样的有{}段）", lost.len()) } else { String::new() };
    let message = format!("这一段的首行缩进只剩固定的长度，没有了“2字符”{more}");
    hints.tell_at(story, *first, &codes::T334, &message, HELP, &index.text(*first));
}
