//! The words of the closed columns and what they mean (study/domain.md §3.5).

use super::fold::fold;
use super::records::{Conclusion, Domain, FindingStatus, PartyPost, RoleKind, RoundKind, UnitKind};

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
    let status = match word.as_str() {
        "已完成" | "完成" | "已整改" | "整改完成" | "已落实" | "已办结" | "办结" | "√" | "✓"
        | "是" | "Y" | "已完成整改" | "已整改到位" | "整改到位" | "已整改完成" | "已销号"
        | "销号" => FindingStatus::Done,
        "基本完成" | "基本整改到位" | "阶段性完成" | "取得阶段性成效" | "部分完成" => {
            FindingStatus::Mostly
        }
        "正在整改" | "正在推进" | "推进中" | "整改中" | "进行中" | "落实中" | "有序推进"
        | "待验收" => FindingStatus::Doing,
        "长期坚持" | "持续推进" | "常态化推进" | "持续整改" => {
            FindingStatus::Sustain
        }
        "未完成" | "未整改" | "未落实" | "否" | "×" | "未开展" | "拟开展" | "计划" | "计划中"
        | "未启动" | "待整改" => FindingStatus::NotDone,
        "整改延期" | "延期" | "逾期未完成" | "超期" => FindingStatus::Delayed,
        "不涉及" | "无" | "/" | "—" | "不适用" => FindingStatus::NotApplicable,
        _ => return None,
    };
    Some((status, sustain))
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

/// 党组职务; 党组书记 and 党组成员 are understood, 副书记 counts as a member.
pub(super) fn party_post(text: &str) -> Option<PartyPost> {
    let folded = fold(text);
    match folded.strip_prefix("党组").unwrap_or(&folded) {
        "书记" => Some(PartyPost::Secretary),
        "成员" | "副书记" | "副书记、成员" => Some(PartyPost::Member),
        "" | "无" | "/" | "—" => Some(PartyPost::None),
        _ => None,
    }
}

/// 角色 of a leader.
pub(super) fn role(text: &str) -> Option<RoleKind> {
    match fold(text).as_str() {
        "第一责任人" => Some(RoleKind::First),
        "直接责任人" | "分管领导" => Some(RoleKind::Direct),
        "班子成员" | "成员" => Some(RoleKind::Member),
        "派驻" | "派驻纪检组长" => Some(RoleKind::Dispatched),
        _ => None,
    }
}

/// 类型 of a unit.
pub(super) fn unit_kind(text: &str) -> Option<UnitKind> {
    match fold(text).as_str() {
        "办公室" => Some(UnitKind::Office),
        "股室" | "科室" => Some(UnitKind::Section),
        "站所" | "站" | "所" => Some(UnitKind::Station),
        "支部" | "党支部" => Some(UnitKind::Branch),
        _ => None,
    }
}

/// 领域.
pub(super) fn domain(text: &str) -> Option<Domain> {
    match fold(text).as_str() {
        "意识形态" => Some(Domain::Ideology),
        "网络安全" => Some(Domain::Network),
        "两者" | "意识形态和网络安全" | "意识形态、网络安全" | "网络安全、意识形态" => {
            Some(Domain::Both)
        }
        _ => None,
    }
}

/// 类型 of a round.
pub(super) fn round_kind(text: &str) -> Option<RoundKind> {
    match fold(text).as_str() {
        "半年检查" => Some(RoundKind::HalfYear),
        "专题督查" => Some(RoundKind::Special),
        "年度考核" => Some(RoundKind::Annual),
        "上级检查" => Some(RoundKind::Superior),
        _ => None,
    }
}

/// 核实结论.
pub(super) fn conclusion(text: &str) -> Option<Conclusion> {
    match fold(text).as_str() {
        "未发生" => Some(Conclusion::DidNotHappen),
        "确未开展" => Some(Conclusion::NotDone),
        _ => None,
    }
}

/// Whether a word of a closed column is understood; `choices` are the words of its dropdown.
pub(super) fn understood(heading: &str, text: &str, choices: &[&str]) -> bool {
    let folded = fold(text);
    if choices.iter().any(|choice| fold(choice) == folded) {
        return true;
    }
    match heading {
        "整改状态" | "状态" => status(text).is_some(),
        "党组职务" => party_post(text).is_some(),
        "角色" => role(text).is_some(),
        "领域" => domain(text).is_some(),
        "类型" => choices.contains(&"股室") && unit_kind(text).is_some(),
        _ => choices.len() <= 3 && choices.iter().all(|c| yes(c).is_some()) && yes(text).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::{status, understood};
    use crate::ledger::contract::words;
    use crate::ledger::records::FindingStatus;

    #[test]
    fn the_words_of_every_dropdown_are_understood() {
        for word in words::STATUSES.iter().chain(words::DUTY_STATUSES) {
            assert!(status(word).is_some(), "{word}");
        }
        for word in words::PARTY_POSTS {
            assert!(super::party_post(word).is_some());
        }
        for word in words::ROLES {
            assert!(super::role(word).is_some());
        }
        for word in words::UNIT_KINDS {
            assert!(super::unit_kind(word).is_some());
        }
        for word in words::DOMAINS {
            assert!(super::domain(word).is_some());
        }
        for word in words::ROUND_KINDS {
            assert!(super::round_kind(word).is_some());
        }
        for word in words::CONCLUSIONS {
            assert!(super::conclusion(word).is_some());
        }
    }

    #[test]
    fn a_status_may_say_that_it_is_kept_up() {
        assert_eq!(status("已完成并长期坚持"), Some((FindingStatus::Done, true)));
        assert_eq!(status("已完成，持续推进"), Some((FindingStatus::Done, true)));
        assert_eq!(status("长期坚持"), Some((FindingStatus::Sustain, false)));
        assert_eq!(status("60%"), Some((FindingStatus::Doing, false)));
        assert_eq!(status("差不多"), None);
        assert!(understood("是否销号", "已销号", words::YES_NO));
        assert!(!understood("类型", "科长", words::UNIT_KINDS));
    }
}
