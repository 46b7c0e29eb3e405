//! Sets names against the field table and rewrites tags for handlebars.
//!
//! Lookup goes inside out: the innermost scope where the whole path exists wins (DESIGN.md §9).
//! Handlebars sees bracketed keys and `../` only, never a name as typed.

use std::cell::RefCell;
use std::fmt::Write;

use crate::diagnostic::{Code, codes};
use crate::facts::{FieldKind, Need};
use crate::template::expression::{BlockKind, Expr, Fault};
use crate::template::fold::fold_name;
use crate::template::helpers::{self, Gives};
use crate::template::schema::Schema;
use crate::template::unresolved::trouble;
use crate::template::used::UsedNames;

/// A level of lookup: the top, the record of a `with`, the item of a loop.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// Its node in the schema.
    pub node: usize,
    /// Whether it is the item of a loop.
    pub looped: bool,
}

/// A fault of a tag, without its place.
#[derive(Debug, Clone)]
pub struct TagTrouble {
    /// Its code.
    pub code: &'static Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A tag rewritten for handlebars.
#[derive(Debug, Clone)]
pub struct Rewritten {
    /// The source of one expression. Its second argument is 0, in the place of the tag's number,
    /// so that tags that read alike are parsed once.
    pub source: String,
    /// Its field's name as the table has it, for marks and traces.
    pub name: String,
    /// What a helper gives, if one is called.
    pub gives: Gives,
}

/// What a name stands for.
pub(super) enum Named {
    /// A field: source, node, source of the record that holds it.
    Field { path: String, record: String, node: usize },
    /// The item of a loop or `with` itself.
    Item { path: String, node: usize },
    /// 第几个.
    Count(String),
    /// A local of handlebars: `@index`, `@first`, `@last`.
    Local(String),
}

/// Looks names up in a stack of scopes.
#[derive(Debug)]
pub struct Resolver<'a> {
    /// The tree of fields.
    pub schema: &'a Schema<'a>,
    /// From the top inwards; never empty.
    pub scopes: &'a [Scope],
    /// Takes the names of the fields that are found.
    pub used: &'a UsedNames,
    /// What a person calls the place where the tags stand, if no loop of the body reaches it.
    pub apart: Option<&'static str>,
    /// Takes what is no fault and hardly meant.
    pub doubts: &'a RefCell<Vec<TagTrouble>>,
}

