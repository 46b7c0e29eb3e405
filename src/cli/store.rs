//! Files of this machine that are written: whole or not at all, and never over one that is not
//! ours. Every verb writes through [`write()`]; a run has a [`Folder`], with a lock and a journal.
//!
//! A file is written beside its place, synced and renamed there; then its folder is synced. Where
//! a file system knows no locks or no syncing (network shares), it is done without.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use tempfile::NamedTempFile;

use super::console::Console;
use crate::batch::record::beside;
use crate::batch::{Draft, JOURNAL, Output, PERSONAL, Refusal, is_personal};

/// What a file begins with that is not yet in its place.
const UNFINISHED: &str = "~shuzhi-";

/// How long a run waits for another one to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// How deep below the output folder a run puts files: 局/个人材料/姓名.
const DEPTH: usize = 3;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Whoever the user lets: the file mode creation mask says so.
    Usual,
    /// The user: it holds, or will hold, personal words.
    Owner,
}

impl Readers {
    /// Those of a copy: no more than of the original.
    #[cfg(unix)]
    pub(super) fn of(original: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;
        let closed = fs::metadata(original).is_ok_and(|found| found.mode() & 0o077 == 0);
        if closed { Self::Owner } else { Self::Usual }
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Self {
        Self::Usual
    }
}

/// A file that was written.
#[derive(Debug)]
pub(super) struct Written {
    /// Where.
    pub(super) path: PathBuf,
    /// The other file that has its name.
    kept: Option<PathBuf>,
}

impl Written {
    /// Reports it: 写好 甲.docx.
    pub(super) fn report(&self, done: &str, console: &mut Console) {
        console.result(&format!("{done} {}", self.path.display()));
        if let Some(kept) = &self.kept {
            console.result(&format!("保留 {}：内容不一样，没有动", kept.display()));
        }
    }
}

/// Writes a file; where another one stands, beside it.
pub(super) fn write(path: &Path, bytes: &[u8], readers: Readers) -> anyhow::Result<Written> {
    let shown = path.to_string_lossy();
    let (mut target, mut attempt) = (path.to_path_buf(), 0);
    let refused = |path: &Path, refusal| unwritten(path, &refusal);
    make_folder(folder_of(path))?;
    loop {
        let found = existing(&target).map_err(|refusal| refused(&target, refusal))?;
        let written = match &found {
            None => Unfinished::begin(&target, bytes, readers).and_then(|file| {
                file.sync()?;
                file.finish(&target, None)
            }),
            Some(found) if found == bytes => Ok(()),
            Some(_) => Err(Refusal::Changed),
        };
        match written {
            Ok(()) => break,
            // Another file stands there, since before or just now.
            Err(Refusal::Changed) => attempt += 1,
            Err(refusal) => return Err(refused(&target, refusal)),
        }
        target = PathBuf::from(beside(&shown, attempt));
    }
    sync_folder(folder_of(&target));
    let kept = (attempt > 0).then(|| path.to_path_buf());
    Ok(Written { path: target, kept })
}

/// Makes a folder and those above it.
pub(super) fn make_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).map_err(|error| unwritten(path, &refusal(error)))
}

fn unwritten(path: &Path, refusal: &Refusal) -> anyhow::Error {
    anyhow!("写不了“{}”：{refusal} → {}", path.display(), refusal.help())
}

/// The folder that papers go to.
pub(super) struct Folder<'a> {
    root: &'a Path,
    /// Set from outside to wait no longer.
    stop: &'a AtomicBool,
    journal: Option<File>,
}

impl<'a> Folder<'a> {
    pub(super) fn new(root: &'a Path, stop: &'a AtomicBool) -> Self {
        Self { root, stop, journal: None }
    }

