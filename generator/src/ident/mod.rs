//! Identifiers of Rust for names of a document: case, keywords, illegal characters, collisions. The only
//! module that uses heck.

mod identifiers;
mod scope;
mod spelling;

pub(crate) use identifiers::{ConstIdent, FieldIdent, TypeIdent};
pub(crate) use scope::Scope;

/// Libraries that a user of a generated package has in scope: those of Rust, and its dependencies.
const TAKEN_LIBRARIES: [&str; 9] =
    ["alloc", "core", "proc_macro", "serde", "serde_json", "specwright", "specwright_runtime", "std", "test"];

/// Returns whether the library of a package of that name would hide another one.
pub(crate) fn is_taken_library(package: &str) -> bool {
    TAKEN_LIBRARIES.contains(&&*package.replace('-', "_"))
}
