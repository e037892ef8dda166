//! Identifiers of Rust for names of a document: case, keywords, illegal characters, collisions. The only
//! module that uses heck.

mod identifiers;
mod scope;
mod spelling;
mod words;

pub(crate) use identifiers::{ConstIdent, FieldIdent, TypeIdent};
pub(crate) use scope::Scope;
