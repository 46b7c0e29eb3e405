//! Walks the tags of a part with the scopes that its blocks open, and sets every name against the
//! field table.

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
        order: &[usize],
        roles: &Roles,
        used: &UsedNames,
    ) -> (Vec<String>, Vec<Tag>) {
        let mut sources = vec![String::new(); bodies.len()];
        let mut prints = vec![(String::new(), None); bodies.len()];
        // What each open block added: a scope, nothing, or something unknown.
        let mut scopes = vec![Scope { node: 0, looped: false }];
        let mut stack: Vec<Entered> = Vec::new();
        for &at in order {
            let body = &bodies[at];
            // Inside a loop over an unknown list nothing can be said about names.
            let blind = stack.contains(&Entered::Unknown);
            let resolver = Resolver { schema, scopes: &scopes, used };
            let mut source = String::new();
            let mut name = String::new();
            let mut print = None;
            let mut trouble = None;
            match body {
                Body::Open { kind, .. } if self.broken.contains(&at) => {
                    stack.push(Entered::unknown(*kind));
                }
                Body::Open { kind, arg, .. } => match resolver.open(*kind, arg) {
                    Ok((opened, scope)) => {
                        source = opened;
                        stack.push(if scope.is_some() { Entered::Scope } else { Entered::Plain });
                        scopes.extend(scope);
                    }
                    Err(found) => {
                        stack.push(Entered::unknown(*kind));
                        trouble = Some(found);
                    }
                },
                Body::Else(condition) => {
                    if let Some(condition) = condition {
                        match resolver.condition(condition) {
                            Ok(condition) => source = format!("if {condition}"),
                            Err(found) => trouble = Some(found),
                        }
                    } else if stack.last() == Some(&Entered::Scope) {
                        // `else` of a loop is outside its items.
                        scopes.pop();
                        if let Some(top) = stack.last_mut() {
                            *top = Entered::Plain;
                        }
                    }
                }
                Body::Close(_) => {
                    if stack.pop() == Some(Entered::Scope) {
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
            if let Some(found) = trouble
                && !blind
            {
                self.tell(at, found.code, found.message, &found.help);
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
