//! The grid of a sheet: its bounds, and the names of its cells read with them in mind.

use super::Merge;

/// The last row of a sheet.
pub(super) const LAST_ROW: u32 = 1_048_576;
/// The last column of a sheet: XFD.
pub(super) const LAST_COL: u32 = 16_384;

/// `AB7` → (7, 28): none where the name is malformed or lies outside the grid.
pub(super) fn cell(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    Some((row(&name[digits..])?, column(&name[..digits])?))
}

/// `7` → 7, within the grid.
pub(super) fn row(number: &str) -> Option<u32> {
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let row = plain.then(|| number.parse::<u32>().ok())??;
    (1..=LAST_ROW).contains(&row).then_some(row)
}

/// `AB` → 28, within the grid.
pub(super) fn column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let col = letters.chars().try_fold(0_u32, |sum, c| {
        c.is_ascii_alphabetic().then(|| sum * 26 + (c.to_ascii_uppercase() as u32 - 'A' as u32 + 1))
    })?;
    (1..=LAST_COL).contains(&col).then_some(col)
}

/// `A1:C3` (or `A1`), its corners in order.
pub(super) fn range(name: &str) -> Option<Merge> {
    let (from, to) = name.split_once(':').unwrap_or((name, name));
    let ((top, left), (bottom, right)) = (cell(from)?, cell(to)?);
    (top <= bottom && left <= right).then_some(Merge { top, left, bottom, right })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{LAST_COL, LAST_ROW, cell, range};
    use crate::place::a1;

    #[test]
    fn names_outside_the_grid_are_no_cells() {
        for name in [
            "",
            "A",
            "1",
            "A0",
            "XFE1",
            "A1048577",
            "ZZZZZZZ1",
            "A-1",
            "$A$1",
            "A1B",
            "A99999999999999999999",
            "é1",
            "A１",
        ] {
            assert_eq!(cell(name), None, "{name}");
        }
        assert_eq!(cell("XFD1048576"), Some((LAST_ROW, LAST_COL)));
        assert_eq!(range("B2:A1"), None);
    }

    proptest! {
        #[test]
        fn a_cell_is_found_by_its_name(row in 1..=LAST_ROW, col in 1..=LAST_COL) {
            assert_eq!(cell(&a1(row, col)), Some((row, col)));
        }

        #[test]
        fn any_text_is_a_cell_of_the_grid_or_none(text in any::<String>()) {
            if let Some((row, col)) = cell(&text) {
                assert!((1..=LAST_ROW).contains(&row) && (1..=LAST_COL).contains(&col));
            }
        }
    }
}
