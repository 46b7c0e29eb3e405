//! Writes workbooks: a text table as .xlsx, and the blank workbooks of `init`.
//! The only module that knows `rust_xlsxwriter`.

mod blank;
mod guide;
mod look;
mod table_book;

pub use blank::blank;
pub use table_book::{sample_books, write_book};
