//! Definitions that refer to other files: which are read, and which are named.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::Path;

use specwright::{Failure, Findings, Generator};

const DEFINITION: &str = "tests/several_files/inner/api.yaml";

fn codes(result: Result<(Vec<(String, String)>, Findings), Failure>) -> Vec<&'static str> {
    match result {
        Ok((_, findings)) | Err(Failure::Findings(findings)) => findings.codes(),
        Err(failure) => panic!("{failure}"),
    }
}

#[test]
fn files_outside_the_folder_are_read_if_that_is_allowed() {
    assert_eq!(codes(Generator::new(DEFINITION).files()), ["file-outside"]);
    let (files, findings) = Generator::new(DEFINITION).allow_outside().files().unwrap();
    assert!(findings.is_empty(), "{findings}");
    let read = findings.files();
    let expected = [DEFINITION, "tests/several_files/inner/local.yaml", "tests/several_files/shared.yaml"];
    assert_eq!(read, expected.map(Path::new));
    let models = files.iter().find(|(path, _)| path == "src/models.rs").unwrap();
    assert!(models.1.contains("pub local: Option<Local>"), "{}", models.1);
}

#[test]
fn a_definition_in_memory_reads_no_files() {
    let text = std::fs::read_to_string(DEFINITION).unwrap();
    let found = codes(Generator::from_text(DEFINITION, text).files());
    assert_eq!(found, ["external-reference", "external-reference"]);
}
