//! K07 beyond the leaders: members of 领导小组 and whoever stands under 责任人. They need not be
//! leaders; they should be on the roster (班子成员, 单位名册.负责人, 领导小组), and a leader among
//! them in post at the time.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::PartialDate;
use super::deeds::Roster;
use super::fold::{fold, is_nothing, parts, person, shown};
use super::records::Subject;
use super::row::Row;
use crate::diagnostic::codes::L145;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::place::{At, Place};

/// The names that are known beside those of leaders and units.
pub(super) struct Known {
    /// Whether more than leaders are known: else a name that resembles none may be a clerk's.
    complete: bool,
    folded: BTreeSet<String>,
    names: Vec<String>,
}

impl Known {
    /// Gathers 负责人 of 单位名册 and the members of 领导小组.
    pub(super) fn gather(roster: &Roster<'_>, group: &[Row]) -> Self {
        let heads = roster.units.iter().filter_map(|unit| unit.entry.text("负责人"));
        let members = group.iter().map(|row| row.text("姓名"));
        let named = heads.chain(members).flat_map(parts).map(person).collect::<Vec<_>>();
        let folded: BTreeSet<String> = named.iter().map(|name| fold(name)).collect();
        let leaders = roster.leaders.iter().map(|leader| leader.name.clone());
        Self { complete: !folded.is_empty(), folded, names: leaders.chain(named).collect() }
    }
}

/// Tells members of 领导小组 who are on no roster, or no longer in post while they stand there.
pub(super) fn group(rows: &[Row], roster: &Roster<'_>, cut_off: Date, out: &mut Vec<Diagnostic>) {
    let known = Known { complete: true, ..Known::gather(roster, &[]) };
    let mut told = BTreeSet::new();
    for row in rows {
        let place = row.entry.cell("姓名");
        // Who stands there without an end stands there until the cut-off.
        let last = row.date("终止日期").map_or(cut_off, |date| date.value.last().min(cut_off));
        let date = At::new(PartialDate::Day(last), place);
        check(row.text("姓名"), Some(&date), place, roster, &known, &mut told, out);
    }
}

/// Tells names under 责任人 of a sheet that are on no roster, or were not in post on the date of
/// the column `when`. Where neither heads nor a leading group are registered, only what is near a
/// known name is told.
pub(super) fn owners(
    rows: &[Row],
    when: Option<&str>,
    roster: &Roster<'_>,
    known: &Known,
    out: &mut Vec<Diagnostic>,
) {
    let mut told = BTreeSet::new();
    for row in rows {
        let date = when.and_then(|heading| row.date(heading));
        let place = row.entry.cell("责任人");
        check(row.text("责任人"), date.as_ref(), place, roster, known, &mut told, out);
    }
}

/// Checks the names of a cell; a strange name is told once a sheet.
fn check(
    text: &str,
    date: Option<&At<PartialDate>>,
    place: Place,
    roster: &Roster<'_>,
    known: &Known,
    told: &mut BTreeSet<String>,
    out: &mut Vec<Diagnostic>,
) {
    if roster.leaders.is_empty() && roster.units.is_empty() {
        // Without a roster nobody is a stranger.
        return;
    }
    for name in parts(text).filter(|name| !is_nothing(name)).map(person) {
        match roster.names.find(&name) {
            Ok(Subject::Leader(leader)) => roster.in_post(leader, date, place, out),
            Ok(
                Subject::PartyGroup
                | Subject::LeadingGroup
                | Subject::Inspectors
                | Subject::Unit(_),
            ) => {}
            Err(_) if known.folded.contains(&fold(&name)) || !is_name(&name) => {}
            Err(_) => {
                let guess = did_you_mean(&name, known.names.iter().map(String::as_str));
                if (known.complete || !guess.is_empty()) && told.insert(fold(&name)) {
                    out.push(
                        Diagnostic::new(&L145, format!("“{}”不在名册里{guess}", shown(&name)))
                            .at(place)
                            .help("核对姓名；班子成员在“班子成员”登记，单位负责人填在“单位名册”的“负责人”列"),
                    );
                }
            }
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
