//! Whole commands on bureaus of 200, 1,000 and 5,000 units: CPU time per unit, and by how much it
//! grows with the bureau. `generate` writes the self-checks of all units, leaders and the party
//! group; `check` makes and reviews every paper.
//!
//! A command is a child process, this program again unless `SHUZHI` names another; its CPU time
//! is what the system gives for children that have ended.
#![expect(clippy::disallowed_methods, reason = "a bench starts programs and looks at the clock")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};

use crate::bureau;
use crate::timing::{Promises, show};

/// Set for a child that is to act as the program that is timed.
pub const AS_PROGRAM: &str = "SHUZHI_AS_PROGRAM";

const SIZES: [usize; 3] = [200, 1_000, 5_000];

/// From 1,000 units to 5,000 the cost of a unit grows by no more.
const GROWTH: f64 = 1.20;

const COMMANDS: [(&str, &[&str]); 3] = [
    ("check --data-only", &["check", "--data-only"]),
    ("check", &["check"]),
    ("generate --paper 自查报告", &["generate", "--paper", "自查报告"]),
];

pub fn run(promises: &mut Promises) {
    println!("scale: CPU time per unit of whole commands");
    let folder = tempfile::tempdir().expect("a folder for workbooks");
    let folders: Vec<_> = SIZES.map(|size| folder.path().join(size.to_string())).into();
    for (folder, size) in folders.iter().zip(SIZES) {
        fs::create_dir(folder).expect("a new folder");
        for (name, bytes) in bureau::workbooks(size) {
            fs::write(folder.join(name), bytes).expect("a workbook can be written");
        }
    }
    for (name, arguments) in COMMANDS {
        let per_unit: Vec<f64> = folders
            .iter()
            .zip(SIZES)
            .map(|(folder, size)| {
                let seconds = cpu(arguments, folder);
                println!(
                    "  {name:<36} {size:>5} units {:>10} {:>10} a unit",
                    show(seconds),
                    show(seconds / size as f64)
                );
                seconds / size as f64
            })
            .collect();
        promises.factor_at_most(
            &format!("{name}: a unit of 5,000 / of 1,000"),
            per_unit[2] / per_unit[1],
            GROWTH,
        );
    }
}

/// The CPU seconds, user and system, of one command on a folder of workbooks.
fn cpu(arguments: &[&str], folder: &Path) -> f64 {
    let own = std::env::current_exe().expect("this program");
    let program = std::env::var_os("SHUZHI").unwrap_or_else(|| own.into_os_string());
    let mut command = Command::new(program);
    command.env(AS_PROGRAM, "").args(arguments).arg(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    if arguments[0] == "generate" {
        command.arg("--out").arg(folder.join("输出"));
    }
    let before = children();
    let status = command.status().expect("the program starts");
    assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?} ended with {status}");
    children() - before
}

/// CPU seconds of all children that have ended.
fn children() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
        .sum()
}
