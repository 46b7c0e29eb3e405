//! Times the program against floors measured in the same run: `cargo bench`, or one bench by its
//! name. A missed promise makes the exit code 1.
//!
//! A ratio is taken inside one round, where both sides ran one right after the other on the same
//! machine in the same mood; absolute times are told beside it and move with the machine.

mod bureau;
mod compile;
mod floor;
mod paper;
mod render;
mod sample;
mod scale;
mod tagged;
mod timing;

use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "a bench is called by its name, or as the program")]
fn main() -> ExitCode {
    if std::env::var_os(scale::AS_PROGRAM).is_some() {
        return shuzhi::cli::main();
    }
    let names: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let asked = |name: &str| names.is_empty() || names.iter().any(|asked| asked == name);
    let mut promises = timing::Promises::default();
    if asked("render") {
        render::run(&mut promises);
    }
    if asked("compile") {
        compile::run(&mut promises);
    }
    if asked("paper") {
        paper::run();
    }
    if asked("scale") {
        scale::run(&mut promises);
    }
    promises.exit()
}
