//! The marks 【待填：…】, 【请核实：…】 and 【本人填写：…】: the one place where they get their words,
//! and their format, that of the place with a highlight.

use crate::package::order;
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
    let order = order::of_children("w:rPr").unwrap_or_default();
    let rank = |name: &str| order.iter().position(|known| *known == name);
    let highlight = "<w:highlight w:val=\"yellow\"/>";
    let mut children: Vec<(&str, &str)> = props
        .iter()
        .flat_map(|&props| index.children(props))
        .map(|child| (index.name(child), index.raw(child)))
        .filter(|(name, _)| *name != "w:highlight")
        .collect();
    let at = children.iter().position(|(name, _)| rank(name) > rank("w:highlight"));
    children.insert(at.unwrap_or(children.len()), ("w:highlight", highlight));
    let style = mark.filter(|_| children[0].0 != "w:rStyle");
    let style = style.map(|mark| format!("<w:rStyle w:val=\"{mark}\"/>")).unwrap_or_default();
    let children: String = children.into_iter().map(|(_, raw)| raw).collect();
    format!("<w:rPr>{style}{children}</w:rPr>")
}
