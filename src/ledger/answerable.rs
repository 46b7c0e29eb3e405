//! K07 beyond the leaders: members of 领导小组 and whoever stands under 责任人. They need not be
//! leaders; they should be on the roster (班子成员, 单位名册.负责人, 领导小组), and a leader among
//! them in post at the time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::PartialDate;
use super::fold::{fold, is_nothing, parts, person, shown};
use super::naming::Roster;
use super::records::Subject;
use super::row::Row;
use crate::contract::{self, Role, Who, heading, sheet};
use crate::diagnostic::codes::L145;
use crate::diagnostic::{Diagnostic, Near};
use crate::place::At;

/// The names that are known beside those of leaders and units.
pub(super) struct Known {
    /// Whether more than leaders are known: else a name that resembles none may be a clerk's.
    complete: bool,
    folded: BTreeSet<String>,
    near: Near,
}

impl Known {
    /// Gathers 负责人 of 单位名册 and the members of 领导小组.
    pub(super) fn gather(roster: &Roster<'_>, group: &[Row]) -> Self {
        let heads = roster.units.iter().filter_map(|unit| unit.entry.text(heading::HEAD));
        let members = group.iter().map(|row| row.text(heading::NAME));
        let named = heads.chain(members).flat_map(parts).map(person).collect::<Vec<_>>();
        let folded: BTreeSet<String> = named.iter().map(|name| fold(name)).collect();
        let leaders = roster.leaders.iter().map(|leader| leader.name.clone());
        let near = Near::new(leaders.chain(named));
        Self { complete: !folded.is_empty(), folded, near }
    }
}

/// Reports members of 领导小组 who are on no roster, or no longer in post while they stand there;
/// and names of those in charge (责任人) that are on no roster, or were not in post on the day of
/// the row. Where neither heads nor a leading group are registered, of those only what is near a
/// known name is reported.
pub(super) fn check(
    rows: &BTreeMap<&'static str, Vec<Row>>,
    roster: &Roster<'_>,
    cut_off: Date,
    out: &mut Vec<Diagnostic>,
) {
    let group = rows.get(sheet::GROUP).map_or(&[][..], Vec::as_slice);
    let known = Known { complete: true, ..Known::gather(roster, &[]) };
    let mut told = BTreeSet::new();
    for row in group {
        let place = row.entry.cell(heading::NAME);
        // Who stands there without an end stands there until the cut-off.
        let last = row.date(heading::UNTIL).map_or(cut_off, |date| date.value.last().min(cut_off));
        let date = At::new(PartialDate::Day(last), place);
        check_cell(row, heading::NAME, Some(&date), roster, &known, &mut told, out);
    }
    let known = Known::gather(roster, group);
    for (sheet, rows) in rows {
        let columns = || contract::sheet(sheet).into_iter().flat_map(|spec| spec.columns);
        // The day of the row, where the sheet has such a column.
        let day = columns().find(|column| column.role == Role::Date && column.required());
        for column in columns().filter(|column| column.role == Role::InCharge) {
            let mut told = BTreeSet::new();
            for row in rows {
                let date = day.and_then(|day| row.date(day.heading));
                check_cell(row, column.heading, date.as_ref(), roster, &known, &mut told, out);
            }
        }
    }
}

/// Checks the names of a cell; a strange name is told once a sheet.
fn check_cell(
    row: &Row,
    heading: &str,
    date: Option<&At<PartialDate>>,
    roster: &Roster<'_>,
    known: &Known,
    told: &mut BTreeSet<String>,
    out: &mut Vec<Diagnostic>,
) {
    if !roster.all_read || roster.leaders.is_empty() && roster.units.is_empty() {
        // Without a roster nobody is a stranger.
        return;
    }
    let place = row.entry.cell(heading);
    for name in parts(row.text(heading)).filter(|name| !is_nothing(name)).map(person) {
        match roster.names.find(&name, Who::Anyone) {
            Some(Subject::Leader(leader)) => roster.in_post(leader, date, place, out),
            Some(_) => {}
            None if known.folded.contains(&fold(&name)) || !is_name(&name) => {}
            None if told.insert(fold(&name)) => {
                let guess = known.near.did_you_mean(&name);
                if known.complete || !guess.is_empty() {
                    out.push(
                        Diagnostic::new(&L145, format!("“{}”不在名册里{guess}", shown(&name)))
                            .at(place)
                            .help("核对姓名；班子成员在“班子成员”登记，单位负责人填在“单位名册”的“负责人”列"),
                    );
                }
            }
            None => {}
        }
    }
}

/// Whether a text can be a person's name: two to four characters that name no post.
fn is_name(text: &str) -> bool {
    const POSTS: [&str; 8] = ["负责人", "书记", "主任", "局长", "股长", "站长", "队长", "人员"];
    (2..=4).contains(&text.chars().count())
        && text.chars().all(char::is_alphabetic)
        && !POSTS.iter().any(|post| text.ends_with(post))
}
