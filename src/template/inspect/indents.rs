//! First-line indents that have lost their 2字符: LibreOffice keeps the length and drops the
//! count of characters when it saves a file.

use super::{Hints, Story};
use crate::diagnostic::codes;
use crate::template::index::{Index, Kind, attribute};
use crate::template::roles::key;
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

/// Whether the properties in a paragraph or a style indent by a length and no count of characters.
fn has_lost(index: &Index<'_>, at: usize) -> bool {
    let props = index.child(at, Kind::ParagraphProps);
    let Some(indent) = props.and_then(|props| index.named(props, "w:ind").next()) else {
        return false;
    };
    let says = |name| attribute(index.raw(indent), name);
    let length = says("w:firstLine").and_then(|text| text.parse::<i32>().ok());
    length.is_some_and(|length| length > 0) && says("w:firstLineChars").is_none()
}

/// Our styles in a stylesheet, where it has that of the body: id, name, element.
fn ours<'a>(sheet: Option<&Index<'a>>) -> Vec<(&'a str, &'static str, usize)> {
    let Some(sheet) = sheet else { return Vec::new() };
    let ours = sheet.styles().filter_map(|(id, at)| {
        let name = key(sheet.value(at, "w:name")?);
        let known = INDENTED.iter().find(|style| key(style.name) == name)?;
        Some((id, known.name, at))
    });
    let ours: Vec<_> = ours.collect();
    let has_body = ours.iter().any(|(_, name, _)| *name == styles::BODY.name);
    if has_body { ours } else { Vec::new() }
}

/// Tells the styles.
pub(super) fn styles(sheet: Option<&Index<'_>>, hints: &mut Hints<'_>) {
    let Some(index) = sheet else { return };
    let lost = ours(sheet).into_iter().filter(|(.., at)| has_lost(index, *at));
    let lost: Vec<String> = lost.map(|(_, name, _)| name.replace("heading ", "标题")).collect();
    if !lost.is_empty() {
        let names = lost.join("、");
        let message = format!("样式“{names}”的首行缩进只剩固定的长度，没有了“2字符”");
        hints.tell(&codes::T334, message, HELP);
    }
}

/// Tells the paragraphs of our styles that have such an indent of their own: the first, with
/// their number.
pub(super) fn paragraphs(story: &Story<'_>, sheet: Option<&Index<'_>>, hints: &mut Hints<'_>) {
    let ours = ours(sheet);
    let index = story.part.index;
    let lost: Vec<usize> = index
        .of_kind(Kind::Paragraph)
        .filter(|at| index.style(*at).is_some_and(|style| ours.iter().any(|(id, ..)| *id == style)))
        .filter(|at| has_lost(index, *at))
        .collect();
    let Some(first) = lost.first() else { return };
    let more =
        if lost.len() > 1 { format!("（这样的有{}段）", lost.len()) } else { String::new() };
    let message = format!("这一段的首行缩进只剩固定的长度，没有了“2字符”{more}");
    hints.tell_at(story, *first, &codes::T334, &message, HELP, &index.text(*first));
}
