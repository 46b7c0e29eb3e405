//! What is no text: links and pictures. Each is given as two lines, which rendering takes apart:
//! the address or the file first, what is said of it second.

use serde_json::Value;

use crate::template::helpers::Env;
use crate::template::helpers::compare::number;
use crate::template::helpers::numbers::plain_number;
use crate::template::helpers::texts::shown;

/// 链接: the address, and the words that are shown for it.
pub fn link(args: &[&Value], _: Env) -> Value {
    let address = args.first().map(|value| first_line(value)).unwrap_or_default();
    let words = args.get(1).map(|value| shown(value)).filter(|words| !words.trim().is_empty());
    match words {
        Some(words) => Value::String(format!("{address}\n{words}")),
        None if address.is_empty() => Value::Null,
        None => Value::String(format!("{address}\n{address}")),
    }
}

/// 图片: the file, and the width in millimetres if one is given.
pub fn picture(args: &[&Value], _: Env) -> Value {
    let file = args.first().map(|value| first_line(value)).unwrap_or_default();
    if file.is_empty() {
        return Value::Null;
    }
    let width = args.get(1).and_then(|value| number(value)).and_then(serde_json::Number::from_f64);
    let width = width.map(|width| plain_number(&width)).unwrap_or_default();
    Value::String(format!("{file}\n{width}"))
}

/// An address and a file name are one line.
fn first_line(value: &Value) -> String {
    let text = shown(value);
    let mut lines = text.trim().split(|c: char| c.is_control());
    lines.next().unwrap_or_default().trim().to_owned()
}
