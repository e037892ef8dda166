//! Keywords and rules as short notes, each with the code that breaking it raises.

use crate::api::{
    Additional, Api, CheckedFormat, Condition, DataPath, DataStep, ErrorCode, Keyword, Limit, Rule, RuleKind,
    RuleSeverity, Schema, Shape,
};

use super::super::page::{CodeLink, RuleNote, Target};

/// Returns the notes of a schema, without those on its members.
pub(super) fn notes(api: &Api, schema: &Schema) -> Vec<RuleNote> {
    let mut notes = Vec::new();
    for shape in std::iter::once(&schema.shape).chain(&schema.further) {
        for (keyword, text) in of_shape(shape) {
            notes.push(RuleNote { text, code: of_keyword(api, schema, keyword) });
        }
        if let Some((format, text)) = format(shape) {
            notes.push(RuleNote { text, code: of_format(api, schema, format) });
        }
    }
    if schema.codes.contains_key(&Keyword::Type) {
        notes.push(RuleNote { text: "type".to_owned(), code: of_keyword(api, schema, Keyword::Type) });
    }
    if let Some(enumeration) = &schema.enumeration {
        let text = format!("enum of {}", enumeration.values.len());
        notes.push(RuleNote { text, code: of_keyword(api, schema, Keyword::Enum) });
    }
    if !schema.preferred_values.is_empty() {
        let text = format!("{} preferred values, not enforced", schema.preferred_values.len());
        notes.push(RuleNote { text, code: None });
    }
    notes.extend(
        schema.rules.iter().map(|rule| RuleNote { text: text(&rule.kind), code: of_rule(api, rule) }),
    );
    notes
}

/// Returns the note of a member that must be present; the code is that of the member's own schema.
pub(super) fn required(api: &Api, schema: &Schema) -> RuleNote {
    RuleNote { text: "required".to_owned(), code: of_keyword(api, schema, Keyword::Required) }
}

fn of_shape(shape: &Shape) -> Vec<(Keyword, String)> {
    let mut found = Vec::new();
    let mut count = |keyword: Keyword, value: Option<u64>| {
        found.extend(value.map(|value| (keyword, format!("{} {value}", name(keyword)))));
    };
    match shape {
        Shape::Any | Shape::Alias(_) | Shape::Boolean => {}
        Shape::Integer(number) | Shape::Number(number) => {
            for (keyword, limit) in [(Keyword::Minimum, &number.minimum), (Keyword::Maximum, &number.maximum)]
            {
                found.extend(limit.as_ref().map(|limit| (keyword, bound(keyword, limit))));
            }
            let step = number.multiple_of.as_ref();
            found.extend(step.map(|step| (Keyword::MultipleOf, format!("multipleOf {step}"))));
        }
        Shape::String(text) => {
            count(Keyword::MinLength, text.min_length);
            count(Keyword::MaxLength, text.max_length);
            let pattern = text.pattern.as_ref();
            found.extend(pattern.map(|pattern| (Keyword::Pattern, format!("pattern {pattern}"))));
        }
        Shape::Array(array) => {
            count(Keyword::MinItems, array.min_items);
            count(Keyword::MaxItems, array.max_items);
            if array.unique_items {
                found.push((Keyword::UniqueItems, "uniqueItems".to_owned()));
            }
        }
        Shape::Object(object) => {
            count(Keyword::MinProperties, object.min_properties);
            count(Keyword::MaxProperties, object.max_properties);
            if !object.required_elsewhere.is_empty() {
                let names = object.required_elsewhere.join(", ");
                found.push((Keyword::Required, format!("required: {names}")));
            }
            if object.additional == Additional::Forbidden {
                found.push((Keyword::AdditionalProperties, "no other members".to_owned()));
            }
        }
    }
    found
}

fn bound(keyword: Keyword, limit: &Limit) -> String {
    let exclusive = if limit.exclusive { ", exclusive" } else { "" };
    format!("{} {}{exclusive}", name(keyword), limit.value)
}

/// Returns the name of a keyword in the document.
pub(super) fn name(keyword: Keyword) -> &'static str {
    Keyword::ALL.into_iter().find(|(known, _)| *known == keyword).map_or("", |(_, name)| name)
}

fn format(shape: &Shape) -> Option<(&str, String)> {
    let format = match shape {
        Shape::Integer(number) | Shape::Number(number) => number.format.as_deref()?,
        // Others are notes for people; validators do not know them.
        Shape::String(text) => text.format.as_deref().filter(|name| CheckedFormat::of(name).is_some())?,
        _ => return None,
    };
    Some((format, format!("format {format}")))
}

fn of_keyword(api: &Api, schema: &Schema, keyword: Keyword) -> Option<CodeLink> {
    let name = schema.codes.get(&keyword).or_else(|| api.error_codes.keywords.get(&keyword))?;
    link(api, name, schema.severities.get(&keyword).copied())
}

fn of_format(api: &Api, schema: &Schema, format: &str) -> Option<CodeLink> {
    let name = schema.codes.get(&Keyword::Format).or_else(|| api.error_codes.formats.get(format))?;
    link(api, name, schema.severities.get(&Keyword::Format).copied())
}

fn of_rule(api: &Api, rule: &Rule) -> Option<CodeLink> {
    link(api, rule.code.as_ref()?, rule.severity)
}

fn link(api: &Api, name: &str, severity: Option<RuleSeverity>) -> Option<CodeLink> {
    let is_named = |code: &ErrorCode| code.name == name;
    let index = api.error_codes.codes.iter().position(is_named)?;
    let severity = severity.unwrap_or(api.error_codes.codes[index].severity);
    let is_warning = severity == RuleSeverity::Warning;
    Some(CodeLink { name: name.to_owned(), target: Target::Code(index), is_warning })
}

fn text(kind: &RuleKind) -> String {
    match kind {
        RuleKind::UniqueBy { key } => format!("no two items have the same {key}"),
        RuleKind::AtMostOneOf { properties } => format!("at most one of {}", properties.join(", ")),
        RuleKind::RequiredWhen { property, when } => format!("{property} required when {}", condition(when)),
        RuleKind::ForbiddenWhen { property, when } => {
            format!("{property} forbidden when {}", condition(when))
        }
        RuleKind::SameValue { reference, fields } => {
            let fields: Vec<String> = fields.iter().map(path).collect();
            format!("{} has the value of {}", fields.join(", "), path(reference))
        }
        RuleKind::NoReferenceTo { from, key, when } => {
            format!("{} is not the {key} of an item where {}", path(from), condition(when))
        }
        RuleKind::NoCardNumber => "no payment card number".to_owned(),
    }
}

fn condition(when: &Condition) -> String {
    let values: Vec<String> = when.values.iter().map(ToString::to_string).collect();
    format!("{} is {}", when.property, values.join(" or "))
}

fn path(path: &DataPath) -> String {
    let mut text = String::new();
    for step in &path.steps {
        match step {
            DataStep::EachItem => text.push_str("[]"),
            DataStep::Property(name) => push(&mut text, name),
            DataStep::AnyDepth => push(&mut text, "**"),
        }
    }
    text
}

fn push(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}
