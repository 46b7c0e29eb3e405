//! Our own check of a Word package, made before every write: what Word would refuse or offer to
//! repair is never written, and is told as our fault.
//!
//! [`part`] passes once over each XML part; here the findings of the parts are set against one
//! another: types, relations, styles, comments. It is no schema validation: order of properties,
//! structure and references are what rendering can break.

mod part;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Outcome, codes};

use super::Part;
use super::register::{TYPES, resolve};
use part::Found;

/// What to do about any of these.
const CURE: &str = "文件没有写出。这是本程序的缺陷，请附上版本号和所用的模板报告";

/// Checks the parts of a Word file; no diagnostics with `blocks` means that it may be written.
pub fn check(parts: &[Part]) -> Outcome<()> {
    Passed::default().check(parts)
}

/// The faults of a Word file, by the parts that they are in.
pub fn faults(parts: &[Part]) -> Vec<Fault> {
    Passed::default().faults(parts)
}

/// What is wrong with a part.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The name of the part.
    pub part: String,
    /// What is told of it.
    pub told: Diagnostic,
}

/// Parts without faults, with what was found in them. The static parts of a template are the same
/// in each of its papers: they are passed over once, and known again byte by byte.
#[derive(Debug, Default)]
pub struct Passed {
    parts: Vec<(Part, Found)>,
    /// Faults that are not of our making, and are told elsewhere.
    given: Vec<Fault>,
}

impl Passed {
    /// Passes over parts.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a Part>) -> Self {
        let xml = parts.into_iter().filter(|part| is_xml(&part.name));
        let sound = xml.filter_map(|part| {
            let mut faults = Faults::default();
            let found = part::pass(part, &mut faults);
            faults.0.is_empty().then(|| (part.clone(), found))
        });
        Self { parts: sound.collect(), given: Vec::new() }
    }

    /// What a template had before it was filled is no fault of ours: papers of it are written all
    /// the same.
    pub fn forgive(&mut self, given: Vec<Fault>) {
        self.given = given;
    }

    /// Checks the parts of a Word file as [`check`] does; those passed before are taken as found.
    pub fn check(&self, parts: &[Part]) -> Outcome<()> {
        let faults = self.faults(parts).into_iter();
        Outcome { value: (), diagnostics: faults.map(|fault| fault.told).collect() }
    }

    fn faults(&self, parts: &[Part]) -> Vec<Fault> {
        let mut faults = Faults::default();
        let known = |part: &Part| {
            self.parts.iter().find(|(known, _)| known == part).map(|(_, found)| found)
        };
        let xml = parts.iter().filter(|part| is_xml(&part.name));
        let passed: Vec<(&str, Result<&Found, Found>)> = xml
            .map(|part| {
                let found = known(part).ok_or_else(|| part::pass(part, &mut faults));
                (part.name.as_str(), found)
            })
            .collect();
        let found: Vec<(&str, &Found)> = passed
            .iter()
            .map(|(name, found)| match found {
                Ok(before) => (*name, *before),
                Err(fresh) => (*name, fresh),
            })
            .collect();
        let mut faults = whole(parts, &found, faults);
        faults.0.retain(|fault| !self.given.contains(fault));
        faults.0
    }
}

/// What is reported of a text that was to become a part and is no XML.
pub fn no_xml(what: &str, why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(&codes::P501, format!("{what}不是合格的 XML：{why}"))
}

/// What concerns the parts together.
fn whole(parts: &[Part], found: &[(&str, &Found)], mut faults: Faults) -> Faults {
    names(parts, &mut faults);
    types(parts, found, &mut faults);
    relations(parts, found, &mut faults);
    styles(found, &mut faults);
    comments(found, &mut faults);
    faults
}

/// Everything found so far.
#[derive(Debug, Default)]
struct Faults(Vec<Fault>);

impl Faults {
    /// Notes a fault in a part.
    fn add(&mut self, code: &'static Code, part: &str, message: impl std::fmt::Display) {
        let help = if code.blocks { CURE } else { "" };
        let told = Diagnostic::new(code, format!("{part}：{message}")).help(help);
        self.0.push(Fault { part: part.to_owned(), told });
    }
}

fn is_xml(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["xml", "rels"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Part names are compared without case, and never twice the same.
fn names(parts: &[Part], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for part in parts {
        if !seen.insert(part.name.to_ascii_lowercase()) {
            faults.add(&codes::P502, &part.name, "部件重名");
        }
    }
}

/// Every part has a type, as the pass over the parts found them: that of what a paper shares with its
/// template was made when the template was compiled.
fn types(parts: &[Part], found: &[(&str, &Found)], faults: &mut Faults) {
    let Some((_, types)) = found.iter().find(|(name, _)| *name == TYPES) else {
        faults.add(&codes::P502, TYPES, "缺少这个部件");
        return;
    };
    for part in parts.iter().filter(|part| part.name != TYPES) {
        let name = part.name.to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !types.endings_typed.contains(ending) && !types.parts_typed.contains(&name) {
            faults.add(&codes::P502, &part.name, "没有登记类型");
        }
    }
}

/// Every relation leads to a part, and every use of a relation to a relation.
fn relations(parts: &[Part], found: &[(&str, &Found)], faults: &mut Faults) {
    let names: BTreeSet<String> = parts.iter().map(|p| p.name.to_ascii_lowercase()).collect();
    let mut by_source: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (name, rels) in found {
        let Some((source, folder)) = source_of(name) else { continue };
        let mut ids = BTreeSet::new();
        for relation in &rels.relations {
            if !ids.insert(relation.id.as_str()) {
                faults.add(&codes::P505, name, format!("关系编号 {} 重复", relation.id));
            }
            if relation.external {
                continue;
            }
            let target = resolve(folder, &relation.target);
            if !names.contains(&target.to_ascii_lowercase()) {
                faults.add(&codes::P503, name, format!("{} 指向不存在的 {target}", relation.id));
            }
        }
        by_source.insert(source, ids);
    }
    if !names.contains("_rels/.rels") {
        faults.add(&codes::P503, "_rels/.rels", "缺少这个部件");
    }
    for (name, part) in found {
        let none = BTreeSet::new();
        let ids = by_source.get(*name).unwrap_or(&none);
        for used in part.relations_used.iter().filter(|id| !ids.contains(id.as_str())) {
            faults.add(&codes::P503, name, format!("用到不存在的关系 {used}"));
        }
    }
}

/// The part that a `.rels` part belongs to, and that part's folder.
fn source_of(rels: &str) -> Option<(String, &str)> {
    let inner = rels.strip_suffix(".rels")?;
    let (folder, file) = inner.rsplit_once("_rels/")?;
    Some((format!("{folder}{file}"), folder))
}

/// Styles that are used are defined.
fn styles(found: &[(&str, &Found)], faults: &mut Faults) {
    let known: BTreeSet<&str> =
        found.iter().flat_map(|(_, part)| part.styles.iter().map(String::as_str)).collect();
    for (name, part) in found {
        for style in part.styles_used.iter().filter(|style| !known.contains(style.as_str())) {
            faults.add(&codes::P506, name, format!("样式 {style} 没有定义"));
        }
    }
}

/// Comments that are marked in the text exist.
fn comments(found: &[(&str, &Found)], faults: &mut Faults) {
    let known: BTreeSet<&str> =
        found.iter().flat_map(|(_, part)| part.comments.iter().map(String::as_str)).collect();
    for (name, part) in found {
        for id in part.comments_used.iter().filter(|id| !known.contains(id.as_str())) {
            faults.add(&codes::P503, name, format!("批注 {id} 不存在"));
        }
    }
}
