//! Says in Chinese what is wrong with the blocks of a template.

use crate::diagnostic::{Diagnostic, Location, TemplateSpot, codes};
use crate::template::blocks::{Imbalance, MAX_NESTING};
use crate::template::compile::PartWork;
use crate::template::contents::Contents;
use crate::template::expression::{self, Body};
use crate::template::index::{Index, Kind, attribute};
use crate::template::lift::LiftFault;
use crate::template::whereabouts::Places;

impl PartWork<'_> {
    /// Tells what is wrong with the balance of blocks.
    pub(super) fn imbalance(&mut self, imbalance: Imbalance, bodies: &[Body]) {
        let word = |at: usize| {
            if let Body::Open { kind, .. } = &bodies[at] { kind.word() } else { "块" }
        };
        let (at, message, help) = match imbalance {
            Imbalance::Unclosed(at) => {
                let word = word(at);
                let help = format!("在它管到的地方后面写 {{{{/{word}}}}}");
                (at, format!("“{word}”没有结束"), help)
            }
            Imbalance::StrayClose(at) => {
                let help = "删去这个标签，或补上块的开头".to_owned();
                (at, "前面没有要结束的块".to_owned(), help)
            }
            Imbalance::Mismatch(at, open) => {
                let (opening, closing) = (self.quote(open), self.quote(at));
                let message = format!("“{opening}”以“{closing}”结束，两头不是一种块");
                (at, message, format!("把 {closing} 改成 {{{{/{}}}}}", word(open)))
            }
            Imbalance::Crossed { outer, end, inner, late } => {
                let (outer, inner) = (self.quote(outer), self.quote(inner));
                let (end, moved) = (self.quote(end), self.quote(late));
                let help = format!("把这个 {moved} 移到 {end} 前面：后开始的块先结束");
                (late, format!("“{outer}”和“{inner}”两个块交叉了"), help)
            }
            Imbalance::StrayElse(at) => {
                let help = "写在 如果、除非 或 循环 的里面".to_owned();
                (at, "“否则”不在任何块里".to_owned(), help)
            }
            Imbalance::LateElse(at) => {
                let message = "“否则”后面不能再有“否则”，循环里也不能写“否则如果”";
                (at, message.to_owned(), "一个块最后只写一个“否则”".to_owned())
            }
            Imbalance::OddClose(at) => {
                if let Body::Fault(fault) = expression::parse(&self.part.tags[at].content) {
                    self.tell(at, &codes::T304, fault.message, &fault.help);
                }
                return;
            }
            Imbalance::TooDeep(at) => {
                let message = format!("块套了超过{MAX_NESTING}层");
                return self.tell(at, &codes::T309, message, "拆开");
            }
        };
        self.tell(at, &codes::T307, message, &help);
    }

    /// Tells why a block cannot be lifted.
    pub(super) fn lift_fault(&mut self, fault: LiftFault) {
        match fault {
            LiftFault::Crosses(open, other) => {
                let spot = self.spot(other);
                let there = TemplateSpot { template: String::new(), ..spot }.show();
                self.tell(
                    open,
                    &codes::T308,
                    format!("块从这里开始，另一头却在{}", there.trim_start_matches(" › ")),
                    "两头要在同一段，或各自独占一段，或在同一个表格的行里；不能一头在表格、文本框、链接、域里",
                );
            }
            LiftFault::MidText(tag) => self.tell(
                tag,
                &codes::T308,
                "块的另一头在别的段落，这一头却夹在文字中间".to_owned(),
                "让这个标签独占一段，或放到本段的最前或最后",
            ),
            LiftFault::NoTable(tag, level) => {
                let word = level.word();
                self.tell(
                    tag,
                    &codes::T341,
                    format!("“{word}”只在表格里有，这个块的两头不都在表格里"),
                    &format!("删去“{word}”，或把块的两头移到表格的格子里"),
                );
            }
            LiftFault::ElseBetweenCells(tag) => self.tell(
                tag,
                &codes::T308,
                "“否则”不能把一行的格子分开".to_owned(),
                "在每个格子里各写一个条件，或让“否则”独占一行",
            ),
        }
    }
}

/// Tells of braces where nothing fills them, so that they would be printed as they are: in field
/// codes and in equations.
pub(super) fn unfilled(index: &Index<'_>, places: &Places<'_>, out: &mut Vec<Diagnostic>) {
    for at in index.of_kind(Kind::Other) {
        const CODE: (&str, &str) =
            ("标签写在域代码里", "域代码不会填写；把标签移到域外面，或把域换成文字");
        let (text, (message, help)) = match index.name(at) {
            "w:instrText" => (index.inner(at).to_owned(), CODE),
            "w:fldSimple" => {
                (attribute(index.raw(at), "w:instr").unwrap_or_default().to_owned(), CODE)
            }
            "m:oMath" => (
                equation(index, at),
                ("标签写在公式里", "公式不会填写；把标签移到公式外面，或把公式改成普通的文字"),
            ),
            _ => continue,
        };
        if !(text.contains("{{") || text.contains("｛｛")) {
            continue;
        }
        let Some(paragraph) = index.nodes[at].paragraph else { continue };
        let spot = places.spot(paragraph, &text);
        out.push(
            Diagnostic::new(&codes::T313, message).help(help).located(Location::Template(spot)),
        );
    }
}

/// Tells that the page numbers of a table of contents are for an office program to find.
pub(super) fn contents(index: &Index<'_>, places: &Places<'_>, contents: &Contents) -> Diagnostic {
    let paragraph = index.nodes[contents.begin].paragraph.unwrap_or(contents.begin);
    Diagnostic::new(&codes::T336, "目录按材料里的标题重排，页码要更新")
        .help("Word 打开材料时问是否更新域，选“是”；WPS 里右键目录，选“更新域”")
        .located(Location::Template(places.spot(paragraph, "")))
}

/// The letters of an equation.
fn equation(index: &Index<'_>, at: usize) -> String {
    let letters = (at..=index.nodes[at].last).filter(|inner| index.name(*inner) == "m:t");
    letters.map(|inner| index.inner(inner)).collect()
}
