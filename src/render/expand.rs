//! Turns the output of a skeleton into XML: chunks by number, values as runs, marks, breaks; and
//! collects the trace on the way. One pass.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::escape::partial_escape;

use crate::diagnostic::{Code, Diagnostic, Location, codes};
use crate::render::pictures::{Album, PICTURE_MARK, Unread};
use crate::render::relations::{HYPERLINK, IMAGE, NAMESPACE, Relations};
use crate::render::{Asks, Mark, TraceEntry, links};
use crate::template::Compiled;
use crate::template::compiled::{FilledPart, Print, Tag, sign};
use crate::template::helpers::Gives;
use crate::template::marks;

/// Marks a cell whose equal neighbours are merged; taken out again when settling.
pub(crate) const MERGE_MARK: &str = "<?shuzhi-merge?>";

/// What expansion made of a part.
#[derive(Debug, Default)]
pub(crate) struct Expanded {
    /// The XML.
    pub(crate) xml: String,
    /// Ranges that hold a value in a title: not to be broken.
    pub(crate) whole: Vec<Range<usize>>,
    /// Loops, as byte ranges of their turns, in the order in which they begin.
    pub(crate) turns: Vec<Turn>,
}

impl Expanded {
    /// How much there is: bytes, ranges, turns.
    fn size(&self) -> (usize, usize, usize) {
        (self.xml.len(), self.whole.len(), self.turns.len())
    }

    /// Takes back what was added since.
    fn cut(&mut self, (bytes, ranges, turns): (usize, usize, usize)) {
        self.xml.truncate(bytes);
        self.whole.truncate(ranges);
        self.turns.truncate(turns);
    }
}

/// One turn of a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    /// First byte.
    pub(crate) start: usize,
    /// After the last.
    pub(crate) end: usize,
    /// How many loops are around it.
    pub(crate) depth: usize,
    /// Whether it is the first of its loop.
    pub(crate) first: bool,
}

/// What a paper gathers over its parts.
#[derive(Debug)]
pub(crate) struct Gathered<'p> {
    pub(crate) trace: Vec<TraceEntry>,
    pub(crate) missing: Vec<Mark>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Links and pictures.
    pub(crate) relations: Relations,
    /// The pictures.
    pub(crate) album: Album<'p>,
    /// Paths of values that were told of: characters taken out, no link, no picture.
    told: BTreeSet<String>,
}

impl<'p> Gathered<'p> {
    /// Nothing yet, and where pictures will come from.
    pub(crate) fn new(album: Album<'p>) -> Self {
        Self {
            trace: Vec::new(),
            missing: Vec::new(),
            diagnostics: Vec::new(),
            relations: Relations::default(),
            album,
            told: BTreeSet::new(),
        }
    }

    /// Tells of a value once, wherever it is printed.
    fn tell(&mut self, tag: &Tag, path: &str, code: &'static Code, message: String, help: &str) {
        if self.told.insert(format!("{}{path}{message}", code.id)) {
            let place = Location::Template(tag.spot.clone());
            self.diagnostics.push(Diagnostic::new(code, message).help(help).located(place));
        }
    }
}

/// Expands what a skeleton wrote; nothing if the budget of bytes is spent.
pub(crate) fn expand(
    compiled: &Compiled,
    part: &FilledPart,
    text: &str,
    budget: usize,
    into: &mut Gathered<'_>,
) -> Option<Expanded> {
    let mut out = Expanded { xml: String::with_capacity(text.len() * 8), ..Expanded::default() };
    let mut fleeting = None;
    let mut open: Vec<(usize, usize, String)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if out.xml.len() > budget {
            return None;
        }
        rest = &rest[first.len_utf8()..];
        match first {
            sign::CHUNK => {
                let number = until(&mut rest, sign::END);
                if let Some(chunk) = number.parse().ok().and_then(|n: usize| part.chunks.get(n)) {
                    out.xml.push_str(chunk);
                }
            }
            sign::TURN => {
                let block = until(&mut rest, sign::END);
                let at = out.xml.len();
                let first = match open.last_mut() {
                    Some(top) if top.2 == block && top.0 != usize::MAX => {
                        out.turns[top.1].end = at;
                        top.1 = out.turns.len();
                        false
                    }
                    _ => {
                        open.push((at, out.turns.len(), block.to_owned()));
                        true
                    }
                };
                out.turns.push(Turn { start: at, end: at, depth: open.len(), first });
            }
            sign::LOOP_END => {
                // A loop without turns wrote its other branch, or nothing.
                let number = until(&mut rest, sign::END);
                if open.last().is_some_and(|top| top.2 == number)
                    && let Some((_, turn, _)) = open.pop()
                {
                    out.turns[turn].end = out.xml.len();
                }
            }
            sign::FLEETING => fleeting = Some(out.size()),
            sign::FLEETING_END => {
                if let Some(before) = fleeting.take()
                    && is_empty(&out.xml[before.0..])
                {
                    out.cut(before);
                }
            }
            sign::VALUE => value(compiled, &part.name, &mut rest, &mut out, into),
            other => out.xml.push(other),
        }
    }
    Some(out)
}

