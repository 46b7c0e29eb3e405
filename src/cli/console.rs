//! Standard output for results, standard error for talk. A closed pipe ends quietly; a result that
//! cannot be written for any other reason (a full disk) is told at the end.

use std::io::{self, ErrorKind, IsTerminal, Write};

use crate::batch::{Exit, Progress};

/// Where a verb writes.
pub(super) struct Console {
    out: io::Stdout,
    err: io::Stderr,
    /// What became of the results.
    written: io::Result<()>,
}

impl Console {
    pub(super) fn new() -> Self {
        Self { out: io::stdout(), err: io::stderr(), written: Ok(()) }
    }

    /// A line of the result.
    pub(super) fn result(&mut self, text: &str) {
        let written = writeln!(self.out, "{text}");
        self.note(written);
    }

    /// Bytes of the result as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let written = self.out.write_all(bytes);
        self.note(written);
    }

    /// A line of talk. There is nowhere to tell that it was not heard.
    pub(super) fn talk(&mut self, text: &str) {
        let _ = writeln!(self.err, "{text}");
    }

    /// What went wrong with a file of this machine.
    pub(super) fn trouble(&mut self, error: &anyhow::Error) -> Exit {
        self.talk(&format!("错误：{error:#}"));
        Exit::Files
    }

    /// How far a run is, on a terminal.
    pub(super) fn progress(&mut self, step: Progress<'_>) {
        if self.err.is_terminal() && step.of > 1 {
            let end = if step.at == step.of { "\n" } else { "" };
            let _ = write!(self.err, "\r第{}份，共{}份{end}", step.at, step.of);
        }
    }

    /// Whether all results were written.
    pub(super) fn close(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.note(flushed);
        std::mem::replace(&mut self.written, Ok(()))
    }

    /// Keeps the first failure. Whoever reads a pipe may have gone: that is not our trouble.
    fn note(&mut self, written: io::Result<()>) {
        match written {
            Err(error) if self.written.is_ok() && error.kind() != ErrorKind::BrokenPipe => {
                self.written = Err(error);
            }
            Ok(()) | Err(_) => {}
        }
    }
}
