//! The field contract: every name a template may use, its kind, when it is needed, its meaning.

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
    /// Whether unknown columns of these lists are known to exist (from a workbook).
    pub own_columns: Vec<(String, String)>,
}

impl Fields {
    /// Looks a full path up: `检查发现[].存在问题`.
    pub fn get(&self, path: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.path == path)
    }
}
