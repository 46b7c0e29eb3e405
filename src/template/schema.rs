//! The field table as a tree: what may be named where, folded for comparison.

use std::collections::HashMap;

use crate::facts::{FieldKind, Fields, Need};
use crate::template::fold::fold_name;

/// One field in the tree; a list's children are the fields of its items.
#[derive(Debug)]
pub struct SchemaNode {
    /// The key in the facts.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// When it is needed.
    pub need: Need,
    /// Children by folded name; only looked up, never walked.
    by_name: HashMap<String, usize>,
    /// Children in the order of the table.
    children: Vec<usize>,
}

/// The tree; node 0 is the top.
#[derive(Debug)]
pub struct Schema {
    nodes: Vec<SchemaNode>,
}

/// A path found below a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The field.
    pub node: usize,
    /// The keys that lead to it.
    pub keys: Vec<String>,
}

impl Schema {
    /// Builds the tree of a table, the unit's own columns as texts never needed.
    pub fn build(fields: &Fields) -> Self {
        let mut schema = Self { nodes: vec![SchemaNode::new("", FieldKind::Record, Need::Never)] };
        // Fields of one record stand together and share what is before the last dot.
        let mut known: Option<(&str, usize)> = None;
        for field in &fields.fields {
            let (holder, last) = match field.path.rsplit_once('.') {
                Some((before, last)) => {
                    let holder = match known {
                        Some((path, holder)) if path == before => holder,
                        Some(_) | None => schema.holder(before),
                    };
                    known = Some((before, holder));
                    (holder, last)
                }
                None => {
                    known = None;
                    (0, field.path.as_str())
                }
            };
            let node = schema.step(holder, last, true);
            schema.nodes[node].kind = field.kind;
            schema.nodes[node].need = field.need;
        }
        for (list, column) in &fields.own_columns {
            // A heading may hold dots: it is one key, never a path.
            let (holder, last) = list
                .rsplit_once('.')
                .map_or((0, list.as_str()), |(before, last)| (schema.holder(before), last));
            let list = schema.step(holder, last, true);
            schema.child_or_insert(list, column, FieldKind::Text);
        }
        schema
    }

    /// The node of a path that holds others, made where it is not there yet.
    fn holder(&mut self, path: &str) -> usize {
        path.split('.').fold(0, |at, step| self.step(at, step, false))
    }

    /// The node of one step of a path below a node, made where it is not there yet.
    fn step(&mut self, parent: usize, step: &str, last: bool) -> usize {
        let kind = match (step.ends_with("[]"), last) {
            (true, _) => FieldKind::List,
            (false, false) => FieldKind::Record,
            (false, true) => FieldKind::Text,
        };
        let at = self.child_or_insert(parent, step.trim_end_matches("[]"), kind);
        if !last && self.nodes[at].kind == FieldKind::Text {
            self.nodes[at].kind = kind;
        }
        at
    }

    fn child_or_insert(&mut self, parent: usize, name: &str, kind: FieldKind) -> usize {
        let folded = fold_name(name);
        if let Some(&child) = self.nodes[parent].by_name.get(&folded) {
            return child;
        }
        let child = self.nodes.len();
        self.nodes.push(SchemaNode::new(name, kind, Need::Never));
        self.nodes[parent].by_name.insert(folded, child);
        self.nodes[parent].children.push(child);
        child
    }

    /// A node.
    pub fn node(&self, at: usize) -> &SchemaNode {
        &self.nodes[at]
    }

    /// The names below a node, in the order of the table.
    pub fn names(&self, at: usize) -> impl Iterator<Item = &str> {
        self.nodes[at].children.iter().map(|&child| self.nodes[child].name.as_str())
    }

    /// Finds a folded path below a node: the longest name first, since names may hold dots. Items
    /// of a list have no path from outside it.
    pub fn find(&self, at: usize, path: &str) -> Option<Found> {
        let mut keys = Vec::new();
        let mut node = at;
        let mut rest = path;
        while !rest.is_empty() {
            let inner = matches!(self.nodes[node].kind, FieldKind::Record | FieldKind::Ratio);
            if node != at && !inner {
                return None;
            }
            let ends = rest.match_indices('.').map(|(i, _)| i).chain([rest.len()]);
            let ends: Vec<usize> = ends.collect();
            let (end, child) = ends
                .into_iter()
                .rev()
                .find_map(|end| self.nodes[node].by_name.get(&rest[..end]).map(|c| (end, *c)))?;
            node = child;
            keys.push(self.nodes[child].name.clone());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        (!keys.is_empty()).then_some(Found { node, keys })
    }
}

impl SchemaNode {
    fn new(name: &str, kind: FieldKind, need: Need) -> Self {
        Self { name: name.to_owned(), kind, need, by_name: HashMap::new(), children: Vec::new() }
    }
}
