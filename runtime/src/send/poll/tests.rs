//! Polling in virtual time: every wait is asserted to the millisecond, and none of them is waited.

use std::{pin::pin, sync::Arc, time::Duration};

use futures_util::{FutureExt as _, StreamExt as _};
use serde::Deserialize;

use super::*;
use crate::send::{
    client::{
        Builder, Call, Client, Service, Style, TransportProblem, read,
        testing::{Fixed, InstantClock, Replay, Reply},
    },
    operation::{self, DeclaredResponse, Location, Operation, Parameter, Repeatable, Server, Status},
    retry::{Budget, Policy, Random, Sent},
};

static SERVICE: Service =
    Service::new("pets", "1.2.3").servers(&[Server::new("https://api.example.com", "", &[])]);

static STATUS: Operation = Operation::new("getRequest", "GET", "/requests/{id}")
    .parameters(&[Parameter::new("id", Location::Path, true)])
    .repeatable(Repeatable::Always)
    .poll(
        operation::PollDescription::new("status")
            .pending(&["WORKING", "RETRYING"])
            .success(&["DONE"])
            .warning(&["DONE_WITH_WARNINGS"])
            .failure(&["DONE_WITH_ERRORS"]),
    );

#[derive(Debug, Deserialize)]
struct Request {
    status: String,
    #[serde(default)]
    count: u32,
}

struct Bench {
    client: Client,
    clock: Arc<InstantClock>,
    replay: Replay,
    poller: Poller<Request, u16>,
}

fn bench_of(
    operation: &'static Operation,
    replay: Replay,
    random: impl Random + 'static,
    change: impl FnOnce(Builder<Client>) -> Builder<Client>,
) -> Bench {
    let clock = Arc::new(InstantClock::new());
    let builder = Builder::new(&SERVICE).transport(replay.clone()).clock(clock.clone()).random(random);
    let client = change(builder).build().unwrap();
    let mut call = Call::new(&client, operation);
    call.path("id", "r-17", Style::simple(false));
    let poller = Poller::new(call, read::json, |answer| Some(answer.status().as_u16()));
    Bench { client, clock, replay, poller }
}

fn bench_with(replay: Replay, random: impl Random + 'static, policy: Policy) -> Bench {
    bench_of(&STATUS, replay, random, |builder| builder.retry(policy))
}

fn bench(replies: impl IntoIterator<Item = Reply>) -> Bench {
    let replay = replies.into_iter().fold(Replay::new(), Replay::then);
    bench_with(replay, Fixed::LONGEST, Policy::once())
}

