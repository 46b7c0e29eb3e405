//! Lays a text template out as a tagged Word template.
//!
//! 1. [`lines`] finds tags, remarks and `:::` lines; tags become tokens.
//! 2. [`prepare`] makes Markdown that the parser cannot misread; [`rows`] makes tables whole.
//! 3. [`parse`] reads it into [`blocks`].
//! 4. [`flow`] gives every block its style, and pages their sections.
//! 5. [`body`] writes paragraphs, runs and tables with docx-rs; [`normalise`] mends them.
//! 6. [`parts`] adds styles, settings, fonts, footers and properties, made from the layout.
//!
//! Tags are not evaluated and not checked here: a Word template made by a clerk takes the same
//! way from the next step on.

mod blocks;
mod body;
mod faults;
mod flow;
mod lines;
mod marks;
mod named;
mod normalise;
mod parse;
mod parts;
mod prepare;
mod rows;
mod tags;

use crate::diagnostic::{Location, Outcome};
use crate::kit::Layout;
use crate::package::{Part, check};

use faults::Faults;
pub(super) use parts::fonts::known as known_fonts;

/// A text template laid out.
#[derive(Debug)]
pub(super) struct LaidOut {
    /// The parts of a .docx, `[Content_Types].xml` first.
    pub(super) parts: Vec<Part>,
    /// The line of each tag of the text, in their order, which is that of the body.
    pub(super) tag_lines: Vec<u32>,
}

/// Lays a text template out: the parts of a .docx, `[Content_Types].xml` first.
pub fn lay_out_parts(name: &str, text: &str, layout: &Layout, sealed: bool) -> Outcome<Vec<Part>> {
    let laid = lay_out(name, text, layout, sealed);
    Outcome { value: laid.value.parts, diagnostics: laid.diagnostics }
}

/// Lays a text template out, and remembers where its tags were.
pub(super) fn lay_out(name: &str, text: &str, layout: &Layout, sealed: bool) -> Outcome<LaidOut> {
    let mut faults = Faults::new(name);
    let prepared = prepare::prepare(text, &mut faults);
    let blocks = parse::parse(&prepared, &mut faults);
    let flow = flow::flow(&blocks, sealed, &mut faults);
    let document = normalise::normalise(&body::write(&flow, layout), layout);
    let mut diagnostics = faults.into_vec();
    let parts = match document {
        Ok(document) => {
            let title = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            parts::assemble(title, document, layout)
        }
        Err(error) => {
            let place = Location::File(name.to_owned());
            diagnostics.push(check::no_xml("排版出的正文", error).located(place));
            Vec::new()
        }
    };
    let value = LaidOut { parts, tag_lines: prepared.tag_lines };
    Outcome { value, diagnostics }
}
