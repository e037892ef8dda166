//! Runs against a scripted service, in virtual time.

mod canary;
mod ends;
mod inputs;
mod journals;
mod json;
mod large;
mod limits;
mod plain;
mod resumes;

mod scripted_service;
mod scripts;
mod seeds;
mod time;

use std::{borrow::Cow, sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};

use super::*;
use crate::{
    send::{
        client::{Builder, Call, Client, Service, Style, Token},
        journal::{Fate, ItemKey, MemoryJournal, Record, Report},
        operation::{
            self, Location, Operation, Parameter, Repeatable, Scheme, SecurityKind, SecurityScheme, Server,
        },
        retry::{Random, Seeded},
    },
    validate::{Array, Bound, Definition, Field, Number, Object, Schema, Text, UniqueBy, Validate},
    violations::{Code, ErrorBody, codes},
};
use scripted_service::ScriptedService;
use time::Idle;

static ENVELOPE: Code = Code::error("invalidRequest", "wrong");
static SIZE: Code = Code::error("invalidSize", "size must be between {min} and {max}");
static TWICE: Code = Code::error("duplicate", "The id is used twice");
static ODD: Code = Code::warning("odd", "strange");
static DEFINITION: Definition =
    Definition::new().error_body(ErrorBody::new().envelope("errors", &ENVELOPE, true));
static LIST: Schema =
    Schema::object(Object::new(&[Field::new("pets", &PETS).required(&codes::MISSING_REQUIRED_FIELD)]));
static PETS: Schema = Schema::array(Array::new().items(&PET).unique_by(&[UniqueBy::new("id", &TWICE)]));
static PET: Schema = Schema::object(Object::new(&[
    Field::new("id", &ID),
    Field::new("name", &NAME).required(&codes::MISSING_REQUIRED_FIELD),
    Field::new("size", &NUMBER),
    Field::new("note", &ID),
]));
static ID: Schema = Schema::text(Text::new());
static NAME: Schema = Schema::text(Text::new().min_length(1, &SIZE).max_length(20, &SIZE));
static NUMBER: Schema = Schema::number(Number::new().maximum(Bound::inclusive("1000", &ODD)));

static SERVICE: Service = Service::new("pets", "1.2.3")
    .servers(&[Server::new("https://api.example.com", "", &[])])
    .schemes(&[SecurityScheme::new("bearer", SecurityKind::Bearer)])
    .correlation_header("x-correlation-id")
    .errors(&DEFINITION);

const SHOP: Parameter = Parameter::new("shop", Location::Path, true);

static STATUS: Operation = Operation::new("getRequest", "GET", "/shops/{shop}/requests/{requestId}")
    .parameters(&[SHOP, Parameter::new("requestId", Location::Path, true)])
    .security(&[&[Scheme::new("bearer", &[])]])
    .repeatable(Repeatable::Always)
    .poll(
        operation::PollDescription::new("status")
            .pending(&["WORKING", "PARTLY_PENDING_RETRY"])
            .success(&["DONE"])
            .warning(&["DONE_WITH_WARNINGS"])
            .failure(&["DONE_WITH_ERRORS"]),
    );

static CREATE: Operation = Operation::new("createPets", "POST", "/shops/{shop}/pets/bulk")
    .parameters(&[SHOP])
    .request(operation::RequestBody::new(true, &["application/json"]))
    .security(&[&[Scheme::new("bearer", &[])]])
    .repeatable(Repeatable::ByKey)
    .bulk(
        operation::BulkDescription::new("pets", "id")
            .max_items(4)
            .request_id("requestId")
            .status(&STATUS, "requestId"),
    );

static CREATE_ONCE: Operation = CREATE.repeatable(Repeatable::Never);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Pet {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    size: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

/// Never made: its schema is what counts.
#[derive(Debug, Serialize)]
struct PetList;

impl Validate for PetList {
    const SCHEMA: &'static Schema = &LIST;
    const DEFINITION: &'static Definition = &DEFINITION;
}

/// As the generator writes it.
#[derive(Debug, Clone)]
struct CreatePets {
    call: Call,
}

impl BulkRequest for CreatePets {
    type Body = PetList;
    type Item = Pet;

    fn call(&self) -> &Call {
        &self.call
    }

    fn key(item: &Pet) -> Option<Cow<'_, str>> {
        item.id.as_deref().map(Cow::Borrowed)
    }
}

fn pet(id: &str) -> Pet {
    Pet { id: Some(id.to_owned()), name: id.to_owned(), size: 1, note: String::new() }
}

fn pets(ids: impl IntoIterator<Item = u32>) -> Vec<Pet> {
    ids.into_iter().map(|number| pet(&format!("p-{number}"))).collect()
}

fn client(service: &ScriptedService, random: impl Random + 'static, clock: Idle) -> Client {
    Builder::new(&SERVICE)
        .token(Token::new("secret"))
        .transport(service.clone())
        .clock(clock)
        .random(random)
        .build()
        .unwrap()
}

/// A run in the service, with ids of its own.
fn bulk_of(service: &ScriptedService, operation: &'static Operation, seed: u64) -> Bulk<CreatePets> {
    let clock = service.truth().clock.clone();
    let mut call = Call::new(&client(service, Seeded::from_seed(seed), clock), operation);
    call.path("shop", "s-1", Style::simple(false));
    Bulk::new(CreatePets { call })
}

fn bulk(service: &ScriptedService) -> Bulk<CreatePets> {
    bulk_of(service, &CREATE, 1)
}

/// Runs a future in the time of the service.
fn block_on<F: Future>(service: &ScriptedService, future: F) -> F::Output {
    let clock = service.truth().clock.clone();
    clock.block_on(future, || false).expect("nobody stops it")
}

/// The keys of a list.
fn keys(list: &[crate::send::journal::ReportItem]) -> Vec<String> {
    list.iter().map(crate::send::journal::ReportItem::name).collect()
}

/// How many items are in each list of a report that has some.
fn counts(report: &Report) -> String {
    report.to_string().lines().next().unwrap_or_default().to_owned()
}

/// The kinds of records, in order.
fn kinds(journal: &MemoryJournal) -> Vec<String> {
    let name = |record: &Record| {
        let json = serde_json::to_value(record).unwrap();
        json["is"].as_str().unwrap().to_owned()
    };
    journal.records().iter().map(name).collect()
}
