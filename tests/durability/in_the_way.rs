//! What stands in the way of a file, whose it is, and who may read it: every verb, and a run.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use shuzhi::batch::record::journal;

use super::{Office, ended, files, is_paper, quiet};
use crate::cli::word;
use crate::support::root;

const BIN: &str = env!("CARGO_BIN_EXE_shuzhi");

/// Runs a verb with a file mode creation mask; gives what it printed.
fn run(umask: &str, folder: &Path, arguments: &[&str]) -> String {
    let script = "umask \"$1\"; shift; exec \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", umask, BIN]).args(arguments);
    let done = command.current_dir(folder).output().unwrap();
    String::from_utf8(done.stdout).unwrap() + &String::from_utf8(done.stderr).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

#[test]
fn no_verb_overwrites_what_it_did_not_write() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("表/甲")).unwrap();
    fs::write(at.join("表/甲/1.txt"), "== 设置\n项目 | 内容\n年度 | 2024\n").unwrap();
    fs::write(at.join("错.docx"), word("[正文]\n{{没有这一项}}\n")).unwrap();
    let verbs: [(&[&str], &str, &str); 5] = [
        (&["form", "表"], "甲.xlsx", "甲（新）.xlsx"),
        (&["init", "."], "台账.xlsx", ""),
        (&["template", "eject", "自查报告-党组", "--out", "乙.docx"], "乙.docx", "乙（新）.docx"),
        (&["template", "fields", "--word", "丙.docx"], "丙.docx", "丙（新）.docx"),
        (&["template", "check", "错.docx", "--annotate", "丁.docx"], "丁.docx", "丁（新）.docx"),
    ];
    for (arguments, file, beside) in verbs {
        fs::write(at.join(file), "填好的").unwrap();
        for _ in 0..2 {
            let said = run("022", at, arguments);
            assert_eq!(fs::read(at.join(file)).unwrap(), "填好的".as_bytes(), "{said}");
            assert!(said.contains("没有动"), "{said}");
            assert!(beside.is_empty() || at.join(beside).exists(), "{said}");
        }
        // A link in its place is not written through.
        fs::write(at.join("别人的"), "别人的").unwrap();
        fs::remove_file(at.join(file)).unwrap();
        symlink("别人的", at.join(file)).unwrap();
        let said = run("022", at, arguments);
        assert_eq!(fs::read(at.join("别人的")).unwrap(), "别人的".as_bytes(), "{said}");
        assert!(at.join(file).is_symlink(), "{said}");
    }
    assert!(!files(at).keys().any(|name| name.contains('~')));
}

#[test]
fn personal_papers_are_their_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let sample = root().join("samples/禾泽区农业农村局");
    let sample = sample.to_str().unwrap();
    for (umask, usual) in [("000", 0o666), ("022", 0o644), ("077", 0o600)] {
        run(umask, at, &["generate", sample, "--all", "--out", umask]);
        let out = at.join(umask);
        let mut personal = 0;
        for name in files(&out).keys() {
            let is_personal = name.starts_with("个人材料/");
            personal += usize::from(is_personal);
            let expected = if is_personal { 0o600 } else { usual };
            assert_eq!(mode(&out.join(name)), expected, "{umask}: {name}");
            if is_personal {
                assert_eq!(mode(out.join(name).parent().unwrap()), 0o700, "{umask}: {name}");
            }
        }
        assert!(personal > 3 && mode(&out.join("个人材料")) == 0o700);
    }
    run("000", at, &["init", "新"]);
    assert_eq!(mode(&at.join("新/民主生活会.xlsx")), 0o600);
    assert_eq!(mode(&at.join("新/台账.xlsx")), 0o666);
    run("000", at, &["form", &format!("{sample}/原表"), "--out", "表"]);
    assert_eq!(mode(&at.join("表/民主生活会.xlsx")), 0o600);
    assert_eq!(mode(&at.join("表/台账.xlsx")), 0o666);
}

