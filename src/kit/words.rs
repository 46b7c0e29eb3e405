//! The fixed words of a regime file and of the sheet 责任清单: 性质, 周期, 范围, 责任主体 …

use super::regime::{Applies, DutyHolder, DutyKind, Scope, Window};
use crate::contract::heading;
use crate::part::PartKind;

/// A value that is written as one of a few Chinese words.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// What the vocabulary is called: 性质.
    const NAME: &'static str;
    /// Word and value; the first word of a value is the one that is printed.
    const WORDS: &'static [(&'static str, Self)];

    /// The value of a word, blanks within it ignored.
    fn parse(word: &str) -> Option<Self> {
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }

    /// The words that are offered and hinted at: the first of each value.
    fn choices() -> Vec<&'static str> {
        let first = |at: usize, value: Self| Self::WORDS[..at].iter().all(|(_, v)| *v != value);
        let words = Self::WORDS.iter().enumerate();
        words.filter(|(at, (_, value))| first(*at, *value)).map(|(_, (word, _))| *word).collect()
    }
}

impl Word for DutyHolder {
    const NAME: &'static str = heading::SUBJECT;
    const WORDS: &'static [(&'static str, Self)] = &[
        ("局党组", Self::PartyGroup),
        ("党组书记", Self::Secretary),
        ("分管领导", Self::DirectLeader),
        ("班子成员", Self::Leaders),
        ("局办公室", Self::Office),
        ("站股室", Self::Units),
        ("支部", Self::Branches),
        ("站股室、支部", Self::UnitsAndBranches),
        ("站股室主要负责人", Self::UnitHeads),
        ("检查组", Self::Inspectors),
        ("党组", Self::PartyGroup),
        ("办公室", Self::Office),
    ];
}

impl Word for DutyKind {
    const NAME: &'static str = heading::DUTY_KIND;
    const WORDS: &'static [(&'static str, Self)] = &[
        ("定次", Self::Count),
        ("一般", Self::Soft),
        ("文件", Self::Exists),
        ("写入", Self::Content),
        ("有事", Self::Event),
        ("及时", Self::Timely),
    ];
}

impl Word for Window {
    const NAME: &'static str = heading::WINDOW;
    const WORDS: &'static [(&'static str, Self)] = &[
        ("年", Self::YEAR),
        ("半年", Self::Parts(PartKind::Half, None)),
        ("季", Self::Parts(PartKind::Quarter, None)),
        ("月", Self::Parts(PartKind::Month, None)),
        ("上半年", Self::Parts(PartKind::Half, Some(1))),
        ("有事时", Self::Trigger),
        ("季度", Self::Parts(PartKind::Quarter, None)),
    ];

    /// 每 may stand before it; any one part by its name: 第三季度, 3月.
    fn parse(word: &str) -> Option<Self> {
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        let bare = word.trim_start_matches('每').trim_start_matches('个');
        let known = Self::WORDS.iter().find(|(known, _)| *known == bare).map(|(_, value)| *value);
        known.or_else(|| {
            PartKind::ALL.into_iter().find_map(|kind| {
                let number = kind.numbers().find(|number| kind.name(*number) == bare)?;
                Some(if kind == PartKind::Year {
                    Self::YEAR
                } else {
                    Self::Parts(kind, Some(number))
                })
            })
        })
    }
}

impl Word for Scope {
    const NAME: &'static str = heading::SCOPE;
    const WORDS: &'static [(&'static str, Self)] = &[
        ("全局", Self::Bureau),
        ("成员", Self::Leader),
        ("成员×单位", Self::LeaderUnit),
        ("站股室", Self::Unit),
        ("支部", Self::Branch),
        ("成员x单位", Self::LeaderUnit),
        ("成员X单位", Self::LeaderUnit),
        ("成员*单位", Self::LeaderUnit),
    ];
}

impl Word for Applies {
    const NAME: &'static str = "适用";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("全部", Self::All),
        ("有下属单位", Self::WithSubUnits),
        ("有宣传阵地", Self::WithMedia),
        ("股室除外", Self::NotSections),
    ];
}

/// The word that is printed for a value.
pub(crate) fn word_of<T: Word>(value: T) -> &'static str {
    T::WORDS.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}

/// 类型 of rounds of inspection (检查批次).
pub(crate) const ROUNDS: &[&str] = &["半年检查", "专题督查", "年度考核", "上级检查"];

/// 领域.
pub(crate) const DOMAINS: &[&str] = &["意识形态", "网络安全"];

/// Papers that duties feed.
pub(crate) const PAPER_CODES: &[&str] = &["ZC", "HB", "TB", "DC", "MZ", "SZ", "KH", "ZG"];
