//! Fills a compiled template with facts and settles what depends on evaluated text.

mod expand;
mod links;
mod pictures;
mod relations;
mod settle;
mod title_note;
mod values;

pub use pictures::{NoPictures, Pictures, Unread};
pub use title_note::note_title;

use handlebars::{Context, Output, RenderContext, Renderable};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Outcome, codes};
use crate::facts::Facts;
use crate::package::Part;
use crate::render::expand::{Gathered, expand};
use crate::render::pictures::Album;
use crate::render::settle::{MOST_CELLS, Restarts};
use crate::render::values::REGISTRY;
use crate::template::Compiled;
use crate::template::compiled::{CompiledPart, sign};

/// A rendered paper.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The parts of the .docx, `[Content_Types].xml` first.
    pub parts: Vec<Part>,
    /// Every inserted value: which tag, from which path of the facts.
    pub trace: Vec<TraceEntry>,
    /// Every mark of the paper, in order: needed fields that were missing, and questions.
    pub missing: Vec<Mark>,
}

/// One inserted value.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceEntry {
    /// The tag's number in the compiled template.
    pub tag: u32,
    /// The path in the facts: names and indexes, slashes between: `检查发现/3/存在问题`.
    pub path: String,
    /// The field's name as the tag gives it.
    pub name: String,
}

/// What a mark asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// A needed field that is missing, or a picture that cannot be had: the field's name (待填).
    Field(String),
    /// Something to supply, in the template's words (待填).
    Supply,
    /// Something to confirm (请核实).
    Confirm,
    /// A paragraph that only a person may write, by its label (本人填写).
    OwnWords(String),
}

/// A highlighted mark in a paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The tag's number in the compiled template.
    pub tag: u32,
    /// What it asks for.
    pub asks: Asks,
    /// The path of the missing field, or of the first field that a question names.
    pub path: String,
    /// What stands between 【 and 】: 待填：整改措施.
    pub text: String,
}

impl Asks {
    /// The name of the missing field; empty for any other mark.
    pub fn field(&self) -> &str {
        if let Self::Field(name) = self { name } else { "" }
    }

    /// The label of the paragraph that a person writes.
    pub fn label(&self) -> Option<&str> {
        if let Self::OwnWords(label) = self { Some(label) } else { None }
    }
}

/// How much a paper may become before rendering stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Most turns of all its loops.
    pub turns: usize,
    /// Most bytes of its filled parts.
    pub bytes: usize,
    /// Most bytes of a picture.
    pub picture: usize,
    /// Most bytes of all its pictures.
    pub pictures: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { turns: 500_000, bytes: 256 << 20, picture: 20 << 20, pictures: 100 << 20 }
    }
}

/// Renders one paper.
///
/// Where it cannot be rendered within bounds, no parts come back and a diagnostic says why.
///
/// Handlebars owns what it reads: the tree is lent to it and given back as it was, for a copy
/// would cost a good part of the rendering.
pub fn render(compiled: &Compiled, facts: &mut Facts) -> Outcome<Rendered> {
    render_within(compiled, facts, Bounds::default(), &NoPictures)
}

/// Renders one paper with the pictures that its facts name.
pub fn render_with(
    compiled: &Compiled,
    facts: &mut Facts,
    pictures: &dyn Pictures,
) -> Outcome<Rendered> {
    render_within(compiled, facts, Bounds::default(), pictures)
}

/// Renders one paper within other bounds than the usual.
pub fn render_within(
    compiled: &Compiled,
    facts: &mut Facts,
    bounds: Bounds,
    pictures: &dyn Pictures,
) -> Outcome<Rendered> {
    let mut context = Context::from(Value::Object(std::mem::take(&mut facts.tree)));
    let rendered = fill(compiled, &context, bounds, pictures);
    if let Value::Object(tree) = context.data_mut().take() {
        facts.tree = tree;
    }
    rendered
}

