//! The metrics (指标) M01–M15 and those of papers sent up, each defined once
//! (study/domain.md §2.9) and the same in every paper of a run.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::calendar::Span;
use super::case::{Case, folded};
use super::{Assessment, DutyResult, JudgedFinding, State, branches, findings};
use crate::contract::{heading, sheet};
use crate::kit::Figure;
use crate::ledger::{Entry, FindingStatus, PartialDate, RecordId, Round};

/// A metric: one id may hold several figures (学习次数, 研讨次数).
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// `M01`.
    pub id: &'static str,
    /// Its Chinese name, the field's name under 指标: 专题研究次数.
    pub name: &'static str,
    /// Its value.
    pub value: MetricValue,
    /// 次, 期, 人次, 个 …; empty for ratios.
    pub unit: &'static str,
    /// The rows it was computed from.
    pub rows: Vec<RecordId>,
}

/// A count, or a ratio with numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricValue {
    /// A count.
    Count(u32),
    /// Numerator and denominator.
    Ratio(u32, u32),
}

/// Computes every metric from what was judged.
pub(super) fn metrics(
    case: &Case<'_>,
    assessment: &Assessment,
    rounds: &[Cow<'_, Round>],
) -> Vec<Metric> {
    let mut out = Vec::new();
    work(case, assessment, rounds, &mut out);
    supervision(assessment, &mut out);
    problems(case, assessment, &mut out);
    sheets(case, assessment, &mut out);
    coverage(case, assessment, rounds, &mut out);
    // In order of the ids; figures of one id stay in the order they were made.
    out.sort_by_key(|metric| metric.id);
    out
}

/// M01–M06, M12: what was done.
fn work(
    case: &Case<'_>,
    assessment: &Assessment,
    rounds: &[Cow<'_, Round>],
    out: &mut Vec<Metric>,
) {
    let count = |id, name, unit, rows: Vec<RecordId>| Metric {
        id,
        name,
        value: MetricValue::Count(small(rows.len())),
        unit,
        rows,
    };
    let counted = |figure| assessment.counted(assessment.regime.counted_in(figure));
    out.push(count("M01", "专题研究次数", "次", counted(Figure::Study)));
    let studies = counted(Figure::GroupStudy);
    let discussed = studies
        .iter()
        .copied()
        .filter(|id| case.ledger.duty_record(*id).is_some_and(|row| row.form.contains("研讨")));
    let discussed = discussed.collect();
    out.push(count("M02", "中心组学习次数", "次", studies));
    out.push(count("M02", "研讨次数", "次", discussed));
    let courses = counted(Figure::Training);
    let heads: u32 = courses
        .iter()
        .filter_map(|id| case.ledger.duty_record(*id)?.headcount)
        .fold(0, u32::saturating_add);
    out.push(count("M03", "培训期数", "期", courses.clone()));
    let value = MetricValue::Count(heads);
    out.push(Metric { id: "M03", name: "参训人次", value, unit: "人次", rows: courses });
    out.push(count("M04", "专题汇报次数", "次", counted(Figure::Report)));
    out.push(count("M05", "通报次数", "次", counted(Figure::Bulletin)));
    let inspections = counted(Figure::Inspection);
    let covered = branches::of_records(case, rounds, &inspections);
    out.push(count("M06", "督查次数", "次", inspections));
    let rows = covered.rows;
    out.push(ratio("M06", "督查覆盖站股室", covered.units, rows.clone()));
    out.push(ratio("M06", "督查覆盖支部", covered.branches, rows));
    // No rows are 无记录, not zero: the figure stands only where someone confirmed it (口径16).
    let zero = assessment.duties.iter().any(|result| {
        assessment.regime.counts(Figure::PublicOpinion, &result.duty)
            && result.state == State::DidNotHappen
    });
    let handled = counted(Figure::PublicOpinion);
    if zero || !handled.is_empty() {
        out.push(count("M12", "舆情处置件数", "件", handled));
    }
}

/// M07, M14: leader × unit.
fn supervision(assessment: &Assessment, out: &mut Vec<Metric>) {
    let mut both = (0, 0);
    let mut all = Vec::new();
    for (figure, done, covered) in [
        (Figure::Check, "督促检查完成率", "分管单位督促检查覆盖"),
        (Figure::Hearing, "听取汇报完成率", "分管单位听取汇报覆盖"),
    ] {
        let duties = assessment.regime.counted_in(figure);
        let mut value = (0, 0);
        for cell in assessment.matrix.iter().filter(|cell| duties.contains(&cell.duty)) {
            value.0 += u32::from(cell.state == State::Met);
            value.1 += u32::from(cell.state != State::NotApplicable);
        }
        let (units, rows) = branches::of_matrix(assessment, duties);
        both.0 += value.0;
        both.1 += value.1;
        all.extend(rows.iter().copied());
        out.push(ratio("M07", done, value, rows.clone()));
        out.push(ratio("M14", covered, units, rows));
    }
    all.sort();
    all.dedup();
    out.push(ratio("M07", "督促检查和听取汇报完成率", both, all));
}

/// M08, M09, M13: findings, and the same for papers sent up, without 征求意见.
fn problems(case: &Case<'_>, assessment: &Assessment, out: &mut Vec<Metric>) {
    let tally = &assessment.findings;
    let rules = &case.regime.rules;
    let rows = |keep: &dyn Fn(&JudgedFinding) -> bool| -> Vec<RecordId> {
        let kept = tally.rows.iter().filter(|row| keep(row));
        kept.map(|row| case.ledger.findings[row.index].entry.id).collect()
    };
    let earlier = |row: &JudgedFinding| {
        findings::found_on(case, &case.ledger.findings[row.index])
            .is_some_and(|date| date.last() < case.period.start)
    };
    let done = |row: &JudgedFinding| findings::is_done(row.status, rules);
    let up = |row: &JudgedFinding| case.ledger.findings[row.index].source != "征求意见";
    let count = |id, name, rows: Vec<RecordId>| Metric {
        id,
        name,
        value: MetricValue::Count(small(rows.len())),
        unit: "个",
        rows,
    };
    out.push(count("M08", "发现问题数", rows(&|_| true)));
    out.push(count("M08", "新增问题数", rows(&|row| !earlier(row))));
    out.push(count("M08", "结转问题数", rows(&earlier)));
    out.push(count("M08", "上报问题数", rows(&up)));
    out.push(count("M09", "已完成数", rows(&done)));
    out.push(ratio("M09", "整改率", tally.rate, rows(&|_| true)));
    out.push(count("M09", "销号数", rows(&|row| row.closed)));
    out.push(count("M09", "超期未完成数", rows(&|row| row.overdue)));
    let up_done = rows(&|row| up(row) && done(row));
    let kept_up = |row: &JudgedFinding| {
        rules.rate_without_sustain
            && row.status == FindingStatus::Sustain
            && !row.overdue
            && !done(row)
    };
    let up_all = rows(&|row| up(row) && !kept_up(row));
    let value = (small(up_done.len()), small(up_all.len()));
    out.push(count("M09", "上报已完成数", up_done));
    out.push(ratio("M09", "上报整改率", value, up_all));
    let number = |row: &JudgedFinding| case.ledger.findings[row.index].entry.text(heading::NOTICE);
    let noticed = rows(&|row| number(row).is_some());
    let numbers: BTreeSet<&str> = tally.rows.iter().filter_map(number).collect();
    let value = MetricValue::Count(small(numbers.len()));
    out.push(Metric {
        id: "M13", name: "下发整改通知书份数", value, unit: "份", rows: noticed
    });
}

/// M10, M11: counted from sheets as they stand.
fn sheets(case: &Case<'_>, assessment: &Assessment, out: &mut Vec<Metric>) {
    let all = |sheet: &str| -> Vec<&Entry> {
        case.ledger.sheets.get(sheet).into_iter().flatten().collect()
    };
    let date = |row: &Entry, heading: &str| row.text(heading).and_then(PartialDate::parse);
    let come = |row: &Entry, heading: &str| {
        date(row, heading).is_none_or(|date| date.first() <= assessment.as_of)
    };
    let ids = |rows: &[&Entry]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let talks: Vec<&Entry> =
        all(sheet::TALKS).into_iter().filter(|row| come(row, heading::DATE)).collect();
    let persons = talks.iter().map(|row| {
        row.text(heading::TALKED_TO)
            .map_or(1, |who| who.split('、').filter(|w| !w.is_empty()).count())
    });
    let value = MetricValue::Count(small(persons.sum()));
    out.push(Metric {
        id: "M10", name: "谈心谈话人次", value, unit: "人次", rows: ids(&talks)
    });
    let opinions = all(sheet::OPINIONS);
    let sourced: BTreeSet<&str> = all(sheet::SELF_EXAMINATION)
        .iter()
        .filter_map(|row| row.text(heading::SOURCE_NUMBER))
        .flat_map(|text| text.split(['、', '，', ',']))
        .map(str::trim)
        .collect();
    let claimed: Vec<&Entry> = opinions
        .iter()
        .copied()
        .filter(|row| {
            row.text(heading::ADOPTION).is_some()
                || row.text(heading::NUMBER).is_some_and(|n| sourced.contains(n))
        })
        .collect();
    for (name, rows) in [("征求意见条数", &opinions), ("认领条数", &claimed)] {
        let value = MetricValue::Count(small(rows.len()));
        out.push(Metric { id: "M10", name, value, unit: "条", rows: ids(rows) });
    }
    let media: Vec<&Entry> = all(sheet::MEDIA)
        .into_iter()
        .filter(|row| come(row, heading::OPENED))
        .filter(|row| date(row, heading::CLOSED).is_none_or(|date| date.last() >= case.reference()))
        .collect();
    let value = MetricValue::Count(small(media.len()));
    out.push(Metric { id: "M11", name: "阵地数", value, unit: "个", rows: ids(&media) });
    out.extend(typed(case, "M11", "审核发布信息条数", "条"));
}

/// A figure that is typed: the row of 手工数据 for the period, else the row of 设置.
fn typed(
    case: &Case<'_>,
    id: &'static str,
    name: &'static str,
    unit: &'static str,
) -> Option<Metric> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let rows = case.ledger.sheets.get(sheet::FIGURES).into_iter().flatten();
    // Of several the longest stretch of the period that has ended.
    let row = rows
        .filter(|row| row.text(heading::FIGURE).is_some_and(|n| folded(n) == folded(name)))
        .filter_map(|row| match row.text(heading::PERIOD) {
            None => (case.as_of >= case.period.end).then_some((0, row)),
            Some(period) => {
                let span = Span::of(PartialDate::parse(period)?);
                let come = case.span().covers(span) && span.end <= case.as_of;
                come.then_some((span.days(), row))
            }
        })
        .max_by_key(|(days, row)| (*days, std::cmp::Reverse(row.id)))
        .map(|(_, row)| row);
    if let Some((row, value)) = row.and_then(|row| Some((row, number(row.text(heading::VALUE)?)?)))
    {
        let value = MetricValue::Count(value);
        return Some(Metric { id, name, value, unit, rows: vec![row.id] });
    }
    let set = case.ledger.items[sheet::SETTINGS].get(name)?;
    let value = MetricValue::Count(number(&set.value)?);
    Some(Metric { id, name, value, unit, rows: Vec::new() })
}

/// M15: branches that were looked at; sections and stations are a line of their own.
fn coverage(
    case: &Case<'_>,
    assessment: &Assessment,
    rounds: &[Cow<'_, Round>],
    out: &mut Vec<Metric>,
) {
    let looked = |result: &&DutyResult| assessment.regime.counts(Figure::BranchCheck, &result.duty);
    let cells: Vec<&DutyResult> = assessment.duties.iter().filter(looked).collect();
    let (value, rows) = branches::of_cells(&cells);
    out.push(ratio("M15", "支部检查覆盖", value, rows));
    let rounds = branches::of_rounds(case, rounds, &["半年检查", "专题督查", "年度考核"]);
    out.push(ratio("M15", "站股室检查覆盖", rounds.units, rounds.rows));
}

fn ratio(id: &'static str, name: &'static str, (n, d): (u32, u32), rows: Vec<RecordId>) -> Metric {
    Metric { id, name, value: MetricValue::Ratio(n, d), unit: "", rows }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Every figure that [`metrics`] can make, in order, and whether it is a ratio: a figure may be
/// missing from an assessment (舆情处置件数 before anyone confirmed it) and is a field all the same.
pub const FIGURES: &[(&str, bool)] = &[
    ("专题研究次数", false),
    ("中心组学习次数", false),
    ("研讨次数", false),
    ("培训期数", false),
    ("参训人次", false),
    ("专题汇报次数", false),
    ("通报次数", false),
    ("督查次数", false),
    ("督查覆盖站股室", true),
    ("督查覆盖支部", true),
    ("督促检查完成率", true),
    ("听取汇报完成率", true),
    ("督促检查和听取汇报完成率", true),
    ("发现问题数", false),
    ("新增问题数", false),
    ("结转问题数", false),
    ("上报问题数", false),
    ("已完成数", false),
    ("整改率", true),
    ("销号数", false),
    ("超期未完成数", false),
    ("上报已完成数", false),
    ("上报整改率", true),
    ("谈心谈话人次", false),
    ("征求意见条数", false),
    ("认领条数", false),
    ("阵地数", false),
    ("审核发布信息条数", false),
    ("舆情处置件数", false),
    ("下发整改通知书份数", false),
    ("分管单位督促检查覆盖", true),
    ("分管单位听取汇报覆盖", true),
    ("支部检查覆盖", true),
    ("站股室检查覆盖", true),
];
