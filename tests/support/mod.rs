//! What the cases share: walking a folder of case files, and text tables as ledgers.

pub(crate) mod docx;
pub(crate) mod sample;

use std::fs;
use std::path::{Path, PathBuf};

/// The line between a case's input and what is expected of it.
const DIVIDER: &str = "---- 期望";

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs every case file of `tests/<folder>/*.txt` through `dump` and compares.
///
/// With `SNAPSHOTS=overwrite` in the environment the files are rewritten instead. All cases run
/// before the first failure is told.
#[track_caller]
pub(crate) fn check_cases(folder: &str, dump: impl Fn(&str) -> String) {
    let folder = root().join("tests").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let failures: Vec<String> = files.iter().filter_map(|file| check_case(file, &dump)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Runs one case; gives what differs.
fn check_case(file: &Path, dump: impl Fn(&str) -> String) -> Option<String> {
    let text = fs::read_to_string(file).unwrap();
    let (input, expected) = match text.split_once(DIVIDER) {
        Some((input, expected)) => (input, expected.trim_matches('\n')),
        None => (text.as_str(), ""),
    };
    let input = input.trim_end_matches('\n');
    let actual = dump(input);
    let actual = actual.trim_matches('\n');
    if actual == expected {
        return None;
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|v| v == "overwrite") {
        fs::write(file, format!("{input}\n\n{DIVIDER}\n{actual}\n")).unwrap();
        return None;
    }
    let diff: Vec<String> = diff_lines(expected, actual);
    Some(format!("{}:\n{}", file.display(), diff.join("\n")))
}

/// The lines that differ, `-` expected and `+` found, each with its number.
fn diff_lines(expected: &str, actual: &str) -> Vec<String> {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let mut out = Vec::new();
    for at in 0..old.len().max(new.len()) {
        let (a, b) = (old.get(at), new.get(at));
        if a != b {
            out.extend(a.map(|line| format!("  {} - {line}", at + 1)));
            out.extend(b.map(|line| format!("  {} + {line}", at + 1)));
        }
        if out.len() > 40 {
            out.push("  …".to_owned());
            break;
        }
    }
    out
}

/// The words of the built-in kit.
pub(crate) fn terms() -> std::sync::Arc<shuzhi::kit::Terms> {
    static TERMS: std::sync::OnceLock<std::sync::Arc<shuzhi::kit::Terms>> =
        std::sync::OnceLock::new();
    let kit = || shuzhi::kit::load(&shuzhi::kit::KitFiles::new()).value;
    std::sync::Arc::clone(TERMS.get_or_init(|| kit().terms))
}
