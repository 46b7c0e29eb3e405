//! Mends what docx-rs writes (study/stack.md §2.1): children into the order of the schema,
//! illegal and meaningless attributes and empty properties dropped, header rows repeated,
//! sections written in full, only the namespaces that are used.

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};

use crate::kit::Layout;
use crate::package::order;
use crate::template::styles;

use super::flow::Turn;
use super::parts::section::section;
use super::parts::{DECLARATION, NAMESPACES};

/// An element of document.xml.
#[derive(Debug, Default)]
struct Element {
    name: String,
    /// Names and values, values unescaped.
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// Normalises document.xml as docx-rs wrote it.
///
/// # Errors
/// When it is not well-formed, which would be a fault of docx-rs.
pub(super) fn normalise(xml: &[u8], layout: &Layout) -> Result<String, quick_xml::Error> {
    let text = String::from_utf8_lossy(xml);
    let mut root = read(&text)?;
    root.attributes.clear();
    mend(&mut root);
    let mut out = String::from(DECLARATION);
    write(&root, layout, &mut out);
    Ok(out)
}

fn read(text: &str) -> Result<Element, quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        match reader.read_event()? {
            Event::Start(start) => open.push(element(&start)?),
            Event::End(_) => {
                if let Some(done) = open.pop()
                    && let Some(parent) = open.last_mut()
                {
                    parent.children.push(Node::Element(done));
                }
            }
            Event::Text(text) => push_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let raw = format!("&{};", reference.xml10_content());
                push_text(&mut open, &unescape(&raw).unwrap_or_default());
            }
            Event::Eof => break,
            Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
    let root = open.into_iter().next().unwrap_or_default();
    Ok(root
        .children
        .into_iter()
        .find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
        .unwrap_or_default())
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, quick_xml::Error> {
    let name = start.name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute?;
        let value = unescape(&attribute.value)?.into_owned();
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(Element { name, attributes, children: Vec::new() })
}

impl Element {
    fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|child| child.name == name)
    }

    fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn remove(&mut self, name: &str) {
        self.children.retain(|node| !matches!(node, Node::Element(e) if e.name == name));
    }

    fn add(&mut self, name: &str, value: Option<&str>) {
        let attributes = value.map(|v| ("w:val".to_owned(), v.to_owned())).into_iter().collect();
        let element = Element { name: name.to_owned(), attributes, children: Vec::new() };
        self.children.push(Node::Element(element));
    }
}

/// Mends an element and everything inside it.
fn mend(element: &mut Element) {
    for node in &mut element.children {
        if let Node::Element(child) = node {
            mend(child);
        }
    }
    let of_grid = element.name == "w:gridCol";
    element.attributes.retain(|(key, value)| {
        let meaningless = key.starts_with("w14:") || key.starts_with("w:rsid");
        let illegal = of_grid && key == "w:type";
        // docx-rs writes these always; they would override the indents of the style.
        let overriding = element.name == "w:ind" && value == "0";
        !(meaningless || illegal || overriding)
    });
    match element.name.as_str() {
        "w:pPr" => keep_headings(element),
        "w:tbl" => repeat_header(element),
        _ => {}
    }
    element.children.retain(|node| !matches!(node, Node::Element(e) if is_void(e)));
    if let Some(order) = order::of_children(&element.name) {
        let rank = |node: &Node| match node {
            Node::Element(e) => {
                order.iter().position(|name| *name == e.name).unwrap_or(order.len())
            }
            Node::Text(_) => order.len(),
        };
        element.children.sort_by_key(rank);
    }
}

/// The first row of a table is its header: it is repeated on every page.
fn repeat_header(table: &mut Element) {
    let first = table.children.iter_mut().find_map(|node| match node {
        Node::Element(row) if row.name == "w:tr" => Some(row),
        Node::Element(_) | Node::Text(_) => None,
    });
    let properties = first.and_then(|row| {
        row.children.iter_mut().find_map(|node| match node {
            Node::Element(e) if e.name == "w:trPr" => Some(e),
            Node::Element(_) | Node::Text(_) => None,
        })
    });
    if let Some(properties) = properties {
        properties.add("w:tblHeader", None);
    }
}

/// Properties that say nothing.
fn is_void(element: &Element) -> bool {
    element.children.is_empty()
        && match element.name.as_str() {
            "w:pPr" | "w:rPr" | "w:trPr" | "w:tcPr" => true,
            "w:ind" => element.attributes.is_empty(),
            _ => false,
        }
}

/// Heading styles stay with the next paragraph; a run-in heading must not, and docx-rs cannot
/// turn that off.
fn keep_headings(properties: &mut Element) {
    let style = properties.child("w:pStyle").and_then(|e| e.value("w:val"));
    let is_heading = (1..=4).any(|level| Some(styles::heading(level).id) == style);
    if !is_heading {
        return;
    }
    let kept = properties.child("w:keepNext").is_some();
    properties.remove("w:keepNext");
    if !kept {
        properties.add("w:keepNext", Some("0"));
    }
}

fn write(element: &Element, layout: &Layout, out: &mut String) {
    if element.name == "w:sectPr" {
        let orient = element.child("w:pgSz").and_then(|size| size.value("w:orient"));
        let turn = if orient == Some("landscape") { Turn::Sideways } else { Turn::Upright };
        out.push_str(&section(layout, turn));
        return;
    }
    out.push('<');
    out.push_str(&element.name);
    if element.name == "w:document" {
        out.push_str(NAMESPACES);
    }
    for (key, value) in &element.attributes {
        out.push_str(&format!(" {key}=\"{}\"", escape(value)));
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for node in &element.children {
        match node {
            Node::Element(child) => write(child, layout, out),
            Node::Text(text) => out.push_str(&escape(text.as_str())),
        }
    }
    out.push_str(&format!("</{}>", element.name));
}
