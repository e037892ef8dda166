//! The travel addendum, with rules for `garde`.

use garde::Validate;
use serde::Deserialize;
use specwright_runtime::Date;

use super::transactions::{Amount, CustomData};

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Travel {
    #[garde(dive)]
    pub(crate) base_fare: Option<Amount>,
    #[garde(length(chars, max = 20))]
    pub(crate) commodity_code: Option<String>,
    #[garde(length(chars, max = 7))]
    pub(crate) conjunction_id: Option<String>,
    #[garde(dive)]
    pub(crate) custom_data: Option<Vec<CustomData>>,
    #[garde(length(chars, max = 50))]
    pub(crate) customer_data: Option<String>,
    pub(crate) departure_date: Option<Date>,
    pub(crate) domestic: Option<bool>,
    pub(crate) electronic_ticket: Option<bool>,
    #[garde(length(chars, max = 30))]
    pub(crate) endorsements: Option<String>,
    #[garde(dive)]
    pub(crate) exchanged_ticket_amount: Option<Amount>,
    #[garde(length(chars, max = 30))]
    pub(crate) exchanged_ticket_number: Option<String>,
    pub(crate) issue_date: Option<Date>,
    #[garde(length(chars, max = 30))]
    pub(crate) issuing_carrier: Option<String>,
    pub(crate) number_of_legs: Option<i32>,
    #[garde(length(chars, max = 50))]
    pub(crate) passenger_name: Option<String>,
    #[garde(length(chars, max = 30))]
    pub(crate) refund_ticket_number: Option<String>,
    pub(crate) restrictions_apply: Option<bool>,
    #[garde(dive)]
    pub(crate) segments: Option<Vec<TravelDetail>>,
    #[garde(length(chars, max = 32))]
    pub(crate) ticket_number: Option<String>,
    #[garde(dive)]
    pub(crate) total_fare: Option<Amount>,
    #[garde(dive)]
    pub(crate) total_fee: Option<Amount>,
    #[garde(dive)]
    pub(crate) total_tax_amount: Option<Amount>,
    #[garde(length(chars, max = 8))]
    pub(crate) travel_agency_code: Option<String>,
    #[garde(length(chars, max = 50))]
    pub(crate) travel_agency_invoice_number: Option<String>,
    #[garde(length(chars, max = 50))]
    pub(crate) travel_agency_name: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct TravelDetail {
    #[garde(length(chars, max = 64))]
    pub(crate) arrival_country: Option<String>,
    pub(crate) arrival_date: Option<Date>,
    #[garde(length(chars, max = 64))]
    pub(crate) arrival_location: Option<String>,
    #[garde(length(chars, max = 4))]
    pub(crate) carrier_code: Option<String>,
    #[garde(length(chars, max = 32))]
    pub(crate) conjunction_ticket_number: Option<String>,
    #[garde(dive)]
    pub(crate) custom_data: Option<Vec<CustomData>>,
    #[garde(length(chars, max = 64))]
    pub(crate) departure_country: Option<String>,
    pub(crate) departure_date: Option<Date>,
    #[garde(length(chars, max = 64))]
    pub(crate) departure_location: Option<String>,
    #[garde(length(chars, max = 30))]
    pub(crate) endorsements: Option<String>,
    #[garde(length(chars, max = 32))]
    pub(crate) exchange_ticket_number: Option<String>,
    #[garde(dive)]
    pub(crate) fare: Option<Amount>,
    #[garde(dive)]
    pub(crate) fee: Option<Amount>,
    #[garde(length(chars, max = 8))]
    pub(crate) flight_number: Option<String>,
    pub(crate) foreign_arrival: Option<bool>,
    pub(crate) foreign_departure: Option<bool>,
    pub(crate) is_destination: Option<bool>,
    pub(crate) is_origin: Option<bool>,
    #[garde(length(chars, max = 8))]
    pub(crate) service_class: Option<String>,
    pub(crate) travel_leg_number: Option<i32>,
}