/// The text up to a sign, which is passed over.
fn until<'a>(rest: &mut &'a str, end: char) -> &'a str {
    let (before, after) = rest.split_once(end).unwrap_or((rest, ""));
    *rest = after;
    before
}

/// Whether a paragraph was written without anything to see.
fn is_empty(xml: &str) -> bool {
    ![
        "<w:t>",
        "<w:t ",
        "<w:drawing",
        "<w:pict",
        "<w:object",
        "<w:br",
        "<w:sectPr",
        "<w:fld",
        "<w:sym",
    ]
    .iter()
    .any(|content| xml.contains(content))
}

/// One value: its run, its trace.
fn value(
    compiled: &Compiled,
    part: &str,
    rest: &mut &str,
    out: &mut Expanded,
    into: &mut Gathered<'_>,
) {
    let id = until(rest, sign::FIELD);
    let head = until(rest, sign::TEXT);
    let text = until(rest, sign::VALUE_END);
    let Some(id) = id.parse::<u32>().ok() else { return };
    let Some(tag) = compiled.tags.get(id as usize) else { return };
    let Some(print) = &tag.print else { return };
    let (head, cleaned) =
        head.strip_suffix(sign::CLEANED).map_or((head, false), |head| (head, true));
    let (paths, absent) = match head.split_once(sign::MISSING) {
        Some((paths, what)) => (paths, Some(what)),
        None => (head, None),
    };
    let path = paths.split(sign::FIELD).next().unwrap_or_default();
    let asks = match (print.gives, absent) {
        (Gives::OwnWords, Some(label)) => Some(Asks::OwnWords(label.to_owned())),
        (_, Some(name)) => {
            Some(Asks::Field(if name.is_empty() { &tag.name } else { name }.to_owned()))
        }
        (Gives::Confirm, None) => Some(Asks::Confirm),
        (Gives::Supply, None) => Some(Asks::Supply),
        _ => None,
    };
    let start = out.xml.len();
    if let Some(asks) = asks {
        let (path, text) = match &asks {
            Asks::Field(name) if path.is_empty() => (name.clone(), marks::to_fill(name)),
            Asks::Field(name) => (format!("{path}/{name}"), marks::to_fill(name)),
            Asks::Supply | Asks::Confirm | Asks::OwnWords(_) => (path.to_owned(), text.to_owned()),
        };
        mark(&mut out.xml, print, into, Mark { tag: id, asks, path, text });
    } else if text.is_empty() {
        if print.dash {
            run(&mut out.xml, &print.props, "—");
        }
    } else {
        if !print.silent {
            for path in paths.split(sign::FIELD).filter(|path| !path.is_empty()) {
                let name = tag.name.clone();
                into.trace.push(TraceEntry { tag: id, path: path.to_owned(), name });
            }
            if cleaned {
                let message = format!("{}的内容里有不能显示的字符，已去掉", said(path, &tag.name));
                into.tell(tag, path, &codes::R301, message, "在工作簿里重新输入这一格");
            }
        }
        let at = At { compiled, part, id, tag, print, path };
        match print.gives {
            Gives::PageBreak => {
                out.xml.push_str("<w:r>");
                out.xml.push_str(&print.props);
                out.xml.push_str("<w:br w:type=\"page\"/></w:r>");
            }
            Gives::SectionBreak => section(&mut out.xml, print.paragraphs.as_deref()),
            Gives::Link => at.link(text, &mut out.xml, into),
            Gives::Picture => at.picture(text, &mut out.xml, into),
            Gives::Text
            | Gives::Number
            | Gives::Flag
            | Gives::Paragraphs
            | Gives::MergedCell
            | Gives::Confirm
            | Gives::Supply
            | Gives::OwnWords => written(&mut out.xml, print, text),
        }
        // What is not filled in is equal to nothing: two such cells stay two.
        if print.gives == Gives::MergedCell {
            out.xml.push_str(MERGE_MARK);
        }
    }
    if print.whole && out.xml.len() > start {
        out.whole.push(start..out.xml.len());
    }
}

/// A highlighted mark, printed and listed.
fn mark(out: &mut String, print: &Print, into: &mut Gathered<'_>, mark: Mark) {
    run(out, &print.mark_props, &format!("【{}】", mark.text));
    if !print.silent {
        into.missing.push(mark);
    }
}

