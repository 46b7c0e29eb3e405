//! Numbers: plain, in Chinese, as ordinals, as percentages, as money.

use serde_json::{Number, Value};

use crate::template::helpers::Env;
use crate::template::helpers::compare::number;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LOWER: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// A number without exponent and without an idle `.0`, to the fifteen digits that a spreadsheet
/// holds: what arithmetic in binary adds beyond is not printed.
pub fn plain_number(number: &Number) -> String {
    if number.is_i64() || number.is_u64() {
        return number.to_string();
    }
    let rounded = number.as_f64().and_then(|n| format!("{n:.14e}").parse::<f64>().ok());
    rounded.map_or_else(|| number.to_string(), |n| if n == 0.0 { 0.0 } else { n }.to_string())
}

/// A number with at most so many decimals, trailing zeros dropped.
fn trimmed(n: f64, decimals: usize) -> String {
    let text = format!("{n:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// 二〇二四: digit by digit; what is no digit stays.
pub fn digits(text: &str) -> String {
    text.chars()
        .map(|c| c.to_digit(10).map_or(c, |d| DIGITS[usize::try_from(d).unwrap_or(0)]))
        .collect()
}

/// 十二, 一百零五, 二千三百四十五万.
pub fn lower(n: i64) -> String {
    let text = grouped(n, LOWER, "十百千");
    // 10 to 19 begin with 十, not 一十.
    text.strip_prefix("一十").map_or(text.clone(), |rest| format!("十{rest}"))
}

/// 壹拾贰.
pub fn formal(n: i64) -> String {
    grouped(n, FORMAL, "拾佰仟")
}

/// A number by groups of four digits.
fn grouped(n: i64, names: [char; 10], units: &str) -> String {
    if n == 0 {
        return names[0].to_string();
    }
    let units: Vec<char> = units.chars().collect();
    let mut rest = n.unsigned_abs();
    let mut groups = Vec::new();
    while rest > 0 {
        groups.push(rest % 10_000);
        rest /= 10_000;
    }
    let mut out = String::new();
    let mut gap = false;
    for (at, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            gap = !out.is_empty();
            continue;
        }
        for place in (0..4_u32).rev() {
            let digit = usize::try_from(group / 10_u64.pow(place) % 10).unwrap_or(0);
            if digit == 0 {
                gap = !out.is_empty();
                continue;
            }
            if gap {
                out.push(names[0]);
                gap = false;
            }
            out.push(names[digit]);
            if let Some(unit) = usize::try_from(place).ok().and_then(|p| p.checked_sub(1)) {
                out.push(units[unit]);
            }
        }
        // Zeros at the end of a group belong before the next group's first digit, not here.
        gap = group % 10 == 0 && at > 0;
        out.push_str(["", "万", "亿", "万亿", "亿亿"].get(at).copied().unwrap_or_default());
    }
    if n < 0 { format!("负{out}") } else { out }
}

/// The whole number in a value, if it is one.
fn whole(value: Option<&&Value>) -> Option<i64> {
    let n = value.and_then(|v| number(v))?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
    (n.fract() == 0.0 && n.abs() < 1e15).then_some(n as i64)
}

/// 中文数字.
pub fn chinese(args: &[&Value], _: Env) -> Value {
    let form = args.get(1).and_then(|v| v.as_str()).unwrap_or("小写");
    let Some(n) = whole(args.first()) else {
        return args.first().map_or(Value::Null, |v| (*v).clone());
    };
    Value::String(match form {
        "大写" => formal(n),
        "〇" => digits(&n.to_string()),
        _ => lower(n),
    })
}

/// 序号: 一、（一）1.（1） of a level from 1 to 4.
pub fn ordinal(args: &[&Value], _: Env) -> Value {
    let level = whole(args.first()).unwrap_or(1);
    let Some(n) = whole(args.get(1)) else { return Value::Null };
    Value::String(ordinal_text(level, n))
}

/// The ordinal of a heading.
pub fn ordinal_text(level: i64, n: i64) -> String {
    match level {
        ..=1 => format!("{}、", lower(n)),
        2 => format!("（{}）", lower(n)),
        3 => format!("{n}."),
        4.. => format!("（{n}）"),
    }
}

/// A ratio in percent: 66.7%, 60%（24/40）; nothing where there is nothing to divide by.
pub fn percentage(value: &Value, with_parts: bool) -> Option<String> {
    match value {
        Value::Object(map) => {
            let part = |key: &str| map.get(key).and_then(Value::as_number);
            let (over, under) = (part("分子")?, part("分母")?);
            let (a, b) = (over.as_f64()?, under.as_f64()?);
            if b == 0.0 {
                return None;
            }
            let rate = format!("{}%", trimmed(tenths(a, b), 1));
            Some(if with_parts {
                format!("{rate}（{}/{}）", plain_number(over), plain_number(under))
            } else {
                rate
            })
        }
        Value::Number(n) => n.as_f64().map(|n| format!("{}%", trimmed(tenths(n, 1.0), 1))),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) => None,
    }
}

