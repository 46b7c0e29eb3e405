//! What is no fault of a Word template and may surprise its reader all the same: blank pages,
//! fonts that other machines lack, indents that an office program has changed,
//! tags in two formats. And what of the
//! workbook a template leaves unused.

mod breaks;
mod fonts;
mod formats;
mod indents;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Location, codes};
use crate::facts::Fields;
use crate::package::{Part, register};
use crate::template::compiled::{BlockInfo, Compiled};
use crate::template::expression::{self, Body};
use crate::template::fold::fold_name;
use crate::template::index::Index;
use crate::template::roles::Roles;
use crate::template::stories::{self, BODY, stories};
use crate::template::tags::Tagged;
use crate::template::whereabouts::Places;

/// What a template uses, as far as it can be read.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// The names of the fields it uses, lists too.
    pub names: BTreeSet<String>,
    /// Its blocks, in document order.
    pub blocks: Vec<BlockInfo>,
}

impl Survey {
    pub(super) fn of(compiled: &Compiled) -> Self {
        Self { names: compiled.names.clone(), blocks: compiled.blocks.clone() }
    }

    /// Tells the columns of a sheet's own that a template with that sheet leaves unused.
    pub(super) fn unused_columns(&self, name: &str, fields: &Fields) -> Vec<Diagnostic> {
        let used: BTreeSet<String> = self.names.iter().map(|name| fold_name(name)).collect();
        let unused = fields.own_columns().filter(|(_, column)| !used.contains(&fold_name(column)));
        let mut out = Vec::new();
        for (sheet, column) in unused {
            let help =
                format!("要写进材料的，在“{sheet}”的循环里写 {{{{{column}}}}}；不用的，不用管");
            out.push(
                Diagnostic::new(&codes::T331, format!("“{sheet}”表自己加的列“{column}”没有用到"))
                    .help(help)
                    .located(Location::template(name, "")),
            );
        }
        out
    }
}

/// Looks through the parts of a Word template.
pub(super) fn inspect(name: &str, parts: &[Part]) -> Vec<Diagnostic> {
    let styles = stories::styles(parts);
    let sheet = Index::read(styles.trim_start_matches('\u{FEFF}')).ok();
    let roles = sheet.as_ref().map(Roles::read).unwrap_or_default();
    let mut hints = Hints { template: name, out: Vec::new() };
    let mut wanted = fonts::Wanted::default();
    wanted.read(&styles);
    wanted.read_theme(parts);
    for (path, title) in stories(parts) {
        let xml = register::text(parts, &path);
        // What cannot be read is told by compiling.
        let Ok(index) = Index::read(xml.trim_start_matches('\u{FEFF}')) else { continue };
        let places = Places::read(&index, &roles, name, title);
        let part = Tagged::find(&index);
        let bodies = part.tags.iter().map(|tag| match tag.fault {
            None => expression::parse(&tag.content),
            Some(_) => Body::Comment,
        });
        let bodies = bodies.collect();
        let story = Story { part, places: &places, bodies };
        wanted.read(&xml);
        if title == BODY {
            breaks::find(&story, &mut hints);
        }
        formats::find(&story, &mut hints);
        indents::paragraphs(&story, sheet.as_ref(), &mut hints);
    }
    indents::styles(sheet.as_ref(), &mut hints);
    wanted.tell(&mut hints);
    hints.out
}

/// A part with text.
struct Story<'a> {
    part: Tagged<'a>,
    places: &'a Places<'a>,
    /// By tag: what it says; nothing where it is none.
    bodies: Vec<Body>,
}

/// What was found.
struct Hints<'a> {
    template: &'a str,
    out: Vec<Diagnostic>,
}

impl Hints<'_> {
    /// Tells of the template as a whole.
    fn tell(&mut self, code: &'static Code, message: String, help: &str) {
        let place = Location::template(self.template, "");
        let found = Diagnostic::new(code, message).help(help).located(place);
        self.out.push(found);
    }

    /// Tells of a paragraph, some words quoted.
    fn tell_at(
        &mut self,
        story: &Story<'_>,
        paragraph: usize,
        code: &'static Code,
        message: &str,
        help: &str,
        text: &str,
    ) {
        let spot = story.places.spot(paragraph, text);
        let found = Diagnostic::new(code, message).help(help).located(Location::Template(spot));
        self.out.push(found);
    }
}
