//! The one test binary. Cases are data: a folder beside each module here holds text files, each
//! an input, a line `---- 期望`, and the expected dump. `SNAPSHOTS=overwrite cargo test` blesses
//! what changed: read the diff before committing it.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests stand outside: they read cases and the tree itself"
)]

mod assess;
mod cli;
mod durability;
mod engine;
mod house;
mod kit;
mod layout;
mod ledger;
mod readme;
mod sample;
mod support;
mod workbook;
mod facts;
mod own_templates;
mod papers;
mod review;
