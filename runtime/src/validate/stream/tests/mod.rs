//! The stream against the whole body: the same violations, however the stream is cut.

mod any;
mod large;
mod tables;

use std::io::{self, Read};

use self::tables::{CONTAINS, DEFINITION, EITHER, ITEMS, JSON, NAME, NAMES, PATTERNS, ROOT, TIED};
use super::*;
use crate::violations::Severity;
use crate::violations::codes;

/// A stream that returns so many bytes at a time.
pub(super) struct Few<'a>(pub(super) &'a [u8], pub(super) usize);

impl Read for Few<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(self.0.len()).min(to.len());
        to[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

/// Returns everything that is known of a violation.
fn printed(violation: &Violation) -> String {
    format!("{violation} {:?} {:?}", violation.position(), violation.detail())
}

/// Validates a body in both ways, and compares the violations regardless of their order.
fn compare(schema: &'static Schema, body: &[u8], few: usize) {
    let options = Validation::new().warn("long");
    let whole = options.body(schema, &DEFINITION, body);
    let mut found = Vec::new();
    let tally = options.reader_by(schema, &DEFINITION, Few(body, few), |violation| found.push(violation));
    let tally = tally.unwrap();
    let count = |severity| found.iter().filter(|violation| violation.severity() == severity).count() as u64;
    assert_eq!((tally.errors, tally.warnings), (count(Severity::Error), count(Severity::Warning)));

    let body = String::from_utf8_lossy(body);
    if [JSON, codes::TOO_DEEP].iter().any(|code| whole.with_code(code).next().is_some()) {
        let last = found.last().map(printed);
        assert_eq!(last, whole.iter().next().map(printed), "{body}, {few} at a time");
        return;
    }
    let mut whole: Vec<String> = whole.iter().map(printed).collect();
    let mut found: Vec<String> = found.iter().map(printed).collect();
    whole.sort();
    found.sort();
    assert_eq!(found, whole, "{body}, {few} at a time");
    assert_eq!(tally.bytes, body.len() as u64);
}

#[test]
fn bodies_of_every_kind() {
    let bodies = [
        "",
        "  ",
        "{}",
        "null",
        "[]",
        "[\"abc\", \"a\"]",
        "7 ",
        "[{\"id\":\"a\"},{\"id\":\"\\u0061\"}]",
        "{\"items\":[]}",
        "{\"items\":null,\"kind\":\"N\"}",
        "{\"items\":[{\"id\":\"a\"}, {\"id\":\"abcd\",\n\"size\":10}, null, 7, {\"id\":\"a\",\"id\":\"b\"}]}",
        "{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"a\"},{\"id\":\"a\"}],\"names\":[\"x\",\"x\"]}",
        "{\"items\":[{\"id\":\"a\",\"same\":\"b\"},{\"id\":\"b\",\"size\":1,\"same\":\"b\"},\n {\"id\":\"c\",\"same\":\"b\"}]}",
        " {\n \"items\" : [ { \"id\" : \"äöü\", \"same\" : \"x\" } ,\n  { } ] , \"other\" : [ 1 , [ 2 ] ] }\n ",
        "{\"kind\":[1,2],\"items\":{},\"either\":[]}",
        "{\"either\":[true,null],\"names\":[\"\",\"abcd\"],\"items\":[1.5]}",
        "{\"fl\\\"ags\":[1,null,\"é\"],\"items\":[{\"id\":\"a\"}]}",
        "{\"items\":[1,2",
        "{\"items\":[1,2}",
        "{\"items\":[tru,2]}",
        "{\"items\":[1 2]}",
        "{\"items\":[1,]}",
        "{\"items\"[1]}",
        "{\"items\":[1],}",
        "{items:[1]}",
        "{\"items\":[\"\\ud800\"]}",
        "{\"items\":[]} x",
        "[1][",
        "\u{feff}{}",
    ];
    for body in bodies {
        for schema in [&ROOT, &ITEMS, &NAMES, &TIED, &NAME, &EITHER, &CONTAINS, &PATTERNS] {
            for few in 1..=body.len().max(1) {
                compare(schema, body.as_bytes(), few);
            }
        }
    }
}

#[test]
fn containers_may_be_as_deep_as_in_a_whole_body() {
    for depth in 124..130 {
        let nested = "[".repeat(depth) + &"]".repeat(depth);
        for body in [nested.clone(), format!("{{\"a\":{nested}}}"), format!("{{\"items\":[{nested}]}}")] {
            compare(&ROOT, body.as_bytes(), 50);
            compare(&ITEMS, body.as_bytes(), 50);
        }
    }
}

#[test]
fn a_stream_that_breaks_is_an_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let body = b"[\"abcd\", ".chain(Broken);
    let mut found = Vec::new();
    let read = Validation::new().reader_by(&NAMES, &DEFINITION, body, |violation| found.push(violation));
    assert_eq!(read.unwrap_err().to_string(), "gone");
    assert_eq!(found.len(), 1);
}

#[test]
fn items_are_counted() {
    let body = b"{\"items\":[{\"id\":\"a\"},{},{\"id\":\"a\"}],\"names\":[\"x\"],\"other\":[1]}";
    let tally = Validation::new().reader_by(&ROOT, &DEFINITION, &body[..], |_| {}).unwrap();
    assert_eq!((tally.items, tally.items_with_violations), (4, 2));
    assert_eq!((tally.errors, tally.warnings), (2, 1));
}

/// An item without violations may get one from a later item.
#[test]
fn forbidden_references_are_reported_when_the_later_item_comes() {
    let body = br#"[{"id":"a","same":"b"},{"id":"c"},{"id":"b","size":1}, {"id":"d","same":"b"}]"#;
    let mut found = Vec::new();
    let options = Validation::new().off(codes::INCONSISTENT_VALUE).off("many");
    let tally = options.reader_by(&ITEMS, &DEFINITION, &body[..], |violation| found.push(violation)).unwrap();
    let paths: Vec<&str> = found.iter().map(Violation::data_path).collect();
    assert_eq!(paths, ["[0].same", "[3].same"]);
    assert_eq!(tally.items_with_violations, 2);
}
