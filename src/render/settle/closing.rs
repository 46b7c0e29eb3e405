//! 署名 and 成文日期 (GB/T 9704 7.3.5): indents from the width of what is printed.

use super::{Edits, Scene, indents};
use crate::template::roles::Role;

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Edits<'_>) {
    let mut signers: Vec<(usize, i32)> = Vec::new();
    for paragraph in scene.paragraphs.iter().filter(|p| !p.in_table) {
        match paragraph.role {
            Some(Role::Signer(_)) => {
                let width = indents::width(&paragraph.text, scene.cell);
                signers.push((paragraph.node, width));
            }
            Some(Role::Date(sealed)) => {
                let date = (paragraph.node, indents::width(&paragraph.text, scene.cell));
                let signers = std::mem::take(&mut signers);
                if sealed {
                    with_seal(scene, &signers, date, edits);
                } else {
                    without_seal(scene, &signers, date, edits);
                }
            }
            Some(
                Role::Heading(_)
                | Role::Title
                | Role::AnnexTitle
                | Role::AnnexLabel
                | Role::AnnexNote,
            ) => signers.clear(),
            None => {}
        }
    }
}

/// 7.3.5.1: the date four characters from the right, the name centred on it.
fn with_seal(
    scene: &Scene<'_>,
    signers: &[(usize, i32)],
    date: (usize, i32),
    edits: &mut Edits<'_>,
) {
    let edge = 4 * scene.cell;
    right(scene, date.0, edge, edits);
    for (node, width) in signers {
        right(scene, *node, (edge + (date.1 - width) / 2).max(0), edits);
    }
}

/// 7.3.5.2: the name two characters from the right, the date beginning two characters to the
/// right of the name; a date that is longer stands two from the right and the name moves left.
fn without_seal(
    scene: &Scene<'_>,
    signers: &[(usize, i32)],
    date: (usize, i32),
    edits: &mut Edits<'_>,
) {
    let two = 2 * scene.cell;
    let longest = signers.iter().map(|(_, width)| *width).max().unwrap_or(0);
    if signers.is_empty() || date.1 > longest {
        right(scene, date.0, two, edits);
        for (node, width) in signers {
            right(scene, *node, two + date.1 - width + two, edits);
        }
        return;
    }
    for (node, _) in signers {
        right(scene, *node, two, edits);
    }
    // Anchored at the left, so that a font with wider digits does not move it.
    let left = (scene.width - two - longest + two).max(0);
    let attributes =
        format!("w:leftChars=\"0\" w:left=\"{left}\" w:rightChars=\"0\" w:right=\"0\"");
    indents::set(date.0, &attributes, Some("left"), edits);
}

fn right(scene: &Scene<'_>, node: usize, twips: i32, edits: &mut Edits<'_>) {
    let twips = twips.clamp(0, scene.width - scene.cell);
    let attributes = format!("w:rightChars=\"0\" w:right=\"{twips}\"");
    indents::set(node, &attributes, None, edits);
}
