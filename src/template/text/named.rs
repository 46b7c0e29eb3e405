//! The named blocks of a text template: `::: 主送` … `:::`.

/// A named block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// 主送机关.
    Addressee,
    /// Byline and date under the title.
    UnderTitle,
    /// 署名 and 成文日期.
    Signature,
    /// The list of annexes.
    AnnexNote,
    /// An annex, on a page of its own.
    Annex,
    /// Landscape pages.
    Landscape,
    /// 附注.
    Note,
    /// A line above or below a table.
    TableNote,
}

/// Every named block by its name.
const NAMES: &[(&str, Named)] = &[
    ("主送", Named::Addressee),
    ("题下", Named::UnderTitle),
    ("落款", Named::Signature),
    ("附件说明", Named::AnnexNote),
    ("附件", Named::Annex),
    ("横排", Named::Landscape),
    ("附注", Named::Note),
    ("表注", Named::TableNote),
];

impl Named {
    /// Finds a block by what stands behind `:::`.
    pub(super) fn find(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|&(_, named)| named)
    }

    /// The names, for near misses.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|&(name, _)| name)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, named)| *named == self).map_or("", |&(name, _)| name)
    }

    /// Whether other blocks may stand inside.
    pub(super) fn holds_blocks(self) -> bool {
        matches!(self, Self::Annex | Self::Landscape)
    }

    /// Whether each line inside is a paragraph of its own.
    pub(super) fn line_by_line(self) -> bool {
        match self {
            Self::UnderTitle | Self::Signature | Self::AnnexNote | Self::TableNote => true,
            Self::Addressee | Self::Annex | Self::Landscape | Self::Note => false,
        }
    }
}

/// What a line says, if it is a `:::` line: the name behind it, empty for an end.
pub(super) fn fence(line: &str) -> Option<&str> {
    let rest = line.trim().trim_start_matches([':', '：']);
    let colons = line.trim().chars().take_while(|c| matches!(c, ':' | '：')).count();
    (colons >= 3).then(|| rest.trim())
}
