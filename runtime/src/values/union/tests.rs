//! Which candidate is tried first, and values of any size.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

const NOTHING: Candidate = Candidate {
    types: &[JsonType::Object],
    required: &[],
    known: &[],
    others: Others::Dropped,
    constants: &[],
    constraints: &[],
    tags: &[],
};

/// Returns the indexes of the candidates, the best first.
fn rank(raw: &RawValue, candidates: &[Candidate]) -> Vec<usize> {
    ShallowValue::of(raw).map(|value| ranked(raw, &value, candidates)).unwrap_or_default()
}

fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).unwrap()
}

#[test]
fn types_leave_candidates_out() {
    let of = |types| Candidate { types, ..NOTHING };
    let candidates = [
        of(&[JsonType::Null, JsonType::String]),
        of(&[JsonType::Number]),
        of(&[JsonType::Integer, JsonType::Boolean]),
        of(&[JsonType::Array]),
        of(&[JsonType::Object]),
        of(&[]),
    ];
    for (json, expected) in [
        ("null", &[0, 5][..]),
        (r#""x""#, &[0, 5]),
        ("1.5", &[1, 5]),
        ("1e3", &[1, 2, 5]),
        ("1e-3", &[1, 5]),
        ("-7", &[1, 2, 5]),
        ("true", &[2, 5]),
        ("[1]", &[3, 5]),
        ("{}", &[4, 5]),
    ] {
        assert_eq!(rank(&raw(json), &candidates), expected, "{json}");
    }
}

#[test]
fn objects_are_ranked_by_members() {
    let candidates = [
        Candidate { known: &["id", "name"], ..NOTHING },
        Candidate { required: &["id", "number"], known: &["id", "number"], ..NOTHING },
        Candidate {
            required: &["type"],
            known: &["id", "type"],
            constants: &[("type", &["card", "7"])],
            ..NOTHING
        },
    ];
    for (json, expected) in [
        (r#"{"id":1}"#, &[0][..]),
        (r#"{"id":1,"number":2}"#, &[1]),
        (r#"{"id":1,"type":"card"}"#, &[2]),
        (r#"{"id":1,"type":7}"#, &[2]),
        (r#"{"type":"c\u0061rd","x":1}"#, &[2]),
        (r#"{"id":1,"type":"bank"}"#, &[0, 2]),
        (r#"{"type":"card","type":null}"#, &[0, 2]),
        (r#"{"type":"bank","\u0074ype":"card"}"#, &[2]),
        (r#"{"id":1,"number":2,"type":"card"}"#, &[2, 1]),
    ] {
        assert_eq!(rank(&raw(json), &candidates), expected, "{json}");
    }
}

#[test]
fn members_are_kept_where_any_candidate_keeps_them() {
    let closed = Candidate { known: &["a"], others: Others::Refused, ..NOTHING };
    let candidates = [
        closed,
        Candidate { known: &["b"], ..closed },
        Candidate { known: &["id", "a"], ..NOTHING },
        Candidate { others: Others::Kept, ..NOTHING },
    ];
    for (json, expected) in [
        (r#"{"a":1}"#, &[0, 2, 3][..]),
        (r#"{"b":1}"#, &[1, 3]),
        (r#"{"z":1}"#, &[3]),
        (r#"{"id":1,"a":1}"#, &[2, 3]),
        (r#"{"id":1,"z":1}"#, &[3]),
    ] {
        assert_eq!(rank(&raw(json), &candidates), expected, "{json}");
    }
    // If no candidate keeps a member, the value is decoded all the same.
    assert_eq!(rank(&raw(r#"{"id":1,"z":1}"#), &candidates[..3]), [2]);
    assert!(rank(&raw(r#"{"z":1}"#), &candidates[..2]).is_empty());
}

#[test]
fn a_value_that_cannot_be_read_has_no_candidate() {
    assert!(rank(&raw(r#"{"\ud800":1}"#), &[NOTHING]).is_empty());
    assert_eq!(tag(&raw(r#"{"\ud800":1,"type":"x"}"#), "type"), None);
}

#[test]
fn tags() {
    for (json, expected) in [
        (r#"{"a":{"type":"inner"},"type":"card"}"#, Some("card")),
        (r#"{"type":"first","type":"last"}"#, Some("last")),
        (r#"{"type":"\u00e9"}"#, Some("é")),
        (r#"{"type":3}"#, Some("3")),
        (r#"{"type":true}"#, Some("true")),
        (r#"{"type":3.0}"#, Some("3")),
        (r#"{"type":3.5}"#, None),
        (r#"{"type":null}"#, None),
        (r#"{"type":"\ud800"}"#, None),
        (r#"{"Type":"card"}"#, None),
        (r#"["type"]"#, None),
        (r#""type""#, None),
    ] {
        assert_eq!(tag(&raw(json), "type").as_deref(), expected, "{json}");
    }
}

#[test]
fn deep_and_wide_values_are_no_problem() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let deep_member = raw(&format!(r#"{{"a":{deep},"type":"card"}}"#));
    assert_eq!(rank(&deep_member, &[NOTHING]), [0]);
    assert_eq!(tag(&deep_member, "type").as_deref(), Some("card"));
    assert!(decode::<serde_json::Value>(&raw(&deep)).is_none());

    let members: Vec<String> = (0..100_000).map(|index| format!("\"m{index}\":{index}")).collect();
    let wide = raw(&format!("{{{}}}", members.join(",")));
    assert_eq!(tag(&wide, "m99999").as_deref(), Some("99999"));
}

/// A recursive union with two candidates that look alike: without an allowance, a wrong value at depth 60 is
/// tried in 2^60 ways.
#[derive(Debug)]
enum Tree {
    Left(Box<Node>),
    Right(Box<Node>),
    Leaf(bool),
}

#[derive(Debug, Deserialize)]
struct Node {
    next: Tree,
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let node = || decode::<Box<Node>>(&raw);
        node()
            .map(Self::Left)
            .or_else(|| node().map(Self::Right))
            .or_else(|| decode(&raw).map(Self::Leaf))
            .ok_or_else(|| serde::de::Error::custom("no candidate fits"))
    }
}

fn depth(tree: &Tree) -> usize {
    match tree {
        Tree::Left(node) | Tree::Right(node) => 1 + depth(&node.next),
        Tree::Leaf(leaf) => usize::from(!leaf),
    }
}

#[test]
fn recursive_unions_end_in_time() {
    let nested =
        |levels: usize, leaf: &str| format!("{}{leaf}{}", r#"{"next":"#.repeat(levels), "}".repeat(levels));
    assert_eq!(depth(&serde_json::from_str(&nested(100, "true")).unwrap()), 100);
    for (levels, leaf) in [(60, "3"), (100, "[]"), (127, "null"), (129, "true"), (100_000, "true")] {
        let error = serde_json::from_str::<Tree>(&nested(levels, leaf)).unwrap_err();
        assert!(error.to_string().starts_with("no candidate fits"), "{error}");
    }
}

proptest! {
    #[test]
    fn never_panics(json in "\\PC{0,20}|\\{(\"[ab]\":(1|\"x\"|null|\\[\\]|\\{\\}|\"\\\\u00e9\"),?){0,4}\\}?", name in "[ab]") {
        static CANDIDATES: [Candidate; 3] = [
            Candidate { types: &[], required: &["a"], known: &["a", "b"], others: Others::Dropped, constants: &[("b", &["x", "1"])], ..NOTHING },
            Candidate { required: &["b"], ..NOTHING },
            Candidate { types: &[JsonType::Number, JsonType::Array], ..NOTHING },
        ];
        if let Ok(raw) = RawValue::from_string(json) {
            let mut ranked = rank(&raw, &CANDIDATES);
            ranked.sort_unstable();
            ranked.dedup();
            prop_assert!(ranked.iter().all(|index| *index < CANDIDATES.len()));
            let _ = tag(&raw, &name);
        }
    }
}

#[test]
fn constraints_tell_strings_and_numbers_apart() {
    static IDS: [Constraint; 1] = [Constraint::of_value(Keyword::Format(TextFormat::Uuid))];
    static NET: Expression = Expression::new("^[0-9.]+/[0-9]+$");
    static NETS: [Constraint; 1] = [Constraint::of_value(Keyword::Pattern(&NET))];
    static SMALL: [Constraint; 1] = [Constraint::of_value(Keyword::LessThan("10"))];
    let of = |constraints| Candidate { types: &[], constraints, ..NOTHING };
    let candidates = [of(&IDS[..]), of(&NETS), of(&SMALL)];
    for (json, best) in [
        (r#""59edf00e-6e0a-46c4-bf59-c233000c5b98""#, 0),
        (r#""59edf00e-6e0a-46c4-bf59-c233000c5b9\u0038""#, 0),
        (r#""10.0.0.0/8""#, 1),
        (r#""web-1""#, 2),
        ("9.99", 0),
    ] {
        assert_eq!(rank(&raw(json), &candidates)[0], best, "{json}");
    }
    // What no candidate asks for is decoded all the same.
    assert_eq!(rank(&raw("10"), &candidates[2..]), [0]);
}

#[test]
fn constraints_of_members() {
    static V4: [Constraint; 1] = [Constraint::of_member("first", Keyword::Format(TextFormat::Ipv4))];
    static V6: [Constraint; 1] = [Constraint::of_member("first", Keyword::Format(TextFormat::Ipv6))];
    let of = |constraints| Candidate { known: &["first"], constraints, ..NOTHING };
    let candidates = [of(&V4[..]), of(&V6[..])];
    for (json, expected) in [
        (r#"{"first":"10.0.0.1"}"#, [0, 1]),
        (r#"{"first":"::1"}"#, [1, 0]),
        (r#"{"first":"x"}"#, [0, 1]),
        (r#"{"first":1}"#, [0, 1]),
        ("{}", [0, 1]),
    ] {
        assert_eq!(rank(&raw(json), &candidates), expected, "{json}");
    }
}

#[test]
fn keywords() {
    static A: Expression = Expression::new("a");
    static UNREADABLE: Expression = Expression::new("(");
    const OF_KIND: Keyword = Keyword::Members(&[("kind", &["a"])]);
    for (keyword, allowed, refused) in [
        (Keyword::Format(TextFormat::Ip), r#""::1""#, r#""::g""#),
        (Keyword::Format(TextFormat::Uuid), "1", r#""59edf00e6e0a46c4bf59c233000c5b98""#),
        (Keyword::MinLength(2), r#""éé""#, r#""é""#),
        (Keyword::MaxLength(1), r#""\u00e9""#, r#""éé""#),
        (Keyword::Minimum("0.1"), "0.10", "0.09"),
        (Keyword::Maximum("1"), "1.0", "1.1"),
        (Keyword::MoreThan("1"), "1.1", "1"),
        (Keyword::LessThan("1"), "0.9", "1.0"),
        (Keyword::LessThan("1"), r#""2""#, "1e0"),
        (Keyword::Values(&["a", "7"]), "7", r#""b""#),
        (OF_KIND, r#"{"kind":"a"}"#, r#"{"kind":"b"}"#),
        (OF_KIND, "{}", r#"{"kind":1}"#),
        (Keyword::Entries(&OF_KIND), r#"[{"kind":"a"},{}]"#, r#"[{"kind":"a"},{"kind":"b"}]"#),
        (Keyword::Entries(&OF_KIND), r#"{"x":{"kind":"a"}}"#, r#"{"x":{"kind":"b"}}"#),
        (Keyword::Entries(&OF_KIND), "7", r#"[{"kind":"b"}]"#),
        (Keyword::Pattern(&A), r#""ba""#, r#""b""#),
        (Keyword::Pattern(&A), "7", r#""""#),
    ] {
        let constraint = Constraint::of_value(keyword);
        let fulfils = |json: &str| {
            let raw = raw(json);
            constraint.is_fulfilled(&raw, &ShallowValue::of(&raw).unwrap())
        };
        assert!(fulfils(allowed) && !fulfils(refused), "{constraint:?}");
    }
    // An expression that cannot be read asks for nothing.
    let unreadable = Constraint::of_value(Keyword::Pattern(&UNREADABLE));
    assert!(unreadable.is_fulfilled(&raw(r#""x""#), &ShallowValue::Other(JsonType::String)));
}

/// An object that is several candidates at once is none of them: each would lose what another one names.
#[test]
fn several_at_once() {
    let phone = Candidate { required: &["phone"], known: &["phone"], ..NOTHING };
    let mail = Candidate { required: &["mail"], known: &["mail"], ..NOTHING };
    let both = Candidate { required: &["phone"], known: &["phone", "mail"], ..NOTHING };
    let open = Candidate { others: Others::Kept, ..phone };
    let decoded = |json: &str, candidates: &[Candidate], fails: Option<usize>| {
        best(&raw(json), candidates, true, |index| (Some(index) != fails).then_some(index))
    };
    let several = r#"{"phone":1,"mail":2,"x":3}"#;
    assert_eq!(decoded(several, &[phone, mail], None), None);
    assert_eq!(decoded(several, &[phone, mail, both], None), Some(2));
    assert_eq!(decoded(several, &[open, mail], None), Some(0));
    // A candidate that does not fit loses nothing.
    assert_eq!(decoded(several, &[phone, mail], Some(1)), Some(0));
    assert_eq!(decoded(several, &[phone, mail], Some(0)), Some(1));
    assert_eq!(decoded(r#"{"phone":1,"x":3}"#, &[phone, mail], None), Some(0));
    assert_eq!(decoded("7", &[Candidate { types: &[], ..phone }], None), Some(0));
}
