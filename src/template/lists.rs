//! Word's own lists in a template: numbering.xml, and the styles that number their paragraphs.

use std::collections::BTreeMap;

use crate::package::pieces::{Piece, Pieces};
use crate::package::{Part, attributes, register};
use crate::template::index::{Index, Kind, attribute};

/// Levels of a list.
const LEVELS: u8 = 9;

/// The lists that a template defines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    /// The part that defines them.
    pub(crate) part: String,
    /// By number (`w:numId`).
    numbers: BTreeMap<u64, Number>,
    /// By id: the styles that number their paragraphs.
    styles: BTreeMap<String, StyleList>,
}

/// A list, as paragraphs name it.
#[derive(Debug, Clone, Default)]
struct Number {
    /// The number of its definition, as written.
    of: String,
    /// By level: where it starts, and the level's format where the list has one of its own.
    levels: BTreeMap<u8, (String, String)>,
}

/// What a style that numbers its paragraphs says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StyleList {
    pub(crate) number: u64,
    pub(crate) level: u8,
    /// Attributes of `w:ind` that stand over the indent of the list. A number that stands in the
    /// paragraph brings the indent of its list before the style's: they must go along.
    pub(crate) indent: Vec<(String, String)>,
}

impl Lists {
    /// Reads the lists of a template.
    pub(crate) fn read(parts: &[Part], styles: Option<&Index<'_>>) -> Self {
        let Some(part) = register::companion(parts, "numbering") else { return Self::default() };
        let xml = String::from_utf8_lossy(&part.bytes);
        // What cannot be read restarts nothing; the part goes out as it came in.
        let Ok(index) = Index::read(xml.trim_start_matches('\u{FEFF}')) else {
            return Self::default();
        };
        let definitions = Definitions::read(&index);
        let numbers = index.named(0, "w:num").filter_map(|at| definitions.number(&index, at));
        let numbers: BTreeMap<u64, Number> = numbers.collect();
        let styles = styles.map(|index| Chain::read(index).lists(&numbers, &definitions));
        let styles = styles.unwrap_or_default();
        Self { part: part.name.clone(), numbers, styles }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Whether a list is defined.
    pub(crate) fn has(&self, number: u64) -> bool {
        self.numbers.contains_key(&number)
    }

    /// What a style says of the list of its paragraphs.
    pub(crate) fn of_style(&self, style: &str) -> Option<&StyleList> {
        self.styles.get(style)
    }

    /// The first number that no list bears.
    pub(crate) fn next(&self) -> u64 {
        self.numbers.keys().max().map_or(1, |last| last.saturating_add(1))
    }

    /// A list like another that starts anew from a level down, under a number of its own: `w:num`.
    pub(crate) fn again(&self, number: u64, fresh: u64, from: u8) -> String {
        let Some(list) = self.numbers.get(&number) else { return String::new() };
        let mut out =
            format!("<w:num w:numId=\"{fresh}\"><w:abstractNumId w:val=\"{}\"/>", list.of);
        for (level, (start, own)) in &list.levels {
            let start = match level >= &from {
                true => format!("<w:startOverride w:val=\"{start}\"/>"),
                false if own.is_empty() => continue,
                false => String::new(),
            };
            out.push_str(&format!(
                "<w:lvlOverride w:ilvl=\"{level}\">{start}{own}</w:lvlOverride>"
            ));
        }
        out.push_str("</w:num>");
        out
    }
}

/// The definitions that lists go by (`w:abstractNum`).
struct Definitions<'a> {
    /// By number: by level where it starts and the style that it numbers.
    levels: BTreeMap<&'a str, BTreeMap<u8, (String, Option<&'a str>)>>,
}

impl<'a> Definitions<'a> {
    fn read(index: &Index<'a>) -> Self {
        let mut levels = BTreeMap::new();
        let mut linked: BTreeMap<&str, &str> = BTreeMap::new();
        let mut links = Vec::new();
        for at in index.named(0, "w:abstractNum") {
            let Some(id) = attribute(index.raw(at), "w:abstractNumId") else { continue };
            let found = index.named(at, "w:lvl").filter_map(|at| {
                let style = index.value(at, "w:pStyle");
                Some((level(index, at)?, (start(index, at), style)))
            });
            levels.insert(id, found.collect::<BTreeMap<_, _>>());
            // The levels of a list style stand in the definition that bears its name.
            if let Some(style) = index.value(at, "w:styleLink") {
                linked.insert(style, id);
            }
            if let Some(style) = index.value(at, "w:numStyleLink") {
                links.push((id, style));
            }
        }
        for (id, style) in links {
            let found = linked.get(style).and_then(|of| levels.get(of)).cloned();
            if let Some(found) = found {
                levels.insert(id, found);
            }
        }
        Self { levels }
    }

