//! Fields declared once: what the table says of a field and how its value is obtained stand in one
//! row ([`fields!`]). [`list`] and [`record`] fill the tree from such rows, [`shape`] makes the
//! table from the same ones, so that neither can hold what the other lacks.

use std::any::TypeId;
use std::borrow::Borrow;

use serde_json::{Map, Value, json};

use super::fields::{FieldKind, Fields, Need, ShapeId};
use super::{RECORD, RECORDS, Scene};
use crate::contract;
use crate::kit::Regime;
use crate::ledger::{Entry, RecordId};

/// A field of items of type `T`.
pub(super) struct Declared<'a, T> {
    pub(super) name: &'static str,
    pub(super) kind: FieldKind,
    pub(super) need: Need,
    pub(super) meaning: &'static str,
    pub(super) example: &'static str,
    /// Whether the program itself reads it: given though no template names it.
    pub(super) read: bool,
    /// Makes the shape of what stands below it.
    pub(super) below: Option<fn(&mut Fields, &Regime) -> ShapeId>,
    /// Its value; null or empty where there is none.
    pub(super) get: fn(Scene<'a>, &T) -> Value,
}

/// A kind of record in the tree, by the type its items are made from.
pub(super) trait Kind<'a>: Sized + 'a {
    /// The sheet whose columns its items have, besides [`Kind::FIELDS`].
    const SHEET: &'static str = "";
    /// Columns of the sheet that no paper shows.
    const HIDDEN: &'static [&'static str] = &[];
    /// Its fields.
    const FIELDS: &'a [Declared<'a, Self>] = &[];

    /// Adds to its shape what depends on more than the type.
    fn extend(_fields: &mut Fields, _shape: ShapeId, _regime: &Regime) {}

    /// The row of the sheet that an item is.
    fn entry(&self) -> Option<&'a Entry> {
        None
    }

    /// What an item holds before its declared fields, with room for these: its columns.
    fn begin(&self, scene: Scene<'a>, room: usize) -> Map<String, Value> {
        let shown = |heading: &str| !Self::HIDDEN.contains(&heading);
        self.entry().map_or_else(Map::new, |entry| columns(scene, entry, room, shown))
    }

    /// The rows that its figures stand on, kept under [`RECORDS`].
    fn rows(&self, _scene: Scene<'a>) -> Option<Value> {
        None
    }
}

/// Rows `名 种类 必填 意思, 例 => 值;` as the fields of a kind; of a list or a record the kind of its
/// items stands in angle brackets. `read` before the name: see [`Declared::read`].
macro_rules! fields {
    (|$scene:ident, $item:ident| $(
        $($read:ident)? $name:literal $kind:ident $(<$below:ident>)? $need:ident
        $meaning:literal $(, $example:literal)? => $value:expr;
    )*) => {
        &[$($crate::facts::declare::Declared {
            name: $name,
            kind: $crate::facts::FieldKind::$kind,
            need: $crate::facts::Need::$need,
            meaning: $meaning,
            example: concat!($($example)?),
            read: fields!(@read $($read)?),
            below: fields!(@below $($below)?),
            get: |$scene, $item| {
                let _ = ($scene, $item);
                fields!(@get $kind $($below)?, $scene, $value)
            },
        }),*]
    };
    (@read) => { false };
    (@read read) => { true };
    (@below) => { None };
    (@below $below:ident) => { Some($crate::facts::declare::shape::<$below<'static>>) };
    (@get Record $below:ident, $scene:ident, $value:expr) => {
        $crate::facts::declare::record::<$below<'_>>($scene, $value)
    };
    (@get List $below:ident, $scene:ident, $value:expr) => {
        $crate::facts::declare::list::<$below<'_>>($scene, $value)
    };
    (@get $kind:ident, $scene:ident, $value:expr) => { serde_json::json!($value) };
}
pub(super) use fields;

/// The shape of a kind, made when it is first asked for.
pub(super) fn shape<T: Kind<'static>>(fields: &mut Fields, regime: &Regime) -> ShapeId {
    fields.shape_of(TypeId::of::<T>(), |fields, shape| declare::<T>(fields, shape, regime))
}

/// Adds the fields of a kind to a shape.
pub(super) fn declare<T: Kind<'static>>(fields: &mut Fields, shape: ShapeId, regime: &Regime) {
    fields.columns_of(T::SHEET, shape, T::HIDDEN);
    for field in T::FIELDS {
        let Declared { name, kind, need, meaning, example, .. } = *field;
        // What a sheet is for, its contract says.
        let sheet = || contract::sheet(name).map_or("", |spec| spec.note);
        let meaning = if meaning.is_empty() { sheet() } else { meaning };
        fields.put(shape, name, kind, need, meaning, example);
        if let Some(below) = field.below {
            let below = below(fields, regime);
            fields.point(shape, name, below);
        }
    }
    T::extend(fields, shape, regime);
}

