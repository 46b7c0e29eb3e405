//! What the paragraph styles of a template mean to settling, by their names in styles.xml.

use std::collections::{BTreeMap, BTreeSet};

use crate::template::fold::fold_name;
use crate::template::index::{Index, Kind, attribute};
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
    numbered: BTreeSet<String>,
    /// Size and character spacing of the default paragraph style, in twips.
    character: Option<(i32, i32)>,
}

impl Roles {
    /// Reads styles.xml.
    pub fn read(sheet: &Index<'_>) -> Self {
        let mut roles = Self::default();
        for (id, at) in sheet.styles() {
            let Some(name) = sheet.value(at, "w:name").map(key) else { continue };
            roles.ours |= name == key(styles::TITLE.name);
            if name == key(styles::MARK.name) {
                roles.mark = Some(id.to_owned());
            }
            let says = |name| attribute(sheet.raw(at), name);
            if says("w:type") == Some("paragraph") && says("w:default") == Some("1") {
                roles.character = character(sheet, at);
            }
            let props = sheet.child(at, Kind::ParagraphProps);
            if props.is_some_and(|props| sheet.named(props, "w:numPr").next().is_some()) {
                roles.numbered.insert(id.to_owned());
            }
            roles.by_id.extend(role(&name).map(|role| (id.to_owned(), role)));
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
        self.numbered.contains(id)
    }
}

/// Size and spacing of a style's characters, in twips.
fn character(sheet: &Index<'_>, style: usize) -> Option<(i32, i32)> {
    let props = sheet.child(style, Kind::RunProps)?;
    let value = |name: &str| sheet.value(props, name)?.parse::<i32>().ok();
    Some((value("w:sz")? * 10, value("w:spacing").unwrap_or(0)))
}

/// The name of a style as it is compared.
pub(super) fn key(name: &str) -> String {
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
