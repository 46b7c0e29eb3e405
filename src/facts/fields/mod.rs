//! The field contract: every name a template may use, its kind, when it is needed, its meaning.
//!
//! One table. Columns of sheets come from the workbook contract, so that a column and its field
//! cannot drift apart; what the assessment adds stands below as data. A unit's own columns and
//! 设置 rows join it when a ledger is at hand ([`Fields::of_ledger`]).

mod added;

use crate::assess::metrics;
use crate::kit::Regime;
use crate::ledger::Ledger;
use crate::ledger::contract::{self, ColumnKind};
use FieldKind::{Date, List, Number, Ratio, Record, Text};
use Need::{Always, Never};
use added::{DATES, DONE_RECORD, DUTY, GAP, HALF, LINE, NEEDED, PROBLEM, PROBLEM_LISTS, Row, TOP};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A date with its precision, as text.
    Date,
    /// Yes or no.
    Flag,
    /// Numerator and denominator: {分子 分母}, printed by 百分比.
    Ratio,
    /// An object with fields of its own.
    Record,
    /// A list of records.
    List,
    /// A list of plain texts.
    TextList,
}

impl FieldKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "文字",
            Self::Number => "数",
            Self::Date => "日期",
            Self::Flag => "是否",
            Self::Ratio => "比率",
            Self::Record => "一组",
            Self::List => "清单",
            Self::TextList => "名单",
        }
    }
}

/// When a missing field is shown as 【待填：名】.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Whenever a template prints it.
    Always,
    /// Never: it prints nothing, in a table cell —.
    Never,
    /// Where `field` of the same record holds one of `values` (完成时间: 整改状态 is 已完成).
    When {
        /// The other field.
        field: &'static str,
        /// Its values, any of them.
        values: &'static [&'static str],
    },
}

impl Need {
    /// When it is needed, in words: 必填, 完成时间's 整改状态为已完成时必填; empty for never.
    pub fn words(self) -> String {
        match self {
            Self::Always => "必填".to_owned(),
            Self::Never => String::new(),
            Self::When { field, values } => {
                format!("{field}为{}时必填", values.join("、"))
            }
        }
    }
}

/// One field of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its path from the top, dots between, `[]` after a list: `检查发现[].存在问题`.
    pub path: String,
    /// What it holds.
    pub kind: FieldKind,
    /// When it is needed.
    pub need: Need,
    /// What it means, in Chinese.
    pub meaning: String,
    /// An example value.
    pub example: String,
}

/// The table, with what a unit's own columns add.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// In the order in which they are listed.
    pub fields: Vec<Field>,
    /// The unit's own columns: (list, heading).
    pub own_columns: Vec<(String, String)>,
}

/// Whether a record of work may carry this column: what other sheets' rows have besides has no
/// place in a list of records.
pub(super) fn is_record_column(heading: &str) -> bool {
    let of_sheet = contract::sheet("履责情况").is_some_and(|spec| spec.column(heading).is_some());
    of_sheet || DONE_RECORD.iter().any(|(name, ..)| *name == heading)
}

impl Fields {
    /// The table of the contract and a regime's print lines.
    pub fn table(regime: &Regime) -> Self {
        let mut fields = Self::default();
        fields.rows("", TOP);
        fields.rows("缺项[].", GAP);
        fields.push("责任行", List, Never, "责任行，按本材料的清单", "");
        fields.line("责任行[].");
        fields.push("按行", Record, Never, "责任行，按名称取：按行.专题研究.实", "");
        for line in regime.lines.values() {
            fields.push(&format!("按行.{}", line.name), Record, Never, "责任行", "");
            fields.line(&format!("按行.{}.", line.name));
        }
        fields.push("责任", List, Never, "责任，逐项", "");
        fields.duties("责任");
        for list in ["分管[].检查", "分管[].汇报"] {
            fields.records(list, "分管单位的记录");
        }
        for list in ["参加[].记录", "参加[].例举"] {
            fields.records(list, "本人参加的记录");
        }
        fields.records("其他工作", "不属于任何一项责任的工作");
        fields.sheet_columns("对照检查", "方面[].问题[].");
        for list in PROBLEM_LISTS {
            fields.push(list, List, Never, "问题", "");
            fields.sheet_columns("检查发现", &format!("{list}[]."));
            fields.rows(&format!("{list}[]."), PROBLEM);
        }
        for (name, ratio) in metrics::FIGURES {
            let path = format!("指标.{name}");
            fields.push(&path, if *ratio { Ratio } else { Number }, Always, "统计数", "");
        }
        fields.ratio_parts();
        for spec in contract::sheets() {
            if spec.is_items() {
                for item in spec.items {
                    let need = if item.required { Always } else { Never };
                    let path = format!("{}.{}", spec.name, item.name);
                    fields.push(&path, Text, need, item.note, item.example);
                }
                continue;
            }
            if matches!(spec.name, "责任清单" | "检查发现") {
                continue;
            }
            if spec.name == "文种" {
                // The paper's own row; the columns that a paper prints stand above.
                for column in spec.columns {
                    let path = format!("文种.{}", column.heading);
                    if fields.get(&path).is_none() {
                        fields.push(&path, Text, Never, column.note, column.example);
                    }
                }
                continue;
            }
            if spec.name == "履责情况" {
                fields.records("履责情况", spec.note);
                continue;
            }
            fields.push(spec.name, List, Never, spec.note, "");
            fields.sheet_columns(spec.name, &format!("{}[].", spec.name));
        }
        fields
    }

