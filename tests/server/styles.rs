//! Client and server of two definitions whose parameters and members of a form have every style, and a server
//! whose integers have a fraction of zeros.

use std::fs;

use specwright::Generator;

use crate::compile;

const DEPENDENCIES: &str = "tokio = { version = \"1\", default-features = false, features = [\"rt\"] }\n\
                            tower-service = \"0.3\"\n";

#[test]
fn what_clients_of_other_definitions_send_arrives() {
    let outputs = ["parameter-styles", "client-form-styles", "server-whole-numbers"].map(|name| {
        let generator = Generator::new(format!("tests/ui/pass/{name}/{name}.yaml"));
        (name.to_owned(), generator.files().unwrap().0)
    });
    let main = fs::read_to_string("tests/server/styles_main.rs").unwrap();
    let printed = compile::run("server-styles", outputs.to_vec(), main, "", DEPENDENCIES);
    assert_eq!(printed, "all arrived\n");
}
