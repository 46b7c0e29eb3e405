//! Parts of the year by which work is asked for, dated and reported: what kinds there are, how
//! long they are and what they are called.

use std::ops::RangeInclusive;

/// A kind of part that every year is divided into; shorter kinds first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// 月.
    Month,
    /// 季.
    Quarter,
    /// 半年.
    Half,
    /// 年.
    Year,
}

impl PartKind {
    /// Every kind, the shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Half, Self::Year];

    /// How many months a part has.
    pub fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }

    /// The numbers of a year's parts, from 1.
    pub fn numbers(self) -> RangeInclusive<i8> {
        1..=12 / self.months()
    }

    /// What follows 每: 每季度.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Month => "月",
            Self::Quarter => "季度",
            Self::Half => "半年",
            Self::Year => "年",
        }
    }

    /// A part within its year: 3月, 第三季度, 上半年, 全年. Numbers out of range name the nearest.
    pub fn name(self, number: i8) -> String {
        let number = number.clamp(1, *self.numbers().end());
        let nth = usize::from(number.unsigned_abs()) - 1;
        match self {
            Self::Month => format!("{number}月"),
            Self::Quarter => format!("第{}季度", ["一", "二", "三", "四"][nth]),
            Self::Half => ["上半年", "下半年"][nth].to_owned(),
            Self::Year => "全年".to_owned(),
        }
    }
}
