//! `allOf`, `oneOf`, `anyOf` and `not`.

use super::{DEFINITION, HINT, MISSING, RULE, SIZE, check, found};
use crate::{
    validate::{
        options::Validation,
        table::{Additional, Array, Choice, Field, Number, Object, Schema, Text},
    },
    violations::{Violation, codes},
};

static SHORT: Schema = Schema::text(Text::new().max_length(3, &SIZE));
static LONG: Schema = Schema::text(Text::new().min_length(3, &SIZE));
static NUMBER: Schema = Schema::number(Number::new());
static EITHER: Schema = Schema::any().choices(&[Choice::one_of(&[&SHORT, &LONG, &NUMBER])]);
static ANY_OF: Schema = Schema::any().choices(&[Choice::any_of(&[&SHORT, &NUMBER])]);
static BOTH: Schema = Schema::text(Text::new()).all(&[&SHORT, &LONG]);
static NEITHER: Schema = Schema::text(Text::new()).not(&SHORT, &RULE);

#[test]
fn simple_choices() {
    check(
        &EITHER,
        &[
            ("\"ab\"", &[]),
            ("\"abc\"", &["x-ambiguousMatch"]),
            ("\"abcd\"", &[]),
            ("1", &[]),
            ("true", &["x-noMatch"]),
            ("null", &["x-noMatch"]),
        ],
    );
    check(&ANY_OF, &[("\"ab\"", &[]), ("\"abcd\"", &["size"]), ("1", &[])]);
    check(&BOTH, &[("\"abc\"", &[]), ("\"ab\"", &["size"]), ("1", &["x-invalidType"])]);
    check(&NEITHER, &[("\"abcd\"", &[]), ("\"ab\"", &["rule"]), ("1", &["x-invalidType"])]);
}

static CAT: Schema = Schema::object(Object::new(&[
    Field::new("kind", &SHORT),
    Field::new("lives", &NUMBER).required(&MISSING),
]));
static DOG: Schema =
    Schema::object(Object::new(&[Field::new("kind", &SHORT), Field::new("barks", &LONG).required(&MISSING)]));
static PET: Schema =
    Schema::any().choices(&[Choice::one_of(&[&CAT, &DOG]).tagged("kind", &[("cat", 0), ("dog", 1)])]);
static UNTAGGED: Schema = Schema::any().choices(&[Choice::one_of(&[&CAT, &DOG])]);
static PETS: Schema = Schema::array(Array::new().items(&PET));

