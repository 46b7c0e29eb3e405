//! Folds what input methods vary: widths, blanks and brackets. Names are compared folded on both
//! sides; inside braces the characters of the tag language are read folded, texts as typed.

/// A name as it is compared: half width, no blanks, one kind of bracket.
pub fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    out.extend(name.chars().filter(|&c| !is_blank(c) && !is_invisible(c)).map(fold_char));
    out
}

/// A character of the tag language (or of a name) in half width; others unchanged.
pub fn fold_char(c: char) -> char {
    match c {
        '“' | '”' | '„' | '〝' | '〞' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '【' | '〔' | '［' | '[' | '（' => '(',
        '】' | '〕' | '］' | ']' | '）' => ')',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) // the full-width ASCII block
        }
        _ if is_blank(c) => ' ',
        _ => c,
    }
}

/// Whether a character separates words: blanks of any width, tabs, line breaks.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{A0}' || c == '\u{3000}'
}

/// Whether a character is invisible and means nothing in a tag: zero-width marks, soft hyphen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}')
}

#[cfg(test)]
mod tests {
    use super::fold_name;

    #[test]
    fn widths_blanks_and_brackets_do_not_matter() {
        for (a, b) in [
            ("完成率（％）", "完成率(%)"),
            ("整改 时限", "整改时限"),
            ("责任\u{3000}人", "责任人"),
            ("金额［万元］", "金额(万元)"),
            ("２０２６年", "2026年"),
        ] {
            assert_eq!(fold_name(a), fold_name(b));
        }
    }
}
