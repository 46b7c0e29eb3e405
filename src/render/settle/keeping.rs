//! The signature never stands alone on a page: the last paragraph of the text, the 附件说明 and the
//! blank lines before a 署名 are kept with it (GB/T 9704 7.3.5; no 此页无正文).

use super::{Edit, Scene};
use crate::template::index::Kind;
use crate::template::roles::Role;

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Vec<Edit>) {
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

/// Sets `w:keepNext`, where the schema wants it: first, after the style.
fn keep(scene: &Scene<'_>, paragraph: usize, edits: &mut Vec<Edit>) {
    const KEEP: &str = "<w:keepNext/>";
    let index = scene.index;
    let Some(props) = index.child(paragraph, Kind::ParagraphProps) else {
        edits.push(Edit::insert(index.nodes[paragraph].inner, format!("<w:pPr>{KEEP}</w:pPr>")));
        return;
    };
    let children: Vec<&str> = index.children(props).map(|child| index.raw(child)).collect();
    if children.iter().any(|raw| raw.starts_with("<w:keepNext")) {
        return;
    }
    let style = index.children(props).find(|child| index.raw(*child).starts_with("<w:pStyle"));
    let at = style.map_or(index.nodes[props].inner, |style| index.nodes[style].end);
    edits.push(Edit::insert(at, KEEP));
}
