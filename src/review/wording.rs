//! Words that a reader stumbles over: vague counters (K25), 请示 wording in a report (K29), damage
//! of a careless replacement (K24), 未发生 without a confirmation behind it (K27).

use std::ops::Range;

use super::numerals::digit;
use super::{Found, places, sentence};
use crate::diagnostic::codes;
use crate::ledger::Conclusion;

/// Counters that count nothing.
const VAGUE: [&str; 6] = ["多次", "若干", "数次", "大量", "一系列", "许多"];

/// Measure words after 10余.
const MEASURES: &str = "次个条项件份人场期篇名家处轮";

/// What only a 请示 may say.
const REQUESTS: [&str; 11] = [
    "请批准",
    "请予批准",
    "请予支持",
    "请审批",
    "请予审批",
    "请批复",
    "请予批复",
    "请批示",
    "请核批",
    "请予解决",
    "恳请",
];

/// Fixed words whose numeral was replaced by a digit, and what they should be.
const FIXED: [(&str, &str); 16] = [
    ("1岗双责", "一岗双责"),
    ("第1责任人", "第一责任人"),
    ("1把手", "一把手"),
    ("3重1大", "三重一大"),
    ("三重1大", "三重一大"),
    ("3会1课", "三会一课"),
    ("三会1课", "三会一课"),
    ("3审3校", "三审三校"),
    ("3审三校", "三审三校"),
    ("2个确立", "两个确立"),
    ("2个维护", "两个维护"),
    ("4个意识", "四个意识"),
    ("4个自信", "四个自信"),
    ("109大", "十九大"),
    ("19大", "十九大"),
    ("20大", "二十大"),
];

/// Signs and words that stand twice, or side by side as none should.
const DOUBLED: [&str; 12] = [
    "，，",
    "。。",
    "；；",
    "、、",
    "，。",
    "；。",
    "。；",
    "：。",
    "局长局长",
    "书记书记",
    "同志同志",
    "党组党组",
];

/// Claims that something did not happen.
const CLAIMS: [&str; 3] = ["未发生", "零发生", "没有发生"];

/// After such a word nothing is claimed.
const NO_CLAIM: [&str; 4] = ["变化", "改变", "变更", "转移"];

pub(super) fn check(found: &mut Found<'_>) {
    for paragraph in found.paragraphs() {
        let text = &paragraph.text;
        if let Some(range) = vague(text) {
            let word = text[range.clone()].to_owned();
            found.tell(
                &codes::V171,
                paragraph,
                range,
                format!("“{word}”没有数"),
                "台账有数的写实数；没有数的改掉这个词",
            );
        }
        for (wrong, right) in FIXED {
            let apart = places(text, wrong).find(|range| {
                let before = text[..range.start].chars().next_back();
                // 20大类, 12大队: a number of big things.
                let counted = text[range.end..].starts_with(['类', '项', '块', '队', '件']);
                !counted && !before.is_some_and(|c| digit(c).is_some() || c == '第')
            });
            if let Some(range) = apart {
                let help = format!("写作“{right}”");
                let message = format!("“{wrong}”多半是替换时改坏的");
                found.tell(&codes::V173, paragraph, range, message, &help);
            }
        }
        for word in DOUBLED {
            if let Some(range) = places(text, word).next() {
                let message = format!("“{word}”连在一起");
                found.tell(&codes::V173, paragraph, range, message, "删去多余的");
            }
        }
        let report = found.draft.paper.kind.contains("报告");
        let request = REQUESTS.iter().find_map(|word| places(text, word).next());
        if let Some(range) = request.filter(|_| report) {
            let word = text[range.clone()].to_owned();
            found.tell(
                &codes::V172,
                paragraph,
                range,
                format!("报告里写了“{word}”"),
                "请示事项另行请示，报告里不夹带",
            );
        }
    }
    claims(found);
}

/// The first vague counter outside the titles of documents (若干规定).
fn vague(text: &str) -> Option<Range<usize>> {
    let words = VAGUE.iter().flat_map(|word| places(text, word));
    let found = words.chain(odd(text)).filter(|range| !in_title(text, range.start));
    found.min_by_key(|range| range.start)
}

/// 10余次.
fn odd(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    places(text, "余").filter_map(|range| {
        let measured = text[range.end..].chars().next().filter(|c| MEASURES.contains(*c))?;
        let before = &text[..range.start];
        let digits =
            before.chars().rev().take_while(|c| digit(*c).is_some() || "十百千".contains(*c));
        let length: usize = digits.map(char::len_utf8).sum();
        (length > 0).then(|| range.start - length..range.end + measured.len_utf8())
    })
}

fn in_title(text: &str, at: usize) -> bool {
    text[..at].rfind('《') > text[..at].rfind('》')
}

/// A zero needs somebody who confirmed it, and says who.
fn claims(found: &mut Found<'_>) {
    let confirmations = &found.draft.ledger.confirmations;
    let confirmed =
        confirmations.iter().any(|row| row.conclusion == Some(Conclusion::DidNotHappen));
    for paragraph in found.paragraphs() {
        let text = &paragraph.text;
        for word in CLAIMS {
            let claim = places(text, word).find(|range| {
                let rest = &text[range.end..];
                let says_who = text[sentence(text, range.start)].contains("核实");
                let claims = !NO_CLAIM.iter().any(|word| rest.starts_with(word));
                claims && (!confirmed || !says_who)
            });
            if let Some(range) = claim {
                found.tell(
                    &codes::V174,
                    paragraph,
                    range,
                    format!("写了“{word}”，没有核实的记录"),
                    "经人核实的在“核实事项”登记（核实结论填“未发生”），写明谁在哪天核实；没有核实的不写",
                );
            }
        }
    }
}
