//! Reads 履责情况: duties done, by whom, when, and with whom.

use super::fold::{fold, is_nothing, parts};
use super::naming::{Roster, leaders};
use super::records::{DutyRecord, LeaderId, Subject};
use super::row::Row;
use super::vocabulary;
use super::vocabulary::{Domain, FindingStatus};
use crate::contract::{Role, heading};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::L165;
use crate::kit::Terms;
use crate::place::At;

/// 责任项 as typed, one each.
pub(super) fn duties(row: &Row) -> Vec<At<String>> {
    let place = row.entry.cell(heading::DUTY);
    parts(row.text(heading::DUTY))
        .filter(|part| !is_nothing(part))
        .map(|part| At::new(part.to_owned(), place))
        .collect()
}

/// Reads the rows.
pub(super) fn records(
    rows: &[Row],
    roster: &Roster<'_>,
    terms: &Terms,
    out: &mut Vec<Diagnostic>,
) -> Vec<DutyRecord> {
    let mut records = Vec::new();
    for row in rows {
        let date = row.date(heading::DATE);
        let subjects: Vec<Subject> = row.entry.named(Role::Holder).collect();
        let chair = chair(row, &subjects, roster, out);
        let attendees: Vec<LeaderId> = leaders(row.entry.named(Role::Attendees)).collect();
        let named = leaders(subjects.iter().copied())
            .map(|leader| (leader, heading::SUBJECT))
            .chain(chair.map(|leader| (leader, heading::CHAIR)))
            .chain(attendees.iter().map(|leader| (*leader, heading::ATTENDEES)));
        let mut told = Vec::new();
        for (leader, heading) in named {
            if !told.contains(&leader) {
                told.push(leader);
                roster.in_post(leader, date.as_ref(), row.entry.cell(heading), out);
            }
        }
        private_matter(row, out);
        let holder = subjects.first().map(|subject| roster.holder(*subject));
        let typed = row.text(heading::FORM);
        let form = row.form.as_deref().or_else(|| terms.form(typed, holder));
        records.push(DutyRecord {
            entry: row.entry.clone(),
            form: form.unwrap_or(typed).to_owned(),
            form_is_known: form.is_some(),
            to_group: row.entry.named.iter().any(|named| named.role == Role::Target && named.group),
            subjects,
            duties: duties(row),
            date,
            end: row.date(heading::END),
            period: row.date(heading::COUNTED_IN),
            domain: Domain::read(row.text(heading::DOMAIN)),
            targets: row.entry.named(Role::Target).collect(),
            chair,
            attendees,
            headcount: row.count(heading::HEADCOUNT),
            received: row.date(heading::RECEIVED).map(|date| date.value),
            key: vocabulary::yes(row.text(heading::KEY)).unwrap_or(false),
            status: status(row),
        });
    }
    records
}

/// 状态: empty means done; what cannot be read is told already and never taken for done.
fn status(row: &Row) -> FindingStatus {
    match vocabulary::status(row.text(heading::STATUS)) {
        Some((status, _)) => status,
        None if row.filled(heading::STATUS) => FindingStatus::Doing,
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
    let led = subjects.iter().any(|subject| !matches!(subject, Subject::Unit(_)));
    for name in row.unknown(heading::CHAIR).iter().filter(|_| led && roster.all_read) {
        if !roster.heads.contains(&fold(name)) {
            let place = row.entry.cell(heading::CHAIR);
            out.extend(roster.unknown_leader(name).map(|report| report.at(place)));
        }
    }
    leaders(row.entry.named(Role::Chair)).next()
}

/// Tells rows on public opinion, talks and people outside the party that go into persons or
/// words (K43): what is registered of them is date, kind of platform, department and outcome.
fn private_matter(row: &Row, out: &mut Vec<Diagnostic>) {
    const MATTERS: [&str; 5] = ["舆情", "个别访谈", "谈心谈话", "党外人士", "信访"];
    const PRIVATE: [&str; 9] =
        ["账号", "帐号", "网名", "昵称", "微信号", "QQ号", "@", "网民“", "网友“"];
    let matter = [heading::FORM, heading::DUTY, heading::CONTENT_OF_WORK]
        .iter()
        .any(|heading| MATTERS.iter().any(|word| row.text(heading).contains(word)));
    if !matter {
        return;
    }
    for heading in [
        heading::CONTENT_OF_WORK,
        heading::CONVEYED,
        heading::ARRANGED,
        heading::EFFECT,
        heading::TARGET,
        heading::REMARK,
    ] {
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
