//! Identifiers of Rust for names of a document: case, keywords, illegal characters, collisions. The only
//! module that uses heck.

mod identifiers;
mod scope;
mod spelling;
mod words;

pub(crate) use identifiers::{ConstIdent, FieldIdent, TypeIdent};
pub(crate) use scope::Scope;

/// Libraries that a user of a generated package has in scope: those of Rust, its dependencies, and what its
/// client and server are used with.
const TAKEN_LIBRARIES: [&str; 15] = [
    "alloc",
    "axum",
    "bytes",
    "core",
    "futures",
    "http",
    "proc_macro",
    "reqwest",
    "serde",
    "serde_json",
    "specwright",
    "specwright_runtime",
    "std",
    "test",
    "tokio",
];

/// Returns whether the library of a package of that name would hide another one.
pub(crate) fn is_taken_library(package: &str) -> bool {
    TAKEN_LIBRARIES.contains(&&*package.replace('-', "_"))
}
