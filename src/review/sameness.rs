//! K21: paragraphs of two units', or two leaders', papers that are the same or nearly so, while
//! standing on different rows (雷同).
//!
//! What is compared is what the rows say, by the trace: the words of a template are everybody's,
//! and a row that both papers print (a meeting that both attended) is no copy. A paragraph's own
//! words are cut into shingles; minhashes of these lead to the paragraphs that may be alike
//! without comparing all pairs, and only those are compared in full.

use std::collections::BTreeMap;

use super::sources::Span;
use super::{Draft, beginning, whole};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::ledger::{RecordId, Subject};
use crate::place::Place;

/// Shorter paragraphs are alike by chance: 学习网络安全法 is said by many.
const SHORTEST: usize = 40;

/// From this share of common shingles on two paragraphs are told. Copies that were punished in
/// public were alike to 95 % (study/users.md); set phrases alone stay below a half.
const ALIKE: f64 = 0.8;

/// Characters in a shingle: three are more than a word, so that order counts.
const SHINGLE: usize = 3;

/// Minhashes of a paragraph. Two that are alike to 0.8 miss all of eight once in 400,000.
const HASHES: u64 = 8;

/// So many of them must agree before two paragraphs are compared in full: of two that are alike
/// to 0.8, one pair in a thousand agrees in fewer.
const AGREE: usize = 3;

/// Paragraphs kept under one minhash: when everybody copies, the first stand for all.
const KEPT: usize = 16;

/// How much of a paragraph is quoted.
const QUOTED: usize = 20;

/// What the rows of one paper say, paragraph by paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Sayings {
    file: String,
    subject: Option<Subject>,
    personal: bool,
    paragraphs: Vec<Saying>,
}

/// What the rows of one paragraph say.
#[derive(Debug, Clone)]
struct Saying {
    number: u32,
    beginning: String,
    cell: Option<Place>,
    /// The shingles of each row's text.
    pieces: Vec<(RecordId, Vec<u32>)>,
    /// All of them, sorted, each once.
    shingles: Vec<u32>,
    /// Their minhashes.
    keys: Vec<(u64, u64)>,
}

impl Saying {
    fn new(
        number: u32,
        beginning: String,
        cell: Option<Place>,
        pieces: Vec<(RecordId, Vec<u32>)>,
    ) -> Self {
        let all = pieces.iter().flat_map(|(_, shingles)| shingles.iter().copied());
        let shingles = sorted(all.collect());
        let keys = keys(&shingles);
        Self { number, beginning, cell, pieces, shingles, keys }
    }
}

/// Reads a paper's paragraphs; only those of units and of leaders are compared.
pub(super) fn read(draft: &Draft<'_>, spans: &[Span]) -> Sayings {
    let subject = match draft.subject {
        Subject::Unit(_) | Subject::Leader(_) => Some(draft.subject),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => None,
    };
    let mut sayings = Sayings {
        file: draft.file.to_owned(),
        subject,
        personal: draft.paper.is_personal(),
        paragraphs: Vec::new(),
    };
    if subject.is_none() {
        return sayings;
    }
    for group in spans.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let Some(first) = group.first() else { continue };
        let Some(paragraph) = draft.text.paragraphs.get(first.paragraph) else { continue };
        let pieces: Vec<(RecordId, &str)> =
            group.iter().map(|span| (span.record, &paragraph.text[span.range.clone()])).collect();
        let long = pieces.iter().map(|(_, text)| folded(text).count()).sum::<usize>();
        if long < SHORTEST {
            continue;
        }
        let pieces = pieces.into_iter().map(|(record, text)| (record, shingles(text))).collect();
        let beginning = beginning(&paragraph.text[first.range.start..], QUOTED);
        sayings.paragraphs.push(Saying::new(paragraph.number, beginning, first.cell, pieces));
    }
    sayings
}

/// Letters and digits only; every digit is the same, for a copy with other numbers is a copy.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.map(|c| if c.is_numeric() { '0' } else { c })
}

/// The shingles of a text, hashed (FNV-1a: the same in every run).
fn shingles(text: &str) -> Vec<u32> {
    let chars: Vec<char> = folded(text).collect();
    let hash = |window: &[char]| {
        window
            .iter()
            .fold(0x811c_9dc5_u32, |hash, c| (hash ^ u32::from(*c)).wrapping_mul(0x0100_0193))
    };
    chars.windows(SHINGLE).map(hash).collect()
}

