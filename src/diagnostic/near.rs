//! Suggestions: the known word that a typed one probably means.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The longest word, in characters, that is compared at all.
const LONGEST: usize = 60;

/// How many of the words that share most with the typed one [`Near`] compares with it.
const COMPARED: usize = 48;

/// How many words that share a pair of characters [`Near`] looks at, rarest pairs first.
const LOOKED_AT: usize = 400;

/// The nearest of `known` to what was typed, near enough to be meant.
///
/// Near is an edit distance of at most a third of the length (at least one), or one containing
/// the other; the first of equals wins, so lists are given in a stable order.
pub fn near_miss<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        if let Some(distance) = distance(typed, candidate)
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, word)| word)
}

/// ，是否指“…”, or nothing.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    asked(near_miss(typed, known))
}

/// ，是否指“…”, or nothing.
fn asked(word: Option<&str>) -> String {
    word.map_or_else(String::new, |word| format!("，是否指“{word}”"))
}

/// How far a word is from what was typed, where it is near.
fn distance(typed: &str, word: &str) -> Option<usize> {
    let (length, size) = (typed.chars().count(), word.chars().count());
    if length == 0 || length.max(size) > LONGEST {
        return None;
    }
    if length >= 2 && size >= 2 && (word.contains(typed) || typed.contains(word)) {
        return Some(length.abs_diff(size));
    }
    let limit = (length / 3).max(1);
    if length.abs_diff(size) > limit {
        return None;
    }
    let distance = strsim::damerau_levenshtein(typed, word);
    // A one-character word differs from every other by one: no evidence of a slip.
    (distance <= limit && distance < length.max(size)).then_some(distance)
}

/// Whether a name leaves characters of another out and adds none: 农技推广站 of 农业技术推广站.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().count() >= 3 && short.chars().all(|c| rest.any(|other| other == c))
}

/// Many known words, indexed by their pairs of characters, so that many unknown ones are compared
/// with few each. Beside near misses it knows abbreviations.
#[derive(Debug, Clone, Default)]
pub struct Near {
    words: Vec<String>,
    by_pair: BTreeMap<[char; 2], Vec<usize>>,
}

impl Near {
    /// Indexes words; the first of equals wins.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut out = Self::default();
        for word in words {
            let at = out.words.len();
            for pair in pairs(&word) {
                let of = out.by_pair.entry(pair).or_default();
                if of.last() != Some(&at) {
                    of.push(at);
                }
            }
            out.words.push(word);
        }
        out
    }

    /// The nearest word.
    pub fn find(&self, typed: &str) -> Option<&str> {
        let near = self.like(typed);
        let words = || near.iter().map(|at| self.words[*at].as_str());
        near_miss(typed, words()).or_else(|| words().find(|word| abbreviates(typed, word)))
    }

    /// ，是否指“…”, or nothing.
    pub fn did_you_mean(&self, typed: &str) -> String {
        asked(self.find(typed))
    }

    /// The words that share most with a typed one, in their order.
    fn like(&self, typed: &str) -> Vec<usize> {
        if self.words.len() <= COMPARED {
            return (0..self.words.len()).collect();
        }
        let mut lists: Vec<&Vec<usize>> =
            pairs(typed).iter().filter_map(|pair| self.by_pair.get(pair)).collect();
        lists.sort_by_key(|list| list.len());
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for list in lists {
            // A pair that too many words share tells those already found apart, and adds none.
            let full = shared.len() >= LOOKED_AT;
            if full {
                for (at, count) in &mut shared {
                    *count += usize::from(list.binary_search(at).is_ok());
                }
                continue;
            }
            for at in list.iter().take(LOOKED_AT) {
                *shared.entry(*at).or_default() += 1;
            }
        }
        let mut best: Vec<(Reverse<usize>, usize)> =
            shared.into_iter().map(|(at, count)| (Reverse(count), at)).collect();
        best.sort_unstable();
        let mut best: Vec<usize> = best.into_iter().take(COMPARED).map(|(_, at)| at).collect();
        best.sort_unstable();
        best
    }
}

/// The pairs of neighbouring characters of a word, its ends among them; none of what is too long.
fn pairs(word: &str) -> Vec<[char; 2]> {
    const END: char = '\0';
    let chars: Vec<char> = [END].into_iter().chain(word.chars()).chain([END]).collect();
    if chars.len() > LONGEST + 2 {
        return Vec::new();
    }
    chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Near, near_miss};

    #[test]
    fn a_slip_of_one_character_is_found_and_a_stranger_is_not() {
        let known = ["责任人", "整改时限", "农技推广站"];
        assert_eq!(near_miss("责仼人", known), Some("责任人"));
        assert_eq!(near_miss("农技站", known), None);
        assert_eq!(near_miss("推广站", known), Some("农技推广站"));
        assert_eq!(near_miss("地点", known), None);
    }

    #[test]
    fn among_many_names_the_index_finds_what_a_comparison_with_all_finds() {
        const FIRST: [&str; 20] = [
            "禾泽", "澜川", "青石", "望江", "白沙", "柳河", "临溪", "云岭", "大湾", "新桥", "双塘",
            "石门", "南浦", "东坪", "西林", "北原", "长乐", "永和", "太平", "安宁",
        ];
        const LAST: [&str; 10] = [
            "农业技术推广站",
            "种子管理站",
            "畜牧兽医所",
            "渔业股",
            "人事股",
            "第一党支部",
            "水产技术所",
            "办公室",
            "农机安全所",
            "植保植检站",
        ];
        let pairs = FIRST.iter().flat_map(|first| LAST.iter().map(move |last| (first, last)));
        let known: Vec<String> = pairs.map(|(first, last)| format!("{first}{last}")).collect();
        let near = Near::new(known.iter().cloned());
        for word in &known {
            let slip: String =
                word.chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
            for typed in
                [slip, word.replace('站', "所"), word.replace('管', ""), format!("{word}的")]
            {
                let all = near_miss(&typed, known.iter().map(String::as_str));
                assert_eq!(near.find(&typed), all, "{typed}");
            }
        }
        assert_eq!(near.find("某某某"), None);
    }
}
