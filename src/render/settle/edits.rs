//! The changes that rules ask for, and how they come together: properties in the order of the
//! schema, whoever asked for them first; and no change is lost silently.
//!
//! What is taken out takes the changes inside it along. Any other two changes of the same bytes
//! clash: the one that begins first is made, and the clash is counted and reported (R306).

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::package::order;
use crate::template::index::Index;

/// A change of the XML: the bytes of `range` become `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Edit {
    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { range: at..at, text: text.into() }
    }

    pub(super) fn remove(range: Range<usize>) -> Self {
        Self { range, text: String::new() }
    }

    /// Puts a text in the place of an element.
    pub(super) fn replace(index: &Index<'_>, at: usize, text: impl Into<String>) -> Self {
        let node = &index.nodes[at];
        Self { range: node.start..node.end, text: text.into() }
    }

    /// Takes an element out.
    pub(super) fn without(index: &Index<'_>, at: usize) -> Self {
        Self::replace(index, at, "")
    }
}

/// Properties of one element by their rank in the schema: name and XML.
type Properties = BTreeMap<usize, (&'static str, String)>;

/// The changes of one part.
pub(super) struct Edits<'a> {
    index: &'a Index<'a>,
    list: Vec<Edit>,
    /// By element, and the name of the element that holds its properties.
    properties: BTreeMap<(usize, &'static str), Properties>,
    clashes: usize,
}

impl<'a> Edits<'a> {
    /// None yet.
    pub(super) fn new(index: &'a Index<'a>) -> Self {
        Self { index, list: Vec::new(), properties: BTreeMap::new(), clashes: 0 }
    }

    pub(super) fn push(&mut self, edit: Edit) {
        self.list.push(edit);
    }

    pub(super) fn extend(&mut self, edits: impl IntoIterator<Item = Edit>) {
        self.list.extend(edits);
    }

    /// Gives a paragraph or a cell a property, in place of the one it has; none where the text is
    /// empty. `holder` is `w:pPr` or `w:tcPr`.
    pub(super) fn set(
        &mut self,
        at: usize,
        holder: &'static str,
        name: &'static str,
        property: impl Into<String>,
    ) {
        let property = (name, property.into());
        let set = self.properties.entry((at, holder)).or_default();
        let first = set.entry(rank(holder, name)).or_insert_with(|| property.clone());
        self.clashes += usize::from(*first != property);
    }

    /// Whether a property of a paragraph or a cell was set.
    pub(super) fn sets(&self, at: usize, holder: &'static str, name: &str) -> bool {
        let set = self.properties.get(&(at, holder));
        set.is_some_and(|set| set.contains_key(&rank(holder, name)))
    }

    /// The part with its changes, where there are any; clashes are counted.
    pub(super) fn apply(self, clashes: &mut usize) -> Option<String> {
        let Self { index, list, properties, clashes: of_properties } = self;
        // Properties come before anything else that is inserted at the same place.
        let mut edits = Vec::new();
        for ((at, holder), set) in properties {
            write(index, at, holder, set, &mut edits);
        }
        edits.extend(list);
        if edits.is_empty() {
            return None;
        }
        let (text, found) = applied(index.xml, edits);
        *clashes += of_properties + found;
        Some(text)
    }
}

/// Where the schema wants a property.
fn rank(holder: &str, name: &str) -> usize {
    let order = order::of_children(holder).unwrap_or_default();
    order.iter().position(|known| *known == name).unwrap_or(order.len())
}

/// Writes the properties of one element.
fn write(index: &Index<'_>, at: usize, holder: &str, set: Properties, edits: &mut Vec<Edit>) {
    let props = index.named(at, holder).next();
    let Some(props) = props.filter(|props| index.nodes[*props].inner < index.nodes[*props].end)
    else {
        let inner: String = set.into_values().map(|(_, property)| property).collect();
        if !inner.is_empty() {
            let text = format!("<{holder}>{inner}</{holder}>");
            edits.push(match props {
                Some(props) => Edit::replace(index, props, text),
                None => Edit::insert(index.nodes[at].inner, text),
            });
        }
        return;
    };
    for (rank_of, (name, property)) in set {
        let mut old = index.named(props, name);
        if let Some(first) = old.next() {
            edits.push(Edit::replace(index, first, property));
            edits.extend(old.map(|further| Edit::without(index, further)));
            continue;
        }
        let before = |child: &usize| rank(holder, index.name(*child)) < rank_of;
        let after = index.children(props).filter(before).last();
        let place = after.map_or(index.nodes[props].inner, |child| index.nodes[child].end);
        edits.push(Edit::insert(place, property));
    }
}

/// The text with its changes, and how many of them clashed.
fn applied(xml: &str, mut edits: Vec<Edit>) -> (String, usize) {
    edits.sort_by_key(|edit| (edit.range.start, !edit.range.is_empty(), Reverse(edit.range.end)));
    let mut out = String::with_capacity(xml.len() + edits.len() * 64);
    let (mut at, mut clashes) = (0, 0);
    let mut last: Option<Edit> = None;
    for edit in edits {
        if edit.range.start < at {
            let gone = last.as_ref().is_some_and(|last| last.text.is_empty());
            let void = gone && edit.range.end <= at || Some(&edit) == last.as_ref();
            clashes += usize::from(!void);
            continue;
        }
        out.push_str(&xml[at..edit.range.start]);
        out.push_str(&edit.text);
        at = edit.range.end;
        last = Some(edit);
    }
    out.push_str(&xml[at..]);
    (out, clashes)
}

#[cfg(test)]
mod tests {
    use super::{Edit, Edits, applied};
    use crate::template::index::Index;

    fn edit(range: std::ops::Range<usize>, text: &str) -> Edit {
        Edit { range, text: text.to_owned() }
    }

    #[test]
    fn no_change_is_lost_silently() {
        let apply = |edits: &[Edit]| applied("0123456789", edits.to_vec());
        // What is taken out takes the changes inside along, whoever asked first.
        let inside = [edit(3..3, "a"), edit(4..6, "b"), edit(2..7, "")];
        assert_eq!(apply(&inside), ("01789".to_owned(), 0));
        // Side by side, at one place in the order asked for, and the same twice.
        let beside = [edit(2..4, "a"), edit(4..4, "b"), edit(4..4, "c"), edit(2..4, "a")];
        assert_eq!(apply(&beside), ("01abc456789".to_owned(), 0));
        assert_eq!(apply(&[edit(2..4, "a"), edit(2..4, "b")]), ("01a456789".to_owned(), 1));
        assert_eq!(apply(&[edit(2..6, "a"), edit(3..3, "b")]), ("01a6789".to_owned(), 1));
        assert_eq!(apply(&[edit(2..6, ""), edit(4..8, "")]), ("016789".to_owned(), 1));
    }

    #[test]
    fn properties_stand_in_the_order_of_the_schema() {
        let settled = |xml: &str| {
            let index = Index::read_filled(xml).unwrap();
            let mut edits = Edits::new(&index);
            let paragraph = (0..index.nodes.len()).find(|at| index.name(*at) == "w:p").unwrap();
            for name in ["w:jc", "w:ind", "w:keepNext"] {
                edits.set(paragraph, "w:pPr", name, format!("<{name}/>"));
            }
            edits.set(paragraph, "w:pPr", "w:spacing", "");
            edits.set(paragraph, "w:pPr", "w:ind", "<w:ind w:left=\"1\"/>");
            edits.push(Edit::insert(index.nodes[paragraph].inner, "<w:r/>"));
            let mut clashes = 0;
            (edits.apply(&mut clashes).unwrap(), clashes)
        };
        let made = "<w:p><w:pPr><w:keepNext/><w:ind/><w:jc/></w:pPr>";
        assert_eq!(settled("<w:p></w:p>"), (format!("{made}<w:r/></w:p>"), 1));
        let props = "<w:p><w:pPr><w:spacing/><w:ind w:left=\"9\"/><w:jc/></w:pPr></w:p>";
        let made = "<w:p><w:r/><w:pPr><w:keepNext/><w:ind/><w:jc/></w:pPr></w:p>";
        assert_eq!(settled(props), (made.to_owned(), 1));
    }
}
