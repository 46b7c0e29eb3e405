//! Every figure that a paper prints is the assessment's: each place where a known phrase stands
//! before a number is looked up in the judgement, over all papers of three bureaus.

use shuzhi::assess::{Assessment, MetricValue, State};
use shuzhi::ledger::Subject;

use super::{PAPERS, bureaus};
use crate::support::docx;

/// A phrase that stands before a figure, what stands after it, and where the figure comes from;
/// nothing where the phrase says nothing of this subject.
type Figure = (&'static str, &'static str, fn(&Assessment, Subject) -> Option<u32>);

const FIGURES: [Figure; 12] = [
    ("专题研究意识形态工作", "次", |judged, subject| match subject {
        Subject::PartyGroup => metric(judged, "专题研究次数"),
        _ => None,
    }),
    ("通报意识形态领域情况", "次", |judged, _| metric(judged, "通报次数")),
    ("专题督查", "次", |judged, _| metric(judged, "督查次数")),
    ("班子成员分管单位", "个", |judged, _| {
        ratio(judged, "分管单位督促检查覆盖").map(|r| r.1)
    }),
    ("开展督促检查的", "个", |judged, _| {
        ratio(judged, "分管单位督促检查覆盖").map(|r| r.0)
    }),
    ("听取汇报的", "个", |judged, _| ratio(judged, "分管单位听取汇报覆盖").map(|r| r.0)),
    ("应检查的", "个", |judged, subject| cells(judged, subject, "B3.1").map(|c| c.1)),
    ("单位中已检查", "个", |judged, subject| cells(judged, subject, "B3.1").map(|c| c.0)),
    ("应听取的", "个", |judged, subject| cells(judged, subject, "B3.2").map(|c| c.1)),
    ("单位中已听取", "个", |judged, subject| cells(judged, subject, "B3.2").map(|c| c.0)),
    ("共梳理问题", "个", |judged, _| metric(judged, "上报问题数")),
    ("征求到意见建议", "条", |judged, _| metric(judged, "征求意见条数")),
];

fn metric(judged: &Assessment, name: &str) -> Option<u32> {
    judged.metrics.iter().find(|metric| metric.name == name).and_then(|metric| match metric.value {
        MetricValue::Count(count) => Some(count),
        MetricValue::Ratio(..) => None,
    })
}

fn ratio(judged: &Assessment, name: &str) -> Option<(u32, u32)> {
    judged.metrics.iter().find(|metric| metric.name == name).and_then(|metric| match metric.value {
        MetricValue::Ratio(done, total) => Some((done, total)),
        MetricValue::Count(_) => None,
    })
}

/// Cells of the matrix that are met, and those that are due, of one leader.
fn cells(judged: &Assessment, subject: Subject, duty: &str) -> Option<(u32, u32)> {
    let Subject::Leader(leader) = subject else { return None };
    let own = judged.matrix.iter().filter(|cell| {
        cell.leader == leader && cell.duty == duty && cell.state != State::NotApplicable
    });
    let (mut met, mut due) = (0, 0);
    for cell in own {
        due += 1;
        met += u32::from(cell.state == State::Met);
    }
    Some((met, due))
}

/// The numbers that follow a phrase directly and are followed by the unit.
fn after<'a>(text: &'a str, phrase: &'a str, unit: &'a str) -> impl Iterator<Item = u32> + 'a {
    text.match_indices(phrase).filter_map(move |(at, _)| {
        let rest = &text[at + phrase.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        rest[digits.len()..].starts_with(unit).then(|| digits.parse().ok())?
    })
}

#[test]
fn every_known_figure_of_every_paper_is_the_assessments() {
    let mut seen = 0;
    for (at, (name, bureau)) in bureaus().iter().enumerate() {
        for (paper, rich, poor, empty) in PAPERS {
            let subject = bureau.subject([rich, poor, empty][at]);
            let text = docx::dump(&bureau.make(paper, subject).bytes);
            for (phrase, unit, of) in FIGURES {
                let Some(wanted) = of(&bureau.assessment, subject) else { continue };
                for found in after(&text, phrase, unit) {
                    assert_eq!(found, wanted, "{paper} {name}: {phrase}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 40, "the papers print figures: {seen}");
}
