//! Texts and lists: joining, counting, standing in.

use serde_json::Value;

use crate::template::helpers::compare::{missing, number};
use crate::template::helpers::numbers::{percentage, plain_number};
use crate::template::helpers::{Env, dates};
use crate::template::marks;

/// A value as plain text: numbers plainly, flags as 是/否, ratios with both figures.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Number(number) => plain_number(number),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("、"),
        Value::Object(_) => percentage(value, true).unwrap_or_default(),
    }
}

/// 顿号.
pub fn joined(args: &[&Value], env: Env) -> Value {
    let [list, rest @ ..] = args else { return Value::Null };
    // The column may be left out; it is a text, the limit never stands there as one.
    let (column, limit) = match rest {
        [Value::String(name), limit @ ..] => (Some(name.as_str()), limit.first()),
        limit => (None, limit.first()),
    };
    let limit = limit.and_then(|limit| number(limit));
    let items: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| column.map_or(Some(item), |column| item.get(column)))
        .map(|value| spoken(value, env).trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let limit = limit.map_or(items.len(), |n| n.clamp(1.0, 1e6) as usize);
    let mut text = items[..limit.min(items.len())].join("、");
    if items.len() > limit {
        text.push('等');
    }
    Value::String(text)
}

/// A value of a list: dates as in the text.
fn spoken(value: &Value, env: Env) -> String {
    let date = value.as_str().and_then(|text| dates::in_text(text, env));
    date.unwrap_or_else(|| shown(value))
}

/// What ends a line, in Excel, in Word, on a web page.
const BREAKS: [char; 6] = ['\n', '\r', '\u{B}', '\u{85}', '\u{2028}', '\u{2029}'];

/// 段落: one line a paragraph, blank lines dropped.
pub fn paragraphs(args: &[&Value], _: Env) -> Value {
    let text = args.first().map(|v| shown(v)).unwrap_or_default();
    let lines: Vec<&str> =
        text.split(BREAKS).map(str::trim).filter(|line| !line.is_empty()).collect();
    Value::String(lines.join("\n"))
}

/// 默认.
pub fn fallback(args: &[&Value], _: Env) -> Value {
    let chosen = match args {
        [first, second, ..] if missing(first) => second,
        [first, ..] => first,
        [] => return Value::Null,
    };
    Value::String(shown(chosen))
}

/// 合并: the text itself; the cells are merged after rendering.
pub fn plain(args: &[&Value], _: Env) -> Value {
    args.first().map_or(Value::Null, |v| Value::String(shown(v)))
}

/// 数量.
pub fn count(args: &[&Value], _: Env) -> Value {
    Value::from(args.first().and_then(|v| v.as_array()).map_or(0, Vec::len))
}

/// 请核实：… what a person should confirm.
pub fn question(args: &[&Value], _: Env) -> Value {
    Value::String(marks::confirm(&together(args)))
}

/// 待填：… what is missing here.
pub fn to_fill(args: &[&Value], _: Env) -> Value {
    Value::String(marks::to_fill(&together(args)))
}

/// What only a person may write: its label, —— and what belongs there.
pub fn own_words(args: &[&Value], _: Env) -> Value {
    Value::String(together(args))
}

fn together(args: &[&Value]) -> String {
    args.iter().map(|value| shown(value)).collect()
}
