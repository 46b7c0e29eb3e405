//! Both READMEs are run: every command of a console block is executed and prints what stands
//! under it, and the parts that are made from tables are as the tables say.

use std::fs;

use shuzhi::template::helpers;

use crate::cli;
use crate::support::root;

/// The README's way of running the program, and the test binary's.
const CARGO_RUN: &str = "cargo run --release -- ";

#[test]
fn the_english_readme_shows_what_happens() {
    check("README.md");
}

#[test]
fn the_chinese_readme_shows_what_happens() {
    check("README.zh-CN.md");
}

#[track_caller]
fn check(file: &str) {
    let path = root().join(file);
    let text = fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("samples"), &folder.path().join("samples"));
    let mut out = String::new();
    let mut rest = text.as_str();
    let mut commands = 0;
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (block, after) = after.split_once("\n```").unwrap();
        out.push_str(before);
        out.push_str("```console\n");
        let mut shown = Vec::new();
        for line in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let Some(args) = line.strip_prefix(CARGO_RUN) else {
                // git, cd, cargo build and cargo test are run by whoever runs this.
                shown.push(format!("$ {line}"));
                continue;
            };
            let args: Vec<&str> = args.split_whitespace().collect();
            shown.push(cli::run(folder.path(), line, &args));
            commands += 1;
        }
        out.push_str(&shown.join("\n"));
        out.push_str("\n```");
        rest = after;
    }
    out.push_str(rest);
    let out = with_helpers(&out);
    assert!(commands > 0, "{file} shows no command");
    if out == text {
        return;
    }
    assert!(
        std::env::var("SNAPSHOTS").is_ok_and(|v| v == "overwrite"),
        "{file} shows something else than what happens:\n{out}"
    );
    fs::write(path, out).unwrap();
}

/// The table of helpers between its marks, as the program has it.
fn with_helpers(text: &str) -> String {
    let (before, rest) = text.split_once("<!-- 写法 -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- /写法 -->").unwrap();
    let mut table = "| 写法 | 意思 | 例 |\n|---|---|---|\n".to_owned();
    for helper in helpers::ALL {
        let cell = |text: &str| text.replace('|', "\\|");
        let usage = cell(&helpers::usage(helper));
        table.push_str(&format!("| `{usage}` | {} | {} |\n", helper.meaning, cell(helper.example)));
    }
    format!("{before}<!-- 写法 -->\n{table}<!-- /写法 -->{after}")
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
