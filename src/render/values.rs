//! The handlebars side: internal helpers that write values, each with the path it came from.
//!
//! They hold no state. What expansion must know travels in the output between control characters
//! ([`sign`]), which are taken out of every value first.

use std::sync::LazyLock;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, PathAndJson, RenderContext,
    RenderError, RenderErrorReason, ScopedJson,
};
use serde_json::Value;

use crate::contract::{heading, item};
use crate::facts::OWN_WORDS;
use crate::template::compiled::sign;
use crate::template::fold::fold_name;
use crate::template::helpers::{self, Env, compare, dates, texts};
use crate::template::marks;

/// The one registry: helpers only, no templates.
pub(crate) static REGISTRY: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.register_escape_fn(handlebars::no_escape);
    registry.register_helper("_v", Box::new(Written(|call, out| field(call, false, out))));
    registry.register_helper("_vd", Box::new(Written(|call, out| field(call, true, out))));
    registry.register_helper("_c", Box::new(Written(computed)));
    registry.register_helper("_o", Box::new(Written(own_words)));
    registry.register_helper("_t", Box::new(Small(|v, _| Value::Bool(compare::truth(v)))));
    registry.register_helper(
        "_n",
        Box::new(Small(|v, _| v.as_u64().map_or(Value::Null, |n| Value::from(n + 1)))),
    );
    registry.register_helper(
        "_d",
        Box::new(Small(|v, env| {
            let text = texts::shown(v);
            Value::String(dates::in_text(&text, env).unwrap_or(text))
        })),
    );
    for helper in helpers::ALL {
        registry.register_helper(helper.name, Box::new(Named(helper)));
    }
    registry
});

/// The paper's year, as the facts tell it.
fn env(context: &Context) -> Env {
    let year = match context.data().get(item::YEAR) {
        Some(Value::Number(n)) => n.as_i64().and_then(|n| i16::try_from(n).ok()),
        Some(Value::String(text)) => text.trim().trim_end_matches('年').parse().ok(),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => None,
    };
    Env { year }
}

/// A helper that turns one value into another.
struct Small(fn(&Value, Env) -> Value);

impl HelperDef for Small {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let value = h.param(0).map_or(&Value::Null, |p| p.value());
        Ok(ScopedJson::Derived((self.0)(value, env(context))))
    }
}

/// A helper of the table.
struct Named(&'static helpers::Helper);

impl HelperDef for Named {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let args: Vec<&Value> = h.params().iter().map(|p| p.value()).collect();
        Ok(ScopedJson::Derived((self.0.run)(&args, env(context))))
    }
}

/// A tag on its way: its value, what stands behind its number, and where paths lead.
struct Call<'a, 'reg, 'rc> {
    value: &'a PathAndJson<'rc>,
    sources: &'a [PathAndJson<'rc>],
    context: &'rc Context,
    state: &'a RenderContext<'reg, 'rc>,
}

