//! What errors say: each of them in one line, with its causes, none of which is told twice.

use std::error;

use super::*;
use crate::send::{
    client::{error::Cause, read::ReadError, testing::Reply},
    poll::{PollError, Poller},
    retry::{Policy, Sent, StopReason},
};

/// An error and its sources.
fn chain(error: &(dyn error::Error + 'static)) -> Vec<String> {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect()
}

/// Holds a chain to what people and logs need, and returns it as it is usually printed.
pub(crate) fn told(error: &(dyn error::Error + 'static)) -> String {
    let texts = chain(error);
    for (number, text) in texts.iter().enumerate() {
        assert!(!text.is_empty() && !text.chars().any(char::is_control), "more than a line: {texts:?}");
        let others = texts.iter().enumerate().filter(|(other, _)| *other != number);
        for (_, other) in others {
            assert!(!other.contains(text.as_str()), "told twice: {texts:?}");
        }
    }
    let all = texts.join(": ");
    let is_raw_time = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        unit.len() < word.len() && ["ns", "µs", "ms", "s"].contains(&unit)
    };
    assert!(!all.split([' ', ',', ')', ';', ':']).any(is_raw_time), "a time for machines: {all}");
    all
}

/// A list of values of an enum, which does not compile without a line for each variant.
macro_rules! every {
    ($($pattern:pat => $($value:expr),+;)+) => {{
        let all = [$($($value),+),+];
        for value in &all {
            match value {
                $($pattern => {})+
            }
        }
        all
    }};
}

fn troubles() -> impl Iterator<Item = TransportProblem> {
    let times = [0, 1, 54_382_100, 2_500_000_000, 60_000_000_000].map(Duration::from_nanos);
    let all = every! {
        TransportProblem::Connect => TransportProblem::Connect;
        TransportProblem::ConnectTimeout => TransportProblem::ConnectTimeout;
        TransportProblem::Tls => TransportProblem::Tls;
        TransportProblem::Timeout(_) => TransportProblem::Timeout(SECOND);
        TransportProblem::Broken => TransportProblem::Broken;
        TransportProblem::Garbled => TransportProblem::Garbled;
        TransportProblem::TooLarge(_) => TransportProblem::TooLarge(16 << 20);
        TransportProblem::Unsendable => TransportProblem::Unsendable;
    };
    all.into_iter().chain(times.map(TransportProblem::Timeout))
}

fn token_problems() -> [TokenProblem; 7] {
    every! {
        TokenProblem::NoOther => TokenProblem::NoOther;
        TokenProblem::Unreachable => TokenProblem::Unreachable;
        TokenProblem::Refused => TokenProblem::Refused;
        TokenProblem::NewGrantNeeded => TokenProblem::NewGrantNeeded;
        TokenProblem::Unreadable => TokenProblem::Unreadable;
        TokenProblem::ForeignHost => TokenProblem::ForeignHost;
        TokenProblem::NotStored => TokenProblem::NotStored;
    }
}

fn host_errors() -> [HostError; 4] {
    every! {
        HostError::NoUrl => HostError::NoUrl;
        HostError::UserInfo => HostError::UserInfo;
        HostError::NotHttps(_) => HostError::NotHttps("example.com".into());
        HostError::Foreign(_) => HostError::Foreign("example.com".into());
    }
}

fn request_errors() -> [RequestError; 19] {
    every! {
        RequestError::Missing(_) => RequestError::Missing("body"), RequestError::Missing("a\nb");
        RequestError::Path(_) => RequestError::Path("a\nb");
        RequestError::Unwritable(_) => RequestError::Unwritable("body"), RequestError::Unwritable("a\nb");
        RequestError::Separator(_) => RequestError::Separator("body"), RequestError::Separator("a\nb");
        RequestError::NotFinite(_) => RequestError::NotFinite("body"), RequestError::NotFinite("a\nb");
        RequestError::PartType(_) => RequestError::PartType("a\nb");
        RequestError::MediaType(_) => RequestError::MediaType("a\nb");
        RequestError::Form => RequestError::Form;
        RequestError::UnsupportedScheme(_) => RequestError::UnsupportedScheme("a\nb");
        RequestError::Header(_) => RequestError::Header("a\r\nb: c".into());
        RequestError::Secret => RequestError::Secret;
        RequestError::NoCredential(_) => RequestError::NoCredential("a\nb");
        RequestError::NoServer => RequestError::NoServer;
        RequestError::Host(_) => RequestError::Host(HostError::NoUrl);
        RequestError::Url => RequestError::Url;
    }
}

fn build_errors() -> [BuildError; 8] {
    let variable = || BuildError::ServerVariable { name: "a\nb".into(), values: &["eu", "u\ns"] };
    every! {
        BuildError::BaseUrl(_) => BuildError::BaseUrl("a\nb".into());
        BuildError::Host(_) => BuildError::Host(HostError::UserInfo);
        BuildError::ServerVariable { .. } => variable();
        BuildError::UnknownVariable(_) => BuildError::UnknownVariable("a\nb".into());
        BuildError::Header(_) => BuildError::Header("a\nb".into());
        BuildError::NoTransport => BuildError::NoTransport;
        BuildError::NoClock => BuildError::NoClock;
        BuildError::Transport(_) => BuildError::Transport("the PEM holds no certificate".into());
    }
}

fn reasons() -> [StopReason; 5] {
    every! {
        StopReason::Exhausted => StopReason::Exhausted;
        StopReason::Deadline => StopReason::Deadline;
        StopReason::Budget => StopReason::Budget;
        StopReason::NotRepeatable => StopReason::NotRepeatable;
        StopReason::NotRetryable => StopReason::NotRetryable;
    }
}

fn io() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::ConnectionRefused)
}

