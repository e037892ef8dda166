//! Code as the generator writes it, held to the lints of its users, and what it does on the wire.
#![deny(warnings, missing_docs, clippy::pedantic)]
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeMap;

use models::{Account, Card, CardBrand, Empty, Level, Plain};
use proptest::prelude::*;
use specwright_runtime::{Decimal, Json};

/// Models, written as the generator would.
pub mod models {
    use std::collections::BTreeMap;

    /// A card brand.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum CardBrand {
        /// `AX`
        AmericanExpress,
        /// `VI`
        Visa,
        /// `unknown`, a value of the definition that takes the usual name of the catch-all.
        Unknown,
        /// Any other value.
        Other(::specwright_runtime::UnknownValue),
    }

    ::specwright_runtime::open_enum! {
        enum CardBrand {
            Other,
            AmericanExpress = "AX",
            Visa = "VI",
            Unknown = "unknown",
        }
    }

    /// A level.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Level {
        /// `1`
        One,
        /// Any other value.
        Unknown(::specwright_runtime::UnknownInteger),
    }

    ::specwright_runtime::open_integer_enum! {
        enum Level {
            Unknown,
            One = 1,
        }
    }

    /// A struct that keeps additional properties.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Account {
        /// Required.
        pub id: String,
        /// Optional.
        pub limit: Option<::specwright_runtime::Decimal>,
        /// Optional and nullable.
        pub brand: Option<Option<CardBrand>>,
        /// Required and nullable.
        pub level: Option<Level>,
        /// Recursive.
        pub parent: Option<Box<Account>>,
        /// All other members.
        pub additional_properties: BTreeMap<String, ::specwright_runtime::Json>,
    }

    ::specwright_runtime::object! {
        struct Account {
            id: required<"id">,
            limit: optional<"limit">,
            brand: nullable<"brand">,
            level: required_nullable<"level">,
            parent: optional<"parent">,
            additional_properties: rest,
        }
    }

    /// Members that are sensitive, and others that are dropped.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Card {
        /// Required.
        pub number: String,
        /// Of a type that has a value for null.
        pub extra: Option<::specwright_runtime::Json>,
        /// Of a name that is a keyword.
        pub r#type: Option<Option<i64>>,
    }

    ::specwright_runtime::object! {
        struct Card {
            #[sensitive]
            number: required<"cardNumber">,
            extra: present<"extra">,
            #[sensitive]
            r#type: nullable<"type">,
        }
    }

    /// No members.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Empty {}

    ::specwright_runtime::object! {
        struct Empty {}
    }

    /// The same members as those of `Account`, by derive.
    #[derive(Debug, ::serde::Deserialize)]
    #[non_exhaustive]
    pub struct Plain {
        /// Required.
        pub id: String,
        /// Optional.
        pub limit: Option<::specwright_runtime::Decimal>,
        /// Optional.
        pub brand: Option<CardBrand>,
        /// Optional here, because a derive does not ask for a member that may be null.
        pub level: Option<Level>,
    }
}

