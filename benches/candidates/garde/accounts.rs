//! Accounts, with rules for `garde`.

use concur_cards::models::{
    CreateAccountCardBrand, CreateAccountCardProductType, CreateAccountLiabilityType, CreateAccountStatus,
    CreateAccountType,
};
use garde::Validate;
use serde::Deserialize;

use super::rules::{country, currency, key_characters, uuid};

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct CreateAccountList {
    #[garde(length(max = 1000), dive)]
    pub(crate) accounts: Vec<CreateAccount>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct CreateAccount {
    pub(crate) account_type: CreateAccountType,
    #[garde(length(chars, min = 3, max = 3), inner(custom(currency)))]
    pub(crate) billed_currency: Option<String>,
    #[garde(dive)]
    pub(crate) billing_account: Option<BillingAccountReference>,
    pub(crate) card_brand: Option<CreateAccountCardBrand>,
    #[garde(length(chars, min = 1, max = 210))]
    pub(crate) card_product_description: String,
    pub(crate) card_product_type: CreateAccountCardProductType,
    #[garde(dive)]
    pub(crate) cardholder: Option<Box<Cardholder>>,
    #[garde(length(chars, min = 1, max = 50), custom(key_characters))]
    pub(crate) external_id: String,
    #[garde(length(chars, min = 4, max = 4))]
    pub(crate) last_segment: String,
    pub(crate) liability_type: CreateAccountLiabilityType,
    #[garde(length(chars, min = 1, max = 100))]
    pub(crate) name_on_card: String,
    #[garde(dive)]
    pub(crate) provider: Provider,
    pub(crate) status: Option<CreateAccountStatus>,
    #[garde(dive)]
    pub(crate) travel_request: Option<TravelRequestReference>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct BillingAccountReference {
    #[garde(length(chars, min = 1, max = 50), custom(key_characters))]
    pub(crate) external_id: String,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Cardholder {
    #[garde(length(chars, max = 255), email)]
    pub(crate) email: Option<String>,
    #[garde(length(chars, max = 128))]
    pub(crate) employee_id: Option<String>,
    #[garde(length(chars, max = 32))]
    pub(crate) first_name: Option<String>,
    #[garde(length(chars, max = 32))]
    pub(crate) last_name: Option<String>,
    #[garde(inner(custom(uuid)))]
    pub(crate) user_id: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Provider {
    #[garde(length(chars, min = 2, max = 2), custom(country))]
    pub(crate) country_code: String,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct TravelRequestReference {
    #[garde(length(chars, min = 32, max = 32))]
    pub(crate) id: String,
}