impl<'rc> Call<'_, '_, 'rc> {
    /// The record at a path that is given as a text.
    fn looked_up(&self, record: &PathAndJson<'rc>) -> ScopedJson<'rc> {
        let found = record.value().as_str().map(|path| self.state.evaluate(self.context, path));
        found.and_then(Result::ok).unwrap_or(ScopedJson::Missing)
    }
}

/// A helper that writes the value of a tag, behind the number of the tag.
struct Written(fn(&Call<'_, '_, '_>, &mut String));

impl HelperDef for Written {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let [value, id, sources @ ..] = h.params().as_slice() else {
            return Err(RenderErrorReason::Other("a tag without a number".to_owned()).into());
        };
        let length = value.value().as_str().map_or(0, str::len);
        let mut written = String::with_capacity(length + 64);
        written.push(sign::VALUE);
        written.push_str(&id.value().to_string());
        written.push(sign::FIELD);
        (self.0)(&Call { value, sources, context, state }, &mut written);
        out.write(&written)?;
        Ok(())
    }
}

/// `_v path id ["record" need]`, `_vd` for dates: a field. The path of its record is given where
/// the field may be needed. It is a text, and only looked up where the field is missing.
fn field(call: &Call<'_, '_, '_>, date: bool, out: &mut String) {
    let mut text = texts::shown(call.value.value());
    if date && let Some(date) = dates::in_text(&text, env(call.context)) {
        text = date;
    }
    let missing = text.trim().is_empty();
    if !missing {
        path(out, call.value.context_path());
    } else if let [record, need, ..] = call.sources {
        let record = call.looked_up(record);
        if is_needed(need.value(), record.as_json()) {
            path(out, record.context_path());
            out.push(sign::MISSING);
        }
    }
    end(out, if missing { "" } else { &text });
}

/// `_c value id {path "record" "name" need}…`: what a helper made, and the fields it read.
fn computed(call: &Call<'_, '_, '_>, out: &mut String) {
    let text = texts::shown(call.value.value());
    let sources = call.sources.chunks_exact(4);
    if !text.trim().is_empty() {
        sources.for_each(|source| path(out, source[0].context_path()));
        return end(out, &text);
    }
    let absent = sources.filter_map(|source| <&[_; 4]>::try_from(source).ok()).find_map(
        |[value, record, name, need]| {
            if need.value() == &Value::Bool(false) || !compare::missing(value.value()) {
                return None;
            }
            let record = call.looked_up(record);
            is_needed(need.value(), record.as_json()).then_some((record, name))
        },
    );
    if let Some((record, name)) = absent {
        path(out, record.context_path());
        out.push(sign::MISSING);
        out.push_str(name.value().as_str().unwrap_or_default());
    }
    end(out, "");
}

/// `_o label id …`: what sheet 个人撰写 holds under the label (what stands before ——), verbatim
/// (invariant 15); else what a mark says.
fn own_words(call: &Call<'_, '_, '_>, out: &mut String) {
    let asked = texts::shown(call.value.value());
    let label = marks::label(&asked);
    let folded = fold_name(label);
    let mut words: Vec<&str> = Vec::new();
    let rows = call.context.data().get(OWN_WORDS).and_then(Value::as_array);
    for (at, row) in rows.into_iter().flatten().enumerate() {
        let held = |column: &str| row.get(column).and_then(Value::as_str).unwrap_or_default();
        if fold_name(held(heading::PASSAGE)) == folded && !held(heading::CONTENT).is_empty() {
            words.push(held(heading::CONTENT));
            let steps = [OWN_WORDS, &at.to_string(), heading::CONTENT].map(str::to_owned);
            path(out, Some(&steps.to_vec()));
        }
    }
    if words.is_empty() {
        out.push(sign::MISSING);
        out.extend(label.chars().filter(|c| !c.is_control()));
        end(out, &marks::own_words(&asked));
    } else {
        end(out, &words.join("\n"));
    }
}

/// Whether a field is needed, by what [`crate::template::resolve`] wrote of it: true, or where a
/// field of its record holds one of some values.
fn is_needed(need: &Value, record: &Value) -> bool {
    let Some([Value::String(field), Value::Array(values)]) = need.as_array().map(Vec::as_slice)
    else {
        return need == &Value::Bool(true);
    };
    let held = record.get(field).map(texts::shown).unwrap_or_default();
    values.iter().any(|value| value == held.trim())
}

/// One path; parts that hold a slash or a sign keep everything but the sign.
fn path(out: &mut String, path: Option<&Vec<String>>) {
    let Some(path) = path else { return };
    for (at, part) in path.iter().enumerate() {
        if at > 0 {
            out.push('/');
        }
        out.extend(part.chars().filter(|c| !c.is_control()));
    }
    out.push(sign::FIELD);
}

/// The text, without control characters, its line breaks of every kind as one. A cell that was
/// pasted from Word holds U+000B, from a web page U+2028.
fn end(out: &mut String, text: &str) {
    let is_break = |c: char| matches!(c, '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let illegal = |c: char| {
        matches!(c, '\u{FFFE}' | '\u{FFFF}') || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    };
    if text.contains(|c| is_break(c) || illegal(c)) {
        if text.contains(|c| illegal(c) && !is_break(c)) {
            out.push(sign::CLEANED);
        }
        out.push(sign::TEXT);
        out.extend(
            text.chars().map(|c| if is_break(c) { '\n' } else { c }).filter(|&c| !illegal(c)),
        );
    } else {
        out.push(sign::TEXT);
        out.push_str(text);
    }
    out.push(sign::VALUE_END);
}
