//! Diagnostics as a person reads them: level, code, place, what is wrong → what to do.

use std::borrow::Borrow;

use super::{Diagnostic, Severity};
use crate::place::Sources;

/// 错误, 警告 or 提示.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}

/// One complaint on one line.
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
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
pub fn sort<D: Borrow<Diagnostic>>(diagnostics: &mut [D]) {
    diagnostics.sort_by_key(|diagnostic| {
        let diagnostic = diagnostic.borrow();
        (std::cmp::Reverse(diagnostic.severity), diagnostic.place.cell())
    });
}

/// How many of each level, in words; nothing where there are none.
pub fn tally(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| format!("{}{}条", level(severity), count(severity)))
        .collect();
    parts.join("，")
}
