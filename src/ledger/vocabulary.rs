//! The words of the closed columns and what they mean (study/domain.md §3.5).

use super::fold::{fold, is_nothing, parts};
use crate::contract::words;
use crate::kit::Terms;

/// Defines what a closed column says: each value with its word, and other words for it.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident $($value:ident $word:literal $($other:literal)*;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("“", $word, "”.")] $value,)*
        }

        impl $name {
            /// The word that the column and papers have for it.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)*
                }
            }

            /// What a cell says, if it is understood.
            pub(super) fn read(text: &str) -> Option<Self> {
                match fold(text).as_str() {
                    $($word $(| $other)* => Some(Self::$value),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// 党组职务; a cell may also say that there is none.
    PartyPost
    Secretary "书记";
    Member "成员";
    None "" "无" "/" "—";
}

words! {
    /// 角色 of a leader.
    RoleKind
    First "第一责任人";
    Direct "直接责任人" "分管领导";
    Member "班子成员" "成员";
    Dispatched "派驻" "派驻纪检组长";
}

words! {
    /// 类型 of a unit.
    UnitKind
    Office "办公室";
    Section "股室";
    Station "站所";
    Branch "支部";
}

words! {
    /// 领域.
    Domain
    Ideology "意识形态";
    Network "网络安全";
    Both "两者" "意识形态和网络安全" "意识形态、网络安全" "网络安全、意识形态";
}

words! {
    /// 类型 of a round.
    RoundKind
    HalfYear "半年检查";
    Special "专题督查";
    Annual "年度考核";
    Superior "上级检查";
}

words! {
    /// 核实结论.
    Conclusion
    DidNotHappen "未发生";
    NotDone "确未开展";
}

words! {
    /// 整改状态, 状态.
    FindingStatus
    Done "已完成" "完成" "已整改" "整改完成" "已落实" "已办结" "办结" "√" "✓" "是" "Y" "已完成整改"
        "已整改到位" "整改到位" "已整改完成" "已销号" "销号";
    Mostly "基本完成" "基本整改到位" "阶段性完成" "取得阶段性成效" "部分完成";
    Doing "正在整改" "正在推进" "推进中" "整改中" "进行中" "落实中" "有序推进" "待验收";
    Sustain "长期坚持" "持续推进" "常态化推进" "持续整改";
    NotDone "未完成" "未整改" "未落实" "否" "×" "未开展" "拟开展" "计划" "计划中" "未启动" "待整改";
    Delayed "整改延期" "延期" "逾期未完成" "超期";
    NotApplicable "不涉及" "无" "/" "—" "不适用";
}

/// 党组职务, also in other words for it; of several (副书记、委员) the first.
pub(super) fn party_post(text: &str, terms: &Terms) -> Option<PartyPost> {
    let one = |text: &str| PartyPost::read(text).or_else(|| PartyPost::read(terms.post(text)?));
    one(text).or_else(|| one(parts(text).next().filter(|part| !is_nothing(part))?))
}

/// 类型 of a unit, also in other words for it.
pub(super) fn unit_kind(text: &str, terms: &Terms) -> Option<UnitKind> {
    UnitKind::read(text).or_else(|| UnitKind::read(terms.kind(text)?))
}

/// 整改状态 or 状态, and whether it is to be kept up afterwards.
pub(super) fn status(text: &str) -> Option<(FindingStatus, bool)> {
    let folded = fold(text);
    if let Some(percent) = folded.strip_suffix('%') {
        let percent: f64 = percent.parse().ok()?;
        return Some((percent_status(percent)?, false));
    }
    // 已完成并长期坚持 is done, and to be kept up.
    let (word, sustain) = match ["并长期坚持", "长期坚持", "并持续推进", "持续推进"]
        .iter()
        .find_map(|tail| folded.strip_suffix(tail))
    {
        Some(rest) if !rest.is_empty() => {
            (rest.trim_end_matches(['、', ',', ';', '，', '。']).to_owned(), true)
        }
        Some(_) | None => (folded, false),
    };
    FindingStatus::read(&word).map(|status| (status, sustain))
}

fn percent_status(percent: f64) -> Option<FindingStatus> {
    match percent {
        100.0 => Some(FindingStatus::Done),
        0.0 => Some(FindingStatus::NotDone),
        p if (0.0..100.0).contains(&p) => Some(FindingStatus::Doing),
        _ => None,
    }
}

/// 是 or 否; for 是否销号 also 已销号.
pub(super) fn yes(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "是" | "√" | "✓" | "Y" | "y" | "对" | "有" | "已销号" | "销号" | "同意销号"
        | "验收合格" => Some(true),
        "否" | "×" | "N" | "n" | "不" | "无" | "没有" | "未销号" => Some(false),
        _ => None,
    }
}

/// The word of a closed column that a cell says, if it is understood; `choices` are the words of
/// its dropdown.
pub(super) fn word(
    text: &str,
    choices: &'static [&'static str],
    terms: &Terms,
) -> Option<&'static str> {
    let folded = fold(text);
    let exact = choices.iter().find(|choice| fold(choice) == folded).copied();
    exact.or_else(|| match choices {
        words::STATUSES | words::DUTY_STATUSES => status(text).map(|(status, _)| status.word()),
        words::PARTY_POSTS => party_post(text, terms).map(PartyPost::word),
        words::ROLES => RoleKind::read(text).map(RoleKind::word),
        words::DOMAINS => Domain::read(text).map(Domain::word),
        words::UNIT_KINDS => unit_kind(text, terms).map(UnitKind::word),
        _ if choices.iter().all(|choice| yes(choice).is_some()) => {
            let said = yes(text)?;
            choices.iter().find(|choice| yes(choice) == Some(said)).copied()
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{FindingStatus, status, word};
    use crate::contract::words;
    use crate::kit::Terms;

    #[test]
    fn the_words_of_every_dropdown_are_understood() {
        for word in words::STATUSES.iter().chain(words::DUTY_STATUSES) {
            assert!(status(word).is_some(), "{word}");
        }
        for word in words::PARTY_POSTS {
            assert!(super::PartyPost::read(word).is_some());
        }
        for word in words::ROLES {
            assert!(super::RoleKind::read(word).is_some());
        }
        for word in words::UNIT_KINDS {
            assert!(super::UnitKind::read(word).is_some());
        }
        for word in words::DOMAINS {
            assert!(super::Domain::read(word).is_some());
        }
        for word in words::ROUND_KINDS {
            assert!(super::RoundKind::read(word).is_some());
        }
        for word in words::CONCLUSIONS {
            assert!(super::Conclusion::read(word).is_some());
        }
    }

    #[test]
    fn a_status_may_say_that_it_is_kept_up() {
        assert_eq!(status("已完成并长期坚持"), Some((FindingStatus::Done, true)));
        assert_eq!(status("已完成，持续推进"), Some((FindingStatus::Done, true)));
        assert_eq!(status("长期坚持"), Some((FindingStatus::Sustain, false)));
        assert_eq!(status("60%"), Some((FindingStatus::Doing, false)));
        assert_eq!(status("差不多"), None);
        assert_eq!(word("已销号", words::YES_NO, &Terms::default()), Some("是"));
        assert_eq!(word("科长", words::UNIT_KINDS, &Terms::default()), None);
    }

    #[test]
    fn a_stroke_among_other_signs_is_no_post() {
        let post = |text| super::party_post(text, &Terms::default());
        assert_eq!(post("/"), Some(super::PartyPost::None));
        assert_eq!(post("/， 、"), None);
        assert_eq!(post("书记、委员"), Some(super::PartyPost::Secretary));
    }
}