/// One of a family of hashes: the multiplier spreads, the seed makes them differ.
fn mixed(shingle: u32, seed: u64) -> u64 {
    let value = (u64::from(shingle) + (seed << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (value ^ (value >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 16
}

/// Tells each pair of papers once, at the later; a paragraph that several papers share is told
/// against the first that has it.
pub(super) fn compare<'a>(papers: impl Iterator<Item = &'a Sayings>) -> Vec<Diagnostic> {
    let papers: Vec<&Sayings> = papers.filter(|paper| paper.subject.is_some()).collect();
    let mut known: BTreeMap<(u64, u64), Vec<(usize, usize)>> = BTreeMap::new();
    let mut told = Vec::new();
    for (at, paper) in papers.iter().enumerate() {
        // The earlier paper → how many paragraphs, and the first of them.
        let mut like: BTreeMap<usize, (usize, &Saying)> = BTreeMap::new();
        for saying in &paper.paragraphs {
            let kept = saying.keys.iter().filter_map(|key| known.get(key)).flatten();
            let mut candidates: Vec<(usize, usize)> = kept.copied().collect();
            candidates.sort_unstable();
            let first = candidates.chunk_by(|a, b| a == b).find_map(|agreeing| {
                let (other, paragraph) = *agreeing.first()?;
                let found = agreeing.len() >= AGREE
                    && comparable(paper, papers[other])
                    && alike(saying, &papers[other].paragraphs[paragraph]);
                found.then_some(other)
            });
            if let Some(other) = first {
                like.entry(other).or_insert((0, saying)).0 += 1;
            }
        }
        for (paragraph, saying) in paper.paragraphs.iter().enumerate() {
            for key in &saying.keys {
                let kept = known.entry(*key).or_default();
                if kept.len() < KEPT {
                    kept.push((at, paragraph));
                }
            }
        }
        told.extend(like.into_iter().map(|(other, found)| tell(paper, papers[other], found)));
    }
    told
}

/// The least of each family of hashes.
fn keys(shingles: &[u32]) -> Vec<(u64, u64)> {
    let least = |seed| shingles.iter().map(|shingle| mixed(*shingle, seed)).min();
    (0..HASHES).filter_map(|seed| Some((seed, least(seed)?))).collect()
}

/// Two units, or two leaders, and not the same twice.
fn comparable(one: &Sayings, other: &Sayings) -> bool {
    one.subject != other.subject && one.personal == other.personal
}

/// Whether two paragraphs are alike in what they do not have from the same rows.
fn alike(one: &Saying, other: &Saying) -> bool {
    let has = |of: &Saying, record| of.pieces.iter().any(|(theirs, _)| *theirs == record);
    if !one.pieces.iter().any(|(record, _)| has(other, *record)) {
        return similar(&one.shingles, &other.shingles);
    }
    let own = |of: &Saying, but: &Saying| {
        let pieces = of.pieces.iter().filter(|(record, _)| !has(but, *record));
        pieces.flat_map(|(_, shingles)| shingles.iter().copied()).collect::<Vec<u32>>()
    };
    let (mine, theirs) = (own(one, other), own(other, one));
    // A shingle begins at each character but the last two of a piece.
    mine.len().min(theirs.len()) + SHINGLE > SHORTEST && similar(&sorted(mine), &sorted(theirs))
}

/// Whether two sorted sets have most of what either has.
fn similar(one: &[u32], other: &[u32]) -> bool {
    let (mut at, mut common) = (0, 0);
    for shingle in one {
        while other.get(at).is_some_and(|theirs| theirs < shingle) {
            at += 1;
        }
        common += usize::from(other.get(at) == Some(shingle));
    }
    let either = one.len() + other.len() - common;
    common as f64 >= ALIKE * either as f64
}

fn sorted(mut shingles: Vec<u32>) -> Vec<u32> {
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

fn tell(paper: &Sayings, other: &Sayings, (count, first): (usize, &Saying)) -> Diagnostic {
    let message = format!("有{count}段与“{}”相同或相近，不是出自同一条记录", other.file);
    let (place, cell) = if paper.personal {
        (whole(&paper.file), None)
    } else {
        let text = first.beginning.clone();
        let place = Location::Paper { paper: paper.file.clone(), paragraph: first.number, text };
        (place, first.cell)
    };
    Diagnostic::new(&codes::V151, message)
        .help("各写各的：请两家照自己的原始记录核对这几条")
        .located(place)
        .from_cell(cell)
}

#[cfg(test)]
mod tests {
    use super::{Saying, Sayings, compare, shingles};
    use crate::ledger::{RecordId, Subject, UnitId};

    /// A paper of paragraphs made from words by number: the same number, the same text.
    fn paper(unit: u32, texts: &[u32]) -> Sayings {
        let word = |number: u32| char::from_u32(0x4e00 + number % 3000).unwrap_or('一');
        let text = |seed: u32| {
            let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                word(state >> 16)
            };
            (0..80).map(|_| next()).collect::<String>()
        };
        let saying = |(number, seed): (u32, &u32)| {
            let record = RecordId(unit * 100 + number);
            Saying::new(number, String::new(), None, vec![(record, shingles(&text(*seed)))])
        };
        Sayings {
            file: format!("{unit}.docx"),
            subject: Some(Subject::Unit(UnitId(unit))),
            personal: false,
            paragraphs: (1..).zip(texts).map(saying).collect(),
        }
    }

    #[test]
    fn copies_are_found_among_a_thousand_papers() {
        let mut papers: Vec<Sayings> = (0..1000)
            .map(|unit| paper(unit, &(0..12).map(|at| unit * 12 + at).collect::<Vec<_>>()))
            .collect();
        papers[700] = paper(700, &[8400, 3 * 12 + 4, 8401]);
        papers[900] = paper(900, &[3 * 12 + 4, 5 * 12]);
        let told = compare(papers.iter());
        let found: Vec<&str> = told.iter().map(|told| told.message.as_str()).collect();
        let pair = |file: &str| format!("有1段与“{file}”相同或相近，不是出自同一条记录");
        assert_eq!(found, [pair("3.docx"), pair("3.docx"), pair("5.docx")]);
        // Everybody copies the same: each is told once, against the first.
        let copies: Vec<Sayings> = (0..1000).map(|unit| paper(unit, &[1, 2, 3, 4, 5, 6])).collect();
        let told = compare(copies.iter());
        assert_eq!(told.len(), 999);
    }
}
