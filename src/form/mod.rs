//! Writes workbooks: a text table as .xlsx, and the blank workbooks of `init`; and the list of
//! fields as a Word file.
//! The only module that knows `rust_xlsxwriter`.

mod blank;
mod field_guide;
mod guide;
mod look;
mod table_book;

pub use blank::blank;
pub use field_guide::{FieldRow, Group, groups, word};
pub use table_book::{sample_books, write_book};
