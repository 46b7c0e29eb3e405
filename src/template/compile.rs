//! Compiles the parts of a template: index, tags, blocks, names, lifting, skeleton. All faults of
//! all parts are told at once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Location, Outcome, Severity, TemplateSpot, codes};
use crate::facts::Fields;
use crate::package::Part;
use crate::package::check::Passed;
use crate::template::blocks::{self, Block, Doubts, Imbalance};
use crate::template::compiled::{BlockInfo, Compiled, CompiledPart, FilledPart, Print, assemble};
use crate::template::complaints;
use crate::template::contents::{self, Outlines};
use crate::template::expression::{Body, Level};
use crate::template::helpers::Gives;
use crate::template::index::{Index, Kind};
use crate::template::lift;
use crate::template::lists::Lists;
use crate::template::marks::mark_props;
use crate::template::roles::{Role, Roles};
use crate::template::schema::Schema;
use crate::template::skeleton;
use crate::template::stories::{self, BODY, stories};
use crate::template::tags::{self, Char, Tagged};
use crate::template::used::UsedNames;
use crate::template::whereabouts::Places;

/// Most tags in a template.
const MAX_TAGS: usize = 20_000;

/// Compiles the parts of a template against the fields it may use.
pub fn compile_parts(name: &str, parts: Vec<Part>, fields: &Fields) -> Outcome<Option<Compiled>> {
    compile_lines(name, parts, fields, &[], true)
}

/// The same for a text template that was laid out: its tags stand on these lines. A Word file
/// that does not settle comes out as it is where it has no tags, in our styles too.
pub(super) fn compile_lines(
    name: &str,
    parts: Vec<Part>,
    fields: &Fields,
    lines: &[u32],
    settles: bool,
) -> Outcome<Option<Compiled>> {
    let done = survey(name, parts, fields, lines, settles);
    let broken = done.diagnostics.iter().any(|d| d.severity == Severity::Error);
    Outcome { value: (!broken).then_some(done.value), diagnostics: done.diagnostics }
}

/// The same, with what is known of a template that has faults: it must not be rendered then.
pub(super) fn survey(
    name: &str,
    parts: Vec<Part>,
    fields: &Fields,
    lines: &[u32],
    settles: bool,
) -> Outcome<Compiled> {
    let schema = Schema::read(fields);
    let styles = stories::styles(&parts);
    // Styles that cannot be read mean nothing, number nothing and stand in no table of contents.
    let sheet = Index::read(styles.trim_start_matches('\u{FEFF}')).ok();
    let mut roles = sheet.as_ref().map(Roles::read).unwrap_or_default();
    roles.ours &= settles;
    let word = stories(&parts);
    let mut compiled = Compiled {
        name: name.to_owned(),
        tags: Vec::new(),
        blocks: Vec::new(),
        names: BTreeSet::new(),
        passed: Passed::default(),
        has_ids: parts.iter().any(has_ids),
        parts: Vec::with_capacity(parts.len()),
        roles,
        lists: Lists::read(&parts, sheet.as_ref()),
        outlines: sheet.as_ref().map(Outlines::read).unwrap_or_default(),
    };
    let mut diagnostics = Vec::new();
    for part in parts {
        let title = word.iter().find(|(path, _)| *path == part.name).map(|(_, title)| *title);
        let done = match title {
            Some(title) => fill(&mut compiled, &schema, &part, title, lines, &mut diagnostics),
            None => None,
        };
        compiled.parts.push(done.map_or(CompiledPart::Raw(part), CompiledPart::Filled));
    }
    // A template without tags comes out as it is, double ids and all.
    compiled.has_ids &= compiled.parts.iter().any(|part| matches!(part, CompiledPart::Filled(_)));
    compiled.passed = Passed::new(compiled.parts.iter().filter_map(|part| match part {
        CompiledPart::Raw(part) => Some(part),
        CompiledPart::Filled(_) => None,
    }));
    Outcome { value: compiled, diagnostics }
}

/// Whether a part has drawings, marks, controls, changes or paragraphs with ids: filling adds none.
fn has_ids(part: &Part) -> bool {
    let signs = [
        "<wp:docPr",
        "<v:",
        "<w:bookmark",
        "<w:comment",
        "<w:perm",
        "<w:sdt",
        "w:author=",
        "w14:paraId",
    ];
    // What is not UTF-8 is a picture, or is refused.
    std::str::from_utf8(&part.bytes).is_ok_and(|text| signs.iter().any(|sign| text.contains(sign)))
}

/// One part on its way.
pub(super) struct PartWork<'a> {
    template: &'a str,
    pub(super) title: &'static str,
    pub(super) index: &'a Index<'a>,
    pub(super) part: Tagged<'a>,
    places: Places<'a>,
    /// The line of each tag, where the part was laid out from a text.
    lines: &'a [u32],
    /// Tags that open a block and are not understood otherwise.
    pub(super) broken: BTreeSet<usize>,
    /// Tags that open or close some block and are not understood.
    pub(super) doubts: Doubts,
    /// Formats of runs met so far, by their raw `w:rPr`, each with that of its marks: most tags
    /// of a template share one.
    formats: HashMap<&'a str, (Arc<str>, Arc<str>)>,
    out: &'a mut Vec<Diagnostic>,
}

