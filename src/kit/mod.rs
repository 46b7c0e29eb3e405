//! Loads a kit: the regime (责任清单.toml), the layout profile (版式.toml), the papers (文稿.toml),
//! the aspects by year (对照方面.toml), the fixed phrases (固定用语.toml) and the text templates.
//!
//! A kit is a folder of files given as bytes; a user's folder overlays the built-in one file by
//! file. Loading validates everything and names file, entry and cure. No duty, number or
//! sentence of a regime stands in code.

pub mod layout;
pub mod paper;
pub mod regime;

use std::collections::BTreeMap;

use crate::diagnostic::Outcome;

pub use layout::Layout;
pub use paper::{Paper, Skin, SubjectKind};
pub use regime::{
    CountIf, CountingRules, Duty, DutyHolder, DutyId, DutyKind, Line, LineId, Placement,
    Recognition, Regime, Scope, Window,
};

/// A kit's files by name (`自查报告-党组.md`).
pub type KitFiles = BTreeMap<String, Vec<u8>>;

/// A loaded kit.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The duties and how they are counted.
    pub regime: Regime,
    /// How papers look.
    pub layout: Layout,
    /// The papers that can be made, in their order.
    pub papers: Vec<Paper>,
    /// Aspects (对照方面) by year; a year that is not confirmed has none.
    pub aspects: BTreeMap<i16, Vec<String>>,
    /// Words that open sentences and tables, by their name (固定用语.toml).
    pub phrases: BTreeMap<String, String>,
    /// The template files, by name.
    pub templates: KitFiles,
}

/// Loads the built-in kit overlaid by a user's files.
pub fn load(overlay: &KitFiles) -> Outcome<Kit> {
    let _ = overlay;
    unreachable!("written by the next commit")
}