/// a/b in percent, rounded half up to one decimal.
fn tenths(a: f64, b: f64) -> f64 {
    (a * 1000.0 / b).round() / 10.0
}

/// 百分比.
pub fn percent(args: &[&Value], _: Env) -> Value {
    let with_parts = args.get(1).and_then(|v| v.as_str()) != Some("率");
    args.first().and_then(|v| percentage(v, with_parts)).map_or(Value::Null, Value::String)
}

/// 金额.
pub fn money(args: &[&Value], _: Env) -> Value {
    let form = args.get(1).and_then(|v| v.as_str()).unwrap_or("元");
    let Some(n) = args.first().and_then(|v| number(v)).filter(|n| n.abs() < 1e15) else {
        return args.first().map_or(Value::Null, |v| (*v).clone());
    };
    Value::String(match form {
        "万元" => format!("{}万元", thousands(&trimmed(n / 10_000.0, 6))),
        "大写" => formal_money(n),
        _ => format!("{}元", thousands(&trimmed(n, 2))),
    })
}

/// 12,500.5.
fn thousands(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut out = sign.to_owned();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if fraction.is_empty() { out } else { format!("{out}.{fraction}") }
}

/// 壹万贰仟伍佰元整.
fn formal_money(n: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the caller")]
    let fen = (n.abs() * 100.0).round() as i64;
    let (yuan, jiao, cent) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut out = if n < 0.0 { "负".to_owned() } else { String::new() };
    if yuan > 0 || fen == 0 {
        out.push_str(&formal(yuan));
        out.push('元');
    }
    if jiao > 0 {
        out.push_str(&formal(jiao));
        out.push('角');
    } else if cent > 0 && yuan > 0 {
        out.push('零');
    }
    if cent > 0 {
        out.push_str(&formal(cent));
        out.push('分');
    } else {
        out.push('整');
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Env, formal, lower, money, ordinal_text, percent};

    #[test]
    fn chinese_numerals_have_their_zeros_and_tens() {
        for (n, expected) in [
            (0, "零"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (110, "一百一十"),
            (1_010, "一千零一十"),
            (10_001, "一万零一"),
            (100_000, "十万"),
            (230_456, "二十三万零四百五十六"),
            (100_000_000, "一亿"),
            (100_010_000, "一亿零一万"),
        ] {
            assert_eq!(lower(n), expected, "{n}");
        }
        assert_eq!(formal(12), "壹拾贰");
    }

    #[test]
    fn ordinals_percentages_and_money() {
        assert_eq!(
            [1, 2, 3, 4].map(|level| ordinal_text(level, 11)).join(" "),
            "十一、 （十一） 11. （11）"
        );
        let env = Env { year: None };
        for (a, b, expected) in
            [(24, 40, "60%（24/40）"), (2, 3, "66.7%（2/3）"), (1, 8, "12.5%（1/8）")]
        {
            assert_eq!(percent(&[&json!({"分子": a, "分母": b})], env), json!(expected));
        }
        for (n, form, expected) in [
            (12_500.0, "元", "12,500元"),
            (12_500.0, "万元", "1.25万元"),
            (12_500.0, "大写", "壹万贰仟伍佰元整"),
            (100.05, "大写", "壹佰元零伍分"),
        ] {
            assert_eq!(money(&[&json!(n), &json!(form)], env), json!(expected));
        }
    }
}
