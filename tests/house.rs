//! The house rules that a reader may rely on: module order, file sizes, documents, the table of
//! codes, and who may name which crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use shuzhi::diagnostic::codes;

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
    ("anyhow", &["cli"]),
    ("tempfile", &["cli"]),
    ("sha2", &["batch"]),
    ("quick_xml", &["package", "workbook", "template", "render", "review", "form"]),
];

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
            let named =
                text.contains(&format!("{name}::")) || text.contains(&format!("use {name}"));
            if named && !owners.contains(&module.as_str()) {
                wrong.push(format!("{file} names {name}"));
            }
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

#[test]
fn every_code_is_explained_and_used_once_in_its_stage() {
    let all: String = sources()
        .into_iter()
        .filter(|(file, _)| file != "src/diagnostic/codes.rs")
        .map(|(_, text)| text)
        .collect();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for code in codes::ALL {
        if !seen.insert(code.id) {
            wrong.push(format!("{} stands twice", code.id));
        }
        if code.title.is_empty() || code.explanation.chars().count() < 12 {
            wrong.push(format!("{} is not explained", code.id));
        }
        let mut words = all.split(|c: char| !c.is_ascii_alphanumeric());
        if !words.any(|word| word == code.id) {
            wrong.push(format!("{} is never used", code.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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
