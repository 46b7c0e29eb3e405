//! Reads 履责情况: duties done, by whom, when, and with whom.

use std::collections::BTreeMap;

use super::fold::{fold, is_nothing, parts};
use super::names::Directory;
use super::people::{unknown_leader, unknown_name};
use super::records::{DutyRecord, FindingStatus, LeaderId, Subject};
use super::row::Row;
use super::{Leader, PartialDate, Unit, vocabulary};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{L144, L153, L162, L165};
use crate::place::{At, Place, Sources};

/// What names are looked up in.
pub(super) struct Roster<'a> {
    /// Names to subjects.
    pub(super) names: &'a Directory,
    /// 班子成员.
    pub(super) leaders: &'a [Leader],
    /// 单位名册.
    pub(super) units: &'a [Unit],
}

impl Roster<'_> {
    /// Everyone in a cell; the unknown are told.
    pub(super) fn subjects(
        &self,
        row: &Row,
        heading: &str,
        paper: bool,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<Subject> {
        let text = row.text(heading);
        if is_nothing(text) {
            return Vec::new();
        }
        let (found, unknown) = self.names.find_all(text, paper);
        let place = row.entry.cell(heading);
        out.extend(unknown.into_iter().map(|name| unknown_name(name, self.names).at(place)));
        found
    }

    /// Whether every name of a cell is known.
    pub(super) fn all_known(&self, row: &Row, heading: &str) -> bool {
        let text = row.text(heading);
        !row.filled(heading) || (!is_nothing(text) && self.names.find_all(text, true).1.is_empty())
    }

    /// Tells a leader who was not in post on that date (K07).
    pub(super) fn in_post(
        &self,
        leader: LeaderId,
        date: Option<&At<PartialDate>>,
        place: Place,
        out: &mut Vec<Diagnostic>,
    ) {
        let (Some(date), Some(leader)) = (date, self.leaders.get(leader.0 as usize)) else {
            return;
        };
        if leader.in_post(date.value) {
            return;
        }
        let term = match (leader.joined, leader.left) {
            (Some(joined), Some(left)) => format!("{joined} 至 {left}"),
            (Some(joined), None) => format!("{joined} 起"),
            (None, Some(left)) => format!("到 {left} 止"),
            (None, None) => return,
        };
        out.push(
            Diagnostic::new(
                &L144,
                format!("{} 时“{}”不在任（任职{term}）", date.value, leader.name),
            )
            .at(place)
            .help("核对日期、姓名和“班子成员”里的任职、离任时间"),
        );
    }
}

/// 责任项 as typed, one each.
pub(super) fn duties(row: &Row) -> Vec<At<String>> {
    let place = row.entry.cell("责任项");
    parts(row.text("责任项"))
        .filter(|part| !is_nothing(part))
        .map(|part| At::new(part.to_owned(), place))
        .collect()
}

/// Reads the rows.
pub(super) fn records(
    rows: &mut [Row],
    roster: &Roster<'_>,
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) -> Vec<DutyRecord> {
    let mut records = Vec::new();
    for row in rows.iter_mut() {
        let date = row.date("日期");
        let mut end = row.date("结束日期");
        if end.is_none()
            && !row.filled("结束日期")
            && let Some(found) = row.end("日期")
        {
            // 8月20日—22日 fills the empty 结束日期 as well.
            let shown = At::new(found.value.to_string(), found.place);
            row.set_after("日期", "结束日期", shown);
            end = Some(found);
        }
        if let (Some(start), Some(end)) = (&date, &end)
            && end.value.last() < start.value.first()
        {
            out.push(
                Diagnostic::new(&L162, format!("结束日期 {} 早于日期 {}", end.value, start.value))
                    .at(end.place)
                    .help("核对两个日期"),
            );
        }
        let subjects = roster.subjects(row, "责任主体", false, out);
        let targets = roster.subjects(row, "对象单位", false, out);
        let chair = chair(row, &subjects, roster, out);
        let mut attendees = Vec::new();
        for name in parts(row.text("参加领导")).filter(|name| !is_nothing(name)) {
            match roster.names.leader(name) {
                Some(leader) if attendees.contains(&leader) => {}
                Some(leader) => attendees.push(leader),
                None => out.push(unknown_leader(name, roster.names).at(row.entry.cell("参加领导"))),
            }
        }
        let named = subjects.iter().filter_map(|subject| match subject {
            Subject::Leader(leader) => Some((*leader, "责任主体")),
            Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors
            | Subject::Unit(_) => None,
        });
        let named = named
            .chain(chair.map(|leader| (leader, "主持人")))
            .chain(attendees.iter().map(|leader| (*leader, "参加领导")));
        let mut told = Vec::new();
        for (leader, heading) in named {
            if !told.contains(&leader) {
                told.push(leader);
                roster.in_post(leader, date.as_ref(), row.entry.cell(heading), out);
            }
        }
        private_matter(row, out);
        records.push(DutyRecord {
            entry: row.entry.clone(),
            subjects,
            duties: duties(row),
            date,
            end,
            period: row.date("归属期间"),
            domain: vocabulary::domain(row.text("领域")),
            targets,
            chair,
            attendees,
            headcount: row.count("参加人数"),
            received: row.date("来文日期").map(|date| date.value),
            key: vocabulary::yes(row.text("重点")).unwrap_or(false),
            status: status(row),
        });
    }
    repeated(&records, sources, out);
    records
}

