//! Tokens that are late, or not to be had for the moment.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::send::{
    client::testing::Reply,
    retry::{Sent, StopReason},
};

fn pet() -> Reply {
    Reply::json(200, r#"{"name":"rex"}"#)
}

/// Takes its time, which is that of the client.
struct Slow(Duration);

impl TokenSource for Slow {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            context.clock.sleep(self.0).await;
            Ok(Token::new("secret"))
        })
    }
}

#[test]
fn the_time_for_a_token_is_time_of_the_call() {
    let bench = bench_with(Replay::new().then(Reply::hang()), |builder| builder.token(Slow(4 * SECOND)));
    let mut call = bench.call(&LIST);
    call.set_deadline(10 * SECOND);
    let error = send(call).unwrap_err();
    assert_eq!((error.attempts(), error.reason()), (1, Some(StopReason::Deadline)));
    assert_eq!(bench.sleeps(), [4_000, 6_000], "the exchange has what is left");
}

#[test]
fn nothing_is_sent_when_the_token_comes_too_late() {
    let bench = bench_with(Replay::new().then(pet()), |builder| builder.token(Slow(11 * SECOND)));
    let mut call = bench.call(&CREATE);
    call.set_deadline(10 * SECOND);
    let error = send(call).unwrap_err();
    assert!(bench.replay.requests().is_empty());
    assert!(error.is_timeout() && !error.may_have_been_received() && error.is_safe_to_resend(), "{error}");
    assert_eq!((error.attempts(), error.reason()), (1, Some(StopReason::Deadline)));
}

/// Has a token, and can't get another one at once.
#[derive(Default)]
struct Unsteady(AtomicU32);

impl TokenSource for Unsteady {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        let answer = match context.refused {
            None => Ok(Token::new("old")),
            Some(_) if self.0.fetch_add(1, Ordering::Relaxed) == 0 => {
                Err(TokenError::new(TokenProblem::Unreachable))
            }
            Some(_) => Ok(Token::new("new")),
        };
        Box::pin(std::future::ready(answer))
    }
}

#[test]
fn a_renewal_that_fails_for_a_moment_is_tried_again() {
    for status in [401, 403] {
        let replay = Replay::new().then(Reply::status(status)).then(Reply::status(status)).then(pet());
        let bench = bench_with(replay, |builder| builder.token(Unsteady::default()));
        assert_eq!(send(bench.call(&CREATE)).unwrap().attempts, 3);
        assert_eq!(bench.sleeps(), [1_000]);
    }
}

/// The service for tokens has a certificate that is not the right one.
struct Untrusted;

impl TokenSource for Untrusted {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(std::future::ready(Err(TransportError::new(TransportProblem::Tls, Sent::No).into())))
    }
}

#[test]
fn a_lasting_trouble_with_tokens_is_not_tried_again() {
    let bench = bench_with(Replay::new(), |builder| builder.token(Untrusted));
    let error = send(bench.call(&LIST)).unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.token().map(TokenError::problem), Some(TokenProblem::Unreachable));
}

#[test]
fn what_is_said_of_a_token_has_the_id_of_the_call() {
    let (error, log) = log::Log::of(|| {
        let bench = bench_with(Replay::new(), |builder| builder.token(Untrusted));
        send(bench.call(&LIST)).unwrap_err()
    });
    let id = error.correlation_id().unwrap();
    assert!(log.contains(&format!("correlation_id={id:?}")) && log.contains("error.type=\"token\""), "{log}");
    assert!(log.contains("no token"), "{log}");
}
