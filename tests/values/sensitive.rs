//! `Debug` never shows what the definition calls sensitive, and shows the rest.

use cards_from_spec::models;

use super::{
    json::Json,
    sample,
    spec::{Member, SPEC, Schema},
    types::{MODELS, model},
};

const CANARY: &str = "canary";

fn text(schema: &Schema, member: &Member) -> String {
    if member.sensitive { CANARY.to_owned() } else { format!("{} {}", schema.name, member.name) }
}

#[test]
fn values_keep_it_to_themselves() {
    let mut kept = 0;
    for model in MODELS {
        let value = sample::full(model.name, &text).to_string();
        kept += value.matches(CANARY).count();
        assert_eq!((model.recode)(&value).unwrap().matches(CANARY).count(), value.matches(CANARY).count());
        for shown in (model.debug)(&value).unwrap() {
            assert!(!shown.contains(CANARY), "{}: {shown}", model.name);
        }
    }
    assert!(kept > SPEC.sensitive().count());
}

#[test]
fn values_show_the_rest() {
    for schema in &SPEC.schemas {
        let value = sample::full(&schema.name, &text).to_string();
        let [shown, _] = (model(&schema.name).debug)(&value).unwrap();
        // The strings that are free have the name of their schema and member in them.
        for visible in value.split('"').filter(|text| text.contains(' ')) {
            assert!(shown.contains(visible), "{}: {visible} in {shown}", schema.name);
        }
        for member in &schema.members {
            let name = format!("{}: ", snake_case(&member.name));
            assert!(shown.contains(&name), "{}: {name} in {shown}", schema.name);
        }
        let presence = if schema.members.iter().any(|member| member.sensitive) { "[redacted]" } else { "" };
        assert!(shown.contains(presence), "{shown}");
    }
}

/// `lastName` as `last_name`, which is all that the names of this definition need.
fn snake_case(name: &str) -> String {
    let letter = |letter: char| match letter {
        'A'..='Z' => format!("_{}", letter.to_ascii_lowercase()),
        _ => letter.to_string(),
    };
    name.chars().map(letter).collect()
}

/// What a builder shows that knows a canary, for every sensitive member.
macro_rules! builders {
    ($($schema:ident $member:literal $setter:ident)*) => {
        fn builders() -> Vec<(&'static str, &'static str, [String; 2])> {
            vec![$({
                let builder = models::$schema::builder().$setter(CANARY);
                (stringify!($schema), $member, [format!("{builder:?}"), format!("{builder:#?}")])
            }),*]
        }
    };
}

builders! {
    CreateAccount "externalId" external_id
    CreateAccount "lastSegment" last_segment
    CreateAccount "nameOnCard" name_on_card
    BillingAccountReference "externalId" external_id
    Cardholder "email" email
    Cardholder "employeeId" employee_id
    Cardholder "firstName" first_name
    Cardholder "lastName" last_name
    TransactionAccountReference "externalId" external_id
    CarRental "renterName" renter_name
    Fleet "driverId" driver_id
    Lodging "guestName" guest_name
    Travel "customerData" customer_data
    Travel "passengerName" passenger_name
    ErrorResponse "errorMessage" error_message
    Error "errorMessage" error_message
    Address "streetAddress" street_address
    CustomData "value" value
}

#[test]
fn builders_keep_it_to_themselves() {
    let builders = builders();
    let here: Vec<_> = builders.iter().map(|(schema, member, _)| (*schema, *member)).collect();
    assert_eq!(here, SPEC.sensitive().collect::<Vec<_>>());
    for (schema, member, shown) in builders {
        for shown in shown {
            assert!(!shown.contains(CANARY) && shown.contains(schema), "{schema}.{member}: {shown}");
        }
    }
}

#[test]
fn builders_of_what_holds_such_values_keep_it_too() {
    let decode = |schema: &str| sample::full(schema, &text).to_string();
    let lodging: models::Lodging = serde_json::from_str(&decode("Lodging")).unwrap();
    let account: models::TransactionAccountReference =
        serde_json::from_str(&decode("TransactionAccountReference")).unwrap();
    let builder = models::CreateTransaction::builder().account(account).lodging(lodging);
    let shown = format!("{builder:?}");
    assert!(!shown.contains(CANARY) && shown.contains("Lodging folioNumber"), "{shown}");
}

/// A number in the place of a string, which is what a card number may come as.
#[test]
fn decoding_errors_keep_it_to_themselves() {
    for (schema, member) in SPEC.sensitive() {
        for value in ["4111111111111111", "4111111111111111.5", r#"["4111111111111111"]"#] {
            let mut json = sample::minimal(schema);
            json.members().insert(member.to_owned(), Json::Number(value.to_owned()));
            let error = (model(schema).recode)(&json.to_string()).unwrap_err().to_string();
            assert!(!error.contains("4111111111111111"), "{schema}.{member}: {error}");
        }
    }
}
