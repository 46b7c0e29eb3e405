//! Turns a template into something that can be filled many times.
//!
//! A text template (`.md`) is laid out once, tags unevaluated, as a tagged Word template
//! ([`text`]); a Word template, laid out or made by a clerk, is compiled into a skeleton for
//! handlebars and numbered chunks of raw XML ([`compile()`]). Every fault is found before a paper
//! is rendered, over both branches of every condition.

pub mod blocks;
mod bodies;
pub(crate) mod breaks;
mod calls;
pub mod compile;
pub mod annotate;
pub mod compiled;
pub(crate) mod contents;
mod complaints;
mod dangers;
pub mod expression;
mod fields;
pub mod fold;
pub mod helpers;
pub mod index;
mod inspect;
pub mod lift;
pub(crate) mod lists;
pub mod marks;
mod placing;
pub mod resolve;
pub mod roles;
pub mod schema;
mod scoping;
pub mod skeleton;
mod slips;
mod stories;
pub mod styles;
pub mod tags;
pub mod text;
mod unresolved;
pub mod used;
mod whereabouts;

use crate::diagnostic::{Diagnostic, Location, Outcome, Severity, codes};
use crate::facts::Fields;
use crate::kit::Layout;
use std::collections::BTreeSet;

use crate::package::check::{self, Fault};
use crate::package::register::{self, TYPES};
use crate::package::{self, Limits, Part};

pub use compile::compile_parts;
pub use compiled::{BlockInfo, Compiled, Tag};

use compiled::CompiledPart;
pub use inspect::Survey;

/// Bounds on a template's package: templates are strangers' files (study/reliability.md).
const LIMITS: Limits = Limits { entries: 2_000, bytes: 256 << 20 };

/// Lays a text template out as a tagged Word template: the bytes of a .docx.
///
/// `sealed` says how 署名 and 成文日期 are placed (用印).
pub fn lay_out(name: &str, text: &str, layout: &Layout, sealed: bool) -> Outcome<Vec<u8>> {
    let laid = text::lay_out_parts(name, text, layout, sealed);
    Outcome { value: crate::package::write(&laid.value), diagnostics: laid.diagnostics }
}

/// Surveys a Word template: all its faults, and hints on what may surprise its reader, with the
/// fields and blocks it uses as far as they can be read.
pub fn survey(name: &str, docx: &[u8], fields: &Fields) -> Outcome<Survey> {
    let mut diagnostics = Vec::new();
    let Some(parts) = open(name, docx).drain_into(&mut diagnostics) else {
        return Outcome { value: Survey::default(), diagnostics };
    };
    let hints = inspect::inspect(name, &parts);
    let faults = check::faults(&parts);
    let tagged = has_tags(&parts);
    let compiled = compile::survey(name, parts, fields, &[], tagged).drain_into(&mut diagnostics);
    diagnostics.extend(tell_given(name, &given_faults(faults, &compiled)));
    diagnostics.extend(hints);
    let survey = Survey::of(&compiled);
    diagnostics.extend(survey.unused_columns(name, fields));
    Outcome { value: survey, diagnostics }
}

/// The same for a text template.
pub fn survey_text(
    name: &str,
    text: &str,
    layout: &Layout,
    sealed: bool,
    fields: &Fields,
) -> Outcome<Survey> {
    let mut diagnostics = Vec::new();
    let laid = text::lay_out(name, text, layout, sealed).drain_into(&mut diagnostics);
    let compiled = compile::survey(name, laid.parts, fields, &laid.tag_lines, true);
    let survey = Survey::of(&compiled.drain_into(&mut diagnostics));
    diagnostics.extend(survey.unused_columns(name, fields));
    Outcome { value: survey, diagnostics }
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
    let mut diagnostics = Vec::new();
    let laid = text::lay_out(name, text, layout, sealed).drain_into(&mut diagnostics);
    if diagnostics.iter().any(|found| found.severity == Severity::Error) {
        return Outcome { value: None, diagnostics };
    }
    let compiled = compile::compile_lines(name, laid.parts, fields, &laid.tag_lines, true);
    Outcome { value: compiled.drain_into(&mut diagnostics), diagnostics }
}

