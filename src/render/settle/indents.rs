//! Widths of text and indents of paragraphs, in twips (study/format.md §10).

use super::Edits;

/// A digit or a Latin letter in 16 pt with the body's spacing.
const LATIN: i32 = 155;
/// A full stop or a comma of the Latin font.
const STOP: i32 = 75;

/// The width of a text on one line, good to about a millimetre.
pub(super) fn width(text: &str, cell: i32) -> i32 {
    text.chars()
        .map(|c| match c {
            '.' | ',' | ':' | ';' | ' ' => STOP,
            c if c.is_ascii() => LATIN,
            _ => cell,
        })
        .sum()
}

/// Sets the indent of a paragraph in place of its own: attributes of `w:ind`, and an alignment.
pub(super) fn set(paragraph: usize, attributes: &str, align: Option<&str>, edits: &mut Edits<'_>) {
    edits.set(paragraph, "w:pPr", "w:ind", format!("<w:ind {attributes}/>"));
    if let Some(align) = align {
        edits.set(paragraph, "w:pPr", "w:jc", format!("<w:jc w:val=\"{align}\"/>"));
    }
}