/// Fills the parts of a paper and settles them.
fn fill(
    compiled: &Compiled,
    context: &Context,
    bounds: Bounds,
    pictures: &dyn Pictures,
) -> Outcome<Rendered> {
    let mut budget = Budget { bytes: bounds.bytes, turns: bounds.turns, text: String::new() };
    let album = Album::new(pictures, bounds, compiled);
    let mut gathered = Gathered::new(album);
    let mut parts = Vec::with_capacity(compiled.parts.len());
    let mut restarts = Restarts::new(&compiled.lists);
    let mut clashes = 0;
    for part in &compiled.parts {
        match part {
            CompiledPart::Raw(part) => parts.push(part.clone()),
            CompiledPart::Filled(part) => {
                budget.text.clear();
                let mut state = RenderContext::new(None);
                let result = part.template.render(&REGISTRY, context, &mut state, &mut budget);
                if let Err(error) = result {
                    let why = if budget.spent() { too_much(bounds) } else { broken(&error) };
                    return failed(compiled, gathered, why);
                }
                let text = std::mem::take(&mut budget.text);
                let Some(expanded) = expand(compiled, part, &text, budget.bytes, &mut gathered)
                else {
                    return failed(compiled, gathered, too_much(bounds));
                };
                let xml = match settle::settle_part(
                    expanded,
                    &compiled.roles,
                    &compiled.outlines,
                    &mut restarts,
                    &mut clashes,
                ) {
                    Ok(xml) => xml,
                    Err(cells) => return failed(compiled, gathered, too_wide(cells)),
                };
                budget.bytes = budget.bytes.saturating_sub(xml.len());
                budget.text = text;
                parts.push(Part { name: part.name.clone(), bytes: xml.into_bytes() });
            }
        }
    }
    let Gathered { trace, missing, mut diagnostics, relations, album, .. } = gathered;
    let has_ids = compiled.has_ids || !album.is_empty();
    settle::settle_parts(&mut parts, restarts, compiled, has_ids, &mut clashes);
    if clashes > 0 {
        diagnostics.push(clashed(clashes).located(Location::File(compiled.name.clone())));
    }
    relations.write(&mut parts);
    album.write(&mut parts);
    Outcome { value: Rendered { parts, trace, missing }, diagnostics }
}

/// What is reported of a template or a paper on which the program itself failed.
pub fn crashed(template: &str) -> Diagnostic {
    internal("没能生成：程序出了错").located(Location::File(template.to_owned()))
}

/// Nothing but the reason.
fn failed(compiled: &Compiled, gathered: Gathered<'_>, why: Diagnostic) -> Outcome<Rendered> {
    let mut diagnostics = gathered.diagnostics;
    diagnostics.push(why.located(Location::File(compiled.name.clone())));
    Outcome { value: Rendered::default(), diagnostics }
}

fn too_much(bounds: Bounds) -> Diagnostic {
    let message = format!("循环超过{}次，或内容超过{}MB", bounds.turns, bounds.bytes >> 20);
    Diagnostic::new(&codes::R302, message).help("检查循环是否套错了层")
}

fn too_wide(cells: usize) -> Diagnostic {
    let message = format!("表格的一行有{cells}格，Word 里最多{MOST_CELLS}格");
    Diagnostic::new(&codes::R302, message).help("按格循环的清单太长：改成按行循环，或把清单拆开")
}

fn broken(reason: &handlebars::RenderError) -> Diagnostic {
    internal(&format!("没能生成：{reason}"))
}

fn internal(message: &str) -> Diagnostic {
    Diagnostic::new(&codes::R303, message).help("请带上模板报告这个问题")
}

fn clashed(clashes: usize) -> Diagnostic {
    let message = format!("有{clashes}处版面，两条规则要改成两样，只照了一条");
    Diagnostic::new(&codes::R306, message).help("看一看材料的版面；请带上模板报告这个问题")
}

/// Counts what is written while handlebars writes it, and stops it in time.
struct Budget {
    bytes: usize,
    turns: usize,
    text: String,
}

impl Budget {
    fn spent(&self) -> bool {
        self.turns == 0 || self.text.len() >= self.bytes
    }
}

impl Output for Budget {
    fn write(&mut self, text: &str) -> Result<(), std::io::Error> {
        let turns = text.bytes().filter(|b| char::from(*b) == sign::TURN).count();
        self.turns = self.turns.saturating_sub(turns);
        if self.turns == 0 || self.text.len() + text.len() >= self.bytes {
            self.turns = 0;
            return Err(std::io::Error::other("budget"));
        }
        self.text.push_str(text);
        Ok(())
    }
}
