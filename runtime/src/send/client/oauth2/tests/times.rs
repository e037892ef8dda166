//! When a token is renewed, when it is not, and what holds meanwhile.

use super::*;

#[test]
fn a_token_is_renewed_early_but_not_too_early() {
    for (lifetime, early, until) in [
        (json!("3600"), None, Some(3300)),
        (json!(600), None, Some(540)),
        (json!(3600), Some(60), Some(3540)),
        (json!(3600), Some(3600), Some(3240)),
        (json!(3600), Some(0), Some(3600)),
        (json!(0), None, Some(10)),
        (json!(-1), None, Some(10)),
        (json!("0.5"), None, Some(10)),
        (json!(1), Some(3600), Some(10)),
        (json!(11), None, Some(10)),
        (json!(0), Some(0), Some(10)),
        (json!("unknown"), None, None),
    ] {
        let bench = Bench::new([granted("a1", &json!({"expires_in": lifetime})), granted("a2", &json!({}))]);
        let source = match early {
            Some(early) => password().early(Duration::from_secs(early)),
            None => password(),
        };
        assert_eq!(bench.secret(&source), "a1");
        if let Some(last) = until.unwrap_or(10_000_000_u64).checked_sub(1) {
            bench.advance(last);
            assert_eq!(bench.secret(&source), "a1", "{lifetime}");
            bench.advance(1);
        }
        let expected = if until.is_some() { "a2" } else { "a1" };
        assert_eq!(bench.secret(&source), expected, "{lifetime} {early:?}");
    }
}

#[test]
fn a_lifetime_of_zero_costs_few_questions() {
    let answer = |access: &str| granted(access, &json!({"refresh_token": "r", "expires_in": 0}));
    let store = Arc::new(MemoryTokenStore::new());
    let bench = Bench::new([answer("a1"), answer("a2"), answer("a3")]);
    let source = password().store(Arc::clone(&store));
    for _ in 0..1000 {
        assert_eq!(bench.secret(&source), "a1");
    }
    // Another process counts from the same moment.
    bench.advance(9);
    assert_eq!(bench.secret(&password().store(Arc::clone(&store))), "a1");
    // A refusal is another matter.
    assert_eq!(bench.another(&source, &Token::new("a1")).unwrap().expose(), "a2");
    bench.advance(9);
    assert_eq!(bench.another(&source, &Token::new("a2")).unwrap_err().problem(), TokenProblem::NoOther);
    assert_eq!(bench.count(), 2);
    bench.advance(1);
    assert_eq!(bench.secret(&source), "a3");
}

#[test]
fn a_short_lived_token_may_be_refused_at_its_end() {
    let answer = |access: &str| granted(access, &json!({"expires_in": 3}));
    let bench = Bench::new([answer("a1"), answer("a2"), answer("a3")]);
    let source = password();
    bench.token(&source).unwrap();
    bench.advance(3);
    let second = bench.another(&source, &Token::new("a1")).unwrap();
    assert_eq!(second.expose(), "a2");
    bench.advance(2);
    assert_eq!(bench.another(&source, &second).unwrap_err().problem(), TokenProblem::NoOther);
    bench.advance(1);
    assert_eq!(bench.another(&source, &second).unwrap().expose(), "a3");
}

#[test]
fn a_refused_token_is_replaced_and_an_older_one_is_not() {
    let bench = Bench::new([granted("a1", &json!({})), granted("a2", &json!({})), granted("a3", &json!({}))]);
    let source = password();
    let first = bench.token(&source).unwrap();
    let second = bench.another(&source, &first).unwrap();
    assert_eq!(second.expose(), "a2");
    // This call began before the other one came back.
    assert_eq!(bench.another(&source, &first).unwrap().expose(), "a2");
    assert_eq!(bench.another(&source, &Token::new("a0")).unwrap().expose(), "a2");
    assert_eq!(bench.count(), 2);

    // A call that may not be made is refused with any token; a million of them must not fetch a million
    // tokens.
    for _ in 0..1000 {
        assert_eq!(bench.another(&source, &second).unwrap_err().problem(), TokenProblem::NoOther);
    }
    assert_eq!(bench.count(), 2);
    bench.advance(10);
    assert_eq!(bench.another(&source, &second).unwrap().expose(), "a3");
}

#[test]
fn the_same_token_again_is_no_other() {
    let bench = Bench::new([granted("a1", &json!({})), granted("a1", &json!({}))]);
    let source = password();
    let token = bench.token(&source).unwrap();
    assert_eq!(bench.another(&source, &token).unwrap_err().problem(), TokenProblem::NoOther);
    assert_eq!(bench.secret(&source), "a1");
}

#[test]
fn the_old_token_serves_while_there_is_no_new_one() {
    for (failure, problem) in [
        (Reply::status(503), TokenProblem::Unreachable),
        (Reply::hang(), TokenProblem::Unreachable),
        (refused(&json!(10)), TokenProblem::Refused),
    ] {
        let bench = Bench::of(Replay::new().then(granted_with("a1", "r1")).then(failure).forever());
        let source = password();
        let token = bench.token(&source).unwrap();
        bench.advance(3300);
        for _ in 0..1000 {
            assert_eq!(bench.secret(&source), "a1");
        }
        assert_eq!(bench.count(), 2, "it is not asked again at once");
        // A call whose token was refused has no use for it.
        bench.advance(20);
        assert_eq!(bench.another(&source, &token).unwrap_err().problem(), problem);
        bench.advance(300);
        assert_eq!(bench.problem(&source), problem);
    }
}

#[test]
fn an_early_failure_is_mended_later() {
    let bench = Bench::new([granted_with("a1", "r1"), Reply::status(500), granted_with("a2", "r2")]);
    let source = password();
    bench.token(&source).unwrap();
    bench.advance(3300);
    assert_eq!(bench.secret(&source), "a1");
    bench.advance(10);
    assert_eq!(bench.secret(&source), "a2");
}

#[test]
fn a_time_of_day_that_jumps_back_makes_no_token_live_longer() {
    let clock = Wall::new();
    let service = Replay::new()
        .then(granted("a1", &json!({})))
        .then(granted("a2", &json!({})))
        .then(refused(&json!(5)))
        .then(granted("a3", &json!({})));
    let service: Arc<dyn Transport> = Arc::new(service);
    let (hosts, source) = (Hosts::none(), password());
    let get = || block_on(source.token(context(&service, &clock, &hosts, None)));
    for (at, expected) in [
        (1_000_000, Some("a1")),
        // A minute is nothing.
        (999_950, Some("a1")),
        (900_000, Some("a2")),
        (910_000, None),
        (910_001, None),
        // The refusal would hold for half a day.
        (860_000, Some("a3")),
    ] {
        clock.set(at);
        assert_eq!(get().ok().as_ref().map(Token::expose), expected, "{at}");
    }
}