    /// A list by its `w:num`.
    fn number(&self, index: &Index<'a>, at: usize) -> Option<(u64, Number)> {
        let id = attribute(index.raw(at), "w:numId")?.parse().ok()?;
        let of = index.value(at, "w:abstractNumId")?;
        let mut number = Number { of: of.to_owned(), levels: BTreeMap::new() };
        for (level, (start, _)) in self.levels.get(of).into_iter().flatten() {
            number.levels.insert(*level, (start.clone(), String::new()));
        }
        if number.levels.is_empty() {
            number.levels.insert(0, ("1".to_owned(), String::new()));
        }
        for change in index.named(at, "w:lvlOverride") {
            let Some(level) = level(index, change) else { continue };
            let own = index.named(change, "w:lvl").next();
            let start = index
                .value(change, "w:startOverride")
                .map(str::to_owned)
                .or_else(|| own.map(|own| start(index, own)))
                .or_else(|| number.levels.get(&level).map(|(start, _)| start.clone()))
                .unwrap_or_else(|| "1".to_owned());
            let own = own.map_or("", |own| index.raw(own)).to_owned();
            number.levels.insert(level, (start, own));
        }
        Some((id, number))
    }
}

/// A style as far as lists go.
#[derive(Default)]
struct StyleProps<'a> {
    based_on: Option<&'a str>,
    number: Option<u64>,
    level: Option<u8>,
    indent: Vec<(String, String)>,
}

/// The paragraph styles, which take over what those they are based on say.
struct Chain<'a> {
    styles: BTreeMap<&'a str, StyleProps<'a>>,
}

impl<'a> Chain<'a> {
    fn read(index: &Index<'a>) -> Self {
        let mut styles = BTreeMap::new();
        for (id, at) in index.styles() {
            let mut style =
                StyleProps { based_on: index.value(at, "w:basedOn"), ..StyleProps::default() };
            if let Some(props) = index.child(at, Kind::ParagraphProps) {
                if let Some(list) = index.named(props, "w:numPr").next() {
                    style.number = index.value(list, "w:numId").and_then(|id| id.parse().ok());
                    style.level = index.value(list, "w:ilvl").and_then(|id| id.parse().ok());
                }
                if let Some(indent) = index.named(props, "w:ind").next() {
                    style.indent = attributes(index.raw(indent));
                }
            }
            styles.insert(id, style);
        }
        Self { styles }
    }

    /// A style and those it is based on, itself first; a ring is cut where it closes.
    fn above(&self, id: &'a str) -> Vec<(&'a str, &StyleProps<'a>)> {
        let mut out: Vec<(&str, &StyleProps<'_>)> = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next
            && let Some(style) = self.styles.get(id)
            && out.iter().all(|(seen, _)| *seen != id)
        {
            out.push((id, style));
            next = style.based_on;
        }
        out
    }

    fn lists(
        &self,
        numbers: &BTreeMap<u64, Number>,
        definitions: &Definitions<'_>,
    ) -> BTreeMap<String, StyleList> {
        let list = |id: &'a str| {
            let above = self.above(id);
            let holder = above.iter().position(|(_, style)| style.number.is_some())?;
            let number = above[holder].1.number?;
            let levels = definitions.levels.get(numbers.get(&number)?.of.as_str());
            let by_style = || {
                let mut levels = levels.into_iter().flatten();
                let names = above[..=holder].iter().map(|(id, _)| *id).collect::<Vec<_>>();
                let found =
                    levels.find(|(_, (_, style))| style.is_some_and(|s| names.contains(&s)));
                found.map(|(level, _)| *level)
            };
            let level = above.iter().find_map(|(_, style)| style.level).or_else(by_style);
            let mut indent: Vec<(String, String)> = Vec::new();
            for (_, style) in &above[..=holder] {
                add_indent(&mut indent, &style.indent);
            }
            Some((id.to_owned(), StyleList { number, level: level.unwrap_or(0), indent }))
        };
        self.styles.keys().filter_map(|id| list(id)).collect()
    }
}

/// Adds attributes of `w:ind` that those which stand already leave open.
pub(crate) fn add_indent(into: &mut Vec<(String, String)>, from: &[(String, String)]) {
    /// Words for one side of a paragraph; of each only what stands first counts.
    const SIDES: [&[&str]; 3] = [
        &["w:left", "w:start", "w:leftChars", "w:startChars"],
        &["w:right", "w:end", "w:rightChars", "w:endChars"],
        &["w:firstLine", "w:hanging", "w:firstLineChars", "w:hangingChars"],
    ];
    let open: Vec<(String, String)> = from
        .iter()
        .filter(|(name, _)| {
            let side = SIDES.iter().find(|side| side.contains(&name.as_str()));
            !into.iter().any(|(taken, _)| {
                taken == name || side.is_some_and(|side| side.contains(&taken.as_str()))
            })
        })
        .cloned()
        .collect();
    into.extend(open);
}

/// The attributes of an element, as written.
pub(crate) fn attributes(raw: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Ok(Some(Piece::Start(_, inner) | Piece::Empty(_, inner))) = Pieces::of(raw).read() {
        attributes::read(inner, &mut found);
    }
    found.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Which level an element is about.
fn level(index: &Index<'_>, at: usize) -> Option<u8> {
    attribute(index.raw(at), "w:ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}

/// Where a level starts; a level that does not tell starts at 0 (ECMA-376 Part 1, 17.9.25).
fn start(index: &Index<'_>, at: usize) -> String {
    index.value(at, "w:start").unwrap_or("0").to_owned()
}
