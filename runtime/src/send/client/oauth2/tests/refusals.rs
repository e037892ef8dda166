//! Refresh tokens that the service does not want any more, and what is tried then.

use super::*;

#[test]
fn a_bad_refresh_token_needs_an_administrator() {
    for (code, problem) in [
        (json!(108), TokenProblem::NewGrantNeeded),
        (json!("108"), TokenProblem::NewGrantNeeded),
        (json!(null), TokenProblem::NewGrantNeeded),
        (json!(10), TokenProblem::Refused),
    ] {
        let bench = Bench::new([refused(&code)]);
        let source = refresh_only(holding("r1"));
        let error = bench.token(&source).unwrap_err();
        assert_eq!(error.problem(), problem, "{code}");
        if problem == TokenProblem::NewGrantNeeded {
            assert!(error.to_string().contains("an administrator must issue a new request token"), "{error}");
        }
    }
}

#[test]
fn a_scheme_without_codes_goes_by_the_word() {
    static PLAIN: OAuth2Scheme = OAuth2Scheme::new("plain", "https://glz.example.com/token");
    let source = OAuth2::refresh_only(&PLAIN, "id", "client-secret")
        .store(MemoryTokenStore::holding(StoredToken::new("r1")));
    let bench = Bench::new([refused(&json!(7))]);
    assert_eq!(bench.problem(&source), TokenProblem::NewGrantNeeded);
}

#[test]
fn an_empty_store_needs_an_administrator() {
    let bench = Bench::new([]);
    let error = bench.token(&refresh_only(MemoryTokenStore::new())).unwrap_err();
    assert_eq!(error.problem(), TokenProblem::NewGrantNeeded);
    assert!(error.to_string().ends_with("(the store holds no refresh token)"), "{error}");
    assert_eq!(bench.count(), 0);
}

#[test]
fn the_grant_is_tried_once_more() {
    let store = holding("r1");
    let source = password().store(Arc::clone(&store));
    let bench = Bench::new([refused(&json!(108)), granted_with("a1", "r2")]);
    assert_eq!(bench.secret(&source), "a1");
    assert_eq!(bench.sent(), ["r1", "password"]);
    assert_eq!(bench.asked()[1].0, "https://glz.example.com/oauth2/v0/token");
    assert_eq!(store.held().unwrap().expose_refresh_token(), Some("r2"));
}

#[test]
fn a_grant_without_a_refresh_token_leaves_no_dead_one() {
    let store = holding("r1");
    let bench = Bench::new([refused(&json!(108)), granted("a1", &json!({})), refused(&json!(5))]);
    let source = password().store(Arc::clone(&store));
    bench.token(&source).unwrap();
    assert_eq!(store.held().unwrap().expose_refresh_token(), None);
    bench.advance(3600);
    assert_eq!(bench.problem(&source), TokenProblem::Refused);
}

#[test]
fn both_refused_is_the_end_of_it() {
    let store = holding("r1");
    let source = password().store(Arc::clone(&store));
    let bench =
        Bench::new([refused(&json!(108)), refused(&json!(5)), refused(&json!(5)), Reply::status(503)]);
    let error = bench.token(&source).unwrap_err();
    assert_eq!(error.problem(), TokenProblem::NewGrantNeeded);
    assert_eq!(
        error.to_string(),
        "the refresh token is expired or withdrawn: an administrator must issue a new request token (refresh: \
         status 400, code 108, invalid_grant; grant: status 400, code 5, invalid_grant)"
    );
    assert_eq!(bench.sent(), ["r1", "password"]);
    assert_eq!(store.held().unwrap().expose_refresh_token(), Some("r1"));

    // A refresh token that is known to be bad is not sent again.
    bench.advance(10);
    assert_eq!(bench.problem(&source), TokenProblem::NewGrantNeeded);
    assert_eq!(bench.sent()[2..], ["password"]);
    // Not everything that keeps a grant from coming is a refusal of it.
    bench.advance(10);
    assert_eq!(bench.problem(&source), TokenProblem::Unreachable);
}

#[test]
fn a_refusal_is_remembered_for_a_while() {
    for (reply, count) in [
        (refused(&json!(5)), 1),
        (Reply::json(200, "{}"), 1),
        (granted("a", &json!({"geolocation": "https://evil.org"})), 1),
        (Reply::status(503).header("retry-after", "10"), 1),
        // Whoever repeats these has a policy and a budget for it.
        (Reply::status(503), 1001),
        (Reply::status(503).header("retry-after", "0"), 1001),
    ] {
        let bench = Bench::of(Replay::new().then(reply).forever());
        let source = password();
        let first = bench.token(&source).unwrap_err();
        for _ in 0..1000 {
            let error = bench.token(&source).unwrap_err();
            assert_eq!((error.problem(), error.to_string()), (first.problem(), first.to_string()));
        }
        assert_eq!(bench.count(), count, "{first}");
        bench.clock.advance(Duration::from_millis(9_999));
        let _ = bench.token(&source);
        let before = bench.count();
        bench.clock.advance(Duration::from_millis(1));
        let _ = bench.token(&source);
        assert_eq!(bench.count(), before + 1, "{first}");
    }
}

#[test]
fn a_wish_to_wait_has_its_bounds() {
    let bench = Bench::new([Reply::status(503).header("retry-after", "86400"), granted("a1", &json!({}))]);
    let source = password();
    assert_eq!(bench.problem(&source), TokenProblem::Unreachable);
    bench.advance(299);
    assert_eq!(bench.problem(&source), TokenProblem::Unreachable);
    bench.advance(1);
    assert_eq!(bench.secret(&source), "a1");
}
