//! `Debug` never shows what the definition calls sensitive, and shows the rest.

use cards_from_spec::models;

use super::{
    json::Json,
    sample,
    spec::{Member, SPEC, Schema, Shape, letters},
    types::{MODELS, for_each_text_setter, model},
};

const CANARY: &str = "canary";

fn text(schema: &Schema, member: &Member) -> String {
    if member.sensitive { CANARY.to_owned() } else { format!("{} {}", schema.name, member.name) }
}

#[test]
fn values_keep_it_to_themselves() {
    let mut kept = 0;
    for model in MODELS.iter() {
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
        let names: Vec<String> =
            shown.split([' ', '{']).filter_map(|part| part.strip_suffix(':')).map(letters).collect();
        for member in &schema.members {
            assert!(names.contains(&letters(&member.name)), "{}.{} in {shown}", schema.name, member.name);
        }
        let presence = if schema.members.iter().any(|member| member.sensitive) { "[redacted]" } else { "" };
        assert!(shown.contains(presence), "{shown}");
    }
}

/// What a builder shows that knows a canary, for every setter of a text.
macro_rules! builders {
    ($($model:ident $setter:ident)*) => {
        fn builders() -> Vec<(&'static str, &'static str, [String; 2])> {
            vec![$({
                let builder = models::$model::builder().$setter(CANARY);
                (stringify!($model), stringify!($setter), [format!("{builder:?}"), format!("{builder:#?}")])
            }),*]
        }
    };
}

for_each_text_setter!(builders);

#[test]
fn builders_keep_it_to_themselves() {
    let builders = builders();
    let mut met = 0;
    for (name, setter, shown) in &builders {
        let Some(schema) = SPEC.find(name) else { continue };
        let member = schema.members.iter().find(|member| letters(&member.name) == letters(setter));
        let member = member.unwrap_or_else(|| panic!("{name} has no member for the setter {setter}"));
        // One member that is not to be shown, and the builder shows none.
        let hides = schema.members.iter().any(|member| member.sensitive);
        for shown in shown {
            assert!(shown.contains(CANARY) != hides && shown.contains(name), "{name}.{setter}: {shown}");
        }
        met += usize::from(member.sensitive);
    }
    // The setter of a text that may be null takes no plain text.
    let texts = |schema: &Schema| {
        let is_text = |member: &&Member| matches!(member.shape, Shape::Text(_)) && !member.nullable;
        schema.members.iter().filter(|member| member.sensitive).filter(is_text).count()
    };
    assert_eq!(met, SPEC.schemas.iter().map(texts).sum::<usize>());
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
