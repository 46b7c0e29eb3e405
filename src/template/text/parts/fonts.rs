//! fontTable.xml: the fonts that a paper asks for, and what office programs may take instead.
//! The names asked for are written whatever is installed here (study/format.md §5).

use quick_xml::escape::escape;

use crate::kit::Layout;

use super::NAMESPACES;

/// What is known of a font: alternative name, panose, family, pitch.
const KNOWN: &[(&str, &str, &str, &str, &str)] = &[
    ("仿宋_GB2312", "仿宋", "02010609030101010101", "modern", "fixed"),
    ("楷体_GB2312", "楷体", "02010609030101010101", "modern", "fixed"),
    ("仿宋", "FangSong", "02010609060101010101", "modern", "fixed"),
    ("楷体", "KaiTi", "02010609060101010101", "modern", "fixed"),
    ("黑体", "SimHei", "02010609060101010101", "modern", "fixed"),
    ("宋体", "SimSun", "02010600030101010101", "auto", "variable"),
    ("方正小标宋简体", "方正小标宋_GBK", "03000509000000000000", "script", "fixed"),
    ("方正小标宋_GBK", "方正小标宋简体", "03000509000000000000", "script", "fixed"),
    ("方正仿宋_GBK", "仿宋", "03000509000000000000", "script", "fixed"),
    ("方正楷体_GBK", "楷体", "03000509000000000000", "script", "fixed"),
    ("方正黑体_GBK", "黑体", "03000509000000000000", "script", "fixed"),
];

/// The names of the fonts that are known, and their alternatives.
pub(in crate::template) fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().flat_map(|(name, alternative, ..)| [*name, *alternative])
}

/// The part, without its declaration.
pub(super) fn table(layout: &Layout) -> String {
    let fonts = &layout.fonts;
    let mut names = vec![
        fonts.body.as_str(),
        &fonts.heading2,
        &fonts.heading1,
        &fonts.page_number,
        &fonts.title,
    ];
    let mut seen: Vec<&str> = Vec::new();
    names.retain(|name| {
        let new = *name != fonts.latin && !seen.contains(name);
        seen.push(name);
        new
    });
    let mut out = format!("<w:fonts{NAMESPACES}>");
    names.iter().for_each(|name| out.push_str(&chinese(name, layout)));
    out.push_str(&latin(&fonts.latin, layout));
    out.push_str("</w:fonts>");
    out
}

fn chinese(name: &str, layout: &Layout) -> String {
    let known = KNOWN.iter().find(|(known, ..)| *known == name);
    let (alternative, panose, family, pitch) =
        known.map_or(("", "", "auto", "variable"), |&(_, a, p, f, t)| (a, p, f, t));
    let alternative = layout.fonts.alt_names.get(name).map_or(alternative, String::as_str);
    let mut out = format!("<w:font w:name=\"{}\">", escape(name));
    if !alternative.is_empty() {
        out.push_str(&format!("<w:altName w:val=\"{}\"/>", escape(alternative)));
    }
    if !panose.is_empty() {
        out.push_str(&format!("<w:panose1 w:val=\"{panose}\"/>"));
    }
    out.push_str(&format!(
        "<w:charset w:val=\"86\"/><w:family w:val=\"{family}\"/><w:pitch w:val=\"{pitch}\"/></w:font>"
    ));
    out
}

/// The font of letters and digits, which may be the body's own.
fn latin(name: &str, layout: &Layout) -> String {
    if name == "Times New Roman" {
        return "<w:font w:name=\"Times New Roman\"><w:panose1 w:val=\"02020603050405020304\"/><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font>".to_owned();
    }
    if KNOWN.iter().any(|(known, ..)| *known == name) {
        return chinese(name, layout);
    }
    format!(
        "<w:font w:name=\"{}\"><w:charset w:val=\"00\"/><w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/></w:font>",
        escape(name)
    )
}