impl Resolver<'_> {
    /// Rewrites a tag that prints. `whole` is the tag as typed: it may be a name with blanks.
    pub fn print(&self, whole: &str, expr: &Result<Expr, Fault>) -> Result<Rewritten, TagTrouble> {
        if let Some(named) = self.lookup(whole) {
            return self.print_name(whole, named);
        }
        match expr {
            // Such a word without anything after it is hardly a misspelt column.
            Ok(Expr::Path(name))
                if helpers::find(&fold_name(name)).is_some_and(|found| !found.gives.is_value()) =>
            {
                self.print_call(name, &[])
            }
            Ok(Expr::Path(name)) => Err(self.unknown(name)),
            Ok(Expr::Call(name, args)) => self.print_call(name, args),
            Ok(Expr::Text(text)) => Err(trouble(
                &codes::T304,
                format!("标签里只有一段文字“{text}”"),
                "文字不用放在大括号里，直接写",
            )),
            Ok(Expr::Number(number)) => Err(self.unknown(number)),
            // What reads as no call at all is most likely a misspelt name.
            Err(_) if !self.near(whole).is_empty() => Err(self.unknown(whole)),
            Err(fault) => Err(trouble(&codes::T304, fault.message.clone(), &fault.help)),
        }
    }

    fn print_name(&self, whole: &str, named: Named) -> Result<Rewritten, TagTrouble> {
        let name;
        let source = match named {
            Named::Field { path, record, node } => {
                let field = self.schema.node(node);
                name = field.name.to_owned();
                let helper = value_helper(field.kind)
                    .ok_or_else(|| self.not_printable(whole, field.kind))?;
                let mut source = format!("{helper} {path} 0");
                if field.need != Need::Never {
                    let _ = write!(source, " {} {}", quote(&record), needed(field.need));
                }
                source
            }
            Named::Item { path, node } => {
                if self.schema.node(node).kind != FieldKind::TextList {
                    return Err(self.not_printable(whole, FieldKind::Record));
                }
                name = self.schema.node(node).name.to_owned();
                format!("_v {path} 0")
            }
            Named::Count(path) => {
                name = "第几个".to_owned();
                format!("_c (_n {path}) 0")
            }
            Named::Local(path) => {
                name = whole.to_owned();
                format!("_c {path} 0")
            }
        };
        Ok(Rewritten { source, name, gives: Gives::Text })
    }

    fn print_call(&self, name: &str, args: &[Expr]) -> Result<Rewritten, TagTrouble> {
        let mut sources = Vec::new();
        let (call, helper) = self.call(name, args, &mut sources)?;
        if helper.gives == Gives::Flag {
            return Err(trouble(
                &codes::T306,
                format!("“{name}”只说成立不成立，不能印出来"),
                format!("用在条件里：{{{{#如果 ({name} …)}}}}"),
            ));
        }
        let word = if helper.gives == Gives::OwnWords { "_o" } else { "_c" };
        let mut source = format!("{word} {call} 0");
        let mut first = None;
        for (path, record, node) in sources {
            let field = self.schema.node(node);
            first.get_or_insert_with(|| field.name.to_owned());
            let (record, name) = (quote(&record), quote(field.name));
            let _ = write!(source, " {path} {record} {name} {}", needed(field.need));
        }
        let name = first.unwrap_or_else(|| name.to_owned());
        Ok(Rewritten { source, name, gives: helper.gives })
    }

    /// Rewrites the opening of a block; the scope it opens, if any.
    pub fn open(&self, kind: BlockKind, arg: &Expr) -> Result<(String, Option<Scope>), TagTrouble> {
        match kind {
            BlockKind::If => Ok((format!("if {}", self.condition(arg)?), None)),
            BlockKind::Unless => Ok((format!("unless {}", self.condition(arg)?), None)),
            BlockKind::Each | BlockKind::With => {
                let Expr::Path(name) = arg else {
                    return Err(trouble(
                        &codes::T306,
                        format!("“{}”后面要写字段名", kind.word()),
                        "筛选、排序过的清单由工作簿的字段给出，见 template fields",
                    ));
                };
                let (path, node) = match self.lookup(name) {
                    Some(Named::Field { path, node, .. }) => (path, node),
                    Some(Named::Item { .. } | Named::Count(_) | Named::Local(_)) => {
                        return Err(self.wrong_block(kind, name, None));
                    }
                    None => return Err(self.unknown(name)),
                };
                let held = self.schema.node(node).kind;
                let looped = kind == BlockKind::Each;
                let fits = match kind {
                    BlockKind::Each => matches!(held, FieldKind::List | FieldKind::TextList),
                    BlockKind::With => held == FieldKind::Record,
                    BlockKind::If | BlockKind::Unless => true,
                };
                if !fits {
                    return Err(self.wrong_block(kind, name, Some(held)));
                }
                let word = if looped { "each" } else { "with" };
                Ok((format!("{word} {path}"), Some(Scope { node, looped })))
            }
        }
    }

    /// A condition, as a call that gives true or false.
    pub fn condition(&self, expr: &Expr) -> Result<String, TagTrouble> {
        Ok(match expr {
            Expr::Path(name) => match self.lookup(name).ok_or_else(|| self.unknown(name))? {
                Named::Field { path, .. } | Named::Item { path, .. } => format!("(_t {path})"),
                Named::Count(path) => format!("(_n {path})"),
                Named::Local(path) => format!("(_t {path})"),
            },
            Expr::Call(name, args) => {
                let (call, helper) = self.call(name, args, &mut Vec::new())?;
                if !helper.gives.is_value() {
                    return Err(trouble(
                        &codes::T306,
                        format!("“{name}”不能当条件"),
                        "条件写字段名，或 等于、大于 这样的比较",
                    ));
                }
                format!("(_t {call})")
            }
            Expr::Text(text) => format!("(_t {})", quote(text)),
            Expr::Number(number) => format!("(_t {})", json_number(number)),
        })
    }

    /// Finds what a name stands for, from the innermost scope outwards.
    pub(super) fn lookup(&self, name: &str) -> Option<Named> {
        let mut folded = fold_name(name);
        let mut skip = 0;
        // `../` typed on purpose skips scopes.
        while let Some(rest) = folded.strip_prefix("../") {
            folded = rest.to_owned();
            skip += 1;
        }
        for own in ["this.", "本项.", "./"] {
            let begins = folded.get(..own.len()).is_some_and(|s| s.eq_ignore_ascii_case(own));
            if let Some(rest) = folded.get(own.len()..).filter(|_| begins) {
                let scope = self.scopes.len().checked_sub(1 + skip)?;
                return self.field_in(scope, rest);
            }
        }
        let last = self.scopes.len().checked_sub(1 + skip)?;
        if let Some(named) = (0..=last).rev().find_map(|scope| self.field_in(scope, &folded)) {
            return Some(named);
        }
        let folded = folded.to_ascii_lowercase();
        if matches!(folded.as_str(), "this" | "." | "本项") && last > 0 {
            let path = format!("{}this", "../".repeat(self.scopes.len() - 1 - last));
            return Some(Named::Item { path, node: self.scopes[last].node });
        }
        match folded.as_str() {
            "第几个" | "@第几个" => self.local("index").map(Named::Count),
            "@index" => self.local("index").map(Named::Local),
            "@first" | "首个" | "@首个" => self.local("first").map(Named::Local),
            "@last" | "末个" | "@末个" => self.local("last").map(Named::Local),
            _ => None,
        }
    }

    /// A field of one scope.
    fn field_in(&self, scope: usize, path: &str) -> Option<Named> {
        let found = self.schema.find(self.scopes[scope].node, path)?;
        self.used.note(self.schema, &found);
        let up = "../".repeat(self.scopes.len() - 1 - scope);
        let (last, before) = found.keys.split_last()?;
        let record = if before.is_empty() { format!("{up}this") } else { bracketed(&up, before) };
        let path = if found.keys.iter().any(|key| key.contains(']')) {
            // No bracket form holds a closing bracket: looked up as a text.
            format!("(lookup {record} {})", quote(last))
        } else {
            bracketed(&up, &found.keys)
        };
        Some(Named::Field { path, record, node: found.node })
    }

    /// A local of the innermost loop.
    pub(super) fn local(&self, name: &str) -> Option<String> {
        let at = self.scopes.iter().rposition(|scope| scope.looped)?;
        let up = "../".repeat(self.scopes.len() - 1 - at);
        Some(format!("@{up}{name}"))
    }
}

