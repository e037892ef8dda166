//! A limit of time for any future.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use crate::send::retry::Clock;

/// Returns the output of the future, or `None` if the time is over first. The future is polled first, so that
/// one which is ready at once never times out, whatever the clock.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    future: impl Future<Output = T>,
) -> Option<T> {
    let mut future = pin!(future);
    let mut sleep = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let sleep = sleep.get_or_insert_with(|| clock.sleep(limit));
        sleep.as_mut().poll(context).map(|()| None)
    })
    .await
}
