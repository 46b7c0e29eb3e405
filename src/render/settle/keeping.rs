//! The signature is not left alone on a page: the last paragraph of the text, the 附件说明 and the
//! blank lines before a 署名 are kept with it (GB/T 9704 7.3.5; no 此页无正文).

use super::{Edits, Scene};
use crate::template::index::Kind;
use crate::template::roles::Role;

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Edits<'_>) {
    let outside: Vec<_> = scene.paragraphs.iter().filter(|p| !p.in_table).collect();
    for (at, paragraph) in outside.iter().enumerate() {
        let first = at == 0 || !matches!(outside[at - 1].role, Some(Role::Signer(_)));
        if !first || !matches!(paragraph.role, Some(Role::Signer(_))) {
            continue;
        }
        for before in outside[..at].iter().rev() {
            let note = matches!(before.role, Some(Role::AnnexNote));
            let blank = before.role.is_none() && scene.index.text(before.node).trim().is_empty();
            if scene.ends_section(before.node) {
                break;
            }
            keep(scene, before.node, edits);
            if !note && !blank {
                break;
            }
        }
    }
}

/// Keeps a paragraph with the next, where it says nothing of that itself.
fn keep(scene: &Scene<'_>, paragraph: usize, edits: &mut Edits<'_>) {
    let index = scene.index;
    let props = index.child(paragraph, Kind::ParagraphProps);
    if props.is_none_or(|props| index.named(props, "w:keepNext").next().is_none()) {
        edits.set(paragraph, "w:pPr", "w:keepNext", "<w:keepNext/>");
    }
}
