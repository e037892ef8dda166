//! Sources that share one file, as processes do, at a service where a refresh token dies with its first use.

use std::{
    fs,
    future::poll_fn,
    sync::{
        Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::Poll,
    thread,
    time::Instant,
};

use http::Request;

use super::{
    files::Folder,
    slow::{Brief, poke},
    *,
};
use crate::send::client::{BoxFuture, Bytes, Exchange, RawResponse};

/// A service that answers `a1` and `r1` to `r0`, and so on. Each refresh token is good once.
#[derive(Default)]
struct Rotating {
    used: AtomicUsize,
    count: AtomicUsize,
    /// Whether the answers are held back.
    is_closed: AtomicBool,
}

impl Rotating {
    fn transport(service: &Arc<Self>) -> Arc<dyn Transport> {
        Arc::<Self>::clone(service)
    }

    fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// The request has its effect at once, and the answer comes later.
    fn reply(&self, form: &[u8]) -> RawResponse {
        self.count.fetch_add(1, Ordering::SeqCst);
        let sent = form_urlencoded::parse(form).find(|(name, _)| name == "refresh_token");
        let number = sent.and_then(|(_, token)| token.strip_prefix('r')?.parse::<usize>().ok());
        let next = number.filter(|number| {
            self.used.compare_exchange(*number, number + 1, Ordering::SeqCst, Ordering::SeqCst).is_ok()
        });
        let Some(number) = next else {
            let mut answer =
                RawResponse::new(Bytes::from_static(br#"{"code": 108, "error": "invalid_grant"}"#));
            *answer.status_mut() = http::StatusCode::BAD_REQUEST;
            return answer;
        };
        let (access, refresh) = (format!("a{}", number + 1), format!("r{}", number + 1));
        let body = json!({"access_token": access, "refresh_token": refresh, "expires_in": 3600});
        RawResponse::new(body.to_string().into())
    }
}

impl Transport for Rotating {
    fn send(&self, request: Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        let answer = self.reply(request.body());
        let mut turns = 3;
        Box::pin(async move {
            poll_fn(|context| {
                turns -= i32::from(turns > 0 && !self.is_closed.load(Ordering::SeqCst));
                context.waker().wake_by_ref();
                thread::yield_now();
                if turns == 0 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            Ok(answer)
        })
    }
}

/// A file with the refresh token `r0`, and sources that each have opened it for themselves.
struct Shared {
    folder: Folder,
    service: Arc<Rotating>,
    transport: Arc<dyn Transport>,
    clock: Brief,
    hosts: Hosts,
}

impl Shared {
    fn new(name: &str) -> Self {
        let (folder, service) = (Folder::new(name), Arc::new(Rotating::default()));
        FileTokenStore::new(folder.file()).write(&StoredToken::new("r0")).unwrap();
        let transport = Rotating::transport(&service);
        Self { folder, service, transport, clock: Brief::new(), hosts: Hosts::none() }
    }

    fn store(&self) -> FileTokenStore {
        FileTokenStore::new(self.folder.file())
    }

    fn source(&self) -> OAuth2 {
        refresh_only(self.store())
    }

    fn context<'a>(&'a self, refused: Option<&'a Token>) -> TokenContext<'a> {
        context(&self.transport, &self.clock, &self.hosts, refused)
    }

    fn secret(&self, source: &OAuth2) -> String {
        block_on(source.token(self.context(None))).unwrap().expose().to_owned()
    }

    fn stored(&self) -> Option<String> {
        self.store().read().unwrap()?.expose_refresh_token().map(str::to_owned)
    }

    /// A call that goes away while the service answers.
    fn leave(&self, source: &OAuth2) {
        self.service.is_closed.store(true, Ordering::SeqCst);
        let before = self.service.count();
        let mut call = source.token(self.context(None));
        soon(|| {
            assert!(poke(&mut call).is_pending());
            self.service.count() > before
        });
    }
}

/// Waits until something has come about.
fn soon(mut is_true: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_true() {
        assert!(start.elapsed() < Duration::from_secs(30), "it takes too long");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn sources_that_renew_at_the_same_time_ask_once() {
    const SOURCES: usize = 4;
    const ROUNDS: u64 = 50;
    let shared = Shared::new("race");
    let barrier = Barrier::new(SOURCES);
    let run = || {
        let mut source = shared.source();
        let round = |round: u64| {
            // Each token has expired by the next round. Some of the processes are new ones.
            if barrier.wait().is_leader() {
                shared.clock.set(round * 4000);
                source = shared.source();
            }
            barrier.wait();
            block_on(source.token(shared.context(None))).map(|token| token.expose().to_owned())
        };
        (1..=ROUNDS).map(round).collect::<Vec<_>>()
    };
    let ended = thread::scope(|scope| {
        let threads = [(); SOURCES].map(|()| scope.spawn(run));
        threads.map(|thread| thread.join().unwrap())
    });
    for tokens in ended {
        for (token, round) in tokens.into_iter().zip(1..=ROUNDS) {
            assert_eq!(token.unwrap(), format!("a{round}"));
        }
    }
    assert_eq!(shared.stored(), Some(format!("r{ROUNDS}")));
    assert_eq!(shared.service.count().to_string(), ROUNDS.to_string());
}

#[test]
fn sources_that_share_a_store_in_memory_ask_once_too() {
    let store = Arc::new(MemoryTokenStore::holding(StoredToken::new("r0")));
    let service = Arc::new(Rotating::default());
    let (transport, clock, hosts) = (Rotating::transport(&service), Brief::new(), Hosts::none());
    let sources = [(); 5].map(|()| refresh_only(Arc::clone(&store)));
    for round in 1..20 {
        clock.set(round * 4000);
        let calls = sources.iter().map(|source| source.token(context(&transport, &clock, &hosts, None)));
        for token in block_on(futures_util::future::join_all(calls)) {
            assert_eq!(token.unwrap().expose(), format!("a{round}"));
        }
    }
    assert_eq!(service.count(), 19);
}

#[test]
fn the_answer_to_a_call_that_is_gone_is_saved_before_the_lock_is_released() {
    let shared = Shared::new("gone");
    let (first, second) = (shared.source(), shared.source());
    shared.leave(&first);
    // Nobody but the thread waits for the answer, and it holds the lock meanwhile.
    assert!(matches!(block_on(shared.store().lock(Duration::ZERO)), Err(StoreError::Busy { .. })));
    thread::scope(|scope| {
        let other = scope.spawn(|| shared.secret(&second));
        let same = scope.spawn(|| shared.secret(&first));
        shared.service.is_closed.store(false, Ordering::SeqCst);
        assert_eq!((other.join().unwrap(), same.join().unwrap()), ("a1".to_owned(), "a1".to_owned()));
    });
    assert_eq!((shared.service.count(), shared.stored().as_deref()), (1, Some("r1")));
    soon(|| block_on(shared.store().lock(Duration::ZERO)).is_ok());
}

#[test]
fn the_answer_is_saved_even_if_the_source_is_gone_too() {
    let shared = Shared::new("all-gone");
    let source = shared.source();
    shared.leave(&source);
    drop(source);
    shared.service.is_closed.store(false, Ordering::SeqCst);
    soon(|| shared.stored().as_deref() == Some("r1"));
    assert_eq!((shared.secret(&shared.source()).as_str(), shared.service.count()), ("a1", 1));
}

#[test]
fn an_answer_that_never_comes_does_not_hold_the_lock_for_ever() {
    let shared = Shared::new("never");
    let source = shared.source();
    // The exchange has two seconds. In the thread they are real ones.
    let (timeout, clock) = (Duration::from_secs(2), Wall::new());
    shared.service.is_closed.store(true, Ordering::SeqCst);
    let mut call =
        source.token(TokenContext { timeout, ..context(&shared.transport, &clock, &shared.hosts, None) });
    soon(|| {
        assert!(poke(&mut call).is_pending());
        shared.service.count() == 1
    });
    drop(call);
    let start = Instant::now();
    soon(|| block_on(shared.store().lock(Duration::ZERO)).is_ok());
    assert!(start.elapsed() > Duration::from_secs(1), "{:?}", start.elapsed());
    // If it comes after all, the next call finds it.
    shared.service.is_closed.store(false, Ordering::SeqCst);
    assert_eq!((shared.secret(&source).as_str(), shared.service.count()), ("a1", 1));
    assert_eq!(shared.stored().as_deref(), Some("r1"));
}

/// A store whose saves take until they are let go, and which says when its lock is released.
#[derive(Default)]
struct Vault {
    inner: MemoryTokenStore,
    is_closed: AtomicBool,
    saves: AtomicUsize,
    is_locked: Arc<AtomicBool>,
}

struct Release(Arc<AtomicBool>);

impl Drop for Release {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl TokenStore for Vault {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.inner.load()
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        self.saves.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            poll_fn(|context| {
                context.waker().wake_by_ref();
                if self.is_closed.load(Ordering::SeqCst) { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
            assert!(self.is_locked.load(Ordering::SeqCst));
            self.inner.save(token).await
        })
    }

    fn lock(&self, _: Duration) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        assert!(!self.is_locked.swap(true, Ordering::SeqCst));
        let lock = StoreLock::new(Release(Arc::clone(&self.is_locked)));
        Box::pin(std::future::ready(Ok(lock)))
    }
}

#[test]
fn a_save_that_nobody_waits_for_is_finished_under_the_lock() {
    let store = Arc::new(Vault::default());
    let bench = Bench::new([granted_with("a1", "r1")]);
    let source = password().store(Arc::clone(&store));
    store.is_closed.store(true, Ordering::SeqCst);
    let mut call = source.token(bench.context(None));
    assert!(poke(&mut call).is_pending());
    drop(call);
    assert_eq!(bench.secret(&source), "a1");
    assert!(store.is_locked.load(Ordering::SeqCst));
    store.is_closed.store(false, Ordering::SeqCst);
    soon(|| !store.is_locked.load(Ordering::SeqCst));
    assert_eq!(store.inner.held().unwrap().expose_refresh_token(), Some("r1"));
    assert_eq!((bench.count(), bench.secret(&source)), (1, "a1".to_owned()));
}

#[test]
fn a_call_that_goes_away_before_it_asks_releases_the_lock() {
    let shared = Shared::new("early");
    let held = block_on(shared.store().lock(Duration::ZERO)).unwrap();
    let source = shared.source();
    let mut call = source.token(shared.context(None));
    for _ in 0..20 {
        assert!(poke(&mut call).is_pending());
        thread::sleep(Duration::from_millis(2));
    }
    drop(call);
    drop(held);
    assert_eq!((shared.secret(&shared.source()).as_str(), shared.service.count()), ("a1", 1));
}

#[test]
fn a_store_that_another_process_has_locked_is_waited_for_within_bounds() {
    let shared = Shared::new("busy");
    let source = shared.source();
    let first = block_on(source.token(shared.context(None))).unwrap();
    let held = block_on(shared.store().lock(Duration::ZERO)).unwrap();
    let path = shared.folder.file().display().to_string();

    // With a token that is still good, nobody waits, and nobody asks again at once.
    shared.clock.set(3300);
    assert_eq!(shared.secret(&source), "a1");
    shared.clock.set(3309);
    assert_eq!(shared.secret(&source), "a1");

    let call =
        source.token(TokenContext { timeout: Duration::from_millis(200), ..shared.context(Some(&first)) });
    let (start, error) = (Instant::now(), block_on(call).unwrap_err());
    assert!(start.elapsed() >= Duration::from_millis(200));
    assert_eq!((error.problem(), error.is_transient()), (TokenProblem::NotStored, true));
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, format!("another process has kept the token file {path} locked for 200 ms"));
    assert!(source.last_store_error().is_none(), "what the store should hold, it holds");

    drop(held);
    let another = block_on(source.token(shared.context(Some(&first)))).unwrap();
    assert_eq!((another.expose(), shared.service.count()), ("a2", 2));
}

#[test]
fn a_lock_file_that_is_removed_or_replaced_lets_nobody_in() {
    let shared = Shared::new("removed");
    let lock_file = shared.folder.0.join("token.json.lock");
    let lock = |store: &FileTokenStore| block_on(store.lock(Duration::from_millis(50)));
    let (one, two) = (shared.store(), shared.store());
    for replace in [false, true] {
        let held = lock(&one).unwrap();
        fs::remove_file(&lock_file).unwrap();
        if replace {
            fs::write(&lock_file, "").unwrap();
        }
        assert!(matches!(lock(&two), Err(StoreError::Busy { .. })));
        // The new file that a save puts in place is locked as well.
        block_on(one.save(&StoredToken::new("r5"))).unwrap();
        assert!(matches!(lock(&two), Err(StoreError::Busy { .. })));
        drop(held);
        drop(lock(&two).unwrap());
    }
}

#[test]
fn a_refresh_token_that_was_replaced_without_a_lock_is_found() {
    // Somebody with an older version, or a text editor, stores another one while this process asks with its
    // own.
    let shared = Shared::new("unlocked");
    shared.service.used.store(7, Ordering::SeqCst);
    let source = shared.source();
    shared.service.is_closed.store(true, Ordering::SeqCst);
    let mut call = source.token(shared.context(None));
    soon(|| {
        assert!(poke(&mut call).is_pending());
        shared.service.count() == 1
    });
    let token = r#"{"format":"specwright-tokens","version":1,"token":{"refresh_token":"r7"}}"#;
    fs::write(shared.folder.file(), token).unwrap();
    shared.service.is_closed.store(false, Ordering::SeqCst);
    assert_eq!(block_on(call).unwrap().expose(), "a8");
    assert_eq!((shared.service.count(), shared.stored().as_deref()), (2, Some("r8")));
}
