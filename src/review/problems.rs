//! K10: the number of problems that a paper states, the problems it lists, and their measures, held
//! against one another by the trace: figures and rows are told apart by where they came from.

use std::collections::BTreeSet;

use super::sources::resolve;
use super::{Draft, Found};
use crate::contract::heading;
use crate::diagnostic::codes;
use crate::ledger::RecordId;

/// Lists that a paper's problems are told from. 检查发现 holds others too (征求意见).
const LISTS: [&str; 2] = ["问题", "问题分组"];

pub(super) fn check(found: &mut Found<'_>) {
    let draft = found.draft;
    let listed =
        records(&draft, |list, column| LISTS.contains(&list) && column == heading::PROBLEM);
    // A problem that gives a gap its measure is told with the gap, not again.
    let with_gaps = records(&draft, |list, _| list == "缺项");
    let all: BTreeSet<RecordId> = listed.union(&with_gaps).copied().collect();
    let stated = draft.trace.iter().find(|entry| entry.path == "问题概况/数量");
    let stated = stated.and_then(|entry| resolve(draft.facts, &entry.path).0?.as_u64());
    if let Some(stated) = stated.filter(|stated| !listed.is_empty() && *stated != all.len() as u64)
    {
        found.tell_whole(
            &codes::V131,
            format!("写问题{stated}个，逐个列出的是{}个", all.len()),
            "在模板里把问题列全（循环“问题”），或在附件中列全",
        );
    }
    let measured = records(&draft, |_, column| column == heading::MEASURE);
    if measured.is_empty() {
        return;
    }
    let without: BTreeSet<RecordId> = listed.difference(&measured).copied().collect();
    if without.is_empty() {
        return;
    }
    let message = format!("列出的问题中有{}个没有写整改措施", without.len());
    let help = "在模板里逐个写出整改措施，次序与问题一致";
    let first = found.spans.iter().find(|span| without.contains(&span.record));
    match first.and_then(|span| Some((span, draft.text.paragraphs.get(span.paragraph)?))) {
        Some((span, at)) => found.tell(&codes::V132, at, span.range.clone(), message, help),
        None => found.tell_whole(&codes::V132, message, help),
    }
}

/// The records of which a column is printed, or is a mark that waits for it.
fn records(draft: &Draft<'_>, wanted: impl Fn(&str, &str) -> bool) -> BTreeSet<RecordId> {
    let traced = draft.trace.iter().map(|entry| entry.path.as_str());
    let marked = draft.marks.iter().map(|mark| mark.path.as_str());
    let paths = traced.chain(marked).filter(|path| {
        let list = path.split('/').next().unwrap_or_default();
        wanted(list, path.rsplit('/').next().unwrap_or_default())
    });
    paths.filter_map(|path| resolve(draft.facts, path).1).collect()
}
