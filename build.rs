//! Builds the crate live from the definition, exactly as any consumer's build script would, and lists its
//! types for the tests.

#[path = "tests/values/list.rs"]
mod list;

use std::process::ExitCode;

fn main() -> ExitCode {
    let built = specwright::build_from_config("specwright.yaml");
    if built == ExitCode::SUCCESS {
        list::write();
    }
    built
}
