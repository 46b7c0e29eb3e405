//! Which figures of a new paper differ from the copy that a person edited, so that they can be
//! copied over by hand.
//!
//! A figure is known by the words around it in its paragraph, or in its row of a table. The two
//! sequences are aligned; what has no counterpart is listed for the side that has it.

use super::numerals::digit;
use super::text::told;
use crate::package::{self, Limits, register};
use crate::template::index::{Index, Kind};

/// An edited paper is a file of somebody else's by now: more is not read.
const LIMITS: Limits = Limits { entries: 2_000, bytes: 64 << 20 };

/// How many pairs of figures are compared.
const PAIRS: usize = 4_000_000;

/// How many differences are listed.
const LISTED: usize = 40;

/// How many characters before a figure are shown, and how many of them and behind it make it known.
const SHOWN: usize = 14;
const BEFORE: usize = 8;
const BEHIND: usize = 2;

/// A figure of a paper.
#[derive(Debug, PartialEq)]
struct Figure {
    /// The words around it, other figures as `#`.
    key: (String, String),
    /// Its digits, narrow, with what belongs to them: 2024年3月15日, 60%, 24/40.
    value: String,
    /// It, with the words around it.
    shown: String,
}

/// A line for each figure that differs; one that says so where there is none, or where the edited
/// paper cannot be read.
pub fn changed_figures(edited: &[u8], new: &[u8]) -> Vec<String> {
    let (Some(edited), Some(new)) = (figures(edited), figures(new)) else {
        return vec!["读不出它的文字，没有比对数字".to_owned()];
    };
    let Some(pairs) = align(&edited, &new) else {
        return vec!["数字太多，没有逐个比对".to_owned()];
    };
    let differ = pairs.into_iter().filter_map(|pair| match pair {
        (Some(old), Some(new)) if old.value == new.value => None,
        (Some(old), Some(new)) => Some(format!("“{}”，您的一份是{}", new.shown, old.value)),
        (None, Some(new)) => Some(format!("“{}”，您的一份里没有", new.shown)),
        (Some(old), None) => Some(format!("您的一份里的“{}”，新的一份里没有", old.shown)),
        (None, None) => None,
    });
    let mut lines: Vec<String> = differ.collect();
    if lines.is_empty() {
        return vec!["数字都一样".to_owned()];
    }
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    lines.insert(0, "新的一份里，数字不一样的：".to_owned());
    if more > 0 {
        lines.push(format!("还有{more}处"));
    }
    lines
}

/// The figures of a Word file, in order; nothing where it is none.
fn figures(file: &[u8]) -> Option<Vec<Figure>> {
    let parts = package::read("", file, LIMITS).value;
    let xml = std::str::from_utf8(&register::body(&parts)?.bytes).ok()?;
    let index = Index::read(xml).ok()?;
    let mut lines: Vec<(Option<usize>, String)> = Vec::new();
    for (at, node) in index.nodes.iter().enumerate() {
        if node.kind != Kind::Paragraph || index.ancestor(at, Kind::Fallback).is_some() {
            continue;
        }
        let text = told(&index, at, None);
        let row = index.ancestor(at, Kind::Row);
        match lines.last_mut() {
            Some((last, line)) if row.is_some() && *last == row => {
                line.push('｜');
                line.push_str(&text);
            }
            _ => lines.push((row, text)),
        }
    }
    Some(lines.iter().flat_map(|(_, line)| of_line(line)).collect())
}

/// The figures of a paragraph.
fn of_line(line: &str) -> Vec<Figure> {
    let chars: Vec<char> = line.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(|c| digit(*c).is_some());
    let (mut figures, mut before, mut at) = (Vec::new(), String::new(), 0);
    while at < chars.len() {
        if !is_digit(at) {
            before.push(chars[at]);
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() {
            let goes_on = match chars[at] {
                '年' | '月' | '日' | '%' | '％' => is_digit(at - 1),
                '.' | ',' | '/' | '-' => is_digit(at + 1),
                _ => is_digit(at),
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        // 1. and 1、 at the beginning are ordinals: they go with what stands there.
        if before.trim().is_empty() && chars.get(at).is_some_and(|c| matches!(c, '.' | '．' | '、'))
        {
            continue;
        }
        let narrow = |c: &char| digit(*c).and_then(|d| char::from_digit(d, 10)).unwrap_or(*c);
        let behind: String =
            chars[at..].iter().take_while(|c| digit(**c).is_none()).take(BEHIND).collect();
        let lead: String = chars[start.saturating_sub(SHOWN)..at].iter().collect();
        let lead = lead.trim_start_matches(['，', '。', '；', '：', '、', '）', '｜']);
        let words = before.chars().skip(before.chars().count().saturating_sub(BEFORE));
        let words: String = words.collect();
        // The clause tells more than what stands before it, unless there is none.
        let clause = words.rsplit(['，', '。', '；', '：', '（', '）', '｜']).next();
        let clause = clause.filter(|clause| clause.chars().count() > 1).unwrap_or(&words);
        figures.push(Figure {
            shown: format!("{lead}{behind}"),
            key: (clause.to_owned(), behind),
            value: chars[start..at].iter().map(narrow).collect(),
        });
        before.push('#');
    }
    figures
}

/// Pairs the figures of two papers by the longest common subsequence of their keys; nothing where
/// there are too many.
fn align<'f>(
    old: &'f [Figure],
    new: &'f [Figure],
) -> Option<Vec<(Option<&'f Figure>, Option<&'f Figure>)>> {
    let same = |(a, b): &(&Figure, &Figure)| a.key == b.key;
    let head = old.iter().zip(new).take_while(same).count();
    let (a, b) = (&old[head..], &new[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.len().saturating_mul(b.len()) > PAIRS {
        return None;
    }
    // The length of the longest common subsequence of what follows.
    let width = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i].key == b[j].key {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let both = |(old, new)| (Some(old), Some(new));
    let mut pairs: Vec<_> = old.iter().zip(new).take(head).map(both).collect();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.key == y.key => {
                pairs.push((Some(x), Some(y)));
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), y)
                if y.is_none() || longest[(i + 1) * width + j] >= longest[i * width + j + 1] =>
            {
                pairs.push((Some(x), None));
                i += 1;
            }
            (_, y) => {
                pairs.push((None, y));
                j += 1;
            }
        }
    }
    let (old, new) = (&old[old.len() - tail..], &new[new.len() - tail..]);
    pairs.extend(old.iter().zip(new).map(both));
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::{align, of_line};

    #[test]
    fn figures_are_known_by_the_words_around_them() {
        let line = "１．3月15日专题研究２次，完成率60%（24/40），共1,200.5元";
        let values: Vec<String> = of_line(line).into_iter().map(|figure| figure.value).collect();
        assert_eq!(values, ["3月15日", "2", "60%", "24/40", "1,200.5"]);
        let old = of_line("研究2次，通报1次，检查3个单位");
        let new = of_line("研究3次，新办4件，通报1次，查了3个单位");
        let value = |figure: Option<&super::Figure>| figure.map(|f| f.value.clone());
        let pairs = align(&old, &new).unwrap().into_iter();
        let pairs: Vec<_> = pairs.map(|(old, new)| (value(old), value(new))).collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            pairs,
            [
                (text("2"), text("3")),
                (None, text("4")),
                (text("1"), text("1")),
                (text("3"), None),
                (None, text("3")),
            ]
        );
    }
}
