//! A million items: memory grows with their keys alone. By hand, on Linux: `cargo test --release -p
//! specwright-runtime --features testing --lib bulk::tests::large -- --ignored --nocapture`

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use bytes::Bytes;

use super::{journals::hooked, *};
use crate::send::client::{BoxFuture, Exchange, RawResponse, ResponseLimits, Transport};

static LARGE: Operation = CREATE.bulk(
    operation::BulkDescription::new("pets", "id")
        .max_items(1000)
        .request_id("requestId")
        .status(&STATUS, "requestId"),
);

/// Takes everything, and keeps nothing.
struct Sink(AtomicU64);

impl Transport for Sink {
    fn send(&self, request: http::Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        let body = if request.method() == "GET" {
            r#"{"status":"DONE"}"#.to_owned()
        } else {
            format!(r#"{{"requestId":"{}"}}"#, self.0.fetch_add(1, Ordering::Relaxed))
        };
        Box::pin(std::future::ready(Ok(RawResponse::new(body.into()))))
    }
}

/// The most memory that the process ever had, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

#[test]
#[ignore = "sends a million items"]
#[allow(clippy::print_stdout, reason = "the numbers are what it is run for")]
fn memory_grows_with_the_keys_alone() {
    let clock = Idle::default();
    let client: Client = Builder::new(&SERVICE)
        .token(Token::new("secret"))
        .transport(Sink(0.into()))
        .clock(clock.clone())
        .build()
        .unwrap();
    let mut peaks = Vec::new();
    for count in [1000, 100_000, 1_000_000] {
        let mut call = Call::new(&client, &LARGE);
        call.path("shop", "s-1", Style::simple(false));
        let sending = Arc::new(AtomicU64::new(0));
        let seen = sending.clone();
        let bulk = Bulk::new(CreatePets { call })
            .journal(hooked(&MemoryJournal::new(), |_, _| Ok(())))
            .progress(move |_| seen.store(peak(), Ordering::Relaxed));
        let items = (0..count).map(|number| pet(&format!("p-{number}")));
        let start = Instant::now();
        let run = clock.block_on(bulk.send_all(items), || false).unwrap().unwrap();
        let took = start.elapsed();
        assert_eq!(run.report.accepted.len(), count);
        let sending = sending.load(Ordering::Relaxed);
        println!("{count} items in {took:?}: {sending} kB while sending, {} kB with the report", peak());
        peaks.push(sending);
    }
    let each = (peaks[2] - peaks[1]) * 1024 / 900_000;
    println!("{each} bytes for each item while sending");
    assert!(each < 400, "{each}");
}
