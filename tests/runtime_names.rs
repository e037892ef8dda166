//! Every name of the runtime that the generator writes is an item of the runtime: the compiler resolves the
//! items here, and their names are compared with the generator's.

#[path = "../generator/src/rust/runtime.rs"]
mod names;

use std::collections::BTreeSet;
use std::time::Duration;

use specwright_runtime::Validation;
use specwright_runtime::client::{Call, Style};
use specwright_runtime::retry::Policy;
use specwright_runtime::union::Candidate;

use names::{
    CALL_SETTERS, JsonType, Location, OtherMembers, Reader, Repeatable, RuntimeType, StyleFunction,
    TextFormat,
};

/// Imports items of a module or an enum, and returns their names.
macro_rules! imported {
    ([$($module:tt)*] $($item:ident),*) => {{
        #[allow(unused_imports, reason = "they are there, that is enough")]
        use $($module)*::{$($item),*};
        [$(stringify!($item)),*]
    }};
}

/// Mentions functions of a type, with or without a generic argument, and returns their names.
macro_rules! associated {
    ($type:ident: $($function:ident),*) => {{
        $(let _ = $type::$function;)*
        [$(stringify!($function)),*]
    }};
    ($type:ident of str: $($function:ident),*) => {{
        $(let _ = $type::$function::<str>;)*
        [$(stringify!($function)),*]
    }};
}

#[track_caller]
fn assert_same(
    written: impl IntoIterator<Item = &'static str>,
    found: impl IntoIterator<Item = &'static str>,
) {
    let (written, found): (BTreeSet<_>, BTreeSet<_>) =
        (written.into_iter().collect(), found.into_iter().collect());
    assert_eq!(written, found);
}

#[test]
fn types_and_variants() {
    assert_same(
        RuntimeType::ALL.iter().map(|ty| ty.name()),
        imported!([specwright_runtime] Date, Decimal, Json, LocalTimestamp, Timestamp),
    );
    assert_same(
        Location::ALL.iter().map(|location| location.name()),
        imported!([specwright_runtime::operation::Location] Path, Query, Header, Cookie),
    );
    assert_same(
        Repeatable::ALL.iter().map(|repeatable| repeatable.name()),
        imported!([specwright_runtime::operation::Repeatable] ByKey, Always),
    );
}

#[test]
fn functions() {
    assert_same(
        Reader::ALL.iter().map(|reader| reader.name()),
        imported!([specwright_runtime::client::read] bytes, exact_json, json, media, nothing, one_or_many, text),
    );
    assert_same(
        JsonType::ALL.iter().map(|kind| kind.name()),
        imported!([specwright_runtime::union::table] array, boolean, integer, map, number, string),
    );
    assert_same(
        TextFormat::ALL.iter().map(|format| format.name()),
        imported!([specwright_runtime::union::table] ip, ipv4, ipv6, uuid),
    );
}

#[test]
fn methods() {
    assert_same(
        OtherMembers::ALL.iter().map(|others| others.name()),
        associated!(Candidate: drops_others, keeps_others, refuses_others),
    );
    assert_same(
        StyleFunction::ALL.iter().map(|function| function.name()),
        associated!(Style: deep_object, form, json, label, matrix, pipe_delimited, simple, space_delimited),
    );
    assert_same(
        Location::ALL.iter().map(|location| location.setter()),
        associated!(Call of str: path, query, header, cookie),
    );
    assert_same(
        Location::ALL.iter().map(|location| location.checker()),
        associated!(Call of str: check_path, check_query, check_header, check_cookie),
    );
}

struct Builder {
    call: Call,
}

impl Builder {
    specwright_runtime::call_setters!();
}

/// Calls methods one after the other in a function that nothing calls, and returns their names.
macro_rules! called {
    ($($method:ident($($argument:expr),*);)*) => {{
        let _ = |builder: Builder| builder $(.$method($($argument),*))*;
        [$(stringify!($method)),*]
    }};
}

#[test]
fn setters() {
    let time = Duration::from_secs(1);
    let found = called! {
        correlation_id("id");
        deadline(time);
        header("name", "value");
        retry(Policy::default());
        timeout(time);
        validation(Validation::default());
        without_validation();
    };
    assert_same(CALL_SETTERS, found);
}

#[test]
fn paths() {
    for ty in RuntimeType::ALL {
        assert_eq!(RuntimeType::from_path(ty.name()), Some(*ty));
        assert_eq!(RuntimeType::from_path(&format!("specwright_runtime::{}", ty.name())), Some(*ty));
    }
    assert_eq!(RuntimeType::from_path("uuid::Uuid"), None);
}
