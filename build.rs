//! Builds the crate live from the definition, exactly as any consumer's build script would.

use std::process::ExitCode;

fn main() -> ExitCode {
    specwright::build_from_config("specwright.yaml")
}
