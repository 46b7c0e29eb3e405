//! Dates as the facts hold them (2024-03-15, 2024-03, 2024Q3, 2024H1, 2024), written out with no
//! more precision than they have.

use serde_json::Value;

use crate::ledger::date::read;
use crate::template::helpers::numbers::{digits, lower};
use crate::template::helpers::{Env, texts};

/// A date read from the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    year: i16,
    rest: Rest,
}

/// What follows the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    None,
    Half(u8),
    Quarter(u8),
    Month(u8),
    Day(u8, u8),
}

/// Reads a date; nothing if the text is none.
fn parse(text: &str) -> Option<Parts> {
    let text = text.trim();
    let (year, rest) = text.split_at_checked(4)?;
    let year: i16 = year.parse().ok().filter(|y| (1900..=2999).contains(y))?;
    let in_range = |n: u8, max: u8| (1..=max).contains(&n).then_some(n);
    let rest = if rest.is_empty() {
        Rest::None
    } else if let Some(half) = rest.strip_prefix('H') {
        Rest::Half(in_range(half.parse().ok()?, 2)?)
    } else if let Some(quarter) = rest.strip_prefix('Q') {
        Rest::Quarter(in_range(quarter.parse().ok()?, 4)?)
    } else {
        let mut parts = rest.strip_prefix('-')?.split('-');
        let month = in_range(parts.next()?.parse().ok()?, 12)?;
        match (parts.next(), parts.next()) {
            (None, _) => Rest::Month(month),
            (Some(day), None) => Rest::Day(month, in_range(day.parse().ok()?, 31)?),
            (Some(_), Some(_)) => return None,
        }
    };
    Some(Parts { year, rest })
}

/// Reads a date as people type it in a column of their own: 2024/3/5, 2024年3月5日, 2024.3. One with
/// words behind it, without its year or with half of it stays as it is.
fn parse_typed(text: &str) -> Option<Parts> {
    let typed = read::read(text, None).ok()?;
    let whole = typed.end.is_none() && !typed.tail && !typed.short_year;
    parse(&typed.date.to_string()).filter(|_| whole)
}

/// A date inside a sentence: without the year where it is the paper's.
pub fn in_text(text: &str, env: Env) -> Option<String> {
    parse(text).map(|date| spoken(date, env))
}

fn spoken(date: Parts, env: Env) -> String {
    let rest = date.rest.arabic();
    if env.year == Some(date.year) && !rest.is_empty() {
        rest
    } else {
        format!("{}年{rest}", date.year)
    }
}

impl Rest {
    fn arabic(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Half(1) => "上半年".to_owned(),
            Self::Half(_) => "下半年".to_owned(),
            Self::Quarter(quarter) => format!("第{}季度", lower(i64::from(quarter))),
            Self::Month(month) => format!("{month}月"),
            Self::Day(month, day) => format!("{month}月{day}日"),
        }
    }

    fn chinese(self) -> String {
        match self {
            Self::None | Self::Half(_) | Self::Quarter(_) => self.arabic(),
            Self::Month(month) => format!("{}月", lower(i64::from(month))),
            Self::Day(month, day) => {
                format!("{}月{}日", lower(i64::from(month)), lower(i64::from(day)))
            }
        }
    }
}

/// 日期.
pub fn date(args: &[&Value], env: Env) -> Value {
    let text = args.first().map(|v| texts::shown(v)).unwrap_or_default();
    let form = args.get(1).and_then(|v| v.as_str()).unwrap_or("月日");
    let Some(date) = parse(&text).or_else(|| parse_typed(&text)) else {
        return Value::String(text); // words such as 长期坚持 stay words
    };
    let year = date.year;
    Value::String(match form {
        "长" => format!("{year}年{}", date.rest.arabic()),
        "汉字" => format!("{}年{}", digits(&year.to_string()), date.rest.chinese()),
        "月" => {
            let rest = match date.rest {
                Rest::Day(month, _) => Rest::Month(month),
                Rest::None | Rest::Half(_) | Rest::Quarter(_) | Rest::Month(_) => date.rest,
            };
            if env.year == Some(year) && rest != Rest::None {
                rest.arabic()
            } else {
                format!("{year}年{}", rest.arabic())
            }
        }
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
