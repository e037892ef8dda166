//! Types, strings, `null`, unknown members, malformed bodies.

use super::{DEFINITION, ENUM, FAR, HINT, MISSING, SIZE, check, found};
use crate::{
    validate::{
        definition::Definition,
        options::Validation,
        table::{Additional, Array, Beyond, Field, Format, Number, Object, Pattern, Scalar, Schema, Text},
    },
    violations::{Position, Violation, codes},
};

static NAME: Schema = Schema::text(Text::new().min_length(1, &SIZE).max_length(4, &SIZE));
static KIND: Schema = Schema::text(Text::new().values(&["A", "B"], &ENUM));
static DAY: Schema = Schema::text(Text::new().format(Format::Date, &codes::INVALID_DATE)).nullable();
static FLAG: Schema = Schema::boolean();
static ONE: Schema =
    Schema::number(Number::new()).values(&[Scalar::Number("1"), Scalar::Number("2.50")], &ENUM);
static ANY: Schema = Schema::any();
static NAMES: Schema = Schema::array(Array::new().items(&NAME).min_items(1, &SIZE).max_items(2, &SIZE));
static THING: Schema = Schema::object(Object::new(&[
    Field::new("name", &NAME).required(&MISSING),
    Field::new("kind", &KIND),
    Field::new("day", &DAY).required(&MISSING),
    Field::new("flag", &FLAG),
    Field::new("one", &ONE),
    Field::new("any", &ANY),
    Field::new("names", &NAMES),
]));
static CLOSED: Schema = Schema::object(
    Object::new(&[Field::new("a", &FLAG)])
        .additional(Additional::Reported(&codes::FORBIDDEN_PROPERTY))
        .min_properties(1, &SIZE)
        .max_properties(2, &SIZE),
);
static MAP: Schema =
    Schema::object(Object::new(&[]).additional(Additional::Schema(&NAME)).max_properties(2, &SIZE));
static OPEN: Schema = Schema::object(Object::new(&[]).additional(Additional::Any));