#[test]
fn a_run_writes_through_no_link() {
    let office = Office::open();
    let out = office.out("links");
    office.next_run_is_quiet(&out, 0, "at first");
    let elsewhere = office.out("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    let last = office.versions[0].keys().rfind(|path| is_paper(path)).unwrap();
    let first = office.versions[0].keys().find(|path| is_paper(path)).unwrap();
    // A folder elsewhere, and one of our own papers under another name.
    let folder = out.join(last).parent().unwrap().to_path_buf();
    fs::remove_dir_all(&folder).unwrap();
    symlink(&elsewhere, &folder).unwrap();
    let moved = elsewhere.with_extension("docx");
    fs::rename(out.join(first), &moved).unwrap();
    symlink(&moved, out.join(first)).unwrap();
    let before = fs::read(&moved).unwrap();
    let done = office.run(&out, 1).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(4), "{said}");
    assert!(said.contains("路径上有一个链接") && said.contains("保留"), "{said}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert_eq!(fs::read(&moved).unwrap(), before);
    assert!(out.join(first).is_symlink());
    // With real folders all is as if nothing had been.
    fs::remove_file(&folder).unwrap();
    fs::remove_file(out.join(first)).unwrap();
    let beside = first.replace(".docx", "（新）.docx");
    assert_eq!(fs::read(out.join(&beside)).unwrap(), office.versions[1][first]);
    fs::remove_file(out.join(&beside)).unwrap();
    office.next_run_is_quiet(&out, 0, "without links");
}

#[test]
fn what_stands_in_the_way_of_some_papers_stops_no_other() {
    let office = Office::open();
    let out = office.out("in the way");
    office.next_run_is_quiet(&out, 0, "at first");
    let papers: Vec<&String> = office.versions[0].keys().filter(|path| is_paper(path)).collect();
    // Read-only files are ours all the same; folders stay.
    for path in &papers[..3] {
        let file = out.join(path);
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).unwrap();
    }
    for path in &papers[3..6] {
        fs::remove_file(out.join(path)).unwrap();
        fs::create_dir(out.join(path)).unwrap();
    }
    let done = office.run(&out, 1).arg("--json").output().unwrap();
    assert_eq!(done.status.code(), Some(4));
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let written = said["written"].as_array().unwrap().iter();
    let written: BTreeSet<&str> = written.map(|paper| paper["file"].as_str().unwrap()).collect();
    let found = files(&out);
    let there: BTreeSet<&str> = found.keys().map(String::as_str).filter(|p| is_paper(p)).collect();
    assert_eq!(written, there);
    assert_eq!(said["skipped"].as_array().unwrap().len(), 3);
    office.papers_are_whole(&out, "folders in the way");
    for path in &papers[3..6] {
        fs::remove_dir(out.join(path)).unwrap();
    }
    office.next_run_is_quiet(&out, 0, "out of the way");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_reported_once() {
    let office = Office::open();
    let out = office.out("a file");
    fs::write(&out, "占着").unwrap();
    for (journal, words) in
        [("", "要放文件夹的位置上已有一个文件"), ("我的笔记", "不是本程序写的文件")]
    {
        if !journal.is_empty() {
            fs::remove_file(&out).unwrap();
            fs::create_dir(&out).unwrap();
            fs::write(out.join("生成中.txt"), journal).unwrap();
        }
        let done = office.run(&out, 0).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(4), "{said}");
        assert!(said.contains(words) && said.lines().count() == 1, "{said}");
    }
    assert_eq!(files(&out).len(), 1, "nothing is written");
    assert_eq!(fs::read(out.join("生成中.txt")).unwrap(), "我的笔记".as_bytes());
}

/// While another run has the folder, this one waits, says so, and can be stopped.
#[test]
fn a_waiting_run_says_so_and_can_be_stopped() {
    let office = Office::open();
    let out = office.out("busy");
    fs::create_dir(&out).unwrap();
    let lock = File::create(out.join("生成中.txt")).unwrap();
    lock.lock().unwrap();
    let mut child =
        office.run(&out, 0).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    stderr.read_line(&mut said).unwrap();
    assert!(said.starts_with("另一个 shuzhi 正在往"), "{said}");
    Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().unwrap();
    assert_eq!(ended(child).status.code(), Some(130));
    assert_eq!(files(&out).len(), 1);
    // Let go, it is no obstacle. The files that the run before had not finished are removed, and
    // nothing else.
    let unfinished =
        ["2024年自查报告/~shuzhi-a1B2c3", "个人材料/邵静/~shuzhi-000000", "~shuzhi-abcdef"];
    let others = ["2024年自查报告/~shuzhi-笔记.txt", "甲/乙/丙/丁/~shuzhi-a1B2c3"];
    for path in unfinished.iter().chain(&others) {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), "半份").unwrap();
    }
    (&lock).write_all(&journal(0, &[])).unwrap();
    let child = quiet(&mut office.run(&out, 0));
    drop(lock);
    assert_eq!(ended(child).status.code(), Some(0));
    office.papers_are_whole(&out, "after waiting");
    let found = files(&out);
    let kept: Vec<&String> = found.keys().filter(|path| path.contains('~')).collect();
    assert_eq!(kept, others);
    fs::remove_file(out.join(others[0])).unwrap();
    fs::remove_dir_all(out.join("甲")).unwrap();
    office.next_run_is_quiet(&out, 1, "after waiting");
}
