//! How often each candidate asks for memory, and how much it holds at most: `cargo bench -p cards-from-spec
//! --bench allocations`. This is not measured along with the times, because counting takes time itself.
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]
#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod candidates;
mod payload;

use candidates::{BROKEN, CANDIDATES, Input};
use payload::{Kind, Layout};

fn main() {
    for kind in Kind::ALL {
        println!("\n{}, allocations (most bytes at a time)\n", kind.name());
        println!("| | valid | 1% bad | 20% bad |");
        println!("|---|--:|--:|--:|");
        let inputs = BROKEN.map(|(broken, _)| Input::new(kind, Layout::Compact, broken));
        for candidate in CANDIDATES {
            print!("| {}", candidate.name);
            for input in &inputs {
                // Lists and regular expressions that are made once are no matter of a single body.
                (candidate.run)(input);
                let counted = allocation_counter::measure(|| {
                    (candidate.run)(input);
                });
                print!(" | {} ({})", counted.count_total, counted.bytes_max);
            }
            println!(" |");
        }
    }
}
