//! Sheets as templates see them: one list for each sheet of the workbook contract under the
//! sheet's name, holding only the subject's rows (the party group's: all), columns by heading;
//! sheets of items (设置, 民主生活会) as one record.

use serde_json::{Map, Value, json};

use super::Scene;
use super::declare::{Kind, list};
use super::fields::{FieldKind, Fields, Need, ShapeId};
use super::records::bare_title;
use super::top::Whole;
use crate::contract::{self, heading, item, sheet};
use crate::ledger::{Entry, PartialDate};

/// A row that is its columns and nothing more. Its shape is its sheet's.
struct Row<'a>(&'a Entry);

impl<'a> Kind<'a> for Row<'a> {
    fn entry(&self) -> Option<&'a Entry> {
        Some(self.0)
    }
}

/// Whether a sheet is told by a declared field; 责任清单 is the regime, no data.
fn is_told_elsewhere(sheet: &str) -> bool {
    sheet == sheet::DUTIES || Whole::FIELDS.iter().any(|field| field.name == sheet)
}

/// Adds a field for each other sheet.
pub(super) fn declare_sheets(fields: &mut Fields, top: ShapeId) {
    for spec in contract::sheets().filter(|spec| !is_told_elsewhere(spec.name)) {
        let kind = if spec.is_items() { FieldKind::Record } else { FieldKind::List };
        let shape = fields.new_shape();
        fields.columns_of(spec.name, shape, &[]);
        fields.put(top, spec.name, kind, Need::Never, spec.note, "");
        fields.point(top, spec.name, shape);
    }
}

/// Puts these sheets into the tree, those that the template names.
pub(super) fn insert_sheets(scene: Scene<'_>, tree: &mut Map<String, Value>) {
    let named = scene.ledger.sheets.keys().filter(|sheet| scene.wanted.has(sheet));
    for sheet in named.filter(|sheet| !is_told_elsewhere(sheet)) {
        let rows = match scene.ledger.items.get(sheet) {
            Some(items) => {
                let items = items.iter().map(|(item, cell)| {
                    let text = if item == item::MEETING_BASIS {
                        bare_title(&cell.value)
                    } else {
                        &cell.value
                    };
                    (item.clone(), json!(text))
                });
                Value::Object(items.collect())
            }
            None => list::<Row<'_>>(scene, own(scene, sheet).map(Row)),
        };
        tree.insert((*sheet).to_owned(), rows);
    }
}

/// The subject's rows of a sheet.
pub(super) fn own<'a>(scene: Scene<'a>, sheet: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
    let rows = scene.ledger.rows_of(scene.subject, sheet);
    rows.filter(move |entry| entry.sheet != sheet::OUTLOOK || is_of_period(scene, entry))
}

/// Whether a row's 期间 is the paper's: plans and judgements of another period stay out of it.
fn is_of_period(scene: Scene<'_>, entry: &Entry) -> bool {
    let period = &scene.assessment.period;
    let own = entry.text(heading::PERIOD).and_then(PartialDate::parse);
    own.is_none_or(|date| (date.first(), date.last()) == (period.start, period.end))
}
