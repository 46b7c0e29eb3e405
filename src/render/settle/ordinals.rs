//! Heading ordinals (结构层次序数): 一、（一）1.（1） by level, after conditions and loops, so that
//! they close up (GB/T 9704 7.3.3). They begin anew under each heading above and in each annex.

use super::{Edit, Edits, Scene, run};
use crate::template::helpers::numbers::ordinal_text;
use crate::template::roles::Role;

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Edits<'_>) {
    let mut counts = [0_u32; 4];
    for paragraph in &scene.paragraphs {
        if matches!(paragraph.role, Some(Role::AnnexTitle | Role::Title)) {
            counts = [0; 4];
        }
        let Some(Role::Heading(level)) = paragraph.role else { continue };
        if paragraph.in_table || paragraph.text.trim().is_empty() {
            continue;
        }
        let level = level.clamp(1, 4);
        let at = usize::from(level) - 1;
        counts[at] += 1;
        counts[at + 1..].fill(0);
        if has_ordinal(&paragraph.text) {
            continue;
        }
        let (start, props) = scene.lead(paragraph.node);
        let mut text = ordinal_text(i64::from(level), i64::from(counts[at]));
        // 3. before 8月底前 would read 3.8.
        if text.ends_with('.') && paragraph.text.starts_with(|c: char| c.is_ascii_digit()) {
            text.push(' ');
        }
        edits.push(Edit::insert(start, run(&props, &text)));
    }
}

/// Whether a heading brings an ordinal of its own: 一、 （一） 1. （1）.
fn has_ordinal(text: &str) -> bool {
    let text = text.trim_start();
    let hanzi = |c: char| "一二三四五六七八九十百".contains(c);
    let after = |of: &dyn Fn(char) -> bool, from: &str| {
        let rest = from.trim_start_matches(of);
        (rest.len() < from.len()).then(|| rest.chars().next()).flatten()
    };
    if after(&hanzi, text) == Some('、') {
        return true;
    }
    let digit = |c: char| c.is_ascii_digit();
    let dot = matches!(after(&digit, text), Some('.' | '．'));
    // 3.5万元 begins with a number, not with an ordinal.
    if dot && !text.trim_start_matches(digit)[1..].starts_with(digit) {
        return true;
    }
    text.strip_prefix(['（', '(']).is_some_and(|inner| {
        matches!(after(&hanzi, inner), Some('）' | ')'))
            || matches!(after(&digit, inner), Some('）' | ')'))
    })
}

#[cfg(test)]
mod tests {
    use super::has_ordinal;

    #[test]
    fn an_ordinal_typed_by_hand_is_known_from_a_number() {
        for text in ["一、总则", "（十二）学习", "3.报告", "（4）其他", "十一、"]
        {
            assert!(has_ordinal(text), "{text}");
        }
        for text in ["一是学习", "3.5万元经费", "2024年工作", "（试行）办法", ""] {
            assert!(!has_ordinal(text), "{text}");
        }
    }
}
