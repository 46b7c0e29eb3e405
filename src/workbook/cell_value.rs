//! What calamine says of a cell → what the cell holds, with everything told that would
//! otherwise be quietly wrong (study/reliability.md, "Quiet wrong data").

use calamine::{DataRef, ExcelDateTime};
use jiff::civil::{Date, DateTime};

use super::Value;
use super::serial_date::{Serial, clock, serial};
use super::told::Told;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{F130, F131, F132, F133, F134, F135};
use crate::place::Place;

/// The longest text a cell can hold.
const MAX_TEXT: usize = 32_767;
/// From here on a number has sixteen digits, of which the sheet keeps fifteen.
const SIXTEEN_DIGITS: f64 = 1e15;

/// Reads a value; none for a cell that holds nothing. Error values are the survey's.
pub(super) fn value(
    data: &DataRef<'_>,
    is_1904: bool,
    at: Place,
    told: &mut Told,
) -> Option<Value> {
    match data {
        #[expect(clippy::cast_precision_loss, reason = "told from sixteen digits on")]
        DataRef::Int(number) => Some(self::number(*number as f64, at, told)),
        DataRef::Float(number) if number.is_finite() => Some(self::number(*number, at, told)),
        DataRef::Float(_) => {
            told.push(
                Diagnostic::new(&F134, "单元格里的数不是数字").help("请重新填写这一格").at(at),
            );
            None
        }
        DataRef::String(text) => self::text(text, at, told),
        DataRef::SharedString(text) => self::text(text, at, told),
        DataRef::Bool(value) => Some(Value::Bool(*value)),
        DataRef::DateTime(moment) => Some(day(moment, is_1904, at, told)),
        DataRef::DateTimeIso(written) => iso(written, at, told),
        DataRef::DurationIso(written) => self::text(written, at, told),
        DataRef::Error(_) | DataRef::Empty => None,
    }
}

/// A number; from sixteen digits on it is told that it is not the one that was typed.
fn number(number: f64, at: Place, told: &mut Told) -> Value {
    if number.abs() >= SIXTEEN_DIGITS {
        told.push(
            Diagnostic::new(&F131, format!("“{number:.14E}”超过15位，精度已丢失"))
                .help("请把单元格设为文本，对照原件重新填写")
                .at(at),
        );
    }
    Value::Number(number)
}

/// A serial number in a date format.
fn day(moment: &ExcelDateTime, is_1904: bool, at: Place, told: &mut Told) -> Value {
    let number = moment.as_f64();
    if moment.is_duration() {
        return Value::Text(clock(number));
    }
    match serial(number, is_1904) {
        Serial::Day(day) => Value::Date(day),
        Serial::Time(time) => Value::Text(time),
        Serial::LeapDayOf1900 => {
            told.push(
                Diagnostic::new(&F130, "“1900年2月29日”不存在").help("请改成正确的日期").at(at),
            );
            Value::Text("1900-02-29".to_owned())
        }
        // A zero in a date format is how an empty reference shows: it is no date, and no fault.
        Serial::OutOfRange if number == 0.0 => Value::Number(number),
        Serial::OutOfRange => {
            told.push(
                Diagnostic::new(&F130, format!("“{number}”不在日期的范围内"))
                    .help("请改成正确的日期，或把单元格改为常规格式")
                    .at(at),
            );
            if number.is_finite() { Value::Number(number) } else { Value::Text(number.to_string()) }
        }
    }
}

/// A date written out (`t="d"`); a time alone is text.
fn iso(written: &str, at: Place, told: &mut Told) -> Option<Value> {
    let written = written.trim().trim_end_matches('Z');
    if let Ok(moment) = written.parse::<DateTime>() {
        return Some(Value::Date(moment.date()));
    }
    if let Ok(day) = written.parse::<Date>() {
        return Some(Value::Date(day));
    }
    if written.contains('-') {
        told.push(
            Diagnostic::new(&F130, format!("“{}”不是一个日期", excerpt(written)))
                .help("请改成正确的日期")
                .at(at),
        );
    }
    text(written, at, told)
}

/// Text with `\n` as its only line break, without what XML cannot hold, and not too long.
fn text(raw: &str, at: Place, told: &mut Told) -> Option<Value> {
    let mut out = String::with_capacity(raw.len());
    let (mut removed, mut unseen) = (0_usize, 0_usize);
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => removed += 1,
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffd}'
            | '\u{e000}'..='\u{f8ff}' => {
                unseen += 1;
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    if removed > 0 {
        told.push(
            Diagnostic::new(&F132, format!("“{}”中有 {removed} 个控制字符，已去掉", excerpt(&out)))
                .help("请在单元格里重新键入这段文字")
                .at(at),
        );
    }
    if unseen > 0 {
        told.push(
            Diagnostic::new(
                &F135,
                format!("“{}”中有 {unseen} 个看不见的或自造的字符", excerpt(&out)),
            )
            .help("如果与别处的名称对不上，请在单元格里重新键入")
            .at(at),
        );
    }
    if let Some((cut, _)) = out.char_indices().nth(MAX_TEXT) {
        told.push(
            Diagnostic::new(&F133, format!("文字超过 {MAX_TEXT} 个，超出的部分已去掉"))
                .help("请检查这一格的内容是否粘贴有误")
                .at(at),
        );
        out.truncate(cut);
    }
    (!out.is_empty()).then_some(Value::Text(out))
}

/// The first words of a text, for a message.
fn excerpt(text: &str) -> String {
    const LENGTH: usize = 12;
    let mut out: String = text.chars().filter(|c| *c != '\n').take(LENGTH).collect();
    if text.chars().count() > LENGTH {
        out.push('…');
    }
    out
}
