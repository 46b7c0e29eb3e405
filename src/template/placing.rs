//! Where what is no text may stand: breaks in the body only, a section break alone in its
//! paragraph, no link inside a link; and how much room a picture has.

use crate::diagnostic::codes;
use crate::template::compile::PartWork;
use crate::template::compiled::Room;
use crate::template::expression::Body;
use crate::template::helpers::Gives;
use crate::template::index::{Kind, attribute};
use crate::template::lift::{Lifted, Spot};

/// The text area of an upright A4 page of GB/T 9704, in twips, where a part tells no other.
const PAGE: Room = Room { wide: 8844, high: 12_700 };
/// What a table cell keeps free on both sides if it tells nothing else, in twips.
const CELL_MARGINS: u32 = 216;

/// Whether a tag asks for a section break.
pub(super) fn is_section_break(body: &Body) -> bool {
    body.asks_break().as_deref() == Some("节")
}

impl PartWork<'_> {
    /// Puts section breaks in the place of their paragraphs, with the conditions around them.
    pub(super) fn place_sections(&self, bodies: &[Body], lifted: &mut Lifted) {
        for tag in (0..bodies.len()).filter(|&tag| is_section_break(&bodies[tag])) {
            if self.section_fault(tag, bodies).is_some() {
                continue;
            }
            let paragraph = self.part.paragraph(tag);
            for &other in &paragraph.tags {
                if lifted.spots[other] == Spot::Run {
                    lifted.spots[other] = Spot::Replace(paragraph.node);
                }
            }
        }
    }

    /// Tells of what may not stand where it stands.
    pub(super) fn misplaced(&mut self, tag: usize, gives: Gives, bodies: &[Body]) {
        let fault = match gives {
            Gives::PageBreak => self.outside_body(tag).then_some((
                "分页不在正文里",
                "移到正文的段落里；表格里要换页，把表格拆成两个，在中间分页",
            )),
            Gives::SectionBreak => self.section_fault(tag, bodies),
            Gives::Link => self
                .around(tag, "w:hyperlink")
                .map(|_| ("链接写在别的链接里", "移到链接外面，或在 Word 里先取消原来的链接")),
            Gives::Text
            | Gives::Number
            | Gives::Flag
            | Gives::Paragraphs
            | Gives::MergedCell
            | Gives::Confirm
            | Gives::Supply
            | Gives::OwnWords
            | Gives::Picture => None,
        };
        if let Some((message, help)) = fault {
            self.tell(tag, &codes::T341, message.to_owned(), help);
        }
    }

    fn outside_body(&self, tag: usize) -> bool {
        self.title != "正文"
            || ["w:tc", "w:txbxContent"].iter().any(|name| self.around(tag, name).is_some())
    }

    fn section_fault(&self, tag: usize, bodies: &[Body]) -> Option<(&'static str, &'static str)> {
        let paragraph = self.part.paragraph(tag);
        let parent = self.index.nodes[paragraph.node].parent;
        if self.title != "正文" || self.index.name(parent) != "w:body" {
            let cure = "移到正文里独占一段，不放在表格、文本框、内容控件和页眉页脚里";
            return Some(("分节不在正文里", cure));
        }
        let prints = |&other: &usize| other != tag && matches!(bodies[other], Body::Print { .. });
        let words = self.part.loose(paragraph).any(|c| !c.is_idle());
        (words || paragraph.tags.iter().any(prints)).then_some((
            "分节的标签没有独占一段",
            "在标签前后各按一次回车，让它独占一段（同一段里只可有 如果、除非）",
        ))
    }

    /// The properties of the section that a tag stands in, as raw XML.
    pub(super) fn section(&self, tag: usize) -> String {
        let node = self.part.node(tag);
        self.section_node(node)
            .map_or_else(|| "<w:sectPr/>".to_owned(), |at| self.index.raw(at).to_owned())
    }

    /// The `w:sectPr` that governs a place of the body: the next one.
    fn section_node(&self, node: usize) -> Option<usize> {
        (node..self.index.nodes.len()).find(|&at| {
            // Not the earlier state that a tracked change keeps.
            let parent = self.index.nodes[at].parent;
            self.index.nodes[at].kind == Kind::Section
                && (self.index.nodes[parent].kind == Kind::ParagraphProps
                    || self.index.name(parent) == "w:body")
        })
    }

    /// Whether a link may be written at a tag: not in a link, nor among tracked changes, which
    /// hold runs only.
    pub(super) fn linkable(&self, tag: usize) -> bool {
        let parent = self.index.nodes[self.part.run(tag)].parent;
        self.index.nodes[parent].kind != Kind::Inserted && self.around(tag, "w:hyperlink").is_none()
    }

    /// The nearest element of a name around a tag.
    fn around(&self, tag: usize, name: &str) -> Option<usize> {
        self.index.upwards(self.part.run(tag)).find(|&at| self.index.name(at) == name)
    }

    /// The room for a picture at a tag: the text box or the cell, else the text area of the page.
    pub(super) fn room(&self, tag: usize) -> Room {
        let node = self.part.node(tag);
        let page = self.page(node);
        let boxed = ["wp:inline", "wp:anchor"].iter().find_map(|name| self.around(tag, name));
        let extent = boxed.and_then(|at| {
            self.index.children(at).find(|&child| self.index.name(child) == "wp:extent")
        });
        let side = |name: &str| -> Option<u32> {
            attribute(self.index.raw(extent?), name)?.parse::<u32>().ok().map(|emu| emu / 635)
        };
        let page = match (side("cx"), side("cy")) {
            (Some(wide), Some(high)) => Room {
                wide: wide.saturating_sub(288).max(1),
                high: high.saturating_sub(144).max(1),
            },
            _ => page,
        };
        match self.index.ancestor(node, Kind::Cell) {
            Some(cell) => Room { wide: self.cell_width(cell, page.wide), ..page },
            None => page,
        }
    }

    /// The width of a cell without its margins; an equal share of the row where it tells none.
    fn cell_width(&self, cell: usize, page: u32) -> u32 {
        let index = self.index;
        let props = index.named(cell, "w:tcPr").next();
        let width = props
            .and_then(|props| index.named(props, "w:tcW").next())
            .map(|at| index.raw(at))
            .filter(|raw| matches!(attribute(raw, "w:type"), None | Some("dxa")))
            .and_then(|raw| attribute(raw, "w:w")?.parse::<u32>().ok())
            .filter(|width| *width > CELL_MARGINS);
        let share = || {
            let row = index.nodes[cell].parent;
            let cells = index.children(row).filter(|&at| index.nodes[at].kind == Kind::Cell);
            page / u32::try_from(cells.count().max(1)).unwrap_or(1)
        };
        width.unwrap_or_else(share).min(page).saturating_sub(CELL_MARGINS).max(1)
    }

    /// The text area of the page that a place is on.
    fn page(&self, node: usize) -> Room {
        let Some(section) = self.section_node(node) else { return PAGE };
        let raw = self.index.raw(section);
        let number = |element: &str, name: &str| -> Option<u32> {
            attribute(&raw[raw.find(element)?..], name)?.parse().ok()
        };
        let side = |size: &str, before: &str, after: &str| -> Option<u32> {
            let taken = number("<w:pgMar", before)?.saturating_add(number("<w:pgMar", after)?);
            number("<w:pgSz", size)?.checked_sub(taken).filter(|left| *left > 0)
        };
        let columns = number("<w:cols", "w:num").unwrap_or(1).clamp(1, 45);
        Room {
            wide: side("w:w", "w:left", "w:right").unwrap_or(PAGE.wide) / columns,
            high: side("w:h", "w:top", "w:bottom").unwrap_or(PAGE.high),
        }
    }
}
