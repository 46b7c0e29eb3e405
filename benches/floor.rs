//! What no program that makes the same bytes can do without.

use quick_xml::Reader;
use quick_xml::events::Event;
use shuzhi::package::Part;

/// The pieces that a program would push that knew the paper beforehand: a paragraph each.
pub fn pieces(part: &Part) -> Vec<String> {
    let xml = String::from_utf8(part.bytes.clone()).expect("XML of ours is UTF-8");
    xml.split_inclusive("</w:p>").map(str::to_owned).collect()
}

/// Pushes the pieces into one text.
pub fn push(pieces: &[String]) -> String {
    let mut out = String::new();
    for piece in pieces {
        out.push_str(piece);
    }
    out
}

/// One pass of quick-xml over a text; gives the number of its events.
pub fn pass(xml: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut events = 0;
    while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {
        events += 1;
    }
    events
}
