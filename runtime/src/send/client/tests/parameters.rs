//! Parameters that the definition has something to say of.

use super::*;
use crate::{
    send::client::{Multipart, Part, PartRule, testing::Reply},
    validate::{Array, Bound, Format, Number, Validation},
    violations::Violation,
    wire::Shape,
};

static UUID: Schema = Schema::text(Text::new().format(Format::Uuid, &CODE));
static NAMES: Schema = Schema::array(Array::new().items(&NAME));
static PET: Schema = Schema::object(Object::new(FIELDS));

fn paths(error: &CallError<u16>) -> Vec<&str> {
    error.violations().unwrap().iter().map(Violation::data_path).collect()
}

#[test]
fn a_parameter_that_would_be_refused_keeps_the_call_from_leaving() {
    let bench = bench(Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")).forever());
    let call = |shop: &str| {
        let mut call = bench.call(&LIST);
        call.check_path("shop", shop, &UUID);
        call.path("shop", shop, Style::simple(false));
        call
    };
    let error = send(call("corner")).unwrap_err();
    assert!(error.is_invalid() && error.is_rejected() && !error.may_have_been_received());
    assert_eq!(paths(&error), ["shop"]);
    assert_eq!(
        error.to_string(),
        "listPets was not sent, because the service would reject it: invalidSize at shop"
    );
    assert!(bench.replay.requests().is_empty());

    send(call("5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10")).unwrap();
    let mut unchecked = call("corner");
    unchecked.set_validation(None);
    send(unchecked).unwrap();
    let mut lenient = call("corner");
    lenient.set_validation(Some(Validation::new().warn("invalidSize")));
    assert_eq!(send(lenient).unwrap().warnings.len(), 1);
    // The last value counts.
    let mut mended = call("corner");
    mended.check_path("shop", "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10", &UUID);
    send(mended).unwrap();
    assert_eq!(bench.replay.requests().len(), 4);
}

#[test]
fn bodies_of_every_format_are_validated() {
    let bench = bench(Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")));
    let long = Pet { name: "long john".to_owned() };
    let found = |set: &dyn Fn(&mut Call)| {
        let mut call = bench.call(&CREATE);
        set(&mut call);
        let error = send(call).unwrap_err();
        paths(&error).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let form = "application/x-www-form-urlencoded";
    let checked_form = |call: &mut Call| {
        call.form(form, &long, &[]);
        call.check_body(<Pet as crate::validate::Validate>::SCHEMA);
    };
    assert_eq!(found(&checked_form), ["name"]);
    let checked_list = |call: &mut Call| {
        call.json_text("application/json", r#"["rex", "long john"]"#);
        call.check_body(&NAMES);
    };
    assert_eq!(found(&checked_list), ["[1]"]);
    let checked_text = |call: &mut Call| {
        call.text("text/plain", "long\n\"john\"");
        call.check_text(&NAME);
    };
    assert_eq!(found(&checked_text), [""]);
    assert!(bench.replay.requests().is_empty());
    let mut unchecked = bench.call(&CREATE);
    checked_form(&mut unchecked);
    unchecked.set_validation(None);
    send(unchecked).unwrap();
    assert_eq!(bench.replay.requests()[0].body, "name=long%20john");
}

#[test]
fn parts_of_forms_are_validated() {
    const TEXT: &Shape = &Shape::new().text();
    const RULES: [PartRule; 4] = [
        PartRule::new("name").check(&NAME, TEXT),
        PartRule::new("names").check(&NAMES, &Shape::new().items(TEXT)),
        PartRule::new("pet").object().check(&PET, &Shape::new().members(&[])),
        PartRule::new("count").check(&COUNT, &Shape::new().number()),
    ];
    static COUNT: Schema = Schema::number(Number::new().maximum(Bound::inclusive("5", &CODE)));
    let bench = bench(Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")).forever());
    let call = |form: &Multipart| {
        let mut call = bench.call(&CREATE);
        call.multipart(form, &RULES);
        call
    };
    let wrong = Multipart::new()
        .text("name", "long john")
        .text("names", "rex")
        .text("names", "long john")
        .text("pet", r#"{"name": "long john"}"#)
        .text("count", "6")
        .text("other", "long john");
    let error = send(call(&wrong)).unwrap_err();
    assert_eq!(paths(&error), ["name", "names[1]", "pet.name", "count"]);
    assert!(bench.replay.requests().is_empty());

    // Names as one part of JSON, and no number that is text.
    let names = |part: Part| Multipart::new().part("names", part.content_type("application/json"));
    send(call(&names(Part::new(r#"["rex"]"#)).text("count", "5"))).unwrap();
    assert_eq!(paths(&send(call(&Multipart::new().text("count", "five"))).unwrap_err()), ["count"]);
    // Another body, and none of its parts are left.
    let mut other = call(&wrong);
    other.json("application/json", &Pet { name: "rex".to_owned() });
    send(other).unwrap();
    assert_eq!(bench.replay.requests().len(), 2);
}

#[test]
fn paths_begin_with_the_name_of_the_parameter() {
    let bench = bench(Replay::new());
    let mut call = bench.call(&CREATE);
    call.json_checked("application/json", &Pet { name: "long john".to_owned() });
    call.check_query("names[]", &["rex", "long john"], &NAMES);
    call.check_query("pet", &Pet { name: String::new() }, &PET);
    call.check_query("limit", &7, &NAME);
    // Another one of the same name.
    call.check_header("limit", "long john", &NAME);
    let error = send(call).unwrap_err();
    // The body comes first.
    assert_eq!(paths(&error), ["name", "[\"names[]\"][1]", "pet.name", "limit", "limit"]);
    let pointers = error.violations().unwrap().iter().map(Violation::to_json_pointer);
    assert_eq!(pointers.collect::<Vec<_>>(), ["/name", "/names[]/1", "/pet/name", "/limit", "/limit"]);
}