    /// Opens the journal, which no other run has; says whether that is sure.
    fn claim(&self) -> Result<(File, bool), Refusal> {
        let path = self.root.join(JOURNAL);
        let mut waiting = None;
        loop {
            if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
                return Err(Refusal::Link);
            }
            let open = File::options().read(true).append(true).create(true).open(&path);
            let file = open.map_err(refusal)?;
            match file.try_lock() {
                // The run before may have removed it between our two steps.
                Ok(()) if is_at(&file, &path) => return Ok((file, true)),
                Ok(()) => {}
                Err(TryLockError::Error(_)) => return Ok((file, false)),
                Err(TryLockError::WouldBlock) => {
                    let since = *waiting.get_or_insert_with(|| {
                        let shown = self.root.display();
                        Console::new().talk(&format!("另一个 shuzhi 正在往“{shown}”写，等它写完"));
                        Instant::now()
                    });
                    if self.stop.load(Ordering::Relaxed) || since.elapsed() > PATIENCE {
                        return Err(Refusal::Busy);
                    }
                    sleep(Duration::from_millis(50));
                }
            }
        }
    }

    /// A path of this machine, and whether its folder is there. No link is followed on the way.
    fn resolve(&self, path: &str) -> Result<(PathBuf, bool), Refusal> {
        let (mut at, mut is_there) = (self.root.to_path_buf(), true);
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        for step in folders.split('/').filter(|step| !step.is_empty()) {
            at.push(step);
            match fs::symlink_metadata(&at) {
                Ok(found) if found.is_symlink() => return Err(Refusal::Link),
                Ok(found) if found.is_dir() => {}
                Ok(_) => return Err(Refusal::FileAbove),
                Err(error) if error.kind() == ErrorKind::NotFound => is_there = false,
                Err(error) => return Err(refusal(error)),
            }
        }
        at.push(name);
        Ok((at, is_there))
    }

    /// Begins a file, with the folders that it needs: a person's are the user's alone.
    fn begin(&self, draft: &Draft<'_>) -> Result<(PathBuf, Unfinished), Refusal> {
        let (path, is_there) = self.resolve(&draft.path)?;
        let personal = is_personal(&draft.path);
        if !is_there {
            let folder = folder_of(&path);
            let above = folder.ancestors().find(|above| above.ends_with(PERSONAL));
            if let Some(above) = above.filter(|_| personal).and_then(Path::parent) {
                fs::create_dir_all(above).map_err(refusal)?;
            }
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            if personal {
                std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            }
            builder.recursive(true).create(folder).map_err(refusal)?;
        }
        let readers = if personal { Readers::Owner } else { Readers::Usual };
        let file = Unfinished::begin(&path, draft.bytes, readers)?;
        Ok((path, file))
    }

    /// Syncs files, puts them in their places, and syncs the folders.
    fn finish(&self, begun: Vec<Begun<'_>>) {
        let mut folders = BTreeSet::new();
        let synced: Vec<Result<(), Refusal>> =
            begun.iter().map(|(_, _, _, file)| file.sync()).collect();
        for ((end, draft, path, file), synced) in begun.into_iter().zip(synced) {
            *end = synced.and_then(|()| file.finish(&path, draft.over.as_deref()));
            // A folder may be new itself.
            let above =
                folder_of(&path).ancestors().take_while(|above| above.starts_with(self.root));
            folders.extend(above.map(Path::to_path_buf));
        }
        folders.iter().rev().for_each(|folder| sync_folder(folder));
    }
}

/// A file of a group on its way: where to say what became of it, what it is, its place.
type Begun<'a> = (&'a mut Result<(), Refusal>, &'a Draft<'a>, PathBuf, Unfinished);

impl Output for Folder<'_> {
    fn open(&mut self) -> Result<Vec<u8>, Refusal> {
        fs::create_dir_all(self.root).map_err(refusal)?;
        let (mut file, sure) = self.claim()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(refusal)?;
        // A run that did not end may have left files that it had not finished.
        if sure && !bytes.is_empty() {
            sweep(self.root, DEPTH);
        }
        self.journal = Some(file);
        Ok(bytes)
    }

    fn found(&self, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let (path, is_there) = self.resolve(path)?;
        if is_there { existing(&path) } else { Ok(None) }
    }

    fn note(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.write_all(bytes).map_err(refusal)?;
        sync(journal)
    }

    fn write(&mut self, drafts: &[&Draft<'_>]) -> Vec<Result<(), Refusal>> {
        let mut ends: Vec<Result<(), Refusal>> = drafts.iter().map(|_| Ok(())).collect();
        let mut begun = Vec::new();
        for (end, draft) in ends.iter_mut().zip(drafts) {
            let mut file = self.begin(draft);
            if matches!(file, Err(Refusal::NoSpace)) {
                // What stands there already may take less space once it is replaced.
                self.finish(std::mem::take(&mut begun));
                file = self.begin(draft);
            }
            match file {
                Ok((path, file)) => begun.push((end, *draft, path, file)),
                Err(refusal) => *end = Err(refusal),
            }
        }
        self.finish(begun);
        ends
    }

    fn close(&mut self) {
        if self.journal.take().is_some() {
            // The next run reads and removes what stays.
            let _ = fs::remove_file(self.root.join(JOURNAL));
            sync_folder(self.root);
        }
    }
}

