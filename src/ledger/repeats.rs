//! Finds rows that are there twice. The same row is taken once, with what the other fills in
//! besides, and reported (K36); rows that seem to tell one event in other words are reported and
//! stay two.

use std::collections::{BTreeMap, BTreeSet};

use super::PartialDate;
use super::fold::{fold, is_nothing};
use super::records::{Leader, Repeated, Subject, Unit};
use super::row::Row;
use crate::contract::{self, HANDED_OUT, Role, heading, sheet};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{L153, L164};
use crate::place::{Place, Sources};

/// What makes two rows of a sheet the same.
struct Same {
    date: &'static str,
    whose: (Role, &'static str),
    text: &'static str,
    /// Columns that tell two rows apart where both are filled.
    apart: &'static [&'static str],
    /// Columns in which the same may differ: the earlier row's word holds, and that is said.
    holds: &'static [&'static str],
    /// What is the same, in words.
    said: &'static str,
    help: &'static str,
}

const DEEDS: Same = Same {
    date: heading::DATE,
    whose: (Role::Holder, heading::SUBJECT),
    text: heading::CONTENT_OF_WORK,
    apart: &[
        heading::END,
        heading::FORM,
        heading::DUTY,
        heading::COUNTED_IN,
        heading::DOMAIN,
        heading::TARGET,
        heading::VENUE,
        heading::CHAIR,
        heading::ATTENDEES,
        heading::HEADCOUNT,
        heading::RECEIVED,
        heading::CONVEYED,
        heading::REPORTED_TO,
        heading::STATUS,
    ],
    holds: &[],
    said: "日期、责任主体和内容都一样",
    help: "是同一件事的删去一行；不是的写清楚区别",
};

const FINDINGS: Same = Same {
    date: heading::FOUND,
    whose: (Role::Target, heading::INSPECTED),
    text: heading::PROBLEM,
    apart: &[heading::ROUND, heading::SOURCE, heading::DUTY],
    holds: &[
        heading::MEASURE,
        heading::OWNER,
        heading::DEADLINE,
        heading::DONE_ON,
        heading::RECTIFIED,
        heading::IS_CLOSED,
    ],
    said: "日期、被检查单位和问题都一样",
    help: "是同一个问题的删去一行；不是的写清楚区别",
};

/// Columns that show two rows of one day, subject and form to tell two events.
const TWO_EVENTS: [&str; 5] =
    [heading::DOMAIN, heading::TARGET, heading::VENUE, heading::CONVEYED, heading::REPORTED_TO];

/// So many rows before it of its day, subject and form a row is compared with.
const COMPARED: usize = 16;

/// From this share of the pairs of characters of the shorter on, in percent, two texts may tell
/// one event.
const ALIKE: usize = 60;

/// Shorter texts are alike by chance.
const SHORTEST: usize = 6;

/// Takes out of every sheet the rows that are in each cell like an earlier one. What a bureau has
/// handed out to its units comes back in several workbooks, and is no mistake of theirs.
pub(super) fn equal(
    rows: &mut BTreeMap<&'static str, Vec<Row>>,
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) -> Vec<Repeated> {
    let mut repeated = Vec::new();
    for (sheet, rows) in rows {
        let items = contract::sheet(sheet).is_some_and(|spec| spec.is_items());
        // Of talks neither words nor, often, names are kept: two of a day look the same.
        if items || [sheet::WORK, sheet::FINDINGS, sheet::TALKS].contains(sheet) {
            continue;
        }
        let handed_out = HANDED_OUT.contains(sheet);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut kept: Vec<Row> = Vec::new();
        for row in std::mem::take(rows) {
            let cells = cells(&row);
            let first = seen.get(&cells.join("\u{1f}")).map(|at| &kept[*at].entry);
            let Some(first) = first else {
                seen.insert(cells.join("\u{1f}"), kept.len());
                kept.push(row);
                continue;
            };
            let elsewhere = first.place.sheet != row.entry.place.sheet;
            // Two people, or units, of one name in a sheet are reported as such (L142, D119).
            let by_name = [sheet::LEADERS, sheet::ROSTER, sheet::DUTIES].contains(sheet);
            if !(handed_out && elsewhere) && (by_name || cells.len() < 2) {
                kept.push(row);
                continue;
            }
            if !(handed_out && elsewhere) {
                let first = other(first.place, row.entry.place, sources);
                out.push(
                    Diagnostic::new(&L153, format!("与{first}完全一样，只算一次"))
                        .at(row.entry.place)
                        .help("删去一行；不是同一件事的，写清楚区别"),
                );
            }
            repeated.push(Repeated { of: first.id, entry: row.entry });
        }
        *rows = kept;
    }
    repeated
}

