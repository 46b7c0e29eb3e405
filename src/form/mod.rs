//! Writes workbooks: a text table as .xlsx, and the blank workbooks of `init`.
//! The only module that knows `rust_xlsxwriter`.
