//! The table of the OpenAPI specification (version 3.0.3, "Style Examples"), and what it leaves open.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::values::Decimal;

fn in_query(value: &serde_json::Value, style: Style) -> String {
    query("color", value, style).unwrap()
}

#[test]
fn queries_are_written_as_the_specification_shows() {
    let list = json!(["blue", "black", "brown"]);
    let object: serde_json::Value = serde_json::from_str(r#"{"B":150,"G":200,"R":100}"#).unwrap();
    for (value, style, expected) in [
        (json!("blue"), Style::form(false), "color=blue"),
        (json!(""), Style::form(true), "color="),
        (json!(null), Style::form(true), ""),
        (json!(true), Style::form(true), "color=true"),
        (list.clone(), Style::form(true), "color=blue&color=black&color=brown"),
        (list.clone(), Style::form(false), "color=blue,black,brown"),
        (object.clone(), Style::form(true), "B=150&G=200&R=100"),
        (object.clone(), Style::form(false), "color=B,150,G,200,R,100"),
        (list.clone(), Style::space_delimited(false), "color=blue%20black%20brown"),
        (list.clone(), Style::pipe_delimited(false), "color=blue%7Cblack%7Cbrown"),
        (object.clone(), Style::deep_object(true), "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"),
        (json!({"a": [{"b": "c d"}]}), Style::deep_object(true), "color%5Ba%5D%5B0%5D%5Bb%5D=c%20d"),
        (json!("a&b=c/d ü"), Style::form(true), "color=a%26b%3Dc%2Fd%20%C3%BC"),
        (json!("a&b=c/d#"), Style::form(true).reserved(), "color=a%26b=c/d%23"),
        (json!({"a": 1}), Style::json(), "color=%7B%22a%22%3A1%7D"),
        (
            json!([{"id": "007"}, ["1", true]]),
            Style::form(false),
            "color=%7B%22id%22%3A%22007%22%7D,%5B%221%22%2Ctrue%5D",
        ),
        (json!([["x", 1], null]), Style::form(true), "color=%5B%22x%22%2C1%5D&color="),
    ] {
        assert_eq!(in_query(&value, style), expected, "{value} {style:?}");
    }
}

/// Both styles encode their separator, so that one in a value looks the same.
#[test]
fn a_separator_in_one_of_several_values_is_refused() {
    let (spaces, pipes) = (Style::space_delimited(false), Style::pipe_delimited(false));
    let refused = Err(RequestError::Separator("color"));
    for (value, style, expected) in [
        (json!(["light blue", "red"]), spaces, &refused),
        (json!(["a|b"]), pipes, &refused),
        (json!({"a|b": 1}), pipes, &refused),
        (json!({"a": "b|c"}), pipes, &refused),
        (json!(["a|b"]), spaces, &Ok("color=a%7Cb".to_owned())),
        (json!(["a b"]), pipes, &Ok("color=a%20b".to_owned())),
        (json!("a|b"), pipes, &Ok("color=a%7Cb".to_owned())),
        (json!(["a|b", "c"]), Style::pipe_delimited(true), &Ok("color=a%7Cb&color=c".to_owned())),
    ] {
        assert_eq!(query("color", &value, style), *expected, "{value} {style:?}");
    }
    assert_eq!(form(r#"{"b": ["x|y"]}"#, &[("b", pipes)]), Err(RequestError::Separator("body")));
}

#[test]
fn paths_are_written_as_the_specification_shows() {
    let list = json!(["blue", "black"]);
    let object = json!({"R": 100, "S": 200});
    for (value, style, expected) in [
        (json!("blue"), Style::simple(false), Some("blue")),
        (list.clone(), Style::simple(true), Some("blue,black")),
        (object.clone(), Style::simple(false), Some("R,100,S,200")),
        (object.clone(), Style::simple(true), Some("R=100,S=200")),
        (json!("blue"), Style::label(false), Some(".blue")),
        (list.clone(), Style::label(true), Some(".blue.black")),
        (object.clone(), Style::label(true), Some(".R=100.S=200")),
        (json!("blue"), Style::matrix(false), Some(";color=blue")),
        (list.clone(), Style::matrix(false), Some(";color=blue,black")),
        (list.clone(), Style::matrix(true), Some(";color=blue;color=black")),
        (object.clone(), Style::matrix(true), Some(";R=100;S=200")),
        (json!("a/../b?c"), Style::simple(false), Some("a%2F..%2Fb%3Fc")),
        (json!(""), Style::simple(false), None),
        (json!(".."), Style::simple(false), Some("..")),
        (json!(null), Style::simple(false), None),
        (json!([]), Style::simple(false), None),
    ] {
        assert_eq!(path("color", &value, style).ok().as_deref(), expected, "{value} {style:?}");
    }
}

#[test]
fn headers_and_forms() {
    let object = BTreeMap::from([("R", 100), ("S", 200)]);
    assert_eq!(header("h", &object, Style::simple(true)), Ok(Some("R=100,S=200".to_owned())));
    assert_eq!(header("h", &object, Style::simple(false)), Ok(Some("R,100,S,200".to_owned())));
    assert_eq!(header("h", &["a b", "c"], Style::simple(false)), Ok(Some("a b,c".to_owned())));
    assert_eq!(header("h", "", Style::simple(false)), Ok(Some(String::new())));
    for spaced in [" a", "a ", "a\t", " "] {
        let refused = Err(RequestError::Header("h".to_owned()));
        assert_eq!(header("h", spaced, Style::simple(false)), refused, "{spaced:?}");
    }
    assert_eq!(header("h", &json!(null), Style::simple(false)), Ok(None));
    let body = json!({"a": "x y&", "b": [1, 2], "c": null, "d": {"e": "f"}});
    let plain = "a=x%20y%26&b=1&b=2&d=%7B%22e%22%3A%22f%22%7D";
    assert_eq!(form(&body.to_string(), &[]), Ok(plain.to_owned()));
    let styles = [("b", Style::form(false)), ("d", Style::deep_object(true))];
    assert_eq!(form(&body.to_string(), &styles), Ok("a=x%20y%26&b=1,2&d%5Be%5D=f".to_owned()));
    assert_eq!(form("[1]", &[]), Err(RequestError::Form));
    assert_eq!(form("null", &[]), Ok(String::new()));
}

#[test]
fn numbers_keep_their_digits() {
    let amount: Decimal = "405.10".parse().unwrap();
    assert_eq!(path("amount", &amount, Style::simple(false)), Ok("405.10".to_owned()));
    assert_eq!(header("amounts", &[amount], Style::simple(false)), Ok(Some("405.10".to_owned())));
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "\\PC{1,20}") {
        let written = query("q", &text, Style::form(true)).unwrap();
        let read: Vec<_> = form_urlencoded::parse(written.as_bytes()).into_owned().collect();
        prop_assert_eq!(read, [("q".to_owned(), text)]);
    }
}
