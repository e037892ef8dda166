//! What is stored, what is found, and stores that fail.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::send::client::BoxFuture;

#[test]
fn a_token_in_the_store_is_used_while_it_is_good() {
    let store = Arc::new(MemoryTokenStore::new());
    let bench = Bench::new([granted_with("a1", "r1"), granted_with("a2", "r2"), granted_with("a3", "r3")]);
    bench.token(&password().store(Arc::clone(&store))).unwrap();
    // Another process, or this one after a restart.
    let second = refresh_only(Arc::clone(&store));
    let token = bench.token(&second).unwrap();
    assert_eq!((token.expose(), token.base_url()), ("a1", Some("https://us2.example.com")));
    assert_eq!(bench.count(), 1);
    // Not when it has expired, and not when it was refused.
    assert_eq!(bench.another(&second, &token).unwrap().expose(), "a2");
    bench.advance(3300);
    assert_eq!(bench.secret(&refresh_only(Arc::clone(&store))), "a3");
    assert_eq!(bench.sent(), ["password", "r1", "r2"]);
}

#[test]
fn a_refresh_token_is_enough_and_that_of_the_store_comes_first() {
    let store = Arc::new(MemoryTokenStore::new());
    let source = || OAuth2::refresh_token(&SCHEME, "id", "client-secret", "r1");
    let bench = Bench::new([granted_with("a1", "r2"), granted_with("a2", "r3"), granted_with("a3", "r4")]);
    let first = source().store(Arc::clone(&store));
    let token = bench.token(&first).unwrap();
    assert_eq!(token.expose(), "a1");
    assert_eq!(bench.another(&first, &token).unwrap().expose(), "a2");
    // The next process is started with the token that the service has replaced meanwhile.
    bench.advance(3600);
    assert_eq!(bench.secret(&source().store(Arc::clone(&store))), "a3");
    assert_eq!(bench.sent(), ["r1", "r2", "r3"]);
    assert_eq!(Bench::new([granted_with("a1", "r2")]).secret(&source()), "a1");
}

#[test]
fn an_expired_token_in_the_store_is_not_used_whoever_wrote_it() {
    for times in
        [r#""expires_at": 1"#, r#""issued_at": 1, "expires_at": 1"#, r#""issued_at": 1, "expires_at": 0"#]
    {
        let stored = format!(r#"{{"refresh_token": "r1", "access_token": "a0", {times}}}"#);
        let store = MemoryTokenStore::holding(serde_json::from_str(&stored).unwrap());
        let bench = Bench::new([granted_with("a1", "r2")]);
        assert_eq!(bench.secret(&refresh_only(store)), "a1", "{times}");
    }
}

#[test]
fn two_processes_take_what_the_other_got() {
    let store = holding("r1");
    let (one, two) = (refresh_only(Arc::clone(&store)), refresh_only(Arc::clone(&store)));
    let bench = Bench::new([granted_with("a1", "r2"), granted_with("a2", "r3"), granted_with("a3", "r4")]);
    let first = bench.token(&one).unwrap();
    assert_eq!(bench.secret(&two), "a1");
    // One renews, and the other, whose token is refused or due, finds the new one.
    bench.advance(3300);
    assert_eq!(bench.secret(&two), "a2");
    assert_eq!(bench.another(&one, &first).unwrap().expose(), "a2");
    // The access token alone may have gone bad; then the refresh token is the other's.
    bench.advance(3600);
    assert_eq!(bench.secret(&one), "a3");
    assert_eq!(bench.secret(&two), "a3");
    assert_eq!(bench.sent(), ["r1", "r2", "r3"]);
}

#[test]
fn who_comes_too_late_finds_the_others_refresh_token() {
    // The other process renews between this one's look at the store and its question.
    struct Late(Arc<MemoryTokenStore>, AtomicUsize);
    impl TokenStore for Late {
        fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
            let found = self.0.held();
            if self.1.fetch_add(1, Ordering::Relaxed) == 0 {
                block_on(self.0.save(&StoredToken::new("r2").at("https://eu2.example.com"))).unwrap();
            }
            Box::pin(std::future::ready(Ok(found)))
        }
        fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
            self.0.save(token)
        }
    }
    let store = holding("r1");
    let bench = Bench::new([refused(&json!(108)), granted("a1", &json!({"refresh_token": "r3"}))]);
    let source = password().store(Late(Arc::clone(&store), AtomicUsize::new(0)));
    assert_eq!(bench.secret(&source), "a1");
    assert_eq!(bench.sent(), ["r1", "r2"]);
    assert_eq!(bench.asked()[1].0, "https://eu2.example.com/oauth2/v0/token");
    assert_eq!(store.held().unwrap().expose_refresh_token(), Some("r3"));
}

/// A store that can be broken.
#[derive(Default)]
struct Fragile {
    inner: MemoryTokenStore,
    broken: Mutex<(bool, bool)>,
    saves: AtomicUsize,
}

impl Fragile {
    fn breaks(&self, load: bool, save: bool) {
        *self.broken.lock().unwrap() = (load, save);
    }
}

