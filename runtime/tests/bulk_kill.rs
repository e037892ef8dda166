//! Bulk sends whose process is killed, again and again, until everything is sent. It has a program for
//! itself, because between two steps of its start a child holds every lock of its parent.
#![cfg(all(unix, feature = "testing"))]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    env,
    fs::{self, OpenOptions},
    future::Future,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    pin::pin,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use specwright_runtime::{
    Validate,
    bulk::{Bulk, BulkRequest, BulkRun},
    client::{
        BoxFuture, Builder, Bytes, Call, Client, Exchange, ResponseLimits, Service, Style, Token, Transport,
        http, testing::InstantClock,
    },
    journal::{FileJournal, Journal as _, Record, ReportItem},
    operation::{
        self, Location, Operation, Parameter, Repeatable, Scheme, SecurityKind, SecurityScheme, Server,
    },
    retry::{Random as _, Seeded},
    validate::{Definition, Schema},
};

const FOLDER: &str = "SPECWRIGHT_BULK_KILL_FOLDER";
const ITEMS: usize = 1500;
const KILLS: usize = 30;

static SERVICE: Service = Service::new("pets", "1.2.3")
    .servers(&[Server::new("https://api.example.com", "", &[])])
    .schemes(&[SecurityScheme::new("bearer", SecurityKind::Bearer)])
    .correlation_header("x-correlation-id");
const SECURITY: &[&[Scheme]] = &[&[Scheme::new("bearer", &[])]];
static STATUS: Operation = Operation::new("getRequest", "GET", "/requests/{id}")
    .parameters(&[Parameter::new("id", Location::Path, true)])
    .security(SECURITY)
    .repeatable(Repeatable::Always)
    .poll(operation::PollDescription::new("status").success(&["DONE"]).failure(&["DONE_WITH_ERRORS"]));
static CREATE: Operation = Operation::new("createPets", "POST", "/shops/{shop}/pets")
    .parameters(&[Parameter::new("shop", Location::Path, true)])
    .request(operation::RequestBody::new(true, &["application/json"]))
    .security(SECURITY)
    .repeatable(Repeatable::ByKey)
    .bulk(operation::BulkDescription::new("pets", "id").max_items(4).request_id("id").status(&STATUS, "id"));

#[derive(Debug, Serialize, Deserialize)]
struct Pet {
    id: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Pets {
    pets: Vec<Pet>,
}

impl Validate for Pets {
    const SCHEMA: &'static Schema = &Schema::any();
    const DEFINITION: &'static Definition = &Definition::new();
}

struct CreatePets {
    call: Call,
}

impl BulkRequest for CreatePets {
    type Body = Pets;
    type Item = Pet;

    fn call(&self) -> &Call {
        &self.call
    }

    fn key(item: &Pet) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&item.id))
    }
}

/// A service that outlives its clients: all that it knows is in a file, a line for each list that it took.
#[derive(Clone)]
struct Shop(Arc<Mutex<Truth>>);

struct Truth {
    file: fs::File,
    lists: Vec<Taken>,
    known: HashSet<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Taken {
    correlation_id: String,
    ids: Vec<String>,
    repeats: bool,
}

impl Shop {
    fn open(folder: &Path) -> Self {
        let path = folder.join("shop");
        let file = OpenOptions::new().create(true).append(true).open(&path).unwrap();
        let text = fs::read_to_string(path).unwrap();
        let lists: Vec<Taken> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let known = lists.iter().flat_map(|list| list.ids.clone()).collect();
        Self(Arc::new(Mutex::new(Truth { file, lists, known })))
    }
}

impl Truth {
    fn post(&mut self, correlation_id: &str, pets: &Pets) -> String {
        // So that there is a time to be killed in.
        thread::sleep(Duration::from_micros(300));
        let ids: Vec<String> = pets.pets.iter().map(|pet| pet.id.clone()).collect();
        let repeats = ids.iter().any(|id| self.known.contains(id));
        self.known.extend(ids.iter().cloned());
        let list = Taken { correlation_id: correlation_id.to_owned(), ids, repeats };
        let mut line = serde_json::to_vec(&list).unwrap();
        line.push(b'\n');
        self.file.write_all(&line).unwrap();
        self.lists.push(list);
        thread::sleep(Duration::from_micros(300));
        format!(r#"{{"id":"{}"}}"#, self.lists.len() - 1)
    }

    fn get(&self, path: &str) -> String {
        let number: usize = path.rsplit('/').next().unwrap().parse().unwrap();
        let state = if self.lists[number].repeats { "DONE_WITH_ERRORS" } else { "DONE" };
        format!(r#"{{"status":"{state}"}}"#)
    }
}

impl Transport for Shop {
    fn send(&self, request: http::Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        let mut truth = self.0.lock().unwrap();
        let body = if request.method() == "GET" {
            truth.get(request.uri().path())
        } else {
            let correlation_id = request.headers()["x-correlation-id"].to_str().unwrap();
            truth.post(correlation_id, &serde_json::from_slice(request.body()).unwrap())
        };
        Box::pin(std::future::ready(Ok(http::Response::new(body.into()))))
    }
}

struct Awake;

impl Wake for Awake {
    fn wake(self: Arc<Self>) {}
}

/// Nothing here waits for anything but its turn.
fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Awake));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
    }
}

