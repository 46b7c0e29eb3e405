//! The format of a mark 【待填：…】: that of its place, with a highlight.

use crate::template::index::Index;

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
