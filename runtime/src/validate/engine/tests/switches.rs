//! Rules that one field decides. Each body is checked by the rules one by one too, because of one more rule
//! that can't be broken.

use super::{DUPLICATE, MISSING, RULE, found};
use crate::validate::table::{
    Array, Condition, Field, Number, Object, Rule, Scalar, Schema, SchemaType, Text, UniqueBy,
};

static TEXT: Schema = Schema::text(Text::new());
static NUMBER: Schema = Schema::number(Number::new());
static NULLABLE: Schema = Schema::text(Text::new()).nullable();

const FIELDS: &[Field] = &[
    Field::new("kind", &TEXT).required(&MISSING),
    Field::new("id", &TEXT).required(&MISSING),
    Field::new("card", &TEXT),
    Field::new("bill", &NULLABLE),
    Field::new("no", &NUMBER),
];
const VALUES: [&[Scalar]; 3] =
    [&[Scalar::Text("V"), Scalar::Text("W")], &[Scalar::Text("M")], &[Scalar::Text("V")]];
const RULES: [Rule; 3] = [
    Rule::required_when("card", Condition::new("kind", VALUES[0]), &MISSING),
    Rule::forbidden_when("card", Condition::new("kind", VALUES[1]), &RULE),
    Rule::required_when("bill", Condition::new("kind", VALUES[2]), &RULE),
];

static SWITCH: Schema = Schema::object(Object::new(FIELDS).rules(&RULES));
static AS_RULES: Schema = Schema::object(Object::new(FIELDS).rules(&[
    RULES[0],
    RULES[1],
    RULES[2],
    Rule::at_most_one_of(&["kind"], &DUPLICATE),
]));
static ITEMS: Schema =
    Schema::array(Array::new().items(&SWITCH).unique_by(&[UniqueBy::new("id", &DUPLICATE)]));
static ITEMS_AS_RULES: Schema =
    Schema::array(Array::new().items(&AS_RULES).unique_by(&[UniqueBy::new("id", &DUPLICATE)]));

static TWO_DECIDE: Object = Object::new(FIELDS)
    .rules(&[RULES[0], Rule::required_when("bill", Condition::new("id", VALUES[1]), &RULE)]);
static A_NUMBER_DECIDES: Object = Object::new(FIELDS).rules(&[Rule::required_when(
    "card",
    Condition::new("no", &[Scalar::Number("1")]),
    &RULE,
)]);
static A_LONG_TEXT_DECIDES: Object = Object::new(FIELDS).rules(&[Rule::required_when(
    "card",
    Condition::new("kind", &[Scalar::Text("VIRTUALLY")]),
    &RULE,
)]);

#[test]
fn rules_are_a_switch_where_one_field_decides() {
    let switch = |schema: &Schema| match &schema.ty {
        SchemaType::Object(object) => object.switch.is_some(),
        _ => false,
    };
    assert!(switch(&SWITCH));
    assert!(!switch(&AS_RULES));
    for object in [&TWO_DECIDE, &A_NUMBER_DECIDES, &A_LONG_TEXT_DECIDES] {
        assert!(object.switch.is_none());
    }
}

/// Every choice of members in every order of the first and the last.
#[test]
fn a_switch_has_the_violations_of_its_rules() {
    let kinds = ["", r#""kind":"V""#, r#""kind":"M""#, r#""kind":"X""#, r#""kind":null"#, r#""kind":7"#];
    let odd_kinds = [r#""kind":"\u0056""#, r#""kind":"a longer text than is short""#, r#""kind":"""#];
    let ids = ["", r#""id":"a""#, r#""id":"b""#, r#""id":"\u0061""#, r#""id":null"#];
    let cards = ["", r#""card":"1""#, r#""card":null"#, r#""card":1"#];
    let bills = ["", r#""bill":"1""#, r#""bill":null"#];
    let others = ["", r#""other":1"#, r#""no":1"#, r#""kind":"V""#];
    let mut broken = 0;
    for kind in kinds.iter().chain(&odd_kinds) {
        for id in ids {
            for card in cards {
                for bill in bills {
                    for other in others {
                        for members in [[kind, id, card, bill, other], [other, bill, card, id, kind]] {
                            let members: Vec<_> =
                                members.into_iter().filter(|member| !member.is_empty()).collect();
                            let object = format!("{{{}}}", members.join(","));
                            let list = format!("[{object},{{\"kind\":\"X\",\"id\":\"a\"}},{object}]");
                            assert_eq!(found(&SWITCH, &object), found(&AS_RULES, &object), "{object}");
                            assert_eq!(found(&ITEMS, &list), found(&ITEMS_AS_RULES, &list), "{list}");
                            broken += found(&SWITCH, &object).len();
                        }
                    }
                }
            }
        }
    }
    assert!(broken > 1000, "{broken}");
}
