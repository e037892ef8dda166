//! Transactions and what they share with their addenda, with rules for `garde`.

use concur_cards::models::{CreateTransactionType, DistanceUnit, TransactionTaxType};
use garde::Validate;
use serde::Deserialize;
use specwright_runtime::{Date, Decimal, LocalTimestamp};

use super::{
    lodging::Lodging,
    purchase::Purchase,
    road::{CarRental, Fleet},
    rules::{country, currency, key_characters},
    travel::Travel,
};

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct CreateTransactionList {
    #[garde(length(max = 1000), dive)]
    pub(crate) transactions: Vec<CreateTransaction>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct CreateTransaction {
    #[garde(dive)]
    pub(crate) account: TransactionAccountReference,
    #[garde(length(chars, max = 50))]
    pub(crate) acquirer_reference_number: Option<String>,
    #[garde(length(chars, min = 1, max = 50), inner(custom(key_characters)))]
    pub(crate) authorization_external_id: Option<String>,
    #[garde(dive)]
    pub(crate) billed_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) car_rental: Option<Box<CarRental>>,
    #[garde(dive)]
    pub(crate) custom_data: Option<Vec<CustomData>>,
    #[garde(length(chars, max = 20))]
    pub(crate) customer_vat_number: Option<String>,
    #[garde(length(chars, max = 42))]
    pub(crate) description: Option<String>,
    #[garde(length(chars, max = 42))]
    pub(crate) description2: Option<String>,
    #[garde(length(chars, max = 42))]
    pub(crate) description3: Option<String>,
    #[garde(length(chars, max = 42))]
    pub(crate) description4: Option<String>,
    #[garde(length(chars, max = 42))]
    pub(crate) description5: Option<String>,
    #[garde(length(chars, min = 1, max = 50), custom(key_characters))]
    pub(crate) external_id: String,
    #[garde(dive)]
    pub(crate) fleet: Option<Box<Fleet>>,
    #[garde(dive)]
    pub(crate) lodging: Option<Box<Lodging>>,
    #[garde(dive)]
    pub(crate) merchant: Merchant,
    #[garde(length(chars, max = 32))]
    pub(crate) merchant_reference_number: Option<String>,
    #[garde(dive)]
    pub(crate) posted_amount: Amount,
    pub(crate) posted_date: Date,
    #[garde(length(chars, max = 64))]
    pub(crate) processor_reference_number: Option<String>,
    #[garde(dive)]
    pub(crate) purchase: Option<Box<Purchase>>,
    #[garde(length(chars, max = 64))]
    pub(crate) reference_number: Option<String>,
    #[garde(dive)]
    pub(crate) statement: Option<Statement>,
    #[garde(dive)]
    pub(crate) taxes: Option<Vec<TransactionTax>>,
    #[garde(dive)]
    pub(crate) total_tax_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) transaction_amount: Amount,
    pub(crate) transaction_date: Date,
    pub(crate) transaction_date_time: Option<LocalTimestamp>,
    #[garde(dive)]
    pub(crate) travel: Option<Box<Travel>>,
    pub(crate) r#type: CreateTransactionType,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct TransactionAccountReference {
    #[garde(length(chars, min = 1, max = 50), custom(key_characters))]
    pub(crate) external_id: String,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Merchant {
    #[garde(dive)]
    pub(crate) address: Option<Box<Address>>,
    #[garde(length(chars, min = 4, max = 4))]
    pub(crate) category_code: Option<String>,
    #[garde(length(chars, max = 128))]
    pub(crate) doing_business_as: Option<String>,
    #[garde(length(chars, max = 20))]
    pub(crate) id: Option<String>,
    #[garde(length(chars, min = 1, max = 128))]
    pub(crate) name: String,
    #[garde(length(chars, max = 20))]
    pub(crate) vat_number: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Statement {
    pub(crate) billing_date: Option<Date>,
    #[garde(length(chars, max = 50))]
    pub(crate) reference_number: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct TransactionTax {
    #[garde(dive)]
    pub(crate) amount: Amount,
    pub(crate) r#type: TransactionTaxType,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Address {
    #[garde(length(chars, max = 40))]
    pub(crate) city: Option<String>,
    #[garde(length(chars, min = 2, max = 2), inner(custom(country)))]
    pub(crate) country_code: Option<String>,
    #[garde(length(chars, max = 32))]
    pub(crate) state: Option<String>,
    #[garde(length(chars, max = 256))]
    pub(crate) street_address: Option<String>,
    #[garde(length(chars, max = 20))]
    pub(crate) zip: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Amount {
    #[garde(length(chars, min = 3, max = 3), custom(currency))]
    pub(crate) currency_code: String,
    pub(crate) value: Decimal,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct CustomData {
    #[garde(length(chars, max = 80))]
    pub(crate) id: String,
    #[garde(length(chars, max = 80))]
    pub(crate) value: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Distance {
    pub(crate) unit: Option<DistanceUnit>,
    pub(crate) value: i32,
}
