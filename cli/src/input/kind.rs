//! Accounts or transactions, and how an item tells which it is.

use std::fmt;

use clap::ValueEnum;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};

/// What an input lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Accounts,
    Transactions,
}

impl Kind {
    /// Returns the name of the list in a body.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Transactions => "transactions",
        }
    }

    /// Returns the kind of the list with this name.
    pub(super) fn of_list(name: &str) -> Option<Self> {
        [Self::Accounts, Self::Transactions].into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Accounts => Self::Transactions,
            Self::Transactions => Self::Accounts,
        }
    }

    /// Returns the warning that so many items of this kind were passed over.
    pub(crate) fn not_read(self, count: u64) -> String {
        match count {
            1 => format!("warning: 1 item in `{self}` was not read"),
            count => format!("warning: {count} items in `{self}` were not read"),
        }
    }

    /// Returns the kind of an item by the names of its members: the one that has more of them for itself.
    pub(super) fn of_item(text: &[u8]) -> Option<Self> {
        let mut counts = (0_u32, 0_u32);
        let names = Names(|name: &str| {
            counts.0 += u32::from(ACCOUNT.contains(&name));
            counts.1 += u32::from(TRANSACTION.contains(&name));
        });
        // Of what is not an object, no name has been counted.
        let _ = serde_json::Deserializer::from_slice(text).deserialize_map(names);
        match counts {
            (accounts, transactions) if accounts > transactions => Some(Self::Accounts),
            (accounts, transactions) if accounts < transactions => Some(Self::Transactions),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Hands the name of each member of an object to a function.
struct Names<F>(F);

impl<'de, F: FnMut(&str)> Visitor<'de> for Names<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        while let Some((name, IgnoredAny)) = members.next_entry::<String, IgnoredAny>()? {
            (self.0)(&name);
        }
        Ok(())
    }
}

/// Members that an account has and a transaction has not.
const ACCOUNT: [&str; 13] = [
    "accountType",
    "billedCurrency",
    "billingAccount",
    "cardBrand",
    "cardProductDescription",
    "cardProductType",
    "cardholder",
    "lastSegment",
    "liabilityType",
    "nameOnCard",
    "provider",
    "status",
    "travelRequest",
];

/// Members that a transaction has and an account has not.
const TRANSACTION: [&str; 29] = [
    "account",
    "acquirerReferenceNumber",
    "authorizationExternalId",
    "billedAmount",
    "carRental",
    "customData",
    "customerVatNumber",
    "description",
    "description2",
    "description3",
    "description4",
    "description5",
    "fleet",
    "lodging",
    "merchant",
    "merchantReferenceNumber",
    "postedAmount",
    "postedDate",
    "processorReferenceNumber",
    "purchase",
    "referenceNumber",
    "statement",
    "taxes",
    "totalTaxAmount",
    "transactionAmount",
    "transactionDate",
    "transactionDateTime",
    "travel",
    "type",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_definition() {
        let text = include_str!("../../../spec/cards-v4.yaml");
        let definition: serde_json::Value = serde_yaml::from_str(text).unwrap();
        let names = |schema: &str| -> Vec<&str> {
            let properties = &definition["components"]["schemas"][schema]["properties"];
            properties.as_object().unwrap().keys().map(String::as_str).collect()
        };
        let (account, transaction) = (names("CreateAccount"), names("CreateTransaction"));
        let without = |names: &[&'static str], others: &[&str]| {
            let mut own: Vec<_> = names.iter().copied().filter(|name| !others.contains(name)).collect();
            own.sort_unstable();
            own
        };
        let sorted = |names: &[&'static str]| without(names, &[]);
        let leaked = |names: &[&str]| -> Vec<&'static str> {
            names.iter().map(|name| &*(*name).to_owned().leak()).collect()
        };
        let (account, transaction) = (leaked(&account), leaked(&transaction));
        assert_eq!(sorted(&ACCOUNT), without(&account, &transaction));
        assert_eq!(sorted(&TRANSACTION), without(&transaction, &account));
    }

    #[test]
    fn items_tell_what_they_are() {
        for (item, kind) in [
            (r#"{"externalId": "a", "nameOnCard": "x"}"#, Some(Kind::Accounts)),
            (r#"{"\u0074ype": "CHG"}"#, Some(Kind::Transactions)),
            (r#"{"status": "x", "type": "CHG", "postedDate": 1}"#, Some(Kind::Transactions)),
            (r#"{"status": "x", "type": "CHG"}"#, None),
            (r#"{"externalId": "a"}"#, None),
            ("[1]", None),
            ("null", None),
            ("", None),
        ] {
            assert_eq!(Kind::of_item(item.as_bytes()), kind, "{item}");
        }
    }
}
