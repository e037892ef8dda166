//! Tables of lists that can be taken apart, and of others.

use crate::{
    validate::{
        definition::Definition,
        table::{
            Additional, Array, Beyond, Bound, Capture, Choice, Condition, Field, NoReference, Number, Object,
            Pattern, Rule, Scalar, Schema, Text, UniqueBy,
        },
    },
    violations::{Code, codes},
};

pub(super) const JSON: Code = Code::error("invalidJson", "no JSON");
pub(super) const LONG: Code = Code::error("long", "between {min} and {max}");
pub(super) const MANY: Code = Code::error("many", "at most {max}");
pub(super) const FEW: Code = Code::warning("few", "at least {min}");

pub(super) static DEFINITION: Definition = Definition::new().invalid_json(&JSON);

/// A root of every kind of member: lists that can be taken apart and others.
pub(super) static ROOT: Schema = Schema::object(
    Object::new(&[
        Field::new("items", &ITEMS).required(&codes::MISSING_REQUIRED_FIELD),
        Field::new("names", &NAMES),
        Field::new("kind", &NAME),
        Field::new("either", &EITHER),
        Field::new("fl\"ags", &FLAGS),
    ])
    .others(&LOOSE)
    .rules(&[
        Rule::required_when("names", Condition::new("kind", &[Scalar::Text("N")]), &codes::REQUIRED_HERE),
        Rule::at_most_one_of(&["names", "either"], &codes::AMBIGUOUS_FIELDS),
    ]),
);
pub(super) static ITEMS: Schema = Schema::array(
    Array::new()
        .items(&ITEM)
        .min_items(1, &FEW)
        .max_items(3, &MANY)
        .unique_by(&[UniqueBy::new("id", &codes::DUPLICATE_ITEM)])
        .no_references(&[NoReference::new(2, "same", &codes::FORBIDDEN_REFERENCE)]),
);
pub(super) static ITEM: Schema = Schema::object(
    Object::new(&[
        Field::new("id", &NAME)
            .required(&codes::MISSING_REQUIRED_FIELD)
            .captures(&[Capture::reference(0), Capture::item_key(2)]),
        Field::new("size", &SIZE).captures(&[Capture::barred(2, &[Scalar::Number("1")])]),
        Field::new("same", &NAME).captures(&[Capture::follower(0), Capture::link(2)]),
        Field::new("names", &NAMES),
    ])
    .others(&LOOSE)
    .rules(&[Rule::same_value(0, &codes::INCONSISTENT_VALUE)]),
);
pub(super) static LOOSE: Schema = Schema::any().nullable().no_card_number(&codes::CARD_NUMBER);
pub(super) static NAMES: Schema =
    Schema::array(Array::new().items(&NAME).unique_items(&codes::DUPLICATE_ITEM));
pub(super) static NAME: Schema = Schema::text(Text::new().min_length(1, &LONG).max_length(3, &LONG));
pub(super) static SIZE: Schema = Schema::number(
    Number::new().integer(&codes::INVALID_INTEGER).maximum(Bound::inclusive("9", &codes::TOO_LARGE)),
);
pub(super) static FLAGS: Schema = Schema::array(Array::new().items(&FLAG));
pub(super) static FLAG: Schema = Schema::boolean().nullable();
pub(super) static EITHER: Schema = Schema::any().choices(&[Choice::one_of(&[&NAMES, &FLAGS])]);
/// Keywords that say more of a list than what its items are: nothing can be taken apart.
pub(super) static CONTAINS: Schema =
    Schema::array(Array::new().items(&NAME)).beyond(&[Beyond::new().contains(&ABC, 1, u32::MAX)]);
static ABC: Schema = Schema::text(Text::new().min_length(3, &LONG));
/// A pattern of names is about lists in members.
pub(super) static PATTERNS: Schema = Schema::object(Object::new(&[]).additional(Additional::Any))
    .beyond(&[Beyond::new().patterns(&[(&I, &FEW_ITEMS)])]);
static I: Pattern = Pattern::regex("^i");
static FEW_ITEMS: Schema = Schema::array(Array::new().items(&NAME).min_items(1, &LONG));
/// Rules that need the items: nothing can be taken apart.
pub(super) static TIED: Schema = Schema::object(
    Object::new(&[
        Field::new("items", &ITEMS).captures(&[Capture::reference(1)]),
        Field::new("kind", &NAME).captures(&[Capture::follower(1)]),
    ])
    .rules(&[Rule::same_value(1, &codes::INCONSISTENT_VALUE)]),
);
