//! What the benches share: timing in turns, promises, and what is timed.
//!
//! A ratio is taken inside one round, where both sides ran one right after the other on the same
//! machine in the same mood; absolute times are told beside it and move with the machine.

pub mod floor;
pub mod sample;
pub mod tagged;
pub mod timing;