#[test]
fn open_enums_keep_what_they_do_not_know() {
    for (wire, known) in
        [("AX", true), ("unknown", true), ("DC", false), ("ax", false), ("", false), ("é\"", false)]
    {
        let json = serde_json::to_string(wire).unwrap();
        let brand: CardBrand = serde_json::from_str(&json).unwrap();
        assert_eq!(brand.as_str(), wire);
        assert_eq!(brand.to_string(), wire);
        assert_eq!(brand.is_known(), known);
        assert_eq!(brand, CardBrand::from(wire));
        assert_eq!(brand, CardBrand::from(wire.to_owned()));
        assert_eq!(Ok(&brand), wire.parse().as_ref());
        assert_eq!(serde_json::to_string(&brand).unwrap(), json);
    }
    assert_eq!(CardBrand::KNOWN.len(), 3);
    assert_eq!(format!("{:?} {:>4}", CardBrand::from("DC"), CardBrand::Visa), "Other(\"DC\")   VI");
    assert!(serde_json::from_str::<CardBrand>("1").is_err());
    let counts: BTreeMap<CardBrand, u8> = serde_json::from_str(r#"{"VI":1,"DC":2}"#).unwrap();
    assert_eq!(serde_json::to_string(&counts).unwrap(), r#"{"VI":1,"DC":2}"#);
}

#[test]
fn open_integer_enums_keep_what_they_do_not_know() {
    for (wire, known) in [("1", true), ("-7", false), ("9223372036854775807", false)] {
        let level: Level = serde_json::from_str(wire).unwrap();
        assert_eq!(level.to_string(), wire);
        assert_eq!(level.is_known(), known);
        assert_eq!(level, Level::from(level.value()));
        assert_eq!(serde_json::to_string(&level).unwrap(), wire);
    }
    for wire in ["9223372036854775808", "1.5", "\"1\"", "null"] {
        assert!(serde_json::from_str::<Level>(wire).is_err(), "{wire}");
    }
    assert_eq!(Level::KNOWN, [Level::One]);
}

#[test]
fn objects_keep_additional_members() {
    let json = r#"{"id":"7","limit":405.10,"brand":null,"level":null,"parent":{"id":"8","level":2},"a":1.00,"z":{"b":[ ]}}"#;
    let account: Account = serde_json::from_str(json).unwrap();
    assert_eq!(account.brand, Some(None));
    assert_eq!(account.additional_properties.len(), 2);
    assert_eq!(serde_json::to_string(&account).unwrap(), json);
    assert_eq!(serde_json::from_slice::<Account>(json.as_bytes()).unwrap(), account);
    assert_eq!(serde_json::from_reader::<_, Account>(json.as_bytes()).unwrap(), account);

    let tree: Account = serde_json::from_value(serde_json::json!({"id": "7", "level": 1, "a": [1]})).unwrap();
    assert_eq!(serde_json::to_value(&tree).unwrap(), serde_json::json!({"id": "7", "level": 1, "a": [1]}));
}

#[test]
fn members_of_every_presence() {
    let card: Card = serde_json::from_str(r#"{"x":{},"type":null,"extra":null,"cardNumber":"4"}"#).unwrap();
    assert_eq!(card.r#type, Some(None));
    assert_eq!(serde_json::to_string(&card).unwrap(), r#"{"cardNumber":"4","extra":null,"type":null}"#);
    let card: Card = serde_json::from_str(r#"{"cardNumber":"4"}"#).unwrap();
    assert_eq!((&card.extra, card.r#type), (&None, None));
    let empty: Empty = serde_json::from_str(r#"{"a":1}"#).unwrap();
    assert_eq!(serde_json::to_string(&empty).unwrap(), "{}");
}

#[test]
fn the_last_of_a_repeated_name_counts() {
    let account: Account = serde_json::from_str(r#"{"id":"6","level":1,"a":1,"a":2,"\u0069d":"7"}"#).unwrap();
    assert_eq!(account.id, "7");
    assert_eq!(account.additional_properties["a"].get(), "2");
    assert_eq!(account.additional_properties.len(), 1);
}

#[test]
fn errors_name_the_member() {
    for (json, message) in [
        ("{}", "missing field `id`"),
        (r#"{"id":"7"}"#, "missing field `level`"),
        (r#"{"id":null,"level":1}"#, "invalid type: null, expected a string at line 1 column 10"),
        (r#"{"id":"7","level":1,"limit":"1"}"#, "invalid type: string, expected a number"),
        (r#"{"id":"7","level":1,"parent":{"id":"8"}}"#, "missing field `level`"),
        ("[]", "invalid type: sequence, expected struct Account"),
    ] {
        let error = serde_json::from_str::<Account>(json).unwrap_err().to_string();
        assert!(error.starts_with(message), "{json}: {error}");
    }
    let error = serde_json::from_str::<Card>(r#"{"cardNumber":4111}"#).unwrap_err().to_string();
    assert!(error.starts_with("a sensitive value is not of the right type"), "{error}");
}

#[test]
fn additional_members_must_not_hide_named_ones() {
    let mut account: Account = serde_json::from_str(r#"{"id":"7","level":1}"#).unwrap();
    account.additional_properties.insert("limit".to_owned(), Json::default());
    let error = serde_json::to_string(&account).unwrap_err().to_string();
    assert!(error.contains("`limit`"), "{error}");
}

#[test]
fn hostile_nesting_is_an_error() {
    let nested = |levels: usize| {
        let open = r#"{"id":"7","level":1,"parent":"#.repeat(levels);
        format!(r#"{open}{{"id":"7","level":1}}{}"#, "}".repeat(levels))
    };
    assert!(serde_json::from_str::<Account>(&nested(100)).is_ok());
    for levels in [200, 100_000] {
        let error = serde_json::from_str::<Account>(&nested(levels)).unwrap_err().to_string();
        assert!(error.starts_with("recursion limit exceeded"), "{error}");
    }
}

fn member() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["id", "limit", "brand", "level", "other"]);
    let value =
        prop::sample::select(vec!["null", "1", "1.50", "\"AX\"", "\"7\"", "[]", "{}", "true", "1e99"]);
    (name, value).prop_map(|(name, value)| format!("\"{name}\": {value}"))
}

proptest! {
    #[test]
    fn objects_read_what_derive_reads(members in prop::collection::vec(member(), 0..6)) {
        let json = format!("{{{}}}", members.join(", "));
        let by_table = serde_json::from_str::<Account>(&json);
        match serde_json::from_str::<Plain>(&json) {
            Ok(_) if !json.contains("\"level\"") => prop_assert!(by_table.is_err()),
            Ok(plain) => {
                let account = by_table.unwrap();
                prop_assert_eq!(&account.id, &plain.id);
                prop_assert_eq!(account.limit, plain.limit);
                prop_assert_eq!(&account.brand.clone().flatten(), &plain.brand);
                prop_assert_eq!(&account.level, &plain.level);
                let again = serde_json::from_str(&serde_json::to_string(&account).unwrap()).unwrap();
                prop_assert_eq!(account, again);
            }
            // A derive refuses a repeated name.
            Err(error) if error.to_string().starts_with("duplicate field") => {}
            Err(_) => prop_assert!(by_table.is_err()),
        }
    }

    #[test]
    fn decimals_survive_as_additional_members(number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?(e[0-9]{1,3})?") {
        let json = format!(r#"{{"id":"7","level":1,"x":{number}}}"#);
        let account: Account = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&account).unwrap(), json);
        let _ = account.additional_properties["x"].decode::<Decimal>();
    }
}
