//! Rules between members and between items.

use super::{DUPLICATE, HINT, MISSING, RULE, check, found};
use crate::validate::table::{
    Array, Capture, Condition, Field, NoReference, Number, Object, Rule, Scalar, Schema, Text, UniqueBy,
};

static TEXT: Schema = Schema::text(Text::new());
static NUMBER: Schema = Schema::number(Number::new());
static FLAG: Schema = Schema::boolean();
static NULLABLE: Schema = Schema::text(Text::new()).nullable();

static PAYMENT: Schema = Schema::object(
    Object::new(&[
        Field::new("kind", &TEXT).required(&MISSING),
        Field::new("limit", &NUMBER),
        Field::new("card", &TEXT),
        Field::new("cash", &NULLABLE),
        Field::new("bill", &TEXT),
    ])
    .rules(&[
        Rule::at_most_one_of(&["card", "cash", "bill"], &RULE),
        Rule::required_when(
            "card",
            Condition::new("kind", &[Scalar::Text("CARD"), Scalar::Text("V")]),
            &MISSING,
        ),
        Rule::forbidden_when("bill", Condition::new("kind", &[Scalar::Text("CARD")]), &RULE),
        Rule::required_when("bill", Condition::new("limit", &[Scalar::Number("1e2")]), &HINT),
    ]),
);

