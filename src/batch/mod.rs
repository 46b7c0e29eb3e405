//! Plans which papers a run makes ([`plan`]), makes each of them ([`make`]), and keeps the
//! record (生成记录, [`record`]) of what was written, so that a paper edited by hand is known
//! and kept. Nothing here touches a file: names and bytes come out.

mod hands;
pub mod make;
pub mod own_template;
pub mod own_words;
pub mod plan;
pub mod record;

pub use make::{Made, Missing, Press, eject, survey};
pub use own_words::OwnWords;
pub use plan::{Offer, Plan, Task, Wanted};
pub use record::{Fate, Record};