fn received(status: u16, body: &'static str) -> Box<RawResponse> {
    let mut answer = RawResponse::new(Bytes::from_static(body.as_bytes()));
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
    Box::new(answer)
}

fn causes() -> Vec<Cause> {
    let violations = || {
        crate::violations::Violations::from_iter([crate::violations::Violation::new(&CODE, "pets[0].\nname")])
    };
    let unreadable = || ReadError::new("the body is not JSON");
    let token = |problem| Cause::Token(TokenError::new(problem).detail("a\nb").because(io()));
    let transport = |trouble| Cause::Transport(TransportError::new(trouble, Sent::Maybe).because(io()));
    let mut all: Vec<Cause> = troubles().map(transport).collect();
    all.extend(token_problems().map(token));
    all.extend(troubles().map(|trouble| Cause::Token(TransportError::new(trouble, Sent::No).into())));
    all.extend(request_errors().map(Cause::Request));
    all.extend([
        Cause::Invalid(violations()),
        Cause::Status(received(418, "<html>"), None),
        Cause::Status(received(599, ""), Some(violations())),
        Cause::Unreadable(received(200, "<html>"), unreadable()),
        Cause::Unreadable(received(204, ""), ReadError::UNDECLARED),
    ]);
    all
}

#[test]
fn every_error_is_one_line_that_tells_its_causes_once() {
    let source = || "a cause";
    for trouble in troubles() {
        told(&TransportError::new(trouble, Sent::Maybe).because(source()));
    }
    for problem in token_problems() {
        told(&TokenError::new(problem).detail("invalid_grant\n").because(source()));
    }
    for error in &host_errors() {
        told(error);
    }
    for error in &request_errors() {
        told(error);
    }
    for error in &build_errors() {
        told(error);
    }
    assert!(reasons().iter().all(|reason| !reason.to_string().contains('\n')));

    let attempts = reasons().map(|reason| (3, Some(reason))).into_iter().chain([(0, None), (1, None)]);
    for (attempts, reason) in attempts {
        for cause in causes() {
            let error = Error::new(crate::send::client::error::Inner {
                operation: "get\nPet",
                cause,
                correlation_id: Some("id\n".to_owned()),
                attempts,
                resent: attempts > 1,
                may_have_been_received: attempts > 0,
                safe_to_resend: attempts == 0,
                reason,
            });
            let error: CallError<()> = CallError::of(error, |_| None);
            told(&error);
            told(error.error());
        }
    }
}

/// How polling ends that meets these replies.
fn polled(replies: Replay, change: fn(Poller<Pet, u16>) -> Poller<Pet, u16>) -> PollError<u16> {
    static STATUS: Operation =
        LIST.poll(crate::send::operation::PollDescription::new("name").pending(&["rex"]).success(&["max"]));
    let bench = bench_with(replies, |builder| builder.token(Token::new("t")).retry(Policy::once()));
    let poller = Poller::new(bench.call(&STATUS), read::json, |answer| Some(answer.status().as_u16()));
    now(IntoFuture::into_future(change(poller))).unwrap_err()
}

#[test]
fn a_poll_that_ends_without_a_final_state_is_told_in_one_line() {
    let rex = || Reply::json(200, r#"{"name":"rex"}"#);
    let replay = |reply: Reply| Replay::new().then(reply).forever();
    for (error, expected) in [
        (
            polled(replay(rex()), |poller| poller.deadline(90 * SECOND)),
            "listPets reached no final state within 1.5 min (6 calls in 1.1 min, the last state was rex)",
        ),
        (
            polled(replay(rex()), |poller| poller.deadline(Duration::ZERO)),
            "listPets reached no final state: no time was left (no call was made)",
        ),
        (
            polled(replay(Reply::json(200, r#"{"name":"a\u0000b"}"#)), |poller| poller.deadline(SECOND)),
            "listPets reached no final state within 1 s (1 call in less than 1 ms, the last state can't be shown)",
        ),
        (
            polled(replay(Reply::transport_error(TransportProblem::Tls, Sent::No)), |poller| poller),
            "listPets reached no final state (1 call in less than 1 ms, no state was seen): listPets got no response: \
             no secure connection could be made (1 attempt, correlation id ffffffff-ffff-4fff-bfff-ffffffffffff; nothing \
             was done, and it is safe to send it again)",
        ),
    ] {
        assert_eq!(told(&error), expected);
    }
}

#[test]
fn a_call_without_time_says_so() {
    let bench = bench(Replay::new().then(Reply::json(200, r#"{"name":"rex"}"#)));
    let mut call = bench.call(&LIST);
    call.set_timeout(Duration::ZERO);
    call.set_retry(Policy::once());
    let error = send(call).unwrap_err();
    assert!(error.is_timeout() && !error.may_have_been_received());
    assert!(told(&error).starts_with("listPets got no response: no time was left (1 attempt,"), "{error}");
    assert!(bench.replay.requests().is_empty());
}
