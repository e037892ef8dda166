//! tokio's time as a retry sees it.

use std::time::{Duration, Instant};

use specwright_runtime::client::TokioClock;
use specwright_runtime::retry::Clock as _;

#[tokio::test(start_paused = true)]
async fn it_stands_still_with_tokio() {
    let (clock, began) = (TokioClock::new(), Instant::now());
    clock.sleep(Duration::from_secs(3600)).await;
    assert_eq!(clock.now(), Duration::from_secs(3600));
    assert!(began.elapsed() < Duration::from_secs(60));
}

#[test]
fn it_goes_on_without_a_runtime() {
    let clock = TokioClock::new();
    let now = clock.now();
    // Asking for a sleep needs no runtime yet, only waiting for it.
    drop(clock.sleep(Duration::from_secs(1)));
    std::thread::sleep(Duration::from_millis(5));
    assert!(clock.now() >= now + Duration::from_millis(5));
}
