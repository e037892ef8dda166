//! Values at the boundary of what is allowed, on both sides.

use specwright_runtime::validate::codes;

use super::{
    formats::{not_of_format, of_format},
    json::Json,
    leaf::{CARD_NUMBER, Leaf, NO_CARD_NUMBER, Text, breaking},
    places::{Place, same_value},
    proof::{Body, Edit, Proof},
    spec::{SPEC, Said},
};

/// The rules of a value that is no object and no list.
pub(crate) fn leaf(place: &Place, leaf: &Leaf, proofs: &mut Vec<Proof>) {
    let mut of_type = Proof::new(place, "type", Said::own(&codes::INVALID_TYPE));
    let others =
        [Json::text("x"), Json::number("1"), Json::Bool(true), Json::Array(vec![]), Json::Object(vec![])];
    for value in others {
        let fits = matches!(
            (leaf, &value),
            (Leaf::Text(_), Json::Text(_))
                | (Leaf::Integer | Leaf::Decimal, Json::Number(_))
                | (Leaf::Boolean, Json::Bool(_))
        );
        if !fits {
            let mut edits = surroundings(place);
            edits.push(Edit::Set(place.path.clone(), value));
            of_type.failing.push(Body::new(edits, [of_type.said.at(&place.path)]));
        }
    }
    proofs.push(of_type);
    match leaf {
        Leaf::Text(text) => self::text(place, text, proofs),
        Leaf::Integer => integer(place, proofs),
        Leaf::Decimal => decimal(place, proofs),
        Leaf::Boolean => {}
    }
}

fn integer(place: &Place, proofs: &mut Vec<Proof>) {
    let mut fraction = Proof::new(place, "type: integer", Said::own(&codes::INVALID_INTEGER));
    fraction.fails_with(Json::number("1.5"));
    let mut unusual = Proof::new(place, "type: integer", Said::own(&codes::UNUSUAL_INTEGER));
    unusual.fails_with(Json::number("1.0"));
    unusual.fails_with(Json::number("1e2"));
    unusual.fails_with(Json::number("-0"));
    let mut range = Proof::new(place, "format: int32", Said::own(&codes::OUT_OF_RANGE));
    for digits in ["2147483648", "-2147483649"] {
        range.fails_with(Json::number(digits));
    }
    for digits in ["2147483647", "-2147483648", "0"] {
        range.passes_with(Json::number(digits));
    }
    proofs.extend([fraction, unusual, range]);
}

fn decimal(place: &Place, proofs: &mut Vec<Proof>) {
    let mut range = Proof::new(place, "format: decimal", Said::own(&codes::TOO_MANY_DIGITS));
    for digits in ["79228162514264337593543950336", "0.00000000000000000000000000001", "1e400"] {
        range.fails_with(Json::number(digits));
    }
    for body in &mut range.failing {
        body.undecodable = true;
    }
    for digits in ["79228162514264337593543950335", "0.0000000000000000000000000001", "-1e2"] {
        range.passes_with(Json::number(digits));
    }
    proofs.push(range);
}

fn text(place: &Place, text: &Text, proofs: &mut Vec<Proof>) {
    let said = |keyword, own| SPEC.keyword(text.node, keyword, own);
    let mut add = |keyword, said: Said, passing: Vec<String>, failing: Vec<String>| {
        let mut proof = Proof::new(place, keyword, said);
        // What breaks another rule on the way shows nothing about this one: an empty value of a format, say.
        let keeps = |value: &String| !text.findings(value).contains(&proof.said);
        assert!(passing.iter().all(keeps), "{} {keyword}", proof.path);
        proof.passing = passing.into_iter().map(|value| body(place, text, value)).collect();
        proof.failing = failing.into_iter().map(|value| body(place, text, value)).collect();
        proofs.push(proof);
    };
    if text.min > 0 {
        let (keeps, breaks) = (vec![text.of_length(text.min)], vec![String::new()]);
        add("minLength", said("minLength", &codes::INVALID_SIZE), keeps, breaks);
    }
    if let Some(max) = text.max {
        let breaks = vec![text.of_length(max + 1)];
        add("maxLength", said("maxLength", &codes::INVALID_SIZE), vec![text.of_length(max)], breaks);
    }
    if !text.values.is_empty() {
        let others = ["", "no such value", &text.values[0].to_lowercase()].map(str::to_owned);
        add("enum", said("enum", &codes::INVALID_ENUM), text.values.clone(), others.to_vec());
    }
    for (node, pattern) in text.patterns() {
        let breaks = vec![breaking(pattern).to_owned()];
        let said = SPEC.keyword(node, "pattern", &codes::INVALID_PATTERN);
        add("pattern", said, vec![text.valid()], breaks);
    }
    if let Some(format) = text.format {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        add("format", SPEC.format(format), owned(of_format(format)), owned(not_of_format(format)));
    }
    if let Some(said) = text.card_number.clone() {
        let breaks = vec![CARD_NUMBER.to_owned(), format!("No {CARD_NUMBER}.")];
        add("x-no-card-number", said, vec![NO_CARD_NUMBER.to_owned()], breaks);
    }
}

/// A text in its place, with all that is to be said of it.
fn body(place: &Place, text: &Text, value: String) -> Body {
    let found = text.findings(&value);
    let mut expect: Vec<String> = found.iter().map(|said| said.at(&place.path)).collect();
    // A value that is wrong in itself is not compared.
    if place.follower && value != "EUR" && found.is_empty() {
        expect.push(Said::of_rule(same_value()).at(&place.path));
    }
    let mut edits = surroundings(place);
    // A virtual card without its billing account would be one finding more.
    if place.field == "accountType" && value == "V" {
        edits.clear();
    }
    edits.push(Edit::Set(place.path.clone(), Json::Text(value)));
    Body { edits, expect, undecodable: false }
}

/// What has to go so that nothing else is said when a value changes that others depend on.
fn surroundings(place: &Place) -> Vec<Edit> {
    let remove = |path: &str| Edit::Remove(path.to_owned());
    match place.path.as_str() {
        "accounts[0].accountType" => vec![remove("accounts[0].billingAccount")],
        "transactions[0].transactionAmount.currencyCode" => {
            let addendum = place.sample().addendum.as_deref().unwrap();
            vec![
                remove(&format!("transactions[0].{addendum}")),
                remove("transactions[0].taxes"),
                remove("transactions[0].totalTaxAmount"),
            ]
        }
        _ => Vec::new(),
    }
}
