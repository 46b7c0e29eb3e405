//! What a template is compiled to: per part a handlebars template over numbered chunks of XML,
//! and a table of the tags.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{Parameter, TemplateElement};

use crate::diagnostic::TemplateSpot;
use crate::package::Part;
use crate::package::check::Passed;
use crate::template::blocks::{self, Block};
use crate::template::contents::Outlines;
use crate::template::expression::{BlockKind, Body};
use crate::template::helpers::Gives;
use crate::template::lists::Lists;
use crate::template::roles::Roles;
use crate::template::skeleton::Piece;

/// Control characters in the skeleton's output. They cannot stand in XML and are taken out of
/// every value, so nothing that comes from a workbook can forge one.
pub mod sign {
    /// A chunk's number follows, up to [`END`].
    pub const CHUNK: char = '\u{1}';
    /// Ends a number.
    pub const END: char = '\u{2}';
    /// A turn of a loop begins; the block's number follows, up to [`END`].
    pub const TURN: char = '\u{3}';
    /// A loop is over; the block's number follows, up to [`END`].
    pub const LOOP_END: char = '\u{4}';
    /// A value: the tag's number, [`FIELD`] and paths each ended by [`FIELD`], [`TEXT`], the
    /// text, [`VALUE_END`].
    pub const VALUE: char = '\u{5}';
    /// Ends a number or a path.
    pub const FIELD: char = '\u{6}';
    /// The text of a value follows.
    pub const TEXT: char = '\u{7}';
    /// What is missing follows: the name of a needed field (none where it is the tag's own), or
    /// the label of a paragraph that a person writes.
    pub const MISSING: char = '\u{8}';
    /// Before [`TEXT`]: illegal characters were taken out.
    pub const CLEANED: char = '\u{B}';
    /// Ends a value.
    pub const VALUE_END: char = '\u{E}';
    /// A fleeting paragraph begins.
    pub const FLEETING: char = '\u{F}';
    /// It ends.
    pub const FLEETING_END: char = '\u{10}';
}

/// A compiled template.
#[derive(Debug)]
pub struct Compiled {
    /// The template's file name.
    pub name: String,
    /// Every tag, by number.
    pub tags: Vec<Tag>,
    /// Every block, in document order.
    pub blocks: Vec<BlockInfo>,
    /// Every name of a field that a tag uses, on any path.
    pub names: BTreeSet<String>,
    /// The parts that hold no tag, as the package check found them.
    pub passed: Passed,
    /// Whether anything in it has an id that a loop would copy.
    pub(crate) has_ids: bool,
    /// The parts, in the order of the package.
    pub(crate) parts: Vec<CompiledPart>,
    /// What its styles mean.
    pub(crate) roles: Roles,
    /// Its lists.
    pub(crate) lists: Lists,
    /// Its styles, as far as tables of contents go.
    pub(crate) outlines: Outlines,
}

impl Compiled {
    /// What its styles mean.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }
}

/// A tag, as it is known to traces and checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The field's name; empty for block tags.
    pub name: String,
    /// The tag as typed, braces included.
    pub text: String,
    /// Where it stands.
    pub spot: TemplateSpot,
    /// How its value is written; nothing for block tags.
    pub(crate) print: Option<Print>,
}

/// A block and its level, for `template check`.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockInfo {
    /// 循环, 如果, 除非, 伴随.
    pub kind: &'static str,
    /// 文字, 段落 or 表格行.
    pub level: &'static str,
    /// Where it opens.
    pub spot: TemplateSpot,
}

/// Room on a page, in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) wide: u32,
    pub(crate) high: u32,
}

/// How a value is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Print {
    /// The format of the donor run, as raw `w:rPr`.
    pub(crate) props: Arc<str>,
    /// The same with the highlight of a mark.
    pub(crate) mark_props: Arc<str>,
    /// Whether — stands for nothing: the tag is all that its cell's paragraph holds.
    pub(crate) dash: bool,
    /// For 段落: the raw `w:pPr` of further paragraphs; nothing where lines stay breaks. For a
    /// section break: the raw `w:sectPr`.
    pub(crate) paragraphs: Option<String>,
    /// What the helper gives.
    pub(crate) gives: Gives,
    /// Whether it stands in a second copy (`mc:Fallback`) and is not reported.
    pub(crate) silent: bool,
    /// Whether its text is kept together when a title is cut into lines.
    pub(crate) whole: bool,
    /// Whether a link may be written here.
    pub(crate) linkable: bool,
    /// For a picture: how large it may be.
    pub(crate) room: Option<Room>,
}

/// A part of the template's package.
#[derive(Debug)]
pub(crate) enum CompiledPart {
    /// Goes out as it came in.
    Raw(Part),
    /// Is filled.
    Filled(FilledPart),
}

/// A part that holds tags.
#[derive(Debug)]
pub(crate) struct FilledPart {
    /// Its name in the package.
    pub(crate) name: String,
    /// The skeleton.
    pub(crate) template: Template,
    /// The raw XML.
    pub(crate) chunks: Vec<String>,
}

/// A block that is being assembled.
struct Frame {
    tag: usize,
    source: String,
    main: Vec<TemplateElement>,
    /// Finished conditions of `else if`, outermost first, with their contents.
    branches: Vec<(String, Vec<TemplateElement>)>,
    looped: bool,
}

/// Why pieces do not fit together: the tag whose block overlaps another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overlap(pub(crate) usize);

