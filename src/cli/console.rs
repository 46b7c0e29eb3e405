//! Standard output for results, standard error for talk. A closed pipe ends quietly.

use std::io::Write;

/// Where a verb writes.
pub(super) struct Console {
    out: std::io::Stdout,
    err: std::io::Stderr,
}

impl Console {
    pub(super) fn new() -> Self {
        Self { out: std::io::stdout(), err: std::io::stderr() }
    }

    /// A line of the result. Whoever reads it may have gone: that is not our trouble.
    pub(super) fn result(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
    }

    /// Bytes of the result as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let _ = self.out.write_all(bytes);
    }

    /// A line of talk.
    pub(super) fn talk(&mut self, text: &str) {
        let _ = writeln!(self.err, "{text}");
    }
}
