//! Turns sheets of cells into typed records: the [`Ledger`] (台账) of one bureau.
//!
//! Headings are matched to the canonical columns of the workbook contract; a column that is not
//! in it is kept under its own heading. What cannot be read as its column demands is told with
//! its cell, and the record is kept as far as it goes.

mod answerable;
mod bureaus;
mod collect;
mod copies;
pub mod date;
mod deeds;
mod dump;
mod entry;
mod fold;
mod headings;
mod index;
mod inferring;
mod inspections;
mod items;
mod names;
mod naming;
mod people;
pub mod records;
mod repeats;
mod roster;
mod row;
mod secrecy;
mod shares;
mod sheets;
mod standing;
mod table;
mod vocabulary;

pub use collect::collect;
pub use date::{Deadline, Due, PartialDate, Period};
pub use dump::dump;
pub use entry::{Entry, Named};
pub use headings::kind_of;
pub use index::Index;
pub use inferring::Inferred;
pub use names::Directory;
pub use records::{
    Bureau, Confirmation, DutyRecord, Finding, Items, Leader, LeaderId, Ledger, Link, OwnPapers,
    PaperRow, RecordId, Repeated, Round, StandingDocument, Subject, Unit, UnitId,
};
pub use sheets::kind_of_sheet;
pub use vocabulary::{Conclusion, Domain, FindingStatus, PartyPost, RoleKind, RoundKind, UnitKind};
