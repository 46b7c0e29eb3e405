//! Tables of contents (目录) list the headings of the paper, not those of its template. Which page
//! a heading is on only an office program knows: the place of the number bears a mark, and the
//! field asks to be updated, which Word does when it opens the paper and WPS when it is told to
//! (study/templating.md §2, row 12).
//!
//! A pass of its own, after ordinals and titles were written.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edit, Edits};
use crate::template::contents::{Contents, Outlines, Scope, find};
use crate::template::index::{Index, Kind, attribute};

/// Stands for the number of a page.
const PAGE: &str = "【页码】";

/// An entry to write.
struct Entry {
    level: u8,
    /// The heading as raw XML text.
    text: String,
    bookmark: String,
}

pub(super) fn settle(xml: String, outlines: &Outlines, clashes: &mut usize) -> String {
    if !xml.contains("TOC") {
        return xml;
    }
    let Ok(index) = Index::read_filled(&xml) else { return xml };
    let all = find(&index);
    let mut edits = Edits::new(&index);
    let mut bookmarks = Bookmarks::read(&index);
    for contents in &all {
        let scope = Scope::read(&contents.code);
        let listed = scope.listed(&index, outlines, &all);
        let entries: Vec<Entry> = listed
            .into_iter()
            .filter_map(|(heading, level)| {
                let text = index.text(heading);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let text = quick_xml::escape::escape(text.as_str()).into_owned();
                let shown = !text.is_empty();
                shown.then(|| Entry { level, text, bookmark: bookmarks.of(heading, &mut edits) })
            })
            .collect();
        Form::read(&index, contents, outlines).write(&entries, scope.links, &mut edits);
    }
    edits.apply(clashes).unwrap_or(xml)
}

/// The bookmarks of headings, to which entries lead.
struct Bookmarks<'i, 'a> {
    index: &'i Index<'a>,
    /// All names of bookmarks in the part.
    names: BTreeSet<&'a str>,
    /// By heading: the name given to it.
    given: BTreeMap<usize, String>,
    /// Names of the template that a heading has.
    kept: BTreeSet<&'a str>,
    next_id: u64,
    next_name: u64,
}

impl<'i, 'a> Bookmarks<'i, 'a> {
    fn read(index: &'i Index<'a>) -> Self {
        let starts = || (0..index.nodes.len()).filter(|at| index.name(*at) == "w:bookmarkStart");
        let ids = starts().filter_map(|at| attribute(index.raw(at), "w:id")?.parse::<u64>().ok());
        let next_id = ids.max().map_or(1, |last| last.saturating_add(1));
        let names = starts().filter_map(|at| attribute(index.raw(at), "w:name")).collect();
        let (given, kept) = (BTreeMap::new(), BTreeSet::new());
        Self { index, names, given, kept, next_id, next_name: 1 }
    }

    /// The name of a heading's bookmark, which is put around it where it has none of its own: a
    /// loop has copied that of the template.
    fn of(&mut self, heading: usize, edits: &mut Edits<'_>) -> String {
        let index = self.index;
        if let Some(name) = self.given.get(&heading) {
            return name.clone();
        }
        let inside = heading..=index.nodes[heading].last;
        let own = inside
            .filter(|at| index.name(*at) == "w:bookmarkStart")
            .filter_map(|at| attribute(index.raw(at), "w:name"))
            .find(|name| name.starts_with("_Toc") && self.kept.insert(name));
        let name = match own {
            Some(own) => own.to_owned(),
            None => {
                let name = loop {
                    let name = format!("_Toc9{:08}", self.next_name);
                    self.next_name += 1;
                    if !self.names.contains(name.as_str()) {
                        break name;
                    }
                };
                let node = &index.nodes[heading];
                let start = index.content(heading);
                let id = self.next_id;
                self.next_id += 1;
                let begin = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>");
                edits.push(Edit::insert(start, begin));
                edits.push(Edit::insert(node.close, format!("<w:bookmarkEnd w:id=\"{id}\"/>")));
                name
            }
        };
        self.given.insert(heading, name.clone());
        name
    }
}

/// How a table of contents is written: where its entries go, and what they look like.
struct Form<'i, 'a> {
    index: &'i Index<'a>,
    contents: &'i Contents,
    outlines: &'i Outlines,
    /// The paragraphs that hold entries, or the ends of the field.
    first: usize,
    last: usize,
    /// By level, for those that the template shows: the properties of a paragraph and of a run.
    shown: Vec<(String, String)>,
    run: String,
}

