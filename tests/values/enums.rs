//! Enums: they name what the definition names, and keep what it does not.

use cards_from_spec::models;

use super::{
    json::Json,
    sample,
    spec::SPEC,
    types::{encode, model, survives},
};

/// The type of an enum, with the schema and the member where the definition has it.
struct Enum {
    schema: &'static str,
    member: &'static str,
    /// The wire values of `KNOWN`.
    known: fn() -> Vec<String>,
    /// Whether a JSON text decodes to a value that is known.
    is_known: fn(&str) -> serde_json::Result<bool>,
}

macro_rules! enums {
    ($($schema:ident $member:literal $name:ident)*) => {
        const ENUMS: &[Enum] = &[$(
            Enum {
                schema: stringify!($schema),
                member: $member,
                known: || models::$name::KNOWN.iter().map(ToString::to_string).collect(),
                is_known: |text| {
                    let value: models::$name = serde_json::from_str(text)?;
                    assert_eq!(models::$name::from(value.as_str()), value);
                    assert_eq!(encode(&value), encode(&value.as_str()));
                    Ok(value.is_known())
                },
            }
        ),*];

        #[test]
        fn enums_are_small_and_travel() {
            fn check<T>()
            where
                T: Send + Sync + Clone + std::fmt::Debug + Ord + std::hash::Hash + 'static,
            {
                assert!(size_of::<T>() <= 24, "{} bytes", size_of::<T>());
            }
            $(check::<models::$name>();)*
        }
    };
}

enums! {
    CreateAccount "accountType" CreateAccountType
    CreateAccount "cardBrand" CreateAccountCardBrand
    CreateAccount "cardProductType" CreateAccountCardProductType
    CreateAccount "liabilityType" CreateAccountLiabilityType
    CreateAccount "status" CreateAccountStatus
    CreateTransaction "type" CreateTransactionType
    CarRentalCharge "name" CarRentalChargeName
    Fleet "fuelType" FleetFuelType
    Fleet "productType" FleetProductType
    Fleet "serviceType" FleetServiceType
    LodgingCharge "name" LodgingChargeName
    LodgingDetail "folioLineItemType" LodgingDetailFolioLineItemType
    LodgingTax "type" LodgingTaxType
    PurchaseTax "type" PurchaseTaxType
    TransactionTax "type" TransactionTaxType
    BulkRequest "status" BulkRequestStatus
    BulkRequest "type" BulkRequestType
    Distance "unit" DistanceUnit
}

#[test]
fn enums_know_what_the_definition_names() {
    let here: Vec<_> = ENUMS.iter().map(|item| (item.schema, item.member, (item.known)())).collect();
    let there: Vec<_> =
        SPEC.enums().map(|(schema, member, values)| (schema, member, values.to_vec())).collect();
    assert_eq!(here, there);
}

#[test]
fn only_the_very_spelling_is_known() {
    for item in ENUMS {
        for value in (item.known)() {
            let lower = value.to_lowercase();
            for (text, expected) in [
                (encode(&value), true),
                (escaped(&value), true),
                (encode(&format!("{value} ")), false),
                (encode(&format!("{value}\0")), false),
                (encode(&lower), lower == value),
            ] {
                assert_eq!((item.is_known)(&text).unwrap(), expected, "{} {text}", item.schema);
            }
        }
        assert!((item.is_known)("null").is_err() && (item.is_known)("1").is_err(), "{}", item.schema);
    }
}

#[test]
fn what_no_enum_names_is_written_back() {
    let long = "W".repeat(10_000);
    for (schema, member, _) in SPEC.enums() {
        for strange in ["", " ", "not listed", "\"quoted\\\"", "\0\u{7f}\u{1f600}é", "null", "Unknown", &long]
        {
            let mut value = sample::minimal(schema);
            value.members().insert(member.to_owned(), Json::text(strange));
            survives(model(schema), &value, &value).unwrap_or_else(|error| panic!("{member}: {error}"));
        }
    }
}

/// A JSON string with every character escaped, which means the same.
fn escaped(text: &str) -> String {
    let units: Vec<String> = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    format!("\"{}\"", units.concat())
}
