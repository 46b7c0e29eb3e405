//! The one test binary. Cases are data beside their module; `SNAPSHOTS=overwrite cargo test`
//! blesses what changed: read the diff before committing it.

mod house;
