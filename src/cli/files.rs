//! Files of this machine that are read: workbooks, kits, templates.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::kit::KitFiles;
use crate::workbook::InputFile;

/// The largest file that is read at all.
const INPUT_BYTES: u64 = 200 * 1024 * 1024;

/// Extensions of workbooks, so that a folder may hold other things too.
const WORKBOOKS: [&str; 7] = ["xlsx", "xlsm", "xls", "et", "ett", "ods", "csv"];

/// The workbooks that the given paths name: files as they are, folders one level deep.
pub(super) fn workbooks(paths: &[PathBuf]) -> anyhow::Result<Vec<InputFile>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            for entry in list(path)? {
                let known = entry
                    .extension()
                    .and_then(|e| e.to_str())
                    .is_some_and(|e| WORKBOOKS.contains(&e.to_ascii_lowercase().as_str()));
                if known && entry.is_file() {
                    found.push(entry);
                }
            }
        } else if path.is_file() {
            found.push(path.clone());
        } else {
            bail!("找不到“{}”", path.display());
        }
    }
    let mut files = Vec::new();
    for path in found {
        let name = name_of(&path);
        // WPS and Word keep such a file beside one that is open.
        if name.starts_with("~$") || name.starts_with('.') {
            continue;
        }
        files.push(InputFile { bytes: read(&path)?, name });
    }
    if files.is_empty() {
        bail!("这里没有工作簿（.xlsx）：{}", show_all(paths));
    }
    Ok(files)
}

/// Every file of a kit folder, by name.
pub(super) fn kit_folder(path: &Path) -> anyhow::Result<KitFiles> {
    if !path.is_dir() {
        bail!("找不到模板文件夹“{}”", path.display());
    }
    let mut files = KitFiles::new();
    for entry in list(path)? {
        let name = name_of(&entry);
        if entry.is_file() && !name.starts_with("~$") && !name.starts_with('.') {
            files.insert(name, read(&entry)?);
        }
    }
    Ok(files)
}

/// A template: its name and its bytes.
pub(super) fn template(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    if !path.is_file() {
        bail!("找不到模板“{}”", path.display());
    }
    Ok((name_of(path), read(path)?))
}

/// 模板/ beside the workbooks, if there is one.
pub(super) fn templates_beside(paths: &[PathBuf]) -> Option<PathBuf> {
    paths.iter().find_map(|path| {
        let folder = if path.is_dir() { path.as_path() } else { path.parent()? };
        let beside = folder.join("模板");
        beside.is_dir().then_some(beside)
    })
}

/// The text files of a folder and of its folders, in order.
pub(super) fn texts(folder: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let mut texts = Vec::new();
    for entry in list(folder)? {
        let below = if entry.is_dir() { list(&entry)? } else { vec![entry] };
        for path in below.into_iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
            let read = text(&path)?;
            texts.push((path, read));
        }
    }
    Ok(texts)
}

fn text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("读不了“{}”", path.display()))
}

/// The entries of a folder in the order of their names.
fn list(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let context = || format!("打不开文件夹“{}”", folder.display());
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        entries.push(entry.with_context(context)?.path());
    }
    entries.sort();
    Ok(entries)
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let context = || format!("读不了“{}”（若在 WPS 中打开着，请先关闭）", path.display());
    let size = fs::metadata(path).with_context(context)?.len();
    if size > INPUT_BYTES {
        bail!("“{}”太大（{} MB，上限 200 MB）", path.display(), size / 1024 / 1024);
    }
    fs::read(path).with_context(context)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn show_all(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("、")
}