impl<'i, 'a> Form<'i, 'a> {
    fn read(index: &'i Index<'a>, contents: &'i Contents, outlines: &'i Outlines) -> Self {
        let paragraph = |at: usize| index.nodes[at].paragraph.unwrap_or(at);
        let (first, last) = (paragraph(contents.separate), paragraph(contents.end));
        let paragraphs = (first..=last).filter(|at| index.nodes[*at].kind == Kind::Paragraph);
        let shown = paragraphs
            .filter_map(|at| {
                let style = index.style(at)?.to_owned();
                let props = index.child(at, Kind::ParagraphProps)?;
                Some((style, index.raw(props).to_owned()))
            })
            .collect();
        let run = (contents.separate..contents.end)
            .filter(|at| index.nodes[*at].kind == Kind::Text)
            .find_map(|at| index.child(index.nodes[at].parent, Kind::RunProps));
        let run = run.map_or("", |props| index.raw(props)).to_owned();
        Self { index, contents, outlines, first, last, shown, run }
    }

    fn write(&self, entries: &[Entry], links: bool, edits: &mut Edits<'_>) {
        let Self { index, contents, first, last, .. } = *self;
        // Its two ends may stand in different cells, or boxes: such a field is left alone.
        if index.nodes[first].parent != index.nodes[last].parent {
            return;
        }
        let holder = |at: usize| index.nodes[at].parent;
        let (from, to) =
            (index.nodes[holder(contents.separate)].end, &index.nodes[holder(contents.end)]);
        let mut lines =
            entries.iter().map(|entry| (self.props(entry.level), self.entry(entry, links)));
        let (props, mut text) = lines.next().unwrap_or_default();
        // The first entry stands in the paragraph in which the field begins.
        let old = index.child(first, Kind::ParagraphProps).map(|old| &index.nodes[old]);
        let old = old
            .map_or(index.nodes[first].inner..index.nodes[first].inner, |old| old.start..old.end);
        if !props.is_empty() {
            edits.push(Edit { range: old, text: props });
        }
        let further: String =
            lines.map(|(props, text)| format!("</w:p><w:p>{props}{text}")).collect();
        text.push_str(&further);
        // Unless the field ends in the paragraph of its last entry, that paragraph keeps its end.
        let words = (last..contents.end).any(|at| index.nodes[at].kind == Kind::Text);
        if first == last || words {
            edits.push(Edit { range: from..to.start, text });
        } else {
            let range = from..index.nodes[last].start;
            edits.push(Edit { range, text: format!("{text}</w:p>") });
            edits.push(Edit::remove(index.content(last)..to.start));
        }
        let begin = &index.nodes[contents.begin];
        let raw = index.raw(contents.begin);
        if attribute(raw, "w:dirty").is_none() {
            let at = begin.start + "<w:fldChar".len();
            edits.push(Edit::insert(at, " w:dirty=\"true\""));
        }
    }

    /// The properties of an entry's paragraph.
    fn props(&self, level: u8) -> String {
        let style = self.outlines.entry_style(level);
        let own = self.shown.iter().find(|(id, _)| Some(id.as_str()) == style);
        if let Some((_, props)) = own {
            return props.clone();
        }
        match (self.shown.first(), style) {
            (Some((id, props)), Some(style)) => {
                props.replacen(&format!("w:val=\"{id}\""), &format!("w:val=\"{style}\""), 1)
            }
            (Some((_, props)), None) => props.clone(),
            (None, Some(style)) => format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"),
            (None, None) => String::new(),
        }
    }

    /// The runs of an entry.
    fn entry(&self, entry: &Entry, links: bool) -> String {
        let Entry { text, bookmark, .. } = entry;
        let props = &self.run;
        let run = |inner: &str| format!("<w:r>{props}{inner}</w:r>");
        let mark = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
        let words = |text: &str| run(&format!("<w:t xml:space=\"preserve\">{text}</w:t>"));
        let code =
            format!("<w:instrText xml:space=\"preserve\"> PAGEREF {bookmark} \\h </w:instrText>");
        let inner = [
            words(text),
            run("<w:tab/>"),
            mark("begin"),
            run(&code),
            mark("separate"),
            words(PAGE),
            mark("end"),
        ];
        let inner = inner.concat();
        if links {
            format!("<w:hyperlink w:anchor=\"{bookmark}\" w:history=\"1\">{inner}</w:hyperlink>")
        } else {
            inner
        }
    }
}