fn state(state: &str) -> Reply {
    Reply::json(200, format!(r#"{{"status": "{state}"}}"#))
}

fn millis(clock: &InstantClock) -> Vec<f64> {
    clock.sleeps().iter().map(|sleep| sleep.as_secs_f64() * 1000.0).collect()
}

fn now<T>(future: impl Future<Output = T>) -> T {
    pin!(future).now_or_never().expect("nothing to wait for")
}

/// How it ends as a future.
fn end<T: Send + 'static, F: Send + 'static>(poller: Poller<T, F>) -> Result<FinalState<T>, PollError<F>> {
    now(IntoFuture::into_future(poller))
}

impl Bench {
    fn run(self, change: impl FnOnce(Poller<Request, u16>) -> Poller<Request, u16>) -> Ran {
        let ended = end(change(self.poller));
        Ran { ended, sleeps: millis(&self.clock), calls: self.replay.requests().len() }
    }
}

struct Ran {
    ended: Result<FinalState<Request>, PollError<u16>>,
    sleeps: Vec<f64>,
    calls: usize,
}

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn waits_grow_by_half_up_to_a_minute() {
    let replies = (0..10).map(|_| state("WORKING")).chain([state("DONE")]);
    let ran = bench(replies).run(|poller| poller);
    assert_eq!(
        ran.sleeps,
        [5000.0, 7500.0, 11250.0, 16875.0, 25312.5, 37968.75, 56953.125, 60000.0, 60000.0, 60000.0]
    );
    assert_eq!(ran.calls, 11);
    let last = ran.ended.unwrap();
    assert_eq!(
        (last.outcome, last.state.as_str(), last.response.value.status.as_str()),
        (PollOutcome::Success, "DONE", "DONE")
    );
}

#[test]
fn chance_takes_a_fifth_at_most() {
    for (random, expected) in [(Fixed::NONE, 4000.0), (Fixed::HALF, 4500.0), (Fixed::LONGEST, 5000.0)] {
        let replay = Replay::new().then(state("WORKING")).then(state("DONE"));
        let ran = bench_with(replay, random, Policy::once()).run(|poller| poller);
        assert_eq!(ran.sleeps, [expected]);
    }
}

#[test]
fn the_pace_and_the_first_wait_are_the_callers() {
    let replies = [state("WORKING"), state("WORKING"), state("WORKING"), state("DONE")];
    let backoff = PollBackoff::new().first(SECOND).growth(300).cap(5 * SECOND);
    let ran = bench(replies).run(|poller| poller.backoff(backoff).delay(2 * SECOND));
    assert_eq!(ran.sleeps, [2000.0, 1000.0, 3000.0, 5000.0]);
}

#[test]
fn the_service_may_ask_for_a_wait_within_bounds() {
    let asks = |wait: &str| state("WORKING").header("retry-after", wait);
    let replies = [asks("20"), asks("100000"), asks("0"), asks("junk"), state("DONE")];
    let ran = bench(replies).run(Poller::without_deadline);
    // A tenth more than it asks for; its end; and where it asks for nothing, what would have come next.
    assert_eq!(ran.sleeps, [22_000.0, 300_000.0, 11_250.0, 16_875.0]);

    let busy = Reply::status(503).header("retry-after", "100");
    let ran = bench([busy, state("DONE")]).run(|poller| poller);
    assert_eq!(ran.sleeps, [110_000.0]);
}

#[test]
fn only_the_definitions_states_are_final() {
    for (name, outcome) in [
        ("DONE", Some(PollOutcome::Success)),
        ("DONE_WITH_WARNINGS", Some(PollOutcome::Warning)),
        ("DONE_WITH_ERRORS", Some(PollOutcome::Failure)),
        ("WORKING", None),
        ("RETRYING", None),
        ("done", None),
        ("NEVER_HEARD_OF", None),
    ] {
        let mut bench = bench([state(name), state("DONE")]);
        let seen = now(bench.poller.next()).unwrap().unwrap();
        assert_eq!((seen.state.as_str(), seen.outcome), (name, outcome));
        assert_eq!(now(bench.poller.next()).is_none(), outcome.is_some());
    }
}

#[test]
fn a_stream_shows_every_state_and_ends() {
    let bench = bench([state("WORKING"), state("ODD"), state("DONE"), state("DONE")]);
    let seen: Vec<String> = now(bench.poller.map(|seen| seen.unwrap().state).collect());
    assert_eq!(seen, ["WORKING", "ODD", "DONE"]);
    assert_eq!(bench.replay.requests().len(), 3);
}

#[test]
fn what_is_over_cannot_be_awaited_again() {
    let mut bench = bench([state("DONE")]);
    assert!(now(bench.poller.next()).is_some());
    let error = end(bench.poller).unwrap_err();
    assert_eq!(
        error.to_string(),
        "getRequest can't be polled any further: the last state was already returned"
    );
}

#[test]
fn no_question_begins_after_the_deadline() {
    let replay = Replay::new().then(state("WORKING")).forever();
    let ran = bench_with(replay, Fixed::LONGEST, Policy::once()).run(|poller| poller.deadline(30 * SECOND));
    // The one after 23.75 s is the last: the next would be due after 40.625 s.
    assert_eq!(ran.sleeps, [5000.0, 7500.0, 11250.0]);
    let error = ran.ended.unwrap_err();
    assert!(error.is_deadline());
    assert_eq!((error.last_state(), error.calls()), (Some("WORKING"), 4));
    assert_eq!(
        error.to_string(),
        "getRequest reached no final state within 30 s (4 calls in 24 s, the last state was WORKING)"
    );
}

#[test]
fn a_question_on_its_way_ends_with_the_deadline() {
    let mut bench = bench([state("WORKING"), Reply::hang()]);
    bench.poller = bench.poller.deadline(7 * SECOND);
    let clock = bench.clock.clone();
    let ran = bench.run(|poller| poller);
    assert!(ran.ended.unwrap_err().is_deadline());
    assert_eq!(clock.sleeps(), [5 * SECOND, 2 * SECOND]);
}

#[test]
fn what_was_just_taken_may_not_be_known_yet() {
    let ran = bench([Reply::status(404), Reply::status(404), state("DONE")]).run(|poller| poller);
    assert_eq!(ran.sleeps, [5000.0, 7500.0]);
    assert!(ran.ended.is_ok());

    let replay = Replay::new().then(Reply::status(404)).forever();
    let ran = bench_with(replay, Fixed::LONGEST, Policy::once()).run(|poller| poller.patience(20 * SECOND));
    assert_eq!(ran.sleeps, [5000.0, 7500.0, 11250.0]);
    let error = ran.ended.unwrap_err();
    assert_eq!(error.call().unwrap().failure(), Some(&404));
    assert!(error.to_string().contains("no state was seen"), "{error}");
}

#[test]
fn trouble_of_single_questions_is_outlived() {
    let trouble = || Reply::transport_error(TransportProblem::Broken, Sent::Maybe);
    let html = || Reply::body(200, "<html>");
    let replies = [
        trouble(),
        Reply::status(500),
        Reply::status(503),
        html(),
        html(),
        state("WORKING"),
        html(),
        state("DONE"),
    ];
    let ran = bench(replies).run(|poller| poller);
    assert_eq!(ran.calls, 8);
    assert!(ran.ended.is_ok());
}

#[test]
fn questions_are_repeated_as_any_call() {
    let replay = Replay::new().then(Reply::status(500)).then(Reply::status(500)).then(state("DONE"));
    let ran = bench_with(replay, Fixed::LONGEST, Policy::new()).run(|poller| poller);
    assert_eq!(ran.sleeps, [1000.0, 2000.0]);
    assert_eq!(ran.ended.unwrap().response.attempts, 3);
}

#[test]
fn what_will_not_change_ends_it() {
    let html = || Reply::body(200, "<html>");
    let wrong = Reply::json(200, r#"{"status": "DONE", "count": "4111111111111111"}"#);
    for (replies, calls) in [
        (vec![Reply::status(401)], 1),
        (vec![Reply::status(400)], 1),
        (vec![Reply::transport_error(TransportProblem::Tls, Sent::No)], 1),
        (vec![html(), html(), html()], 3),
        (vec![wrong], 1),
    ] {
        let ran = bench(replies).run(|poller| poller);
        let error = ran.ended.unwrap_err();
        assert_eq!((ran.calls, error.is_deadline()), (calls, false), "{error}");
        assert!(!format!("{error} {error:?}").contains("4111"), "{error:?}");
    }
}

/// A status page of a proxy that happens to hold a state, and other answers that are no success.
#[test]
fn what_the_definition_does_not_describe_is_no_state() {
    static STRICT: Operation = STATUS.responses(&[
        DeclaredResponse::new(Status::Code(200), &["application/json"]),
        DeclaredResponse::new(Status::Default, &[]),
    ]);
    let done = r#"{"status": "DONE"}"#;
    let page = || Reply::body(200, done).header("content-type", "text/html");
    for (reply, told) in [
        (page(), "got status 200 with text/html, but the definition describes no body of this media type"),
        (Reply::json(203, done), "got status 203 with application/json, but the definition does not declare"),
        (Reply::status(200), "got status 200 with an empty body, but the definition describes JSON"),
        (Reply::json(200, "{}"), "got status 200 with application/json, but the body holds no state"),
    ] {
        let replay = Replay::new().then(reply).forever();
        let bench = bench_of(&STRICT, replay, Fixed::LONGEST, |builder| builder.retry(Policy::once()));
        let ran = bench.run(|poller| poller);
        let error = ran.ended.unwrap_err();
        assert_eq!((ran.calls, error.last_state()), (3, None), "{error}");
        assert!(error.to_string().contains(told), "{error}");
        assert!(error.call().unwrap().is_unreadable());
    }
    let replay =
        Replay::new().then(page()).then(state("WORKING")).then(page()).then(page()).then(state("DONE"));
    let bench = bench_of(&STRICT, replay, Fixed::LONGEST, |builder| builder.retry(Policy::once()));
    assert_eq!(bench.run(|poller| poller).ended.unwrap().state, "DONE");
}

#[test]
fn polling_in_an_outage_uses_up_nothing_that_calls_need() {
    let (sends, polls) = (Arc::new(Budget::with_capacity(40)), Arc::new(Budget::with_capacity(30)));
    let budgets = (sends.clone(), polls.clone());
    let replay = Replay::new().then(Reply::status(500)).forever();
    let bench = bench_of(&STATUS, replay.clone(), Fixed::LONGEST, |builder| {
        builder.budget(budgets.0).poll_budget(budgets.1)
    });
    let client = bench.client.clone();
    assert!(bench.run(|poller| poller.deadline(600 * SECOND)).ended.unwrap_err().is_deadline());
    assert_eq!((sends.tokens(), polls.tokens()), (40, 0));

    let mut call = Call::new(&client, &STATUS);
    call.path("id", "r-17", Style::simple(false));
    let sent = now(call.send::<Request, u16>(read::json, |_| None)).unwrap_err();
    assert_eq!((sent.attempts(), sends.tokens()), (5, 0));
    assert_eq!((client.budget().tokens(), client.poll_budget().tokens()), (0, 0));
}

#[test]
fn sending_in_an_outage_uses_up_nothing_that_polling_needs() {
    let replay = Replay::new().then(Reply::status(500)).then(state("DONE"));
    let bench = bench_of(&STATUS, replay, Fixed::LONGEST, |builder| builder.budget(Budget::with_capacity(0)));
    let ran = bench.run(|poller| poller);
    assert_eq!((ran.ended.unwrap().response.attempts, ran.sleeps), (2, vec![1000.0]));
}

#[test]
fn answers_are_typed() {
    let ran = bench([Reply::json(200, r#"{"status": "DONE", "count": 3}"#)]).run(|poller| poller);
    assert_eq!(ran.ended.unwrap().response.value.count, 3);
}

#[test]
fn without_states_there_is_no_end() {
    static PLAIN: Operation = Operation::new("getPet", "GET", "/pets");
    let client: Client =
        Builder::new(&SERVICE).transport(Replay::new()).clock(InstantClock::new()).build().unwrap();
    let poller: Poller<Request, ()> = Poller::new(Call::new(&client, &PLAIN), read::json, |_| None);
    let error = end(poller).unwrap_err();
    assert_eq!(error.to_string(), "getPet can't be polled: the definition names no final state of it");
}
