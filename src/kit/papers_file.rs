//! 文稿.toml: the papers that can be made.
//!
//! A user's file is laid over the built-in papers section by section. A section of a known id
//! writes only what differs; one that writes all of [`NEEDED`] stands on its own, as does every
//! section of a new id. Papers that the file does not name stay, unless it says `only = true` or
//! is, whole, such a list as the built-in file is.

use std::collections::BTreeMap;

use super::duty_file;
use super::paper::{Paper, SKIN, SubjectKind, TemplateSource};
use super::toml_file::Table;
use super::words::{PAPER_CODES, Word};
use crate::diagnostic::{codes, did_you_mean, near_miss};

/// What a paper cannot do without.
const NEEDED: [&str; 5] = ["kind", "for", "skin", "template", "code"];

/// Every key of a paper.
const KEYS: [&str; 11] = [
    "id", "kind", "for", "skin", "sealed", "template", "code", "order", "annexes", "lines",
    "upward",
];

/// The template files of both kits, and whose they are.
pub(super) type Templates = BTreeMap<String, TemplateSource>;

impl Word for SubjectKind {
    const NAME: &'static str = "写谁的材料";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("党组", Self::PartyGroup),
        ("班子", Self::Leadership),
        ("班子成员", Self::Leader),
        ("站股室", Self::Unit),
        ("办公室", Self::Office),
        ("股室", Self::Section),
        ("站所", Self::Station),
        ("支部", Self::Branch),
        ("个人", Self::Leader),
    ];
}

/// Reads 文稿.toml over the papers of the built-in one (none where it is that one itself). A paper
/// whose template file is in none of the two kits is told and left out.
pub(super) fn papers(top: &Table<'_>, built_in: &[Paper], templates: &Templates) -> Vec<Paper> {
    tell_misplaced(top);
    let sections = top.named_tables("paper", "文稿", "id");
    let mut papers: Vec<Paper> = Vec::new();
    let mut whole = !sections.is_empty();
    let mut changes = false;
    let last = built_in.iter().map(|paper| paper.order).max().unwrap_or(0);
    for (number, table) in (1..).zip(sections) {
        table.only(&KEYS);
        let id = table.text("id", "编号");
        if papers.iter().any(|paper| paper.id == id) {
            table.twice("id");
            continue;
        }
        let known = built_in.iter().find(|paper| paper.id == id);
        let complete = NEEDED.iter().all(|key| table.has(key));
        whole &= complete;
        changes |= known.is_some();
        if known.is_none() && !complete && tell_unknown(&table, &id, built_in) {
            continue;
        }
        let kept = known.filter(|_| !complete);
        papers.extend(paper(&table, id, kept, last + number, templates));
    }
    // The built-in file, copied and shortened, is what it says: a list of all papers.
    let only = top.flag("only");
    if only == Some(true) && papers.is_empty() {
        top.missing("paper", "至少一种材料");
    }
    let others = built_in.iter().filter(|paper| !papers.iter().any(|own| own.id == paper.id));
    let others: Vec<&Paper> = others.collect();
    if !only.unwrap_or(whole && changes) {
        let others: Vec<Paper> = others.into_iter().cloned().collect();
        papers.extend(others);
    } else if only.is_none() && !others.is_empty() {
        let ids: Vec<&str> = others.iter().map(|paper| paper.id.as_str()).collect();
        let message = format!("没有写在里面的内置材料不生成：{}", ids.join("、"));
        let help = "本来就不要，在最上面写 only = true；还要，写 only = false";
        top.report_at(&codes::D124, 0..0, message, help);
    }
    papers.sort_by_key(|paper| paper.order);
    papers
}