/// Compiles a tagged Word template against the fields it may use. One without tags comes out as
/// it is.
pub fn compile(name: &str, docx: &[u8], fields: &Fields) -> Outcome<Option<Compiled>> {
    let mut diagnostics = Vec::new();
    let Some(parts) = open(name, docx).drain_into(&mut diagnostics) else {
        return Outcome { value: None, diagnostics };
    };
    let refused = diagnostics.iter().any(|found| found.severity == Severity::Error);
    let tagged = has_tags(&parts);
    let faults = check::faults(&parts);
    let compiled = compile::compile_lines(name, parts, fields, &[], tagged);
    let mut compiled = compiled.drain_into(&mut diagnostics).filter(|_| !refused);
    if let Some(compiled) = &mut compiled {
        let given = given_faults(faults, compiled);
        diagnostics.extend(tell_given(name, &given));
        compiled.passed.forgive(given);
    }
    Outcome { value: compiled, diagnostics }
}

/// The faults that a template's package had before it was filled, of those that would keep a paper
/// from being written. In a part that is filled ids and structure are mended: what is left of
/// them there is our fault.
fn given_faults(mut faults: Vec<Fault>, compiled: &Compiled) -> Vec<Fault> {
    let filled = |name: &str| {
        let filled =
            |part: &CompiledPart| matches!(part, CompiledPart::Filled(part) if part.name == name);
        compiled.parts.iter().any(filled)
    };
    let mended = |fault: &Fault| {
        [codes::P504.id, codes::P505.id].contains(&fault.told.code.id) && filled(&fault.part)
    };
    faults.retain(|fault| fault.told.code.blocks && !mended(fault));
    faults
}

/// Tells the faults that a template had, each kind once a part.
fn tell_given(name: &str, given: &[Fault]) -> Vec<Diagnostic> {
    let mut kinds = BTreeSet::new();
    let first = given.iter().filter(|fault| kinds.insert((fault.told.code.id, &fault.part)));
    let tell = |fault: &Fault| {
        Diagnostic::new(&codes::T335, format!("模板本来就有毛病：{}", fault.told.message))
            .help("在 Word 或 WPS 中打开，另存一次再用；不另存，材料里也一样")
            .located(Location::template(name, ""))
    };
    first.map(tell).collect()
}

/// The title property of a Word file; a template that was ejected bears its paper's id there.
pub fn title(name: &str, docx: &[u8]) -> Option<String> {
    let parts = package::read(name, docx, LIMITS).value;
    let core = parts.iter().find(|part| part.name == "docProps/core.xml")?;
    let xml = std::str::from_utf8(&core.bytes).ok()?;
    let (_, rest) = xml.split_once("<dc:title>")?;
    let (title, _) = rest.split_once("</dc:title>")?;
    Some(index::decode(title, 0).map(|(c, _, _)| c).collect::<String>().trim().to_owned())
}

/// Opens a stranger's Word file within limits; what must not come into a paper is told, and what
/// can be taken out is out. Nothing where it is no Word file.
fn open(name: &str, docx: &[u8]) -> Outcome<Option<Vec<Part>>> {
    let mut diagnostics = Vec::new();
    let mut parts = package::read(name, docx, LIMITS).drain_into(&mut diagnostics);
    if !diagnostics.is_empty() {
        return Outcome { value: None, diagnostics };
    }
    if register::body(&parts).is_none() {
        diagnostics.push(
            Diagnostic::new(&codes::T312, "文件不是 Word 文档（.docx）")
                .help("在 Word 或 WPS 中打开后另存为 .docx")
                .located(Location::template(name, "")),
        );
        return Outcome { value: None, diagnostics };
    }
    let types = stories::as_document(&register::text(&parts, TYPES));
    if let Some(part) = parts.iter_mut().find(|part| part.name == TYPES) {
        part.bytes = types.into_bytes();
    }
    diagnostics.extend(dangers::clear(name, &mut parts));
    Outcome { value: Some(parts), diagnostics }
}

/// Whether a pair of opening braces stands in the text of any part that is filled, parted by formats or
/// not.
fn has_tags(parts: &[Part]) -> bool {
    let is_brace = |c: char| matches!(c, '{' | '｛');
    stories::stories(parts).iter().any(|(path, _)| {
        let xml = register::text(parts, path);
        if !tags::may_hold_brace(&xml) {
            return false;
        }
        let texts = xml.split('<').filter_map(|piece| piece.split_once('>'));
        let chars = texts.flat_map(|(_, text)| index::decode(text, 0).map(|(c, _, _)| c));
        let mut before = false;
        let mut seen = chars.filter(|c| !fold::is_invisible(*c));
        seen.any(|c| std::mem::replace(&mut before, is_brace(c)) && is_brace(c))
    })
}
