//! Matches the headings of a sheet to the columns of the contract: the canonical one, else another
//! by which its column is known, else the user's own.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::{fold, fold_heading, own_heading};
use super::table::Column;
use crate::contract::{self, BUREAU_COLUMN, ColumnSpec, SheetSpec};
use crate::diagnostic::codes::{L104, L105, L107, L114};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::place::{Place, Sources, a1};
use crate::workbook::{Row, Sheet};

/// The canonical sheet that a sheet's name stands for, width and blanks aside.
pub fn kind_of(name: &str) -> Option<&'static SheetSpec> {
    let folded = fold(name);
    contract::sheets().find(|spec| fold(spec.name) == folded)
}

/// How far down the headings are looked for.
pub(super) const HEADING_ROWS: u32 = 15;

/// The headings of a sheet, folded.
pub(super) struct Known {
    spec: &'static SheetSpec,
    /// The canonical ones with their columns, the items of 设置 among them.
    canonical: BTreeMap<String, (&'static str, Option<&'static ColumnSpec>)>,
    /// The others, each with the columns it may mean.
    also: BTreeMap<String, Vec<&'static ColumnSpec>>,
}

impl Known {
    /// The headings of a sheet.
    pub(super) fn of(spec: &'static SheetSpec) -> Self {
        let columns = spec.columns.iter().map(|column| (column.heading, Some(column)));
        let items = spec.items().iter().map(|item| (item.name, None));
        let canonical = columns.chain(items).chain([(BUREAU_COLUMN, None)]);
        let canonical: BTreeMap<_, _> =
            canonical.map(|(heading, column)| (fold_heading(heading), (heading, column))).collect();
        let mut also: BTreeMap<String, Vec<&ColumnSpec>> = BTreeMap::new();
        for column in spec.columns {
            for other in column.also.iter().map(|other| fold_heading(other)) {
                if !canonical.contains_key(&other) {
                    also.entry(other).or_default().push(column);
                }
            }
        }
        Self { spec, canonical, also }
    }

    fn has(&self, folded: &str) -> bool {
        self.canonical.contains_key(folded) || self.also.contains_key(folded)
    }

    /// The heading that a folded one stands for, an item of 设置 among them; of several the first.
    pub(super) fn means(&self, folded: &str) -> Option<&'static str> {
        let canonical = self.canonical.get(folded).map(|(heading, _)| *heading);
        let also = || self.also.get(folded).and_then(|of| of.first()).map(|of| of.heading);
        canonical.or_else(also).filter(|heading| *heading != BUREAU_COLUMN)
    }

    /// The row within the first fifteen where most headings match.
    pub(super) fn header_row<'a>(&self, sheet: &'a Sheet) -> Option<&'a Row> {
        let mut best: Option<(usize, &Row)> = None;
        for row in sheet.rows.iter().take_while(|row| row.number <= HEADING_ROWS) {
            let hits = row
                .cells
                .iter()
                .filter_map(|cell| cell.value.text())
                .filter(|text| self.has(&fold_heading(text)))
                .count();
            // One word alone is a heading only where the row holds hardly more.
            let enough = hits >= 2 || (hits == 1 && row.cells.len() <= 2);
            if enough && best.is_none_or(|(most, _)| hits > most) {
                best = Some((hits, row));
            }
        }
        best.map(|(_, row)| row)
    }

    /// The columns that a header row heads.
    pub(super) fn columns(
        &self,
        sheet: &Sheet,
        header: &Row,
        sources: &mut Sources,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<Column> {
        let typed: Vec<(u32, String, String)> = header
            .cells
            .iter()
            .filter_map(|cell| cell.value.text().map(|text| (cell.col, text)))
            .map(|(col, text)| (col, own_heading(&text), fold_heading(&text)))
            .filter(|(_, shown, _)| !shown.is_empty())
            .collect();
        let there: BTreeSet<&str> = typed.iter().map(|(_, _, folded)| folded.as_str()).collect();
        let mut columns: Vec<Column> = Vec::new();
        let mut first: BTreeMap<String, u32> = BTreeMap::new();
        let mut taken = Vec::new();
        for (col, shown, folded) in &typed {
            let place = Place::cell(sheet.id, header.number, *col);
            let mut tell = |code, message: String, help: &str| {
                out.push(Diagnostic::new(code, message).at(place).help(help));
            };
            sources.set_heading(sheet.id, *col, shown);
            let (mut heading, mut column) = match self.canonical.get(folded) {
                Some((heading, column)) => ((*heading).to_owned(), *column),
                None if contract::is_unread(folded) => {
                    let reason = "本程序不登记个人的思想、言论、账号和信仰";
                    tell(&L107, format!("“{shown}”列没有读取：{reason}"), "");
                    continue;
                }
                None => (shown.clone(), None),
            };
            // Another heading stands for its column only where the canonical one is absent.
            let open = |of: &&&'static ColumnSpec| !there.contains(&*fold_heading(of.heading));
            let also = self.also.get(folded).into_iter().flatten();
            match also.filter(open).collect::<Vec<_>>()[..] {
                [] => {}
                [of] => match first.get(of.heading) {
                    Some(before) => tell(
                        &L104,
                        format!(
                            "“{shown}”也像“{}”列，已读了前一列（{}）",
                            of.heading,
                            a1(header.number, *before)
                        ),
                        &format!("把要读的一列改名为“{}”，另一列换个名称", of.heading),
                    ),
                    None => {
                        taken.push(format!("“{shown}”按“{}”", of.heading));
                        (heading, column) = (of.heading.to_owned(), Some(*of));
                    }
                },
                [one, other, ..] => tell(
                    &L105,
                    format!(
                        "“{shown}”可以是“{}”，也可以是“{}”，没有当作其中一列",
                        one.heading, other.heading
                    ),
                    "改成其中一个列名",
                ),
            }
            if let Some(before) = first.get(&heading) {
                let before = a1(header.number, *before);
                tell(
                    &L104,
                    format!("“{heading}”列出现了两次，只读了前一列"),
                    &format!("两列合成一列，或者给其中一列改名（前一列在{before}）"),
                );
                continue;
            }
            sources.set_heading(sheet.id, *col, &heading);
            first.insert(heading.clone(), *col);
            columns.push(Column { col: *col, heading, spec: column });
        }
        if !taken.is_empty() {
            out.push(
                Diagnostic::new(&L114, format!("列名{}读取", taken.join("、")))
                    .at(Place { row: header.number, ..Place::sheet(sheet.id) })
                    .help("不是的请改列名；改成约定的列名后不再提示"),
            );
        }
        self.near_misses(sheet, header, &columns, out);
        columns
    }

    /// Reports the user's own columns whose headings are near one that is absent.
    fn near_misses(
        &self,
        sheet: &Sheet,
        header: &Row,
        columns: &[Column],
        out: &mut Vec<Diagnostic>,
    ) {
        let there: BTreeSet<&str> = columns.iter().map(|c| c.heading.as_str()).collect();
        let absent = self.spec.headings().filter(|heading| !there.contains(heading));
        let absent: Vec<&str> = absent.collect();
        for column in columns.iter().filter(|column| column.spec.is_none()) {
            let folded = fold_heading(&column.heading);
            let guess = did_you_mean(&folded, absent.iter().copied());
            if !self.has(&folded) && !guess.is_empty() {
                out.push(
                    Diagnostic::new(&L105, format!("不认识“{}”列{guess}", column.heading))
                        .at(Place::cell(sheet.id, header.number, column.col))
                        .help("是的话改成这个列名；不是的话不用管，模板里可以按原列名使用"),
                );
            }
        }
    }
}
