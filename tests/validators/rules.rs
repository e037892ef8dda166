//! Every rule of the definition at every place of the two requests, with bodies that keep it and bodies that
//! break it.

use serde_yaml::Value;
use specwright_runtime::validate::codes;

use super::{
    boundary,
    json::Json,
    leaf::{CARD_NUMBER, NO_CARD_NUMBER},
    oracle::first,
    path,
    places::{Place, What, places, same_value},
    proof::{Body, Edit, Proof},
    sample::{SAMPLES, addenda, addendum},
    spec::{SPEC, Said, reference, string, strings},
};

/// All of them.
pub(crate) fn proofs() -> Vec<Proof> {
    let mut proofs = Vec::new();
    for place in places() {
        presence(&place, &mut proofs);
        match &place.what {
            What::Object(component) => object(&place, component, &mut proofs),
            What::Array => array(&place, &mut proofs),
            What::Leaf(leaf) => boundary::leaf(&place, leaf, &mut proofs),
        }
        if place.follower {
            proofs.push(follower(&place));
        }
    }
    proofs
}

fn presence(place: &Place, proofs: &mut Vec<Proof>) {
    let [absent, null] = [Edit::Remove(place.path.clone()), Edit::Set(place.path.clone(), Json::Null)];
    if place.path.ends_with(']') {
        return;
    }
    let said = SPEC.keyword(place.node, "required", &codes::MISSING_REQUIRED_FIELD);
    let mut proof = Proof::new(place, "required", said);
    for edit in [absent, null] {
        if place.required {
            proof.failing.push(Body::new([edit], [proof.said.at(&place.path)]));
        } else if place.field != "billingAccount" {
            proof.passing.push(Body::new([edit], []));
        }
    }
    if place.required {
        proof.passing.push(Body::new([], []));
    } else {
        "not required".clone_into(&mut proof.rule);
    }
    proofs.push(proof);
}

fn object(place: &Place, component: &str, proofs: &mut Vec<Proof>) {
    let mut of_type = Proof::new(place, "type", Said::own(&codes::INVALID_TYPE));
    for value in [Json::text("x"), Json::number("1"), Json::Array(vec![]), Json::Bool(false)] {
        of_type.fails_with(value);
    }
    if place.path.ends_with(']') {
        of_type.fails_with(Json::Null);
    }
    proofs.push(of_type);
    let mut unknown = Proof::new(place, "properties", Said::own(&codes::UNKNOWN_PROPERTY));
    unknown.rule = format!("{component}.*");
    unknown.path = format!("{}.unknownMember", place.path);
    unknown.fails_with(Json::text(NO_CARD_NUMBER));
    let card_number = Said::of_rule(&SPEC.component("CreateAccountList")["x-no-card-number"]);
    let mut secret = Proof::new(place, "x-no-card-number", card_number);
    (secret.rule, secret.path) = (unknown.rule.clone(), unknown.path.clone());
    let told = [unknown.said.at(&unknown.path), secret.said.at(&secret.path)];
    secret.failing.push(Body::new([Edit::Set(unknown.path.clone(), Json::text(CARD_NUMBER))], told));
    let number = Edit::Set(unknown.path.clone(), Json::number(CARD_NUMBER));
    secret.passing.push(Body::new([number], [unknown.said.at(&unknown.path)]));
    proofs.extend([unknown, secret]);
    billing_account(place, component, proofs);
    if component == "CreateTransaction" {
        proofs.extend(
            SAMPLES.iter().enumerate().filter(|(_, sample)| sample.addendum.is_some()).map(
                |(index, sample)| at_most_one_addendum(place, index, sample.addendum.as_deref().unwrap()),
            ),
        );
    }
}

