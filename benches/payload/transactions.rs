//! Card transactions.

use super::{
    addenda,
    random::Random,
    tree::{Members, Tree},
    words::{self, amount, date},
};

const TYPES: [&str; 9] = ["ANF", "CAV", "CCF", "RPE", "FNC", "NSF", "LAF", "CHG", "PAY"];
const TAXES: [&str; 5] = ["LOCAL", "VAT_OR_GST", "SALES", "PST_OR_QST", "OTHER"];

/// The transaction of this index. Five of six have an addendum, of each kind in turn.
pub(crate) fn transaction(random: &mut Random, index: usize) -> Tree {
    let currency = random.pick(&words::CURRENCIES);
    let billed = random.pick(&words::CURRENCIES);
    let kind = index % 6;
    let day = date(random);
    let description = format!("{},{},{}", random.hex(6), words::city(random), index);
    let taxes = random.some(&TAXES, 2);
    Members::default()
        .with("account", Tree::object([("externalId", Tree::text(random.uuid()))]))
        .when(random.chance(50), "acquirerReferenceNumber", || Tree::text(random.digits(23)))
        .when(random.chance(20), "authorizationExternalId", || Tree::text(format!("auth-{index:06}")))
        .with("billedAmount", amount(random, billed))
        .when(kind == 0, "carRental", || addenda::car_rental(random, currency))
        .when(random.chance(25), "customData", || words::custom_data(random))
        .text("description", description)
        .when(random.chance(20), "description2", || Tree::text("bought at the counter\tpaid by card"))
        .text("externalId", random.uuid())
        .when(kind == 1, "fleet", || addenda::fleet(random, currency))
        .when(kind == 2, "lodging", || addenda::lodging(random, currency))
        .with("merchant", words::merchant(random))
        .with("postedAmount", amount(random, billed))
        .text("postedDate", date(random))
        .when(kind == 3, "purchase", || addenda::purchase(random, currency))
        .text("referenceNumber", format!("{}R{}", random.hex(10), random.hex(9)))
        .when(random.chance(30), "statement", || statement(random))
        .with("taxes", words::taxes(random, currency, &taxes))
        .with("totalTaxAmount", amount(random, currency))
        .with("transactionAmount", amount(random, currency))
        .text("transactionDate", day.as_str())
        .text("transactionDateTime", format!("{day}T{:02}:15:23.{:03}", random.below(24), random.below(1000)))
        .when(kind == 4, "travel", || addenda::travel(random, currency))
        .text("type", random.pick(&TYPES))
        .object()
}

fn statement(random: &mut Random) -> Tree {
    Members::default()
        .text("billingDate", date(random))
        .text("referenceNumber", format!("ST-{}", random.hex(8)))
        .object()
}
