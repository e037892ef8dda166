//! A body of some 100 megabytes. By hand, on Linux:
//! `cargo test --release -p specwright-runtime --lib stream::tests::large -- --ignored --nocapture`

use std::io::Read;
use std::time::Instant;

use super::tables::{DEFINITION, ROOT};
use crate::validate::options::Validation;

const COUNT: usize = 1_000_000;

/// A stream of the items.
struct Items {
    next: usize,
    left: Vec<u8>,
}

impl Read for Items {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.left.is_empty() {
            self.left = match self.next {
                0 => b"{\"items\":[{\"id\":\"a\"}".to_vec(),
                COUNT => b"]}".to_vec(),
                next if next > COUNT => return Ok(0),
                next => format!(
                    ",\n {{\"id\":\"i{}\",\"size\":{},\"names\":[\"a\",\"b\",\"c\"],\"other\":\"{next:050}\"}}",
                    next % 60,
                    next % 11
                )
                .into_bytes(),
            };
            self.next += 1;
        }
        let count = self.left.len().min(to.len());
        to[..count].copy_from_slice(&self.left[..count]);
        self.left.drain(..count);
        Ok(count)
    }
}

/// Returns the peak memory of the process, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

#[test]
#[ignore = "reads a hundred megabytes"]
#[allow(clippy::print_stdout, reason = "the numbers are what it is run for")]
fn memory_stays_flat() {
    let (before, start) = (peak(), Instant::now());
    let mut found = 0_u64;
    let body = Items { next: 0, left: Vec::new() };
    let tally = Validation::new().reader_by(&ROOT, &DEFINITION, body, |_| found += 1).unwrap();
    let grown = peak() - before;
    println!("{tally:?} in {:?}, {grown} kB more than before", start.elapsed());
    assert_eq!((tally.items, tally.errors + tally.warnings), (COUNT as u64, found));
    assert!(grown < 4096, "{grown} kB");
}
