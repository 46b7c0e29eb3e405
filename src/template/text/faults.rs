//! Collects what is wrong with a text template, each with its line.

use crate::diagnostic::TemplateSpot;
use crate::diagnostic::{Code, Diagnostic, Location};

/// The template's name, and what was found in it so far.
#[derive(Debug)]
pub(super) struct Faults<'a> {
    template: &'a str,
    found: Vec<Diagnostic>,
}

impl<'a> Faults<'a> {
    /// Nothing found yet.
    pub(super) fn new(template: &'a str) -> Self {
        Self { template, found: Vec::new() }
    }

    /// Notes a fault at a line; `quote` is what stands there.
    pub(super) fn at(
        &mut self,
        code: &'static Code,
        line: u32,
        quote: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let spot = TemplateSpot {
            template: self.template.to_owned(),
            line,
            text: shortened(quote),
            ..TemplateSpot::default()
        };
        let told = Diagnostic::new(code, message).located(Location::Template(spot)).help(help);
        if self.found.last() != Some(&told) {
            self.found.push(told);
        }
    }

    /// Everything found, by line.
    pub(super) fn into_vec(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|found| found.place.spot().map_or(0, |spot| spot.line));
        self.found
    }
}

/// The first words, enough to find the place.
fn shortened(quote: &str) -> String {
    const ENOUGH: usize = 24;
    if quote.chars().count() <= ENOUGH {
        return quote.to_owned();
    }
    quote.chars().take(ENOUGH).chain(['…']).collect()
}