/// The rules of the definition that make a member depend on another's value.
fn billing_account(place: &Place, component: &str, proofs: &mut Vec<Proof>) {
    let node = SPEC.component(component);
    for (keyword, is_required) in [("x-required-when", true), ("x-forbidden-when", false)] {
        for rule in node[keyword].as_sequence().into_iter().flatten() {
            let target = format!("{}.{}", place.path, string(&rule["property"]));
            let condition = format!("{}.{}", place.path, string(&rule["when"]["property"]));
            let mut proof = Proof::new(place, keyword, Said::of_rule(rule));
            proof.rule = format!("{component}.{}", string(&rule["property"]));
            proof.path.clone_from(&target);
            for value in strings(&rule["when"]["in"]) {
                let holds = Edit::Set(condition.clone(), Json::Text(value));
                let absent =
                    [Edit::Remove(target.clone()), Edit::Set(target.clone(), Json::Null)].map(|edit| {
                        Body::new([holds.clone(), edit], is_required.then(|| proof.said.at(&target)))
                    });
                let present = Body::new([holds], (!is_required).then(|| proof.said.at(&target)));
                let (keeps, breaks) = if is_required {
                    (&mut proof.passing, &mut proof.failing)
                } else {
                    (&mut proof.failing, &mut proof.passing)
                };
                keeps.push(present);
                breaks.extend(absent);
            }
            proofs.push(proof);
        }
    }
}

fn at_most_one_addendum(place: &Place, sample: usize, own: &str) -> Proof {
    let rule = &SPEC.component("CreateTransaction")["x-at-most-one-of"][0];
    let mut proof = Proof::new(place, "x-at-most-one-of", Said::of_rule(rule));
    (proof.rule, proof.sample) = ("CreateTransaction".to_owned(), sample);
    for other in addenda().into_iter().filter(|other| other != own) {
        let set = |value| Edit::Set(format!("{}.{other}", place.path), value);
        proof.failing.push(Body::new([set(addendum(&other))], [proof.said.at(&place.path)]));
        proof.passing.push(Body::new([set(Json::Null)], []));
    }
    proof
}

fn follower(place: &Place) -> Proof {
    let mut proof = Proof::new(place, "x-same-value", Said::of_rule(same_value()));
    proof.fails_with(Json::text("USD"));
    proof.passes_with(Json::text("EUR"));
    proof
}

fn array(place: &Place, proofs: &mut Vec<Proof>) {
    let mut of_type = Proof::new(place, "type", Said::own(&codes::INVALID_TYPE));
    for value in [Json::text("x"), Json::number("1"), Json::Object(vec![]), Json::Bool(false)] {
        of_type.fails_with(value);
    }
    of_type.passes_with(Json::Array(vec![]));
    proofs.push(of_type);
    let rule = &place.node["x-unique-by"];
    let key = rule["key"].as_str();
    if let Some(most) = place.node["maxItems"].as_u64() {
        let said = SPEC.keyword(place.node, "maxItems", &codes::TOO_MANY_ITEMS);
        let mut proof = Proof::new(place, "maxItems", said);
        proof.passes_with(thinned(place, copies(place, most, key)));
        proof.fails_with(thinned(place, copies(place, most + 1, key)));
        proofs.push(proof);
    }
    if let Some(key) = key {
        proofs.push(unique(place, rule, key));
    }
    for rule in place.node["x-no-reference-to"].as_sequence().into_iter().flatten() {
        proofs.push(no_reference(place, rule));
    }
}

fn unique(place: &Place, rule: &Value, key: &str) -> Proof {
    let mut proof = Proof::new(place, "x-unique-by", Said::of_rule(rule));
    let repeated = |index: usize| proof.said.at(&format!("{}[{index}].{key}", place.path));
    for length in [2, 3] {
        let edit = Edit::Set(place.path.clone(), copies(place, length, None));
        let later = (1..usize::try_from(length).unwrap()).map(repeated);
        proof.failing.push(Body::new([edit], later));
    }
    proof.passes_with(copies(place, 1, None));
    proof.path = format!("{}[1].{key}", place.path);
    proof
}

