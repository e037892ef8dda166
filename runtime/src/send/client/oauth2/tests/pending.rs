//! Calls that go away while the service answers, and what becomes of the answer.

use super::{
    slow::{Brief, Slow, poke},
    *,
};

/// What a source, a store, a service and a clock are for a caller.
struct Scene {
    source: OAuth2,
    store: Arc<MemoryTokenStore>,
    service: Arc<Slow>,
    transport: Arc<dyn Transport>,
    clock: Brief,
    hosts: Hosts,
}

impl Scene {
    /// The store holds the refresh token `r0`.
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let (store, service) = (holding("r0"), Slow::new(replies));
        let (source, transport) = (refresh_only(Arc::clone(&store)), Slow::transport(&service));
        Self { source, store, service, transport, clock: Brief::new(), hosts: Hosts::none() }
    }

    fn context(&self) -> TokenContext<'_> {
        context(&self.transport, &self.clock, &self.hosts, None)
    }

    /// A call that goes away before the answer comes.
    fn leave(&self) {
        let mut call = self.source.token(self.context());
        assert!(poke(&mut call).is_pending());
    }

    fn secret(&self) -> String {
        block_on(self.source.token(self.context())).unwrap().expose().to_owned()
    }

    fn stored(&self) -> Option<String> {
        self.store.held().and_then(|held| held.expose_refresh_token().map(str::to_owned))
    }
}

#[test]
fn the_answer_to_a_call_that_is_gone_is_the_next_ones() {
    let scene = Scene::new([granted_with("a1", "r1")]);
    for _ in 0..3 {
        scene.leave();
    }
    assert_eq!(scene.secret(), "a1");
    assert_eq!((scene.service.count(), scene.stored().as_deref()), (1, Some("r1")));
}

#[test]
fn the_lifetime_counts_from_the_question() {
    let scene = Scene::new([granted_with("a1", "r1"), granted_with("a2", "r2")]);
    scene.leave();
    scene.clock.set(50);
    assert_eq!(scene.secret(), "a1");
    scene.clock.set(3299);
    assert_eq!(scene.secret(), "a1");
    scene.clock.set(3301);
    assert_eq!(scene.secret(), "a2");
}

#[test]
fn another_question_is_asked_and_not_waited_for() {
    let scene = Scene::new([granted_with("a1", "r1"), granted_with("a2", "r2")]);
    scene.leave();
    // Another process has been given a new refresh token.
    block_on(scene.store.save(&StoredToken::new("other").at("https://us2.example.com"))).unwrap();
    assert_eq!(scene.secret(), "a2");
    assert_eq!((scene.service.count(), scene.stored().as_deref()), (2, Some("r2")));
}

#[test]
fn an_answer_that_never_comes_is_given_up_and_asked_for_anew() {
    let scene = Scene::new([granted_with("a1", "r1")]);
    scene.service.hold_up();
    scene.leave();
    assert_eq!(scene.service.count(), 0);
    // The minute that an exchange may take is nearly over.
    scene.clock.set(58);
    let error = block_on(scene.source.token(scene.context())).unwrap_err();
    assert_eq!(error.problem(), TokenProblem::Unreachable);
    assert!(error.is_transient());
    assert_eq!(scene.secret(), "a1");
    assert_eq!(scene.service.count(), 1);
}

#[test]
fn an_answer_that_came_long_ago_is_still_read() {
    let scene = Scene::new([
        granted("a1", &json!({"refresh_token": "r1", "expires_in": 60})),
        granted("a2", &json!({})),
    ]);
    // It takes five turns, and the call after that finds it at once.
    for _ in 0..5 {
        scene.leave();
    }
    scene.clock.set(100_000);
    assert_eq!(scene.secret(), "a1");
    // That one has expired by now, but the refresh token is what counts.
    assert_eq!(scene.stored().as_deref(), Some("r1"));
    assert_eq!(scene.secret(), "a2");
    assert_eq!(scene.service.count(), 2);
}

#[test]
fn a_question_that_was_sent_on_is_not_lost_either() {
    let moved = Reply::json(400, json!({"code": 16, "geolocation": "https://eu.example.com"}).to_string());
    let scene = Scene::new([moved.clone(), granted_with("a1", "r1"), moved]);
    let mut call = scene.source.token(scene.context());
    for _ in 0..7 {
        assert!(poke(&mut call).is_pending());
    }
    drop(call);
    assert_eq!(scene.service.count(), 2, "the second host has been asked");
    assert_eq!(scene.secret(), "a1");
    assert_eq!(scene.service.count(), 3, "and was not asked again");
}
