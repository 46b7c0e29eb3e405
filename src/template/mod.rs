//! Turns a template into something that can be filled many times.
//!
//! A text template (`.md`) is laid out once, tags unevaluated, as a tagged Word template
//! ([`text`]); a Word template, laid out or made by a clerk, is compiled into a skeleton for
//! handlebars and numbered chunks of raw XML ([`compile()`]). Every fault is found before a paper
//! is rendered, over both branches of every condition.

pub mod blocks;
pub mod compile;
pub mod compiled;
mod complaints;
pub mod expression;
pub mod fold;
pub mod helpers;
pub mod index;
pub mod lift;
mod marks;
mod placing;
pub mod resolve;
pub mod roles;
pub mod schema;
mod scoping;
pub mod skeleton;
mod stories;
pub mod styles;
pub mod tags;
pub mod text;
mod unresolved;
pub mod used;

use crate::diagnostic::{Diagnostic, Location, Outcome, Severity, TemplateSpot, codes};
use crate::facts::Fields;
use crate::kit::Layout;
use crate::package::{self, Limits};

pub use compile::compile_parts;
pub use compiled::{BlockInfo, Compiled, Tag};

/// Bounds on a template's package: templates are strangers' files (study/reliability.md).
const LIMITS: Limits = Limits { entries: 2_000, bytes: 256 << 20 };

/// Lays a text template out as a tagged Word template: the bytes of a .docx.
///
/// `sealed` says how 署名 and 成文日期 are placed (用印).
pub fn lay_out(name: &str, text: &str, layout: &Layout, sealed: bool) -> Outcome<Vec<u8>> {
    let laid = text::lay_out_parts(name, text, layout, sealed);
    Outcome { value: crate::package::write(&laid.value), diagnostics: laid.diagnostics }
}

/// Lays a text template out and compiles it: as [`lay_out`] and [`compile()`] in one, but faults
/// tell the line of the text.
pub fn compile_text(
    name: &str,
    text: &str,
    layout: &Layout,
    sealed: bool,
    fields: &Fields,
) -> Outcome<Option<Compiled>> {
    let laid = text::lay_out(name, text, layout, sealed);
    let mut diagnostics = laid.diagnostics;
    if diagnostics.iter().any(|found| found.severity == Severity::Error) {
        return Outcome { value: None, diagnostics };
    }
    let text::LaidOut { parts, tag_lines } = laid.value;
    let compiled = compile::compile_lines(name, parts, fields, &tag_lines);
    diagnostics.extend(compiled.diagnostics);
    Outcome { value: compiled.value, diagnostics }
}

/// Compiles a tagged Word template against the fields it may use.
pub fn compile(name: &str, docx: &[u8], fields: &Fields) -> Outcome<Option<Compiled>> {
    let read = package::read(name, docx, LIMITS);
    let mut diagnostics = read.diagnostics;
    if read.value.is_empty() {
        if diagnostics.is_empty() {
            let spot = TemplateSpot { template: name.to_owned(), ..TemplateSpot::default() };
            diagnostics.push(
                Diagnostic::new(&codes::T312, "文件不是 Word 文档（.docx）")
                    .help("在 Word 或 WPS 中打开后另存为 .docx")
                    .located(Location::Template(spot)),
            );
        }
        return Outcome { value: None, diagnostics };
    }
    let compiled = compile_parts(name, read.value, fields);
    diagnostics.extend(compiled.diagnostics);
    Outcome { value: compiled.value, diagnostics }
}