/// The filled cells of a row; its place in a list is nothing that it says.
fn cells(row: &Row) -> Vec<String> {
    let spec = contract::sheet(row.entry.sheet);
    let says = |heading: &str| {
        let column = spec.and_then(|spec| spec.column(heading));
        column.is_none_or(|column| column.role != Role::Sequence)
    };
    let filled = row.entry.cells.iter().filter(|(heading, _)| says(heading));
    filled.map(|(heading, cell)| format!("{heading}\u{1e}{}", fold(&cell.value))).collect()
}

/// Takes each deed and each finding once.
pub(super) fn once(
    rows: &mut BTreeMap<&'static str, Vec<Row>>,
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) -> Vec<Repeated> {
    let mut repeated = Vec::new();
    for (sheet, same) in [(sheet::WORK, &DEEDS), (sheet::FINDINGS, &FINDINGS)] {
        let Some(rows) = rows.get_mut(sheet) else { continue };
        let mut seen: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        let mut kept: Vec<Row> = Vec::new();
        for row in std::mem::take(rows) {
            let Some(key) = same.key(&row) else {
                kept.push(row);
                continue;
            };
            let of_key = seen.entry(key).or_default();
            let before = of_key.iter().rev().take(COMPARED);
            let Some(first) = before.copied().find(|at| same.is(&kept[*at], &row)) else {
                of_key.push(kept.len());
                kept.push(row);
                continue;
            };
            let (of, place) = (kept[first].entry.id, row.entry.cell(same.text));
            let told = other(kept[first].entry.cell(same.text), place, sources);
            let differing = same.holds.iter().filter(|heading| differ(&kept[first], &row, heading));
            let differing: Vec<&str> = differing.copied().collect();
            let holds = match differing[..] {
                [] => String::new(),
                _ => format!("；{}不一样，按{told}", differing.join("、")),
            };
            let message = format!("与{told}重复：{}，只算一次{holds}", same.said);
            out.push(Diagnostic::new(&L153, message).at(place).help(same.help));
            repeated.push(Repeated { of, entry: row.entry.clone() });
            kept[first].absorb(row);
        }
        *rows = kept;
    }
    repeated
}

/// Date, subjects (their text where they are unknown), and letters and digits of the text, or the
/// form.
type Key = (PartialDate, Who, String);

/// Whom a cell names; as typed where they are unknown.
type Who = (Vec<Subject>, String);

impl Same {
    fn key(&self, row: &Row) -> Option<Key> {
        let text = row.entry.text(self.text)?;
        let words: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        Some((row.date(self.date)?.value, who(row, self.whose.0, self.whose.1), words))
    }

    /// Whether two rows of one key are the same: nothing tells them apart. Of two rows of one month
    /// without days nothing may differ at all.
    fn is(&self, one: &Row, other: &Row) -> bool {
        let day = |row: &Row| row.date(self.date).is_some_and(|date| date.value.day().is_some());
        if !day(one) {
            return cells(one) == cells(other);
        }
        !self.apart.iter().any(|heading| differ(one, other, heading))
    }
}

/// Whether a column is filled in both rows, and differs.
fn differ(one: &Row, other: &Row, heading: &str) -> bool {
    let role = contract::sheet(one.entry.sheet)
        .and_then(|spec| spec.column(heading))
        .map_or(Role::Text, |column| column.role);
    one.filled(heading)
        && other.filled(heading)
        && who(one, role, heading) != who(other, role, heading)
}

/// Whom a column names, else what it says.
fn who(row: &Row, role: Role, heading: &str) -> Who {
    let mut subjects: Vec<Subject> =
        if role.names().is_some() { row.entry.named(role).collect() } else { Vec::new() };
    subjects.sort_unstable();
    let known = !subjects.is_empty() && row.unknown(heading).is_empty();
    (subjects, if known { String::new() } else { fold(row.text(heading)) })
}

impl Row {
    /// Takes over what another row of the same event fills in besides.
    fn absorb(&mut self, other: Self) {
        let fills = |heading: &str| other.entry.text(heading).is_some_and(|t| !is_nothing(t));
        let headings: Vec<String> = other
            .entry
            .cells
            .keys()
            .filter(|heading| fills(heading) && !other.unread.contains(*heading))
            .filter(|heading| !self.filled(heading))
            .cloned()
            .collect();
        let spec = contract::sheet(self.entry.sheet);
        for heading in headings {
            self.entry.cells.extend(other.entry.cells.get_key_value(&heading).map(own));
            self.dates.extend(other.dates.get_key_value(&heading).map(own));
            self.deadlines.extend(other.deadlines.get_key_value(&heading).map(own));
            self.numbers.extend(other.numbers.get_key_value(&heading).map(own));
            let Some(column) = spec.and_then(|spec| spec.column(&heading)) else { continue };
            if let Some(unknown) = other.unknown.get(column.heading) {
                self.unknown.insert(column.heading, unknown.clone());
            }
            if self.entry.named(column.role).next().is_none() {
                let named = other.entry.named.iter().filter(|named| named.role == column.role);
                self.entry.named.extend(named.cloned());
            }
        }
        let columns = spec.map_or(&[][..], |spec| spec.columns);
        let order = |heading: &String| columns.iter().position(|of| of.heading == *heading);
        self.entry.cells.sort_by(|one, _, other, _| {
            let last = columns.len();
            order(one).unwrap_or(last).cmp(&order(other).unwrap_or(last))
        });
    }
}