/// Sends everything that is not sent yet.
fn run(folder: &Path) -> BulkRun {
    let client: Client = Builder::new(&SERVICE)
        .token(Token::new("secret"))
        .transport(Shop::open(folder))
        .clock(InstantClock::new())
        .build()
        .unwrap();
    let mut call = Call::new(&client, &CREATE);
    call.path("shop", "s-1", Style::simple(false));
    let journal = FileJournal::open(folder.join("journal")).unwrap();
    let items = (0..ITEMS).map(|number| Pet { id: format!("p-{number}") });
    block_on(Bulk::new(CreatePets { call }).journal(journal).send_all(items)).unwrap()
}

/// What the killed process does.
#[test]
#[ignore = "is the process that another test starts"]
fn child() {
    let folder = env::var_os(FOLDER).unwrap();
    writeln!(std::io::stdout(), "\nbegun").unwrap();
    run(&PathBuf::from(folder));
}

#[test]
fn what_is_killed_goes_on_where_it_ended() {
    let folder = env::temp_dir().join(format!("specwright-bulk-{}-kill", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let random = Seeded::new();
    let mut killed = 0;
    for _ in 0..KILLS {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "child", "--ignored", "--nocapture"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|line| line == "begun"));
        thread::sleep(Duration::from_micros(random.next() % 30_000));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
    }
    assert!(killed > KILLS / 2, "only {killed} were killed before their end");
    check(&folder, &run(&folder));
    fs::remove_dir_all(&folder).unwrap();
}

/// Every item is in one list, what is told is so, and nothing went out twice without the mark.
fn check(folder: &Path, run: &BulkRun) {
    let report = &run.report;
    let key = |item: &ReportItem| item.key.to_string();
    let told: HashSet<String> = report.accepted.iter().chain(&report.sent_twice).map(key).collect();
    assert_eq!((report.len(), told.len()), (ITEMS, ITEMS), "{run}");
    let mut records = Vec::new();
    let mut journal = FileJournal::open(folder.join("journal")).unwrap();
    journal
        .replay(&mut |record| {
            records.push(record);
            Ok(())
        })
        .unwrap();
    let marked: HashMap<String, bool> = records
        .iter()
        .filter_map(|record| match record {
            Record::Sending(attempt) => Some((attempt.correlation_id.clone()?, false)),
            Record::Resending(attempt) => Some((attempt.correlation_id.clone()?, true)),
            _ => None,
        })
        .collect();
    let shop = Shop::open(folder);
    let truth = shop.0.lock().unwrap();
    assert_eq!(truth.known, told);
    for list in &truth.lists {
        assert!(!list.repeats || marked[&list.correlation_id], "{list:?} went out again without the mark");
        assert!(marked.contains_key(&list.correlation_id), "{list:?} went out without a record");
    }
    let twice: HashSet<String> = report.sent_twice.iter().map(key).collect();
    let repeated: HashSet<String> =
        truth.lists.iter().filter(|list| list.repeats).flat_map(|list| list.ids.clone()).collect();
    assert_eq!(twice, repeated);
}
