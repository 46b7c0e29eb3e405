//! Reads what every tag of a part says. One that is not understood still opens or closes its block,
//! so that one fault is one message.

use crate::diagnostic::{Code, codes};
use crate::template::blocks::{self, Block, Imbalance};
use crate::template::compile::PartWork;
use crate::template::expression::{self, BlockKind, Body, Expr, Fault};
use crate::template::fold::is_blank;
use crate::template::schema::Schema;
use crate::template::slips;
use crate::template::tags::TagFault;

impl PartWork<'_> {
    /// Parses every tag.
    pub(super) fn bodies(&mut self) -> Vec<Body> {
        let mut out = Vec::with_capacity(self.part.tags.len());
        for at in 0..self.part.tags.len() {
            let raw = &self.part.tags[at];
            let fault = raw.fault;
            let body = expression::parse(&raw.content);
            if self.is_revised(at) {
                self.tell(
                    at,
                    &codes::T314,
                    "标签里有没有接受的修订".to_owned(),
                    "在模板里接受或拒绝修订；不处理的，按接受填写",
                );
            }
            if let Some((code, message, help)) = fault.map(TagFault::said) {
                self.tell(at, code, message.to_owned(), help);
            }
            out.push(match (body, fault) {
                (Body::Fault(found), None) => self.faulty(at, &found),
                (body, None) => body,
                // A broken tag still opens or closes its block, so that one fault is one message.
                (
                    body @ (Body::Open { .. } | Body::Close(_) | Body::Else(_)),
                    Some(TagFault::Unopened | TagFault::TooManyBraces | TagFault::Element),
                ) => body,
                (_, Some(_)) => Body::Comment,
            });
        }
        out
    }

    /// What a tag that is not understood does all the same: it opens or closes its block, so that
    /// one fault is one message.
    fn faulty(&mut self, at: usize, fault: &Fault) -> Body {
        let content = self.part.tags[at].content.clone();
        if let Some(kind) = expression::closes(&content) {
            // Told with the balance: not where it ends a block that is told of itself.
            self.doubts.closes.insert(at);
            return Body::Close(kind);
        }
        let code = if fault.refused { &codes::T303 } else { &codes::T304 };
        self.tell(at, code, fault.message.clone(), &fault.help);
        let Some(opened) = expression::opens(&content) else { return Body::Comment };
        self.broken.insert(at);
        if !opened.named {
            self.doubts.opens.insert(at, opened.kind.is_some());
        }
        let kind = opened.kind.unwrap_or(BlockKind::Each);
        Body::Open { kind, arg: Expr::Text(String::new()), level: None }
    }

    /// Where ends have no beginning: what no field is called and may be a misspelt block word
    /// (`如果年度`, `循坏 检查发现`) is taken for one, if that leaves less to tell.
    pub(super) fn open_what_may(
        &mut self,
        schema: &Schema<'_>,
        bodies: &mut Vec<Body>,
        blocks: &mut Vec<Block>,
        imbalances: &mut Vec<Imbalance>,
    ) {
        let mut tried = bodies.clone();
        let mut told = Vec::new();
        for (at, body) in tried.iter_mut().enumerate() {
            let Body::Print { whole, .. } = body else { continue };
            let Some(kind) = slips::may_open(whole).filter(|_| !schema.holds(whole)) else {
                continue;
            };
            let word = whole.split(is_blank).next().unwrap_or_default();
            told.push((at, slips::no_block(word, "")));
            *body = Body::Open { kind, arg: Expr::Text(String::new()), level: None };
        }
        let (better, fewer) = blocks::tree(&tried, &self.doubts);
        if fewer.len() >= imbalances.len() {
            return;
        }
        for (at, fault) in told {
            self.broken.insert(at);
            self.doubts.opens.insert(at, true);
            self.tell(at, &codes::T304, fault.message, &fault.help);
        }
        (*bodies, *blocks, *imbalances) = (tried, better, fewer);
    }
}

impl TagFault {
    /// What is told of it: the code, what is wrong, what to do.
    fn said(self) -> (&'static Code, &'static str, &'static str) {
        match self {
            Self::Unclosed => (&codes::T301, "“{{”后面没有“}}”", "补上“}}”；标签要写在同一段里"),
            Self::Unopened => (
                &codes::T301,
                "“}}”前面没有“{{”",
                "补上“{{”，或删去多余的大括号；标签要写在同一段里",
            ),
            Self::TooManyBraces => {
                (&codes::T302, "标签只用两对大括号，这里多了", "写成 {{字段}}；值一律按文字填入")
            }
            Self::Element => (&codes::T313, "标签的大括号之间夹着图片、注或域", "把它移到标签外面"),
        }
    }
}
