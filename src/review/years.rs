//! K18: a year that is not the paper's in its title, its date or its opening; 今年 and 去年 in a
//! paper that is dated in another year than it speaks of.
//!
//! A row's own text that names another year in full (2023年3月10日印发…) is as it should be.

use std::ops::Range;

use super::numerals::{digit, numeral};
use super::{Found, places, runs};
use crate::contract::{heading, sheet};
use crate::diagnostic::codes;
use crate::template::roles::Role;

/// Words whose year hangs on the day on which they are read, and how far from it.
const RELATIVE: [(&str, i16); 4] = [("今年", 0), ("去年", -1), ("明年", 1), ("前年", -2)];

/// A year as a paper writes it.
struct Year {
    value: i16,
    range: Range<usize>,
}

pub(super) fn check(found: &mut Found<'_>) {
    let own = found.draft.assessment.period.year();
    let name = found.draft.assessment.period.name.clone();
    let mut opening = true;
    for paragraph in found.paragraphs() {
        opening &= paragraph.level().is_none() && !paragraph.ends_body() && !paragraph.in_table;
        let strange = match paragraph.role {
            Some(Role::Title) => {
                let years = years(&paragraph.text);
                let right = years.iter().any(|year| year.value == own);
                years.into_iter().find(|_| !right).map(|year| ("标题", year))
            }
            // Dated in the year it speaks of, or when that year is over.
            Some(Role::Date(_)) => {
                let mut years = years(&paragraph.text).into_iter();
                years.find(|year| year.value != own && year.value != own + 1).map(|y| ("落款", y))
            }
            _ if opening => bare(&paragraph.text, own).map(|year| ("导语", year)),
            _ => None,
        };
        if let Some((part, year)) = strange {
            let value = year.value;
            found.tell(
                &codes::V111,
                paragraph,
                year.range,
                format!("{part}写的是{value}年，材料的期间是{name}"),
                "核对年份：设置表的导语、文种表的成文日期，或模板里写死的年份",
            );
        }
    }
    relative(found, own);
}

/// The first year of an opening that is another than the paper's and stands alone: 2023年，…;
/// 2023年度…. A full date, and what stands in quotes or in a document's title, is another matter.
fn bare(text: &str, own: i16) -> Option<Year> {
    years(text).into_iter().find(|year| {
        let before = &text[..year.range.start];
        let open = |open: char, close: char| before.rfind(open) > before.rfind(close);
        let quoted = open('《', '》') || open('“', '”') || open('〔', '〕');
        let after = text[year.range.end..].strip_prefix('年');
        let alone = after.is_some_and(|rest| {
            let next = rest.chars().next();
            !next.is_some_and(|c| digit(c).is_some() || numeral(c).is_some() || c == '十')
        });
        year.value != own && alone && !quoted
    })
}

fn relative(found: &mut Found<'_>, own: i16) {
    let dated = found.draft.facts.tree.get(sheet::PAPERS).and_then(|kind| kind.get(heading::DATED));
    let dated = dated.and_then(|date| date.as_str()?.get(..4)?.parse::<i16>().ok());
    let Some(dated) = dated.filter(|year| *year != own) else { return };
    for paragraph in found.paragraphs() {
        for (word, away) in RELATIVE {
            if let Some(range) = places(&paragraph.text, word).next() {
                found.tell(
                    &codes::V112,
                    paragraph,
                    range,
                    format!("材料写{own}年，{dated}年成文，“{word}”分不清是哪一年"),
                    &format!("写明是{}年还是{}年", own + away, dated + away),
                );
            }
        }
    }
}

/// 2024 or 二〇二四, each standing alone and before 年 or 年度's beginning.
fn years(text: &str) -> Vec<Year> {
    let value = |c: char| digit(c).or_else(|| numeral(c).filter(|_| c != '两'));
    let runs = runs(text, |c| value(c).is_some());
    let years = runs.filter(|range| text[range.end..].starts_with('年')).filter_map(|range| {
        let digits: Vec<u32> = text[range.clone()].chars().filter_map(value).collect();
        let year = <[u32; 4]>::try_from(digits).ok()?.iter().fold(0, |sum, d| sum * 10 + d);
        let value = i16::try_from(year).ok().filter(|year| (1990..2100).contains(year))?;
        Some(Year { value, range })
    });
    years.collect()
}
