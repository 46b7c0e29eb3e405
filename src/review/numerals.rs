//! Numbers as papers write them: digits of either width, and Chinese numerals up to 99.

/// The number that a text begins with, and the bytes it takes.
pub(super) fn leading(text: &str) -> Option<(u32, usize)> {
    let is_digit = |c: char| digit(c).is_some();
    let digits = text.find(|c| !is_digit(c)).unwrap_or(text.len());
    if digits > 0 {
        let value = text[..digits].chars().filter_map(digit);
        let value = value.fold(0u32, |sum, d| sum.saturating_mul(10).saturating_add(d));
        return Some((value, digits));
    }
    let end = text.find(|c| c != '十' && numeral(c).is_none()).unwrap_or(text.len());
    Some((chinese(&text[..end])?, end))
}

/// The place of a Chinese numeral below ten: 一 is 1.
pub(super) fn numeral(c: char) -> Option<u32> {
    match c {
        '两' => Some(2),
        c => "〇一二三四五六七八九".chars().position(|n| n == c).and_then(|n| n.try_into().ok()),
    }
}

/// A digit of either width.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        c => c.to_digit(10),
    }
}

/// 三, 十, 十二, 二十, 二十四.
fn chinese(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let (value, rest) = match (chars.next()?, chars.next(), chars.next()) {
        ('十', None, _) => (10, None),
        ('十', Some(ones), rest) => (10 + numeral(ones)?, rest),
        (ones, None, _) => (numeral(ones)?, None),
        (tens, Some('十'), None) => (numeral(tens)? * 10, None),
        (tens, Some('十'), Some(ones)) => (numeral(tens)? * 10 + numeral(ones)?, chars.next()),
        (_, Some(_), _) => return None,
    };
    rest.is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::leading;

    #[test]
    fn numbers_are_read_in_digits_and_in_characters() {
        for (text, found) in [
            ("三个方面", Some((3, 3))),
            ("十二项", Some((12, 6))),
            ("二十条", Some((20, 6))),
            ("二十四点", Some((24, 9))),
            ("１２件", Some((12, 6))),
            ("5条", Some((5, 1))),
            ("各项", None),
        ] {
            assert_eq!(leading(text), found, "{text}");
        }
    }
}