/// 状态: empty means done; what cannot be read is told already and never taken for done.
fn status(row: &Row) -> FindingStatus {
    match vocabulary::status(row.text("状态")) {
        Some((status, _)) => status,
        None if row.filled("状态") => FindingStatus::Doing,
        None => FindingStatus::Done,
    }
}

/// 主持人, where a leader. Meetings of a section or branch are chaired by its own head, so a
/// stranger is told only where leaders preside.
fn chair(
    row: &Row,
    subjects: &[Subject],
    roster: &Roster<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<LeaderId> {
    let name = row.text("主持人");
    if is_nothing(name) {
        return None;
    }
    let mut found = None;
    for name in parts(name) {
        let leader = roster.names.leader(name);
        found = found.or(leader);
        let led = subjects.iter().any(|subject| !matches!(subject, Subject::Unit(_)));
        let head = |unit: &Unit| {
            unit.entry
                .text("负责人")
                .is_some_and(|heads| parts(heads).any(|h| fold(h) == fold(name)))
        };
        if leader.is_none() && led && !roster.units.iter().any(head) {
            out.push(unknown_leader(name, roster.names).at(row.entry.cell("主持人")));
        }
    }
    found
}

/// Tells rows on public opinion, talks and people outside the party that go into persons or
/// words (K43): what is registered of them is date, kind of platform, department and outcome.
fn private_matter(row: &Row, out: &mut Vec<Diagnostic>) {
    const MATTERS: [&str; 5] = ["舆情", "个别访谈", "谈心谈话", "党外人士", "信访"];
    const PRIVATE: [&str; 9] =
        ["账号", "帐号", "网名", "昵称", "微信号", "QQ号", "@", "网民“", "网友“"];
    let matter = ["形式", "责任项", "工作内容"]
        .iter()
        .any(|heading| MATTERS.iter().any(|word| row.text(heading).contains(word)));
    if !matter {
        return;
    }
    for heading in ["工作内容", "传达内容", "部署措施", "成效", "对象单位", "备注"]
    {
        let text = row.text(heading);
        if let Some(word) = PRIVATE.iter().find(|word| text.contains(**word)) {
            let word = word.trim_end_matches('“');
            out.push(
                Diagnostic::new(&L165, format!("这一格像是写了个人或网上的原话（“{word}”）"))
                    .at(row.entry.cell(heading))
                    .help("只登记时间、平台类别、承办单位、结果或人数"),
            );
        }
    }
}

/// Tells rows entered twice: same date, same subjects, same 工作内容 (K36).
fn repeated(records: &[DutyRecord], sources: &Sources, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(PartialDate, Vec<Subject>, String), Place> = BTreeMap::new();
    for record in records {
        let (Some(date), Some(text)) = (&record.date, record.entry.text("工作内容")) else {
            continue;
        };
        let mut subjects = record.subjects.clone();
        subjects.sort_unstable();
        let words: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        let place = record.entry.cell("工作内容");
        match seen.get(&(date.value, subjects.clone(), words.clone())) {
            Some(first) => out.push(
                Diagnostic::new(
                    &L153,
                    format!("与{}重复：日期、责任主体和内容都一样", other(*first, place, sources)),
                )
                .at(place)
                .help("是同一件事的删去一行；不是的写清楚区别"),
            ),
            None => {
                seen.insert((date.value, subjects, words), place);
            }
        }
    }
}

/// Another row, said as short as it can be.
pub(super) fn other(place: Place, from: Place, sources: &Sources) -> String {
    if place.sheet == from.sheet {
        format!("第{}行", place.row)
    } else {
        sources.show(Place { col: 0, ..place })
    }
}
