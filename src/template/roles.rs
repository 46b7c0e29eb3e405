//! What the paragraph styles of a template mean to settling, by their names in styles.xml.

use std::collections::BTreeMap;

use crate::template::fold::fold_name;
use crate::template::index::attribute;
use crate::template::styles;

/// What a paragraph style means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading of level 1 to 4.
    Heading(u8),
    /// 公文标题.
    Title,
    /// 附件标题.
    AnnexTitle,
    /// 附件标签.
    AnnexLabel,
    /// 附件说明.
    AnnexNote,
    /// 署名, sealed or not.
    Signer(bool),
    /// 成文日期, sealed or not.
    Date(bool),
}

/// The styles of a template that mean something.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    by_id: BTreeMap<String, Role>,
    /// Whether the template has our styles; in another's, headings are left as they are.
    pub ours: bool,
    /// The id of the character style of marks, where the template has it.
    pub mark: Option<String>,
    /// Styles that number their paragraphs themselves.
    numbered: BTreeMap<String, ()>,
    /// Size and character spacing of the default paragraph style, in twips.
    character: Option<(i32, i32)>,
}

impl Roles {
    /// Reads styles.xml.
    pub fn read(xml: &str) -> Self {
        let mut roles = Self::default();
        for piece in xml.split("<w:style ").skip(1) {
            let piece = piece.split("</w:style>").next().unwrap_or_default();
            let tag = format!("<w:style {piece}");
            let Some(id) = attribute(&tag, "w:styleId") else { continue };
            let Some(name) = piece.find("<w:name").and_then(|at| attribute(&piece[at..], "w:val"))
            else {
                continue;
            };
            let folded = fold_name(name).to_lowercase();
            roles.ours |= folded == key(styles::TITLE.name);
            if folded == key(styles::MARK.name) {
                roles.mark = Some(id.to_owned());
            }
            if tag.contains("w:type=\"paragraph\"") && attribute(&tag, "w:default") == Some("1") {
                roles.character = character(piece);
            }
            if piece.contains("<w:numPr>") {
                roles.numbered.insert(id.to_owned(), ());
            }
            if let Some(role) = role(&folded) {
                roles.by_id.insert(id.to_owned(), role);
            }
        }
        roles
    }

    /// The meaning of a style id.
    pub fn get(&self, id: &str) -> Option<Role> {
        self.by_id.get(id).copied()
    }

    /// One 字 of the body in twips: a character with its spacing (16 pt − 5 = 315).
    pub fn cell(&self) -> i32 {
        let (size, spacing) = self.character.unwrap_or((320, -5));
        size + spacing
    }

    /// Whether a style numbers its paragraphs.
    pub fn is_numbered(&self, id: &str) -> bool {
        self.numbered.contains_key(id)
    }
}

/// Size and spacing of a style's characters, in twips.
fn character(style: &str) -> Option<(i32, i32)> {
    let run = &style[style.find("<w:rPr>")?..];
    let value = |element: &str| -> Option<i32> {
        attribute(&run[run.find(element)?..], "w:val")?.parse().ok()
    };
    Some((value("<w:sz ")? * 10, value("<w:spacing ").unwrap_or(0)))
}

fn key(name: &str) -> String {
    fold_name(name).to_lowercase()
}

/// The level of a heading by the folded name of its style. Word's own names are `heading 1`, WPS
/// writes 标题 1 at times.
pub(super) fn heading_level(folded: &str) -> Option<u8> {
    let digits = folded.strip_prefix("heading").or_else(|| folded.strip_prefix("标题"))?;
    digits.parse().ok().filter(|_| digits.len() == 1)
}

/// The meaning of a folded name.
fn role(folded: &str) -> Option<Role> {
    if let Some(level @ 1..=4) = heading_level(folded) {
        return Some(Role::Heading(level));
    }
    [
        (styles::TITLE.name, Role::Title),
        (styles::ANNEX_TITLE.name, Role::AnnexTitle),
        (styles::ANNEX_LABEL.name, Role::AnnexLabel),
        (styles::ANNEX_NOTE.name, Role::AnnexNote),
        (styles::SIGNER.name, Role::Signer(false)),
        (styles::SIGNER_SEALED.name, Role::Signer(true)),
        (styles::DATE.name, Role::Date(false)),
        (styles::DATE_SEALED.name, Role::Date(true)),
    ]
    .into_iter()
    .find(|(name, _)| key(name) == folded)
    .map(|(_, role)| role)
}
