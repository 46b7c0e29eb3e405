//! Walks the tags of a part with the scopes that its blocks open, and sets every name against the
//! field table.

use std::cell::RefCell;

use crate::template::blocks::{self, Block};
use crate::template::compile::PartWork;
use crate::template::compiled::Tag;
use crate::template::expression::{BlockKind, Body};
use crate::template::helpers::Gives;
use crate::template::placing::is_section_break;
use crate::template::resolve::{Resolver, Scope};
use crate::template::roles::Roles;
use crate::template::schema::Schema;
use crate::template::used::UsedNames;

impl PartWork<'_> {
    /// Sets all names against the table, in the order of the output; gives the rewritten tags and
    /// the table of tags.
    pub(super) fn resolve(
        &mut self,
        schema: &Schema<'_>,
        bodies: &[Body],
        blocks: &[Block],
        order: &[usize],
        roles: &Roles,
        used: &UsedNames,
    ) -> (Vec<String>, Vec<Tag>) {
        let doubts = RefCell::new(Vec::new());
        let mut sources = vec![String::new(); bodies.len()];
        let mut prints = vec![(String::new(), None); bodies.len()];
        // What each open block added: a scope, nothing, or something unknown.
        let mut scopes = vec![Scope { node: 0, looped: false }];
        let mut stack: Vec<(usize, Entered)> = Vec::new();
        let ends = blocks::opened_by(blocks, bodies.len());
        for &at in order {
            let body = &bodies[at];
            // What was opened inside a block and never closed ends with the block.
            if let Some(open) = ends[at]
                && let Some(depth) = stack.iter().rposition(|(tag, _)| *tag == open)
            {
                for (_, entered) in stack.drain(depth + 1..) {
                    if entered == Entered::Scope {
                        scopes.pop();
                    }
                }
            }
            // Inside a loop over an unknown list nothing can be said about names.
            let blind = stack.iter().any(|(_, entered)| *entered == Entered::Unknown);
            let resolver =
                Resolver { schema, scopes: &scopes, used, apart: self.apart(at), doubts: &doubts };
            let mut source = String::new();
            let mut name = String::new();
            let mut print = None;
            let mut trouble = None;
            match body {
                Body::Open { kind, .. } if self.broken.contains(&at) => {
                    stack.push((at, Entered::unknown(*kind)));
                }
                Body::Open { kind, arg, .. } => match resolver.open(*kind, arg) {
                    Ok((opened, scope)) => {
                        source = opened;
                        let entered = if scope.is_some() { Entered::Scope } else { Entered::Plain };
                        stack.push((at, entered));
                        scopes.extend(scope);
                    }
                    Err(found) => {
                        stack.push((at, Entered::unknown(*kind)));
                        trouble = Some(found);
                    }
                },
                Body::Else(condition) => {
                    if let Some(condition) = condition {
                        match resolver.condition(condition) {
                            Ok(condition) => source = format!("if {condition}"),
                            Err(found) => trouble = Some(found),
                        }
                    } else if let Some((_, top)) = stack.last_mut()
                        && *top == Entered::Scope
                    {
                        // `else` of a loop is outside its items.
                        scopes.pop();
                        *top = Entered::Plain;
                    }
                }
                Body::Close(_) => {
                    if ends[at].is_some()
                        && let Some((_, Entered::Scope)) = stack.pop()
                    {
                        scopes.pop();
                    }
                }
                Body::Print { whole, expr } => match resolver.print(whole, expr) {
                    Ok(rewritten) => {
                        source = rewritten.source;
                        name = rewritten.name;
                        let gives = match rewritten.gives {
                            Gives::PageBreak if is_section_break(body) => Gives::SectionBreak,
                            gives => gives,
                        };
                        self.misplaced(at, gives, bodies);
                        print = Some(self.print(at, gives, roles, bodies));
                    }
                    Err(found) => trouble = Some(found),
                },
                Body::Comment | Body::Fault(_) => {}
            }
            let doubted = doubts.take();
            // A fault says more than a doubt.
            for found in trouble.map_or(doubted, |found| vec![found]) {
                if !blind {
                    self.tell(at, found.code, found.message, &found.help);
                }
            }
            sources[at] = source;
            prints[at] = (name, print);
        }
        let known = prints.into_iter().enumerate().map(|(at, (name, print))| {
            let spot = self.spot(at);
            Tag { name, text: spot.text.clone(), spot, print }
        });
        (sources, known.collect())
    }
}

/// What an opening tag added to the scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entered {
    /// A scope.
    Scope,
    /// None: a condition.
    Plain,
    /// A list or record that is not known.
    Unknown,
}

impl Entered {
    /// What a block adds whose condition or list is not known.
    fn unknown(kind: BlockKind) -> Self {
        match kind {
            BlockKind::If | BlockKind::Unless => Self::Plain,
            BlockKind::Each | BlockKind::With => Self::Unknown,
        }
    }
}
