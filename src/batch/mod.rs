//! Plans which papers a run makes, makes them, and keeps the record (生成记录) of what was
//! written, so that a paper edited by hand is known and kept.