/// Compiles a part; nothing if it holds no tag or is broken.
fn fill(
    compiled: &mut Compiled,
    schema: &Schema<'_>,
    part: &Part,
    title: &'static str,
    lines: &[u32],
    out: &mut Vec<Diagnostic>,
) -> Option<FilledPart> {
    let mut broken = |reason: &str| {
        out.push(
            Diagnostic::new(&codes::T312, format!("{title}打不开：{reason}"))
                .help("在 Word 或 WPS 中打开后另存为 .docx")
                .located(Location::template(&compiled.name, title)),
        );
    };
    let xml = std::str::from_utf8(&part.bytes).map_err(|_| broken("不是 UTF-8 编码")).ok()?;
    let xml = xml.trim_start_matches('\u{FEFF}');
    // Without a brace there is no tag; the part goes out byte for byte. But a body in our styles
    // is settled all the same: its headings have no ordinals yet.
    let settled = compiled.roles.ours && title == BODY;
    if !(settled || tags::may_hold_brace(xml)) {
        return None;
    }
    let index = Index::read(xml).map_err(|reason| broken(&reason)).ok()?;
    // Office programs call the namespace of Word so, every one; others may call it otherwise.
    if !index.name(0).starts_with("w:") {
        broken("不是 Word 或 WPS 的写法（命名空间的前缀不是 w）");
        return None;
    }
    let name = compiled.name.clone();
    let tagged = Tagged::find(&index);
    let count = tagged.tags.len();
    let places = Places::read(&index, &compiled.roles, &name, title);
    complaints::unfilled(&index, &places, out);
    if count == 0 && !settled {
        return None;
    }
    for contents in contents::find(&index) {
        out.push(complaints::contents(&index, &places, &contents));
    }
    let tags = compiled.tags.len() + count;
    if tags > MAX_TAGS {
        let message = format!("模板里有{tags}个标签，最多{MAX_TAGS}个");
        out.push(
            Diagnostic::new(&codes::T310, message)
                .help("改用循环，或拆成几个模板")
                .located(Location::template(&compiled.name, title)),
        );
        return None;
    }
    // Lines that do not fit tag for tag would tell a wrong place.
    let lines = if lines.len() == count { lines } else { &[] };
    let mut work = PartWork {
        template: &name,
        title,
        index: &index,
        part: tagged,
        places,
        lines,
        broken: BTreeSet::new(),
        doubts: Doubts::default(),
        formats: HashMap::new(),
        out,
    };
    work.compile(compiled, schema, &part.name)
}

