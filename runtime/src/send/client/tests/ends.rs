//! How a call ends.

use super::*;
use crate::{
    send::{
        client::testing::Reply,
        operation::{DeclaredResponse, Status},
    },
    validate::Validation,
};

#[test]
fn what_the_service_would_refuse_never_leaves() {
    let bench = bench(Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")).forever());
    let long = |validated: bool| {
        let mut call = bench.call(&CREATE);
        call.json_checked("application/json", &Pet { name: "long john".to_owned() });
        if !validated {
            call.set_validation(None);
        }
        call
    };
    let error = send(long(true)).unwrap_err();
    assert!(error.is_invalid() && error.is_rejected() && !error.may_have_been_received());
    assert_eq!(error.attempts(), 0);
    assert_eq!(error.violations().unwrap().iter().next().unwrap().data_path(), "name");
    assert_eq!(
        error.to_string(),
        "createPet was not sent, because the service would reject it: invalidSize at name"
    );
    assert!(bench.replay.requests().is_empty());

    send(long(false)).unwrap();
    let mut lenient = long(true);
    lenient.set_validation(Some(Validation::new().warn("invalidSize")));
    let answer = send(lenient).unwrap();
    assert_eq!(answer.warnings.len(), 1);
    assert_eq!(bench.replay.requests().len(), 2);
}

#[test]
fn the_services_violations_come_in_the_same_form() {
    let body = r#"[{"code":"invalidRequest","message":"m","dataPath":"/v1/pets","errors":[
        {"code":"invalidSize","message":"rex\u0007 4111","dataPath":"pets[3].name"},
        {"code":"missing","message":"m","dataPath":"pets[4].name"}]}]"#;
    let bench = bench(Replay::new().then(Reply::json(400, body)));
    let error = send(bench.call(&CREATE)).unwrap_err();
    let paths: Vec<&str> =
        error.violations().unwrap().iter().map(crate::violations::Violation::data_path).collect();
    assert_eq!(paths, ["pets[3].name", "pets[4].name"]);
    assert!(error.is_rejected() && error.is_safe_to_resend() && !error.is_server());
    assert_eq!(error.body().unwrap(), body.as_bytes());
    assert_eq!(
        error.to_string(),
        format!(
            "createPet failed with status 400: invalidSize at pets[3].name, and 1 more (1 attempt, correlation id {}; nothing was done, and it is safe to send it again)",
            error.correlation_id().unwrap()
        )
    );
    assert_eq!(error.into_failure(), Some(400));
}

#[test]
fn unknown_answers_are_kept() {
    let page = Replay::new().then(Reply::body(418, "<html>").header("x-more", "1"));
    let bench = bench(page);
    let error = send(bench.call(&CREATE)).unwrap_err();
    assert_eq!((error.status(), error.body().unwrap().as_ref()), (Some(418), &b"<html>"[..]));
    assert_eq!(error.headers().unwrap()["x-more"], "1");
    assert!(
        error.to_string().starts_with("createPet failed with status 418 I'm a teapot (1 attempt"),
        "{error}"
    );
}

#[test]
fn a_success_that_cannot_be_read_may_have_been_done() {
    let bench = bench(Replay::new().then(Reply::json(200, "{\"name\":")));
    let error = send(bench.call(&CREATE)).unwrap_err();
    assert!(error.is_unreadable() && error.may_have_been_received() && !error.is_safe_to_resend());
    assert_eq!((error.status(), error.body().unwrap().len()), (Some(200), 8));
    assert!(
        error.to_string().starts_with(
            "createPet got status 200 with application/json, but the JSON of the body ends too early"
        ),
        "{error}"
    );
    assert!(
        error.to_string().ends_with("; it may have been done, and it is not safe to send it again)"),
        "{error}"
    );
    assert!(std::error::Error::source(&error).is_none());
}

#[test]
fn only_what_the_definition_describes_is_a_success() {
    const JSON: &[&str] = &["application/json"];
    static REGISTER: Operation = CREATE.responses(&[
        DeclaredResponse::new(Status::Code(201), JSON),
        DeclaredResponse::new(Status::Code(204), &[]),
        DeclaredResponse::new(Status::Default, JSON),
    ]);
    let pet = r#"{"name":"rex"}"#;
    let page = "<html><h1>Sign in</h1></html>";
    for (reply, told) in [
        (Reply::json(200, pet), "200 with application/json, but the definition does not declare this status"),
        (Reply::status(202), "202 with an empty body, but the definition does not declare this status"),
        (
            Reply::body(201, page).header("content-type", "text/html; charset=utf-8"),
            "201 with text/html, but the definition describes no body of this media type",
        ),
        (
            Reply::body(204, page).header("content-type", "text/html"),
            "204 with text/html, but the definition describes no body of this media type",
        ),
        (Reply::body(201, page), "201 with a body of no media type, but the body is a page of HTML"),
        (Reply::json(201, ""), "201 with an empty body, but the definition describes JSON"),
        (Reply::json(201, "{}"), "201 with application/json, but a value of the body does not fit its type"),
    ] {
        let bench = bench(Replay::new().then(reply));
        let error = send(bench.call(&REGISTER)).unwrap_err();
        assert!(error.to_string().starts_with(&format!("createPet got status {told}")), "{error}");
        assert!(error.to_string().contains("; it may have been done, and it is not safe"), "{error}");
        assert!(error.is_unreadable() && error.may_have_been_received() && !error.is_safe_to_resend());
        assert!(error.failure().is_none() && error.body().is_some() && error.attempts() == 1, "{error}");
    }
    let sloppy = Reply::body(201, pet).header("content-type", "text/plain");
    let bench = bench(Replay::new().then(sloppy).then(Reply::json(200, pet)));
    assert_eq!(send(bench.call(&REGISTER)).unwrap().value.name, "rex");
    // Whoever asks for the raw answer judges it, too.
    assert_eq!(now(bench.call(&REGISTER).send_raw()).unwrap().status, 200);
}

#[test]
fn raw_answers_have_any_status() {
    for status in [200, 204, 302, 400, 418] {
        let bench = bench(Replay::new().then(Reply::body(status, "x").header("x-correlation-id", "theirs")));
        let answer = now(bench.call(&LIST).send_raw()).unwrap();
        assert_eq!((answer.status, answer.value.as_ref()), (status, &b"x"[..]));
        assert_eq!(answer.correlation_id.as_deref(), Some("theirs"));
    }
    let bench = bench(
        Replay::new().then(Reply::transport_error(TransportProblem::Tls, crate::send::retry::Sent::No)),
    );
    assert!(now(bench.call(&LIST).send_raw()).unwrap_err().is_connect());
}

#[test]
fn a_raw_answer_has_the_warnings_whatever_its_status() {
    for status in [200, 418] {
        let bench = bench(Replay::new().then(Reply::body(status, "x")));
        let mut call = bench.call(&CREATE);
        call.json_checked("application/json", &Pet { name: "long john".to_owned() });
        call.set_validation(Some(Validation::new().warn("invalidSize")));
        assert_eq!(now(call.send_raw()).unwrap().warnings.len(), 1, "{status}");
    }
}

#[test]
fn an_error_is_small_and_can_travel() {
    fn travels<T: Send + Sync + 'static>() {}
    travels::<Error>();
    travels::<CallError<u16>>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<CallError<[u8; 500]>>(), 2 * size_of::<usize>());
}
