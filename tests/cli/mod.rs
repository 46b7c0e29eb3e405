//! The program as a user meets it: each case is a folder of files and a few commands.
//!
//! ```text
//! #### 台账.xlsx            a workbook as a text table
//! #### 模板/甲.md           any other file as it stands
//! #### 甲.docx              a Word file in the notation of tests/engine; a section `[部件 名]` is a
//!                          further part, or one in place of another
//! #### 乙.docx/丙.txt        a folder in place of a file
//! #### 命令
//! $ shuzhi check .          run in the case's folder; output and exit code are what is expected
//! $ 改 输出/甲.docx          edits a file by hand        $ 看 甲.txt    shows one
//! $ 换 甲.docx 旧 新         replaces words in the text of a Word file
//! $ 节 00先看这里.txt 题     a section of it
//! $ 样 青澜县人民医院         copies the workbooks of a sample
//! $ 乱 模板/甲.md            writes bytes that are no UTF-8
//! $ 列 输出                  lists the files of a folder
//! $ 文 甲.docx               the text of a Word file     $ 批注 甲.docx   its comments
//! $ shuzhi … ｜前 9          the first lines only        $ shuzhi … ｜找 字   those with a word
//! ```

use std::fs;
use std::path::Path;
use std::process::Command;

use shuzhi::form;
use shuzhi::package::{self, Limits, Part};
use shuzhi::place::Sources;
use shuzhi::template::index::{Index, Kind};
use shuzhi::workbook::text_table;

mod hostile;
mod names;
mod runs;

use crate::engine::{document, sections};
use crate::support::{check_cases, docx, root};

#[test]
fn cases() {
    check_cases("cli", session);
}

/// A result that does not fit on the disk is not all there: an exit of 0 would say that it is.
#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_shuzhi"))
        .args(["template", "list"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("错误：结果没有写全"), "{told}");
}

/// Runs a case in a folder of its own and gives the transcript.
fn session(input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut commands = Vec::new();
    for block in input.split("#### ").skip(1) {
        let (name, text) = block.split_once('\n').unwrap_or((block, ""));
        let name = name.trim();
        if name == "命令" {
            commands.extend(text.lines().filter_map(|line| line.strip_prefix("$ ")));
            continue;
        }
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name.ends_with(".xlsx") {
            let book = text_table::parse(name, text, &mut Sources::default()).unwrap();
            fs::write(path, form::write_book(&book).unwrap()).unwrap();
        } else if name.ends_with(".docx") {
            fs::write(path, word(text)).unwrap();
        } else {
            fs::write(path, text).unwrap();
        }
    }
    let transcript: Vec<String> =
        commands.into_iter().map(|line| step(folder.path(), line)).collect();
    transcript.join("\n")
}

/// A Word file in the notation of the engine's cases.
pub(crate) fn word(text: &str) -> Vec<u8> {
    let sections = sections(text);
    let mut parts = document::parts(&sections);
    for (name, text) in &sections {
        let Some(name) = name.strip_prefix("部件 ") else { continue };
        let bytes = text.trim_end().as_bytes().to_vec();
        match parts.iter_mut().find(|part| part.name == name) {
            Some(part) => part.bytes = bytes,
            None => parts.push(Part { name: name.to_owned(), bytes }),
        }
    }
    let types = parts.iter_mut().find(|part| part.name == "[Content_Types].xml").unwrap();
    let more = "<Default Extension=\"xml\" ContentType=\"x\"/><Default Extension=\"bin\" ContentType=\"b\"/></Types>";
    types.bytes = String::from_utf8(types.bytes.clone()).unwrap().replace("</Types>", more).into();
    package::write(&parts)
}

fn step(folder: &Path, line: &str) -> String {
    if let Some((command, filter)) = line.split_once(" ｜") {
        let all = step(folder, command);
        let mut lines = all.lines().skip(1);
        let lines: Vec<&str> = match filter.split_once(' ').unwrap() {
            ("前", count) => lines.by_ref().take(count.parse().unwrap()).collect(),
            ("找", word) => lines.by_ref().filter(|line| line.contains(word)).collect(),
            other => panic!("no filter {other:?}"),
        };
        return format!("$ {line}\n{}", lines.join("\n"));
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let output = match words.as_slice() {
        ["shuzhi", args @ ..] => return run(folder, line, args),
        ["改", file] => {
            let path = folder.join(file);
            let mut bytes = fs::read(&path).unwrap();
            bytes.push(b'\n');
            fs::write(path, bytes).unwrap();
            String::new()
        }
        ["换", file, old, new] => {
            let limits = Limits { entries: 100, bytes: 64 << 20 };
            let mut parts =
                package::read(file, &fs::read(folder.join(file)).unwrap(), limits).value;
            let body = parts.iter_mut().find(|part| part.name == "word/document.xml").unwrap();
            let xml = String::from_utf8(body.bytes.clone()).unwrap();
            assert!(xml.contains(old), "no {old} in {file}");
            body.bytes = xml.replace(old, new).into_bytes();
            fs::write(folder.join(file), package::write(&parts)).unwrap();
            String::new()
        }
        ["节", file, title] => {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            let section = text.split("\r\n\r\n").find(|part| part.contains(title));
            section.unwrap_or_default().to_owned()
        }
        ["样", name] => {
            let (from, to) = (root().join("samples").join(name), folder.join(name));
            fs::create_dir_all(&to).unwrap();
            for file in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
                if file.is_file() {
                    fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
                }
            }
            String::new()
        }
        ["乱", file] => {
            fs::write(folder.join(file), [0xd4, 0xf0, 0xc8, 0xce]).unwrap();
            String::new()
        }
        ["看", file] => fs::read_to_string(folder.join(file)).unwrap(),
        ["文", file] => docx::dump(&fs::read(folder.join(file)).unwrap()),
        ["批注", file] => {
            let bytes = fs::read(folder.join(file)).unwrap();
            let limits = Limits { entries: 100, bytes: 64 << 20 };
            let parts = package::read(file, &bytes, limits).value;
            let found = parts.iter().find(|part| part.name == "word/comments.xml").unwrap();
            let xml = String::from_utf8(found.bytes.clone()).unwrap();
            let index = Index::read(&xml).unwrap();
            let text = |at| index.text(at);
            let paragraphs = (0..index.nodes.len())
                .filter(|at| index.nodes[*at].kind == Kind::Paragraph)
                .map(text);
            paragraphs.collect::<Vec<_>>().join("\n")
        }
        ["列", below] => {
            let mut files = Vec::new();
            list(&folder.join(below), "", &mut files);
            files.join("\n")
        }
        _ => panic!("unknown step: {line}"),
    };
    let output = output.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    format!("$ {line}\n{}", output.trim_end())
}

/// Runs the program and gives what it printed on both streams, and the exit code unless 0.
pub(crate) fn run(folder: &Path, line: &str, args: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_shuzhi")).args(args).current_dir(folder).output().unwrap();
    let mut text = format!("$ {line}\n");
    for stream in [output.stdout, output.stderr] {
        text.push_str(&String::from_utf8(stream).unwrap());
    }
    let code = output.status.code().unwrap();
    if code != 0 {
        text.push_str(&format!("[退出码 {code}]\n"));
    }
    text.trim_end().to_owned()
}

/// The files below a folder, in order.
fn list(folder: &Path, below: &str, files: &mut Vec<String>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap()).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(name);
        }
    }
}
