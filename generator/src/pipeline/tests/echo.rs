//! Client and server of one crate talk to each other: the request that a client sends is the one that the
//! server gets, and the response that it returns is the one that the client reads.
//!
//! Values are made from the schemas of a definition, as for any other test of generated code; a program is
//! written from the Rust model, with a server that records and a call of the client for each operation. Cases
//! of `tests/ui/pass` are tried always, real documents where `SPECWRIGHT_SHARED` names a folder with them.

mod cases;
#[path = "../../../../tests/validators/chance.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod chance;
#[path = "../../../../tests/ui/compile.rs"]
mod compile;
mod program;
mod responses;
#[path = "../../../../tests/samples/mod.rs"]
mod samples;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;

use self::cases::Cases;
use self::chance::{Chance, rounds};
use super::super::definition;
use super::CASES;
use crate::generator::Generator;
use crate::report::Report;
use crate::rust::{OperationDef, ReadResponse, Reader, Type};
use crate::settings::{OperationFilter, Settings};
use crate::{source, translate};

const TINY: [&str; 8] = [
    "client-bodies-of-ranges",
    "client-form-styles",
    "client-parameter-content",
    "media-open",
    "parameter-styles",
    "parameters-of-every-type",
    "responses-several-successes",
    "server-responses",
];

const DOCUMENTS: [&str; 20] = [
    "corpus/oag-any-type.yaml",
    "corpus/oag-composed-oneof.yaml",
    "corpus/oag-petstore-fake.yaml",
    "corpus/oag-petstore-headers.yaml",
    "corpus/oag-petstore.yaml",
    "corpus/oag-reserved-words.yaml",
    "corpus/oag-rust-server.yaml",
    "corpus/oai-uspto.yaml",
    "corpus/ogen-parameters.json",
    "corpus/opc-baseline.json",
    "corpus/prog-buildomat.json",
    "corpus/prog-param-collision.json",
    "corpus/xero-bankfeeds.yaml",
    "corpus-3.1/museum.yaml",
    "corpus-3.1/opc-baseline-3.1.yaml",
    "corpus-3.1/opc-enums-3.1.yaml",
    "corpus-3.1/opc-specific-3.1.yaml",
    "corpus-3.1/resend.yaml",
    "corpus-3.1/tictactoe.json",
    "corpus-3.1/hey-transformers-any-of-null.json",
];

const DEPENDENCIES: &str = "serde_json = { version = \"1\", features = [\"raw_value\"] }\n\
    tokio = { version = \"1\", default-features = false, features = [\"rt\"] }\ntower-service = \"0.3\"\n";

#[test]
fn what_cases_send_arrives() {
    let paths = TINY.map(|name| Path::new(CASES).join(name).join(name).with_extension("yaml"));
    hold("echo", &paths);
}

#[test]
#[ignore = "needs real documents: SPECWRIGHT_SHARED names a folder with them"]
fn what_documents_send_arrives() {
    let shared =
        std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED names a folder with a corpus");
    let named = std::env::var("SPECWRIGHT_DOCUMENTS").ok();
    let is_chosen =
        |path: &PathBuf| named.as_ref().is_none_or(|named| named.split(',').any(|name| path.ends_with(name)));
    let paths: Vec<PathBuf> =
        DOCUMENTS.iter().map(|name| Path::new(&shared).join(name)).filter(is_chosen).collect();
    hold("echo-documents", &paths);
}

/// Returns the type that a response is read as; `None`: nothing is read.
fn read_type(read: ReadResponse, operation: &OperationDef) -> Option<&Type> {
    let response = operation.responses.get(read.response?)?;
    response.read_content().filter(|_| read.reader != Reader::Nothing).map(|content| &content.ty)
}

