//! What is told of names that cannot be used: unknown ones with where they stand or what is
//! nearest, lists that are printed, blocks over the wrong kind.

use crate::contract;
use crate::diagnostic::{Code, codes, did_you_mean};
use crate::facts::FieldKind;
use crate::template::expression::{BlockKind, Fault};
use crate::template::fold::fold_name;
use crate::template::resolve::{Resolver, TagTrouble};
use crate::template::slips;

/// Most lists that are named as having a column.
const LISTS: usize = 3;

/// Longer names, in bytes, are no slip of anyone's: they are told without a guess, since looking
/// along a path of thousands of steps takes long.
const LONGEST: usize = 300;

impl Resolver<'_> {
    /// What a name that is not known was near to, step by step of its path.
    pub(super) fn near(&self, name: &str) -> String {
        let folded = fold_name(name);
        if folded.len() > LONGEST {
            return String::new();
        }
        let known = || self.scopes.iter().rev().flat_map(|scope| self.schema.names(scope.node));
        // A full stop typed for the dot.
        let dotted = folded.replace('。', ".");
        if dotted != folded && self.reaches(&dotted) {
            return format!("，是否指“{dotted}”");
        }
        for (dot, _) in dotted.rmatch_indices('.') {
            let (before, rest) = (&dotted[..dot], &dotted[dot + 1..]);
            let held = self.scopes.iter().rev().find_map(|s| self.schema.find(s.node, before));
            if let Some(held) = held {
                let step = rest.split('.').next().unwrap_or_default();
                return did_you_mean(step, self.schema.names(held.node));
            }
        }
        let first = dotted.split('.').next().unwrap_or_default();
        let near = did_you_mean(first, known());
        if near.is_empty() { did_you_mean(&folded, known()) } else { near }
    }

    /// Whether a folded path leads to a field from here.
    fn reaches(&self, folded: &str) -> bool {
        self.scopes.iter().any(|scope| self.schema.find(scope.node, folded).is_some())
    }

    /// The fields of a kind that can be reached from here and have a field of this path below
    /// them, the innermost scope first.
    fn holders(&self, kind: FieldKind, folded: &str) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for scope in self.scopes.iter().rev() {
            let mut found: Vec<&str> = self
                .schema
                .children(scope.node)
                .filter(|&child| {
                    self.schema.node(child).kind == kind
                        && self.schema.find(child, folded).is_some()
                })
                .map(|child| self.schema.node(child).name)
                .filter(|name| !out.contains(name))
                .collect();
            // Those that the template uses first, then the sheets that everyone fills in.
            found.sort_by_key(|name| {
                let sheet = contract::sheets().position(|sheet| sheet.name == *name);
                (!self.used.has(name), sheet.unwrap_or(usize::MAX))
            });
            out.extend(found);
        }
        out
    }

    pub(super) fn unknown(&self, name: &str) -> TagTrouble {
        let place = match self.scopes {
            [_, .., inner] if inner.looped => {
                format!("在“{}”里和外层", self.schema.node(inner.node).name)
            }
            _ => String::new(),
        };
        let folded = fold_name(name);
        if folded.len() > LONGEST {
            return no_field(&place, name, "");
        }
        // The field may stand in a list that nobody loops over here.
        let within = folded.split_once('.').and_then(|(list, field)| {
            let found = self.scopes.iter().rev().find_map(|s| self.schema.find(s.node, list))?;
            let is_list = self.schema.node(found.node).kind == FieldKind::List;
            (is_list && self.schema.find(found.node, field).is_some()).then(|| list.to_owned())
        });
        if let Some(list) = within {
            return trouble(
                &codes::T306,
                format!("“{list}”是清单，“{name}”不能直接取一列"),
                format!(
                    "写在 {{{{#循环 {list}}}}}…{{{{/循环}}}} 里，或用 {{{{顿号 {list} 列名}}}}"
                ),
            );
        }
        if let Some(fault) = slips::compared(name).or_else(|| self.joined_on(name)) {
            return trouble(&codes::T304, fault.message, fault.help);
        }
        if contract::is_unread(&folded) {
            return trouble(
                &codes::T305,
                format!("“{name}”这样的列没有读取：本程序不登记个人的思想、言论、账号和信仰"),
                "删去这个标签；不是个人的（如单位的银行账户），在工作簿里改一个列名再用",
            );
        }
        let lists = self.holders(FieldKind::List, &folded);
        if let Some(first) = lists.first() {
            let named: Vec<String> =
                lists.iter().take(LISTS).map(|list| format!("“{list}”")).collect();
            let more = if lists.len() > LISTS { "等清单" } else { "" };
            let inside = format!("{{{{#循环 {first}}}}}…{{{{/循环}}}}");
            return trouble(
                &codes::T305,
                format!("{place}没有“{name}”这个字段，它是{}{more}的列", named.concat()),
                match self.apart {
                    Some(part) => format!(
                        "{part}不在正文的循环里：在{part}里另写 {inside}，或移到正文的循环里"
                    ),
                    None => format!("写在 {inside} 里"),
                },
            );
        }
        let near = match self.holders(FieldKind::Record, &folded).first() {
            Some(record) => format!("，是否指“{record}.{folded}”"),
            None => self.near(name),
        };
        no_field(&place, name, &near)
    }

    /// A block word written together with a field: 如果年度.
    fn joined_on(&self, name: &str) -> Option<Fault> {
        let (_, rest) = slips::run_together(name)?;
        self.reaches(&rest).then(|| slips::no_block(name, ""))
    }

    pub(super) fn not_printable(&self, name: &str, kind: FieldKind) -> TagTrouble {
        let help = match kind {
            FieldKind::TextList => format!(
                "用 {{{{顿号 {name}}}}} 连成一句，或 {{{{#循环 {name}}}}}{{{{本项}}}}…{{{{/循环}}}}"
            ),
            FieldKind::List => format!(
                "用 {{{{#循环 {name}}}}}…{{{{/循环}}}} 逐条写出，或 {{{{顿号 {name} 列名}}}}"
            ),
            FieldKind::Record
            | FieldKind::Text
            | FieldKind::Number
            | FieldKind::Date
            | FieldKind::Flag
            | FieldKind::Ratio => format!("写出要印的一项，如 {{{{{name}.名称}}}}"),
        };
        trouble(&codes::T306, format!("“{name}”是{}，不能直接印出", kind.word()), help)
    }

    pub(super) fn wrong_block(
        &self,
        kind: BlockKind,
        name: &str,
        held: Option<FieldKind>,
    ) -> TagTrouble {
        let what = held.map_or("不是清单", FieldKind::word);
        let help = match (kind, held) {
            (BlockKind::Each, Some(FieldKind::Record)) => {
                format!(
                    "循环只用于清单；一组字段用 {{{{#伴随 {name}}}}}，或直接写 {{{{{name}.…}}}}"
                )
            }
            (BlockKind::Each, _) => {
                format!("循环只用于清单；要在有内容时才写，用 {{{{#如果 {name}}}}}")
            }
            (_, Some(FieldKind::List | FieldKind::TextList)) => {
                format!("伴随只用于一组字段（如 单位）；清单用 {{{{#循环 {name}}}}}")
            }
            (_, _) => format!(
                "伴随只用于一组字段（如 单位）；要印它写 {{{{{name}}}}}，有内容时才写用 {{{{#如果 {name}}}}}"
            ),
        };
        trouble(&codes::T306, format!("“{name}”是{what}，不能用“{}”", kind.word()), help)
    }
}

fn no_field(place: &str, name: &str, near: &str) -> TagTrouble {
    trouble(
        &codes::T305,
        format!("{place}没有“{name}”这个字段{near}"),
        "改成工作簿里的列名；全部字段见 template fields",
    )
}

pub(super) fn trouble(code: &'static Code, message: String, help: impl Into<String>) -> TagTrouble {
    TagTrouble { code, message, help: help.into() }
}
