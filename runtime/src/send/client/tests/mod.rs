//! Calls against scripted answers, in virtual time.

mod authority;
mod canary;
mod ends;
pub(crate) mod log;
mod parameters;
mod repeats;
mod sentences;
mod tokens;
mod wire;

use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use futures_util::FutureExt as _;
use serde::{Deserialize, Serialize};

use super::{
    testing::{Fixed, InstantClock, Replay},
    *,
};
use crate::{
    send::operation::{
        Location, Operation, Parameter, Repeatable, RequestBody, Scheme, SecurityKind, SecurityScheme, Server,
    },
    validate::{Definition, Field, Object, Schema, Text},
    violations::{Code, ErrorBody},
};

static CODE: Code = Code::error("invalidSize", "size must be between {min} and {max}");
static MISSING: Code = Code::error("missing", "it is missing");
static ENVELOPE: Code = Code::error("invalidRequest", "wrong");
static DEFINITION: Definition =
    Definition::new().error_body(ErrorBody::new().envelope("errors", &ENVELOPE, true));

static SERVICE: Service = Service::new("pets", "1.2.3")
    .servers(&[Server::new("https://api.example.com/v1", "", &[])])
    .schemes(&[
        SecurityScheme::new("bearer", SecurityKind::Bearer),
        SecurityScheme::new("basic", SecurityKind::Basic),
        SecurityScheme::new("key", SecurityKind::ApiKey(Location::Query, "api key")),
        SecurityScheme::new("cookie", SecurityKind::ApiKey(Location::Cookie, "session")),
        SecurityScheme::new("header", SecurityKind::ApiKey(Location::Header, "X-Key")),
    ])
    .token_hosts(&["example.com"])
    .correlation_header("x-correlation-id")
    .errors(&DEFINITION);

const PARAMETERS: &[Parameter] =
    &[Parameter::new("shop", Location::Path, true), Parameter::new("limit", Location::Query, false)];
const BEARER: &[&[Scheme]] = &[&[Scheme::new("bearer", &[])]];

const fn operation(id: &'static str, method: &'static str) -> Operation {
    Operation::new(id, method, "/shops/{shop}/pets").parameters(PARAMETERS).security(BEARER)
}

static LIST: Operation = operation("listPets", "GET").repeatable(Repeatable::Always);
static CREATE: Operation =
    operation("createPet", "POST").request(RequestBody::new(true, &["application/json"]));
static UPSERT: Operation = CREATE.repeatable(Repeatable::ByKey);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Pet {
    name: String,
}

static FIELDS: &[Field] = &[Field::new("name", &NAME).required(&MISSING)];
static NAME: Schema = Schema::text(Text::new().min_length(1, &CODE).max_length(5, &CODE));

impl crate::validate::Validate for Pet {
    const SCHEMA: &'static Schema = &Schema::object(Object::new(FIELDS));
    const DEFINITION: &'static Definition = &DEFINITION;
}

/// A client with its script and clock.
struct Bench {
    client: Client,
    replay: Replay,
    clock: Arc<InstantClock>,
}

fn bench(replay: Replay) -> Bench {
    bench_with(replay, |builder| builder.token(Token::new("secret")))
}

fn bench_with(replay: Replay, change: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Bench {
    let clock = Arc::new(InstantClock::new());
    let builder =
        Builder::new(&SERVICE).transport(replay.clone()).clock(clock.clone()).random(Fixed::LONGEST);
    Bench { client: change(builder).build().unwrap(), replay, clock }
}

impl Bench {
    fn call(&self, operation: &'static Operation) -> Call {
        let mut call = Call::new(&self.client, operation);
        call.path("shop", "a/b", Style::simple(false));
        if operation.request.is_some() {
            call.json_checked("application/json", &Pet { name: "rex".to_owned() });
        }
        call
    }

    fn sleeps(&self) -> Vec<u64> {
        self.clock.sleeps().iter().map(|sleep| u64::try_from(sleep.as_millis()).unwrap()).collect()
    }
}

/// Everything that the tests wait for is ready at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    pin!(future).now_or_never().expect("nothing to wait for")
}

/// What a call ends with that reads its answer as a pet, and failures as their status.
fn send(call: Call) -> Result<Response<Pet>, CallError<u16>> {
    now(call.send(read::json, |answer| Some(answer.status().as_u16())))
}

const SECOND: Duration = Duration::from_secs(1);
