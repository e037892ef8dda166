//! Load on a sandbox: bulk requests over several connections, for a while.
//!
//! `cargo bench -p concur-cards-sandbox --bench load -- --seconds 600` starts a sandbox with a store of its
//! own and tells, part by part, how long requests take, and the memory of the sandbox's process. In the end
//! the store must have every transaction.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "what fails here ends the measurement")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::Parser;
use concur_cards::client::{Client, Token};
use concur_cards::transport::ReqwestTransport;
use concur_cards_sandbox::bulk::Kind;
use concur_cards_sandbox::store::Store;

#[derive(Parser)]
struct Arguments {
    /// How long.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How many bulk requests a minute; 0: as many as are answered.
    #[arg(long, default_value_t = 5000)]
    per_minute: u32,
    /// How many transactions a bulk request has.
    #[arg(long, default_value_t = 100)]
    items: u32,
    /// How many requests may be on their way at a time.
    #[arg(long, default_value_t = 16)]
    connections: u32,
    /// How many times it tells how things are.
    #[arg(long, default_value_t = 10)]
    parts: u32,
    /// What cargo gives to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A sandbox in a process of its own.
struct Running {
    child: Child,
    url: String,
    company: String,
    token: String,
    data: PathBuf,
}

impl Running {
    fn start() -> Self {
        let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("load.redb");
        let _ = fs::remove_file(&data);
        let mut child = Command::new(env!("CARGO_BIN_EXE_concur-cards-sandbox"))
            .args(["--port", "0", "--data"])
            .arg(&data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines: Vec<String> = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .take_while(|line| !line.starts_with("client id"))
            .collect();
        let told = |word| lines.iter().find_map(|line| line.strip_prefix(word)).unwrap().trim().to_owned();
        let url = told("The sandbox of Cards v4 listens on ");
        Self { child, url, company: told("company "), token: told("token "), data }
    }

    fn client(&self) -> Client {
        Client::builder()
            .transport(ReqwestTransport::builder().no_proxy().build().unwrap())
            .base_url(&self.url)
            .allow_host("127.0.0.1")
            .token(Token::new(&self.token))
            .build()
            .unwrap()
    }

    /// The resident memory of the process and the size of its store, in MiB.
    fn sizes(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
        let memory = kib.map_or("?".to_owned(), |kib| (kib.parse::<u64>().unwrap() / 1024).to_string());
        let store = fs::metadata(&self.data).unwrap().len() >> 20;
        format!("{memory:>6} {store:>6}")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What all connections share.
struct Load {
    client: Client,
    company: String,
    arguments: Arguments,
    start: Instant,
    /// The number of the next request.
    next: AtomicU32,
    /// How long requests took since this was told.
    latencies: Mutex<Vec<Duration>>,
}

impl Load {
    /// Sends one request after the other until the time is over.
    async fn connection(self: Arc<Self>) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let due = match self.arguments.per_minute {
                0 => Instant::now(),
                rate => self.start + Duration::from_secs(60) * number / rate,
            };
            if due.duration_since(self.start).as_secs() >= self.arguments.seconds {
                return;
            }
            let body = body(number, self.arguments.items);
            tokio::time::sleep_until(due.into()).await;
            let call = self.client.create_transactions_bulk_json(&self.company, body);
            call.without_validation().send().await.unwrap();
            // A request that had to wait for its turn counts the wait.
            let latency = due.elapsed();
            self.latencies.lock().unwrap_or_else(PoisonError::into_inner).push(latency);
        }
    }

    /// Returns how many requests were answered since this was asked last, and a line about them.
    fn tell(&self, sizes: &str) -> (u32, String) {
        let mut latencies =
            std::mem::take(&mut *self.latencies.lock().unwrap_or_else(PoisonError::into_inner));
        latencies.sort_unstable();
        let count = latencies.len();
        let at = |percent: usize| {
            let latency = latencies.get((count * percent / 100).min(count.saturating_sub(1)));
            format!("{:>7.1}", latency.copied().unwrap_or_default().as_secs_f64() * 1000.0)
        };
        let elapsed = self.start.elapsed().as_secs();
        let line = format!("{elapsed:>6} {count:>8} {} {} {} {} {sizes}", at(50), at(90), at(99), at(100));
        (u32::try_from(count).unwrap(), line)
    }
}

/// New transactions of one account.
fn body(number: u32, items: u32) -> String {
    let item = |index: u32| {
        let amount = r#"{"value":405.10,"currencyCode":"EUR"}"#;
        format!(
            r#"{{"account":{{"externalId":"acct-1"}},"externalId":"t-{number}-{index}","merchant":{{"name":"Alpine Rail","address":{{"city":"Basel","countryCode":"CH"}},"categoryCode":"4112"}},"postedAmount":{amount},"postedDate":"2024-07-24","transactionAmount":{amount},"transactionDate":"2024-07-23","type":"CHG"}}"#
        )
    };
    let items: Vec<String> = (0..items).map(item).collect();
    format!(r#"{{"transactions":[{}]}}"#, items.join(","))
}

const ACCOUNT: &str = r#"{"accounts":[{"accountType":"I","cardProductDescription":"Card","cardProductType":"CORP",
"externalId":"acct-1","lastSegment":"4417","liabilityType":"IBIP","nameOnCard":"MILA JANSEN",
"provider":{"countryCode":"NL"}}]}"#;

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    let running = Running::start();
    let client = running.client();
    let account = client.create_accounts_bulk_json(&running.company, ACCOUNT).send().await.unwrap();
    client.get_bulk_request(&running.company, account.value.request_id).poll().await.unwrap();

    let (items, parts, connections) = (arguments.items, arguments.parts, arguments.connections);
    let part = Duration::from_secs(arguments.seconds) / parts;
    let company = running.company.clone();
    let (start, next, latencies) = (Instant::now(), AtomicU32::new(0), Mutex::default());
    let load = Arc::new(Load { client, company, arguments, start, next, latencies });
    let connections: Vec<_> = (0..connections).map(|_| tokio::spawn(load.clone().connection())).collect();
    println!("second requests  50% ms  90% ms  99% ms  max ms memory  store (MiB)");
    let mut sent = 0;
    for number in 1..=parts {
        tokio::time::sleep_until((start + part * number).into()).await;
        let (count, line) = load.tell(&running.sizes());
        sent += count;
        println!("{line}");
    }
    for connection in connections {
        connection.await.unwrap();
    }
    let elapsed = start.elapsed();
    sent += load.tell("").0;
    println!(
        "{sent} bulk requests of {items} transactions, {:.0} a minute",
        f64::from(sent) * 60.0 / elapsed.as_secs_f64()
    );

    // The last one is processed last.
    let call = load.client.create_transactions_bulk_json(&running.company, body(u32::MAX, 1)).send();
    let last = call.await.unwrap().value.request_id;
    load.client.get_bulk_request(&running.company, last).poll().await.unwrap();
    println!(
        "all processed {:.0} s later, memory and store in MiB: {}",
        start.elapsed().saturating_sub(elapsed).as_secs_f64(),
        running.sizes()
    );
    let data = running.data.clone();
    drop(running);
    let store = Store::open(&data).unwrap();
    let created = store.created(Kind::Transactions).unwrap();
    assert_eq!(created, u64::from(sent) * u64::from(items) + 1, "transactions of the store");
    fs::remove_file(data).unwrap();
}
