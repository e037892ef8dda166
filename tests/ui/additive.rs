//! A program that was written for one state of a definition compiles against every later state whose Rust
//! surface has only grown.

use std::fmt::Write as _;

use specwright::Generator;
use specwright::evolve::{Bump, Respect};

use super::{compile, pairs};

/// Uses a crate in every way: builders, matches, reads, calls, failures, trait objects.
const CONSUMER: &str = include_str!("../../generator/tests/evolve/consumer.rs");

/// Pairs that have to be among them: what the design of generated code promises.
const PROMISED: [&str; 8] = [
    "optional property",
    "optional property of a response",
    "enum value of a response",
    "error code",
    "operation",
    "operation with other failures",
    "optional parameter",
    "failure",
];

#[test]
fn an_old_program_compiles_against_additive_changes() {
    let mut outputs = Vec::new();
    let mut program = String::from("#![deny(warnings)]\n#![allow(dead_code, deprecated)]\n");
    let folder = "generator/tests/evolve";
    let pairs = pairs::pairs(&format!("{folder}/base.yaml"), &format!("{folder}/pairs.yaml"));
    for pair in pairs.into_iter().filter(|pair| pair.is_of_base) {
        let generator = |text: &str| Generator::from_text("pets.yaml", text).package_name("pets");
        let comparison = generator(&pair.new).compare(&generator(&pair.old)).unwrap();
        let is_additive = comparison.bump_for(Respect::Rust) < Bump::Major;
        assert!(is_additive || !PROMISED.contains(&&*pair.name), "{}", comparison.render());
        if is_additive {
            let module = pair.name.to_lowercase().replace([' ', '-'], "_");
            let imported = format!("use case_additive::case_{module} as pets;");
            write!(program, "mod {module} {{\n{imported}\n{CONSUMER}\n}}\n").unwrap();
            outputs.push((module, generator(&pair.new).files().unwrap().0));
        }
    }
    assert!(outputs.len() > 40, "{}", outputs.len());
    program.push_str("fn main() {}\n");
    compile::check_with("additive", outputs, program, "");
}