fn hold(program: &str, paths: &[PathBuf]) {
    let harness = include_str!("echo/harness.rs").to_owned();
    let mut outputs = vec![("harness".to_owned(), vec![("src/lib.rs".to_owned(), harness)])];
    let (mut arms, mut lines, mut skipped) = (String::new(), String::new(), BTreeMap::new());
    let mut chance = Chance::new(11);
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let module = format!("case_{}", name.replace(['-', '.'], "_"));
        let (mut files, _) = Generator::new(path).files().unwrap();
        let api = definition(
            &mut source::read(path).unwrap().into(),
            &OperationFilter::default(),
            &mut Report::default(),
            &|_| {},
        );
        let krate = translate::translate(&api.unwrap(), &Settings::default());
        let (_, library) = files.iter_mut().find(|(path, _)| path == "src/lib.rs").unwrap();
        library.push_str("#[allow(warnings)]\npub mod echo;\n");
        files.push(("src/echo.rs".to_owned(), program::module(&krate)));
        writeln!(arms, "{name:?} => krate::{module}::echo::run(&case).await,").unwrap();
        let tree: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let cases = Cases::new(&tree);
        for method in &krate.server.methods {
            for _ in 0..rounds("SPECWRIGHT_VALUES", 40) {
                match cases.case(&mut chance, &krate, &name, method) {
                    Ok(case) => writeln!(lines, "{case}").unwrap(),
                    Err(why) => *skipped.entry(format!("{name}: {why}")).or_default() += 1,
                }
            }
        }
        outputs.push((name, files));
    }
    let main = MAIN.replace("ARMS", &arms).replace("CRATE", &format!("case_{}", program.replace('-', "_")));
    let verdicts = compile::run(program, outputs, main, &lines, DEPENDENCIES);
    judge(&lines, &verdicts, skipped);
}

/// Fails with the first cases in which something else arrived, and prints what could not be tried.
fn judge(cases: &str, verdicts: &str, mut skipped: BTreeMap<String, usize>) {
    let mut untried = BTreeMap::new();
    let (mut counts, mut wrong) = (BTreeMap::<&str, usize>::new(), BTreeMap::<String, Vec<String>>::new());
    assert_eq!(cases.lines().count(), verdicts.lines().count());
    for (case, verdict) in cases.lines().zip(verdicts.lines()) {
        let case: Value = serde_json::from_str(case).unwrap();
        let name = format!("{}, operation {}", case["document"].as_str().unwrap(), case["operation"]);
        untried.entry(name.clone()).or_insert(true);
        match serde_json::from_str(verdict).unwrap() {
            Value::String(kind) => {
                *counts.entry(if kind == "Same" { "same" } else { "alike" }).or_default() += 1;
                untried.insert(name, false);
            }
            Value::Object(of) if of.contains_key("Wrong") => {
                wrong.entry(name).or_default().push(of["Wrong"].as_str().unwrap().to_owned());
            }
            of => *skipped.entry(of["Skipped"].as_str().unwrap().to_owned()).or_default() += 1,
        }
    }
    untried.retain(|_, is_untried| *is_untried);
    let report = format!("{counts:?}\nnot tried: {skipped:#?}\nnever tried: {:?}", untried.keys());
    let first = wrong.iter().map(|(name, of)| format!("{name} ({} times): {}", of.len(), of[0]));
    let first: Vec<String> = first.collect();
    assert!(first.is_empty(), "{}\n{report}", first.join("\n"));
    assert!(counts["same"] * 2 > cases.lines().count(), "{report}");
    // Shown with `--nocapture`, and where the test fails.
    let _ = writeln!(io::stderr(), "{report}");
}

const MAIN: &str = r#"
use CRATE as krate;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for line in std::io::stdin().lines() {
        let case: krate::case_harness::Case = serde_json::from_str(&line.unwrap()).unwrap();
        let verdict = runtime.block_on(async {
            match &*case.document {
                ARMS
                other => unreachable!("{other}"),
            }
        });
        println!("{}", serde_json::to_string(&verdict).unwrap());
    }
}
"#;