impl TokenStore for Fragile {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        if self.broken.lock().unwrap().0 {
            return Box::pin(std::future::ready(Err(StoreError::other("the vault is closed"))));
        }
        self.inner.load()
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        self.saves.fetch_add(1, Ordering::Relaxed);
        if self.broken.lock().unwrap().1 {
            return Box::pin(std::future::ready(Err(StoreError::other("the vault is full"))));
        }
        self.inner.save(token)
    }
}

#[test]
fn a_token_that_can_not_be_saved_is_used_and_saved_later() {
    let store = Arc::new(Fragile::default());
    let source = password().store(Arc::clone(&store));
    let bench = Bench::new([granted_with("a1", "r1")]);
    store.breaks(false, true);
    for _ in 0..1000 {
        assert_eq!(bench.secret(&source), "a1");
    }
    assert_eq!(store.saves.load(Ordering::Relaxed), 1, "a broken store is not asked for every call");
    let error = source.last_store_error().unwrap();
    assert_eq!(error.to_string(), "the token store failed");
    assert_eq!(std::error::Error::source(&*error).unwrap().to_string(), "the vault is full");

    bench.advance(10);
    bench.token(&source).unwrap();
    assert_eq!(store.saves.load(Ordering::Relaxed), 2);
    store.breaks(false, false);
    bench.advance(10);
    bench.token(&source).unwrap();
    assert_eq!(store.inner.held().unwrap().expose_refresh_token(), Some("r1"));
    assert!(source.last_store_error().is_none());
    bench.advance(10);
    bench.token(&source).unwrap();
    assert_eq!(store.saves.load(Ordering::Relaxed), 3);
    assert_eq!(bench.count(), 1);
}

#[test]
fn what_is_not_saved_is_worth_more_than_what_is() {
    let store = Arc::new(Fragile::default());
    let source = password().store(Arc::clone(&store));
    let bench = Bench::new([granted_with("a1", "r1"), granted_with("a2", "r2"), granted_with("a3", "r3")]);
    bench.token(&source).unwrap();
    store.breaks(false, true);
    bench.advance(3600);
    bench.token(&source).unwrap();
    // The store has the old refresh token still.
    bench.advance(3600);
    bench.token(&source).unwrap();
    assert_eq!(bench.sent(), ["password", "r1", "r2"]);
}

#[test]
fn what_is_not_saved_and_not_wanted_gives_way() {
    let store = Arc::new(Fragile::default());
    let source = refresh_only(Arc::clone(&store));
    let bench = Bench::new([granted_with("a1", "r1"), refused(&json!(108)), granted_with("a2", "r9")]);
    block_on(store.save(&StoredToken::new("r0"))).unwrap();
    store.breaks(false, true);
    bench.token(&source).unwrap();
    // Another process has renewed later than this one.
    block_on(store.inner.save(&StoredToken::new("r8"))).unwrap();
    bench.advance(3600);
    assert_eq!(bench.secret(&source), "a2");
    assert_eq!(bench.sent(), ["r0", "r1", "r8"]);
}

#[test]
fn a_store_that_can_not_be_read_stops_the_first_token_only() {
    let store = Arc::new(Fragile::default());
    let source = password().store(Arc::clone(&store));
    let bench = Bench::new([granted_with("a1", "r1"), granted_with("a2", "r2")]);
    store.breaks(true, true);
    let error = bench.token(&source).unwrap_err();
    assert_eq!((error.problem(), bench.count()), (TokenProblem::NotStored, 0));
    assert_eq!(error.to_string(), "the token store failed");
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.source().unwrap().to_string(), "the vault is closed");

    store.breaks(false, false);
    bench.advance(10);
    assert_eq!(bench.secret(&source), "a1");
    store.breaks(true, true);
    bench.advance(3600);
    assert_eq!(bench.secret(&source), "a2");
    assert!(source.last_store_error().is_some());
}

#[test]
fn a_stored_token_can_be_written_and_read() {
    let moment = UNIX_EPOCH + Duration::from_secs(1_735_689_600);
    let token = StoredToken::new("r1").at("https://us2.example.com").refresh_expires_at(moment);
    let text = serde_json::to_string(&token).unwrap();
    assert_eq!(
        text,
        r#"{"refresh_token":"r1","base_url":"https://us2.example.com","refresh_expires_at":1735689600}"#
    );
    let read: StoredToken = serde_json::from_str(&text).unwrap();
    assert_eq!(read.expose_refresh_token(), Some("r1"));
    assert_eq!(
        (read.refresh_expiry(), read.expiry(), read.expose_access_token()),
        (Some(moment), None, None)
    );
    for secret in [r#"{"refresh_token": 4111}"#, r#"{"access_token": ["4111"]}"#] {
        let error = serde_json::from_str::<StoredToken>(secret).unwrap_err().to_string();
        assert!(!error.contains("4111"), "{error}");
    }
    let far = serde_json::from_str::<StoredToken>(r#"{"expires_at": 18446744073709551615}"#).unwrap();
    assert_eq!(far.expiry(), None);
}
