//! Reads and writes the zip packages of Office files within limits, and checks the parts of a
//! Word file before it is written. The only module that knows `zip`.

pub mod attributes;
pub mod check;
pub mod comments;
mod container;
pub mod order;
pub mod pieces;
pub mod register;
mod zip_in;
mod zip_out;

pub use container::{Container, container};
pub use zip_in::{Package, read};
pub use zip_out::write;

/// One file inside a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name: `word/document.xml`.
    pub name: String,
    /// Its bytes, inflated.
    pub bytes: Vec<u8>,
}

/// Bounds on what is read from a package.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Entries.
    pub entries: usize,
    /// Inflated bytes over all entries, counted while inflating.
    pub bytes: u64,
}
