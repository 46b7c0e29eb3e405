//! Jobs timed in turn, round after round; medians, ratios and promises.
#![expect(clippy::disallowed_methods, reason = "a bench looks at the clock")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long one turn of a job lasts at least, so that the clock's grain does not count.
const TURN: Duration = Duration::from_millis(4);

/// Rounds: every job has one turn in each.
const ROUNDS: usize = 61;

/// A job by its name.
pub type Job<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// Times of jobs, round by round.
#[derive(Debug)]
pub struct Times {
    names: Vec<String>,
    /// By job, by round: seconds of one run.
    seconds: Vec<Vec<f64>>,
}

/// Runs the jobs in turn; the order is turned round every other time.
pub fn in_turns(mut jobs: Vec<Job<'_>>) -> Times {
    let runs: Vec<u32> = jobs.iter_mut().map(|(_, job)| runs_of(job)).collect();
    let mut seconds = vec![Vec::with_capacity(ROUNDS); jobs.len()];
    // A round of jobs that take long by themselves is not repeated as often.
    let round: Duration = jobs.iter_mut().map(|(_, job)| once(job)).sum();
    let rounds = if round > Duration::from_millis(400) { ROUNDS / 6 } else { ROUNDS };
    for round in 0..rounds {
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for at in order {
            let start = Instant::now();
            for _ in 0..runs[at] {
                jobs[at].1();
            }
            seconds[at].push(start.elapsed().as_secs_f64() / f64::from(runs[at]));
        }
    }
    Times { names: jobs.into_iter().map(|(name, _)| name.to_owned()).collect(), seconds }
}

/// How often a job runs in one turn.
fn runs_of(job: &mut Box<dyn FnMut() + '_>) -> u32 {
    once(job);
    let single = once(job).min(once(job)).max(Duration::from_nanos(50));
    u32::try_from(TURN.as_nanos() / single.as_nanos()).unwrap_or(u32::MAX).clamp(1, 100_000)
}

fn once(job: &mut Box<dyn FnMut() + '_>) -> Duration {
    let start = Instant::now();
    job();
    start.elapsed()
}

impl Times {
    fn job(&self, name: &str) -> &[f64] {
        let at = self.names.iter().position(|known| known == name).expect("a job of this run");
        &self.seconds[at]
    }

    /// The median of a job, in seconds.
    pub fn median(&self, name: &str) -> f64 {
        self.seconds(name)[1]
    }

    /// The fastest round of a job, in seconds: what other programs on the machine add least to.
    pub fn least(&self, name: &str) -> f64 {
        self.job(name).iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// Quartiles of a job, in seconds.
    pub fn seconds(&self, name: &str) -> [f64; 3] {
        quartiles(self.job(name).to_vec())
    }

    /// Quartiles of a job over another, round by round.
    pub fn ratio(&self, name: &str, floor: &str) -> [f64; 3] {
        quartiles(self.job(name).iter().zip(self.job(floor)).map(|(a, b)| a / b).collect())
    }

    /// A line for each job: the fastest round, the median, and the middle half of the rounds.
    pub fn print(&self) {
        for name in &self.names {
            let [low, mid, high] = self.seconds(name);
            let least = show(self.least(name));
            println!(
                "  {name:<44} {least:>10} {:>10}   ({} … {})",
                show(mid),
                show(low),
                show(high)
            );
        }
    }
}

/// The lower quartile, the median, the upper quartile.
fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    let at = |part: usize| values[(values.len() - 1) * part / 4];
    [at(1), at(2), at(3)]
}

/// Seconds for people.
pub fn show(seconds: f64) -> String {
    if seconds < 1e-3 {
        format!("{:.1} µs", seconds * 1e6)
    } else if seconds < 1.0 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

/// What was promised, and whether it held.
#[derive(Debug, Default)]
pub struct Promises {
    broken: usize,
}

impl Promises {
    /// Checks the median of a ratio against a bound; the quartiles are printed beside it.
    pub fn ratio_at_most(&mut self, what: &str, [low, mid, high]: [f64; 3], bound: f64) {
        self.at_most(what, mid, bound, "×", &format!(" ({low:.2} … {high:.2})"));
    }

    /// Checks the fastest round of a job against a bound in milliseconds: what a slower one took
    /// longer, another program took.
    pub fn time_at_most(&mut self, what: &str, times: &Times, name: &str, bound: f64) {
        let median = show(times.median(name));
        self.at_most(what, times.least(name) * 1e3, bound, " ms", &format!(" (median {median})"));
    }

    /// Checks a factor against a bound.
    pub fn factor_at_most(&mut self, what: &str, factor: f64, bound: f64) {
        self.at_most(what, factor, bound, "×", "");
    }

    fn at_most(&mut self, what: &str, value: f64, bound: f64, unit: &str, spread: &str) {
        let held = value <= bound;
        self.broken += usize::from(!held);
        let word = if held { "held" } else { "MISSED" };
        println!("  {what:<60} {value:.2}{unit}{spread}, promised ≤ {bound}{unit}: {word}");
    }

    /// The exit code of the bench: a broken promise fails it.
    pub fn exit(self) -> ExitCode {
        if self.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
