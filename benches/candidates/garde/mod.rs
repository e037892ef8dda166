//! The structs of the requests once more, with rules for `garde` written by hand.
//!
//! Lengths, formats and patterns of single values are there; the rules between values and items, which would
//! be hand-written loops, are left out, in favour of `garde`.
#![allow(clippy::struct_field_names, reason = "the names are those of the API")]
#![allow(dead_code, reason = "the fields are read by the rules alone")]

mod accounts;
mod lodging;
mod purchase;
mod road;
pub(crate) mod rules;
mod transactions;
mod travel;

pub(crate) use accounts::CreateAccountList;
pub(crate) use transactions::CreateTransactionList;
