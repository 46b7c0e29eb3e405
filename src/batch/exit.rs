//! How a run ended, as a class that a script can tell apart (DESIGN.md §4).

use crate::diagnostic::{Diagnostic, Kind, Location, Severity, Stage, codes};

/// The exit code of a run. Where several apply, the largest is given: it names the trouble that
/// is to be fixed first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything fine.
    #[default]
    Fine = 0,
    /// The data has errors, or some papers could not be made.
    Findings = 1,
    /// The command line was wrong.
    Usage = 2,
    /// A template or the kit has faults.
    Template = 3,
    /// A file could not be read or written.
    Files = 4,
    /// Our bug.
    Internal = 70,
    /// Stopped from outside before everything was done.
    Interrupted = 130,
}

impl Exit {
    /// What diagnostics come to: a shortfall is content and never an error (invariant 14).
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let class = |found: &Diagnostic| match (found.code.stage, &found.place) {
            (Stage::Template | Stage::Kit, _) => Self::Template,
            (Stage::Output, _) if found.code.id == codes::O105.id => Self::Files,
            (Stage::Output, _) => Self::Findings,
            (_, Location::File(name)) if name.ends_with(".docx") => Self::Template,
            _ if found.code.kind == Kind::Shortfall => Self::Fine,
            _ => Self::Findings,
        };
        errors.map(class).max().unwrap_or_default()
    }
}
