//! Builders: they name what is missing, all of it, and build what the same JSON decodes to.

use cards_from_spec::models::{self, CreateAccount, CreateTransaction};
use specwright_runtime::{Date, Decimal, LocalTimestamp, Severity, Violation};

use super::{
    json::Json,
    spec::{Member, SPEC, Shape},
    types::{MODELS, encode},
};

fn paths<'a>(violations: impl IntoIterator<Item = &'a Violation>) -> Vec<&'a str> {
    violations.into_iter().map(Violation::data_path).collect()
}

#[test]
fn empty_ones_report_every_required_member() {
    let (code, message) = SPEC.code("required");
    for model in MODELS.iter() {
        // A builder sets what has a single value.
        let has_choice =
            |member: &&Member| !matches!(&member.shape, Shape::Enum(values) if values.len() == 1);
        let required = SPEC.schema(model.name).required().filter(has_choice);
        let required: Vec<&str> = required.map(|member| member.name.as_str()).collect();
        match (model.build_empty)() {
            Ok(encoded) => assert_eq!((encoded.as_str(), required.len()), ("{}", 0), "{}", model.name),
            Err(violations) => {
                let mut reported = paths(&violations);
                reported.sort_unstable();
                let mut expected = required;
                expected.sort_unstable();
                assert_eq!(reported, expected, "{}", model.name);
                for violation in &violations {
                    let told = (violation.code(), violation.message(), violation.severity());
                    assert_eq!(told, (code, message, Severity::Error), "{}", model.name);
                }
            }
        }
    }
}

#[test]
fn what_was_given_is_not_reported() {
    let violations = CreateAccount::builder().external_id("a").last_segment("1853").build().unwrap_err();
    let mut missing = paths(&violations);
    let required = SPEC.schema("CreateAccount").required().map(|member| member.name.as_str());
    let mut expected: Vec<&str> =
        required.filter(|name| !["externalId", "lastSegment"].contains(name)).collect();
    missing.sort_unstable();
    expected.sort_unstable();
    assert_eq!(missing, expected);
}

#[test]
fn an_account_is_what_its_json_decodes_to() {
    let text = r#"{
        "accountType": "V",
        "billedCurrency": "EUR",
        "billingAccount": {"externalId": "main-1"},
        "cardBrand": "VI",
        "cardProductDescription": "Lindenhaven Virtual",
        "cardProductType": "CORP",
        "cardholder": {
            "email": "m.jansen@lindenhaven.example",
            "employeeId": "77",
            "firstName": "Mila",
            "lastName": "Jansen",
            "userId": "0c9a3f4e-71d6-4b0a-9a55-d2c8e6b7f013"
        },
        "externalId": "virtual-42",
        "lastSegment": "9035",
        "liabilityType": "XBXP",
        "nameOnCard": "MILA JANSEN",
        "provider": {"countryCode": "NL"},
        "status": "A",
        "travelRequest": {"id": "7a52b19c"}
    }"#;
    let cardholder = models::Cardholder::builder()
        .email("m.jansen@lindenhaven.example")
        .employee_id("77")
        .first_name("Mila")
        .last_name("Jansen")
        .user_id("0c9a3f4e-71d6-4b0a-9a55-d2c8e6b7f013");
    let account = CreateAccount::builder()
        .account_type(models::CreateAccountType::Virtual)
        .billed_currency("EUR")
        .billing_account(models::BillingAccountReference::builder().external_id("main-1").build().unwrap())
        .card_brand(models::CreateAccountCardBrand::Visa)
        .card_product_description("Lindenhaven Virtual")
        .card_product_type(models::CreateAccountCardProductType::CorporateCard)
        .cardholder(cardholder.build().unwrap())
        .external_id("virtual-42")
        .last_segment("9035")
        .liability_type("XBXP")
        .name_on_card("MILA JANSEN")
        .provider(models::Provider::builder().country_code("NL").build().unwrap())
        .status(models::CreateAccountStatus::Active)
        .travel_request(models::TravelRequestReference::builder().id("7a52b19c").build().unwrap())
        .build()
        .unwrap();
    assert_eq!(account, serde_json::from_str(text).unwrap());
    assert_eq!(written_as(text, &account), [""; 0]);
}

/// Where the JSON of a value differs from a text; equality of values leaves out zeros at the end of a number.
fn written_as<T: serde::Serialize>(text: &str, value: &T) -> Vec<String> {
    Json::parse(text).unwrap().differences(&Json::parse(&encode(value)).unwrap())
}

fn usd(value: &str) -> models::Amount {
    models::Amount::builder().currency_code("USD").value(value.parse::<Decimal>().unwrap()).build().unwrap()
}

fn lodging() -> models::Lodging {
    let charge = models::LodgingCharge::builder().amount(usd("19.90")).name("INTNT").build().unwrap();
    models::Lodging::builder()
        .charges([charge])
        .check_in_date("2022-08-14".parse::<Date>().unwrap())
        .folio_number("F344145-51VD")
        .guest_name("DOE,JOHN")
        .number_of_room_nights(3)
        .total_lodging_amount(usd("360"))
        .build()
        .unwrap()
}

#[test]
fn a_transaction_with_lodging_is_what_its_json_decodes_to() {
    let text = r#"{
        "account": {"externalId": "a-1"},
        "billedAmount": {"currencyCode": "USD", "value": 405.10},
        "customData": [{"id": "custom1", "value": "x"}, {"id": "custom2"}],
        "externalId": "t-1",
        "lodging": {
            "charges": [{
                "amount": {"currencyCode": "USD", "value": 19.90},
                "name": "INTNT"
            }],
            "checkInDate": "2022-08-14",
            "folioNumber": "F344145-51VD",
            "guestName": "DOE,JOHN",
            "numberOfRoomNights": 3,
            "totalLodgingAmount": {"currencyCode": "USD", "value": 360}
        },
        "merchant": {"name": "ACME"},
        "postedAmount": {"currencyCode": "USD", "value": 405.10},
        "postedDate": "2018-08-19",
        "transactionAmount": {"currencyCode": "USD", "value": 405.1},
        "transactionDate": "2018-08-17",
        "transactionDateTime": "2018-08-17T09:15:23.000",
        "type": "RPE"
    }"#;
    let transaction_day = Date::new(2018, 8, 17).unwrap();
    let custom = models::CustomData::builder;
    let transaction = CreateTransaction::builder()
        .account(models::TransactionAccountReference::builder().external_id("a-1").build().unwrap())
        .billed_amount(usd("405.10"))
        .custom_data(vec![
            custom().id("custom1").value("x").build().unwrap(),
            custom().id("custom2").build().unwrap(),
        ])
        .external_id("t-1")
        .lodging(lodging())
        .merchant(models::Merchant::builder().name("ACME").build().unwrap())
        .posted_amount(usd("405.10"))
        .posted_date(Date::new(2018, 8, 19).unwrap())
        .transaction_amount(usd("405.1"))
        .transaction_date(transaction_day)
        .transaction_date_time(LocalTimestamp::new(transaction_day, 9, 15, 23, 0).unwrap())
        .r#type(models::CreateTransactionType::RegularTransaction)
        .build()
        .unwrap();
    assert_eq!(transaction, serde_json::from_str(text).unwrap());
    assert_eq!(written_as(text, &transaction), [""; 0]);
}
