//! The table of states (study/domain.md §1.3) and 序时滞后 (口径3).

use super::State;
use super::calendar::Span;
use super::windows::Slot;
use crate::kit::DutyKind;

/// What one slot of a duty is judged by.
pub(super) struct Standing<'a> {
    /// 性质 of the duty.
    pub(super) kind: DutyKind,
    /// The slot.
    pub(super) slot: &'a Slot,
    /// How much is needed.
    pub(super) need: u32,
    /// How much counts.
    pub(super) done: u32,
    /// Whether its number is spread over the window, so that it may fall behind.
    pub(super) spread: bool,
    /// Whether an empty duty that is no count waits for its due date (A6.1, B4.1 …).
    pub(super) waits: bool,
    /// The confirmation that it was not done.
    pub(super) not_done: Option<usize>,
    /// The confirmation that it did not happen.
    pub(super) did_not_happen: Option<usize>,
}

impl Standing<'_> {
    /// The state, and the confirmation that it rests on.
    pub(super) fn judge(&self) -> (State, Option<usize>) {
        match self.kind {
            DutyKind::Count if self.done >= self.need => (State::Met, None),
            DutyKind::Count if self.slot.is_due() => (State::Unmet, self.not_done),
            DutyKind::Count if self.spread && self.is_behind() => (State::Behind, None),
            DutyKind::Count => (State::NotDue, None),
            DutyKind::Soft | DutyKind::Exists | DutyKind::Content | DutyKind::Timely => {
                if self.done > 0 {
                    (State::OnRecord, None)
                } else if self.waits && !self.slot.is_due() {
                    (State::NotDue, None)
                } else {
                    (State::NoRecord, self.not_done)
                }
            }
            DutyKind::Event => match self.did_not_happen {
                _ if self.done > 0 => (State::OnRecord, None),
                Some(confirmed) if self.slot.is_due() => (State::DidNotHappen, Some(confirmed)),
                Some(_) | None => (State::Unconfirmed, None),
            },
        }
    }

    /// done < ⌊need × m/n⌋, m the months that have ended until the window ends or it falls due,
    /// n all of them.
    fn is_behind(&self) -> bool {
        let window = self.slot.window;
        let time = Span::new(window.start, window.end.max(self.slot.due));
        let (ended, all) = time.months_ended(self.slot.judged_at);
        let wanted = u64::from(self.need) * u64::from(ended) / u64::from(all);
        u64::from(self.done) < wanted
    }
}