#[test]
fn conditions_and_choices_between_members() {
    check(
        &PAYMENT,
        &[
            (r#"{"kind":"X"}"#, &[]),
            (r#"{"card":"1","kind":"CARD"}"#, &[]),
            (r#"{"kind":"CARD"}"#, &["missing card"]),
            (r#"{"kind":"\u0056","card":null}"#, &["missing card"]),
            (r#"{"kind":"CARD","bill":"1"}"#, &["missing card", "rule bill"]),
            (r#"{"kind":"X","card":"1","cash":"2"}"#, &["rule"]),
            (r#"{"kind":"X","card":"1","cash":null}"#, &[]),
            (r#"{"kind":"X","card":1,"cash":"2"}"#, &["rule", "x-invalidType card"]),
            (r#"{"kind":"X","limit":100.0}"#, &["hint bill"]),
            (r#"{"kind":"CARD","kind":"X"}"#, &["x-duplicateKey kind"]),
            (r#"{"kind":"X","kind":"CARD"}"#, &["missing card", "x-duplicateKey kind"]),
            (r#"{"kind":"CARD","kind":1}"#, &["x-duplicateKey kind", "x-invalidType kind"]),
            (r#"{"bill":"1","kind":"CARD","card":"2","bill":null}"#, &["x-duplicateKey bill"]),
        ],
    );
}

static ITEM: Schema = Schema::object(Object::new(&[Field::new("id", &TEXT), Field::new("no", &NUMBER)]));
static ITEMS: Schema = Schema::array(
    Array::new().items(&ITEM).unique_by(&[UniqueBy::new("id", &DUPLICATE), UniqueBy::new("no", &HINT)]),
);
static FLAT: Schema = Schema::array(Array::new().unique_items(&DUPLICATE));

#[test]
fn unique_fields_of_items_differ() {
    check(
        &ITEMS,
        &[
            (
                r#"[{"id":"a"},{"id":"b"},{},{},{"id":null},{"id":null},{"id":1},{"id":1}]"#,
                &["x-invalidType [6].id", "x-invalidType [7].id"],
            ),
            (
                r#"[{"id":"a"},{"id":"b"},{"id":"\u0061"},{"id":"a"}]"#,
                &["duplicate [2].id", "duplicate [3].id"],
            ),
            (r#"[{"no":1},{"no":1.0},{"no":-1},{"no":10e-1}]"#, &["hint [1].no", "hint [3].no"]),
            (
                r#"[{"id":"a"},{"id":"a","id":"b"},{"id":"b","id":null}]"#,
                &["x-duplicateKey [1].id", "x-duplicateKey [2].id"],
            ),
            (r#"["x",{"id":"a"}]"#, &["x-invalidType [0]"]),
        ],
    );
    let many: Vec<String> = (0..500).map(|number| format!("{{\"id\":\"{}\"}}", number % 400)).collect();
    let found = found(&ITEMS, &format!("[{}]", many.join(",")));
    assert_eq!(found.len(), 100);
    assert_eq!(found[0], "duplicate [400].id");
}

static PARENT: Schema = Schema::object(Object::new(&[Field::new("id", &TEXT).captures(&[Capture::link(0)])]));
static CHILD: Schema = Schema::object(Object::new(&[
    Field::new("id", &TEXT).captures(&[Capture::item_key(0)]),
    Field::new("kind", &TEXT).captures(&[Capture::barred(0, &[Scalar::Text("V"), Scalar::Text("W")])]),
    Field::new("parent", &PARENT),
    Field::new("children", &CHILDREN),
]));
static CHILDREN: Schema =
    Schema::array(Array::new().items(&CHILD).no_references(&[NoReference::new(0, "parent", &RULE)]));

#[test]
fn barred_items_are_not_referred_to() {
    check(
        &CHILDREN,
        &[
            (r#"[{"id":"a","kind":"V"},{"parent":{"id":"a"}},{"parent":{"id":"b"}}]"#, &["rule [1].parent"]),
            (
                r#"[{"parent":{"id":"a"},"id":1},7,{"parent":{"id":"a"}},{"id":"\u0061","kind":"W"}]"#,
                &["rule [0].parent", "x-invalidType [0].id", "x-invalidType [1]", "rule [2].parent"],
            ),
            (r#"[{"parent":{"id":"a"},"id":"a","kind":"V"}]"#, &["rule [0].parent"]),
            (r#"[{"parent":{"id":"a"}},{"id":"a","kind":"X"}]"#, &[]),
            (r#"[{"parent":{"id":"a"}},{"id":"a"},{"id":null,"kind":"V"},{"kind":"V"}]"#, &[]),
            // If a member is given twice, the last one counts.
            (
                r#"[{"id":"a","kind":"V"},{"parent":{"id":"a"},"parent":null},{"parent":{"id":"b","id":"a"}}]"#,
                &["x-duplicateKey [1].parent", "x-duplicateKey [2].parent.id", "rule [2].parent"],
            ),
            (r#"[{"parent":{"id":"a"}},{"id":"a","kind":"V","kind":"X"}]"#, &["x-duplicateKey [1].kind"]),
            (
                r#"[{"parent":{"id":"a"}},{"id":"b","kind":"V","id":"a"}]"#,
                &["rule [0].parent", "x-duplicateKey [1].id"],
            ),
            // References are only to items of the same list.
            (
                r#"[{"id":"a","kind":"V","children":[{"parent":{"id":"a"}},{"id":"b","kind":"V"}]},{"parent":{"id":"b"}}]"#,
                &[],
            ),
            (
                r#"[{"children":[{"id":"b","kind":"V","children":[]},{"parent":{"id":"b"}}],"parent":{"id":"b"}}]"#,
                &["rule [0].children[1].parent"],
            ),
        ],
    );
    let many: Vec<String> = (0..300)
        .map(|item| {
            format!(
                r#"{{"id":"{item}","kind":"{}","parent":{{"id":"{}"}}}}"#,
                if item % 3 == 0 { "V" } else { "X" },
                (item + 7) % 300
            )
        })
        .collect();
    let found = found(&CHILDREN, &format!("[{}]", many.join(",")));
    assert_eq!(found.len(), 100);
    assert_eq!(found[0], "rule [2].parent");
}

#[test]
fn whole_items_differ() {
    check(
        &FLAT,
        &[
            (r#"[1,"1",true,null,[1],{"a":1}]"#, &[]),
            (r#"[1,1.0,"a","\u0061",null,null]"#, &["duplicate [1]", "duplicate [3]", "duplicate [5]"]),
            (r#"[{"a":1,"b":2},{"b":2.0,"a":1}]"#, &["duplicate [1]"]),
        ],
    );
}

static REFERENCE: Schema =
    Schema::object(Object::new(&[Field::new("currency", &TEXT).captures(&[Capture::reference(0)])]));
static FOLLOWER: Schema =
    Schema::object(Object::new(&[Field::new("currency", &TEXT).captures(&[Capture::follower(0)])]));
static FOLLOWERS: Schema = Schema::array(Array::new().items(&FOLLOWER));
static BILL: Schema = Schema::object(
    Object::new(&[
        Field::new("amount", &REFERENCE),
        Field::new("taxes", &FOLLOWERS),
        Field::new("total", &FOLLOWER),
    ])
    .rules(&[Rule::same_value(0, &HINT)]),
);
static CODE: Schema = Schema::text(Text::new().values(&["USD", "EUR"], &RULE));
static CODES: Schema = Schema::object(
    Object::new(&[
        Field::new("one", &CODE).captures(&[Capture::reference(1)]),
        Field::new("other", &CODE).captures(&[Capture::follower(1)]),
        Field::new("third", &CODE).captures(&[Capture::follower(1)]),
    ])
    .rules(&[Rule::same_value(1, &HINT)]),
);

#[test]
fn values_that_are_wrong_in_themselves_are_not_compared() {
    check(
        &CODES,
        &[
            (r#"{"one":"USD","other":"usd","third":"EUR"}"#, &["rule other", "hint third"]),
            (r#"{"other":"","one":"USD","third":"USD"}"#, &["rule other"]),
            (r#"{"other":"EUR","one":"usd","third":"USD"}"#, &["rule one"]),
            (r#"{"other":"usd","one":"usd"}"#, &["rule other", "rule one"]),
            (r#"{"one":"usd","other":"EUR","one":"USD"}"#, &["hint other", "x-duplicateKey one"]),
        ],
    );
}

static BILLS: Schema = Schema::array(Array::new().items(&BILL));
static BOTH: Schema = Schema::object(Object::new(&[Field::new("paid", &FLAG), Field::new("bills", &BILLS)]));

#[test]
fn values_agree() {
    let usd = r#"{"currency":"USD"}"#;
    let eur = r#"{"currency":"EUR"}"#;
    for (bill, expected) in [
        (format!(r#"{{"amount":{usd},"taxes":[{usd},{usd}],"total":{usd}}}"#), &[][..]),
        (format!(r#"{{"taxes":[{usd},{eur}],"total":{eur}}}"#), &[]),
        (
            format!(r#"{{"amount":{usd},"taxes":[{eur},{usd}],"total":{eur}}}"#),
            &["hint taxes[0].currency", "hint total.currency"],
        ),
        (
            format!(r#"{{"total":{eur},"taxes":[{usd},{eur}],"amount":{usd}}}"#),
            &["hint total.currency", "hint taxes[1].currency"],
        ),
        (format!(r#"{{"amount":null,"taxes":[{eur},{usd}]}}"#), &[]),
        (
            format!(r#"{{"amount":{usd},"total":{usd},"amount":{eur}}}"#),
            &["hint total.currency", "x-duplicateKey amount"],
        ),
        (
            format!(r#"{{"amount":{eur},"total":{usd},"amount":{usd},"total":{eur}}}"#),
            &["x-duplicateKey amount", "x-duplicateKey total", "hint total.currency"],
        ),
        (format!(r#"{{"amount":{usd},"total":{eur},"amount":null}}"#), &["x-duplicateKey amount"]),
        (
            format!(r#"{{"amount":{usd},"total":{{"currency":"EUR","currency":"USD"}}}}"#),
            &["x-duplicateKey total.currency"],
        ),
        (format!(r#"{{"amount":{usd},"total":{{"currency":1}}}}"#), &["x-invalidType total.currency"]),
    ] {
        assert_eq!(found(&BILL, &bill), expected, "{bill}");
        let bills = format!(r#"{{"bills":[{{"amount":{eur}}},{bill},{{"total":{usd}}}]}}"#);
        let expected: Vec<String> = expected.iter().map(|line| line.replace(' ', " bills[1].")).collect();
        assert_eq!(found(&BOTH, &bills), expected, "{bills}");
    }
}
