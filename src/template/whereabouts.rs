//! Where something stands in a part, as a person would say it.

use crate::diagnostic::TemplateSpot;
use crate::template::compile::shorten;
use crate::template::index::{Index, Kind};
use crate::template::roles::{Role, Roles};

/// The headings of a part in order, each with its text.
pub(super) fn headings(index: &Index<'_>, roles: &Roles) -> Vec<(usize, String)> {
    (0..index.nodes.len())
        .filter(|&at| index.nodes[at].kind == Kind::Paragraph)
        .filter(|&at| {
            let role = index.style(at).and_then(|style| roles.get(style));
            matches!(role, Some(Role::Heading(_) | Role::AnnexTitle))
        })
        .map(|at| (at, shorten(&index.text(at))))
        .collect()
}

/// The spot of a paragraph: part, heading above, table, row and column, words quoted.
pub(super) fn spot(
    index: &Index<'_>,
    headings: &[(usize, String)],
    template: &str,
    title: &str,
    paragraph: usize,
    text: &str,
) -> TemplateSpot {
    let nth = |kind: Kind| index.ancestor(paragraph, kind).map_or(0, |at| index.nodes[at].nth);
    let heading = headings.partition_point(|(at, _)| *at < paragraph);
    TemplateSpot {
        template: template.to_owned(),
        line: 0,
        part: title.to_owned(),
        heading: heading.checked_sub(1).map(|at| headings[at].1.clone()).unwrap_or_default(),
        paragraph: index.nodes[paragraph].nth,
        table: nth(Kind::Table),
        row: nth(Kind::Row),
        column: nth(Kind::Cell),
        text: shorten(text),
    }
}
