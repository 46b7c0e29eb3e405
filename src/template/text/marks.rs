//! What the Markdown parser must not read: tags, `:::` lines and forced breaks travel through it
//! as numbered tokens made of noncharacters, which no text may hold and no rule of Markdown
//! knows.

use super::named::Named;
use super::tags::TagKind;

/// Something that stands behind a token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A tag, as it goes into the Word template.
    Tag(String, TagKind),
    /// The beginning of a named block.
    Begin(Named),
    /// The end of a named block.
    End(Named),
    /// `<br>`: a new line, in a cell a new paragraph.
    Break,
}

const START: char = '\u{fdd0}';
const ZERO: u32 = 0xfdd1;
const STOP: char = '\u{fde1}';
/// Stands beside `*`, so that emphasis also works next to Chinese punctuation, which CommonMark
/// takes for a word's edge.
pub(super) const JOINER: char = '\u{fde2}';
/// An escaped `*`.
pub(super) const STAR: char = '\u{fde3}';

/// Whether a character is kept for tokens (or is no character at all).
pub(super) fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c), 0xfdd0..=0xfdef) || u32::from(c) & 0xfffe == 0xfffe
}

/// The token of a mark's number.
pub(super) fn token(number: usize) -> String {
    let digits = format!("{number:x}");
    let mut out = String::from(START);
    for digit in digits.chars().filter_map(|c| c.to_digit(16)) {
        out.extend(char::from_u32(ZERO + digit));
    }
    out.push(STOP);
    out
}

/// A stretch of parsed text.
#[derive(Debug, PartialEq)]
pub(super) enum Stretch {
    /// Plain text, escapes undone.
    Text(String),
    /// The number of a mark.
    Mark(usize),
}

/// Cuts parsed text at its tokens.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let mut number: Option<usize> = None;
    for c in text.chars() {
        match (c, number) {
            (START, _) => {
                if !plain.is_empty() {
                    out.push(Stretch::Text(std::mem::take(&mut plain)));
                }
                number = Some(0);
            }
            (STOP, Some(n)) => {
                out.push(Stretch::Mark(n));
                number = None;
            }
            (digit, Some(n)) => {
                let value = u32::from(digit).wrapping_sub(ZERO) as usize;
                number = Some(n.wrapping_mul(16).wrapping_add(value));
            }
            (JOINER, None) => {}
            (STAR, None) => plain.push('*'),
            (other, None) => plain.push(other),
        }
    }
    if !plain.is_empty() {
        out.push(Stretch::Text(plain));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Stretch, stretches, token};

    #[test]
    fn a_token_is_found_again() {
        let text = format!("前{}后", token(0x1a2));
        assert_eq!(
            stretches(&text),
            [Stretch::Text("前".to_owned()), Stretch::Mark(0x1a2), Stretch::Text("后".to_owned())]
        );
    }
}
