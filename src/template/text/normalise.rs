//! Mends what docx-rs writes (study/stack.md §2.1): children into the order of the schema,
//! illegal and meaningless attributes and empty properties dropped, header rows repeated,
//! sections written in full, only the namespaces that are used.

use quick_xml::escape::{escape, unescape};

use crate::kit::Layout;
use crate::package::order;
use crate::template::index::{Index, attribute};
use crate::template::lists::attributes;
use crate::template::styles;

use super::flow::Turn;
use super::parts::section::section;
use super::parts::{DECLARATION, NAMESPACES};

/// Normalises document.xml as docx-rs wrote it.
///
/// # Errors
/// When it is not well-formed, which would be a fault of docx-rs.
pub(super) fn normalise(xml: &[u8], layout: &Layout) -> Result<String, String> {
    let text = String::from_utf8_lossy(xml);
    let index = Index::read_filled(&text)?;
    Ok(format!("{DECLARATION}{}", element(&index, 0, layout)))
}

/// An element with everything inside it, mended; empty where it says nothing.
fn element(index: &Index<'_>, at: usize, layout: &Layout) -> String {
    let name = index.name(at);
    if name == "w:sectPr" {
        let size = index.named(at, "w:pgSz").next();
        let orient = size.and_then(|size| attribute(index.raw(size), "w:orient"));
        let turn = if orient == Some("landscape") { Turn::Sideways } else { Turn::Upright };
        return section(layout, turn);
    }
    let said = if name == "w:document" { NAMESPACES.to_owned() } else { said(index, at, name) };
    let mut children: Vec<(&str, String)> = index
        .children(at)
        .map(|child| (index.name(child), element(index, child, layout)))
        .collect();
    match name {
        "w:pPr" => keep_heading(index, at, &mut children),
        "w:trPr" if is_header(index, at) => {
            children.push(("w:tblHeader", "<w:tblHeader/>".to_owned()));
        }
        _ => {}
    }
    let order = order::of_children(name).unwrap_or_default();
    children.sort_by_key(|(name, _)| order.iter().position(|n| n == name).unwrap_or(order.len()));
    let mut inside: String = children.into_iter().map(|(_, child)| child).collect();
    if index.children(at).next().is_none() {
        inside.push_str(&again(&index.xml[index.nodes[at].inner..index.nodes[at].close]));
    }
    match name {
        "w:pPr" | "w:rPr" | "w:trPr" | "w:tcPr" if inside.is_empty() => String::new(),
        "w:ind" if said.is_empty() => String::new(),
        _ if inside.is_empty() => format!("<{name}{said}/>"),
        _ => format!("<{name}{said}>{inside}</{name}>"),
    }
}

/// The attributes of an element, those left out that are illegal or mean nothing.
fn said(index: &Index<'_>, at: usize, name: &str) -> String {
    let kept = |(key, value): &(String, String)| {
        let meaningless = key.starts_with("w14:") || key.starts_with("w:rsid");
        let illegal = name == "w:gridCol" && key == "w:type";
        // docx-rs writes these always; they would override the indents of the style.
        let overriding = name == "w:ind" && value == "0";
        !(meaningless || illegal || overriding)
    };
    let all = attributes(index.raw(at)).into_iter().filter(kept);
    all.map(|(key, value)| format!(" {key}=\"{}\"", again(&value))).collect()
}

/// A text escaped as everywhere else.
fn again(raw: &str) -> String {
    escape(unescape(raw).unwrap_or(raw.into())).into_owned()
}

/// Whether row properties are those of a table's first row: its header, repeated on every page.
fn is_header(index: &Index<'_>, properties: usize) -> bool {
    let row = index.nodes[properties].parent;
    index.named(index.nodes[row].parent, "w:tr").next() == Some(row)
}

/// Heading styles stay with the next paragraph; a run-in heading must not, and docx-rs cannot
/// turn that off.
fn keep_heading(index: &Index<'_>, properties: usize, children: &mut Vec<(&str, String)>) {
    let style = index.value(properties, "w:pStyle");
    if !(1..=4).any(|level| Some(styles::heading(level).id) == style) {
        return;
    }
    let before = children.len();
    children.retain(|(name, _)| *name != "w:keepNext");
    if children.len() == before {
        children.push(("w:keepNext", "<w:keepNext w:val=\"0\"/>".to_owned()));
    }
}
