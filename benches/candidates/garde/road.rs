//! The addenda of car rental and fleet, with rules for `garde`.

use concur_cards::models::{CarRentalChargeName, FleetFuelType, FleetProductType, FleetServiceType};
use garde::Validate;
use serde::Deserialize;
use specwright_runtime::{Date, Decimal};

use super::transactions::{Address, Amount, CustomData, Distance};

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct CarRental {
    #[garde(dive)]
    pub(crate) adjustment_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) charges: Option<Vec<CarRentalCharge>>,
    #[garde(length(chars, max = 32))]
    pub(crate) classification_code: Option<String>,
    #[garde(length(chars, max = 20))]
    pub(crate) commodity_code: Option<String>,
    #[garde(dive)]
    pub(crate) custom_data: Option<Vec<CustomData>>,
    #[garde(dive)]
    pub(crate) daily_rate: Option<Amount>,
    #[garde(dive)]
    pub(crate) extra_charge_amount: Option<Amount>,
    #[garde(length(chars, max = 6))]
    pub(crate) extra_charge_code: Option<String>,
    #[garde(dive)]
    pub(crate) extra_distance_rate: Option<Amount>,
    #[garde(dive)]
    pub(crate) maximum_free_distance: Option<Distance>,
    #[garde(dive)]
    pub(crate) mileage_rate: Option<Amount>,
    pub(crate) number_of_vehicles: Option<i32>,
    #[garde(dive)]
    pub(crate) pickup_address: Option<Box<Address>>,
    pub(crate) pickup_date: Option<Date>,
    #[garde(length(chars, max = 30))]
    pub(crate) pickup_property_id: Option<String>,
    #[garde(length(chars, max = 50))]
    pub(crate) rental_agreement_number: Option<String>,
    pub(crate) rental_days: Option<i32>,
    #[garde(length(chars, max = 50))]
    pub(crate) renter_name: Option<String>,
    pub(crate) renter_not_shown: Option<bool>,
    #[garde(dive)]
    pub(crate) return_address: Option<Box<Address>>,
    pub(crate) return_date: Option<Date>,
    #[garde(length(chars, max = 30))]
    pub(crate) return_property_id: Option<String>,
    #[garde(dive)]
    pub(crate) total_distance: Option<Distance>,
    #[garde(dive)]
    pub(crate) weekly_rate: Option<Amount>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct CarRentalCharge {
    #[garde(dive)]
    pub(crate) amount: Amount,
    pub(crate) name: CarRentalChargeName,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct Fleet {
    #[garde(dive)]
    pub(crate) discount_amount: Option<Amount>,
    #[garde(length(chars, max = 17))]
    pub(crate) driver_id: Option<String>,
    pub(crate) fuel_type: FleetFuelType,
    #[garde(dive)]
    pub(crate) items: Option<Vec<FleetDetail>>,
    #[garde(length(chars, max = 8))]
    pub(crate) odometer: Option<String>,
    pub(crate) product_type: FleetProductType,
    #[garde(dive)]
    pub(crate) quantity: Option<FleetQuantity>,
    pub(crate) service_type: FleetServiceType,
    #[garde(dive)]
    pub(crate) total_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) unit_amount: Option<Amount>,
    #[garde(length(chars, max = 20))]
    pub(crate) vehicle_number: Option<String>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct FleetDetail {
    #[garde(length(chars, max = 20))]
    pub(crate) commodity_code: Option<String>,
    #[garde(length(chars, max = 80))]
    pub(crate) description: Option<String>,
    #[garde(dive)]
    pub(crate) discount_amount: Option<Amount>,
    pub(crate) discount_applied: Option<bool>,
    #[garde(dive)]
    pub(crate) extended_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) quantity: Option<FleetQuantity>,
    pub(crate) sequence_number: Option<i32>,
    #[garde(dive)]
    pub(crate) total_amount: Option<Amount>,
    #[garde(dive)]
    pub(crate) unit_amount: Option<Amount>,
}

#[derive(Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
#[garde(allow_unvalidated)]
pub(crate) struct FleetQuantity {
    #[garde(length(chars, max = 20))]
    pub(crate) unit: Option<String>,
    pub(crate) value: Decimal,
}