/// Builds the skeleton out of pieces. Its elements are made one by one from the rewritten tags,
/// not from one long template text: handlebars counts lines from the start for each element,
/// which makes long templates quadratic (study/templating.md §3.2). `first` is the number of the
/// part's first tag in the table of tags.
pub(crate) fn assemble(
    pieces: Vec<Piece>,
    first: usize,
    bodies: &[Body],
    sources: &[String],
    blocks: &[Block],
) -> Result<(Template, Vec<String>), Overlap> {
    let mut chunks = Vec::new();
    let mut stack: Vec<Frame> = Vec::new();
    let mut top: Vec<TemplateElement> = Vec::new();
    let mut parsed = Parsed::default();
    let opened_by = blocks::opened_by(blocks, bodies.len());
    for piece in pieces {
        let open = stack.last().map(|frame| frame.tag);
        let into = stack.last_mut().map_or(&mut top, Frame::current);
        match piece {
            Piece::Xml(xml) => {
                push_raw(into, &numbered(sign::CHUNK, chunks.len()));
                chunks.push(xml);
            }
            Piece::Fleeting => push_raw(into, &sign::FLEETING.to_string()),
            Piece::FleetingEnd => push_raw(into, &sign::FLEETING_END.to_string()),
            Piece::Tag(tag) => match &bodies[tag] {
                Body::Print { .. } => into.extend(parsed.value(&sources[tag], first + tag)),
                Body::Comment | Body::Fault(_) => {}
                Body::Open { kind, .. } => {
                    let looped = *kind == BlockKind::Each;
                    let mut main = Vec::new();
                    if looped {
                        push_raw(&mut main, &numbered(sign::TURN, tag));
                    }
                    let source = sources[tag].clone();
                    stack.push(Frame { tag, source, main, branches: Vec::new(), looped });
                }
                Body::Else(_) | Body::Close(_) if open != opened_by[tag] => {
                    return Err(Overlap(tag));
                }
                Body::Else(_) => {
                    if let Some(frame) = stack.last_mut() {
                        frame.branches.push((sources[tag].clone(), Vec::new()));
                    }
                }
                Body::Close(_) => {
                    if let Some(frame) = stack.pop() {
                        let into = stack.last_mut().map_or(&mut top, Frame::current);
                        let end = frame.looped.then(|| numbered(sign::LOOP_END, frame.tag));
                        into.extend(frame.finish(&mut parsed));
                        if let Some(end) = end {
                            push_raw(into, &end);
                        }
                    }
                }
            },
        }
    }
    stack.last().map_or(Ok((template(top), chunks)), |frame| Err(Overlap(frame.tag)))
}

/// A sign with its number.
fn numbered(sign: char, number: usize) -> String {
    format!("{sign}{number}{}", sign::END)
}

impl Frame {
    /// Where the next piece goes.
    fn current(&mut self) -> &mut Vec<TemplateElement> {
        self.branches.last_mut().map_or(&mut self.main, |branch| &mut branch.1)
    }

    /// The block; `else if` becomes a condition inside the other branch.
    fn finish(self, parsed: &mut Parsed) -> Option<TemplateElement> {
        let mut inverse: Option<Template> = None;
        for (condition, content) in self.branches.into_iter().rev() {
            inverse = Some(if condition.is_empty() {
                template(content)
            } else {
                template(parsed.block(&condition, content, inverse).into_iter().collect())
            });
        }
        parsed.block(&self.source, self.main, inverse)
    }
}

/// Elements parsed before, by their source: handlebars' parser is most of the cost of a tag, and
/// templates say the same few things again and again.
#[derive(Default)]
struct Parsed {
    elements: HashMap<String, Option<TemplateElement>>,
}

impl Parsed {
    /// A block element with its contents.
    fn block(
        &mut self,
        source: &str,
        content: Vec<TemplateElement>,
        inverse: Option<Template>,
    ) -> Option<TemplateElement> {
        let word = source.split(' ').next().unwrap_or_default();
        match self.element(format!("{{{{#{source}}}}}{{{{/{word}}}}}"))? {
            TemplateElement::HelperBlock(mut helper) => {
                helper.template = Some(template(content));
                helper.inverse = inverse;
                Some(TemplateElement::HelperBlock(helper))
            }
            _ => None,
        }
    }

    /// The element of a rewritten tag, with the tag's number in the place of 0.
    fn value(&mut self, source: &str, tag: usize) -> Option<TemplateElement> {
        let mut element = self.element(format!("{{{{{source}}}}}"))?;
        if let TemplateElement::Expression(value) | TemplateElement::HtmlExpression(value) =
            &mut element
        {
            *value.params.get_mut(1)? = Parameter::Literal(tag.into());
        }
        Some(element)
    }

    fn element(&mut self, source: String) -> Option<TemplateElement> {
        let parse = |source: &String| Template::compile(source).ok()?.elements.into_iter().next();
        match self.elements.entry(source) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => {
                let element = parse(new.key());
                new.insert(element).clone()
            }
        }
    }
}

/// Elements as a template.
fn template(elements: Vec<TemplateElement>) -> Template {
    let mut out = Template::new();
    out.elements = elements;
    out
}

/// Adds raw text to the last element, or as a new one.
fn push_raw(into: &mut Vec<TemplateElement>, text: &str) {
    if let Some(TemplateElement::RawString(last)) = into.last_mut() {
        last.push_str(text);
    } else {
        into.push(TemplateElement::RawString(text.to_owned()));
    }
}