#[test]
fn a_tag_names_the_member() {
    check(
        &PETS,
        &[
            (r#"[{"kind":"cat","lives":7},{"barks":"wuff","kind":"dog"}]"#, &[]),
            (r#"[{"kind":"cat"},{"kind":"dog","barks":"w"}]"#, &["missing [0].lives", "size [1].barks"]),
            (
                r#"[{"kind":"cow"},{},{"kind":1},"cat"]"#,
                &["x-noMatch [0]", "x-noMatch [1]", "x-noMatch [2]", "x-noMatch [3]"],
            ),
            (r#"[{"kind":"cow","k\u0069nd":"c\u0061t","lives":1}]"#, &["x-duplicateKey [0].kind"]),
        ],
    );
}

#[test]
fn what_no_tag_names_is_told_the_values_of_the_tag() {
    let told = Some("kind must be one of cat, dog");
    for (body, expected) in [
        (r#"{"kind":"cow"}"#, told),
        ("{}", told),
        ("5", Some("an object with lives or an object with barks")),
    ] {
        let violations = Validation::new().body(&PET, &DEFINITION, body.as_bytes());
        let details: Vec<Option<&str>> = violations.iter().map(Violation::detail).collect();
        assert_eq!(details, [expected], "{body}");
    }
}

#[cfg(feature = "lookaround")]
#[test]
fn what_is_unknown_favours_the_value() {
    use crate::validate::table::Pattern;

    static ENDLESS_PATTERN: Pattern = Pattern::lookaround(r"^(?:(a+)\1*)+$");
    static SLOW: Schema = Schema::text(Text::new().patterns(&[(&ENDLESS_PATTERN, &RULE)]));
    static NOT_SLOW: Schema = Schema::any().not(&SLOW, &RULE);
    static NOT_NOT_SLOW: Schema = Schema::any().not(&NOT_SLOW, &RULE);
    static ONE: Schema = Schema::any().choices(&[Choice::one_of(&[&SLOW, &LONG])]);
    static NOT_ONE: Schema = Schema::any().not(&ONE, &RULE);
    static ONE_OF_SLOW: Schema = Schema::any().choices(&[Choice::one_of(&[&SLOW, &NUMBER])]);
    let unknown = format!("\"{}!\"", "a".repeat(60));
    for schema in [&SLOW, &NOT_SLOW, &NOT_NOT_SLOW, &ONE, &NOT_ONE, &ONE_OF_SLOW] {
        assert_eq!(found(schema, &unknown), [""; 0]);
    }
    assert_eq!(found(&NOT_SLOW, "\"aa\""), ["rule"]);
    assert_eq!(found(&SLOW, "\"!\""), ["rule"]);
}

#[test]
fn warnings_do_not_decide() {
    check(
        &UNTAGGED,
        &[
            (r#"{"lives":7,"x":1}"#, &["x-unknownProperty x"]),
            (r#"{"lives":7,"barks":"wuff"}"#, &["x-ambiguousMatch"]),
            (r#"{"x":1}"#, &["x-noMatch"]),
        ],
    );
}

static CIRCLE: Schema = Schema::object(Object::new(&[
    Field::new("form", &Schema::text(Text::new().values(&["circle"], &codes::INVALID_ENUM)))
        .required(&MISSING),
    Field::new("size", &NUMBER).required(&MISSING),
]));
static SQUARE: Schema = Schema::object(Object::new(&[
    Field::new("form", &Schema::text(Text::new().values(&["square"], &codes::INVALID_ENUM)))
        .required(&MISSING),
    Field::new("side", &SHORT).required(&MISSING),
]));
static SHAPE: Schema = Schema::any().choices(&[Choice::any_of(&[&CIRCLE, &SQUARE, &NUMBER])]);

#[test]
fn what_is_wrong_with_the_alternative_that_is_meant() {
    check(
        &SHAPE,
        &[
            (r#"{"form":"circle","size":"x"}"#, &["x-invalidType size"]),
            (r#"{"form":"circle"}"#, &["missing size"]),
            (r#"{"form":"square","side":"long"}"#, &["size side"]),
            (r#"{"size":"x","form":7}"#, &["x-invalidType size", "x-invalidType form"]),
            (r#"{"form":"star","size":1}"#, &["x-noMatch"]),
            ("{}", &["x-noMatch"]),
            ("[]", &["x-noMatch"]),
        ],
    );
}

static NODE: Schema = Schema::object(
    Object::new(&[Field::new("left", &TREE), Field::new("right", &TREE)])
        .additional(Additional::Reported(&HINT)),
);
static TREE: Schema =
    Schema::any().choices(&[Choice::one_of(&[&NODE, &NUMBER, &NODE]), Choice::any_of(&[&NODE, &NUMBER])]);
static ENDLESS_CHOICE: Schema = Schema::any().choices(&[Choice::one_of(&[&ENDLESS_CHOICE])]);
static ENDLESS: Schema = Schema::any().all(&[&ENDLESS]);

#[test]
fn the_work_is_bounded() {
    let nested = |depth: usize| "{\"left\":".repeat(depth) + "1" + &"}".repeat(depth);
    assert_eq!(found(&TREE, &nested(1)), ["x-ambiguousMatch"]);
    let (first, others) =
        found(&TREE, &nested(60)).split_first().map(|(first, others)| (first.clone(), others.len())).unwrap();
    assert_eq!((&*first, others < 10), ("x-tooComplex", true));
    assert_eq!(found(&ENDLESS, "1"), ["x-tooComplex"]);
    assert_eq!(found(&ENDLESS_CHOICE, "1"), ["x-tooComplex"]);
}

static NEGATION: Schema = Schema::object(Object::new(&[
    Field::new("op", &Schema::text(Text::new().values(&["not"], &codes::INVALID_ENUM))).required(&MISSING),
    Field::new("of", &EXPRESSION).required(&MISSING),
]));
static SUM: Schema = Schema::object(Object::new(&[
    Field::new("op", &Schema::text(Text::new().values(&["sum"], &codes::INVALID_ENUM))).required(&MISSING),
    Field::new("of", &Schema::array(Array::new().items(&EXPRESSION))).required(&MISSING),
]));
static LITERAL: Schema = Schema::object(
    Object::new(&[Field::new("value", &NUMBER).required(&MISSING)])
        .additional(Additional::Reported(&codes::FORBIDDEN_PROPERTY)),
);
static EXPRESSION: Schema = Schema::any().choices(&[Choice::one_of(&[&NEGATION, &SUM, &LITERAL, &NUMBER])]);

#[test]
fn depth_alone_is_not_too_complex() {
    let wrapped = |depth: usize, inner: &str| {
        let (begin, end) = (r#"{"op":"not","of":{"of":["#, r#"],"op":"sum"}}"#);
        begin.repeat(depth) + inner + &end.repeat(depth)
    };
    let padding = format!(r#"{{"value":{}1}}"#, " ".repeat(10_000));
    for depth in [1, 10, 42] {
        for inner in [r#"{"value":1}"#, "7", &padding] {
            assert_eq!(found(&EXPRESSION, &wrapped(depth, inner)), [""; 0], "{depth}");
        }
        let path = "of.of[0].".repeat(depth);
        let (wrong, odd) = (wrapped(depth, r#"{"value":"x"}"#), wrapped(depth, r#"{"odd":"x"}"#));
        assert_eq!(found(&EXPRESSION, &wrong), [format!("x-invalidType {path}value")]);
        assert_eq!(found(&EXPRESSION, &odd), [format!("x-noMatch {}", path.trim_end_matches('.'))]);
    }
}

#[test]
fn every_way_to_validate_says_the_same_of_what_is_too_complex() {
    static TREES: Schema = Schema::array(Array::new().items(&TREE));
    let tree = "{\"left\":".repeat(60) + "1" + &"}".repeat(60);
    let body = format!("[1, {tree}, {tree}]");
    let expected = found(&TREES, &body);
    for path in ["[1]", "[2]"] {
        assert!(expected.contains(&format!("x-tooComplex {path}")), "{expected:?}");
    }
    let mut streamed = Vec::new();
    let validation = Validation::new();
    let read = validation.reader_by(&TREES, &DEFINITION, body.as_bytes(), |violation| {
        streamed.push(format!("{} {}", violation.code(), violation.data_path()));
    });
    assert_eq!(read.unwrap().errors, expected.len() as u64);
    assert_eq!(streamed, expected);
}