/// A paragraph that ends a section and takes no line of its own.
fn section(out: &mut String, props: Option<&str>) {
    out.push_str(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>",
    );
    out.push_str(props.unwrap_or("<w:sectPr/>"));
    out.push_str("</w:pPr></w:p>");
}

/// A value that is no text, at its tag.
struct At<'a> {
    compiled: &'a Compiled,
    part: &'a str,
    id: u32,
    tag: &'a Tag,
    print: &'a Print,
    /// The path of the first field it reads.
    path: &'a str,
}

impl At<'_> {
    /// A link; its words alone where the address cannot be linked to.
    fn link(&self, text: &str, out: &mut String, into: &mut Gathered<'_>) {
        let (address, words) = text.split_once('\n').unwrap_or((text, text));
        let target = if address.is_empty() { None } else { Some(links::target(address)) };
        match target {
            Some(Ok(target)) if self.print.linkable => {
                let id = into.relations.id(self.compiled, self.part, HYPERLINK, &target);
                out.push_str(&format!("<w:hyperlink {NAMESPACE} r:id=\"{id}\" w:history=\"1\">"));
                run(out, &self.print.props, words);
                out.push_str("</w:hyperlink>");
            }
            Some(Err(reason)) if !self.print.silent => {
                let message = format!("{}的“{address}”{reason}", said(self.path, &self.tag.name));
                let help = "写完整的网址，如 https://www.example.cn/通知.html";
                into.tell(self.tag, self.path, &codes::R304, message, help);
                run(out, &self.print.props, words);
            }
            Some(_) | None => run(out, &self.print.props, words),
        }
    }

    /// A picture; a mark where it cannot be had.
    fn picture(&self, text: &str, out: &mut String, into: &mut Gathered<'_>) {
        let (file, width) = text.split_once('\n').unwrap_or((text, ""));
        let found = into.album.find(file);
        match (found, self.print.room) {
            (Ok(at), Some(room)) => {
                let target = into.album.target(at);
                let steps = self.part.split('/').count().saturating_sub(2);
                let target = format!("{}{target}", "../".repeat(steps));
                let id = into.relations.id(self.compiled, self.part, IMAGE, &target);
                out.push_str("<w:r>");
                out.push_str(&self.print.props);
                out.push_str(&into.album.drawing(at, &id, file, width, room));
                out.push_str("</w:r>");
                out.push_str(PICTURE_MARK);
            }
            (found, _) => {
                let why = found.err().unwrap_or(Unread::Unreadable);
                if !self.print.silent {
                    let message = format!(
                        "{}写的图片“{file}”{}",
                        said(self.path, &self.tag.name),
                        why.reason()
                    );
                    into.tell(self.tag, self.path, &codes::R305, message, why.cure());
                }
                let (asks, path) = (Asks::Field(self.tag.name.clone()), self.path.to_owned());
                let text = marks::to_fill(&format!("图片 {file}"));
                mark(out, self.print, into, Mark { tag: self.id, asks, path, text });
            }
        }
    }
}

/// A path as a person reads it: “检查发现”第3项的“存在问题”.
fn said(path: &str, name: &str) -> String {
    let mut out = String::new();
    for step in path.split('/').filter(|step| !step.is_empty()) {
        match step.parse::<usize>() {
            Ok(at) => out.push_str(&format!("第{}项", at.saturating_add(1))),
            Err(_) if out.is_empty() => out.push_str(&format!("“{step}”")),
            Err(_) => out.push_str(&format!("的“{step}”")),
        }
    }
    if out.is_empty() { format!("“{name}”") } else { out }
}

/// A text as a run, or as paragraphs where its tag asks for them.
fn written(out: &mut String, print: &Print, text: &str) {
    let Some(props) = &print.paragraphs else {
        run(out, &print.props, text);
        return;
    };
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push_str("</w:p><w:p>");
            out.push_str(props);
        }
        run(out, &print.props, line);
    }
}

/// A run with a text: line breaks and tabs as elements.
fn run(out: &mut String, props: &str, text: &str) {
    out.push_str("<w:r>");
    out.push_str(props);
    let mut rest = text;
    loop {
        let signs = rest.bytes().position(|byte| matches!(byte, b'\t' | b'\n' | b'\r'));
        let (line, after) = rest.split_at(signs.unwrap_or(rest.len()));
        if !line.is_empty() {
            out.push_str("<w:t xml:space=\"preserve\">");
            out.push_str(&partial_escape(line));
            out.push_str("</w:t>");
        }
        let Some(sign) = after.bytes().next() else { break };
        rest = after.strip_prefix("\r\n").unwrap_or(&after[1..]);
        out.push_str(if sign == b'\t' { "<w:tab/>" } else { "<w:br/>" });
    }
    out.push_str("</w:r>");
}
