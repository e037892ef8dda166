//! Arbitrary values of a schema, valid as far as the schema itself goes: its rules between members are left
//! out.

use proptest::{collection, option, prelude::*, sample::select, strategy::Union};

use super::{
    json::Json,
    spec::{Member, SPEC, Schema, Shape, Text},
};

/// Strings may be as long as the schema lets them, but long ones tell no more than these.
const LONG_ENOUGH: usize = 24;
const MOST_ITEMS: usize = 3;
const MOST_LEVELS: usize = 8;

/// How the values of enums are chosen.
#[derive(Clone, Copy)]
pub(crate) enum Enums {
    /// From those that the definition names.
    Named,
    /// From any string.
    Any,
}

pub(crate) fn value(schema: &str, enums: Enums) -> BoxedStrategy<Json> {
    of_schema(SPEC.schema(schema), enums, MOST_LEVELS)
}

/// Objects end after so many levels, with the members that are required.
fn of_schema(schema: &Schema, enums: Enums, levels: usize) -> BoxedStrategy<Json> {
    let member = |member: &Member| {
        let name = member.name.clone();
        let value = of_shape(&member.shape, enums, levels.saturating_sub(1));
        let value = if member.nullable { prop_oneof![Just(Json::Null), value].boxed() } else { value };
        let named = value.prop_map(move |value| (name.clone(), value));
        if member.required { named.prop_map(Some).boxed() } else { option::of(named).boxed() }
    };
    let members = schema.members.iter().filter(|member| member.required || levels > 0);
    let members: Vec<_> = members.map(member).collect();
    members.prop_map(|members| Json::Object(members.into_iter().flatten().collect())).boxed()
}

fn of_shape(shape: &Shape, enums: Enums, levels: usize) -> BoxedStrategy<Json> {
    match shape {
        Shape::Component(name) => of_schema(SPEC.schema(name), enums, levels),
        Shape::Inline(schema) => of_schema(schema, enums, levels),
        Shape::Array(item) => {
            collection::vec(of_shape(item, enums, levels), 0..=MOST_ITEMS).prop_map(Json::Array).boxed()
        }
        Shape::Enum(values) => match enums {
            Enums::Named => select(values.clone()).prop_map(Json::Text).boxed(),
            Enums::Any => texts(0, LONG_ENOUGH).prop_map(Json::Text).boxed(),
        },
        Shape::Text(text) => of_text(text).prop_map(Json::Text).boxed(),
        Shape::Date => date().prop_map(Json::Text).boxed(),
        Shape::Timestamp => timestamp().prop_map(Json::Text).boxed(),
        Shape::LocalTimestamp => (date(), clock(), "[0-9]{3}")
            .prop_map(|(date, clock, fraction)| Json::Text(format!("{date}T{clock}.{fraction}")))
            .boxed(),
        Shape::Integer(_) => any::<i32>().prop_map(|number| Json::Number(number.to_string())).boxed(),
        Shape::Decimal => decimal().prop_map(Json::Number).boxed(),
        Shape::Float => any::<i16>().prop_map(|number| Json::Number(format!("{number}.5"))).boxed(),
        Shape::Boolean => any::<bool>().prop_map(Json::Bool).boxed(),
        Shape::Union(branches) => {
            let branches: Vec<_> = branches.iter().map(|branch| of_shape(branch, enums, levels)).collect();
            Union::new(branches).boxed()
        }
        Shape::Map => collection::btree_map("[a-z]{1,9}", decimal().prop_map(Json::Number), 0..=MOST_ITEMS)
            .prop_map(Json::Object)
            .boxed(),
        Shape::Any => {
            prop_oneof![decimal().prop_map(Json::Number), any::<bool>().prop_map(Json::Bool)].boxed()
        }
    }
}

fn of_text(text: &Text) -> BoxedStrategy<String> {
    let longest = text.longest.unwrap_or(LONG_ENOUGH).min(LONG_ENOUGH).max(text.shortest);
    let regex = match (text.pattern.as_deref(), text.format.as_deref()) {
        (None, Some("country-code")) => "[A-Z]{2}".to_owned(),
        (None, Some("currency-code")) => "[A-Z]{3}".to_owned(),
        (None, Some("uuid")) => "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}".to_owned(),
        (None, Some("email")) => r"[a-z.+]{1,9}@[a-z]{1,9}\.[a-z]{2,3}".to_owned(),
        // A class of characters, which is what most patterns are.
        (Some(pattern), None) if pattern.ends_with("]+$") => {
            let class = pattern.trim_start_matches('^').trim_end_matches("+$");
            format!("{class}{{{},{longest}}}", text.shortest)
        }
        (Some(pattern), None) => pattern.trim_start_matches('^').trim_end_matches('$').to_owned(),
        _ => return texts(text.shortest, longest),
    };
    // A model holds what breaks a pattern, too.
    proptest::string::string_regex(&regex).map_or_else(|_| texts(text.shortest, longest), Strategy::boxed)
}

/// Strings of any characters: quotation marks, control characters and what lies beyond the first plane as
/// well.
fn texts(shortest: usize, longest: usize) -> BoxedStrategy<String> {
    collection::vec(any::<char>(), shortest..=longest).prop_map(String::from_iter).boxed()
}

/// A number as JSON writes it, with up to 28 digits, zeros at the end included; zero has no sign.
fn decimal() -> impl Strategy<Value = String> {
    (any::<bool>(), "[0-9]{1,28}|[0-9]{1,6}0{0,4}", 0_usize..=28).prop_map(|(negative, digits, scale)| {
        let scale = scale.min(digits.len());
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        let sign = if negative && digits.contains(|digit| digit != '0') { "-" } else { "" };
        match fraction {
            "" => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{fraction}"),
        }
    })
}

fn date() -> impl Strategy<Value = String> {
    (0_u16..=9999, 1_u8..=12, 0_u8..31).prop_map(|(year, month, day)| {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        format!("{year:04}-{month:02}-{:02}", day % days + 1)
    })
}

fn clock() -> impl Strategy<Value = String> {
    "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
}

fn timestamp() -> impl Strategy<Value = String> {
    let offset = "Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]|[+-]00:00";
    (date(), clock(), r"(\.[0-9]{1,9})?", offset)
        .prop_map(|(date, clock, fraction, offset)| format!("{date}T{clock}{fraction}{offset}"))
}