/// A list of items, each with the fields that the template names.
pub(super) fn list<'a, T: Kind<'a>>(
    scene: Scene<'a>,
    items: impl IntoIterator<Item: Borrow<T>>,
) -> Value {
    let fields = named::<T>(scene);
    items.into_iter().map(|item| Value::Object(fill(scene, &fields, item.borrow()))).collect()
}

/// One item; null for none.
pub(super) fn record<'a, T: Kind<'a>>(scene: Scene<'a>, item: Option<impl Borrow<T>>) -> Value {
    item.map_or(Value::Null, |item| Value::Object(tree(scene, item.borrow())))
}

/// One item, as an object.
pub(super) fn tree<'a, T: Kind<'a>>(scene: Scene<'a>, item: &T) -> Map<String, Value> {
    fill(scene, &named(scene), item)
}

fn named<'a, T: Kind<'a>>(scene: Scene<'a>) -> Vec<&'a Declared<'a, T>> {
    T::FIELDS.iter().filter(|field| field.read || scene.wanted.has(field.name)).collect()
}

fn fill<'a, T: Kind<'a>>(
    scene: Scene<'a>,
    fields: &[&Declared<'a, T>],
    item: &T,
) -> Map<String, Value> {
    let mut tree = item.begin(scene, fields.len());
    for field in fields {
        let value = (field.get)(scene, item);
        if !value.is_null() && value.as_str() != Some("") {
            tree.insert(field.name.to_owned(), value);
        }
    }
    if let Some(rows) = item.rows(scene) {
        tree.insert(RECORDS.to_owned(), rows);
    }
    tree
}

/// A row as an object: its number and its filled columns, of those that `keep` names.
pub(super) fn columns(
    scene: Scene<'_>,
    entry: &Entry,
    room: usize,
    keep: impl Fn(&str) -> bool,
) -> Map<String, Value> {
    let mut fields = Map::with_capacity(entry.cells.len() + room + 1);
    fields.insert(RECORD.to_owned(), json!(entry.id.0));
    for (heading, cell) in &entry.cells {
        let text = unclosed(&cell.value);
        if !text.is_empty() && scene.wanted.has(heading) && keep(heading) {
            fields.insert(heading.clone(), json!(text));
        }
    }
    fields
}

/// The text of a column as papers print it.
pub(super) fn text<'a>(entry: &'a Entry, heading: &str) -> Option<&'a str> {
    entry.text(heading).map(unclosed).filter(|text| !text.is_empty())
}

/// A text without its closing full stop or semicolon: the sentence around a value is the
/// template's.
fn unclosed(text: &str) -> &str {
    text.trim_end_matches(['。', '；', ';', ' ', '\n'])
}

/// The numbers of some rows, for [`Kind::rows`].
pub(super) fn numbers(rows: impl IntoIterator<Item = RecordId>) -> Value {
    rows.into_iter().map(|row| json!(row.0)).collect()
}

/// A ratio.
pub(super) fn ratio(over: impl Into<Value>, under: impl Into<Value>) -> Value {
    json!({ "分子": over.into(), "分母": under.into() })
}
