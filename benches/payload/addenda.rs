//! The five addenda of a transaction, all amounts in its currency.

use super::{
    random::Random,
    tree::{Members, Tree},
    words::{address, amount, city, country, custom_data, date, guest, taxes},
};

pub(crate) fn car_rental(random: &mut Random, currency: &str) -> Tree {
    let charges = random.some(&["REGULAR", "ONEWAY", "LATE", "FUEL", "INSURANCE"], 3);
    Members::default()
        .with("charges", named_charges(random, currency, &charges))
        .text("classificationCode", "ICAR")
        .when(random.chance(40), "customData", || custom_data(random))
        .with("dailyRate", amount(random, currency))
        .with("maximumFreeDistance", Tree::object([("unit", Tree::text("KM")), ("value", Tree::count(500))]))
        .count("numberOfVehicles", 1)
        .with("pickupAddress", address(random))
        .text("pickupDate", date(random))
        .text("rentalAgreementNumber", format!("RA-{}", random.hex(8)))
        .count("rentalDays", 1 + random.below(14))
        .with("renterName", guest(random))
        .with("renterNotShown", Tree::Bool(false))
        .with("returnAddress", address(random))
        .text("returnDate", date(random))
        .with("totalDistance", Tree::object([("value", Tree::count(random.below(2000)))]))
        .with("weeklyRate", amount(random, currency))
        .object()
}

pub(crate) fn fleet(random: &mut Random, currency: &str) -> Tree {
    let item = |sequence: usize, random: &mut Random| {
        Members::default()
            .text("commodityCode", random.hex(6) + "x")
            .text(
                "description",
                random.pick(&["Diesel", "Motor oil 5W-30", "Car wash \"Deluxe\"", "AdBlue®"]),
            )
            .with("discountApplied", Tree::Bool(random.chance(20)))
            .with("quantity", quantity(random, "LTR"))
            .count("sequenceNumber", sequence)
            .with("totalAmount", amount(random, currency))
            .with("unitAmount", amount(random, currency))
            .object()
    };
    let items = (1..=1 + random.below(4)).map(|sequence| item(sequence, random)).collect();
    Members::default()
        .text("driverId", format!("D{}", random.hex(6)))
        .text("fuelType", random.pick(&["DIESEL", "GASOLINE", "CLNDIESEL", "UNDEF"]))
        .with("items", Tree::Array(items))
        .text("odometer", random.digits(6))
        .text("productType", random.pick(&["CARACC", "WASH", "OIL", "MISC", "TIRES"]))
        .with("quantity", quantity(random, "LTR"))
        .text("serviceType", random.pick(&["FULL", "SELF", "UNDEF"]))
        .with("totalAmount", amount(random, currency))
        .text("vehicleNumber", format!("V{}", random.hex(8)))
        .object()
}

pub(crate) fn lodging(random: &mut Random, currency: &str) -> Tree {
    let line = |sequence: usize, random: &mut Random| {
        Members::default()
            .text(
                "description",
                random.pick(&["Room", "Breakfast", "Wi-Fi", "Garage", "Zimmerservice für zwei"]),
            )
            .text("folioLineItemType", random.pick(&["RMRAT", "FOODX", "INTNT", "PRKNG", "RMTAX"]))
            .count("sequenceNumber", sequence)
            .with("transactionAmount", amount(random, currency))
            .text("transactionDate", date(random))
            .object()
    };
    let charges = random.some(&["BZCNT", "FOODX", "INTNT", "LNDRY", "MNBAR", "PRKNG"], 3);
    let lines = (1..=1 + random.below(5)).map(|sequence| line(sequence, random)).collect();
    Members::default()
        .with("charges", named_charges(random, currency, &charges))
        .text("checkInDate", date(random))
        .text("checkOutDate", date(random))
        .when(random.chance(40), "customData", || custom_data(random))
        .with("dailyRoomRate", amount(random, currency))
        .with("folioLineItems", Tree::Array(lines))
        .text("folioNumber", format!("F{}-51VD", random.digits(6)))
        .with("guestName", guest(random))
        .with("lodgingAddress", address(random))
        .count("numberInParty", 1 + random.below(3))
        .count("numberOfRoomNights", 1 + random.below(7))
        .count("numberOfRooms", 1)
        .text("propertyPhoneNumber", format!("+1 206 555 {}", random.digits(4)))
        .with("taxes", taxes(random, currency, &["ROOMTAX"]))
        .with("totalLodgingAmount", amount(random, currency))
        .with("totalNonRoomChargeAmount", amount(random, currency))
        .with("totalTaxAmount", amount(random, currency))
        .object()
}

