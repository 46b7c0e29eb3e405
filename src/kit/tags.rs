//! What a row's 责任项 means: a duty's id, a print line's name, or neither.

use unicode_normalization::UnicodeNormalization;

use super::regime::{DutyId, Line, LineId, Regime};

/// What a tag names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// One duty, by its id or its very text.
    Duty(DutyId),
    /// A print line, by its name or another of its names.
    Line(LineId),
}

impl Regime {
    /// What a tag names, if anything: `A4.1`, `ａ４．１`, 专题研究, 专题研究（每年不少于2次）,
    /// 意识形态专题研究, or a duty's text.
    ///
    /// Width, case, blanks and a bracket at the end do not matter. Near misses are not guessed:
    /// see [`Regime::tag_names`].
    pub fn resolve_tag(&self, tag: &str) -> Option<Tag> {
        let typed = fold(tag);
        if typed.is_empty() {
            return None;
        }
        if let Some(duty) = self.duties.keys().find(|id| fold(id) == typed) {
            return Some(Tag::Duty(duty.clone()));
        }
        if let Some(line) = self.find_line(tag) {
            return Some(Tag::Line(line.id.clone()));
        }
        self.duties.values().find(|d| fold(&d.text) == typed).map(|d| Tag::Duty(d.id.clone()))
    }

    /// The print line of an id, a name or another of its names.
    pub fn find_line(&self, name: &str) -> Option<&Line> {
        let typed = fold(name);
        let bare = typed.split('(').next().unwrap_or("").to_owned();
        let named = |wanted: &str| {
            self.lines.values().find(|line| {
                let mut names = [&line.id, &line.name].into_iter().chain(&line.aliases);
                names.any(|known| fold(known) == wanted)
            })
        };
        if typed.is_empty() { None } else { named(&typed).or_else(|| named(&bare)) }
    }

    /// Every name that a tag may have, for near misses: ids, then names of lines, in order.
    pub fn tag_names(&self) -> Vec<&str> {
        let ids = self.duties.keys().map(String::as_str);
        let lines = self.lines.values().flat_map(|line| {
            std::iter::once(line.name.as_str()).chain(line.aliases.iter().map(String::as_str))
        });
        ids.chain(lines).collect()
    }
}

/// Half-width, lower case, no blanks: how names are compared.
pub(super) fn fold(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