/// One section: what it writes, else what the built-in paper has, where it changes one.
fn paper(
    table: &Table<'_>,
    id: String,
    kept: Option<&Paper>,
    order: u32,
    templates: &Templates,
) -> Option<Paper> {
    let kept = |key: &str| kept.filter(|_| !table.has(key));
    let text = |key: &str, what, of: fn(&Paper) -> &String| {
        kept(key).map_or_else(|| table.text(key, what), |paper| of(paper).clone())
    };
    let list = |key: &str, of: fn(&Paper) -> &Vec<String>| {
        kept(key).map_or_else(|| table.list(key), |paper| of(paper).clone())
    };
    let flag = |key: &str, of: fn(&Paper) -> bool| {
        kept(key).map_or_else(|| table.flag(key).unwrap_or(false), of)
    };
    let kind = text("kind", "文种", |paper| &paper.kind);
    let subject = match kept("for") {
        Some(paper) => Some(paper.subject),
        None => duty_file::word::<SubjectKind>(table, "for"),
    };
    if kept("skin").is_none() {
        let skin = table.text("skin", "版式");
        if !skin.is_empty() && skin != SKIN {
            let message = format!("{}目前只有“{SKIN}”一种版式，不能写“{skin}”", table.lead());
            let help = format!("改成 skin = \"{SKIN}\"；要红头和版记，做在自己的 Word 模板里");
            table.report(&codes::D105, "skin", message, help);
        }
    }
    let sealed = flag("sealed", |paper| paper.sealed);
    let template = text("template", "模板文件", |paper| &paper.template);
    let code = text("code", "材料代号", |paper| &paper.code);
    if !code.is_empty() && !PAPER_CODES.contains(&code.as_str()) {
        // Codes differ by one letter: a near one is no evidence of a slip.
        let message = format!("{}材料代号“{code}”不在词表里", table.lead());
        let help = format!("材料代号可以写：{}", PAPER_CODES.join(" "));
        table.report(&codes::D105, "code", message, help);
    }
    let order = match kept("order") {
        Some(paper) => paper.order,
        None => table.number("order", 0..=9999).unwrap_or(order),
    };
    let annexes = list("annexes", |paper| &paper.annexes);
    let lines = list("lines", |paper| &paper.lines);
    let upward = flag("upward", |paper| paper.upward);
    let source = templates.get(&template).copied();
    if source.is_none() && !template.is_empty() {
        let near = did_you_mean(&template, templates.keys().map(String::as_str));
        let message = format!("{}的模板文件“{template}”不存在{near}", table.label);
        let help = "补上这个模板文件，或者删去这个文稿";
        table.report(&codes::D114, "template", message, help);
    }
    let (subject, source) = (subject?, source?);
    let called = kind.clone();
    Some(Paper {
        id,
        called,
        kind,
        subject,
        sealed,
        template,
        code,
        order,
        annexes,
        lines,
        upward,
        source,
    })
}

/// Tells keys at the top of the file; a paper's own has slipped out of its section.
fn tell_misplaced(top: &Table<'_>) {
    let slipped: Vec<&str> = KEYS.into_iter().filter(|key| top.has(key)).collect();
    let known: Vec<&str> = ["paper", "only"].into_iter().chain(slipped.clone()).collect();
    top.only(&known);
    for key in slipped {
        let message = format!("“{key}”没有写在一份材料的段里");
        let help = "在它上面写一行 [[paper]]，再写一行 id = \"材料的编号\"，如 自查报告-党组";
        top.report(&codes::D102, key, message, help);
    }
}

/// Tells a section that changes a paper of an id that is none, but near one; gives whether it is.
fn tell_unknown(table: &Table<'_>, id: &str, built_in: &[Paper]) -> bool {
    let ids = || built_in.iter().map(|paper| paper.id.as_str());
    let near = near_miss(id, ids()).is_some();
    if near {
        let missing: Vec<&str> = NEEDED.into_iter().filter(|key| !table.has(key)).collect();
        let message = format!("没有“{id}”这种材料{}", did_you_mean(id, ids()));
        let missing = missing.join(" ");
        let help = format!("改内置的一种，编号要与它一致；另加一种，还要写 {missing}");
        table.report(&codes::D123, "id", message, help);
    }
    near
}

/// Puts a user's template that is called as a paper's id (自查报告-党组.docx) into that paper. A
/// Word file goes before a text of the same name: it is what a clerk makes.
pub(super) fn take_named(papers: &mut [Paper], templates: &Templates) {
    let own = templates.iter().filter(|(_, source)| **source == TemplateSource::User);
    let mut own: Vec<&String> = own.map(|(name, _)| name).collect();
    own.sort_by_key(|name| super::is_text(name));
    for paper in papers {
        if let Some(name) = own.iter().find(|name| stem(name) == paper.id) {
            paper.template = (**name).clone();
            paper.source = TemplateSource::User;
        }
    }
}

/// A file's name without its ending.
pub(super) fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim()
}
