//! Reads from 工作内容 what its row leaves empty: at which unit work was done, who presided or took
//! part, to whom something was sent. Only what the patterns of the kit (用词.toml, `[[act]]`) bind to
//! an act is read, never a name that is only spoken of; each value says that it was inferred, and
//! waits to be accepted.
//!
//! ```text
//! 带队到信息科、护理部督促检查机房值守     对象单位 = 信息科、护理部
//!     └before┘└─names──┘└─after─┘
//! 要求各科室到信息科检查                   nothing: 要求 stands before it in its clause
//! ```

use super::entry::Named;
use super::names::Directory;
use super::naming::Roster;
use super::records::{RecordId, Subject};
use super::row::Row;
use crate::contract::{Role, Who, heading};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::L147;
use crate::kit::Terms;
use crate::kit::terms::{Act, ActRole};
use crate::place::{At, Place, a1};

/// A value that no cell of the row holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inferred {
    /// The row.
    pub record: RecordId,
    /// The column that is empty.
    pub heading: &'static str,
    /// The cell whose text it was read from.
    pub place: Place,
}

/// The columns that may be inferred, in order.
const COLUMNS: [(ActRole, &str, Role); 4] = [
    (ActRole::Target, heading::TARGET, Role::Target),
    (ActRole::Attendees, heading::ATTENDEES, Role::Attendees),
    (ActRole::Chair, heading::CHAIR, Role::Chair),
    (ActRole::Recipient, heading::REPORTED_TO, Role::Text),
];

/// What may stand between two names, and ends a clause.
const BETWEEN: [char; 5] = ['、', '和', '与', '及', ' '];
const CLAUSE: [char; 9] = ['，', '。', '；', '！', '？', ',', ';', '\n', '：'];

/// The longest name, and the longest recipient, in characters.
const LONGEST: usize = 24;

/// Infers what the rows of 履责情况 leave empty, and reports it by column.
pub(super) fn infer(
    rows: &mut [Row],
    roster: &Roster<'_>,
    terms: &Terms,
    out: &mut Vec<Diagnostic>,
) -> Vec<Inferred> {
    let mut inferred = Vec::new();
    let mut forms: Vec<(Place, String)> = Vec::new();
    let typed: Vec<Option<&str>> = rows.iter().map(|row| form(row, roster, terms)).collect();
    for (role, heading, column) in COLUMNS {
        let acts: Vec<&Act> = terms.acts.iter().filter(|act| act.role == role).collect();
        let mut shown: Vec<(Place, String)> = Vec::new();
        for (row, form) in rows.iter_mut().zip(&typed) {
            let place = row.entry.cell(heading::CONTENT_OF_WORK);
            let Some(found) = find(row, *form, &acts, roster, terms) else { continue };
            if let Some(form) = found.form.filter(|_| row.form.is_none()) {
                forms.push((place, form.clone()));
                row.form = Some(form);
            }
            if row.filled(heading) {
                continue;
            }
            row.entry.cells.insert(heading.to_owned(), At::new(found.text.clone(), place));
            if column != Role::Text {
                let subjects = found.subjects;
                row.entry.named.push(Named { role: column, subjects, group: false });
            }
            inferred.push(Inferred { record: row.entry.id, heading, place });
            shown.push((place, found.text));
        }
        report(&format!("“{heading}”空着"), heading, &shown, out);
    }
    report("“形式”说不出做了什么", heading::FORM, &forms, out);
    inferred.sort();
    inferred
}

/// What a row's text says.
struct Found {
    text: String,
    subjects: Vec<Subject>,
    /// The form of the act, where 形式 says nothing in particular.
    form: Option<String>,
}

/// What 形式 of a row stands for.
fn form<'t>(row: &Row, roster: &Roster<'_>, terms: &'t Terms) -> Option<&'t str> {
    let holder = row.entry.named(Role::Holder).next().map(|subject| roster.holder(subject));
    terms.form(row.text(heading::FORM), holder)
}

/// The first act of a row's text that fits its 形式.
fn find(
    row: &Row,
    form: Option<&str>,
    acts: &[&Act],
    roster: &Roster<'_>,
    terms: &Terms,
) -> Option<Found> {
    let text = row.text(heading::CONTENT_OF_WORK);
    acts.iter().find_map(|act| {
        let fits = act.forms.is_empty()
            || form.is_none_or(|form| terms.is_vague(form) || act.forms.iter().any(|f| f == form));
        let (text, subjects) = fits.then(|| read(text, act, roster.names, terms)).flatten()?;
        let vague = form.is_none_or(|form| terms.is_vague(form));
        let form = act.forms.first().filter(|_| vague).cloned();
        Some(Found { text, subjects, form })
    })
}

