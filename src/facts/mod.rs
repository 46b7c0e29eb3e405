//! Lays the assessment of one subject out as [`Facts`]: the tree of Chinese-named fields that a
//! template may see. Each field is declared once, in the module that makes its record: what it is
//! and how its value is obtained ([`declare`]); the table of all of them, [`fields`], is made from
//! the same declarations.
//!
//! Lists are grouped, filtered, sorted and picked here and nowhere later, so that every value a
//! paper prints is a plain field with a path. A record in the tree carries its number under
//! [`RECORD`], a group the numbers of its rows under [`RECORDS`]; no other places
//! are kept: a trace looks them up when asked.

mod declare;
mod duties;
pub mod fields;
mod findings;
mod gaps;
mod lines;
mod meeting;
pub mod names;
pub mod places;
mod records;
mod rows;
mod subject;
mod taking_part;
mod top;

use serde_json::{Map, Value};

use crate::assess::Assessment;
use crate::contract::sheet;
use crate::kit::{Kit, Paper};
use crate::ledger::{Ledger, Subject};

pub use fields::{Field, FieldKind, Fields, Need};
pub use names::Names;
pub use places::{cells, record_number, records};

/// Key under which a record carries its number. Templates cannot name it: it is no field.
pub const RECORD: &str = "_记录";

/// The list of what the subject wrote for this paper (个人撰写), by label.
pub const OWN_WORDS: &str = sheet::OWN_WORDS;

/// Key under which a group carries the numbers of its rows.
pub const RECORDS: &str = "_记录号";

/// What a template may see of one subject, for one paper.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The tree. Records are objects by heading, lists are arrays, dates are text with their
    /// precision, numbers are numbers. What is missing has no key.
    pub tree: Map<String, Value>,
}

/// What every part of the tree is built from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The bureau's records.
    pub ledger: &'a Ledger,
    /// The judgement on them.
    pub assessment: &'a Assessment,
    /// Regime, papers, phrases.
    pub kit: &'a Kit,
    /// The paper.
    pub paper: &'a Paper,
    /// Whose paper it is.
    pub subject: Subject,
    /// Which fields its template names.
    pub wanted: Names<'a>,
}

/// Builds the facts of one subject for one paper.
pub fn build(scene: Scene<'_>) -> Facts {
    let mut tree = declare::tree(scene, &top::Whole::default());
    rows::insert_sheets(scene, &mut tree);
    Facts { tree }
}
