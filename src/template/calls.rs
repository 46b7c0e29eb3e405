//! Sets the arguments of helpers against what they ask for, and rewrites the calls for handlebars.

use std::fmt::Write;

use crate::diagnostic::{codes, did_you_mean};
use crate::facts::FieldKind;
use crate::template::expression::Expr;
use crate::template::fold::fold_name;
use crate::template::helpers::compare::{EXACT, number};
use crate::template::helpers::{self, Arg, ArgKind, Gives, Helper, Times};
use crate::template::resolve::{Named, Resolver, TagTrouble, json_number, quote};
use crate::template::unresolved::trouble;

impl Resolver<'_> {
    /// A helper call in brackets; the fields it reads are added to `sources`.
    pub(super) fn call(
        &self,
        name: &str,
        args: &[Expr],
        sources: &mut Vec<(String, String, usize)>,
    ) -> Result<(String, &'static Helper), TagTrouble> {
        let Some(helper) = helpers::find(&fold_name(name)) else {
            let near = did_you_mean(name, helpers::ALL.iter().map(|helper| helper.name));
            return Err(trouble(
                &codes::T304,
                format!("没有名为“{name}”的写法{near}"),
                "带参数的写法见 template fields",
            ));
        };
        let least = helper.args.iter().filter(|arg| arg.times != Times::Optional).count();
        let repeats = helper.args.last().is_some_and(|arg| arg.times == Times::Repeated);
        let most = if repeats { 16 } else { helper.args.len() };
        let mut out = format!("({}", helper.name);
        if args.len() < least || args.len() > most {
            return Err(trouble(
                &codes::T311,
                format!("“{name}”后面写了{}项", args.len()),
                format!("写成 {{{{{}}}}}，如 {}", helpers::usage(helper), helper.example),
            ));
        }
        let mut list = None;
        for (at, expr) in args.iter().enumerate() {
            let Some(arg) = helper.args.get(at).or(helper.args.last()) else { continue };
            // `{{顿号 清单 3}}`: the column may be left out.
            let arg = match (arg.kind, expr) {
                (ArgKind::Column, Expr::Number(_)) => helper.args.last().unwrap_or(arg),
                _ => arg,
            };
            let source = self.argument(helper, arg, expr, &mut list, sources)?;
            let _ = write!(out, " {source}");
        }
        self.column_asked(name, args, list)?;
        if helper.name == "序号" && args.len() == 1 {
            let path = self.local("index").ok_or_else(|| {
                trouble(
                    &codes::T311,
                    "“序号”不在循环里，不知道是第几个".to_owned(),
                    "写成 {{序号 1 2}}：第1层第2个",
                )
            })?;
            let _ = write!(out, " (_n {path})");
        }
        out.push(')');
        Ok((out, helper))
    }

    /// One argument of a helper.
    fn argument(
        &self,
        helper: &Helper,
        arg: &Arg,
        expr: &Expr,
        list: &mut Option<usize>,
        sources: &mut Vec<(String, String, usize)>,
    ) -> Result<String, TagTrouble> {
        let wrong = |what: &str| {
            trouble(
                &codes::T306,
                format!("“{}”的“{}”不能是{what}", helper.name, arg.name),
                format!("写成 {{{{{}}}}}，如 {}", helpers::usage(helper), helper.example),
            )
        };
        match (arg.kind, expr) {
            (ArgKind::Word(words), Expr::Text(word) | Expr::Path(word)) => {
                let folded = fold_name(word);
                // 〇 is also written as the digit or the letter.
                let folded = if matches!(folded.as_str(), "○" | "零") { "〇" } else { &folded };
                match words.iter().find(|w| **w == folded) {
                    Some(word) => Ok(quote(word)),
                    None => Err(wrong(&format!(
                        "“{word}”{}",
                        did_you_mean(folded, words.iter().copied())
                    ))),
                }
            }
            (ArgKind::Column, Expr::Text(column) | Expr::Path(column)) => {
                let Some(list) = *list else { return Err(wrong("列名")) };
                match self.schema.find(list, &fold_name(column)) {
                    Some(found) if found.keys.len() == 1 => {
                        self.used.note(self.schema, &found);
                        Ok(quote(found.keys[0]))
                    }
                    Some(_) | None => Err(trouble(
                        &codes::T305,
                        format!(
                            "“{}”里没有“{column}”这一列{}",
                            self.schema.node(list).name,
                            did_you_mean(&fold_name(column), self.schema.names(list))
                        ),
                        "写成表格里的列名；全部字段见 template fields",
                    )),
                }
            }
            (ArgKind::Word(_) | ArgKind::Column, Expr::Number(_) | Expr::Call(..)) => {
                Err(wrong("这样的值"))
            }
            (ArgKind::List | ArgKind::Ratio, Expr::Text(_)) => Err(wrong("一段文字")),
            (ArgKind::Number | ArgKind::Within(_), Expr::Text(text)) => {
                match number(&text.as_str().into()) {
                    None => Err(wrong(&format!("一段文字“{text}”"))),
                    Some(n) => within(arg.kind, n, text)
                        .map_or_else(|| Ok(quote(text)), |what| Err(wrong(&what))),
                }
            }
            (_, Expr::Text(text)) => Ok(quote(text)),
            (ArgKind::List | ArgKind::Ratio, Expr::Number(_)) => Err(wrong("一个数")),
            (kind, Expr::Number(typed)) => {
                if typed.chars().filter(char::is_ascii_digit).count() > EXACT {
                    return Err(trouble(
                        &codes::T306,
                        format!("“{typed}”超过{EXACT}位，当作数算不准"),
                        "是编号、号码的，加上引号当作文字；是数的，写短一些",
                    ));
                }
                let n = typed.parse().unwrap_or_default();
                within(kind, n, typed)
                    .map_or_else(|| Ok(json_number(typed)), |what| Err(wrong(&what)))
            }
            (kind, Expr::Call(name, args)) => {
                let (source, inner) = self.call(name, args, sources)?;
                let fits = match kind {
                    _ if !inner.gives.is_value() => false,
                    ArgKind::List | ArgKind::Ratio => false,
                    ArgKind::Condition | ArgKind::Raw => true,
                    _ => inner.gives != Gives::Flag,
                };
                if fits { Ok(source) } else { Err(wrong(&format!("“{name}”的结果"))) }
            }
            (kind, Expr::Path(name)) => {
                let named = self.lookup(name).ok_or_else(|| self.unknown(name))?;
                let (path, node) = match named {
                    Named::Field { path, record, node } => {
                        sources.push((path.clone(), record, node));
                        (path, node)
                    }
                    Named::Item { path, node }
                        if self.schema.node(node).kind == FieldKind::TextList =>
                    {
                        return Ok(path);
                    }
                    Named::Item { .. } => return Err(wrong("整条记录")),
                    Named::Count(path) => return Ok(format!("(_n {path})")),
                    Named::Local(path) => return Ok(path),
                };
                let held = self.schema.node(node).kind;
                if !fits(kind, held) {
                    return Err(wrong(&format!("{}“{name}”", held.word())));
                }
                if kind == ArgKind::List {
                    *list = Some(node);
                }
                self.doubt(helper, kind, name, node);
                Ok(match (kind, held) {
                    (ArgKind::Shown, FieldKind::Date) => format!("(_d {path})"),
                    _ => path,
                })
            }
        }
    }

    /// A list of records is joined by one of their columns.
    fn column_asked(
        &self,
        name: &str,
        args: &[Expr],
        list: Option<usize>,
    ) -> Result<(), TagTrouble> {
        let Some(list) = list.filter(|_| name == "顿号") else { return Ok(()) };
        let asks = matches!(args.get(1), Some(Expr::Path(_) | Expr::Text(_)));
        if asks || self.schema.node(list).kind != FieldKind::List {
            return Ok(());
        }
        let list = self.schema.node(list).name;
        Err(trouble(
            &codes::T311,
            format!("“{list}”的每一项有好几列，没有写连哪一列"),
            format!("写成 {{{{顿号 {list} 列名}}}}，如 {{{{顿号 检查发现 被检查单位}}}}"),
        ))
    }

    /// Doubts a text of the contract where a date or a number is asked for. What it holds its
    /// example tells: one with a digit may be either, and of a unit's own columns nothing is known.
    fn doubt(&self, helper: &Helper, asked: ArgKind, name: &str, node: usize) {
        let field = self.schema.node(node);
        let what = match asked {
            ArgKind::Date => "日期",
            ArgKind::Number | ArgKind::Within(_) => "数",
            _ => return,
        };
        let words = |c: char| !c.is_ascii_digit();
        if field.kind != FieldKind::Text
            || field.example.is_empty()
            || !field.example.chars().all(words)
        {
            return;
        }
        self.doubts.borrow_mut().push(trouble(
            &codes::T337,
            format!(
                "“{}”要的是{what}，“{name}”是文字（如“{}”），会照原样印出",
                helper.name, field.example
            ),
            format!("换成{what}的字段，或直接写 {{{{{name}}}}}"),
        ));
    }
}

