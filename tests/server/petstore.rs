//! The Petstore server of the guide.

use std::fs;

use specwright::Generator;

use crate::compile;

const DEPENDENCIES: &str = "axum = { version = \"0.8\", default-features = false, features = [\"http1\", \"tokio\"] }\n\
    tokio = { version = \"1\", default-features = false, features = [\"macros\", \"net\", \"rt-multi-thread\"] }\n";

#[test]
fn the_server_of_the_guide_compiles() {
    let generator = Generator::new("examples/petstore/petstore.yaml");
    let (files, findings) = generator.files().unwrap();
    assert!(findings.is_empty(), "{findings}");
    let server = fs::read_to_string("examples/petstore/server.rs").unwrap();
    assert!(server.lines().count() <= 60, "the guide promises 60 lines");
    let main = server.replace("petstore::", "case_petstore::case_petstore::");
    compile::check_with("petstore", vec![("petstore".to_owned(), files)], main, DEPENDENCIES);
}
