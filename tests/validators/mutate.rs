//! Bodies that are nearly right: a sample with some members less and some values changed, by chance.

use std::sync::LazyLock;

use super::{
    chance::Chance,
    formats::{FORMATS, not_of_format, of_format},
    json::Json,
    leaf::CARD_NUMBER,
    sample::SAMPLES,
    spec::{SPEC, strings},
};

const WORDS: [&str; 16] = [
    "",
    "x",
    "RPE",
    "V",
    "M",
    "I",
    "BUSN",
    "zu lang f\u{fc}r vieles, was kurz sein soll",
    "1853",
    "12a4",
    "a b",
    "abc\n",
    "OTHER",
    "no such value",
    "\u{1f600}",
    CARD_NUMBER,
];

const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "-1",
    "1.5",
    "1.0",
    "1e2",
    "2147483647",
    "2147483648",
    "-2147483649",
    "405.10",
    "-0.01",
    "12E-1",
];

/// A body of the sample's kind, and which sample.
pub(crate) fn body(chance: &mut Chance) -> (usize, Json) {
    let sample = chance.below(SAMPLES.len());
    let mut body = SAMPLES[sample].body.clone();
    thin_out(&mut body, chance, 0);
    for _ in 0..=chance.below(4) {
        change(&mut body, chance);
    }
    if chance.percent(30) {
        refer(&mut body, chance);
    }
    (sample, body)
}

/// What some component requires.
static REQUIRED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let components = SPEC.document["components"]["schemas"].as_mapping().unwrap();
    components.values().flat_map(|component| strings(&component["required"])).collect()
});

/// Many members go, so that most bodies are small, and all places come up; what is required goes rarely.
fn thin_out(value: &mut Json, chance: &mut Chance, depth: usize) {
    match value {
        Json::Object(members) => {
            let is_rare = depth < 2 || chance.percent(98);
            let optional = if depth < 2 { 98 } else { 50 };
            members.retain(|(name, _)| {
                chance.percent(if is_rare && REQUIRED.contains(name) { 100 } else { optional })
            });
            for (_, value) in members {
                thin_out(value, chance, depth + 1);
            }
        }
        Json::Array(items) => {
            for item in items {
                thin_out(item, chance, depth + 1);
            }
        }
        _ => {}
    }
}

/// One change somewhere.
fn change(body: &mut Json, chance: &mut Chance) {
    let mut values = 0;
    body.walk(&mut |_| values += 1);
    let mut left = chance.below(values);
    let value = nth(body, &mut left).unwrap();
    match value {
        Json::Object(members) if chance.percent(70) => {
            let at = chance.below(members.len());
            match chance.below(4) {
                0 if !members.is_empty() => drop(members.remove(at)),
                1 if !members.is_empty() => members[at].1 = Json::Null,
                2 if !members.is_empty() && chance.percent(50) => again(members, at, chance),
                _ => members.push((unknown_name(chance), unknown(chance))),
            }
        }
        Json::Array(items) if chance.percent(70) => match chance.below(4) {
            0 => items.clear(),
            1 => items.push(anything(chance)),
            2 if chance.percent(2) && items.len() == 1 => *items = vec![items[0].clone(); 1001],
            _ => items.extend(items.first().cloned()),
        },
        Json::Text(text) if chance.percent(80) => *text = changed(text, chance),
        other => *other = anything(chance),
    }
}

/// A member once more, somewhere behind the first: as it was, or as something else.
fn again(members: &mut Vec<(String, Json)>, at: usize, chance: &mut Chance) {
    let (name, value) = members[at].clone();
    let value = if chance.percent(50) { value } else { anything(chance) };
    let behind = at + 1 + chance.below(members.len() - at);
    members.insert(behind, (name, value));
}

/// Accounts are billed through accounts of the same body.
fn refer(body: &mut Json, chance: &mut Chance) {
    let Some(Json::Array(accounts)) = body.member_mut("accounts") else { return };
    let mut keys: Vec<Json> = Vec::new();
    for account in accounts.iter_mut() {
        let Some(key) = account.member_mut("externalId") else { continue };
        if chance.percent(50) {
            *key = Json::text(format!("acct-{}", keys.len()));
        }
        keys.push(key.clone());
    }
    for account in accounts.iter_mut().filter(|_| !keys.is_empty()) {
        if let Some(parent) =
            account.member_mut("billingAccount").and_then(|parent| parent.member_mut("externalId"))
        {
            *parent = keys[chance.below(keys.len())].clone();
        }
    }
}

fn nth<'a>(value: &'a mut Json, left: &mut usize) -> Option<&'a mut Json> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Json::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Json::Object(members) => members.iter_mut().find_map(|(_, value)| nth(value, left)),
        _ => None,
    }
}

fn changed(text: &str, chance: &mut Chance) -> String {
    match chance.below(6) {
        0 => text.chars().take(text.chars().count() / 2).collect(),
        1 => format!("{text}{}", "x".repeat(chance.below(300))),
        2 => text.chars().skip(1).chain(['\u{e4}']).collect(),
        // The type reads a small t between date and time and writes a large one, so that it forgets what was
        // wrong.
        3 => text.to_lowercase().replace("29t", "29T"),
        4 => {
            let format = chance.pick(&FORMATS);
            let texts = if chance.percent(50) { of_format(format) } else { not_of_format(format) };
            chance.pick(texts).to_owned()
        }
        _ => chance.pick(&WORDS).to_owned(),
    }
}

/// A name that the definition does not have; some must not be shown.
fn unknown_name(chance: &mut Chance) -> String {
    let number = chance.below(100_000);
    if chance.percent(20) { format!("{CARD_NUMBER} or {number}") } else { format!("unknown{number}") }
}

/// A value of such a member.
fn unknown(chance: &mut Chance) -> Json {
    match chance.below(4) {
        0 => Json::Array((0..chance.below(3)).map(|_| unknown(chance)).collect()),
        1 => Json::Object((0..chance.below(3)).map(|_| (unknown_name(chance), unknown(chance))).collect()),
        2 if chance.percent(50) => Json::text(CARD_NUMBER),
        _ => anything(chance),
    }
}

fn anything(chance: &mut Chance) -> Json {
    match chance.below(7) {
        0 => Json::Null,
        1 => Json::Bool(chance.percent(50)),
        2 => Json::Array(vec![]),
        3 => Json::Object(vec![]),
        4 | 5 => Json::number(chance.pick(&NUMBERS)),
        _ => Json::text(chance.pick(&WORDS)),
    }
}
