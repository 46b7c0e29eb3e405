//! Gathers what is told of one sheet, at most a screenful of each kind: a broken column of ten
//! thousand cells is one trouble, not ten thousand.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;

/// Of one kind, this many cells are named.
const NAMED: usize = 20;

/// What is told of a sheet.
#[derive(Default)]
pub(super) struct Told {
    named: Vec<Diagnostic>,
    left_out: BTreeMap<&'static str, (&'static Code, usize)>,
    counts: BTreeMap<&'static str, usize>,
}

impl Told {
    /// Tells one more.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let code = diagnostic.code;
        let count = self.counts.entry(code.id).or_default();
        *count += 1;
        if *count <= NAMED {
            self.named.push(diagnostic);
        } else {
            self.left_out.entry(code.id).or_insert((code, 0)).1 += 1;
        }
    }

    /// Everything, with a line for what was not named.
    pub(super) fn finish(self, sheet: Place) -> Vec<Diagnostic> {
        let rest = self.left_out.into_values().map(|(code, count)| {
            Diagnostic::new(code, format!("同类问题还有 {count} 处")).help("改法相同").at(sheet)
        });
        self.named.into_iter().chain(rest).collect()
    }
}
