//! Makes the table of fields: the columns of the workbook contract and what the assessment adds,
//! each kind of record once.

use super::FieldKind::{Date, List, Number, Ratio, Record, Text};
use super::Need::{Always, Never};
use super::added::{
    self, DATES, DONE_RECORD, DUTY, GAP, LINE, NEEDED, PART, PROBLEM, PROBLEM_LISTS, Row,
};
use super::{Fields, OWN_COLUMN, Shape, ShapeId, TOP};
use crate::assess::metrics;
use crate::kit::Regime;
use crate::ledger::Ledger;
use crate::ledger::contract::{self, ColumnKind, SheetSpec};

impl Fields {
    /// The table of the contract and a regime's print lines.
    pub fn table(regime: &Regime) -> Self {
        let mut fields = Self::default();
        let record = fields.shape_of_sheet("履责情况", DONE_RECORD);
        let problem = fields.shape_of_sheet("检查发现", PROBLEM);
        let gap = fields.shape(GAP);
        let duty = fields.duty(record);
        let line = fields.line(record, gap, duty);

        fields.rows(TOP, added::TOP);
        fields.point(TOP, "缺项", gap);
        fields.list("责任行", "责任行，按本材料的清单", line);
        fields.put(TOP, "按行", Record, Never, "责任行，按名称取：按行.专题研究.实", "");
        fields.by_name(regime);
        fields.list("责任", "责任，逐项", duty);
        for list in ["分管[].检查", "分管[].汇报"] {
            fields.list(list, "分管单位的记录", record);
        }
        for list in ["参加[].记录", "参加[].例举"] {
            fields.list(list, "本人参加的记录", record);
        }
        fields.list("其他工作", "不属于任何一项责任的工作", record);
        for list in PROBLEM_LISTS {
            fields.list(list, "问题", problem);
        }
        let aspect = fields.below(TOP, "方面[].问题[]", List);
        fields.columns_of("对照检查", aspect);
        let figures = fields.below(TOP, "指标", Record);
        for (name, ratio) in metrics::FIGURES {
            let kind = if *ratio { Ratio } else { Number };
            fields.put(figures, name, kind, Always, "统计数", "");
        }
        for spec in contract::sheets() {
            fields.sheet(spec, record);
        }
        fields
    }

    /// The print lines of a regime by their names, as in 责任行.
    fn by_name(&mut self, regime: &Regime) {
        let Some(line) = self.shapes[TOP.0]["责任行"].shape else { return };
        let by_line = self.below(TOP, "按行", Record);
        for own in regime.lines.values() {
            self.put(by_line, &own.name, Record, Never, "责任行", "");
            self.point(by_line, &own.name, line);
        }
    }

    /// The table with the unit's own columns and settings.
    pub fn of_ledger(ledger: &Ledger, regime: &Regime) -> Self {
        let mut fields = Self::table(regime);
        fields.own(ledger);
        fields
    }

