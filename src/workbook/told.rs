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
    /// By the id of a code: how many there were.
    counts: BTreeMap<&'static str, (&'static Code, usize)>,
}

impl Told {
    /// Tells one more.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let code = diagnostic.code;
        let (_, count) = self.counts.entry(code.id).or_insert((code, 0));
        *count += 1;
        if *count <= NAMED {
            self.named.push(diagnostic);
        }
    }

    /// Everything, with a line for what was not named.
    pub(super) fn finish(self, sheet: Place) -> Vec<Diagnostic> {
        let many = self.counts.into_values().filter(|(_, count)| *count > NAMED);
        let rest = many.map(|(code, count)| {
            let message = format!("同类问题还有 {} 处", count - NAMED);
            Diagnostic::new(code, message).help("改法相同").at(sheet)
        });
        self.named.into_iter().chain(rest).collect()
    }
}
