//! Tells what a clerk should look at beside the gaps: evidence (K06), one row for two duties (K38),
//! who is never mentioned (K39), what was placed by form and words (口径18), and what a reader would
//! look for beside a figure.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{Span, shown as date_shown};
use super::case::{Case, records};
use super::confirm::{self, Confirmations};
use super::documents::Document;
use super::fate::Fate;
use super::findings;
use super::placing::{How, Row, in_period};
use super::reason::Reason;
use super::subjects::in_post;
use super::{Assessment, DutyResult, State, Uncounted};
use crate::contract::{heading, sheet};
use crate::diagnostic::{Diagnostic, codes};
use crate::kit::{DutyKind, LineId};
use crate::ledger::{DutyRecord, Ledger, PartialDate, RecordId, Subject, UnitId};
use crate::part::PartKind;
use crate::place::{Place, a1};

/// Tells everything.
pub(super) fn tell(
    case: &Case<'_>,
    assessment: &Assessment,
    rows: &[Row<'_>],
    strays: &[Uncounted],
    confirmations: &Confirmations<'_>,
    told: &mut Vec<Diagnostic>,
) {
    evidence(case, assessment, told);
    doubles(assessment, rows, told);
    unheld(assessment, rows, strays, told);
    crossing(rows, told);
    adjourned(assessment, rows, told);
    automatic(case, rows, told);
    contradictions(case, assessment, confirmations, told);
    unit_events(case, assessment, told);
    silent(case, told);
}

/// The row of a record; rows stand in the order of their numbers.
fn row_of<'r, 'a>(rows: &'r [Row<'a>], record: RecordId) -> Option<&'r Row<'a>> {
    let at = rows.binary_search_by_key(&record, |row| row.record.entry.id).ok()?;
    rows.get(at)
}

/// The cell by which a row is shown.
fn shown(record: &DutyRecord) -> Place {
    record.entry.cell(heading::CONTENT_OF_WORK)
}

/// K06: what counts and lacks the evidence that its duty asks for.
fn evidence(case: &Case<'_>, assessment: &Assessment, told: &mut Vec<Diagnostic>) {
    let entries = records(case.ledger);
    let mut lacking: BTreeMap<RecordId, (String, &str)> = BTreeMap::new();
    for result in &assessment.duties {
        let Some(duty) = assessment.regime.duties.get(&result.duty) else { continue };
        for row in &result.rows {
            let Some(record) = entries.get(&row.record) else { continue };
            for need in &duty.count_if.needs {
                let proof = need.contains("凭证") || need.contains("回执");
                let column = if proof { heading::PROOF } else { heading::EVIDENCE };
                let asked = match record.entry.sheet {
                    sheet::WORK => true,
                    sheet::ROUNDS => proof,
                    _ => false,
                };
                if asked && record.entry.text(column).is_none() {
                    lacking.entry(row.record).or_insert_with(|| (need.clone(), column));
                }
            }
        }
    }
    for (id, (need, column)) in lacking {
        let Some(record) = entries.get(&id) else { continue };
        let content = record
            .entry
            .text(heading::CONTENT_OF_WORK)
            .or_else(|| record.entry.text(heading::CALLED));
        let heading = if record.entry.sheet == sheet::ROUNDS {
            heading::CALLED
        } else {
            heading::CONTENT_OF_WORK
        };
        told.push(
            Diagnostic::new(
                &codes::A111,
                format!("“{}”没有填{need}", short(content.unwrap_or_default())),
            )
            .help(format!("在“{column}”列填名称或编号；没有的照实留空，照样计数"))
            .at(record.entry.cell(heading)),
        );
    }
}

/// Whether a row counts, for some other duty: why one that does not is told by [`super::uncounted`].
fn counts(assessment: &Assessment, record: RecordId) -> bool {
    assessment.fate_of(record).is_some_and(|fate| fate.fate == Fate::Counted)
}