    /// The table of several bureaus, each with its regime: a template is for all of them, and may
    /// name what one of them has. Of none, the kit's.
    pub fn of_all<'a>(
        bureaus: impl IntoIterator<Item = (&'a Ledger, &'a Regime)>,
        kit: &Regime,
    ) -> Self {
        let mut bureaus = bureaus.into_iter();
        let first = bureaus.next();
        let mut fields = first
            .map_or_else(|| Self::table(kit), |(ledger, regime)| Self::of_ledger(ledger, regime));
        for (ledger, regime) in bureaus {
            fields.by_name(regime);
            fields.own(ledger);
        }
        fields
    }

    /// Adds the unit's own columns and settings.
    fn own(&mut self, ledger: &Ledger) {
        for (sheet, own) in &ledger.own_columns {
            let Some(spec) = contract::sheet(sheet) else { continue };
            let Some(shape) = self.get(sheet).and_then(|list| list.shape) else { continue };
            // Wherever rows of the sheet are listed: the shape is the same.
            let meaning = if spec.is_items() { "单位自己的项目" } else { OWN_COLUMN };
            for name in own {
                self.put_new(shape, name, meaning);
            }
        }
    }

    /// A sheet at the top: its rows by name, or a list.
    fn sheet(&mut self, spec: &'static SheetSpec, record: ShapeId) {
        if spec.is_items() {
            let shape = self.below(TOP, spec.name, Record);
            for item in spec.items {
                let need = if item.required { Always } else { Never };
                self.put(shape, item.name, Text, need, item.note, item.example);
            }
            return;
        }
        match spec.name {
            // Regime, not data; findings are a list of problems above.
            "责任清单" | "检查发现" => {}
            // The paper's own row; the columns that a paper prints stand above.
            "文种" => {
                let shape = self.below(TOP, spec.name, Record);
                for column in spec.columns {
                    if !self.shapes[shape.0].contains_key(column.heading) {
                        self.put(shape, column.heading, Text, Never, column.note, column.example);
                    }
                }
            }
            "履责情况" => self.list(spec.name, spec.note, record),
            name => {
                self.put(TOP, name, List, Never, spec.note, "");
                let shape = self.below(TOP, name, List);
                self.columns_of(name, shape);
            }
        }
    }

    /// A list, by its path, whose items have a shape.
    fn list(&mut self, path: &str, meaning: &'static str, items: ShapeId) {
        let (holder, name) = path
            .rsplit_once('.')
            .map_or((TOP, path), |(before, name)| (self.below(TOP, before, Record), name));
        self.put(holder, name, List, Never, meaning, "");
        self.point(holder, name, items);
    }

    /// A field's items, or what stands below it, have a shape.
    fn point(&mut self, holder: ShapeId, name: &str, shape: ShapeId) {
        if let Some(field) = self.shapes[holder.0].get_mut(name) {
            field.shape = Some(shape);
        }
    }

    /// A new shape of these rows.
    fn shape(&mut self, rows: &[Row]) -> ShapeId {
        let shape = ShapeId(self.shapes.len());
        self.shapes.push(Shape::new());
        self.rows(shape, rows);
        shape
    }

    /// A new shape of a sheet's columns, and these rows.
    fn shape_of_sheet(&mut self, sheet: &str, rows: &[Row]) -> ShapeId {
        let shape = self.shape(&[]);
        self.columns_of(sheet, shape);
        self.rows(shape, rows);
        shape
    }

    fn rows(&mut self, shape: ShapeId, rows: &[Row]) {
        for (path, kind, need, meaning, example) in rows {
            self.insert(shape, path, *kind, *need, meaning, example);
        }
    }

    /// A duty.
    fn duty(&mut self, record: ShapeId) -> ShapeId {
        let part = self.part(record);
        let confirmed = self.shape_of_sheet("核实事项", &[]);
        let duty = self.shape(DUTY);
        self.point(duty, "分期", part);
        self.point(duty, "核实", confirmed);
        self.lists(duty, &["记录", "例举"], "计入的记录", record);
        duty
    }

    /// A print line.
    fn line(&mut self, record: ShapeId, gap: ShapeId, duty: ShapeId) -> ShapeId {
        let line = self.shape(LINE);
        self.point(line, "缺项", gap);
        self.point(line, "责任", duty);
        // As in its duties.
        for name in ["分期", "核实"] {
            if let Some(shape) = self.shapes[duty.0][name].shape {
                self.point(line, name, shape);
            }
        }
        self.lists(line, &["记录", "例举", "未计入"], "责任行的记录", record);
        line
    }

    /// A part of the year.
    fn part(&mut self, record: ShapeId) -> ShapeId {
        let part = self.shape(PART);
        self.lists(part, &["记录"], "计入的记录", record);
        part
    }

    /// Lists of records of work in a shape.
    fn lists(&mut self, holder: ShapeId, names: &[&str], meaning: &'static str, record: ShapeId) {
        for name in names {
            self.put(holder, name, List, Never, meaning, "");
            self.point(holder, name, record);
        }
    }

    /// The columns of a sheet.
    fn columns_of(&mut self, sheet: &str, shape: ShapeId) {
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
            self.put(shape, column.heading, kind, need, column.note, column.example);
        }
    }
}
