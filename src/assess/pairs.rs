//! One row for several duties (口径8): allowed pairs count for both; where a duty with a number in
//! the regime is in it and the pair is not allowed, the one named first counts.

use super::placing::Claim;
use super::reason::Reason;
use crate::kit::{CountingRules, Duty, DutyKind, Recognition};

/// Whether one row may count for both.
pub(super) fn allowed(rules: &CountingRules, a: &str, b: &str) -> bool {
    rules.pairs.iter().any(|(x, y)| (x == a && y == b) || (x == b && y == a))
}

/// Whether the regime itself recognises one of two duties from rows of the other: a row tagged
/// with both says no more than what would be recognised anyhow.
fn linked(a: &Duty, b: &Duty) -> bool {
    let from = |heir: &Duty, other: &Duty| {
        heir.by.iter().any(|by| match by {
            Recognition::Rows { of, .. } | Recognition::Duties { of, .. } => of.contains(&other.id),
            Recognition::Document { .. }
            | Recognition::Sheet { .. }
            | Recognition::Rounds { .. }
            | Recognition::Results
            | Recognition::Papers { .. } => false,
        })
    };
    from(a, b) || from(b, a)
}

/// Refuses the claims that another claim of the same row shuts out.
///
/// Claims that came from the same 责任项 do not compete: the name of a line stands for each of
/// its duties (§1.2).
pub(super) fn settle(rules: &CountingRules, claims: &mut [Claim<'_>]) {
    for at in 1..claims.len() {
        let (before, rest) = claims.split_at_mut(at);
        let claim = &mut rest[0];
        if claim.refused.is_some() {
            continue;
        }
        let rival = before.iter().find(|first| {
            let counted = first.duty.kind == DutyKind::Count || claim.duty.kind == DutyKind::Count;
            first.refused.is_none()
                && first.tag != claim.tag
                && counted
                && !allowed(rules, &first.duty.id, &claim.duty.id)
                && !linked(first.duty, claim.duty)
        });
        if let Some(first) = rival {
            let (first, duty) = (first.duty.id.clone(), claim.duty.id.clone());
            claim.refused = Some(Reason::Rival { first, duty });
        }
    }
}
