//! The marks 【待填：…】, 【请核实：…】 and 【本人填写：…】: the one place where they get their words,
//! and their format, that of the place with a highlight.

use crate::template::index::Index;

/// What a mark says of something to supply.
pub fn to_fill(what: &str) -> String {
    format!("待填：{what}")
}

/// What a mark says of something to confirm.
pub fn confirm(what: &str) -> String {
    format!("请核实：{what}")
}

/// What a mark says of a paragraph that only a person may write.
pub fn own_words(asked: &str) -> String {
    format!("本人填写：{asked}")
}

/// The label of such a paragraph, by which sheet 个人撰写 names it: what the tag says before ——.
pub fn label(asked: &str) -> &str {
    asked.split_once("——").map_or(asked, |(label, _)| label)
}

/// The format of a run with the highlight of a mark, in the order of the schema.
pub(super) fn mark_props(index: &Index<'_>, props: Option<usize>, mark: Option<&str>) -> String {
    const AFTER: [&str; 14] = [
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
        "rPrChange",
    ];
    let highlight = "<w:highlight w:val=\"yellow\"/>";
    let mut out = String::from("<w:rPr>");
    let mut done = false;
    let children: Vec<&str> =
        props.map(|p| index.children(p).map(|c| index.raw(c)).collect()).unwrap_or_default();
    let name = |raw: &str| {
        raw.trim_start_matches("<w:")
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    if let Some(mark) = mark
        && children.first().is_none_or(|first| name(first) != "rStyle")
    {
        out.push_str(&format!("<w:rStyle w:val=\"{mark}\"/>"));
    }
    for raw in children {
        let name = name(raw);
        if name == "highlight" {
            continue;
        }
        if !done && AFTER.contains(&name.as_str()) {
            out.push_str(highlight);
            done = true;
        }
        out.push_str(raw);
    }
    if !done {
        out.push_str(highlight);
    }
    out.push_str("</w:rPr>");
    out
}
