//! Many callers at once, and callers that go away.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use futures_util::future::join_all;

use super::{
    slow::{Slow, poke},
    *,
};
use crate::send::client::BoxFuture;

/// Asks a thousand times at once; the secrets, or the problems.
fn crowd(source: &OAuth2, service: &Arc<Slow>, clock: &Wall, refused: Option<&Token>) -> Vec<String> {
    let (hosts, transport) = (Hosts::none(), Slow::transport(service));
    let context = context(&transport, clock, &hosts, refused);
    let answers = block_on(join_all((0..1000).map(|_| source.token(context))));
    let text = |answer: Result<Token, TokenError>| match answer {
        Ok(token) => token.expose().to_owned(),
        Err(error) => error.to_string(),
    };
    answers.into_iter().map(text).collect()
}

#[test]
fn a_thousand_callers_make_one_request() {
    let (clock, source) = (Wall::new(), password());
    let service = Slow::new([
        Reply::status(500),
        granted_with("a1", "r1"),
        granted_with("a2", "r2"),
        granted_with("a3", "r3"),
        granted("a4", &json!({"expires_in": 0})),
    ]);
    // All who wait for an answer get it, a failure too.
    for (at, refused, expected) in [
        (0, None, "the token service can't be reached (status 500)"),
        (0, None, "a1"),
        (1, Some(Token::new("a1")), "a2"),
        (3601, None, "a3"),
        // A token that has no time to live serves those who waited for it.
        (7201, None, "a4"),
    ] {
        clock.set(at);
        let before = service.count();
        let answers = crowd(&source, &service, &clock, refused.as_ref());
        assert!(answers.iter().all(|answer| answer == expected), "{expected}: {answers:?}");
        assert_eq!(service.count(), before + 1, "{expected}");
    }
}

#[test]
fn an_early_renewal_keeps_nobody_waiting() {
    let (clock, source, hosts) = (Wall::new(), password(), Hosts::none());
    let service = Slow::new([granted_with("a1", "r1"), granted_with("a2", "r2")]);
    crowd(&source, &service, &clock, None);
    clock.set(3300);
    let answers = crowd(&source, &service, &clock, None);
    assert_eq!(answers.iter().filter(|answer| *answer == "a2").count(), 1);
    assert_eq!(answers.iter().filter(|answer| *answer == "a1").count(), 999);
    assert_eq!(service.count(), 2);
    let transport = Slow::transport(&service);
    let last = block_on(source.token(context(&transport, &clock, &hosts, None))).unwrap();
    assert_eq!(last.expose(), "a2");
}

#[test]
fn threads_make_one_request_too() {
    let service = Slow::new([granted_with("a1", "r1")]);
    let (clock, source) = (Wall::new(), Arc::new(password()));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let answers = crowd(&source, &service, &clock, None);
                assert!(answers.iter().all(|answer| answer == "a1"));
            });
        }
    });
    assert_eq!(service.count(), 1);
}

#[test]
fn a_caller_that_goes_away_leaves_the_source_usable() {
    let (clock, source, hosts) = (Wall::new(), password(), Hosts::none());
    let service = Slow::new([granted_with("a1", "r1")]);
    let transport = Slow::transport(&service);
    let context = context(&transport, &clock, &hosts, None);
    let mut first = source.token(context);
    let mut second = source.token(context);
    let mut third = source.token(context);
    assert!(poke(&mut first).is_pending());
    assert!(poke(&mut second).is_pending());
    assert!(poke(&mut third).is_pending());
    drop(first);
    // The next in the queue may go too.
    drop(second);
    assert_eq!(block_on(third).unwrap().expose(), "a1");
    assert_eq!(service.count(), 1);
}

/// A store that takes its time.
#[derive(Default)]
struct SlowStore {
    inner: MemoryTokenStore,
    held_up: AtomicUsize,
}

impl TokenStore for SlowStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.inner.load()
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        if self.held_up.swap(0, Ordering::Relaxed) == 1 {
            return Box::pin(std::future::pending());
        }
        self.inner.save(token)
    }
}

#[test]
fn a_caller_that_goes_away_while_its_token_is_saved_loses_nothing() {
    let store = Arc::new(SlowStore::default());
    let bench = Bench::new([granted_with("a1", "r1")]);
    let source = password().store(Arc::clone(&store));
    store.held_up.store(1, Ordering::Relaxed);
    let mut first = source.token(bench.context(None));
    assert!(poke(&mut first).is_pending());
    // Nobody waits for the store but the one who saves.
    assert_eq!(bench.secret(&source), "a1");
    drop(first);
    assert!(store.inner.held().is_none());
    assert_eq!(bench.secret(&source), "a1");
    assert_eq!(store.inner.held().unwrap().expose_refresh_token(), Some("r1"));
    assert_eq!(bench.count(), 1);
}
