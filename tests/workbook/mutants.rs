//! Two thousand small workbooks with broken bytes: what is read of them does not matter, that
//! nothing panics does.

use shuzhi::package::{self, Part};
use shuzhi::workbook;

use super::{hostile, read_and_tell};

/// A small generator with a seed of its own: the same mutants every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Changes a few bytes.
fn flip(bytes: &mut [u8], dice: &mut Dice) {
    const TELLING: &[u8] = b"<>\"/&;09AZz!\0\xff";
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        bytes[at] = TELLING[dice.below(TELLING.len())];
    }
}

#[test]
fn mutants_never_panic() {
    let parts = hostile::parts();
    let whole = package::write(&parts);
    let mut dice = Dice(0x2024_0315);
    for round in 0..2_000 {
        let bytes = if round % 4 == 0 {
            // The zip itself.
            let mut bytes = whole.clone();
            flip(&mut bytes, &mut dice);
            bytes
        } else {
            // One of its parts, zipped soundly.
            let mut parts: Vec<Part> = parts.clone();
            let at = dice.below(parts.len());
            if !parts[at].bytes.is_empty() {
                flip(&mut parts[at].bytes, &mut dice);
            }
            package::write(&parts)
        };
        let (books, told) = read_and_tell("台账.xlsx", bytes);
        assert!(!told.contains("F111"), "a panic of calamine's in round {round}");
        assert!(workbook::dump(&books).count() <= 4);
    }
}
