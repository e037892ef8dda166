//! Retries in virtual time: every wait is asserted to the nanosecond, and none of them is waited.

mod budget;
mod call;
mod delay;
mod header;
mod outage;
mod safety;
mod time;

use std::{
    cell::RefCell,
    collections::VecDeque,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::Duration,
};

use super::{
    instant::{Fixed, InstantClock},
    *,
};

type Error = &'static str;
type Answer = Result<&'static str, FailedAttempt<Error>>;

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The smallest runtime: this thread.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

fn millis(millis: impl IntoIterator<Item = u64>) -> Vec<Duration> {
    millis.into_iter().map(Duration::from_millis).collect()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn status(status: u16) -> Answer {
    Err(FailedAttempt::answered(status, "an answer"))
}

fn refused() -> Answer {
    Err(FailedAttempt::not_sent("connection refused"))
}

fn lost() -> Answer {
    Err(FailedAttempt::maybe_sent("no answer"))
}

/// The answers of a server, the last for ever, and how long each takes.
struct Script {
    answers: RefCell<VecDeque<Answer>>,
    takes: Duration,
}

impl Script {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self { answers: RefCell::new(answers.into_iter().collect()), takes: Duration::ZERO }
    }

    fn next(&self) -> Answer {
        let mut answers = self.answers.borrow_mut();
        if answers.len() == 1 { answers[0].clone() } else { answers.pop_front().unwrap() }
    }
}

/// All that a call needs; by default it waits as long as it may and operations may be repeated.
struct Bench {
    policy: Policy,
    budget: Budget,
    clock: InstantClock,
    random: Fixed,
    repeatable: Repeatable,
    attempts: RefCell<Vec<Attempt>>,
}

impl Bench {
    fn new(policy: Policy) -> Self {
        Self {
            policy,
            budget: Budget::new(),
            clock: InstantClock::new(),
            random: Fixed::LONGEST,
            repeatable: Repeatable::Always,
            attempts: RefCell::default(),
        }
    }

    fn call(&self, answers: impl IntoIterator<Item = Answer>) -> RetryOutcome<&'static str, Error> {
        self.run(&Script::new(answers))
    }

    fn run(&self, script: &Script) -> RetryOutcome<&'static str, Error> {
        let retry =
            Retry::new(&self.policy, &self.budget, &self.clock, &self.random).repeatable(self.repeatable);
        block_on(retry.run(async |attempt| {
            self.attempts.borrow_mut().push(attempt);
            self.clock.advance(script.takes);
            script.next()
        }))
    }

    fn reason(&self, answers: impl IntoIterator<Item = Answer>) -> StopReason {
        self.call(answers).result.unwrap_err().reason
    }
}
