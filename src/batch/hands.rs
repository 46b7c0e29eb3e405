//! Many hands: the same work on every item, on all cores. Results come in the order of the items,
//! so nothing shows how many hands there were; work that panics spoils its own item only.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The stack of a hand: that of a main thread, since rendering recurses.
const STACK: usize = 8 << 20;

/// Does the work on every item; nothing for one on which it panicked.
pub(super) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<Option<R>> {
    let next = AtomicUsize::new(0);
    let hand = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, catch_unwind(AssertUnwindSafe(|| work(item))).ok()));
        }
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut out: Vec<Option<R>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        // Where a thread cannot be had, the others do its share.
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, hand).ok();
        let others: Vec<_> = (1..cores.min(items.len())).filter_map(spawn).collect();
        let mut done = hand();
        done.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_default()));
        for (at, result) in done {
            out[at] = result;
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_come_in_order_and_a_panic_spoils_its_own_item() {
        let items: Vec<usize> = (0..100).collect();
        let done = each(&items, |at| {
            assert!(*at != 7, "a bug");
            at * 2
        });
        let expected: Vec<Option<usize>> =
            items.iter().map(|at| (*at != 7).then_some(at * 2)).collect();
        assert_eq!(done, expected);
        assert!(each(&[], |_: &u8| ()).is_empty());
    }
}