/// A key and its value, cloned.
fn own<K: Clone, V: Clone>((key, value): (&K, &V)) -> (K, V) {
    (key.clone(), value.clone())
}

/// Reports rows of 履责情况 that may tell one event in other words: of one day, one subject and one
/// form, with most words in common.
pub(super) fn twins(
    rows: &[Row],
    (leaders, units): (&[Leader], &[Unit]),
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) {
    let mut names = None;
    let mut seen: BTreeMap<Key, Vec<(usize, Pairs)>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let (Some(date), Some(text)) = (row.date(DEEDS.date), row.entry.text(DEEDS.text)) else {
            continue;
        };
        let own = pairs(text);
        if own.len() < SHORTEST {
            continue;
        }
        // Of a month without a day only the same words may tell the same.
        let least = if date.value.day().is_some() { ALIKE } else { 100 };
        let form = fold(row.text(heading::FORM));
        let key = (date.value, who(row, DEEDS.whose.0, DEEDS.whose.1), form);
        let before = seen.entry(key).or_default();
        let twin = before.iter().rev().take(COMPARED).find(|(first, theirs)| {
            let first = &rows[*first];
            let common = own.intersection(theirs).count();
            common * 100 >= least * own.len().min(theirs.len())
                && (least == ALIKE || own == *theirs)
                && !TWO_EVENTS.iter().any(|heading| differ(first, row, heading))
                && names
                    .get_or_insert_with(|| Names::new(leaders, units))
                    .speak_of_one(first.text(DEEDS.text), text)
        });
        if let Some((first, _)) = twin {
            let place = row.entry.cell(DEEDS.text);
            let first = other(rows[*first].entry.cell(DEEDS.text), place, sources);
            out.push(
                Diagnostic::new(
                    &L164,
                    format!(
                        "与{first}可能是同一件事：日期、责任主体、形式相同，内容相近，现在算两次"
                    ),
                )
                .at(place)
                .help("是同一件事的，内容并到一行，删去另一行；不是的不用管"),
            );
        }
        before.push((at, own));
    }
}

/// Pairs of neighbouring letters and digits.
type Pairs = BTreeSet<[char; 2]>;

/// Those of a text.
fn pairs(text: &str) -> Pairs {
    let letters: Vec<char> = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// The names of the roster, to tell of whom two texts speak.
struct Names {
    known: BTreeSet<String>,
    lengths: BTreeSet<usize>,
}

impl Names {
    fn new(leaders: &[Leader], units: &[Unit]) -> Self {
        let of_units = units.iter().flat_map(|unit| [&unit.name].into_iter().chain(&unit.aliases));
        let names = of_units.chain(leaders.iter().map(|leader| &leader.name));
        let known: BTreeSet<String> = names.map(|name| fold(name)).collect();
        let lengths = known.iter().map(|name| name.chars().count()).filter(|n| *n > 1).collect();
        Self { known, lengths }
    }

    /// Whether two texts may speak of one event: none names another unit, person or number.
    fn speak_of_one(&self, one: &str, other: &str) -> bool {
        let same = |one: BTreeSet<String>, other: BTreeSet<String>| {
            one.is_empty() || other.is_empty() || one.is_subset(&other) || other.is_subset(&one)
        };
        same(self.named(one), self.named(other)) && same(numbers(one), numbers(other))
    }

    /// The names that a text holds.
    fn named(&self, text: &str) -> BTreeSet<String> {
        let letters: Vec<char> = fold(text).chars().collect();
        let mut found = BTreeSet::new();
        for length in &self.lengths {
            let pieces = letters.windows(*length).map(|piece| piece.iter().collect::<String>());
            found.extend(pieces.filter(|piece| self.known.contains(piece)));
        }
        found
    }
}

/// The numbers in a text: runs of digits, and 第一, 三季度.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let folded = fold(text);
    let mut found = BTreeSet::new();
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(is_number) {
        let run = rest[start..].find(|c| !is_number(c)).unwrap_or(rest.len() - start);
        let (number, after) = rest[start..].split_at(run);
        let counts = number.starts_with(|c: char| c.is_ascii_digit())
            || rest[..start].ends_with('第')
            || after.starts_with(['季', '期', '次', '批', '月']);
        if counts {
            found.insert(number.to_owned());
        }
        rest = after;
    }
    found
}

/// Another row, said as short as it can be.
pub(super) fn other(place: Place, from: Place, sources: &Sources) -> String {
    if place.sheet == from.sheet {
        format!("第{}行", place.row)
    } else {
        sources.show(Place { col: 0, ..place })
    }
}
