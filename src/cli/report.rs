//! Complaints as a person reads them: level, code, place, what is wrong → what to do.

use crate::diagnostic::{Diagnostic, Kind, Location, Severity};
use crate::place::Sources;

/// 错误, 警告 or 提示.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}

/// One complaint on one line.
pub(super) fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.place.show(sources);
    let place = if place.is_empty() { place } else { format!("{place} ") };
    let help = if diagnostic.help.is_empty() {
        String::new()
    } else {
        format!(" → {}", diagnostic.help)
    };
    let source = diagnostic.source.map(|cell| format!("← {} ", sources.show(cell)));
    format!(
        "{} {} {place}{}{}{help}",
        level(diagnostic.severity),
        diagnostic.code.id,
        source.unwrap_or_default(),
        diagnostic.message
    )
}

/// Sorts by loudness, then by file, sheet and cell, keeping the order of what is alike.
pub(super) fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| {
        let place = match &diagnostic.place {
            Location::Cell(place) => Some(*place),
            Location::Nowhere
            | Location::File(_)
            | Location::Template(_)
            | Location::Paper { .. } => None,
        };
        (std::cmp::Reverse(diagnostic.severity), place)
    });
}

/// How many of each level, in words; nothing where there are none.
pub(super) fn tally(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| format!("{}{}条", level(severity), count(severity)))
        .collect();
    parts.join("，")
}

/// Whether the data has errors: a shortfall is content and never one (invariant 14).
pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error && d.code.kind != Kind::Shortfall)
}

/// Whether a template or the kit has faults, by the letter of the code.
pub(super) fn has_template_faults(diagnostics: &[Diagnostic]) -> bool {
    let mut errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.any(|d| {
        let word = matches!(&d.place, Location::File(name) if name.ends_with(".docx"));
        word || d.code.id.starts_with(['T', 'D'])
    })
}
