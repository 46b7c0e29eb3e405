//! Whom of the roster a text names: units by their names and short names, leaders by theirs.

use std::collections::{BTreeMap, BTreeSet};

use super::case::Case;
use crate::ledger::Subject;

/// The names of a roster.
pub(super) struct Names<'a> {
    names: BTreeMap<&'a str, Subject>,
    /// How long names are, in characters, the longest first.
    lengths: Vec<usize>,
}

impl<'a> Names<'a> {
    /// Gathers the names; one that two have is nobody's.
    pub(super) fn new(case: &Case<'a>) -> Self {
        let mut all: BTreeMap<&str, BTreeSet<Subject>> = BTreeMap::new();
        for (id, unit) in case.units() {
            for name in [&unit.name].into_iter().chain(&unit.aliases) {
                all.entry(name).or_default().insert(Subject::Unit(id));
            }
        }
        for (id, leader) in case.leaders() {
            all.entry(&leader.name).or_default().insert(Subject::Leader(id));
        }
        let only = |(name, of): (&'a str, BTreeSet<Subject>)| {
            let long = name.chars().nth(1).is_some();
            of.first().filter(|_| long && of.len() == 1).map(|subject| (name, *subject))
        };
        let names: BTreeMap<&str, Subject> = all.into_iter().filter_map(only).collect();
        let lengths: BTreeSet<usize> = names.keys().map(|name| name.chars().count()).collect();
        Self { names, lengths: lengths.into_iter().rev().collect() }
    }

    /// Everyone that a text names, in its order, each once; where names overlap the longer counts.
    pub(super) fn in_text(&self, text: &str) -> Vec<Subject> {
        let starts: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at + 1 < starts.len() {
            let named = self.lengths.iter().find_map(|length| {
                let end = *starts.get(at + length)?;
                self.names.get(&text[starts[at]..end]).map(|subject| (*subject, *length))
            });
            if let Some((subject, _)) = named
                && !found.contains(&subject)
            {
                found.push(subject);
            }
            at += named.map_or(1, |(_, length)| length);
        }
        found
    }
}
