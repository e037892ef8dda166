//! A service that takes pets, knows them by their ids, and remembers the truth. It holds every request
//! against the journal: nothing may come that is not written down, and nothing a second time without the
//! mark.

use std::{
    collections::{HashMap, HashSet},
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard},
    task::Poll,
    time::Duration,
};

use bytes::Bytes;
use http::Request;
use serde::Deserialize;

use super::{Idle, Pet, Random, Seeded};
use crate::send::{
    client::{BoxFuture, Exchange, RawResponse, ResponseLimits, Transport, TransportError, TransportProblem},
    journal::{BatchId, MemoryJournal, Record},
    retry::Sent,
};

/// Lets others go first, so many times.
async fn turns(mut count: u64) {
    poll_fn(|context| {
        if count == 0 {
            return Poll::Ready(());
        }
        count -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[derive(Clone)]
pub(super) struct ScriptedService(Arc<Mutex<Truth>>);

/// What is so, whatever anybody was told.
pub(super) struct Truth {
    random: Seeded,
    pub(super) clock: Idle,
    /// In percent of all requests.
    pub(super) trouble: u64,
    /// Everything that is known, by the request that brought it in.
    pub(super) taken: HashMap<String, String>,
    /// Refused with 400.
    pub(super) refuses: HashSet<String>,
    /// Taken, and then not processed.
    pub(super) fails: HashSet<String>,
    pub(super) requests: HashMap<String, Job>,
    /// Answers that have to be given, whatever comes.
    pub(super) script: Vec<Fault>,
    /// 413 for more items than these.
    pub(super) max_items: usize,
    /// 413 for a longer body.
    pub(super) max_bytes: usize,
    /// Whether what is known already is refused by name.
    pub(super) refuses_known: bool,
    /// When each list came.
    pub(super) times: Vec<Duration>,
    /// What every request is held against.
    pub(super) journal: Option<MemoryJournal>,
    /// The ids of each list that came.
    pub(super) posts: Vec<Vec<String>>,
    pub(super) authorised: bool,
}

#[derive(Default)]
pub(super) struct Job {
    pub(super) with_errors: bool,
    pub(super) repeats: bool,
    questions: u64,
    lasts: u64,
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    NoConnection,
    LostRequest,
    LostAnswer,
    FailedAfterwards,
    Failed,
    Busy,
    Away,
    Unauthorized,
    HungRequest,
    HungAnswer,
    Garbage,
    NoRequestId,
    /// 400 that names nothing.
    Refused,
    NoTls,
}

const FAULTS: [Fault; 12] = [
    Fault::NoConnection,
    Fault::LostRequest,
    Fault::LostAnswer,
    Fault::FailedAfterwards,
    Fault::Failed,
    Fault::Busy,
    Fault::Away,
    Fault::Unauthorized,
    Fault::HungRequest,
    Fault::HungAnswer,
    Fault::Garbage,
    Fault::NoRequestId,
];

impl ScriptedService {
    pub(super) fn new(seed: u64, trouble: u64) -> Self {
        Self(Arc::new(Mutex::new(Truth {
            random: Seeded::from_seed(seed),
            clock: Idle::default(),
            trouble,
            taken: HashMap::new(),
            refuses: HashSet::new(),
            fails: HashSet::new(),
            requests: HashMap::new(),
            script: Vec::new(),
            max_items: usize::MAX,
            max_bytes: usize::MAX,
            refuses_known: false,
            times: Vec::new(),
            journal: None,
            posts: Vec::new(),
            authorised: true,
        })))
    }

    /// One in which everything goes well, but for these answers, the first first.
    pub(super) fn with(script: &[Fault]) -> Self {
        let service = Self::new(1, 0);
        service.truth().script = script.iter().rev().copied().collect();
        service
    }

    pub(super) fn truth(&self) -> MutexGuard<'_, Truth> {
        self.0.lock().unwrap()
    }

    pub(super) fn watching(self, journal: &MemoryJournal) -> Self {
        self.truth().journal = Some(journal.clone());
        self
    }
}

impl Transport for ScriptedService {
    fn send(&self, request: Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        Box::pin(async move {
            let before = self.truth().below(3);
            turns(before).await;
            let (exchange, after) = {
                let mut truth = self.truth();
                (truth.exchange(&request), truth.below(3))
            };
            turns(after).await;
            match exchange {
                Some(exchange) => exchange,
                None => std::future::pending().await,
            }
        })
    }
}

#[derive(Deserialize)]
struct List {
    pets: Vec<Pet>,
}

#[expect(clippy::unnecessary_wraps, reason = "it is one of two ways for an exchange to end")]
fn answer(status: u16, body: impl Into<Bytes>) -> Exchange {
    let mut answer = RawResponse::new(body.into());
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
    Ok(answer)
}

fn trouble(trouble: TransportProblem, sent: Sent) -> Exchange {
    Err(TransportError::new(trouble, sent))
}

impl Truth {
    fn below(&self, end: u64) -> u64 {
        self.random.next() % end.max(1)
    }

    fn fault(&mut self, faults: &[Fault]) -> Fault {
        if let Some(fault) = self.script.pop() {
            return fault;
        }
        if self.below(100) >= self.trouble {
            return Fault::None;
        }
        faults[usize::try_from(self.below(faults.len() as u64)).unwrap()]
    }

    /// `None`: no answer ever.
    fn exchange(&mut self, request: &Request<Bytes>) -> Option<Exchange> {
        if request.method() == "GET" {
            let path = request.uri().path().to_owned();
            return self.get(path.rsplit('/').next().unwrap());
        }
        let correlation = request.headers()["x-correlation-id"].to_str().unwrap().to_owned();
        let list: List = serde_json::from_slice(request.body()).unwrap();
        self.hold_against_journal(&correlation, &list);
        self.times.push(crate::send::retry::Clock::now(&self.clock));
        self.post(&list, request.body().len())
    }

    fn post(&mut self, list: &List, length: usize) -> Option<Exchange> {
        self.posts.push(list.pets.iter().map(name).collect());
        let fault = self.fault(&FAULTS);
        if !self.authorised {
            return Some(answer(401, ""));
        }
        match fault {
            Fault::NoConnection => return Some(trouble(TransportProblem::Connect, Sent::No)),
            Fault::NoTls => return Some(trouble(TransportProblem::Tls, Sent::No)),
            Fault::LostRequest => return Some(trouble(TransportProblem::Broken, Sent::Maybe)),
            Fault::HungRequest => return None,
            Fault::Failed => return Some(answer(500, "<html>")),
            Fault::Refused => return Some(answer(400, r#"[{"code":"invalidApp"}]"#)),
            Fault::Unauthorized => return Some(answer(401, "")),
            Fault::Busy | Fault::Away => {
                let mut busy = answer(if fault == Fault::Busy { 429 } else { 503 }, "").unwrap();
                busy.headers_mut().insert("retry-after", "7".parse().unwrap());
                return Some(Ok(busy));
            }
            _ => {}
        }
        if list.pets.len() > self.max_items || length > self.max_bytes {
            return Some(answer(413, ""));
        }
        let taken = self.take(list);
        Some(match (fault, taken) {
            (Fault::LostAnswer, _) => trouble(TransportProblem::Broken, Sent::Maybe),
            (Fault::HungAnswer, _) => return None,
            (Fault::FailedAfterwards, _) => answer(500, ""),
            (Fault::Garbage, Ok(_)) => answer(202, "<html>"),
            (Fault::NoRequestId, Ok(_)) => answer(202, "{}"),
            (_, Ok(id)) => answer(202, format!(r#"{{"requestId":"{id}","links":[]}}"#)),
            (_, Err(body)) => answer(400, body),
        })
    }

    /// All or nothing; what is known already is left alone, with an error.
    fn take(&mut self, list: &List) -> Result<String, String> {
        let bad = (0..).zip(&list.pets).filter(|(_, pet)| {
            let name = name(pet);
            self.refuses.contains(&name) || self.refuses_known && self.taken.contains_key(&name)
        });
        let errors: Vec<String> = bad
            .map(|(place, _): (usize, _)| {
                format!(
                    r#"{{"code":"refused","message":"4111111111111111","dataPath":"pets[{place}].name"}}"#
                )
            })
            .collect();
        if !errors.is_empty() {
            return Err(format!(r#"[{{"code":"invalidRequest","errors":[{}]}}]"#, errors.join(",")));
        }
        let id = format!("r-{}", self.requests.len());
        let mut job = Job { lasts: self.below(3), ..Job::default() };
        for pet in &list.pets {
            let name = name(pet);
            if self.taken.contains_key(&name) {
                (job.with_errors, job.repeats) = (true, true);
            } else if self.fails.contains(&name) {
                job.with_errors = true;
            } else {
                self.taken.insert(name, id.clone());
            }
        }
        self.requests.insert(id.clone(), job);
        Ok(id)
    }

    fn get(&mut self, id: &str) -> Option<Exchange> {
        const TROUBLE: [Fault; 5] =
            [Fault::NoConnection, Fault::LostRequest, Fault::Failed, Fault::Away, Fault::HungRequest];
        if !self.authorised {
            return Some(answer(401, ""));
        }
        let fault = if self.below(100) < self.trouble { self.fault(&TROUBLE) } else { Fault::None };
        match fault {
            Fault::NoConnection => return Some(trouble(TransportProblem::Connect, Sent::No)),
            Fault::LostRequest => return Some(trouble(TransportProblem::Broken, Sent::Maybe)),
            Fault::HungRequest => return None,
            Fault::Failed => return Some(answer(500, "")),
            Fault::Away => return Some(answer(503, "")),
            _ => {}
        }
        let job = self.requests.get_mut(id).expect("nobody asks for what was not given");
        job.questions += 1;
        if job.questions <= job.lasts {
            let may_be_news = job.questions == 1;
            return Some(match self.below(4) {
                0 if may_be_news => answer(404, ""),
                0 | 1 => state("WORKING"),
                2 => state("PARTLY_PENDING_RETRY"),
                _ => state("UNHEARD_OF"),
            });
        }
        Some(state(if job.with_errors { "DONE_WITH_ERRORS" } else { "DONE" }))
    }

    /// The request is planned as it came, its attempt is written down, and marked if anything in it is here
    /// already.
    fn hold_against_journal(&self, correlation: &str, list: &List) {
        if let Some(journal) = &self.journal {
            journal.look(|records| self.hold_against(records, correlation, list));
        }
    }

    fn hold_against(&self, records: &[Record], correlation: &str, list: &List) {
        let is_ours = |record: &&Record| match record {
            Record::Sending(attempt) | Record::Resending(attempt) => {
                attempt.correlation_id.as_deref() == Some(correlation)
            }
            _ => false,
        };
        let begun = records.iter().rev().find(is_ours).expect("a request without a record");
        let batch: BatchId = begun.batch().unwrap();
        let plan = records.iter().rev().find_map(|record| match record {
            Record::Planned(plan) if plan.batch == batch => Some(plan),
            _ => None,
        });
        let keys: Vec<Option<&str>> = plan.unwrap().keys.iter().map(|key| key.text()).collect();
        let ids: Vec<Option<&str>> = list.pets.iter().map(|pet| pet.id.as_deref()).collect();
        assert_eq!(keys, ids, "{batch} is sent otherwise than planned");
        let is_marked = matches!(begun, Record::Resending(_));
        let known = list.pets.iter().find(|pet| self.taken.contains_key(&name(pet)));
        assert!(is_marked || known.is_none(), "{known:?} is sent again without the mark");
    }
}

fn state(state: &str) -> Exchange {
    answer(200, format!(r#"{{"status":"{state}"}}"#))
}

/// What the service knows a pet by.
pub(super) fn name(pet: &Pet) -> String {
    pet.id.clone().unwrap_or_else(|| pet.name.clone())
}