    /// The table with the unit's own columns and settings.
    pub fn of_ledger(ledger: &Ledger, regime: &Regime) -> Self {
        let mut fields = Self::table(regime);
        for (sheet, entries) in &ledger.sheets {
            let Some(spec) = contract::sheet(sheet) else { continue };
            for entry in entries {
                if spec.is_items() {
                    if let Some(item) = entry.text("项目") {
                        let path = format!("{sheet}.{item}");
                        if fields.get(&path).is_none() {
                            fields.push(&path, Text, Never, "单位自己的项目", "");
                        }
                    }
                    continue;
                }
                for heading in entry.cells.keys() {
                    let known = spec.column(heading).is_some();
                    let own = ((*sheet).to_owned(), heading.clone());
                    if !known && !fields.own_columns.contains(&own) {
                        fields.own_columns.push(own);
                    }
                }
            }
        }
        for (sheet, heading) in fields.own_columns.clone() {
            fields.own_column(&sheet, &heading);
        }
        fields
    }

    /// Looks a full path up: `检查发现[].存在问题`.
    pub fn get(&self, path: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.path == path)
    }

    /// A column of the unit's own, wherever rows of its sheet are listed.
    fn own_column(&mut self, sheet: &str, heading: &str) {
        let suffix = match sheet {
            "检查发现" => "[].存在问题",
            "履责情况" => "[].工作内容",
            "文种" => {
                self.push(&format!("文种.{heading}"), Text, Never, "单位自己的列", "");
                return;
            }
            _ => {
                self.push(&format!("{sheet}[].{heading}"), Text, Never, "单位自己的列", "");
                return;
            }
        };
        let lists: Vec<String> = self
            .fields
            .iter()
            .filter_map(|field| field.path.strip_suffix(suffix).map(str::to_owned))
            .collect();
        for list in lists {
            self.push(&format!("{list}[].{heading}"), Text, Never, "单位自己的列", "");
        }
    }

    fn push(&mut self, path: &str, kind: FieldKind, need: Need, meaning: &str, example: &str) {
        self.fields.push(Field {
            path: path.to_owned(),
            kind,
            need,
            meaning: meaning.to_owned(),
            example: example.to_owned(),
        });
    }

    fn rows(&mut self, prefix: &str, rows: &[Row]) {
        for (path, kind, need, meaning, example) in rows {
            self.push(&format!("{prefix}{path}"), *kind, *need, meaning, example);
        }
    }

    /// Numerator and denominator of every ratio, which a template may print on their own.
    fn ratio_parts(&mut self) {
        let ratios = self.fields.iter().filter(|field| field.kind == Ratio);
        let paths: Vec<String> = ratios.map(|field| field.path.clone()).collect();
        for path in paths {
            self.push(&format!("{path}.分子"), Number, Always, "分子", "20");
            self.push(&format!("{path}.分母"), Number, Always, "分母", "34");
        }
    }

    /// A print line.
    fn line(&mut self, prefix: &str) {
        self.rows(prefix, LINE);
        self.rows(&format!("{prefix}缺项[]."), GAP);
        self.duties(&format!("{prefix}责任"));
        self.halves(&format!("{prefix}分期"));
        for list in ["记录", "例举", "未计入"] {
            self.records(&format!("{prefix}{list}"), "责任行的记录");
        }
        self.sheet_columns("核实事项", &format!("{prefix}核实."));
    }

    /// A list of records of work.
    fn records(&mut self, list: &str, meaning: &str) {
        self.push(list, List, Never, meaning, "");
        let prefix = format!("{list}[].");
        self.sheet_columns("履责情况", &prefix);
        self.rows(&prefix, DONE_RECORD);
    }

    fn duties(&mut self, list: &str) {
        let prefix = format!("{list}[].");
        self.rows(&prefix, DUTY);
        self.halves(&format!("{prefix}分期"));
        self.sheet_columns("核实事项", &format!("{prefix}核实."));
        for records in ["记录", "例举"] {
            self.records(&format!("{prefix}{records}"), "计入的记录");
        }
    }

    fn halves(&mut self, list: &str) {
        let prefix = format!("{list}[].");
        self.rows(&prefix, HALF);
        self.records(&format!("{prefix}记录"), "计入的记录");
    }

    /// The columns of a sheet under a prefix.
    fn sheet_columns(&mut self, sheet: &str, prefix: &str) {
        let Some(spec) = contract::sheet(sheet) else { return };
        for column in spec.columns {
            let kind = match column.kind {
                _ if DATES.contains(&column.heading) => Date,
                ColumnKind::Day => Date,
                // A number typed in a cell is text in the tree and prints as it was typed.
                ColumnKind::Text
                | ColumnKind::Code
                | ColumnKind::Number
                | ColumnKind::OneOf
                | ColumnKind::Suggested => Text,
            };
            let need = NEEDED
                .iter()
                .find(|(of, heading, _)| *of == sheet && *heading == column.heading)
                .map_or(if column.required { Always } else { Never }, |(_, _, need)| *need);
            let path = format!("{prefix}{}", column.heading);
            self.push(&path, kind, need, column.note, column.example);
        }
    }
}
