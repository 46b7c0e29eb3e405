//! K34: an ID number or a mobile number in a paper. K33: a real marking of secrecy, which is
//! refused: such a paper is not written.

use std::ops::Range;

use super::text::Text;
use super::{Found, runs};
use crate::diagnostic::{Diagnostic, Location, codes};

/// The levels of a marking.
const LEVELS: [&str; 3] = ["绝密", "机密", "秘密"];

/// Weights of the first 17 digits of an ID number (GB 11643).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Its check characters by remainder.
const CHECKS: &[u8; 11] = b"10X98765432";

/// The marking of a paper, if it bears one: a paragraph or cell that is 秘密, 机密★1年 and nothing
/// else. A mention (保密教育) is none.
pub fn marking(text: &Text, paper: &str) -> Option<Diagnostic> {
    let marked = text.paragraphs.iter().find(|paragraph| {
        let words: String = paragraph.text.chars().filter(|c| !c.is_whitespace()).collect();
        LEVELS.iter().any(|level| {
            words.strip_prefix(level).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('★') && rest.chars().count() <= 8
            })
        })
    })?;
    let place = Location::Paper {
        paper: paper.to_owned(),
        paragraph: marked.number,
        text: marked.text.trim().to_owned(),
    };
    Some(
        Diagnostic::new(&codes::V192, "材料带密级标志，没有写出")
            .help("涉密材料不得在本机处理，请在涉密计算机上办理；不涉密的，从模板里删去密级标志")
            .located(place),
    )
}

pub(super) fn check(found: &mut Found<'_>) {
    const HELP: &str = "材料里不写个人的证件号和手机号，请从台账的那一格删去";
    for paragraph in found.paragraphs() {
        let contact = ["联系电话", "联系人", "电话"].iter().any(|w| paragraph.text.contains(w));
        for range in numbers(&paragraph.text) {
            let number = &paragraph.text[range.clone()];
            let what = if is_id(number) {
                "身份证号"
            } else if is_mobile(number) && !contact {
                "手机号"
            } else {
                continue;
            };
            // The number itself is not repeated in any list of complaints.
            let (message, help) = (format!("有{what}"), HELP);
            found.tell_quoting(&codes::V191, paragraph, &range, String::new(), message, help);
        }
    }
}

/// Runs of digits (and a closing X) that stand alone.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let runs = runs(text, |c| c.is_ascii_digit() || matches!(c, 'X' | 'x'));
    runs.filter_map(|Range { start, end }| {
        let digits = text[start..end].trim_start_matches(['X', 'x']).len();
        let alone = !text[end..].starts_with(|c: char| c.is_ascii_alphabetic());
        (alone && digits > 0).then_some(end - digits..end)
    })
}

/// Eighteen characters whose last checks the others.
fn is_id(number: &str) -> bool {
    let bytes = number.as_bytes();
    let (Some(first), 18) = (bytes.get(..17), bytes.len()) else { return false };
    if !first.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = first.iter().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize] == bytes[17].to_ascii_uppercase()
}

/// 1[3-9] and nine digits.
fn is_mobile(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 11
        && bytes.iter().all(u8::is_ascii_digit)
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1])
}

#[cfg(test)]
mod tests {
    use super::{is_id, is_mobile};

    #[test]
    fn numbers_of_people_are_known_by_their_check_digit() {
        // Made up: no such place code exists. Exactly one of eleven closing characters fits.
        let closing = "0123456789X".chars();
        let sound = closing.filter(|c| is_id(&format!("99000019900101001{c}")));
        assert_eq!(sound.count(), 1);
        assert!(!is_id("990000199001010") && !is_id("字0000199001010010"));
        assert!(is_mobile("13800000000") && !is_mobile("12000000000"));
    }
}
