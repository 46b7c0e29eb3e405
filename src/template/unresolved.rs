//! What is told of names that cannot be used: unknown ones with the nearest, lists that are
//! printed, blocks over the wrong kind.

use crate::diagnostic::{Code, codes, did_you_mean};
use crate::facts::FieldKind;
use crate::template::expression::BlockKind;
use crate::template::fold::fold_name;
use crate::template::resolve::{Resolver, TagTrouble};

impl Resolver<'_> {
    pub(super) fn near(&self, name: &str) -> String {
        let folded = fold_name(name);
        let mut known: Vec<&str> = Vec::new();
        for scope in self.scopes.iter().rev() {
            known.extend(self.schema.names(scope.node));
        }
        if let Some((record, field)) = folded.rsplit_once('.') {
            for scope in self.scopes.iter().rev() {
                if let Some(found) = self.schema.find(scope.node, record) {
                    return did_you_mean(field, self.schema.names(found.node));
                }
            }
        }
        did_you_mean(&folded, known)
    }

    pub(super) fn unknown(&self, name: &str) -> TagTrouble {
        let place = match self.scopes {
            [_, .., inner] if inner.looped => {
                format!("在“{}”里和外层", self.schema.node(inner.node).name)
            }
            _ => String::new(),
        };
        let folded = fold_name(name);
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
        trouble(
            &codes::T305,
            format!("{place}没有“{name}”这个字段{}", self.near(name)),
            "改成工作簿里的列名；全部字段见 template fields",
        )
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
        let help = match kind {
            BlockKind::Each => format!("循环只用于清单；要在有内容时才写，用 {{{{#如果 {name}}}}}"),
            BlockKind::With | BlockKind::If | BlockKind::Unless => {
                format!("伴随只用于一组字段（如 单位）；清单用 {{{{#循环 {name}}}}}")
            }
        };
        trouble(&codes::T306, format!("“{name}”是{what}，不能用“{}”", kind.word()), help)
    }
}

pub(super) fn trouble(code: &'static Code, message: String, help: impl Into<String>) -> TagTrouble {
    TagTrouble { code, message, help: help.into() }
}
