//! Slips of those who write tags: signs in place of words, words run together, a block word
//! misspelt. What is found here only makes a message name its cause; nothing is read so.

use crate::diagnostic::near_miss;
use crate::template::expression::{BlockKind, Fault};
use crate::template::fold::{fold_char, fold_name, is_blank};

/// Signs of comparison and the words for them, the longer signs first.
const SIGNS: [(&str, &str); 12] = [
    ("!=", "不等于"),
    ("<>", "不等于"),
    ("≠", "不等于"),
    (">=", "不小于"),
    ("≥", "不小于"),
    ("<=", "不大于"),
    ("≤", "不大于"),
    ("===", "等于"),
    ("==", "等于"),
    ("=", "等于"),
    (">", "大于"),
    ("<", "小于"),
];

/// The block that a word was hardly meant to be anything but: `如果年度`, `循坏`.
pub(super) fn meant_block(word: &str) -> Option<BlockKind> {
    let words = BlockKind::WORDS.map(|(word, _)| word);
    near_miss(&fold_name(word).to_lowercase(), words).and_then(BlockKind::find)
}

/// A block word and what was written on without a blank: 如果年度.
pub(super) fn run_together(word: &str) -> Option<(&'static str, String)> {
    let folded = fold_name(word);
    let lower = folded.to_lowercase();
    let begun = BlockKind::WORDS.iter().map(|(word, _)| *word).find(|w| lower.starts_with(w))?;
    let rest = folded.get(begun.len()..).filter(|rest| !rest.is_empty())?;
    Some((begun, rest.to_owned()))
}

/// The block that a printing tag may have been meant to open: `如果年度`, `循坏 检查发现`. Only an end
/// that ends nothing makes it one: 循环经济 may be a column.
pub(super) fn may_open(content: &str) -> Option<BlockKind> {
    let mut words = content.split(is_blank).filter(|word| !word.is_empty());
    let first = words.next()?;
    if let Some((begun, _)) = run_together(first) {
        return BlockKind::find(begun);
    }
    words.next().and_then(|_| meant_block(first))
}

/// What is wrong with a word that should open a block; `sign` is `#` where one stands before it.
pub(super) fn no_block(word: &str, sign: &str) -> Fault {
    if let Some((begun, rest)) = run_together(word) {
        return Fault::new(
            format!("“{begun}”后面要空一格"),
            format!("写成 {{{{{sign}{begun} {rest}}}}}"),
        );
    }
    let (near, help) = match meant_block(word).map(BlockKind::word) {
        Some(meant) => (format!("，是否指“{meant}”"), format!("写成 {{{{{sign}{meant} …}}}}；")),
        None => (String::new(), String::new()),
    };
    let list = if near.is_empty() {
        format!("；要逐条列出“{word}”，写 {{{{#循环 {word}}}}}…{{{{/循环}}}}")
    } else {
        String::new()
    };
    Fault::new(
        format!("没有“{sign}{word}”这种块{near}"),
        format!("{help}块只有 循环、如果、除非、伴随{list}"),
    )
}

/// `结束如果`: an end that names its block behind the word.
pub(super) fn named_end(content: &str) -> Option<BlockKind> {
    BlockKind::find(fold_name(content).strip_prefix("结束")?)
}

/// Whether a sign of comparison stands in a word.
pub(super) fn compares(word: &str) -> bool {
    word.chars().map(fold_char).any(|c| matches!(c, '=' | '≠' | '<' | '>' | '≥' | '≤'))
}

/// What is wrong with a comparison by a sign: `年度 = 2024`.
pub(super) fn compared(text: &str) -> Option<Fault> {
    let folded: String = text.chars().map(fold_char).collect();
    let (at, sign, word) = SIGNS
        .iter()
        .filter_map(|(sign, word)| Some((folded.find(sign)?, *sign, *word)))
        .min_by_key(|(at, sign, _)| (*at, std::cmp::Reverse(sign.len())))?;
    let (left, right) = (folded[..at].trim(), folded[at + sign.len()..].trim());
    let (left, right) =
        if left.is_empty() || right.is_empty() { ("甲", "乙") } else { (left, right) };
    Some(Fault::new(
        format!("比较不写“{sign}”，写“{word}”"),
        format!("写成 {word} {left} {right}；比较有 等于、不等于、大于、小于、不小于、不大于、含"),
    ))
}

/// What is wrong where a fixed phrase is asked for: those are put into text templates before
/// their tags are read.
pub(super) fn phrase(word: &str) -> Option<Fault> {
    (fold_name(word) == "用语").then(|| {
        Fault::new(
            "“用语”只能用在文本模板（.md）里",
            "在 Word 模板里直接写上这段文字；各条用语见 固定用语.toml",
        )
    })
}