/// K38: one row claimed for duties that may not be met by one row (口径8).
fn doubles(assessment: &Assessment, rows: &[Row<'_>], told: &mut Vec<Diagnostic>) {
    for row in rows.iter().filter(|row| counts(assessment, row.record.entry.id)) {
        for claim in &row.claims {
            let Some(Reason::Rival { first, duty }) = &claim.refused else { continue };
            told.push(
                Diagnostic::new(
                    &codes::A113,
                    format!("同一条记录填了{first}和{duty}两项，只计{first}（口径8）"),
                )
                .help("确为两件事的，分两行登记；只是一件事的，留下相符的一项")
                .at(row
                    .record
                    .duties
                    .first()
                    .map_or_else(|| shown(row.record), |tag| tag.place)),
            );
        }
    }
}

/// Rows that name, beside a duty they count for, one which is not their subject's.
fn unheld(
    assessment: &Assessment,
    rows: &[Row<'_>],
    strays: &[Uncounted],
    told: &mut Vec<Diagnostic>,
) {
    for stray in strays.iter().filter(|stray| counts(assessment, stray.record)) {
        let Some(row) = row_of(rows, stray.record) else { continue };
        let claim = row.claims.iter().find(|claim| claim.duty.id == stray.duty);
        let Some(claim) = claim.filter(|claim| claim.refused.is_none()) else { continue };
        // Whether or not it has come about: the tag is another's.
        let reason = super::counting::stray(row, claim.duty);
        told.push(
            Diagnostic::new(&codes::A202, format!("没有计入{}：{reason}", stray.duty))
                .help("核对“责任主体”“责任项”“对象单位”“参加领导”是否填对")
                .at(row.record.duties.first().map_or_else(|| shown(row.record), |tag| tag.place)),
        );
    }
}

/// Ranges over the end of a half, or of a shorter part that a duty of theirs is asked for in, count
/// once, at their start (口径4).
fn crossing(rows: &[Row<'_>], told: &mut Vec<Diagnostic>) {
    for row in rows {
        let ends = row.record.date.as_ref().zip(row.record.end.as_ref());
        let Some((start, end)) = ends else { continue };
        let asked = row.claims.iter().filter_map(|claim| claim.duty.window.divided());
        let kind = asked.min().unwrap_or(PartKind::Half);
        let part = |date: PartialDate| PartialDate::Day(date.first()).part_of(kind);
        if part(start.value) != part(end.value) {
            told.push(
                Diagnostic::new(
                    &codes::A114,
                    format!(
                        "{}至{}跨了{}或年度，按开始日期计一次（口径4）",
                        date_shown(start.value),
                        date_shown(end.value),
                        kind.unit(),
                    ),
                )
                .at(end.place),
            );
        }
    }
}

/// Parts of an adjourned meeting (口径5), and inspections entered twice (口径11).
fn adjourned(assessment: &Assessment, rows: &[Row<'_>], told: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    let rejected = assessment.duties.iter().flat_map(|result| &result.rejected);
    let once = |r: &&Uncounted| matches!(r.reason, Reason::Continues(_) | Reason::SameRound { .. });
    for uncounted in rejected.filter(once) {
        let help = match uncounted.reason {
            Reason::SameRound { .. } => "不用改；确为两次检查的，写明各自的日期和对象单位",
            _ => "是同一次会的合并为一行；确为两次的，写明各自的内容",
        };
        let row = row_of(rows, uncounted.record);
        if let Some(row) = row.filter(|row| {
            let id = row.record.entry.id;
            counts(assessment, id) && seen.insert(id)
        }) {
            told.push(
                Diagnostic::new(&codes::A115, format!("{}：{}", uncounted.duty, uncounted.reason))
                    .help(help)
                    .at(shown(row.record)),
            );
        }
    }
}

/// 口径18: rows placed by form and words, one message for each line.
fn automatic(case: &Case<'_>, rows: &[Row<'_>], told: &mut Vec<Diagnostic>) {
    let mut by_line: BTreeMap<&LineId, Vec<&DutyRecord>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.unfit.is_none() && in_period(case, row.record)) {
        for claim in row.claims.iter().filter(|claim| claim.how == How::Automatic) {
            let of = by_line.entry(&claim.duty.line).or_default();
            if of.last().is_none_or(|last| last.entry.id != row.record.entry.id) {
                of.push(row.record);
            }
        }
    }
    for (line, rows) in by_line {
        let name = case.regime.lines.get(line).map_or(line.as_str(), |line| line.name.as_str());
        let cells = listed(rows.iter().map(|row| a1(shown(row).row, shown(row).col.max(1))));
        told.push(
            Diagnostic::new(
                &codes::A121,
                format!("{}条记录自动归入“{name}”，请核对：{cells}", rows.len()),
            )
            .help(format!("无误的在“责任项”列填“{name}”，不是的改填相符的一项，或填“其他工作”"))
            .at(shown(rows[0])),
        );
    }
}

/// Documents placed by their names, one message for each duty.
pub(super) fn documents(case: &Case<'_>, documents: &[Document<'_>], told: &mut Vec<Diagnostic>) {
    let mut by_duty: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    let placed = documents.iter().filter(|of| of.automatic && of.lapsed(case).is_none());
    for document in placed {
        for duty in case.regime.duties.values().filter(|duty| document.is_of(duty)) {
            let cell = document.row.entry.cell(heading::DOCUMENT);
            by_duty.entry(&duty.id).or_default().push(cell);
        }
    }
    for (duty, places) in by_duty {
        let line = case.regime.duties.get(duty).and_then(|d| case.regime.lines.get(&d.line));
        let name = line.map_or(duty, |line| line.name.as_str());
        let cells = listed(places.iter().map(|place| a1(place.row, place.col.max(1))));
        told.push(
            Diagnostic::new(
                &codes::A121,
                format!("{}件文件按名称归入“{name}”（{duty}），请核对：{cells}", places.len()),
            )
            .help(format!("无误的在“责任项”列填“{duty}”，不是的改填相符的一项，或填“其他工作”"))
            .at(places[0]),
        );
    }
}

/// Up to eight cells, the rest as ….
pub(super) fn listed(cells: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 8;
    let more = cells.len() > SHOWN;
    let rest = more.then(|| "…".to_owned());
    cells.take(SHOWN).chain(rest).collect::<Vec<_>>().join("、")
}

/// A confirmation of 确未开展 or 未发生 beside rows of its stretch of time that say otherwise.
fn contradictions(
    case: &Case<'_>,
    assessment: &Assessment,
    confirmations: &Confirmations<'_>,
    told: &mut Vec<Diagnostic>,
) {
    let results = confirm::by_object(&assessment.duties);
    for (at, row) in case.ledger.confirmations.iter().enumerate() {
        let count = confirmations.against(case, at, assessment, &results);
        if let Some(tag) = row.duties.first().filter(|_| count > 0) {
            told.push(
                Diagnostic::new(
                    &codes::A203,
                    format!("{}核实为没有，却有{count}条记录", tag.value),
                )
                .help("核对记录和核实事项，改正不实的一处")
                .at(tag.place),
            );
        }
    }
}

/// Events of units that nobody has confirmed: one message for each duty.
fn unit_events(case: &Case<'_>, assessment: &Assessment, told: &mut Vec<Diagnostic>) {
    for duty in assessment.regime.duties.values() {
        if duty.kind != DutyKind::Event || duty.own_line.is_none() {
            continue;
        }
        let open = assessment
            .duties
            .iter()
            .filter(|result| result.duty == duty.id && result.state == State::Unconfirmed)
            .count();
        if open > 0 {
            let name = own_name(case, duty.own_line.as_ref()).unwrap_or(&duty.text);
            told.push(
                Diagnostic::new(
                    &codes::A106,
                    format!("{open}个单位的{name}（{}）没有记录，是否未发生尚待核实", duty.id),
                )
                .help("确未发生的在“核实事项”登记（核实结论填“未发生”）"),
            );
        }
    }
}

fn own_name<'a>(case: &Case<'a>, line: Option<&LineId>) -> Option<&'a String> {
    Some(&case.regime.lines.get(line?)?.name)
}

