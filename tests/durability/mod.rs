//! Nothing lost: the real program is killed, starved of space, started twice into one folder and
//! raced by a hand edit. After each, every paper is whole, old or new; the next run is quiet, writes
//! what is missing and calls none of our own papers edited by hand (docs/reliability.md).
//!
//! Moments come from a seeded sequence; `SHUZHI_KILLS=200` kills more often than the suite does.
#![cfg(unix)]

mod in_the_way;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::root;

/// Files by their path below a folder.
type Files = BTreeMap<String, Vec<u8>>;

/// The sample's workbooks in two versions, which few papers agree on, and what each becomes.
struct Office {
    folder: tempfile::TempDir,
    versions: [Files; 2],
    /// How long an undisturbed run takes.
    time: Duration,
}

impl Office {
    /// The one office of all tests: each has its own output folder.
    fn open() -> &'static Self {
        static OFFICE: OnceLock<Office> = OnceLock::new();
        OFFICE.get_or_init(Self::new)
    }

    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let days = [None, Some("2024-12-30")];
        let start = Instant::now();
        let versions = [0, 1].map(|version: usize| {
            let out = folder.path().join(format!("reference-{version}"));
            let done = generate(&out, days[version]).output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            files(&out)
        });
        let time = start.elapsed() / 2;
        let alike = |(path, bytes): &(&String, &Vec<u8>)| versions[1][*path] == **bytes;
        let alike = versions[0].iter().filter(|(path, _)| is_paper(path)).filter(alike).count();
        assert!(alike < 5, "{alike} papers are the same in both versions");
        Self { folder, versions, time }
    }

    fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, out: &Path, version: usize) -> Command {
        generate(out, [None, Some("2024-12-30")][version])
    }

    /// Every paper is one that a whole run writes, in either version.
    #[track_caller]
    fn papers_are_whole(&self, out: &Path, when: &str) {
        for (path, bytes) in files(out) {
            let known = self.versions.iter().any(|of| of.get(&path) == Some(&bytes));
            assert!(known || !path.ends_with(".docx"), "{when}: {path} is neither old nor new");
        }
    }

    /// A whole run afterwards keeps nothing back, leaves nothing behind and writes what a run
    /// into an empty folder does.
    #[track_caller]
    fn next_run_is_quiet(&self, out: &Path, version: usize, when: &str) {
        let done = self.run(out, version).output().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert_eq!(done.status.code(), Some(0), "{when}: {said}");
        assert!(!said.contains("保留"), "{when}: {said}");
        let (found, expected) = (files(out), &self.versions[version]);
        let names: Vec<&String> = found.keys().collect();
        assert_eq!(names, expected.keys().collect::<Vec<_>>(), "{when}");
        for (path, bytes) in found {
            assert!(
                !is_paper(&path) || bytes == expected[&path],
                "{when}: {path} is not the new one"
            );
        }
    }
}

/// All papers of the sample; another cut-off changes each of them.
fn generate(out: &Path, as_of: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shuzhi"));
    command.arg("generate").arg(root().join("samples/禾泽区农业农村局")).arg("--all");
    command.arg("--out").arg(out);
    if let Some(day) = as_of {
        command.args(["--as-of", day]);
    }
    command
}

fn is_paper(path: &str) -> bool {
    path.ends_with(".docx")
}

/// Every file below a folder; none where there is no folder.
fn files(folder: &Path) -> Files {
    fn gather(folder: &Path, below: &str, found: &mut Files) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.map(Result::unwrap) {
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                gather(&entry.path(), &format!("{name}/"), found);
            } else if let Ok(bytes) = fs::read(entry.path()) {
                // A temporary file may be renamed between the two.
                found.insert(name, bytes);
            }
        }
    }
    let mut found = Files::new();
    gather(folder, "", &mut found);
    found
}

/// Numbers that look random and are the same in every run.
struct Moments(u64);