/// The helper that prints a plain field of a kind; lists and records cannot be printed.
fn value_helper(kind: FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Text | FieldKind::Number | FieldKind::Flag | FieldKind::Ratio => Some("_v"),
        FieldKind::Date => Some("_vd"),
        FieldKind::Record | FieldKind::List | FieldKind::TextList => None,
    }
}

/// When a field is needed, as a literal of handlebars: true, false, or a field of its record with
/// the values that make it so.
fn needed(need: Need) -> String {
    match need {
        Need::Never => "false".to_owned(),
        Need::Always => "true".to_owned(),
        Need::When { field, values } => serde_json::json!([field, values]).to_string(),
    }
}

/// `../[单位].[全称]`.
fn bracketed(up: &str, keys: &[&str]) -> String {
    let mut out = up.to_owned();
    for (at, key) in keys.iter().enumerate() {
        let _ = write!(out, "{}[{key}]", if at > 0 { "." } else { "" });
    }
    out
}

/// A text as a literal of handlebars.
pub(super) fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A number as a literal of handlebars.
pub(super) fn json_number(text: &str) -> String {
    text.parse::<f64>()
        .ok()
        .and_then(serde_json::Number::from_f64)
        .map_or_else(|| quote(text), |n| helpers::numbers::plain_number(&n))
}
