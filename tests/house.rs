//! The house rules that a reader may rely on: module order, file sizes, documents, the table of
//! codes, and who may name which crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use shuzhi::contract;
use shuzhi::diagnostic::codes::{self, Stage};

use crate::support::root;

/// The longest file, without a written reason.
const LINES: usize = 500;

/// Files past it, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[("src/diagnostic/codes.rs", "one table: a row a code")];

/// Outside crates and the only folders that may name them.
const OWNERS: &[(&str, &[&str])] = &[
    ("calamine", &["workbook"]),
    ("zip", &["package"]),
    ("toml", &["kit"]),
    ("include_dir", &["kit"]),
    ("imagesize", &["render"]),
    ("docx_rs", &["template"]),
    ("pulldown_cmark", &["template"]),
    ("handlebars", &["template", "render"]),
    ("rust_xlsxwriter", &["form"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("ctrlc", &["cli"]),
    ("anyhow", &["cli"]),
    ("tempfile", &["cli"]),
    ("sha2", &["batch"]),
    ("serde", &["batch"]),
    ("memchr", &["package"]),
    ("strsim", &["diagnostic", "kit"]),
    ("unicode_width", &["form"]),
    ("quick_xml", &["package", "workbook", "template", "render", "review", "form"]),
];

/// Outside crates that any folder may name.
const EVERYWHERE: &[&str] = &["serde_json", "jiff", "indexmap", "unicode_normalization"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file: its path below the root, and its text.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The modules in the order of lib.rs.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let order = modules();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let module = file.split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
        let Some(own) = order.iter().position(|name| *name == module) else { continue };
        for (at, other) in order.iter().enumerate() {
            if at > own && text.contains(&format!("crate::{other}")) {
                wrong.push(format!("{file} uses crate::{other}"));
            }
        }
        // `use crate::{a, b}` would slip past the search above.
        if text.contains("use crate::{") {
            wrong.push(format!("{file} groups modules in one use"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_outside_crate_is_named_by_its_owner_only() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let module = file.split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
        for (name, owners) in OWNERS {
            let path = format!("{name}::");
            let named = text.match_indices(&path).any(|(at, _)| {
                !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            });
            if named && !owners.contains(&module.as_str()) {
                wrong.push(format!("{file} names {name}"));
            }
        }
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, crates) = manifest.split_once("[dependencies]\n").unwrap();
    for line in crates.lines().take_while(|line| !line.is_empty()) {
        let name = line.split(' ').next().unwrap().replace('-', "_");
        if !OWNERS.iter().any(|(own, _)| *own == name) && !EVERYWHERE.contains(&name.as_str()) {
            wrong.push(format!("{name} has no owner"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_says_what_it_does_and_stays_readable() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if !text.starts_with("//!") {
            wrong.push(format!("{file} has no module docs"));
        }
        let lines = text.lines().count();
        if lines > LINES && !LONG_FILES.iter().any(|(name, _)| *name == file) {
            wrong.push(format!("{file} has {lines} lines"));
        }
        for word in ["use super::*", "TODO", "FIXME", "XXX", "todo!(", "unimplemented!("] {
            if text.contains(word) {
                wrong.push(format!("{file} has {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The folders in which the codes of a stage are made.
fn home(stage: Stage) -> &'static [&'static str] {
    match stage {
        // The package is read before anyone knows whether it is a workbook or a template.
        Stage::Files => &["workbook", "package"],
        Stage::Ledger => &["ledger"],
        Stage::Kit => &["kit"],
        Stage::Assessment => &["assess"],
        Stage::Template => &["template"],
        Stage::Rendering => &["render"],
        Stage::Review => &["review"],
        Stage::Package => &["package"],
        Stage::Output => &["batch", "cli"],
    }
}

/// The lines of a source that are no comments.
fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The codes that a source makes, `&codes::L101` or `&L101`. One that only asks which code it has
/// before it says `codes::L101.id`.
fn made(text: &str) -> BTreeSet<&str> {
    let mut out = BTreeSet::new();
    for line in code_lines(text) {
        for (at, _) in line.match_indices('&') {
            let path = &line[at + 1..];
            let path = path.strip_prefix("crate::diagnostic::").unwrap_or(path);
            let id = path.strip_prefix("codes::").unwrap_or(path);
            let end = id.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(id.len());
            if !id[end..].starts_with(".id") {
                out.insert(&id[..end]);
            }
        }
    }
    out
}

#[test]
fn every_code_is_explained_once_and_made_in_its_stage_alone() {
    let sources = sources();
    let makers: Vec<(&str, BTreeSet<&str>)> =
        sources.iter().map(|(file, text)| (file.split('/').nth(1).unwrap(), made(text))).collect();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for code in codes::ALL {
        if !seen.insert(code.id) {
            wrong.push(format!("{} stands twice", code.id));
        }
        if code.title.is_empty() || code.explanation.chars().count() < 12 {
            wrong.push(format!("{} is not explained", code.id));
        }
        let made: BTreeSet<&str> = makers
            .iter()
            .filter(|(_, made)| made.contains(code.id))
            .map(|(module, _)| *module)
            .collect();
        if made.is_empty() || !made.iter().all(|module| home(code.stage).contains(module)) {
            wrong.push(format!("{} is made in {made:?}", code.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Codes that no case shows, each with its reason.
const NOT_SHOWN: &[(&str, &str)] = &[("R303", "only a fault of the program itself makes it")];

/// What the cases expect, and the tests that ask for a code by name.
fn expectations(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if path.is_dir() {
            expectations(&path, out);
        } else if ending == "txt" {
            let text = fs::read_to_string(&path).unwrap();
            out.push_str(text.split_once("---- 期望").map_or("", |(_, expected)| expected));
        } else if ending == "rs" && !path.ends_with("house.rs") {
            let text = fs::read_to_string(&path).unwrap();
            code_lines(&text).for_each(|line| {
                out.push_str(line);
                out.push('\n');
            });
        }
    }
}

#[test]
fn every_code_is_shown_by_a_case() {
    let mut expected = String::new();
    expectations(&root().join("tests"), &mut expected);
    let shown: BTreeSet<&str> = expected.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let excepted = |id: &str| NOT_SHOWN.iter().any(|(known, _)| *known == id);
    let wrong: Vec<&str> = codes::ALL
        .iter()
        .map(|code| code.id)
        .filter(|id| shown.contains(id) == excepted(id))
        .collect();
    assert!(wrong.is_empty(), "not shown, or shown and excepted: {wrong:?}");
}

/// Words of the contract that mean something else too, by the files where they do. Where a sheet, a
/// heading or an item is meant, its constant in `contract` is written.
const OTHER_MEANINGS: &[(&str, &[&str], &str)] = &[
    ("src/kit/words.rs", &["分管领导", "班子成员", "成员"], "who duties are asked of"),
    (
        "src/kit/terms.rs",
        &["领导小组", "班子成员"],
        "whose rows a form is in, and whom a word names",
    ),
    (
        "src/kit/words_file.rs",
        &["对照方面", "年度", "名称"],
        "what keys of 对照方面.toml are called",
    ),
    (
        "src/kit/duty_file.rs",
        &["编号", "责任内容", "领域"],
        "what keys of 责任清单.toml are called",
    ),
    ("src/kit/regime_file.rs", &["编号", "名称", "打印名称", "内容"], "the same"),
    ("src/kit/rules_file.rs", &["名称"], "the same"),
    (
        "src/kit/papers_file.rs",
        &["编号", "文种", "版式", "班子成员"],
        "keys of 文稿.toml and whom for",
    ),
    ("src/ledger/roster.rs", &["领导小组"], "a body"),
    ("src/ledger/names.rs", &["领导小组"], "a body"),
    ("src/ledger/answerable.rs", &["负责人"], "a post"),
    ("src/ledger/vocabulary.rs", &["成员", "班子成员", "分管领导"], "posts and roles"),
    ("src/ledger/deeds.rs", &["谈心谈话"], "a matter that a row may be about"),
    ("src/assess/dump.rs", &["领导小组"], "a body"),
    ("src/assess/metrics.rs", &["征求意见"], "where a problem comes from"),
    ("src/facts/fields/mod.rs", &["日期"], "a kind of field"),
    ("src/facts/findings.rs", &["征求意见"], "where a problem comes from"),
    ("src/facts/meeting.rs", &["方面"], "how the name of an aspect ends"),
    ("src/facts/places.rs", &["单位", "简称", "年度", "指标"], "fields"),
    ("src/facts/subject.rs", &["领导小组", "班子成员"], "kinds of subjects"),
    ("src/template/", &["日期", "序号", "段落"], "helpers, kinds of arguments and levels"),
    ("src/template/", &["署名", "成文日期", "主送"], "styles and named blocks"),
    (
        "src/render/settle/titles.rs",
        &["民主生活会", "班子成员", "对照检查", "年度"],
        "words in titles",
    ),
    ("src/review/", &["分管单位", "方面", "谈心谈话", "征求意见", "宣传阵地"], "words in papers"),
    ("src/review/", &["负责人", "领导小组", "联系电话", "联系人", "导语"], "words in papers"),
    ("src/batch/make.rs", &["名称", "单位"], "fields"),
    ("src/batch/to_fill.rs", &["方面", "单位", "年度"], "fields"),
    ("src/cli/", &["编号", "期间", "日期", "参数", "方面"], "usage, and a field"),
];

/// The texts between double quotes that are the code's own: no comments, no unit tests, and of the
/// fields that `facts` declares neither name nor meaning, for fields are named as columns are.
fn literals(file: &str, text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let kinds = ["Text", "Number", "Date", "Flag", "Ratio", "Record", "List", "TextList"];
        let mut words = line.split('"').skip(2).take(1).flat_map(str::split_whitespace);
        let kind = words.next().and_then(|word| word.split('<').next()).unwrap_or_default();
        let declares = file.starts_with("src/facts/") && kinds.contains(&kind);
        let line = if declares { line.split_once("=>").map_or("", |(_, rest)| rest) } else { line };
        found.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    found
}

#[test]
fn sheets_headings_and_items_are_listed_by_the_contract_alone() {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for sheet in contract::sheets() {
        known.insert(sheet.name);
        known.extend(sheet.headings().chain(sheet.items().iter().map(|item| item.name)));
    }
    assert!(known.len() > 150, "{}", known.len());
    let mut wrong = Vec::new();
    let mut unused: BTreeSet<(&str, &str)> = OTHER_MEANINGS
        .iter()
        .flat_map(|(of, words, _)| words.iter().map(|word| (*of, *word)))
        .collect();
    for (file, text) in sources() {
        if file.starts_with("src/contract/") {
            continue;
        }
        for literal in literals(&file, &text) {
            if !known.contains(literal.as_str()) {
                continue;
            }
            let meant = OTHER_MEANINGS
                .iter()
                .find(|(of, words, _)| file.starts_with(of) && words.contains(&literal.as_str()));
            match meant {
                Some((of, ..)) => {
                    unused.retain(|(other, word)| other != of || *word != literal);
                }
                None => wrong.push(format!("{file} lists {literal}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(unused.is_empty(), "no longer needed: {unused:?}");
}

#[test]
fn the_top_level_is_a_fixed_list() {
    let known: BTreeSet<&str> = [
        ".cargo",
        ".ci",
        ".clippy.toml",
        ".git",
        ".gitattributes",
        ".gitignore",
        ".rustfmt.toml",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "README.zh-CN.md",
        "benches",
        "docs",
        "fuzz",
        "samples",
        "src",
        "target",
        "templates",
        "tests",
        "输出",
    ]
    .into();
    let found = fs::read_dir(root()).unwrap();
    let names: Vec<String> =
        found.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let strange: Vec<&String> = names.iter().filter(|n| !known.contains(n.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

/// What docs/reliability.md calls a test is one.
#[test]
fn the_tests_that_the_docs_name_exist() {
    let mut files = Vec::new();
    rust_files(&root().join("tests"), &mut files);
    let all: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let text = fs::read_to_string(root().join("docs/reliability.md")).unwrap();
    let mut named = 0;
    for name in text.split('`').skip(1).step_by(2) {
        if name.contains('/') {
            assert!(root().join(name).exists(), "{name}");
        } else if let Some((_, test)) = name.rsplit_once("::") {
            named += 1;
            let (function, module) = (format!("fn {test}"), format!("mod {test};"));
            assert!(all.contains(&function) || all.contains(&module), "{name}");
        }
    }
    assert!(named > 10, "{named}");
}