/// The item refers to itself, and to one behind it; it fulfils the condition, or not.
fn no_reference(place: &Place, rule: &Value) -> Proof {
    let mut proof = Proof::new(place, "x-no-reference-to", Said::own(&codes::FORBIDDEN_REFERENCE));
    let [from, key, condition] = [&rule["from"], &rule["key"], &rule["when"]["property"]].map(string);
    let told = |index: usize| proof.said.at(&format!("{}[{index}].{}", place.path, first(&from)));
    let set = |index: usize, name: &str, text: &str| {
        Edit::Set(format!("{}[{index}].{name}", place.path), Json::text(text))
    };
    let two = Edit::Set(place.path.clone(), copies(place, 2, Some(&key)));
    for barred in strings(&rule["when"]["in"]) {
        let refers =
            [two.clone(), set(0, &condition, &barred), set(1, &condition, &barred), set(0, &from, "item-1")];
        proof.failing.push(Body::new(refers.clone(), [told(0)]));
        let itself = [set(0, &from, "item-0"), set(1, &from, "item-0")];
        proof.failing.push(Body::new(refers.into_iter().chain(itself), [told(0), told(1)]));
        proof
            .passing
            .push(Body::new([two.clone(), set(0, &condition, &barred), set(0, &from, "item-2")], []));
    }
    proof.path = format!("{}[0].{}", place.path, first(&from));
    proof
}

/// So many copies of the sample's item, each with its own key if there is one.
fn copies(place: &Place, length: u64, key: Option<&str>) -> Json {
    let mut body = place.sample().body.clone();
    let Json::Array(items) = path::at(&mut body, &place.path) else { panic!("no array: {}", place.path) };
    let copy = |number| {
        let mut item = items[0].clone();
        if let Some(key) = key {
            item.set(key, Json::Text(format!("item-{number}")));
        }
        item
    };
    Json::Array((0..length).map(copy).collect())
}

/// The items without the members that nothing requires: there are many items.
fn thinned(place: &Place, mut items: Json) -> Json {
    let Some(component) = reference(&place.node["items"]) else { return items };
    let node = SPEC.component(component);
    let mut kept = strings(&node["required"]);
    kept.extend(
        node["x-required-when"].as_sequence().into_iter().flatten().map(|rule| string(&rule["property"])),
    );
    if let Json::Array(items) = &mut items {
        for item in items {
            let Json::Object(members) = item else { panic!("no object: {item}") };
            members.retain(|(name, _)| kept.contains(name));
        }
    }
    items
}

/// What is wrong with a body of a proof; `every_way` asks typed values, streams and decoding as well.
fn fails(proof: &Proof, body: &Body, every_way: bool) -> Result<(), String> {
    let text = body.text(proof.sample);
    let told = |what: String| format!("{} {} at {}: {what}", proof.rule, proof.keyword, proof.path);
    let kind = SAMPLES[proof.sample].kind;
    let found = if every_way {
        kind.every_way(text.as_bytes(), body.undecodable).map_err(told)?
    } else {
        kind.raw(text.as_bytes())
    };
    let found = super::check::lines(&found);
    if found == body.expect {
        return Ok(());
    }
    Err(told(format!("expected {:?}, found {found:?}", body.expect)))
}

#[test]
fn every_rule_at_every_place() {
    let proofs = proofs();
    let mut failed = Vec::new();
    for proof in &proofs {
        for body in &proof.failing {
            let named = proof.said.at(&proof.path);
            assert!(body.expect.contains(&named), "{} {}: a body without {named}", proof.rule, proof.keyword);
        }
        failed.extend(proof.passing.iter().filter_map(|body| fails(proof, body, false).err()));
        let fail = |(index, body)| fails(proof, body, index == 0).err();
        failed.extend(proof.failing.iter().enumerate().filter_map(fail));
    }
    let bodies: usize = proofs.iter().map(|proof| proof.passing.len() + proof.failing.len()).sum();
    assert!(bodies > 4000, "only {bodies} bodies");
    let shown = &failed[..failed.len().min(40)];
    assert!(failed.is_empty(), "{} of {bodies} bodies:\n{}", failed.len(), shown.join("\n"));
}
