//! Waiting for calls where there is no async runtime.
//!
//! [`Wait::wait`] ends whatever could be `.await`ed, and [`WaitEach::wait_each`] goes through a stream. The
//! async runtime behind them is made when it is first needed, and stays: a few threads that drive connections
//! and timers.
//!
//! ```
//! use specwright_runtime::blocking::Wait;
//!
//! async fn call() -> Result<u16, std::io::Error> {
//!     Ok(202)
//! }
//!
//! fn main() -> Result<(), std::io::Error> {
//!     let status = call().wait()?;
//!     assert_eq!(status, 202);
//!     Ok(())
//! }
//! ```
//!
//! Both may be called anywhere, from many threads at once, and from a task of another async runtime too. But
//! there they hold up the thread that the task runs on, and a future that needs the same thread waits for
//! ever: such as a call on a connection that was made by a runtime of that one thread. In a task, `.await` is
//! the better choice.

use std::{
    fmt,
    future::poll_fn,
    num::NonZero,
    panic,
    pin::{Pin, pin},
    sync::OnceLock,
    thread,
};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};
use tracing::{Span, dispatcher};

/// Waits for a future, or for whatever turns into one, on the calling thread.
///
/// Implemented for all of them that could be sent to another thread.
pub trait Wait: IntoFuture {
    /// Blocks until the future is complete, and returns its output.
    ///
    /// # Panics
    ///
    /// The future panics, or the operating system refuses the threads for the runtime.
    fn wait(self) -> Self::Output;
}

impl<F> Wait for F
where
    F: IntoFuture<IntoFuture: Send>,
    F::Output: Send,
{
    fn wait(self) -> Self::Output {
        block_on(self.into_future())
    }
}

/// Goes through a stream on the calling thread.
///
/// Implemented for every stream that could be sent to another thread.
pub trait WaitEach: Stream + Sized {
    /// Returns an iterator over the items of the stream, which blocks until the next one is ready. The stream
    /// makes no progress between two of them.
    fn wait_each(self) -> Each<Self>;
}

impl<S> WaitEach for S
where
    S: Stream + Send,
    S::Item: Send,
{
    fn wait_each(self) -> Each<Self> {
        Each { stream: Some(Box::pin(self)) }
    }
}

/// The items of a stream as an iterator; [`WaitEach::wait_each`] makes it.
#[must_use = "a stream does nothing unless it is asked for items"]
pub struct Each<S> {
    /// `None` after its end: not every stream may be asked again.
    stream: Option<Pin<Box<S>>>,
}

impl<S> Iterator for Each<S>
where
    S: Stream + Send,
    S::Item: Send,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let stream = self.stream.as_mut()?;
        let item = block_on(poll_fn(|context| stream.as_mut().poll_next(context)));
        if item.is_none() {
            self.stream = None;
        }
        item
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.as_ref().map_or((0, Some(0)), Stream::size_hint)
    }
}

impl<S> fmt::Debug for Each<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Each").field("is_over", &self.stream.is_none()).finish()
    }
}

fn block_on<F>(future: F) -> F::Output
where
    F: Future<Output: Send> + Send,
{
    if Handle::try_current().is_err() {
        return runtime().block_on(pin!(future));
    }
    // A thread of a tokio runtime must not run another one, so that another thread has to, which sees the
    // same spans.
    let (span, subscriber) = (Span::current(), dispatcher::get_default(Clone::clone));
    let there =
        || dispatcher::with_default(&subscriber, || span.in_scope(|| runtime().block_on(pin!(future))));
    let outcome = thread::scope(|scope| scope.spawn(there).join());
    outcome.unwrap_or_else(|panic| panic::resume_unwind(panic))
}

/// The runtime of the process. Its own threads drive IO and timers, the waiting ones run the futures.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        // What runs there is little but TLS; more threads than these would only stand by.
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(4);
        Builder::new_multi_thread()
            .worker_threads(threads)
            .thread_name("specwright-blocking")
            .enable_all()
            .build()
            .unwrap_or_else(|error| panic!("the threads for waiting can't be made: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        task::Poll,
        time::Duration,
    };

    use tokio::time::sleep;

    use super::*;

    async fn nap(response: u32) -> u32 {
        sleep(Duration::from_millis(5)).await;
        response
    }

    /// Counts down, with a pause before each number.
    fn countdown(from: u32) -> impl Stream<Item = u32> + Send {
        let (mut left, mut pause) = (from, None);
        futures_util::stream::poll_fn(move |context| {
            let waiting = pause.get_or_insert_with(|| Box::pin(nap(0)));
            if waiting.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            pause = None;
            left = left.wrapping_sub(1);
            Poll::Ready(Some(left).filter(|left| *left < from))
        })
    }

    #[test]
    fn waits_without_a_runtime() {
        assert_eq!(nap(7).wait(), 7);
    }

    #[test]
    fn waits_for_what_borrows() {
        let text = String::from("borrowed");
        let length = async { text.len() + nap(0).await as usize };
        assert_eq!(length.wait(), text.len());
    }

    #[tokio::test]
    async fn waits_inside_a_runtime_of_one_thread() {
        assert_eq!(nap(7).wait(), 7);
        assert_eq!(countdown(3).wait_each().collect::<Vec<_>>(), [2, 1, 0]);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn waits_inside_a_runtime_of_many_threads() {
        let tasks = (0..8).map(|number| tokio::spawn(async move { nap(number).wait() }));
        for (number, task) in (0..).zip(tasks.collect::<Vec<_>>()) {
            assert_eq!(task.await.unwrap(), number);
        }
    }

    #[test]
    fn waits_inside_a_wait() {
        assert_eq!(async { nap(3).wait() + nap(4).await }.wait(), 7);
    }

    #[test]
    fn waits_on_many_threads_at_once() {
        let done = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..32)
            .map(|number| {
                let done = Arc::clone(&done);
                thread::spawn(move || {
                    assert_eq!(nap(number).wait(), number);
                    done.fetch_add(1, Ordering::Relaxed);
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(done.load(Ordering::Relaxed), 32);
    }

    #[test]
    fn a_stream_is_not_asked_beyond_its_end() {
        let mut each = countdown(2).wait_each();
        assert_eq!((each.next(), each.next(), each.next(), each.next()), (Some(1), Some(0), None, None));
        assert_eq!(each.size_hint(), (0, Some(0)));
    }

    #[tokio::test]
    async fn a_panic_comes_through() {
        let outcome = panic::catch_unwind(|| async { assert_eq!(nap(1).await, 2, "as it must be") }.wait());
        assert!(outcome.unwrap_err().downcast_ref::<String>().unwrap().contains("as it must be"));
    }
}