impl PartWork<'_> {
    fn compile(
        &mut self,
        compiled: &mut Compiled,
        schema: &Schema<'_>,
        part: &str,
    ) -> Option<FilledPart> {
        let before = self.out.len();
        let first = compiled.tags.len();
        let mut bodies = self.bodies();
        let (mut blocks, mut imbalances) = blocks::tree(&bodies, &self.doubts);
        if imbalances.iter().any(|found| matches!(found, Imbalance::StrayClose(_))) {
            self.open_what_may(schema, &mut bodies, &mut blocks, &mut imbalances);
        }
        for imbalance in imbalances {
            self.imbalance(imbalance, &bodies);
        }
        let mut lifted = lift::lift(&self.part, &blocks);
        self.place_sections(&bodies, &mut lifted);
        let order = lifted.order(&self.part, &blocks);
        let used = UsedNames::from(std::mem::take(&mut compiled.names));
        let (sources, mut known) =
            self.resolve(schema, &bodies, &blocks, &order, &compiled.roles, &used);
        compiled.names = used.take();
        for fault in &lifted.faults {
            self.lift_fault(*fault);
        }
        let mut infos: Vec<(usize, BlockInfo)> = blocks
            .iter()
            .zip(&lifted.levels)
            .filter(|(block, _)| !self.silent(block.open))
            .map(|(block, level)| (block.open, self.block_info(block, *level)))
            .collect();
        infos.sort_by_key(|(open, _)| *open);
        compiled.blocks.extend(infos.into_iter().map(|(_, info)| info));
        compiled.tags.append(&mut known);
        // In the order of the text.
        self.out[before..].sort_by_key(|found| {
            found.place.spot().map_or((0, 0), |spot| (spot.line, spot.paragraph))
        });
        let errors = self.out[before..].iter().any(|d| d.severity == Severity::Error);
        if errors {
            return None;
        }
        let pieces = skeleton::cut(&self.part, &bodies, &blocks, &lifted);
        match assemble(pieces, first, &bodies, &sources, &blocks) {
            Ok((template, chunks)) => Some(FilledPart { name: part.to_owned(), template, chunks }),
            Err(overlap) => {
                self.tell(
                    overlap.0,
                    &codes::T308,
                    "这个块和另一个块交叉了".to_owned(),
                    "让一个块完全在另一个块里面",
                );
                None
            }
        }
    }

    /// Whether a tag, or a part of it, was put in or struck out under tracking.
    pub(super) fn is_revised(&self, tag: usize) -> bool {
        let chars = self.part.chars(tag);
        let (Some(first), Some(last)) = (chars.first(), chars.last()) else { return false };
        let kind = |at: usize| self.index.nodes[at].kind;
        chars.iter().any(|c| self.index.ancestor(c.run, Kind::Inserted).is_some())
            || (first.run..last.run).any(|at| kind(at) == Kind::Deleted)
    }

    /// How a value is written at a tag.
    pub(super) fn print(
        &mut self,
        tag: usize,
        gives: Gives,
        roles: &Roles,
        bodies: &[Body],
    ) -> Print {
        let (props, mark_props) = self.format(self.part.tags[tag].donor, roles);
        let (node, index) = (self.part.node(tag), self.index);
        let style = index.style(node).and_then(|style| roles.get(style));
        let alone = self.alone(tag, bodies);
        let in_cell = index.nodes[index.nodes[node].parent].kind == Kind::Cell;
        let direct = index.nodes[self.part.run(tag)].parent == node;
        // Asked of few tags: a paragraph of thousands is not looked through for each of them.
        let further = matches!(gives, Gives::Paragraphs | Gives::OwnWords)
            && direct
            && index.section(node).is_none();
        let props_of = || index.child(node, Kind::ParagraphProps).map_or("", |p| index.raw(p));
        let room = (gives == Gives::Picture).then(|| self.room(tag));
        let section = (gives == Gives::SectionBreak).then(|| self.section(tag));
        Print {
            props,
            mark_props,
            dash: alone && in_cell,
            paragraphs: further.then(|| props_of().to_owned()).or(section),
            gives,
            silent: self.silent(tag),
            whole: matches!(style, Some(Role::Title | Role::AnnexTitle)),
            linkable: gives == Gives::Link && self.linkable(tag),
            room,
        }
    }

    /// The format of a run, and that of a mark in its place.
    fn format(&mut self, run: usize, roles: &Roles) -> (Arc<str>, Arc<str>) {
        let index = self.index;
        let props = index.child(run, Kind::RunProps);
        let raw = props.map_or("", |props| index.raw(props));
        let made = || (raw.into(), mark_props(index, props, roles.mark.as_deref()).into());
        self.formats.entry(raw).or_insert_with(made).clone()
    }

    /// Whether a tag prints all that its paragraph prints, block tags aside.
    fn alone(&self, tag: usize, bodies: &[Body]) -> bool {
        let paragraph = self.part.paragraph(tag);
        let prints = |&&other: &&usize| matches!(bodies[other], Body::Print { .. });
        // Looked at only where few tags stand: a cell with many prints is no lone value.
        if paragraph.tags.len() > 8 || paragraph.tags.iter().filter(prints).count() != 1 {
            return false;
        }
        self.part.loose(paragraph).all(Char::is_idle)
    }

    /// Whether a tag stands in a second copy of a text box.
    fn silent(&self, tag: usize) -> bool {
        self.index.ancestor(self.part.node(tag), Kind::Fallback).is_some()
    }

    /// What a person calls the place of a tag that no loop of the body reaches.
    pub(super) fn apart(&self, tag: usize) -> Option<&'static str> {
        let node = self.part.node(tag);
        let boxed = || self.index.ancestor(self.index.nodes[node].parent, Kind::Paragraph);
        if self.title == BODY { boxed().map(|_| "文本框") } else { Some(self.title) }
    }

    fn block_info(&self, block: &Block, level: Option<Level>) -> BlockInfo {
        let level = match level {
            None => "文字",
            Some(Level::Paragraph) => "段落",
            Some(Level::Row) => "表格行",
            Some(Level::Cell) => "单元格",
        };
        BlockInfo { kind: block.kind.word(), level, spot: self.spot(block.open) }
    }

    /// Tells of a tag; a second copy is told of once.
    pub(super) fn tell(&mut self, tag: usize, code: &'static Code, message: String, help: &str) {
        if self.silent(tag) {
            return;
        }
        let spot = self.spot(tag);
        self.out.push(Diagnostic::new(code, message).help(help).located(Location::Template(spot)));
    }

    /// The tag as typed.
    pub(super) fn quote(&self, tag: usize) -> String {
        let chars = self.part.chars(tag);
        let seen = |c: char| if c == '\u{FFFC}' { '…' } else { c };
        shorten(&chars.iter().map(|c| seen(c.c)).collect::<String>())
    }

    /// Where a tag stands.
    pub(super) fn spot(&self, tag: usize) -> TemplateSpot {
        if let Some(&line) = self.lines.get(tag) {
            return TemplateSpot {
                template: self.template.to_owned(),
                line,
                text: self.quote(tag),
                ..TemplateSpot::default()
            };
        }
        self.places.spot(self.part.node(tag), &self.quote(tag))
    }
}

/// At most thirty characters of a quotation.
pub(super) fn shorten(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= 30 {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(29).collect();
    out.push('…');
    out
}
