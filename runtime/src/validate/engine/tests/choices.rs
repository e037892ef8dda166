//! `allOf`, `oneOf`, `anyOf` and `not`.

use super::{HINT, MISSING, RULE, SIZE, check, found};
use crate::validate::table::{Additional, Array, Choice, Field, Number, Object, Schema, Text};

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
    check(&ANY_OF, &[("\"ab\"", &[]), ("\"abcd\"", &["x-noMatch"]), ("1", &[])]);
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

static NODE: Schema = Schema::object(
    Object::new(&[Field::new("left", &TREE), Field::new("right", &TREE)])
        .additional(Additional::Reported(&HINT)),
);
static TREE: Schema =
    Schema::any().choices(&[Choice::one_of(&[&NODE, &NUMBER, &NODE]), Choice::any_of(&[&NODE, &NUMBER])]);
static ENDLESS: Schema = Schema::any().all(&[&ENDLESS]);

#[test]
fn the_work_is_bounded() {
    let nested = |depth: usize| "{\"left\":".repeat(depth) + "1" + &"}".repeat(depth);
    assert_eq!(found(&TREE, &nested(1)), ["x-ambiguousMatch"]);
    let found_deep = found(&TREE, &nested(60));
    assert_eq!(found_deep.len(), 1);
    assert!(found_deep[0].starts_with("x-tooComplex left.left"), "{found_deep:?}");
    assert_eq!(found(&ENDLESS, "1"), ["x-tooComplex"]);
}
