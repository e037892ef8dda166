//! What is absent stays absent, and what is there but empty stays there.

use super::{
    json::Json,
    sample,
    spec::{SPEC, Shape},
    types::{MODELS, survives},
};

#[test]
fn nothing_is_invented() {
    for model in MODELS.iter() {
        let minimal = sample::minimal(model.name);
        survives(model, &minimal, &minimal).unwrap();
        let encoded = (model.recode)(&minimal.to_string()).unwrap();
        assert!(!encoded.contains("null"), "{encoded}");
    }
}

#[test]
fn one_optional_member_comes_alone() {
    for model in MODELS.iter() {
        for member in SPEC.schema(model.name).optional() {
            let mut value = sample::minimal(model.name);
            value.members().insert(member.name.clone(), sample::minimal_value(&member.shape));
            survives(model, &value, &value).unwrap();
        }
    }
}

#[test]
fn null_reads_as_absent() {
    for model in MODELS.iter() {
        let minimal = sample::minimal(model.name);
        let mut all = minimal.clone();
        for member in SPEC.schema(model.name).optional().filter(|member| !member.nullable) {
            let mut one = minimal.clone();
            one.members().insert(member.name.clone(), Json::Null);
            survives(model, &one, &minimal).unwrap();
            all.members().insert(member.name.clone(), Json::Null);
        }
        survives(model, &all, &minimal).unwrap();
    }
}

#[test]
fn null_is_kept_where_it_is_a_value() {
    for model in MODELS.iter() {
        for member in SPEC.schema(model.name).members.iter().filter(|member| member.nullable) {
            let mut value = sample::minimal(model.name);
            value.members().insert(member.name.clone(), Json::Null);
            survives(model, &value, &value).unwrap();
        }
    }
}

#[test]
fn empty_is_not_absent() {
    for model in MODELS.iter() {
        let mut value = sample::minimal(model.name);
        for member in &SPEC.schema(model.name).members {
            let empty = match &member.shape {
                Shape::Text(_) | Shape::Enum(_) => Json::text(""),
                shape => sample::minimal_value(shape),
            };
            value.members().insert(member.name.clone(), empty);
        }
        survives(model, &value, &value).unwrap();
    }
}

#[test]
fn a_value_of_which_nothing_is_required_may_be_empty() {
    for model in MODELS.iter() {
        let outcome = (model.recode)("{}");
        let may_be_empty = SPEC.schema(model.name).required().next().is_none();
        assert_eq!(outcome.ok().as_deref(), may_be_empty.then_some("{}"), "{}", model.name);
    }
}
