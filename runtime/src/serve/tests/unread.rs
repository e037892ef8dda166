//! Values that the models do not hold.

use super::*;
use crate::{Decimal, operation::Style, validate::Bound};

static COUNT: Schema = Schema::number(
    Number::new().decimal(&codes::TOO_MANY_DIGITS).minimum(Bound::inclusive("0", &codes::TOO_SMALL)),
);
const COUNTS: Operation = Operation::new("counts", "POST", "/counts")
    .request(RequestBody::new(true, &["application/json", "application/x-www-form-urlencoded"]));

#[test]
fn a_number_that_is_not_held_is_told_with_its_place() {
    let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
        static QUERY: ServedParameter =
            ServedParameter::new(Location::Query, "n", Style::form(true), &Shape::new().number())
                .check(&COUNT);
        static BODY: Schema = Schema::object(Object::new(&[Field::new("more", &COUNT)]));
        const FORM: &Shape = &Shape::new().members(&[("more", &Shape::new().number())]);
        type Body = std::collections::BTreeMap<String, Decimal>;
        let number = call.required::<Decimal>(QUERY);
        let body = match call.content(COUNTS.request.unwrap().media_types).await? {
            Some(0) => call.json::<Body>(Some(&BODY)),
            _ => call.form::<Body>(FORM, &[], Some(&BODY)),
        };
        let (Some(_), Some(_)) = (number, body) else { return Err(call.refuse()) };
        Ok(Response::default())
    };
    let router = Routes::new(Arc::new(()), &API, Settings::new()).operation(&COUNTS, handler).into_router();
    let found = |query: &str, content_type: &str, body: &'static str| {
        let request = Request::post(format!("/counts?n={query}")).header("content-type", content_type);
        let found = json(answer(&router, request.body(Body::from(body)).unwrap()));
        let violations = found["violations"].as_array().into_iter().flatten();
        violations
            .map(|one| format!("{} {}", one["code"], one["pointer"]).replace('"', ""))
            .collect::<Vec<_>>()
    };
    let (json_type, form_type) = ("application/json", "application/x-www-form-urlencoded");
    assert!(found("1", json_type, "{\"more\": 1.5}").is_empty());
    assert_eq!(found("1e-63", json_type, "{\"more\": 1}"), ["x-tooManyDigits /n"]);
    for (content_type, body) in [(json_type, "{\"more\": 1e-63}"), (form_type, "more=1e-63")] {
        assert_eq!(found("1", content_type, body), ["x-tooManyDigits /more", "x-undecodable "]);
    }
}

#[test]
fn what_a_plain_type_does_not_hold_is_told_with_what_it_holds() {
    const LIST: &Shape = &Shape::new().items(&Shape::new().number());
    static FLAG: ServedParameter =
        ServedParameter::new(Location::Query, "flag", Style::form(true), &Shape::new().boolean());
    static COUNT: ServedParameter =
        ServedParameter::new(Location::Query, "count", Style::form(true), &Shape::new().number());
    static ALL: ServedParameter = ServedParameter::new(Location::Query, "all", Style::form(true), LIST);
    const PLAIN: Operation = Operation::new("plain", "GET", "/plain");
    let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
        let flag = call.optional::<bool>(FLAG);
        let count = call.optional::<i64>(COUNT);
        let all = call.optional::<Vec<i64>>(ALL);
        let (Some(_), Some(_), Some(_)) = (flag, count, all) else { return Err(call.refuse()) };
        Ok(Response::default())
    };
    let router = Routes::new(Arc::new(()), &API, Settings::new()).operation(&PLAIN, handler).into_router();
    for (query, detail) in [
        ("flag=yes", " (true or false is expected)"),
        ("count=many", " (a number is expected)"),
        ("count=1.5", " (the number has a fraction, or is out of range)"),
        ("all=1&all=x", ""),
    ] {
        let request = Request::get(format!("/plain?{query}")).body(Body::empty()).unwrap();
        let found = json(answer(&router, request));
        let expected = format!("The value has the wrong JSON type{detail}");
        assert_eq!(found["violations"][0]["detail"], expected, "{query}");
    }
}
