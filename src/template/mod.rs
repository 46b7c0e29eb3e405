//! Turns a template into something that can be filled many times.
//!
//! A text template (`.md`) is laid out once, tags unevaluated, as a tagged Word template
//! ([`text`]); a Word template, laid out or made by a clerk, is compiled into a skeleton for
//! handlebars and numbered chunks of raw XML ([`compile`]). Every fault is found before a paper
//! is rendered, over both branches of every condition.

use crate::diagnostic::Outcome;
use crate::facts::Fields;
use crate::kit::Layout;

/// A compiled template.
#[derive(Debug)]
pub struct Compiled {}

/// Lays a text template out as a tagged Word template: the bytes of a .docx.
///
/// `sealed` says how 署名 and 成文日期 are placed (用印).
pub fn lay_out(name: &str, text: &str, layout: &Layout, sealed: bool) -> Outcome<Vec<u8>> {
    let _ = (name, text, layout, sealed);
    Outcome::clean(Vec::new())
}

/// Compiles a tagged Word template against the fields it may use.
pub fn compile(name: &str, docx: &[u8], fields: &Fields) -> Outcome<Option<Compiled>> {
    let _ = (name, docx, fields);
    Outcome::clean(None)
}
