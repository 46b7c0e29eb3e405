//! Makes the table of fields by walking the declarations, each kind of record once.

use std::any::TypeId;

use super::{FieldKind, Fields, Need, OWN_COLUMN, Shape, ShapeId, TOP, columns};
use crate::contract;
use crate::facts::declare::{Kind, declare};
use crate::facts::lines::ByLine;
use crate::facts::top::Whole;
use crate::kit::Regime;
use crate::ledger::Ledger;

impl Fields {
    /// The table of the contract and a regime's print lines.
    pub fn table(regime: &Regime) -> Self {
        let mut fields = Self::default();
        declare::<Whole<'static>>(&mut fields, TOP, regime);
        fields
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
            if let Some(by_line) = fields.get("按行").and_then(|field| field.shape) {
                ByLine::extend(&mut fields, by_line, regime);
            }
            fields.own(ledger);
        }
        fields
    }

    /// Adds the unit's own columns and settings.
    fn own(&mut self, ledger: &Ledger) {
        for (sheet, shape) in self.sheets.clone() {
            let Some(spec) = contract::sheet(sheet) else { continue };
            let meaning = if spec.is_items() { "单位自己的项目" } else { OWN_COLUMN };
            for name in ledger.own_columns.get(sheet).into_iter().flatten() {
                self.put_new(shape, name, meaning);
            }
        }
    }

    /// The shape of a declared kind, made when it is first asked for.
    pub(in crate::facts) fn shape_of(
        &mut self,
        kind: TypeId,
        make: impl FnOnce(&mut Self, ShapeId),
    ) -> ShapeId {
        if let Some((_, shape)) = self.made.iter().find(|(made, _)| *made == kind) {
            return *shape;
        }
        let shape = self.new_shape();
        self.made.push((kind, shape));
        make(self, shape);
        shape
    }

    /// A shape without fields yet.
    pub(in crate::facts) fn new_shape(&mut self) -> ShapeId {
        let shape = ShapeId(self.shapes.len());
        self.shapes.push(Shape::new());
        shape
    }

    /// A field's items, or what stands below it, have a shape.
    pub(in crate::facts) fn point(&mut self, holder: ShapeId, name: &str, shape: ShapeId) {
        if let Some(field) = self.shapes[holder.0].get_mut(name) {
            field.shape = Some(shape);
        }
    }

    /// The columns of a sheet, but for those that no paper shows; of a sheet of items its rows.
    pub(in crate::facts) fn columns_of(&mut self, sheet: &str, shape: ShapeId, hidden: &[&str]) {
        let Some(spec) = contract::sheet(sheet) else { return };
        self.sheets.push((spec.name, shape));
        if spec.is_items() {
            for item in spec.items() {
                let need = if item.required { Need::Always } else { Need::Never };
                self.put(shape, item.name, FieldKind::Text, need, item.note, item.example);
            }
            return;
        }
        for column in spec.columns.iter().filter(|column| !hidden.contains(&column.heading)) {
            let (kind, need) = (columns::kind(column), columns::need(column));
            self.put(shape, column.heading, kind, need, column.note, column.example);
        }
    }
}
