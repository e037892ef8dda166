//! The sandbox on a port of this machine that is free, in the process of the test.
#![allow(dead_code, reason = "each of those who include the module uses a part of it")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use concur_cards_sandbox::bulk::{BulkRequestRecord, Caller, Item, Kind, Outcome, Role};
use concur_cards_sandbox::faults;
use concur_cards_sandbox::store::{Processing, Store};
use concur_cards_sandbox::tokens::{self, APPLICATIONS, Application, COMPANIES};
use concur_cards_sandbox::{Bound, Instant, Sandbox};
use tokio::runtime::{Builder, Runtime};

/// The application of the tests.
pub(crate) const APPLICATION: &Application = &APPLICATIONS[0];

/// How long a bulk request is in progress, unless [`LocalSandbox::process`] is to end that.
const DELAY: Duration = Duration::from_millis(20);
/// Longer than any test takes.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A sandbox until it is dropped.
pub(crate) struct LocalSandbox {
    sandbox: Arc<Sandbox>,
    token: String,
    /// What the sandbox runs on ends with it.
    _runtime: Runtime,
}

impl LocalSandbox {
    /// Starts a sandbox that processes soon what it accepts.
    pub(crate) fn start() -> Self {
        Self::with_delay(DELAY)
    }

    /// Starts a sandbox that processes what it accepts when [`LocalSandbox::process`] is called.
    pub(crate) fn paused() -> Self {
        Self::with_delay(DAY)
    }

    fn with_delay(delay: Duration) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let bound = runtime.block_on(Bound::bind(([127, 0, 0, 1], 0).into())).unwrap();
        let (store, url, now) = (Store::in_memory().unwrap(), bound.base_url(), Instant::now());
        let processing = Processing { delay, partial: 0.0, seed: 1 };
        let sandbox = Sandbox::new(store, processing, Vec::new(), url.clone());
        let token = tokens::issue_to(sandbox.store(), APPLICATION, &COMPANIES[0], &url, now).unwrap();
        create_account(sandbox.store());
        runtime.spawn(bound.serve(sandbox.clone(), std::future::pending()));
        Self { sandbox, token: token.access_token, _runtime: runtime }
    }

    /// Processes all that was accepted.
    pub(crate) fn process(&self) {
        process(self.sandbox.store());
    }

    /// Returns where it listens.
    pub(crate) fn url(&self) -> &str {
        self.sandbox.base_url()
    }

    /// Returns a token of [`APPLICATION`] for the first company.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Returns whether a token is good.
    pub(crate) fn knows(&self, token: &str) -> bool {
        self.sandbox.store().access(token, Instant::now()).unwrap().is_some()
    }

    /// Replaces the rules of faults.
    pub(crate) fn set_rules(&self, rules: &str) {
        self.sandbox.set_rules(faults::read(rules.as_bytes()).unwrap());
    }

    /// Makes the answers to bulk requests for transactions late from now on.
    pub(crate) fn answer_late(&self, delay: Duration) {
        let seconds = delay.as_secs_f64();
        self.set_rules(&format!(
            r#"[{{"fault": "lateAnswer", "operation": "createTransactionsBulk", "seconds": {seconds}}}]"#
        ));
    }

    /// Counts the calls of an operation from now on, for [`LocalSandbox::counted`]. With these rules faults
    /// are met as well.
    pub(crate) fn count(&self, operation: &str, rules: &str) {
        let mut rules = faults::read(rules.as_bytes()).unwrap();
        // A delay of nothing changes nothing, and says how often it was met.
        let counter = format!(
            r#"[{{"fault": "delay", "seconds": 0, "operation": "{operation}", "count": {}}}]"#,
            u64::MAX
        );
        rules.splice(..0, faults::read(counter.as_bytes()).unwrap());
        self.sandbox.set_rules(rules);
    }

    /// Returns how many calls have been counted.
    pub(crate) fn counted(&self) -> u64 {
        u64::MAX - self.sandbox.rules()[0].count.unwrap()
    }

    /// Returns the accepted bulk requests in their order.
    pub(crate) fn requests(&self) -> Vec<BulkRequestRecord> {
        let mut requests = self.sandbox.store().latest(usize::MAX).unwrap().requests;
        requests.retain(|request| request.caller.application == APPLICATION.id);
        requests.reverse();
        requests
    }

    /// Returns the external ids of each accepted bulk request.
    pub(crate) fn taken(&self) -> Vec<Vec<String>> {
        let items = |request: &BulkRequestRecord| {
            let items = self.sandbox.store().items(&request.id, 0, usize::MAX).unwrap();
            items.into_iter().map(|item| item.external_id).collect()
        };
        self.requests().iter().map(items).collect()
    }

    /// Returns how many items have been accepted; one that was sent twice counts once.
    pub(crate) fn items(&self) -> usize {
        self.taken().into_iter().flatten().collect::<BTreeSet<String>>().len()
    }
}

/// Creates the account of the tests' transactions. It is another application's, so that what the tests ask of
/// bulk requests is about their own.
fn create_account(store: &Store) {
    let caller = Caller { application: APPLICATIONS[1].id.to_owned(), company: COMPANIES[0].id.to_owned() };
    let account = Item { external_id: "acct-1".to_owned(), role: Role::Account, outcome: Outcome::Waiting };
    let now = Instant::now();
    store.accept(caller, Kind::Accounts, &[account], false, now, now).unwrap();
    process(store);
}

fn process(store: &Store) {
    let processing = Processing { delay: Duration::ZERO, partial: 0.0, seed: 1 };
    while !store.process(&processing, Instant::now().after(DAY)).unwrap().is_empty() {}
}
