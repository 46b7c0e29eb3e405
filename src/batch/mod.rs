//! Loads workbooks and judges bureaus ([`mod@load`]), plans which papers a run makes ([`plan`]), makes
//! each of them ([`mod@make`]), and runs it all ([`mod@run`]): papers are written through an [`Output`],
//! with the record (生成记录, [`record`]) of what was written, so that a paper edited by hand is
//! known and kept. Nothing here touches a file: names and bytes come in and go out.

mod effects;
mod exit;
mod first_look;
mod hands;
pub mod load;
pub mod make;
mod output;
pub mod own_template;
mod own_words;
pub mod plan;
pub mod record;
pub mod run;
mod shelf;
mod to_fill;

pub use exit::Exit;
pub use load::{Judged, Loaded, When, load};
pub use make::{Made, Missing, Press, eject, survey};
pub use output::{Draft, JOURNAL, Output, PERSONAL, Refusal};
pub use own_words::OwnWords;
pub use plan::{Offer, Plan, Task, Wanted};
pub use record::{Fate, Record};
pub use run::{Done, Ending, Progress, Remaining, Report, Request, run};
pub use shelf::{Kept, Stored, is_personal};
pub use to_fill::ToFill;
