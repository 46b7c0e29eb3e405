//! K14, K15: one figure, one value. Figures are known by the words they are printed with
//! (study/domain.md §2.9), and compared for the same subject: within a paper and between papers.
//!
//! What a paper prints from metrics agrees by construction; a figure typed into 导语 or 个人撰写
//! may not. Words of other rows speak of their own day and are left out. Papers that go up count
//! problems of their own (上报问题数) and are compared among themselves.

use std::collections::BTreeMap;

use super::numerals::digit;
use super::sources::{self, Span};
use super::{Draft, places, plain};
use crate::contract::sheet;
use crate::diagnostic::{Code, Diagnostic, Location, codes};
use crate::ledger::Subject;

/// A figure by its name, the words before it, and its measure word.
const FIGURES: [(&str, &[&str], &str); 10] = [
    ("专题研究次数", &["专题研究意识形态工作", "专题研究"], "次"),
    ("通报次数", &["通报意识形态领域情况"], "次"),
    ("专题督查次数", &["专题督查"], "次"),
    ("督促检查分管单位次数", &["督促检查分管单位"], "次"),
    ("听取分管单位汇报次数", &["听取分管单位汇报"], "次"),
    ("谈心谈话人次", &["谈心谈话"], "人次"),
    ("征求意见条数", &["征求到意见建议", "征求意见建议", "征求意见"], "条"),
    ("宣传阵地数", &["登记在册的宣传阵地", "宣传阵地"], "个"),
    ("已完成整改数", &["已完成整改"], "个"),
    ("整改率", &["整改率"], "%"),
];

/// Figures of problems: papers that go up leave out what was asked of others.
const PROBLEMS: [&str; 2] = ["已完成整改数", "整改率"];

/// Words close before a figure that narrow it to a part of the period.
const PARTS: [&str; 9] = ["半年", "季度", "月", "上年", "去年", "其中", "各", "每", "任职期间"];

/// How far before a figure such a word is looked for, in characters.
const NEAR: usize = 8;

/// A figure as a paper prints it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    key: (Subject, &'static str, bool),
    value: String,
    place: Location,
    personal: bool,
}

/// The figures that a paper prints outside the words of its rows.
pub(super) fn read(draft: &Draft<'_>, spans: &[Span]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (at, paragraph) in draft.text.paragraphs.iter().enumerate() {
        if paragraph.in_table {
            continue;
        }
        let text = &paragraph.text;
        let spans = sources::within(spans, at);
        for (name, words, unit) in FIGURES {
            let mut seen: Vec<usize> = Vec::new();
            for &word in words {
                for range in places(text, word) {
                    let of_row = spans
                        .iter()
                        .any(|span| span.range.contains(&range.start) && !own(draft, span));
                    let Some(value) = value(&text[range.end..], unit) else { continue };
                    if of_row || seen.contains(&range.end) || is_part(&text[..range.start]) {
                        continue;
                    }
                    seen.push(range.end);
                    let end = range.end + value.len() + unit.len();
                    let personal = draft.paper.is_personal();
                    let quoted = if personal { word } else { &text[range.start..end] };
                    let place = Location::Paper {
                        paper: draft.file.to_owned(),
                        paragraph: paragraph.number,
                        text: plain(quoted),
                    };
                    let upward = draft.paper.upward && PROBLEMS.contains(&name);
                    figures.push(Figure {
                        key: (draft.subject, name, upward),
                        value: value.chars().map(narrow).collect(),
                        place,
                        personal,
                    });
                }
            }
        }
    }
    figures
}

fn narrow(c: char) -> char {
    digit(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c)
}

/// Whether a span is what somebody wrote of the whole (个人撰写), not a row of one day.
fn own(draft: &Draft<'_>, span: &Span) -> bool {
    draft.ledger.record(span.record).is_some_and(|entry| entry.sheet == sheet::OWN_WORDS)
}

/// The number right behind the words, before its measure word.
fn value<'t>(text: &'t str, unit: &str) -> Option<&'t str> {
    let end = text.find(|c| digit(c).is_none() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (!number.is_empty() && rest.starts_with(unit)).then_some(number)
}

fn is_part(before: &str) -> bool {
    let clause = before.rsplit(['。', '；', '：', '\n']).next().unwrap_or(before);
    let start = clause.char_indices().rev().take(NEAR).last().map_or(0, |(at, _)| at);
    PARTS.iter().any(|word| clause[start..].contains(word))
}

/// Tells each place that prints another value than most do: the one that was typed.
pub(super) fn compare<'a>(figures: impl Iterator<Item = &'a Figure>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(Subject, &str, bool), Vec<&Figure>> = BTreeMap::new();
    for figure in figures {
        groups.entry(figure.key).or_default().push(figure);
    }
    let mut told = Vec::new();
    for group in groups.values() {
        let Some(usual) = usual(group) else { continue };
        // The first of each paper that is right, and of all.
        let mut right: BTreeMap<&str, &Figure> = BTreeMap::new();
        let mut first = None;
        for figure in group.iter().copied().filter(|figure| figure.value == usual) {
            right.entry(paper(&figure.place)).or_insert(figure);
            first = first.or(Some(figure));
        }
        for figure in group.iter().filter(|figure| figure.value != usual) {
            let here = right.get(paper(&figure.place)).copied();
            if let Some(other) = here.or(first) {
                told.push(tell(figure, other, here.is_some()));
            }
        }
    }
    told
}

/// The value that stands in most places; of equals the last, for what is typed (导语) comes first.
fn usual<'a>(group: &[&'a Figure]) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in group {
        *counts.entry(&figure.value).or_default() += 1;
    }
    group.iter().map(|figure| figure.value.as_str()).max_by_key(|value| counts[value])
}

/// Whose figures differ is named; which they are, a personal paper keeps to itself.
fn tell(figure: &Figure, other: &Figure, same_paper: bool) -> Diagnostic {
    let code: &'static Code = if same_paper { &codes::V142 } else { &codes::V141 };
    let name = figure.key.1;
    let where_else =
        if same_paper { "另一处".to_owned() } else { format!("“{}”", paper(&other.place)) };
    let message = if figure.personal || other.personal {
        format!("{name}与{where_else}写的不一样")
    } else {
        format!("{name}写作{}，{where_else}写作{}", figure.value, other.value)
    };
    Diagnostic::new(code, message)
        .help("以台账逐行算出的数为准，改正写死的那一处")
        .located(figure.place.clone())
}

fn paper(place: &Location) -> &str {
    place.paper().map_or("", |(paper, _)| paper)
}
