//! A Word file as text: a line a paragraph, with its style's name; a table as rows.

use shuzhi::package::{self, Limits};
use shuzhi::template::index::{Index, Kind, attribute};

/// The text of a .docx.
pub(crate) fn dump(bytes: &[u8]) -> String {
    let read = package::read("甲.docx", bytes, Limits { entries: 100, bytes: 64 << 20 });
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let part = |name: &str| {
        let part = read.value.iter().find(|part| part.name == name).unwrap();
        String::from_utf8(part.bytes.clone()).unwrap()
    };
    let (styles, body) = (part("word/styles.xml"), part("word/document.xml"));
    let name = |id: &str| {
        let at = styles.find(&format!("w:styleId=\"{id}\"")).unwrap();
        let rest = &styles[at..];
        attribute(&rest[rest.find("<w:name").unwrap()..], "w:val").unwrap().to_owned()
    };
    let index = Index::read(&body).unwrap();
    let mut out = Vec::new();
    for (at, node) in index.nodes.iter().enumerate() {
        match node.kind {
            Kind::Row => {
                let cells = index.children(at).filter(|c| index.nodes[*c].kind == Kind::Cell);
                let cells: Vec<String> = cells.map(|cell| cell_text(&index, cell)).collect();
                out.push(format!("| {} |", cells.join(" | ")));
            }
            Kind::Paragraph if index.ancestor(at, Kind::Cell).is_none() => {
                let style = index.style(at).map(&name).unwrap_or_default();
                out.push(format!("{style}：{}", lines(&index, at)));
            }
            Kind::Section => out.push("（分节）".to_owned()),
            _ => {}
        }
    }
    out.join("\n")
}

fn cell_text(index: &Index<'_>, cell: usize) -> String {
    let paragraphs = (cell..=index.nodes[cell].last)
        .filter(|at| index.nodes[*at].kind == Kind::Paragraph)
        .map(|at| lines(index, at));
    paragraphs.collect::<Vec<_>>().join(" ¶ ")
}

/// The text of a paragraph; a line break shows as ⏎.
fn lines(index: &Index<'_>, paragraph: usize) -> String {
    let mut out = String::new();
    for at in paragraph..=index.nodes[paragraph].last {
        match index.nodes[at].kind {
            Kind::Text => out.push_str(&index.text(at)),
            Kind::Break => out.push('⏎'),
            Kind::Tab => out.push('⇥'),
            _ => {}
        }
    }
    out
}
