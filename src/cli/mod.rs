//! The command line: the only place that knows terminal, clock, environment and files.

use std::process::ExitCode;

/// Parses the arguments, runs one verb, returns its exit code.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
