//! Standard output for results, standard error for talk. A closed pipe ends quietly; a result that
//! cannot be written for any other reason (a full disk) is told at the end.

use std::io::{self, ErrorKind, Write};

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
