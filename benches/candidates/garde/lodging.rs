//! The lodging addendum, with rules for `garde`.

use concur_cards::models::{LodgingChargeName, LodgingDetailFolioLineItemType, LodgingTaxType};
use garde::Validate;
use serde::Deserialize;
use specwright_runtime::Date;

use super::transactions::{Address, Amount, CustomData};

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Lodging {
    #[garde(dive)]
    pub(crate) adjustment_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) charges: Option<Vec<LodgingCharge>>,
    #[garde(length(chars, max = 30))]
    pub(crate) charges_description: Option<String>,
    pub(crate) check_in_date: Option<Date>,
    pub(crate) check_out_date: Option<Date>,
    #[garde(length(chars, max = 20))]
    pub(crate) commodity_code: Option<String>,
    #[garde(dive)]
    pub(crate) custom_data: Option<Vec<CustomData>>,
    #[garde(dive)]
    pub(crate) daily_room_rate: Option<Amount>,
    #[garde(dive)]
    pub(crate) daily_room_tax: Option<Amount>,
    #[garde(dive)]
    pub(crate) folio_line_items: Option<Vec<LodgingDetail>>,
    #[garde(length(chars, max = 50))]
    pub(crate) folio_number: Option<String>,
    #[garde(length(chars, max = 65))]
    pub(crate) guest_name: Option<String>,
    #[garde(dive)]
    pub(crate) lodging_address: Option<Box<Address>>,
    #[garde(length(chars, max = 30))]
    pub(crate) merchant_order_number: Option<String>,
    pub(crate) number_in_party: Option<i32>,
    pub(crate) number_of_room_nights: Option<i32>,
    pub(crate) number_of_rooms: Option<i32>,
    #[garde(length(chars, max = 6))]
    pub(crate) other_services_code: Option<String>,
    #[garde(dive)]
    pub(crate) prepaid_amount: Option<Amount>,
    #[garde(length(chars, max = 2))]
    pub(crate) program_code: Option<String>,
    #[garde(length(chars, max = 30))]
    pub(crate) property_id: Option<String>,
    #[garde(length(chars, max = 16))]
    pub(crate) property_phone_number: Option<String>,
    #[garde(length(chars, max = 15))]
    pub(crate) room_type: Option<String>,
    #[garde(dive)]
    pub(crate) taxes: Option<Vec<LodgingTax>>,
    #[garde(dive)]
    pub(crate) total_lodging_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) total_non_room_charge_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) total_tax_amount: Option<Amount>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct LodgingCharge {
    #[garde(dive)]
    pub(crate) amount: Amount,
    pub(crate) name: LodgingChargeName,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct LodgingDetail {
    #[garde(length(chars, max = 32))]
    pub(crate) description: Option<String>,
    pub(crate) folio_line_item_type: LodgingDetailFolioLineItemType,
    pub(crate) sequence_number: Option<i32>,
    #[garde(dive)]
    pub(crate) transaction_amount: Option<Amount>,
    pub(crate) transaction_date: Option<Date>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct LodgingTax {
    #[garde(dive)]
    pub(crate) amount: Amount,
    pub(crate) r#type: LodgingTaxType,
}
