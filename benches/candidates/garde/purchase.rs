//! The purchase addendum, with rules for `garde`.

use concur_cards::models::PurchaseTaxType;
use garde::Validate;
use serde::Deserialize;
use specwright_runtime::{Date, Decimal};

use super::transactions::{Address, Amount, CustomData};

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Purchase {
    #[garde(length(chars, max = 20))]
    pub(crate) commodity_code: Option<String>,
    #[garde(dive)]
    pub(crate) custom_data: Option<Vec<CustomData>>,
    #[garde(length(chars, max = 50))]
    pub(crate) description: Option<String>,
    #[garde(dive)]
    pub(crate) discount_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) duty_amount: Option<Amount>,
    #[garde(length(chars, max = 30))]
    pub(crate) invoice_number: Option<String>,
    #[garde(dive)]
    pub(crate) items: Option<Vec<PurchaseDetail>>,
    #[garde(length(chars, max = 30))]
    pub(crate) merchant_order_number: Option<String>,
    pub(crate) number_of_line_items: Option<i32>,
    pub(crate) order_date: Option<Date>,
    pub(crate) purchase_date: Option<Date>,
    #[garde(dive)]
    pub(crate) ship_from_address: Option<Box<Address>>,
    #[garde(dive)]
    pub(crate) ship_to_address: Option<Box<Address>>,
    #[garde(dive)]
    pub(crate) shipping_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) supplier_address: Option<Box<Address>>,
    #[garde(dive)]
    pub(crate) taxes: Option<Vec<PurchaseTax>>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct PurchaseDetail {
    #[garde(length(chars, max = 20))]
    pub(crate) commodity_code: Option<String>,
    #[garde(dive)]
    pub(crate) custom_data: Option<Vec<CustomData>>,
    #[garde(length(chars, max = 80))]
    pub(crate) description: Option<String>,
    #[garde(dive)]
    pub(crate) discount_amount: Option<Amount>,
    pub(crate) discount_applied: Option<bool>,
    #[garde(dive)]
    pub(crate) extended_amount: Option<Amount>,
    #[garde(length(chars, max = 52))]
    pub(crate) item_id: Option<String>,
    #[garde(dive)]
    pub(crate) quantity: Option<PurchaseQuantity>,
    pub(crate) sequence_number: Option<i32>,
    pub(crate) tax_included: Option<bool>,
    #[garde(dive)]
    pub(crate) total_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) unit_amount: Option<Amount>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct PurchaseTax {
    #[garde(dive)]
    pub(crate) amount: Amount,
    pub(crate) r#type: PurchaseTaxType,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct PurchaseQuantity {
    #[garde(length(chars, max = 20))]
    pub(crate) unit: Option<String>,
    pub(crate) value: Decimal,
}