/// A file that is not yet in its place.
struct Unfinished(NamedTempFile);

impl Unfinished {
    fn begin(target: &Path, bytes: &[u8], readers: Readers) -> Result<Self, Refusal> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED);
        #[cfg(not(unix))]
        let _ = readers;
        #[cfg(unix)]
        if readers == Readers::Usual {
            let usual: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
            builder.permissions(usual);
        }
        let mut file = builder.tempfile_in(folder_of(target)).map_err(refusal)?;
        file.write_all(bytes).map_err(refusal)?;
        Ok(Self(file))
    }

    fn sync(&self) -> Result<(), Refusal> {
        sync(self.0.as_file())
    }

    /// Puts it in its place, unless anything else stands there than what was found before.
    fn finish(self, target: &Path, over: Option<&[u8]>) -> Result<(), Refusal> {
        let mut file = self.0.into_temp_path();
        if over.is_none() {
            match file.persist_noclobber(target) {
                Ok(()) => return Ok(()),
                Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                    return existing(target).and(Err(Refusal::Changed));
                }
                // Not every file system can do it in one step.
                Err(error) => file = error.path,
            }
        }
        if existing(target)?.as_deref() != over {
            return Err(Refusal::Changed);
        }
        file.persist(target).map_err(|error| refusal(error.error))
    }
}

/// What stands at a path: nothing, or its bytes; of a link, where it points.
fn existing(path: &Path) -> Result<Option<Vec<u8>>, Refusal> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            let leads = fs::read_link(path).map_err(refusal)?;
            Ok(Some(leads.to_string_lossy().into_owned().into_bytes()))
        }
        Ok(found) if found.is_file() => fs::read(path).map(Some).map_err(refusal),
        Ok(found) if found.is_dir() => Err(Refusal::Folder),
        Ok(_) => Err(Refusal::Other("那里的不是普通文件".to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refusal(error)),
    }
}

/// Removes unfinished files from a folder and from those below it.
fn sweep(folder: &Path, depth: usize) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let name = entry.file_name();
        let random = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED));
        let ours = random
            .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()));
        if kind.is_dir() && depth > 0 {
            sweep(&entry.path(), depth - 1);
        } else if kind.is_file() && ours {
            // One that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a file is the one that stands at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |of: fs::Metadata| (of.dev(), of.ino());
    file.metadata().ok().map(id) == fs::metadata(path).ok().map(id)
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Makes sure that a file outlasts a power failure, where the file system can.
fn sync(file: &File) -> Result<(), Refusal> {
    match file.sync_data() {
        Err(error) if !matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
            Err(refusal(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The same for the names in a folder: there is nothing to be done where it fails.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// What the operating system refused, in our words.
fn refusal(error: io::Error) -> Refusal {
    match error.kind() {
        ErrorKind::IsADirectory => Refusal::Folder,
        // Making a folder where a file stands.
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Refusal::FileAbove,
        ErrorKind::PermissionDenied => Refusal::Denied,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Refusal::NoSpace,
        ErrorKind::ReadOnlyFilesystem => Refusal::ReadOnly,
        ErrorKind::InvalidFilename => Refusal::NameTooLong,
        // Windows: another program has the file open.
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => Refusal::Denied,
        _ => Refusal::Other(format!("系统不允许（{error}）")),
    }
}