/// K39: units and branches that no row mentions, members without a row. Told when the period is
/// over: before that there is still time.
fn silent(case: &Case<'_>, told: &mut Vec<Diagnostic>) {
    if case.as_of < case.period.end {
        return;
    }
    let mentioned = mentioned(case.ledger, case);
    for (id, unit) in case.units() {
        let here = case.unit_life(unit).shared(case.span()).is_some();
        if here && !mentioned.contains(&Subject::Unit(id)) {
            told.push(
                Diagnostic::new(
                    &codes::A131,
                    format!("{}在{}没有一条记录提到", unit.name, case.period.name),
                )
                .help("记录里写的是别的叫法的，在名册的“简称”里登记；确未开展的照实写")
                .at(unit.entry.cell(heading::UNIT)),
            );
        }
    }
    for (id, leader) in case.leaders() {
        let here = in_post(case, leader) && !case.is_dispatched(leader);
        if here && !mentioned.contains(&Subject::Leader(id)) {
            told.push(
                Diagnostic::new(
                    &codes::A131,
                    format!("{}在{}没有一条履责记录", leader.name, case.period.name),
                )
                .help("记录里写错姓名的请改正；确未开展的照实写")
                .at(leader.entry.cell(heading::NAME)),
            );
        }
    }
}

/// Everyone that a row, a round or a finding of the period, or a confirmation mentions.
fn mentioned(ledger: &Ledger, case: &Case<'_>) -> BTreeSet<Subject> {
    let mut out = BTreeSet::new();
    for row in ledger.duty_records.iter().filter(|row| in_period(case, row)) {
        out.extend(row.subjects.iter().chain(&row.targets).copied());
        out.extend(row.attendees.iter().chain(&row.chair).map(|id| Subject::Leader(*id)));
    }
    let here = |date: PartialDate| Span::of(date).shared(case.span()).is_some();
    let rounds = ledger.rounds.iter().filter(|round| {
        let day = round.start.as_ref().or(round.end.as_ref());
        day.is_none_or(|day| here(day.value))
    });
    // What was found earlier and put right in the period is work of the period as well.
    let findings = ledger.findings.iter().filter(|finding| {
        let found = findings::found_on(case, finding);
        let later = [&finding.done_on, &finding.closed_on];
        found.is_none_or(here) || later.into_iter().flatten().any(|day| here(day.value))
    });
    // Of whom it is confirmed that nothing was done, that is known.
    out.extend(ledger.confirmations.iter().flat_map(|row| row.objects.iter().copied()));
    let inspected = rounds.map(|round| &round.inspected);
    for inspected in inspected.chain(findings.map(|finding| &finding.inspected)) {
        out.extend(inspected.iter().copied().filter(|s| matches!(s, Subject::Unit(UnitId(_)))));
    }
    out
}

