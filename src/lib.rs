//! shuzhi (述职 · 数智) turns a unit's Excel ledgers of duty completion (履责情况) and
//! inspection findings (检查发现) into formatted Word papers.
//!
//! # Steps
//! 1. [`workbook`] reads bytes into sheets of cells, each with its place.
//! 2. [`ledger`] turns sheets into typed records, by the table of sheets and headings in
//!    [`contract`].
//! 3. [`kit`] loads the regime (责任清单), the layout (版式) and the templates.
//! 4. [`assess`] sets records against the regime: needed, done, state, and the rows that count.
//! 5. [`facts`] lays the assessment out as the fields a template may see.
//! 6. [`template`] lays a text template out as a tagged Word template and compiles it.
//! 7. [`render`] fills a compiled template with facts and settles what depends on text.
//! 8. [`review`] looks at what was rendered; [`package`] checks the parts and zips them.
//!
//! Stages are pure: bytes, names, period and date come in; a value and diagnostics go out.
//! Only [`cli`] knows files, clock, environment and terminal. A module uses only those above
//! it in this list; `tests/house.rs` holds it to that.

pub mod place;
pub mod part;
pub mod contract;
pub mod diagnostic;
pub mod package;
pub mod kit;
pub mod workbook;
pub mod ledger;
pub mod assess;
pub mod facts;
pub mod template;
pub mod render;
pub mod review;
pub mod form;
pub mod batch;
pub mod cli;
