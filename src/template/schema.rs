//! The field table as a template's names are set against it: folded for comparison, each shape of
//! the table once.

use std::collections::HashMap;
use std::ops::Range;

use crate::facts::fields::ShapeId;
use crate::facts::{FieldKind, Fields, Need};
use crate::template::fold::fold_name;

/// One field; below a list stand the fields of its items.
#[derive(Debug)]
pub struct SchemaNode<'a> {
    /// The key in the facts.
    pub name: &'a str,
    /// What it holds.
    pub kind: FieldKind,
    /// When it is needed.
    pub need: Need,
    /// An example of what it holds; empty where none is known.
    pub example: &'a str,
    /// What stands below it.
    shape: Option<ShapeId>,
}

/// The fields of a shape.
#[derive(Debug)]
struct Names {
    /// Nodes by folded name; only looked up, never walked.
    folded: HashMap<String, usize>,
    /// Those with Latin letters in small ones: `date` finds DATE where nothing is called date.
    small: HashMap<String, usize>,
    /// Nodes in the order of the table.
    nodes: Range<usize>,
}

impl Names {
    /// A name as it stands first: two may differ in their case alone.
    fn get(&self, folded: &str) -> Option<&usize> {
        self.folded.get(folded).or_else(|| self.small.get(&lowered(folded)?))
    }
}

/// A name in small letters, if it has Latin ones.
fn lowered(folded: &str) -> Option<String> {
    folded.contains(|c: char| c.is_ascii_alphabetic()).then(|| folded.to_ascii_lowercase())
}

/// The table; node 0 stands for the top.
#[derive(Debug)]
pub struct Schema<'a> {
    nodes: Vec<SchemaNode<'a>>,
    /// By the number of the shape.
    shapes: Vec<Names>,
}

/// A path found below a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    /// The field.
    pub node: usize,
    /// The keys that lead to it.
    pub keys: Vec<&'a str>,
}

impl<'a> Schema<'a> {
    /// Reads a table.
    pub fn read(fields: &'a Fields) -> Self {
        let mut nodes = Vec::new();
        let mut shapes = Vec::new();
        for (id, shape) in fields.shapes() {
            if nodes.is_empty() {
                let (kind, need) = (FieldKind::Record, Need::Never);
                nodes.push(SchemaNode { name: "", kind, need, example: "", shape: Some(id) });
            }
            let first = nodes.len();
            let mut folded = HashMap::with_capacity(shape.len());
            let mut small = HashMap::new();
            for (name, field) in shape {
                // Of two names that read alike the contract's is meant: a unit's own come last.
                let name_folded = fold_name(name);
                if let Some(lowered) = lowered(&name_folded) {
                    small.entry(lowered).or_insert(nodes.len());
                }
                folded.entry(name_folded).or_insert(nodes.len());
                let (kind, need, shape) = (field.kind, field.need, field.shape);
                nodes.push(SchemaNode { name, kind, need, example: field.example, shape });
            }
            shapes.push(Names { folded, small, nodes: first..nodes.len() });
        }
        Self { nodes, shapes }
    }

    /// A node.
    pub fn node(&self, at: usize) -> &SchemaNode<'a> {
        &self.nodes[at]
    }

    /// The names below a node, in the order of the table.
    pub fn names(&self, at: usize) -> impl Iterator<Item = &'a str> {
        self.children(at).map(|child| self.nodes[child].name)
    }

    /// The nodes below a node, in the order of the table.
    pub fn children(&self, at: usize) -> Range<usize> {
        self.below(at).map_or(0..0, |names| names.nodes.clone())
    }

    /// Whether a field anywhere has this name, or the first step of it.
    pub fn holds(&self, name: &str) -> bool {
        let name = fold_name(name);
        let first = name.split('.').next().unwrap_or_default();
        self.shapes
            .iter()
            .any(|names| names.folded.contains_key(first) || names.folded.contains_key(&name))
    }

    /// Finds a folded path below a node: the longest name first, since names may hold dots. Items
    /// of a list have no path from outside it.
    pub fn find(&self, at: usize, path: &str) -> Option<Found<'a>> {
        let mut keys = Vec::new();
        let mut node = at;
        let mut rest = path;
        while !rest.is_empty() {
            let inner = matches!(self.nodes[node].kind, FieldKind::Record | FieldKind::Ratio);
            if node != at && !inner {
                return None;
            }
            let names = self.below(node)?;
            let mut end = rest.len();
            node = loop {
                match names.get(&rest[..end]) {
                    Some(child) => break *child,
                    None => end = rest[..end].rfind('.')?,
                }
            };
            keys.push(self.nodes[node].name);
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        (!keys.is_empty()).then_some(Found { node, keys })
    }

    /// What stands below a node.
    fn below(&self, at: usize) -> Option<&Names> {
        self.nodes[at].shape.and_then(|shape| self.shapes.get(shape.number()))
    }
}