/// Everything that a text binds to an act.
fn read(text: &str, act: &Act, names: &Directory, terms: &Terms) -> Option<(String, Vec<Subject>)> {
    let mut words: Vec<&str> = Vec::new();
    let mut subjects = Vec::new();
    let mut take = |name: &'_ str, of: Vec<Subject>| -> bool {
        let new = of.iter().any(|subject| !subjects.contains(subject));
        subjects.extend(of.into_iter().filter(|s| !subjects.contains(s)).collect::<Vec<_>>());
        new || name.is_empty()
    };
    if act.before.is_empty() {
        for (at, _) in act.after.iter().flat_map(|word| text.match_indices(word.as_str())) {
            let Some((start, of)) = names_before(text, at, names) else { continue };
            if !is_blocked(text, start, terms) && take(&text[start..at], of) {
                words.push(&text[start..at]);
            }
        }
    }
    let mut starts: Vec<usize> = act
        .before
        .iter()
        .flat_map(|word| text.match_indices(word.as_str()).map(|(at, word)| at + word.len()))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    for start in starts {
        let before = text[..start].char_indices().next_back().map_or(0, |(at, _)| at);
        if is_blocked(text, before, terms) {
            continue;
        }
        if act.role == ActRole::Recipient {
            let end = recipient(text, start, act)?;
            return Some((text[start..end].to_owned(), Vec::new()));
        }
        let Some((end, of)) = names_after(text, start, names) else { continue };
        if leads_to(&text[end..], act, terms) && take(&text[start..end], of) {
            words.push(&text[start..end]);
        }
    }
    let words: Vec<&str> = words.into_iter().map(str::trim).collect();
    (!subjects.is_empty()).then(|| (words.join("、"), subjects))
}

/// Where the recipient ends that begins at a byte: before the word of sending, in the same clause.
fn recipient(text: &str, start: usize, act: &Act) -> Option<usize> {
    let rest = &text[start..];
    let clause = &rest[..rest.find(CLAUSE).unwrap_or(rest.len())];
    let ends = act.after.iter().filter_map(|word| clause.find(word.as_str()));
    let end = ends.min().filter(|end| *end > 0)?;
    (clause[..end].chars().count() <= LONGEST).then_some(start + end)
}

/// Whether a text goes on to the act: within its sentence, and nothing between that turns it into
/// an intention.
fn leads_to(rest: &str, act: &Act, terms: &Terms) -> bool {
    let sentence = &rest[..rest.find(['。', '；', ';', '\n', '！']).unwrap_or(rest.len())];
    let ends = act.after.iter().filter_map(|word| sentence.find(word.as_str()));
    ends.min().is_some_and(|end| {
        let between = &sentence[..end];
        between.chars().count() <= LONGEST
            && between.matches(['，', ',']).count() <= 1
            && !terms.not_acts.iter().any(|word| between.contains(word.as_str()))
    })
}

/// Whether a word that makes no act of what follows stands before a byte in its clause.
fn is_blocked(text: &str, at: usize, terms: &Terms) -> bool {
    let clause = text[..at]
        .rfind(CLAUSE)
        .map_or(0, |found| found + text[found..].chars().next().map_or(1, char::len_utf8));
    terms.not_acts.iter().any(|word| text[clause..at].contains(word.as_str()))
}

/// The names that begin at a byte, and where they end.
fn names_after(text: &str, start: usize, names: &Directory) -> Option<(usize, Vec<Subject>)> {
    let (mut end, mut subjects) = (start, Vec::new());
    let mut at = start;
    while let Some((length, subject)) = names.longest_at(&text[at..], Who::Anyone, LONGEST) {
        subjects.push(subject);
        end = at + length;
        let mark = text[end..].chars().next().filter(|c| BETWEEN.contains(c));
        let Some(mark) = mark else { break };
        at = end + mark.len_utf8();
    }
    (!subjects.is_empty()).then_some((end, subjects))
}

/// The leaders whose names end at a byte, and where they begin.
fn names_before(text: &str, end: usize, names: &Directory) -> Option<(usize, Vec<Subject>)> {
    let starts = text[..end].char_indices().rev().take(LONGEST * 2).map(|(at, _)| at);
    let fits = starts.filter_map(|start| {
        let meant = names.find_all(&text[start..end], Who::Leaders);
        let whole = meant.unknown.is_empty() && !meant.group && !meant.subjects.is_empty();
        let clean = !text[start..end].contains(CLAUSE);
        (whole && clean).then_some((start, meant.subjects))
    });
    fits.last()
}

/// Lists once what was inferred for a column, and what the column says.
fn report(what: &str, heading: &str, shown: &[(Place, String)], out: &mut Vec<Diagnostic>) {
    const LISTED: usize = 8;
    let Some((first, _)) = shown.first() else { return };
    let listed = shown.iter().take(LISTED);
    let mut cells: Vec<String> =
        listed.map(|(place, text)| format!("{}（{text}）", a1(place.row, place.col))).collect();
    if shown.len() > LISTED {
        cells.push("…".to_owned());
    }
    let (count, cells) = (shown.len(), cells.join("、"));
    let message = format!("{count}条记录的{what}，按“工作内容”认定，请核对：{cells}");
    let help = format!("无误的填在“{heading}”列；都不要这样认的，在“设置”里写“按内容认定”为“否”");
    out.push(Diagnostic::new(&L147, message).help(help).at(*first));
}
