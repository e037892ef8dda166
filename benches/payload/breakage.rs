//! Ways to break an item, and what a validator must say of each.

use super::{
    Kind,
    tree::{Members, Tree},
};

/// What a validator must say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// `transactions[3].merchant`
    pub(crate) path: String,
    pub(crate) code: String,
    /// The service may accept the item all the same.
    pub(crate) warning: bool,
}

/// A way to break an item: the code, the path below the item, and how it is done.
struct Breakage {
    code: &'static str,
    path: &'static str,
    warning: bool,
    spoil: fn(&mut Tree),
}

/// Breaks so many of the items, spread evenly, each in another way than the one before. The first is left
/// alone: its external id is the one that duplicates repeat.
pub(crate) fn spoil(
    kind: Kind,
    items: &mut [Tree],
    broken: usize,
    may_break: fn(&str) -> bool,
) -> Vec<Finding> {
    let Some((first, others)) = items.split_first_mut() else { return Vec::new() };
    let ways: &[Breakage] = match kind {
        Kind::Accounts => &ACCOUNTS,
        Kind::Transactions => &TRANSACTIONS,
    };
    let ways: Vec<&Breakage> = ways.iter().filter(|way| may_break(way.code)).collect();
    let step = others.len() / broken.max(1);
    let mut findings = Vec::with_capacity(broken);
    for number in 0..broken {
        let place = number * step;
        let way = ways[number % ways.len()];
        let item = &mut others[place];
        if way.code == "duplicateExternalId" {
            item.set("externalId", first.member("externalId").clone());
        }
        (way.spoil)(item);
        let dot = if way.path.is_empty() { "" } else { "." };
        let path = format!("{}[{}]{dot}{}", kind.name(), place + 1, way.path);
        findings.push(Finding { path, code: way.code.to_owned(), warning: way.warning });
    }
    findings
}

const fn error(code: &'static str, path: &'static str, spoil: fn(&mut Tree)) -> Breakage {
    Breakage { code, path, warning: false, spoil }
}

const fn warning(code: &'static str, path: &'static str, spoil: fn(&mut Tree)) -> Breakage {
    Breakage { code, path, warning: true, spoil }
}

const TRANSACTIONS: [Breakage; 17] = [
    error("missingRequiredField", "merchant", |item| item.remove("merchant")),
    error("invalidFieldSize", "description", |item| item.set("description", Tree::text("long ".repeat(9)))),
    error("invalidEnum", "type", |item| item.set("type", Tree::text("chg"))),
    error("invalidCurrencyCode", "postedAmount.currencyCode", |item| {
        item.member("postedAmount").set("currencyCode", Tree::text("ZZZ"));
    }),
    error("invalidCountryCode", "merchant.address.countryCode", |item| {
        item.member("merchant").member("address").set("countryCode", Tree::text("XX"));
    }),
    error("duplicateExternalId", "externalId", |_| {}),
    error("x-invalidType", "postedAmount.value", |item| {
        item.member("postedAmount").set("value", Tree::text("12.50"));
    }),
    error("x-invalidDate", "postedDate", |item| item.set("postedDate", Tree::text("2024-02-30"))),
    error("missingRequiredField", "transactionAmount.value", |item| {
        item.member("transactionAmount").remove("value");
    }),
    error("ambiguousAddendumType", "", |item| {
        for name in ["purchase", "travel"] {
            item.set(name, Members::default().text("commodityCode", "C-1").object());
        }
    }),
    error("invalidCharsExternalId", "externalId", |item| item.append("externalId", " no. 7")),
    warning("currencyInconsistency", "totalTaxAmount.currencyCode", |item| {
        item.member("totalTaxAmount").set("currencyCode", Tree::text("ISK"));
    }),
    error("duplicateTaxType", "taxes[1].type", |item| {
        let Tree::Array(taxes) = item.member("taxes") else { return };
        taxes.truncate(1);
        taxes.push(taxes[0].clone());
    }),
    warning("x-unknownProperty", "colour", |item| item.set("colour", Tree::text("blue"))),
    warning("illegalCardNumberValue", "referenceNumber", |item| {
        item.set("referenceNumber", Tree::text("card 4111 1111 1111 1111"));
    }),
    error("invalidFieldSize", "externalId", |item| item.append("externalId", &"-x".repeat(20))),
    error("missingRequiredField", "account.externalId", |item| item.member("account").remove("externalId")),
];

const ACCOUNTS: [Breakage; 15] = [
    error("missingRequiredField", "nameOnCard", |item| item.remove("nameOnCard")),
    error("invalidFieldSize", "nameOnCard", |item| item.set("nameOnCard", Tree::text("long ".repeat(21)))),
    error("invalidEnum", "cardBrand", |item| item.set("cardBrand", Tree::text("XX"))),
    error("invalidCurrencyCode", "billedCurrency", |item| item.set("billedCurrency", Tree::text("eur"))),
    error("invalidCountryCode", "provider.countryCode", |item| {
        item.member("provider").set("countryCode", Tree::text("UK"));
    }),
    error("duplicateExternalId", "externalId", |_| {}),
    error("x-invalidType", "lastSegment", |item| item.set("lastSegment", Tree::count(1234))),
    error("invalidEmailAddress", "cardholder.email", |item| {
        item.member("cardholder").set("email", Tree::text("nobody at example.com"));
    }),
    error("invalidUUID", "cardholder.userId", |item| {
        item.member("cardholder").set("userId", Tree::text("e48fda9115c84670afe56c76501813c9"));
    }),
    error("missingBillingAccount", "billingAccount", |item| {
        item.set("accountType", Tree::text("V"));
        item.remove("billingAccount");
    }),
    error("illegalBillingAccount", "billingAccount", |item| {
        item.set("accountType", Tree::text("M"));
        item.set("billingAccount", Tree::object([("externalId", Tree::text("main-0001"))]));
    }),
    error("invalidCharsExternalId", "externalId", |item| item.append("externalId", "-kärte")),
    error("invalidFieldSize", "lastSegment", |item| item.set("lastSegment", Tree::text("12345"))),
    warning("illegalCardNumberValue", "nameOnCard", |item| {
        item.set("nameOnCard", Tree::text("5555-5555-5555-4444"));
    }),
    error("invalidFieldSize", "travelRequest.id", |item| {
        item.set("travelRequest", Tree::object([("id", Tree::text("0123-travel"))]));
    }),
];
