//! K08: the papers of a democratic life meeting (对照检查) and of accountability (述职述责) carry a
//! block on 意识形态和网络安全, a person's with both points that the regime asks for
//! (study/domain.md §2.3).

use super::Found;
use crate::diagnostic::codes;
use crate::template::roles::Role;

/// Codes of the papers that carry the block.
const CODES: [&str; 2] = ["MZ", "SZ"];

/// A heading in a template without heading styles is no longer than this.
const HEADING: usize = 40;

pub(super) fn check(found: &mut Found<'_>) {
    let paper = found.draft.paper;
    if !CODES.contains(&paper.code.as_str()) {
        return;
    }
    let kind = &paper.kind;
    let paragraphs = found.paragraphs();
    let start = paragraphs.iter().position(|paragraph| {
        let text = head(&paragraph.text);
        let heading = paragraph.level().is_some() || text.chars().count() <= HEADING;
        let both = text.contains("意识形态") && text.contains("网络安全");
        heading && both && !paragraph.in_table && paragraph.role != Some(Role::Title)
    });
    let Some(start) = start else {
        found.tell_whole(
            &codes::V102,
            format!("{kind}没有意识形态和网络安全责任专段"),
            "在模板里加上“履行意识形态和网络安全责任情况”一段，内容取自台账",
        );
        return;
    };
    if !paper.is_personal() {
        return;
    }
    let level = paragraphs[start].level();
    let rest = &paragraphs[start..];
    // Up to the next heading of the same level or above; without headings, to the end.
    let end = rest.iter().skip(1).position(|paragraph| match (level, paragraph.level()) {
        (Some(own), Some(other)) => other <= own,
        (Some(_) | None, None) | (None, Some(_)) => paragraph.ends_body(),
    });
    let block = &rest[..end.map_or(rest.len(), |end| end + 1)];
    let says = |words: &[&str]| {
        block.iter().any(|paragraph| words.iter().any(|word| paragraph.text.contains(word)))
    };
    let points = [
        ("分管范围工作情况", says(&["分管范围", "分管领域", "分管单位", "本人分管"])),
        ("本人履行“一岗双责”情况", says(&["一岗双责"])),
    ];
    for (point, _) in points.into_iter().filter(|(_, there)| !there) {
        found.tell_whole(
            &codes::V102,
            format!("意识形态和网络安全责任专段没有写{point}"),
            "在模板的专段里补上这一点，内容取自台账，或由本人填写",
        );
    }
}

/// The heading of a run-in paragraph: up to its first full stop.
fn head(text: &str) -> &str {
    text.split('。').next().unwrap_or(text)
}
