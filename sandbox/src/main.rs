//! The command: a sandbox for Cards v4 on this machine.

use std::fs;
use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use concur_cards_sandbox::faults::{self, Rule};
use concur_cards_sandbox::store::{OpenError, Processing, Store};
use concur_cards_sandbox::tokens::{self, APPLICATIONS, COMPANIES};
use concur_cards_sandbox::{Bound, Instant, Sandbox};
use tracing_subscriber::EnvFilter;

/// Threads that wait for the disk. The store makes one change after the other, so that more of them would add
/// nothing but their memory.
const WRITERS: usize = 4;

/// How long a bulk request is in progress at speed 1.
const DELAY: Duration = Duration::from_secs(2);

/// A sandbox for SAP Concur's Cards v4 on this machine.
///
/// It behaves as the documentation says: it checks bodies, accepts bulk requests, processes them after a
/// while, and tells how far they are. Credentials are made up, and printed at the start. Not made by SAP.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "\
While it runs:
  /_sandbox/         a page that shows bulk requests as they come, and sets rules of faults
  /_sandbox/faults   the rules of faults as JSON: GET, PUT and DELETE
  /_sandbox/state    the latest bulk requests and what was refused, as JSON
  /docs/             the definition, to try out
  /openapi.json      the definition as JSON
  /healthz           answers as soon as the sandbox does

A rule of faults is an object with `fault` and, if wanted, `operation`, `probability`, `count`, and `from` and
`until` in seconds after the rules were set; the file has a list of them:
  [{\"fault\": \"serviceUnavailable\", \"operation\": \"createTransactionsBulk\", \"probability\": 0.05},
   {\"fault\": \"tooManyRequests\", \"retryAfter\": 2, \"count\": 3}, {\"fault\": \"delay\", \"seconds\": 1}]
Faults are delay, tooManyRequests, internalServerError, serviceUnavailable, reset, truncatedBody, htmlPage,
expiredToken, lateAnswer, lostAnswer and completedWithWarnings; operations createAccountsBulk,
createTransactionsBulk, getBulkRequest and token.

RUST_LOG sets what is logged on standard error; `warn` is quiet. No log has data of cards or secrets.

Exit codes: 0, it was ended by Ctrl-C or a signal; 2, wrong arguments, a busy port, or a store that can't be
used."
)]
struct Arguments {
    /// The port; 0 is one that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on. On any other than a loopback address, others on the network can reach the
    /// sandbox.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// The file with everything that was accepted. A sandbox that is started again goes on with it.
    #[arg(long, value_name = "FILE", default_value = "cards-sandbox.redb")]
    data: PathBuf,
    /// Keep nothing on disk.
    #[arg(long, conflicts_with = "data")]
    in_memory: bool,
    /// Decides what chance decides: which faults are met, and which bulk requests take two steps.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How fast bulk requests are processed: at 1 they are in progress for 2 seconds, at 10 for 0.2.
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
    speed: f64,
    /// The share of bulk requests that are processed in two steps, from 0 to 1; between these they are
    /// `PROCESSED_PARTIALLY_PENDING_RETRY`.
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = share)]
    partial: f64,
    /// A file with rules of faults.
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed: &f64| (0.001..=1e6).contains(speed));
    speed.ok_or_else(|| "a number from 0.001 to 1000000".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a number from 0 to 1".to_owned())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(io::stderr(), "error: {problem}");
            ExitCode::from(2)
        }
    }
}

fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // Nobody else has started one.
    let _ = log.try_init();
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let rules = rules(arguments)?;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.max_blocking_threads(WRITERS).enable_all().build();
    let runtime = runtime.map_err(|error| format!("can't start: {error}"))?;
    runtime.block_on(async {
        let address = SocketAddr::new(arguments.listen, arguments.port);
        let bound = Bound::bind(address).await.map_err(|error| error.to_string())?;
        let store = store(arguments).map_err(|error| error.to_string())?;
        let delay = DELAY.div_f64(arguments.speed);
        let processing = Processing { delay, partial: arguments.partial, seed: arguments.seed };
        let sandbox = Sandbox::new(store, processing, rules, bound.base_url());
        greet(arguments, &sandbox)?;
        bound.serve(sandbox, end()).await;
        Ok(())
    })
}

fn store(arguments: &Arguments) -> Result<Store, OpenError> {
    if arguments.in_memory {
        return Store::in_memory();
    }
    // What the database asserts of a damaged file is told in the sentence of the error alone.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let store = Store::open(&arguments.data);
    panic::set_hook(hook);
    store
}

fn rules(arguments: &Arguments) -> Result<Vec<Rule>, String> {
    let Some(path) = &arguments.faults else { return Ok(Vec::new()) };
    let name = path.display();
    let text = fs::read(path).map_err(|error| format!("can't read the rules of faults {name}: {error}"))?;
    faults::read(&text).map_err(|error| format!("{name}:{error}"))
}

/// The body of the first curl line.
const ACCOUNT: &str = concat!(
    r#"{"accounts":[{"accountType":"I","cardProductDescription":"Corporate Card","cardProductType":"CORP","#,
    r#""externalId":"acct-1","lastSegment":"4417","liabilityType":"IBIP","nameOnCard":"MILA JANSEN","#,
    r#""provider":{"countryCode":"NL"}}]}"#,
);

/// Prints where the sandbox is and what it takes.
fn greet(arguments: &Arguments, sandbox: &Arc<Sandbox>) -> Result<(), String> {
    let url = sandbox.base_url();
    let ([application, _], [company, ..]) = (&APPLICATIONS, &COMPANIES);
    let granted = tokens::issue_to(sandbox.store(), application, company, url, Instant::now());
    let token = granted.map_err(|error| error.to_string())?.access_token;
    let (id, secret, request_token) = (application.id, application.secret, application.request_token);
    let company = company.id;
    let place = if arguments.in_memory {
        "Nothing is kept on disk.".to_owned()
    } else {
        format!("The store is {}.", arguments.data.display())
    };
    let text = format!(
        "The sandbox of Cards v4 listens on {url}\n\
         {place}\n\n\
         company          {company}\n\
         token            {token}\n\
         client id        {id}\n\
         client secret    {secret}\n\
         request token    {request_token}\n\n\
         Create an account, and obtain another token when this one has expired after an hour; the request token is\n\
         good for 24 hours:\n\n\
         curl -sS '{url}/cards/v4/companies/{company}/accounts/bulk' \
         -H 'authorization: Bearer {token}' -H 'content-type: application/json' -d '{ACCOUNT}'\n\n\
         curl -sS '{url}/oauth2/v0/token' -d grant_type=password -d credtype=authtoken -d username={company} \
         -d password={request_token} -d client_id={id} -d client_secret={secret}\n"
    );
    let mut out = io::stdout();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| format!("can't write: {error}"))?;
    if !arguments.listen.is_loopback() {
        tracing::warn!(
            "anybody who reaches {} can use the sandbox: its credentials are no secrets",
            arguments.listen
        );
    }
    Ok(())
}

/// Is ready when the process is told to end.
async fn end() {
    let interrupt = async {
        // Without signals, the process ends as it always did.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupt.await };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
