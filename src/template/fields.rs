//! Complex fields (`w:fldChar`): where they begin and end, what their code says, how they stand in
//! one another. Whatever prefix their elements have, since what a field may do is judged by this.

use crate::template::index::{Index, Kind, attribute, decode};

/// A field, by its nodes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    /// Where it begins.
    pub(super) begin: usize,
    /// After what its result stands, where it has one.
    pub(super) separate: Option<usize>,
    /// Where it ends, if it does.
    pub(super) end: Option<usize>,
    /// The beginning of the field around it.
    pub(super) around: Option<usize>,
    /// Its code: TOC \o "1-3" \h.
    pub(super) code: String,
    /// Whether another field stands in its code before any word.
    pub(super) led_by_field: bool,
}

/// The fields of a part, in the order of their ends; those without one last.
pub(super) fn read(index: &Index<'_>) -> Vec<Field> {
    let mut open: Vec<Field> = Vec::new();
    let mut out = Vec::new();
    for at in index.of_kind(Kind::Other) {
        let name = index.name(at);
        match name.rsplit(':').next().unwrap_or(name) {
            "fldChar" => match value(index.raw(at), "fldCharType").as_str() {
                "begin" => {
                    let around = open.last_mut().map(|outer| {
                        outer.led_by_field |=
                            outer.separate.is_none() && outer.code.trim().is_empty();
                        outer.begin
                    });
                    open.push(Field { begin: at, around, ..Field::default() });
                }
                "separate" => {
                    if let Some(field) = open.last_mut() {
                        field.separate.get_or_insert(at);
                    }
                }
                "end" => {
                    out.extend(open.pop().map(|field| Field { end: Some(at), ..field }));
                }
                _ => {}
            },
            "instrText" => {
                if let Some(field) = open.last_mut() {
                    field.code.extend(index.letters(at));
                }
            }
            _ => {}
        }
    }
    out.extend(open);
    out
}

/// An attribute with whatever prefix, its character references read.
pub(super) fn value(raw: &str, name: &str) -> String {
    let tag = &raw[..raw.find('>').unwrap_or(raw.len())];
    let prefix = tag[1..].split(':').next().unwrap_or_default();
    let found = attribute(raw, &format!("{prefix}:{name}")).or_else(|| attribute(raw, name));
    found.map(|text| decode(text, 0).map(|(c, _, _)| c).collect()).unwrap_or_default()
}
