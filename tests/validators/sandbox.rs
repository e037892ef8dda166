//! The sandbox accepts a body if and only if the validators let it be decoded, and tells the errors that they
//! find.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use concur_cards::{Validate as _, Violations};
use concur_cards_sandbox::tokens::COMPANIES;

use crate::local_sandbox::LocalSandbox;

use super::{
    chance::{Chance, rounds},
    check::Kind,
    mutate,
    render::render,
    sample::SAMPLES,
};

/// A connection to a sandbox.
struct Caller {
    service: LocalSandbox,
    connection: BufReader<TcpStream>,
}

impl Caller {
    fn new() -> Self {
        let service = LocalSandbox::start();
        let connection = TcpStream::connect(service.url().trim_start_matches("http://")).unwrap();
        Self { service, connection: BufReader::new(connection) }
    }

    /// Sends a body, and returns status and body of the answer.
    fn send(&mut self, kind: Kind, body: &str) -> (u16, String) {
        let list = match kind {
            Kind::Accounts => "accounts",
            Kind::Transactions => "transactions",
        };
        let (company, token, length) = (COMPANIES[0].id, self.service.token(), body.len());
        let head = format!(
            "POST /cards/v4/companies/{company}/{list}/bulk HTTP/1.1\r\nhost: x\r\n\
             authorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        self.connection.get_mut().write_all((head + body).as_bytes()).unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.connection.read_line(&mut head).unwrap() > 0, "{head}");
        }
        let header = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut answer = vec![0; header.unwrap().parse().unwrap()];
        self.connection.read_exact(&mut answer).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, String::from_utf8(answer).unwrap())
    }
}

/// What is wrong with a body. A list that is given twice may have no error and be undecodable: the last one
/// counts, and the type can't hold the first.
fn wrong(kind: Kind, body: &[u8]) -> Violations {
    match kind {
        Kind::Accounts => CreateAccountList::decode_json(body).err(),
        Kind::Transactions => CreateTransactionList::decode_json(body).err(),
    }
    .unwrap_or_default()
}

/// The findings of the service's error body, as code and data path.
fn told(answer: &str) -> BTreeSet<(String, String)> {
    let body: serde_json::Value = serde_json::from_str(answer).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let path = text(&body[0]["dataPath"]);
    assert!(path.starts_with("/v4/companies/"), "{answer}");
    match body[0]["errors"].as_array() {
        Some(errors) => {
            errors.iter().map(|error| (text(&error["errorCode"]), text(&error["dataPath"]))).collect()
        }
        // Of a body that is no JSON there is nothing more to tell.
        None => BTreeSet::from([(text(&body[0]["errorCode"]), String::new())]),
    }
}

#[test]
fn accepted_if_and_only_if_there_are_no_errors() {
    let mut caller = Caller::new();
    let mut chance = Chance::new(20_240_724);
    let mut accepted = 0;
    for round in 0..rounds("SPECWRIGHT_BODIES", 2_000) / 2 {
        let (sample, body) = mutate::body(&mut chance);
        let kind = SAMPLES[sample].kind;
        let text = render(&body, &mut chance);
        let found: BTreeSet<(String, String)> = wrong(kind, text.as_bytes())
            .errors()
            .map(|violation| (violation.code().to_owned(), violation.data_path().to_owned()))
            .collect();
        let (status, answer) = caller.send(kind, &text);
        let expected = if found.is_empty() { 202 } else { 400 };
        assert_eq!(status, expected, "round {round}: {found:?}\n{answer}\n{text}");
        if found.is_empty() {
            accepted += 1;
        } else if found.len() < 100 {
            assert_eq!(told(&answer), found, "round {round}: {answer}");
        }
    }
    assert!(accepted > 10, "only {accepted} bodies were accepted");
}
