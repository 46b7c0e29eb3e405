//! The metrics (指标) M01–M15 and those of papers sent up, each defined once
//! (study/domain.md §2.9) and the same in every paper of a run.

use crate::ledger::RecordId;

/// A metric: one id may hold several figures (学习次数, 研讨次数).
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// `M01`.
    pub id: &'static str,
    /// Its Chinese name, the field's name under 指标: 专题研究次数.
    pub name: &'static str,
    /// Its value.
    pub value: MetricValue,
    /// 次, 期, 人次, 个 …; empty for ratios.
    pub unit: &'static str,
    /// The rows it was computed from.
    pub rows: Vec<RecordId>,
}

/// A count, or a ratio with numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricValue {
    /// A count.
    Count(u32),
    /// Numerator and denominator.
    Ratio(u32, u32),
}
