//! The field contract: every name a template may use, its kind, when it is needed, its meaning.
//!
//! The table is made from the declarations that facts are built from ([`super::declare`]) and, for
//! the columns of sheets, from the workbook contract, so that a field and its value cannot drift
//! apart. A unit's own columns and 设置 rows join it when a ledger is at hand
//! ([`Fields::of_ledger`]).
//!
//! The same kind of record stands in many places: a record of work under every duty of every print
//! line, ten thousand paths in all. Each kind is held once, as a [`Shape`] that fields point at, so
//! that the table is cheap to make and to read; only [`Fields::paths`] writes every path out.

mod columns;
mod table;

use std::any::TypeId;

use indexmap::IndexMap;

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
            Self::Record => "一组字段",
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

/// One field; its name is its key in its shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What it holds.
    pub kind: FieldKind,
    /// When it is needed.
    pub need: Need,
    /// What it means, in Chinese.
    pub meaning: &'static str,
    /// An example value.
    pub example: &'static str,
    /// What stands below a record or a ratio, or in the items of a list.
    pub shape: Option<ShapeId>,
}

/// The fields of one kind of record by name, in the order in which they are listed.
pub type Shape = IndexMap<String, Field>;

/// Which shape of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeId(usize);

impl ShapeId {
    /// Its place among [`Fields::shapes`].
    pub fn number(self) -> usize {
        self.0
    }
}

/// The table: shapes that point at one another, never in a circle.
#[derive(Debug, Clone)]
pub struct Fields {
    shapes: Vec<Shape>,
    /// The shapes of declared kinds, by the type of their items.
    made: Vec<(TypeId, ShapeId)>,
    /// The shapes that hold the columns of a sheet, by its name.
    sheets: Vec<(&'static str, ShapeId)>,
}

/// What stands at the top.
const TOP: ShapeId = ShapeId(0);

/// What a column means that the unit added.
const OWN_COLUMN: &str = "单位自己的列";

/// Numerator and denominator of every ratio, which a template may print on their own.
const RATIO: ShapeId = ShapeId(1);

impl Default for Fields {
    /// A table without fields.
    fn default() -> Self {
        let shapes = vec![Shape::new(), Shape::new()];
        let mut fields = Self { shapes, made: Vec::new(), sheets: Vec::new() };
        fields.put(RATIO, "分子", FieldKind::Number, Need::Always, "分子", "20");
        fields.put(RATIO, "分母", FieldKind::Number, Need::Always, "分母", "34");
        fields
    }
}

impl Fields {
    /// Every shape by its number, the top first.
    pub fn shapes(&self) -> impl Iterator<Item = (ShapeId, &Shape)> {
        self.shapes.iter().enumerate().map(|(at, shape)| (ShapeId(at), shape))
    }

    /// Every field with its full path, `[]` after a list: `检查发现[].存在问题`.
    pub fn paths(&self) -> Vec<(String, &Field)> {
        let mut out = Vec::new();
        self.walk(TOP, "", &mut out);
        out
    }

    fn walk<'a>(&'a self, shape: ShapeId, prefix: &str, out: &mut Vec<(String, &'a Field)>) {
        for (name, field) in &self.shapes[shape.0] {
            let path = format!("{prefix}{name}");
            let below = field.shape.map(|shape| (shape, format!("{path}{}", field.joint())));
            out.push((path, field));
            if let Some((shape, prefix)) = below {
                self.walk(shape, &prefix, out);
            }
        }
    }

    /// Looks a full path up: `检查发现[].存在问题`. Names may hold dots.
    pub fn get(&self, path: &str) -> Option<&Field> {
        self.find(TOP, path)
    }

    fn find(&self, shape: ShapeId, path: &str) -> Option<&Field> {
        let shape = &self.shapes[shape.0];
        shape.get(path).or_else(|| {
            path.match_indices('.').find_map(|(dot, _)| {
                let name = path[..dot].trim_end_matches("[]");
                let field = shape.get(name)?;
                let rest = path[name.len()..].strip_prefix(field.joint())?;
                self.find(field.shape?, rest)
            })
        })
    }

    /// Adds a field by its full path; what holds it is made where it is not there yet.
    pub fn add(&mut self, path: &str, kind: FieldKind, need: Need) {
        let (holder, name) = match path.rsplit_once('.') {
            Some((before, name)) => (self.below(before), name),
            None => (TOP, path),
        };
        self.put(holder, name, kind, need, "", "");
    }

    /// Adds a column of the unit's own to the items of a list: a text that is never needed. A
    /// heading may hold dots: it is one name, never a path.
    pub fn add_column(&mut self, list: &str, heading: &str) {
        let shape = self.below(&format!("{list}[]"));
        self.put_new(shape, heading, OWN_COLUMN);
    }

    /// The columns that the unit added, each with its sheet.
    pub fn own_columns(&self) -> impl Iterator<Item = (&str, &str)> {
        let sheets = self.shapes[TOP.0].iter();
        sheets.flat_map(|(sheet, field)| {
            let columns = field.shape.map(|shape| self.shapes[shape.0].iter());
            columns
                .into_iter()
                .flatten()
                .filter(|(_, column)| column.meaning == OWN_COLUMN)
                .map(|(heading, _)| (sheet.as_str(), heading.as_str()))
        })
    }

    /// The shape below a path, made where it is not there yet.
    fn below(&mut self, path: &str) -> ShapeId {
        path.split('.').fold(TOP, |at, step| {
            let name = step.trim_end_matches("[]");
            let kind = if step.len() > name.len() { FieldKind::List } else { FieldKind::Record };
            if !self.shapes[at.0].contains_key(name) {
                self.put(at, name, kind, Need::Never, "", "");
            }
            let known = self.shapes[at.0][name].shape;
            known.unwrap_or_else(|| {
                let fresh = self.new_shape();
                self.point(at, name, fresh);
                fresh
            })
        })
    }

    /// Adds a field to a shape. One of this name keeps its place and what stands below it.
    pub(super) fn put(
        &mut self,
        shape: ShapeId,
        name: &str,
        kind: FieldKind,
        need: Need,
        meaning: &'static str,
        example: &'static str,
    ) {
        let shapes = &mut self.shapes[shape.0];
        let below = shapes.get(name).and_then(|field| field.shape);
        let shape = below.or((kind == FieldKind::Ratio).then_some(RATIO));
        shapes.insert(name.to_owned(), Field { kind, need, meaning, example, shape });
    }

    /// Adds a text of the unit's own where no field has its name.
    fn put_new(&mut self, shape: ShapeId, name: &str, meaning: &'static str) {
        if !self.shapes[shape.0].contains_key(name) {
            self.put(shape, name, FieldKind::Text, Need::Never, meaning, "");
        }
    }
}

impl Field {
    /// What stands between its name and a name below it.
    fn joint(&self) -> &'static str {
        match self.kind {
            FieldKind::List | FieldKind::TextList => "[].",
            FieldKind::Text
            | FieldKind::Number
            | FieldKind::Date
            | FieldKind::Flag
            | FieldKind::Ratio
            | FieldKind::Record => ".",
        }
    }
}
