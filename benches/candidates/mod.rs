//! What is measured: ways to look at a body, from copying it to all that can be said of it.

pub(crate) mod garde;
mod json_schema;

use std::hint::black_box;

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use jsonschema::Validator;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;
use specwright_runtime::{Validate, Validation, Violations};

use crate::payload::{Kind, Layout, Payload};

/// How many items a body has.
pub(crate) const ITEMS: usize = 1000;
/// How many of them are broken, and how that is called.
pub(crate) const BROKEN: [(usize, &str); 3] = [(0, "valid"), (10, "1% bad"), (200, "20% bad")];

/// A body, and all that is made ready before the clock runs.
pub(crate) struct Input {
    pub(crate) kind: Kind,
    pub(crate) body: Vec<u8>,
    /// How many things are wrong with it.
    #[allow(dead_code, reason = "the table of ratios alone prints it")]
    pub(crate) findings: usize,
    copy: std::cell::RefCell<Vec<u8>>,
    schema: Validator,
    models: Models,
}

/// A value with as much wrong with it as with the body, but nothing that the models can't show.
enum Models {
    Accounts(CreateAccountList),
    Transactions(CreateTransactionList),
}

impl Input {
    pub(crate) fn new(kind: Kind, layout: Layout, broken: usize) -> Self {
        let payload = Payload::new(kind, ITEMS, broken);
        let body = payload.text(layout).into_bytes();
        let models = Payload::of_models(kind, ITEMS, broken).text(layout);
        let models = match kind {
            Kind::Accounts => Models::Accounts(serde_json::from_str(&models).unwrap()),
            Kind::Transactions => Models::Transactions(serde_json::from_str(&models).unwrap()),
        };
        let copy = body.clone().into();
        let findings = payload.findings.len();
        Self { kind, body, findings, copy, schema: json_schema::validator(kind), models }
    }
}

/// One way to look at a body. It says how many things are wrong with it; those that stop at the first say 1.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Input) -> usize,
}

pub(crate) const CANDIDATES: [Candidate; 10] = [
    Candidate { name: "memcpy", run: memcpy },
    Candidate { name: "serde_json IgnoredAny", run: ignored_any },
    Candidate { name: "serde_json into models", run: typed },
    Candidate { name: "serde_json into the same by derive", run: derived },
    Candidate { name: "serde_json into these + garde", run: typed_garde },
    Candidate { name: "serde_json Value + jsonschema, all errors", run: value_jsonschema },
    Candidate { name: "validate_json", run: validate_json },
    Candidate { name: "validate_json, of a stream", run: validate_stream },
    Candidate { name: "validate, of models", run: validate },
    Candidate { name: "decode_json", run: decode_json },
];

fn memcpy(input: &Input) -> usize {
    let mut copy = input.copy.borrow_mut();
    copy.copy_from_slice(&input.body);
    black_box(&mut *copy);
    0
}

fn parsed<'a, T: Deserialize<'a>>(input: &'a Input) -> usize {
    usize::from(black_box(serde_json::from_slice::<T>(&input.body)).is_err())
}

fn ignored_any(input: &Input) -> usize {
    parsed::<IgnoredAny>(input)
}

fn typed(input: &Input) -> usize {
    match input.kind {
        Kind::Accounts => parsed::<CreateAccountList>(input),
        Kind::Transactions => parsed::<CreateTransactionList>(input),
    }
}

fn derived(input: &Input) -> usize {
    match input.kind {
        Kind::Accounts => parsed::<garde::CreateAccountList>(input),
        Kind::Transactions => parsed::<garde::CreateTransactionList>(input),
    }
}

fn typed_garde(input: &Input) -> usize {
    match input.kind {
        Kind::Accounts => with_garde::<garde::CreateAccountList>(input),
        Kind::Transactions => with_garde::<garde::CreateTransactionList>(input),
    }
}

fn with_garde<'a, T>(input: &'a Input) -> usize
where
    T: Deserialize<'a> + ::garde::Validate<Context = ()>,
{
    let Ok(value) = serde_json::from_slice::<T>(&input.body) else { return 1 };
    match black_box(value).validate() {
        Ok(()) => 0,
        Err(report) => report.iter().count(),
    }
}

fn value_jsonschema(input: &Input) -> usize {
    let Ok(value) = serde_json::from_slice::<Value>(&input.body) else { return 1 };
    input.schema.iter_errors(black_box(&value)).count()
}

fn validate_json(input: &Input) -> usize {
    match input.kind {
        Kind::Accounts => CreateAccountList::validate_json(&input.body).len(),
        Kind::Transactions => CreateTransactionList::validate_json(&input.body).len(),
    }
}

fn validate_stream(input: &Input) -> usize {
    let mut count = 0;
    let found = |_| count += 1;
    let options = Validation::new();
    let tally = match input.kind {
        Kind::Accounts => options.reader::<CreateAccountList>(&*input.body, found),
        Kind::Transactions => options.reader::<CreateTransactionList>(&*input.body, found),
    };
    assert!(black_box(tally).is_ok());
    count
}

fn validate(input: &Input) -> usize {
    match &input.models {
        Models::Accounts(list) => list.validate().len(),
        Models::Transactions(list) => list.validate().len(),
    }
}

fn decode_json(input: &Input) -> usize {
    match input.kind {
        Kind::Accounts => found(&CreateAccountList::decode_json(&input.body)),
        Kind::Transactions => found(&CreateTransactionList::decode_json(&input.body)),
    }
}

fn found<T>(decoded: &Result<T, Violations>) -> usize {
    black_box(decoded).as_ref().err().map_or(0, Violations::len)
}