pub(crate) fn purchase(random: &mut Random, currency: &str) -> Tree {
    let item = |sequence: usize, random: &mut Random| {
        Members::default()
            .when(random.chance(30), "customData", || custom_data(random))
            .text(
                "description",
                random.pick(&["Paper A4", "Toner (black)", "Stuhl \"Ergo\"", "ノート", "Mouse/Pad"]),
            )
            .with("discountApplied", Tree::Bool(random.chance(20)))
            .with("extendedAmount", amount(random, currency))
            .text("itemId", format!("SKU-{}", random.hex(8)))
            .with("quantity", quantity(random, "EA"))
            .count("sequenceNumber", sequence)
            .with("taxIncluded", Tree::Bool(true))
            .with("totalAmount", amount(random, currency))
            .with("unitAmount", amount(random, currency))
            .object()
    };
    let items: Vec<Tree> = (1..=1 + random.below(5)).map(|sequence| item(sequence, random)).collect();
    Members::default()
        .text("description", "Office supplies")
        .with("dutyAmount", amount(random, currency))
        .text("invoiceNumber", format!("INV-{}", random.hex(8)))
        .count("numberOfLineItems", items.len())
        .with("items", Tree::Array(items))
        .text("orderDate", date(random))
        .with("shipToAddress", address(random))
        .with("shippingAmount", amount(random, currency))
        .with("taxes", taxes(random, currency, &["SHIPPINGVAT"]))
        .object()
}

pub(crate) fn travel(random: &mut Random, currency: &str) -> Tree {
    let segments: Vec<Tree> = (1..=1 + random.below(4)).map(|leg| segment(random, currency, leg)).collect();
    Members::default()
        .with("baseFare", amount(random, currency))
        .when(random.chance(40), "customData", || custom_data(random))
        .text("departureDate", date(random))
        .with("domestic", Tree::Bool(random.chance(40)))
        .with("electronicTicket", Tree::Bool(true))
        .text("issueDate", date(random))
        .text("issuingCarrier", "Blue Sky Air")
        .count("numberOfLegs", segments.len())
        .with("passengerName", guest(random))
        .with("segments", Tree::Array(segments))
        .text("ticketNumber", format!("016{}", random.digits(10)))
        .with("totalFare", amount(random, currency))
        .with("totalFee", amount(random, currency))
        .with("totalTaxAmount", amount(random, currency))
        .text("travelAgencyName", random.pick(&["Lindenhaven Travel", "Agence Évasion"]))
        .object()
}

fn segment(random: &mut Random, currency: &str, leg: usize) -> Tree {
    Members::default()
        .text("arrivalCountry", country(random))
        .text("arrivalDate", date(random))
        .text("arrivalLocation", city(random))
        .text("carrierCode", "BS")
        .when(random.chance(15), "customData", || custom_data(random))
        .text("departureCountry", country(random))
        .text("departureDate", date(random))
        .text("departureLocation", city(random))
        .with("fare", amount(random, currency))
        .text("flightNumber", format!("BS{}", random.digits(3)))
        .with("isOrigin", Tree::Bool(leg == 1))
        .text("serviceClass", random.pick(&["C", "F", "Y"]))
        .count("travelLegNumber", leg)
        .object()
}

fn quantity(random: &mut Random, unit: &str) -> Tree {
    let value = format!("{}.{}", random.below(90), random.below(1000));
    Tree::object([("unit", Tree::text(unit)), ("value", Tree::number(value))])
}

/// One charge of each of the names.
fn named_charges(random: &mut Random, currency: &str, names: &[&str]) -> Tree {
    let charge = |name: &&str| {
        Members::default().with("amount", amount(random, currency)).text("name", *name).object()
    };
    Tree::Array(names.iter().map(charge).collect())
}
