//! Every candidate on every body, in rounds in which all take turns, so that what else the machine does hits
//! all alike. Prints the medians as a Markdown table: `cargo bench -p cards-from-spec --bench ratios`, and
//! `-- 61` for so many rounds.
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]
#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod candidates;
mod payload;

use std::time::{Duration, Instant};

use candidates::{BROKEN, CANDIDATES, Input};
use payload::{Kind, Layout};

/// How many rounds, unless the command line says so.
const ROUNDS: usize = 21;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    for kind in Kind::ALL {
        for (broken, quality) in BROKEN {
            println!("\n{}, {quality}\n", kind.name());
            let inputs = Layout::ALL.map(|layout| Input::new(kind, layout, broken));
            table(&inputs, &measure(&inputs, rounds));
        }
    }
}

/// Has the allocator tidy up: it puts off what freeing a tree's many small pieces takes until somebody asks
/// for a larger one, and that must not be counted against the candidate that comes next.
fn settle_memory() {
    std::hint::black_box(Vec::<u8>::with_capacity(1 << 16));
}

/// The median of each candidate on each input.
fn measure(inputs: &[Input], rounds: usize) -> Vec<Vec<Duration>> {
    let mut times = vec![vec![Vec::with_capacity(rounds); inputs.len()]; CANDIDATES.len()];
    for round in 0..=rounds {
        for (index, input) in inputs.iter().enumerate() {
            for turn in 0..CANDIDATES.len() {
                // Another one begins in every round, so that none always follows the same.
                let candidate = (turn + round) % CANDIDATES.len();
                // The second of two runs is timed, so that no candidate pays for what the one before it left
                // in the caches.
                (CANDIDATES[candidate].run)(input);
                settle_memory();
                let start = Instant::now();
                (CANDIDATES[candidate].run)(input);
                let time = start.elapsed();
                // The first round warms up.
                if round > 0 {
                    times[candidate][index].push(time);
                }
            }
        }
    }
    times.into_iter().map(|row| row.into_iter().map(median).collect()).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Milliseconds, and in brackets how many times that of skipping over the JSON.
fn table(inputs: &[Input], medians: &[Vec<Duration>]) {
    println!("| | compact | pretty | shuffled | found |");
    println!("|---|--:|--:|--:|--:|");
    let skipping = CANDIDATES.iter().position(|candidate| candidate.name.contains("IgnoredAny")).unwrap();
    for (row, candidate) in CANDIDATES.iter().enumerate() {
        print!("| {}", candidate.name);
        for (time, unit) in medians[row].iter().zip(&medians[skipping]) {
            let ratio = time.as_secs_f64() / unit.as_secs_f64();
            print!(" | {:.2} ms ({ratio:.2})", time.as_secs_f64() * 1e3);
        }
        println!(" | {} of {} |", (candidate.run)(&inputs[0]), inputs[0].findings);
    }
}
