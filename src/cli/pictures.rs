//! Pictures beside the workbooks, for cells that name them. No link in the file system is followed:
//! what a cell names cannot lead out of the folder.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::render::{Pictures, Unread};

/// The folders of the workbooks.
#[derive(Debug)]
pub(super) struct Folders(Vec<PathBuf>);

impl Folders {
    /// Those that the given paths are, or are in.
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        let folder = |path: &PathBuf| {
            if path.is_dir() {
                return path.clone();
            }
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            parent.unwrap_or(Path::new(".")).to_owned()
        };
        let mut folders: Vec<PathBuf> = Vec::new();
        for found in paths.iter().map(folder) {
            if !folders.contains(&found) {
                folders.push(found);
            }
        }
        Self(folders)
    }
}

impl Pictures for Folders {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread> {
        let mut trouble = Unread::Missing;
        for folder in &self.0 {
            match read(folder, name, most) {
                Err(Unread::Missing) => {}
                Err(other) => trouble = other,
                Ok(bytes) => return Ok(bytes),
            }
        }
        Err(trouble)
    }
}

/// A file below a folder, step by step.
fn read(folder: &Path, name: &str, most: usize) -> Result<Vec<u8>, Unread> {
    let mut path = folder.to_owned();
    let mut size = None;
    for step in name.split('/') {
        path.push(step);
        let found = fs::symlink_metadata(&path).map_err(|_| Unread::Missing)?;
        if found.is_symlink() {
            return Err(Unread::Outside);
        }
        size = found.is_file().then_some(found.len());
    }
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    if size.ok_or(Unread::Missing)? > most {
        return Err(Unread::TooLarge);
    }
    let mut bytes = Vec::new();
    let file = File::open(&path).map_err(|_| Unread::Unreadable)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Unread::Unreadable)?;
    Ok(bytes)
}
