//! What a call costs beside its bytes: the client against bare hyper, over loopback and in turns, so that
//! what else the machine does hits all alike. `cargo bench -p cards-from-spec --bench client`, and `-- 501`
//! for so many rounds.
//!
//! Prints medians as Markdown tables: calls with one account and with 1000 transactions, how long a client
//! takes to build, and how often encoding and sending 1000 transactions asks for memory. `-- soak 100000`
//! makes so many calls instead, and prints how much memory the process holds on the way (on Linux).
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]
#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod payload;
mod server;

use std::time::{Duration, Instant};

use concur_cards::Validate as _;
use concur_cards::client::{Client, Token};
use concur_cards::models::{CreateAccountList, CreateTransactionList};
use concur_cards::transport::{BoxFuture, Bytes, Exchange, ResponseLimits, Transport};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::{Client as Hyper, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use payload::{Kind, Layout, Payload};
use tokio::runtime::Runtime;

const COMPANY: &str = "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10";
const ROUNDS: usize = 301;

struct Bench {
    url: String,
    hyper: Hyper<HttpConnector, Full<Bytes>>,
    client: Client,
    accounts: (CreateAccountList, Bytes),
    transactions: (CreateTransactionList, Bytes),
}

/// One way to make a call.
type Way = (&'static str, fn(&Runtime, &Bench));

fn main() {
    let number = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let rounds = number.unwrap_or(ROUNDS);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let url = server::start();
    let bench = bench(&runtime, url);
    if std::env::args().any(|argument| argument == "soak") {
        return soak(&runtime, &bench, number.unwrap_or(20_000));
    }
    calls("One account", &ONE, &runtime, &bench, rounds);
    calls("1000 transactions", &THOUSAND, &runtime, &bench, rounds.div_ceil(5));
    construction(&bench.url);
    allocations(&runtime, &bench);
}

const ONE: [Way; 4] = [
    ("bare hyper, bytes that are there", |runtime, bench| {
        runtime.block_on(bare(bench, "accounts", &bench.accounts.1));
    }),
    ("client, JSON that is there, unchecked", |runtime, bench| {
        let call =
            bench.client.create_accounts_bulk_json(COMPANY, bench.accounts.1.clone()).without_validation();
        runtime.block_on(call.send()).unwrap();
    }),
    ("client, JSON that is there", |runtime, bench| {
        let call = bench.client.create_accounts_bulk_json(COMPANY, bench.accounts.1.clone());
        runtime.block_on(call.send()).unwrap();
    }),
    ("client, models", |runtime, bench| {
        let call = bench.client.create_accounts_bulk(COMPANY, &bench.accounts.0);
        runtime.block_on(call.send()).unwrap();
    }),
];

const THOUSAND: [Way; 5] = [
    ("bare hyper, bytes that are there", |runtime, bench| {
        runtime.block_on(bare(bench, "transactions", &bench.transactions.1));
    }),
    ("serde_json and bare hyper, models", |runtime, bench| {
        let bytes = Bytes::from(serde_json::to_vec(&bench.transactions.0).unwrap());
        runtime.block_on(bare(bench, "transactions", &bytes));
    }),
    ("client, JSON that is there, unchecked", |runtime, bench| {
        let call = bench
            .client
            .create_transactions_bulk_json(COMPANY, bench.transactions.1.clone())
            .without_validation();
        runtime.block_on(call.send()).unwrap();
    }),
    ("client, JSON that is there", |runtime, bench| {
        let call = bench.client.create_transactions_bulk_json(COMPANY, bench.transactions.1.clone());
        runtime.block_on(call.send()).unwrap();
    }),
    ("client, models", |runtime, bench| {
        let call = bench.client.create_transactions_bulk(COMPANY, &bench.transactions.0);
        runtime.block_on(call.send()).unwrap();
    }),
];

fn bench(runtime: &Runtime, url: String) -> Bench {
    let _inside = runtime.enter();
    let hyper = Hyper::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build_http();
    let accounts = Payload::new(Kind::Accounts, 1, 0).text(Layout::Compact);
    let transactions = Payload::new(Kind::Transactions, 1000, 0).text(Layout::Compact);
    Bench {
        hyper,
        client: client(&url),
        accounts: (CreateAccountList::decode_json(accounts.as_bytes()).unwrap(), accounts.into()),
        transactions: (
            CreateTransactionList::decode_json(transactions.as_bytes()).unwrap(),
            transactions.into(),
        ),
        url,
    }
}

fn client(url: &str) -> Client {
    Client::builder().token(Token::new("local")).base_url(url).allow_host("127.0.0.1").build().unwrap()
}

async fn bare(bench: &Bench, list: &str, body: &Bytes) {
    let request = http::Request::post(format!("{}/cards/v4/companies/{COMPANY}/{list}/bulk", bench.url))
        .header("authorization", "Bearer local")
        .header("content-type", "application/json")
        .body(Full::new(body.clone()))
        .unwrap();
    let answer = bench.hyper.request(request).await.unwrap();
    assert_eq!(answer.status(), 202);
    answer.into_body().collect().await.unwrap();
}

/// All ways take turns, and another one begins in every round.
fn calls(title: &str, ways: &[Way], runtime: &Runtime, bench: &Bench, rounds: usize) {
    let mut times = vec![Vec::with_capacity(rounds); ways.len()];
    for round in 0..=rounds {
        for turn in 0..ways.len() {
            let way = (turn + round) % ways.len();
            let start = Instant::now();
            (ways[way].1)(runtime, bench);
            // The first round warms up.
            if round > 0 {
                times[way].push(start.elapsed());
            }
        }
    }
    println!("\n{title}, medians of {rounds} rounds\n\n| | per call | against the first |\n|---|--:|--:|");
    let medians: Vec<f64> = times.into_iter().map(|times| median(times).as_secs_f64() * 1e6).collect();
    for ((name, _), median) in ways.iter().zip(&medians) {
        println!("| {name} | {median:.0} us | {:.2} |", median / medians[0]);
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn construction(url: &str) {
    let start = Instant::now();
    drop(client(url));
    let next = start.elapsed();
    let times = (0..101).map(|_| {
        let start = Instant::now();
        drop(client(url));
        start.elapsed()
    });
    println!(
        "\nA client is built in {:.0} us (the one after the first of a process: {:.0} us).",
        median(times.collect()).as_secs_f64() * 1e6,
        next.as_secs_f64() * 1e6
    );
}

/// So many calls, and the memory of the process after each tenth of them; the server's is part of it.
fn soak(runtime: &Runtime, bench: &Bench, calls: usize) {
    println!("| calls | resident, KiB |\n|--:|--:|");
    for call in 1..=calls {
        let one = bench.client.create_accounts_bulk(COMPANY, &bench.accounts.0);
        runtime.block_on(one.send()).unwrap();
        if call % calls.div_ceil(10) == 0 || call == calls {
            println!("| {call} | {} |", resident());
        }
    }
}

/// In KiB; 0 where the system doesn't tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Accepts every request as it is.
struct Accepting;

impl Transport for Accepting {
    fn send(&self, _: http::Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        let body = Bytes::from_static(br#"{"requestId":"1"}"#);
        let mut answer = http::Response::new(body);
        *answer.status_mut() = http::StatusCode::ACCEPTED;
        Box::pin(std::future::ready(Ok(answer)))
    }
}

/// Without a network, whose allocations are no matter of the client.
fn allocations(runtime: &Runtime, bench: &Bench) {
    let _inside = runtime.enter();
    let client: Client = Client::builder().token(Token::new("local")).transport(Accepting).build().unwrap();
    let send = || {
        let call = client.create_transactions_bulk(COMPANY, &bench.transactions.0);
        runtime.block_on(call.send()).unwrap();
    };
    send();
    let counted = allocation_counter::measure(send);
    println!(
        "\nEncoding, checking and sending 1000 transactions asks for memory {} times, {:.2} per item.",
        counted.count_total,
        f64::from(u32::try_from(counted.count_total).unwrap()) / 1000.0
    );
}
