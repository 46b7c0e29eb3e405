//! The `shuzhi` program: parses the arguments, runs one verb, returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    shuzhi::cli::main()
}