impl Moments {
    fn next(&mut self, below: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        below.mul_f64((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

fn quiet(command: &mut Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn ended(child: Child) -> Output {
    child.wait_with_output().unwrap()
}

#[test]
fn a_killed_run_leaves_whole_papers_and_the_next_one_is_quiet() {
    let office = Office::open();
    let kills = std::env::var("SHUZHI_KILLS").map_or(20, |count| count.parse().unwrap());
    let mut moments = Moments(0x9e37_79b9_7f4a_7c15);
    let out = office.out("killed");
    for turn in 0..kills {
        let when = format!("kill {turn}");
        let mut child = quiet(&mut office.run(&out, turn % 2));
        sleep(moments.next(office.time));
        child.kill().unwrap();
        child.wait().unwrap();
        office.papers_are_whole(&out, &when);
        // Some are killed twice, with other data, before a run is let through.
        if turn % 3 != 2 {
            office.next_run_is_quiet(&out, (turn / 2) % 2, &when);
        }
        if turn % 7 == 6 {
            fs::remove_dir_all(&out).unwrap();
        }
    }
}

#[test]
fn an_interrupted_run_finishes_its_paper_and_says_so() {
    let office = Office::open();
    for (turn, signal) in ["-TERM", "-INT", "-TERM", "-INT"].into_iter().enumerate() {
        let out = office.out(&format!("interrupted-{turn}"));
        let mut command = office.run(&out, 0);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        while files(&out).keys().filter(|path| is_paper(path)).count() < 1 + turn {
            assert!(child.try_wait().unwrap().is_none(), "over before it could be interrupted");
            sleep(Duration::from_millis(2));
        }
        Command::new("kill").arg(signal).arg(child.id().to_string()).status().unwrap();
        let done = ended(child);
        let found = files(&out);
        let papers = found.keys().filter(|path| is_paper(path)).count();
        assert_eq!(done.status.code(), Some(130), "{signal}: {papers} papers");
        assert!(papers < 38, "{signal}: nothing was left to interrupt");
        for name in ["生成记录.json", "00先看这里.txt"] {
            assert!(found.contains_key(name), "{signal}: no {name}");
        }
        let first_look = String::from_utf8(found["00先看这里.txt"].clone()).unwrap();
        for path in found.keys().filter(|path| is_paper(path)) {
            assert!(first_look.contains(path.as_str()), "{signal}: {path} is not reported");
        }
        assert!(!found.keys().any(|path| path.contains("~")), "{signal}: a temporary file is left");
        office.papers_are_whole(&out, signal);
        office.next_run_is_quiet(&out, 1, signal);
    }
}

#[test]
fn two_runs_into_one_folder_do_not_harm_each_other() {
    let office = Office::open();
    let mut moments = Moments(7);
    for turn in 0..4 {
        let out = office.out(&format!("both-{turn}"));
        let first = quiet(&mut office.run(&out, 0));
        sleep(moments.next(office.time / 2));
        let second = quiet(&mut office.run(&out, 1));
        let codes = [ended(first), ended(second)].map(|done| done.status.code());
        // The later one waits, or ends with a sentence and exit 4.
        assert_eq!(codes[0], Some(0), "turn {turn}: {codes:?}");
        assert!([Some(0), Some(4)].contains(&codes[1]), "turn {turn}: {codes:?}");
        office.papers_are_whole(&out, "two runs");
        office.next_run_is_quiet(&out, turn % 2, "after two runs");
    }
}

#[test]
fn a_paper_edited_while_the_run_goes_is_kept() {
    let office = Office::open();
    let out = office.out("edited");
    office.next_run_is_quiet(&out, 0, "at first");
    let last = office.versions[0].keys().rfind(|path| is_paper(path)).unwrap();
    let path = out.join(last);
    let mut child = quiet(&mut office.run(&out, 1));
    sleep(office.time / 4);
    let mut edited = fs::read(&path).unwrap();
    let ours = office.versions.iter().any(|version| version[last] == edited);
    assert!(ours && child.try_wait().unwrap().is_none(), "the edit came too late");
    edited.extend(b"by hand");
    fs::write(&path, &edited).unwrap();
    assert_eq!(ended(child).status.code(), Some(0));
    assert!(files(&out).values().any(|bytes| *bytes == edited), "the edit is gone");
}

#[test]
fn papers_deleted_while_the_run_goes_come_back_with_the_next() {
    let office = Office::open();
    let out = office.out("deleted");
    let mut child = quiet(&mut office.run(&out, 0));
    while child.try_wait().unwrap().is_none() {
        for path in files(&out).keys().filter(|path| is_paper(path)) {
            // It may be the run's own turn to rename there.
            let _ = fs::remove_file(out.join(path));
        }
        sleep(Duration::from_millis(20));
    }
    office.papers_are_whole(&out, "deleted");
    office.next_run_is_quiet(&out, 0, "deleted");
}

/// A small disk: what fits is whole, what does not is reported, and with space the next run is
/// as if nothing had been. Needs a mount namespace of its own.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_costs_only_what_did_not_fit() {
    let office = Office::open();
    for kilobytes in [64, 200, 400] {
        let (disk, seen) = (office.out("disk"), office.out(&format!("seen-{kilobytes}")));
        fs::create_dir_all(&disk).unwrap();
        let script = "set -e; mount -t tmpfs -o size=\"$1\"k tmpfs \"$2\"; shift\n\
            out=$1/输出; seen=$2; shift 2\n\
            set +e; \"$@\" --out \"$out\" >\"$seen.said\" 2>&1; echo $? >\"$seen.code\"\n\
            mkdir -p \"$out\"; cp -r \"$out\" \"$seen\"\n\
            mount -o remount,size=64m \"$(dirname \"$out\")\"\n\
            \"$@\" --out \"$out\" >\"$seen.again\" 2>&1; echo $? >>\"$seen.code\"\n\
            cp -r \"$out\" \"$seen-again\"";
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-c", script, "sh"]);
        command.arg(kilobytes.to_string()).arg(&disk).arg(&seen);
        command.arg(env!("CARGO_BIN_EXE_shuzhi")).arg("generate");
        command.arg(root().join("samples/禾泽区农业农村局")).arg("--all");
        let done = command.output().unwrap();
        if !done.status.success() && !seen.with_extension("code").exists() {
            // Containers and some distributions forbid it; CI must not.
            let told = String::from_utf8_lossy(&done.stderr);
            assert!(std::env::var_os("CI").is_none(), "no mount namespace: {told}");
            return;
        }
        let read = |ending: &str| fs::read_to_string(seen.with_extension(ending)).unwrap();
        let when = format!("{kilobytes} KiB");
        assert_eq!(read("code"), "4\n0\n", "{when}: {}{}", read("said"), read("again"));
        assert!(read("said").contains("磁盘满"), "{when}: {}", read("said"));
        assert!(!read("again").contains("保留"), "{when}: {}", read("again"));
        office.papers_are_whole(&seen, &when);
        let again = files(&office.out(&format!("seen-{kilobytes}-again")));
        let papers = |files: &Files| {
            let papers = files.iter().filter(|(path, _)| is_paper(path));
            papers.map(|(path, bytes)| (path.clone(), bytes.clone())).collect::<Files>()
        };
        assert!(papers(&again) == papers(&office.versions[0]), "{when}: papers differ");
        let names: Vec<&String> = again.keys().collect();
        assert_eq!(names, office.versions[0].keys().collect::<Vec<_>>(), "{when}");
    }
}
