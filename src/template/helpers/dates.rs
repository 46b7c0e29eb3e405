//! Dates as the facts hold them (2024-03-15, 2024-03, 2024Q3, 2024H1, 2024), written out with no
//! more precision than they have.

use jiff::civil::Date;
use serde_json::Value;

use crate::ledger::date::{PartialDate, Period, read};
use crate::part::PartKind;
use crate::template::helpers::numbers::{digits, lower};
use crate::template::helpers::{Env, texts};

/// Reads a date; nothing if the text is none.
fn parse(text: &str) -> Option<PartialDate> {
    let (year, rest) = text.trim().split_at_checked(4)?;
    let year: i16 = year.parse().ok().filter(|y| (1900..=2999).contains(y))?;
    let number = |text: &str, most| text.parse().ok().filter(|n| (1..=most).contains(n));
    if rest.is_empty() {
        return Some(PartialDate::Year(year));
    }
    if let Some(half) = rest.strip_prefix('H') {
        return Some(PartialDate::Half(year, number(half, 2)?));
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        return Some(PartialDate::Quarter(year, number(quarter, 4)?));
    }
    let rest = rest.strip_prefix('-')?;
    match rest.split_once('-') {
        None => Some(PartialDate::Month(year, number(rest, 12)?)),
        Some((month, day)) => {
            Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(PartialDate::Day)
        }
    }
}

/// Reads a date as people type it in a column of their own: 2024/3/5, 2024年3月5日, 2024.3. One with
/// words behind it, without its year or with half of it stays as it is.
fn parse_typed(text: &str) -> Option<PartialDate> {
    let typed = read::read(text, None).ok()?;
    let whole = typed.end.is_none() && !typed.tail && !typed.short_year;
    (whole && (1900..=2999).contains(&typed.date.year())).then_some(typed.date)
}

/// A date inside a sentence: without the year where it is the paper's.
pub fn in_text(text: &str, env: Env) -> Option<String> {
    parse(text).map(|date| spoken(date, env))
}

fn spoken(date: PartialDate, env: Env) -> String {
    if env.year == Some(date.year()) && !matches!(date, PartialDate::Year(_)) {
        date.name()
    } else {
        Period::of(date).name
    }
}

/// In Chinese numerals: 二〇二四年三月十五日.
fn chinese(date: PartialDate) -> String {
    let year = digits(&date.year().to_string());
    let number = |n: i8| lower(i64::from(n));
    match date {
        PartialDate::Day(day) => {
            format!("{year}年{}月{}日", number(day.month()), number(day.day()))
        }
        PartialDate::Month(_, month) => format!("{year}年{}月", number(month)),
        PartialDate::Quarter(..) | PartialDate::Half(..) => format!("{year}年{}", date.name()),
        PartialDate::Year(_) => format!("{year}年"),
    }
}

/// 日期.
pub fn date(args: &[&Value], env: Env) -> Value {
    let text = args.first().map(|v| texts::shown(v)).unwrap_or_default();
    let form = args.get(1).and_then(|v| v.as_str()).unwrap_or("月日");
    let Some(date) = parse(&text).or_else(|| parse_typed(&text)) else {
        return Value::String(text); // words such as 长期坚持 stay words
    };
    Value::String(match form {
        "长" => Period::of(date).name,
        "汉字" => chinese(date),
        "月" => spoken(date.part_of(PartKind::Month).unwrap_or(date), env),
        _ => spoken(date, env),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Env, date};

    #[test]
    fn every_form_keeps_the_precision() {
        for (text, form, expected) in [
            ("2024-03-15", "长", "2024年3月15日"),
            ("2024-03-15", "月日", "3月15日"),
            ("2023-03-15", "月日", "2023年3月15日"),
            ("2024-03-15", "汉字", "二〇二四年三月十五日"),
            ("2024-10-20", "汉字", "二〇二四年十月二十日"),
            ("2024-03", "长", "2024年3月"),
            ("2024-03", "汉字", "二〇二四年三月"),
            ("2024-03-15", "月", "3月"),
            ("2023-03-15", "月", "2023年3月"),
            ("2024H1", "月日", "上半年"),
            ("2023H2", "月日", "2023年下半年"),
            ("2024Q3", "长", "2024年第三季度"),
            ("2024", "月日", "2024年"),
            ("长期坚持", "长", "长期坚持"),
            ("2024/3/5", "长", "2024年3月5日"),
            ("2024年3月5日", "月日", "3月5日"),
            ("2024.3", "汉字", "二〇二四年三月"),
            ("２０２４－０３－０５", "长", "2024年3月5日"),
            ("3月5日", "长", "3月5日"),
            ("24.3.5", "长", "24.3.5"),
            ("2024年3月底前", "长", "2024年3月底前"),
            ("2024年8月20日—22日", "长", "2024年8月20日—22日"),
        ] {
            let found = date(&[&json!(text), &json!(form)], Env { year: Some(2024) });
            assert_eq!(found, json!(expected), "{text} {form}");
        }
    }
}
