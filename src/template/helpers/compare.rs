//! Conditions. A value that is missing makes every condition false.

use std::cmp::Ordering;

use serde_json::Value;

use crate::template::fold::fold_char;
use crate::template::helpers::Env;
use crate::template::helpers::numbers::percentage;
use crate::template::helpers::texts::shown;

/// Whether a value counts as yes: filled, not 0, not 否.
pub fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64().is_some_and(|n| n != 0.0),
        Value::String(text) => !matches!(text.trim(), "" | "否" | "无"),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => !missing(value),
    }
}

/// Whether nothing is there to compare.
pub fn missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        // A ratio without anything to divide by is printed as nothing.
        Value::Object(map) => {
            map.is_empty() || (map.contains_key("分母") && percentage(value, false).is_none())
        }
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The digits that a number keeps, in a workbook as here.
pub const EXACT: usize = 15;

/// A value as a number: itself, digits in a text, the quotient of a ratio. More digits than a
/// number keeps are a text: two numbers of documents that differ in the last one are not equal.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text: String = text.trim().chars().map(fold_char).collect();
            if text.len() > EXACT && text.chars().all(|c| c.is_ascii_digit()) {
                return None;
            }
            text.strip_suffix('%').map_or_else(
                || text.replace(',', "").parse().ok(),
                |percent| percent.parse::<f64>().ok().map(|p| p / 100.0),
            )
        }
        Value::Object(map) => {
            let part = |key: &str| map.get(key).and_then(Value::as_f64);
            let (over, under) = (part("分子")?, part("分母")?);
            (under != 0.0).then(|| over / under)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
    .filter(|n| n.is_finite())
}

/// The order of two values that are both there.
fn order(args: &[&Value]) -> Option<Ordering> {
    let [a, b, ..] = args else { return None };
    if missing(a) || missing(b) {
        return None;
    }
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return a.partial_cmp(&b);
    }
    let (a, b) = (shown(a), shown(b));
    Some(a.trim().cmp(b.trim()))
}

/// Whether two values that are both there stand in an order.
pub fn ordered(args: &[&Value], wanted: fn(Ordering) -> bool) -> Value {
    Value::Bool(order(args).is_some_and(wanted))
}

/// 含.
pub fn contains(args: &[&Value], _: Env) -> Value {
    let [whole, part, ..] = args else { return Value::Bool(false) };
    let part = shown(part);
    let part = part.trim();
    if part.is_empty() {
        return Value::Bool(false);
    }
    Value::Bool(match whole.as_array() {
        Some(items) => items.iter().any(|item| shown(item).trim() == part),
        None => shown(whole).contains(part),
    })
}

/// 且.
pub fn all(args: &[&Value], _: Env) -> Value {
    Value::Bool(args.iter().all(|arg| truth(arg)))
}

/// 或.
pub fn any(args: &[&Value], _: Env) -> Value {
    Value::Bool(args.iter().any(|arg| truth(arg)))
}

/// 非.
pub fn not(args: &[&Value], _: Env) -> Value {
    Value::Bool(!args.first().is_some_and(|arg| truth(arg)))
}