/// What a reader would look for beside a figure and that does not count, by line: rows of the
/// period that claim a count duty, and meetings of another body that did what one asks (口径7).
pub(super) fn not_counted(
    case: &Case<'_>,
    rows: &[Row<'_>],
    results: &[DutyResult],
    strays: &[Uncounted],
    near_misses: &[Uncounted],
) -> BTreeMap<LineId, Vec<Uncounted>> {
    let mut out: BTreeMap<LineId, Vec<Uncounted>> = BTreeMap::new();
    let counted: BTreeSet<(&str, RecordId)> = results
        .iter()
        .flat_map(|r| r.rows.iter().map(|row| (r.duty.as_str(), row.record)))
        .collect();
    let rejected = results.iter().flat_map(|r| &r.rejected).chain(strays).cloned();
    let mut seen = BTreeSet::new();
    for item in rejected.chain(near_misses.iter().cloned()) {
        let Some(duty) = case.regime.duties.get(&item.duty) else { continue };
        let here = row_of(rows, item.record)
            .is_some_and(|row| in_period(case, row.record) || row.record.date.is_none());
        let known = counted.contains(&(item.duty.as_str(), item.record));
        // The event itself is counted, and shown in its round.
        if matches!(item.reason, Reason::SameRound { .. }) {
            continue;
        }
        if duty.kind == DutyKind::Count && here && !known && seen.insert(item.clone()) {
            out.entry(duty.line.clone()).or_default().push(item);
        }
    }
    out
}

/// Untagged rows of the party group or the leading group with all the words of a placement for a
/// count duty and another form.
pub(super) fn near_misses(case: &Case<'_>, rows: &[Row<'_>]) -> Vec<Uncounted> {
    let mut out = Vec::new();
    for row in rows.iter().filter(|row| row.record.duties.is_empty() && row.unfit.is_none()) {
        let ours = row.record.subjects.contains(&Subject::PartyGroup)
            || row.record.subjects.contains(&Subject::LeadingGroup);
        for placement in case.regime.placements.iter().filter(|p| !p.words.is_empty()) {
            let Some(duty) = case.regime.duties.get(&placement.duty) else { continue };
            let spoken = super::placing::speaks(placement, row.record);
            let taken = row.claims.iter().any(|claim| claim.duty.id == duty.id);
            if ours && spoken && !taken && duty.kind == DutyKind::Count {
                let claim =
                    super::placing::Claim { duty, how: How::Automatic, tag: 0, refused: None };
                let reason = super::counting::refusal(case, row.record, &claim);
                out.extend(reason.map(|reason| Uncounted {
                    record: row.record.entry.id,
                    duty: duty.id.clone(),
                    reason,
                }));
            }
        }
    }
    out
}

/// The first words of a text.
pub(super) fn short(text: &str) -> String {
    shorter(text, 24)
}

/// The first words of a text, so many characters of them.
pub(super) fn shorter(text: &str, most: usize) -> String {
    let text: String = text.split_whitespace().collect();
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