/// What is wrong with a number that is typed in a tag, if it is out of bounds.
fn within(kind: ArgKind, n: f64, typed: &str) -> Option<String> {
    let ArgKind::Within(bounds) = kind else { return None };
    let fits = (f64::from(bounds.least)..=f64::from(bounds.most)).contains(&n)
        && (n.fract() == 0.0 || !bounds.whole);
    let whole = if bounds.whole { "的整数" } else { "" };
    let (least, most) = (bounds.least, bounds.most);
    (!fits).then(|| format!("{typed}，只能是{least}到{most}{whole}"))
}

/// Whether a field may stand where a helper asks for a kind.
fn fits(asked: ArgKind, held: FieldKind) -> bool {
    let list = matches!(held, FieldKind::List | FieldKind::TextList);
    match asked {
        ArgKind::Condition => true,
        ArgKind::List => list,
        ArgKind::Ratio => held == FieldKind::Ratio,
        ArgKind::Raw => held != FieldKind::Record && held != FieldKind::List,
        ArgKind::Shown => !list && held != FieldKind::Record,
        // Columns of a unit's own are texts for all we know: they may hold dates and numbers.
        ArgKind::Date => matches!(held, FieldKind::Date | FieldKind::Text),
        ArgKind::Number | ArgKind::Within(_) => {
            matches!(held, FieldKind::Number | FieldKind::Text | FieldKind::Ratio)
        }
        ArgKind::Column | ArgKind::Word(_) => false,
    }
}
