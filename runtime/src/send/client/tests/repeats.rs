//! When a call is sent again. The arithmetic itself is proved in [`crate::send::retry`].

use super::*;
use crate::send::{
    client::testing::Reply,
    retry::{Policy, Sent, StopReason},
};

fn pet() -> Reply {
    Reply::json(200, r#"{"name":"rex"}"#)
}

#[test]
fn waits_are_those_of_the_policy_and_the_server() {
    let bench = bench(
        Replay::new()
            .then(Reply::status(500))
            .then(Reply::transport_error(TransportProblem::Connect, Sent::No))
            .then(Reply::status(503).header("retry-after", "7"))
            .then(Reply::status(429).header("retry-after", "0"))
            .then(pet()),
    );
    let answer = send(bench.call(&LIST)).unwrap();
    assert_eq!((answer.attempts, answer.resent), (5, true));
    // The longest: 1 s, 2 s, the hint and a tenth, 10 s doubled three times.
    assert_eq!(bench.sleeps(), [1_000, 2_000, 7_700, 80_000]);
    let ids: std::collections::BTreeSet<_> =
        bench.replay.requests().iter().map(|sent| sent.headers["x-correlation-id"].clone()).collect();
    assert_eq!(ids.len(), 1, "one id for all attempts");
}

#[test]
fn what_may_have_been_received_is_repeated_only_if_that_does_no_harm() {
    let lost =
        || Replay::new().then(Reply::transport_error(TransportProblem::Broken, Sent::Maybe)).then(pet());
    let once = bench(lost());
    let error = send(once.call(&CREATE)).unwrap_err();
    assert_eq!((error.attempts(), error.reason()), (1, Some(StopReason::NotRepeatable)));
    assert!(error.may_have_been_received() && !error.is_safe_to_resend() && error.failure().is_none());
    assert_eq!(
        error.to_string(),
        format!(
            "createPet got no response: the connection broke (1 attempt, correlation id {}; it may have been done, and it \
             is not safe to send it again)",
            error.correlation_id().unwrap()
        )
    );
    let twice = bench(lost());
    let answer = send(twice.call(&UPSERT)).unwrap();
    assert_eq!((answer.attempts, answer.resent), (2, true));
    let unsent =
        bench(Replay::new().then(Reply::transport_error(TransportProblem::Connect, Sent::No)).then(pet()));
    assert!(!send(unsent.call(&CREATE)).unwrap().resent);
}

#[test]
fn a_lasting_trouble_is_not_tried_again() {
    for trouble in [TransportProblem::Tls, TransportProblem::TooLarge(5), TransportProblem::Unsendable] {
        let bench = bench(Replay::new().then(Reply::transport_error(trouble, Sent::No)).then(pet()));
        let error = send(bench.call(&LIST)).unwrap_err();
        assert_eq!((error.attempts(), error.transport_problem()), (1, Some(trouble)));
    }
}

#[test]
fn time_limits_hold_for_attempt_and_call() {
    let usual = bench(Replay::new().then(Reply::hang()).then(pet()));
    send(usual.call(&LIST)).unwrap();
    assert_eq!(usual.sleeps(), [60_000, 1_000], "the attempt, then the wait");

    let own = bench(Replay::new().then(Reply::hang()).forever());
    let mut call = own.call(&LIST);
    call.set_timeout(5 * SECOND);
    call.set_retry(Policy::new().attempts(2));
    let error = send(call).unwrap_err();
    assert!(error.is_timeout() && error.is_exhausted() && error.may_have_been_received());
    assert_eq!(own.sleeps(), [5_000, 1_000, 5_000]);

    let short = bench(Replay::new().then(Reply::hang()).forever());
    let mut call = short.call(&LIST);
    call.set_deadline(62 * SECOND);
    let error = send(call).unwrap_err();
    assert_eq!((error.attempts(), error.reason()), (2, Some(StopReason::Deadline)));
    assert_eq!(short.sleeps(), [60_000, 1_000, 1_000], "the second attempt has what is left");
}

#[test]
fn an_outage_costs_the_budget_and_no_more() {
    let budget = Arc::new(crate::send::retry::Budget::with_capacity(40));
    let shared = budget.clone();
    let bench = bench_with(Replay::new().then(Reply::status(500)).forever(), |builder| {
        builder.token(Token::new("secret")).budget(shared)
    });
    let attempts: Vec<u32> = (0..4).map(|_| send(bench.call(&LIST)).unwrap_err().attempts()).collect();
    assert_eq!(attempts, [5, 1, 1, 1]);
    assert_eq!(budget.tokens(), 0);
}