#[test]
fn values_are_checked_against_their_tables() {
    check(
        &THING,
        &[
            (r#"{"name":"a","day":"2024-02-29"}"#, &[]),
            (r#" { "name" : "äöüß" , "day" : null } "#, &[]),
            ("{}", &["missing name", "missing day"]),
            (r#"{"name":null,"day":"2024-02-30"}"#, &["missing name", "x-invalidDate day"]),
            (r#"{"name":"","day":null}"#, &["size name"]),
            (r#"{"name":"abcde","day":null}"#, &["size name"]),
            (r#"{"name":"\u0061bcd","day":null}"#, &[]),
            (r#"{"name":"\ud83d\ude00bcde","day":null}"#, &["size name"]),
            (r#"{"n\u0061me":"a","day":null,"kind":"C"}"#, &["enum kind"]),
            (
                r#"{"name":1,"day":null,"kind":[],"flag":"true"}"#,
                &["x-invalidType name", "x-invalidType kind", "x-invalidType flag"],
            ),
            (r#"{"day":null,"one":1.0,"name":"a"}"#, &[]),
            (r#"{"day":null,"one":25e-1,"name":"a"}"#, &[]),
            (r#"{"day":null,"one":3,"name":"a"}"#, &["enum one"]),
            (r#"{"day":null,"any":[{"name":0,"name":0}],"name":"a"}"#, &[]),
            (r#"{"day":null,"names":[],"name":"a"}"#, &["size names"]),
            (
                r#"{"day":null,"names":["a",null,"abcde"],"name":"a"}"#,
                // Items behind the last that is allowed are not looked at.
                &["size names", "x-invalidType names[1]"],
            ),
            (r#"{"day":null,"x":{"y":[1]},"name":"a"}"#, &["x-unknownProperty x"]),
            (
                r#"{"day":null,"na.me":1,"":2,"name":"a"}"#,
                &["x-unknownProperty [\"na.me\"]", "x-unknownProperty [\"\"]"],
            ),
            ("null", &["x-invalidType"]),
            ("[]", &["x-invalidType"]),
        ],
    );
    check(&DAY, &[("null", &[])]);
    check(&ANY, &[("null", &[]), ("[1]", &[])]);
}

#[test]
fn null_has_the_wrong_type_unless_the_definition_says_that_it_is_absent() {
    static STRICT: Definition = Definition::new();
    for (body, strict, absent) in [
        (r#"{"name":"a","day":null,"any":null}"#, &[][..], &[][..]),
        (r#"{"name":null,"day":null}"#, &["x-invalidType name"], &["missing name"]),
        (
            r#"{"name":"a","day":null,"kind":null,"names":null}"#,
            &["x-invalidType kind", "x-invalidType names"],
            &[],
        ),
        (
            r#"{"name":"a","day":null,"kind":null,"kind":"A"}"#,
            &["x-duplicateKey kind"],
            &["x-duplicateKey kind"],
        ),
    ] {
        let validation = Validation::new();
        let violations = validation.body(&THING, &STRICT, body.as_bytes());
        let found: Vec<String> =
            violations.iter().map(|found| format!("{} {}", found.code(), found.data_path())).collect();
        assert_eq!(found, strict, "{body}");
        let far = validation.body(&THING, &STRICT, format!("{body}{FAR}").as_bytes());
        assert_eq!(far, violations, "{body}");
        check(&THING, &[(body, absent)]);
    }
}

#[test]
fn members_that_no_table_has() {
    check(
        &CLOSED,
        &[
            ("{}", &["size"]),
            (r#"{"a":null}"#, &["size"]),
            (r#"{"a":true,"b":1}"#, &["x-forbiddenProperty b"]),
            (r#"{"a":true,"b":1,"c":2}"#, &["size", "x-forbiddenProperty b", "x-forbiddenProperty c"]),
        ],
    );
    check(
        &MAP,
        &[
            (r#"{"a":"b","c":null}"#, &["x-invalidType c"]),
            (r#"{"a":"b","c":"d","e":null}"#, &["size", "x-invalidType e"]),
            (r#"{"a":"","b":1}"#, &["size a", "x-invalidType b"]),
            (r#"{"a":"","a":1,"\u0061":"x"}"#, &["x-duplicateKey a", "x-duplicateKey a"]),
        ],
    );
    check(&OPEN, &[(r#"{"a":1,"b":2}"#, &[]), (r#"{"a":1,"b":2,"a":3}"#, &["x-duplicateKey a"])]);
}

static LOOSE: Schema = Schema::any().nullable().no_card_number(&HINT);
static SECRET: Schema = Schema::object(
    Object::new(&[
        Field::new("any", &LOOSE),
        Field::new("list", &Schema::array(Array::new().items(&LOOSE))),
        Field::new("text", &Schema::text(Text::new()).no_card_number(&HINT)),
    ])
    .others(&LOOSE)
    .max_properties(2, &SIZE),
);
static SECRETS: Schema =
    Schema::object(Object::new(&[]).additional(Additional::Schema(&Schema::boolean())).others(&LOOSE));

#[test]
fn card_numbers_in_values_without_a_table() {
    check(
        &SECRET,
        &[
            (
                r#"{"any":"4111111111111111","list":[null,4111111111111111,"4111-1111-1111-1111"]}"#,
                &["hint any", "hint list[2]"],
            ),
            (r#"{"text":"4111111111111111"}"#, &["hint text"]),
            (r#"{"x":{"a":[1,{"b":" \u0034111111111111111 "}]}}"#, &["x-unknownProperty x", "hint x.a[1].b"]),
            (
                r#"{"x":null,"y":"4111111111111112","z":[]}"#,
                &["size", "x-unknownProperty x", "x-unknownProperty y", "x-unknownProperty z"],
            ),
            (
                r#"{"4111111111111111":{"378282246310005 b":"4111111111111111","":1}}"#,
                &["x-unknownProperty ****************", "hint ****************.*************** b"],
            ),
        ],
    );
    check(&SECRETS, &[(r#"{"4111111111111111":1}"#, &["x-invalidType ****************"])]);
}

#[test]
fn the_last_of_several_members_counts() {
    check(
        &THING,
        &[
            (r#"{"name":"","day":null,"name":"a"}"#, &["x-duplicateKey name"]),
            (r#"{"name":"a","day":null,"name":""}"#, &["x-duplicateKey name", "size name"]),
            (r#"{"name":"a","day":null,"name":null}"#, &["missing name", "x-duplicateKey name"]),
            (
                r#"{"name":"","day":1,"name":1,"name":"abcde","day":null}"#,
                &["x-duplicateKey name", "x-duplicateKey name", "size name", "x-duplicateKey day"],
            ),
            (r#"{"x":1,"x":2,"name":"a","day":null}"#, &["x-duplicateKey x", "x-unknownProperty x"]),
            (
                r#"{"names":["",""],"day":null,"name":"a","names":[""]}"#,
                &["x-duplicateKey names", "size names[0]"],
            ),
        ],
    );
}

#[test]
fn many_repeated_names_take_no_time() {
    let members: Vec<String> = (0..50_000).map(|number| format!("\"n{}\":1", number % 25_000)).collect();
    let body = format!("{{{},{}}}", members.join(","), vec!["\"name\":\"\""; 50_000].join(","));
    let all = Validation::new().limit(usize::MAX).body(&THING, &DEFINITION, body.as_bytes());
    assert_eq!(all.len(), 25_000 * 2 + 50_000 - 1 + 1 + 1);
    // The first thousand errors are those of a member that is replaced each time.
    let violations = Validation::new().limit(7).body(&THING, &DEFINITION, body.as_bytes());
    assert_eq!((violations.len(), violations.errors().count()), (7, all.errors().count()));
}

#[test]
fn the_list_has_a_limit_and_errors_have_precedence() {
    static MANY: Schema = Schema::array(Array::new().items(&THING));
    let item = r#"{"x":1,"y":2,"name":"abcde","day":1}"#;
    let body = format!("[{}]", vec![item; 2000].join(","));
    for (limit, errors, warnings) in [(1, 1, 0), (500, 500, 0), (4000, 4000, 0), (5000, 4000, 1000)] {
        let violations = Validation::new().limit(limit).body(&MANY, &DEFINITION, body.as_bytes());
        assert_eq!((violations.errors().count(), violations.warnings().count()), (errors, warnings));
        assert_eq!(violations.len() + violations.left_out(), 8000, "{limit}");
    }
    let by_default = Validation::new().body(&MANY, &DEFINITION, body.as_bytes());
    assert_eq!((by_default.len(), by_default.errors().count()), (1000, 1000));
    let off =
        Validation::new().off("size").off(codes::INVALID_TYPE).body(&MANY, &DEFINITION, body.as_bytes());
    assert_eq!((off.errors().count(), off.warnings().count(), off.left_out()), (0, 1000, 3000));
}

#[test]
fn errors_are_seen_though_all_that_were_listed_are_replaced() {
    let bad = [r#"{"name":1}"#; 9].join(",");
    let body = format!(r#"{{"name":"a","day":null,"any":[],"names":["","",{bad}],"one":7,"names":["a"]}}"#);
    for limit in [1, 2, 100] {
        let violations = Validation::new().limit(limit).body(&THING, &DEFINITION, body.as_bytes());
        assert_eq!(violations.errors().map(Violation::data_path).collect::<Vec<_>>(), ["one"], "{limit}");
    }
}

#[test]
fn malformed_bodies_are_one_violation() {
    for (body, position, reason) in [
        (&b"{\"name\":1,}"[..], (10, 1, 11), "the name of a member is expected here, in quotes"),
        (b"{\"name\":\n  tru}", (14, 2, 6), "only true, false and null are written without quotes"),
        ("{\"ä\":\"ö\"\n\"ü\":+1}".as_bytes(), (11, 2, 1), "a comma or a closing brace is expected here"),
        (b"", (0, 1, 1), "the text ends too early"),
        (b"[1] 2", (4, 1, 5), "nothing may follow the value"),
        (b"{\"name\":\"\xff\"}", (9, 1, 10), "the text is not UTF-8"),
        (b"{\"name\" \"\xff\"}", (8, 1, 9), "a colon is expected here"),
        (b"[nul,", (4, 1, 5), "only true, false and null are written without quotes"),
    ] {
        let violations = Validation::new().body(&THING, &DEFINITION, body);
        let all: Vec<_> = violations.iter().collect();
        assert_eq!(all.len(), 1, "{}", String::from_utf8_lossy(body));
        assert_eq!((all[0].code(), all[0].data_path()), ("x-invalidJson", ""));
        assert_eq!(all[0].detail(), Some(reason));
        let Some(Position { offset, line, column, .. }) = all[0].position() else {
            panic!("a body has positions")
        };
        assert_eq!((offset, line, column), position, "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn violations_have_positions_messages_and_details() {
    let body = "{\n  \"name\": \"ä\", \"kind\": \"Z\",\n  \"day\": \"x\", \"names\": []}";
    let violations = Validation::new().body(&THING, &DEFINITION, body.as_bytes());
    let lines: Vec<String> = violations
        .iter()
        .map(|violation| {
            let position = violation.position().unwrap();
            format!("{}:{} {} {:?}", position.line, position.column, violation.message(), violation.detail())
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2:24 Not allowed Some(\"A, B\")",
            "3:10 The value is not a date such as 2024-02-29 None",
            "3:24 Between 1 and 2 None",
        ]
    );
}

#[test]
fn the_caller_sets_severities() {
    let body = br#"{"name":"","x":1,"day":null}"#;
    let with = |validation: Validation| validation.body(&THING, &DEFINITION, body);
    assert_eq!(with(Validation::new()).errors().count(), 1);
    assert_eq!(with(Validation::strict()).errors().count(), 2);
    assert_eq!(with(Validation::new().off("size")).len(), 1);
    assert_eq!(with(Validation::new().warn(HINT.name).warn("size")).errors().count(), 0);
}

/// What is no error for the caller leaves the rest to be checked.
#[test]
fn a_code_that_is_no_error_hides_none() {
    static MAIL: Schema = Schema::text(
        Text::new()
            .min_length(1, &SIZE)
            .format(Format::Email, &codes::INVALID_EMAIL)
            .patterns(&[(&CORP, &codes::INVALID_PATTERN)]),
    );
    static CORP: Pattern = Pattern::regex("@corp$");
    static SMALL: Schema =
        Schema::number(Number::new().integer(&codes::INVALID_INTEGER).range(-128, 127, &codes::OUT_OF_RANGE));
    for (schema, code, body, expected) in [
        (&MAIL, codes::INVALID_EMAIL.name, "\"x\"", vec!["x-invalidEmail"]),
        (&MAIL, "size", "\"\"", vec!["size"]),
        (&SMALL, codes::UNUSUAL_INTEGER.name, "3e2", vec!["x-unusualInteger"]),
    ] {
        let errors = |validation: Validation| {
            let found = validation.body(schema, &DEFINITION, body.as_bytes());
            found.errors().map(|violation| violation.code().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(errors(Validation::new()), expected, "{body}");
        for softened in [Validation::new().warn(code), Validation::new().off(code)] {
            assert_eq!(errors(softened).len(), 1, "{body}");
        }
    }
}

#[test]
fn an_empty_string_is_no_value_of_an_enum() {
    let body = r#"{"name":"a","day":null,"kind":""}                                        "#;
    assert_eq!(found(&THING, body), ["enum kind"]);
    assert_eq!(found(&THING, &body.replace("null", "\"\"")), ["x-invalidDate day", "enum kind"]);
}

static NAMED: Schema = Schema::object(Object::new(&[]).additional(Additional::Any))
    .beyond(&[Beyond::new().other_members(&["a"], Additional::Schema(&NAME))]);

#[test]
fn of_members_that_are_read_again_the_last_of_a_name_counts() {
    check(
        &NAMED,
        &[
            (r#"{"a":1,"b":"x"}"#, &[]),
            (r#"{"a":1,"b":2}"#, &["x-invalidType b"]),
            (r#"{"b":2,"c":"x","b":"x"}"#, &["x-duplicateKey b"]),
            (r#"{"b":"x","c":"x","\u0062":2}"#, &["x-duplicateKey b", "x-invalidType b"]),
        ],
    );
}
