//! What the definition would have to say so that it agrees with a row of a page.

use serde_json::{Map, Value as Json, json};

use crate::api::{Api, Operation, SchemaId, SecurityScheme, SecuritySchemeKind, Shape};
use crate::pointer::Pointer;

use super::super::facts::{
    DocumentedField, DocumentedSchema, DocumentedValue, Facts, LimitKind, Requirement,
};
use super::super::read::same_name;
use super::super::rewrite::TextChange;
use super::super::surface::{self, Surface, SurfaceProperty};
use super::binding::Binding;
use super::terms::{known_format, wire_type};

/// Returns the changes that add a component for a table of fields.
pub(super) fn schema(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    section: &DocumentedSchema,
) -> Vec<TextChange> {
    let fields = section.fields.iter().map(|field| {
        let value = described(facts, api, bindings, field)?;
        Some((field.name.clone(), value))
    });
    let Some(properties) = fields.collect::<Option<Map<String, Json>>>() else { return Vec::new() };
    let required = section.fields.iter().filter(|field| field.required == Requirement::Required);
    let required: Vec<&str> = required.map(|field| &*field.name).collect();
    let mut value = json!({ "type": "object" });
    if !required.is_empty() {
        value["required"] = json!(required);
    }
    value["properties"] = Json::Object(properties);
    let at = Pointer::root().child("components").child("schemas");
    vec![TextChange::Set { at, key: component_name(&section.name), value }]
}

/// Returns the changes that add a property.
pub(super) fn field(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    of: &Binding,
    field: &DocumentedField,
) -> Vec<TextChange> {
    let Some(owner) = owner(api, of.schema) else { return Vec::new() };
    let Some(value) = described(facts, api, bindings, field) else { return Vec::new() };
    let mut changes = vec![TextChange::Set { at: owner.child("properties"), key: field.name.clone(), value }];
    if of.requires(api, field) == Some(true) {
        changes.push(TextChange::Append { list: owner.child("required"), value: field.name.clone().into() });
    }
    changes
}

/// Returns the object that has the properties of a schema: itself, or its first inline member with some.
fn owner(api: &Api, id: SchemaId) -> Option<Pointer> {
    let schema = &api.schemas[api.schemas.resolve(id)];
    let with_properties =
        |shape: &Shape| matches!(shape, Shape::Object(object) if !object.properties.is_empty());
    let inline = schema.all_of.iter().filter(|id| !api.schemas[**id].origin.is_component());
    let found = inline.copied().find(|id| with_properties(&api.schemas[*id].shape));
    let own = (with_properties(&schema.shape) || schema.all_of.is_empty()).then_some(&schema.at);
    own.or_else(|| found.map(|id| &api.schemas[id].at)).cloned()
}

/// Returns the change of `required`.
pub(super) fn required(property: &SurfaceProperty, documented: bool) -> Vec<TextChange> {
    let owner = property.at.parent().and_then(|properties| properties.parent());
    let Some(list) = owner.map(|owner| owner.child("required")) else { return Vec::new() };
    vec![if documented {
        TextChange::Append { list, value: property.name.clone().into() }
    } else {
        TextChange::Strike { list, value: property.name.clone() }
    }]
}

/// Returns the schema that states the type of a property, unless others share it.
fn own_schema<'a>(api: &'a Api, property: &SurfaceProperty, surface: &Surface) -> Option<&'a Pointer> {
    let at = &api.schemas[surface.typed_by?].at;
    at.tokens().starts_with(property.at.tokens()).then_some(at)
}

/// Returns the change of a keyword of a property; `None` as value: it goes.
pub(super) fn keyword(
    api: &Api,
    property: &SurfaceProperty,
    surface: &Surface,
    key: &str,
    value: Option<Json>,
) -> Vec<TextChange> {
    let at = own_schema(api, property, surface);
    let change = at.map(|at| match value {
        Some(value) => TextChange::Set { at: at.clone(), key: key.to_owned(), value },
        None => TextChange::Remove { at: at.child(key) },
    });
    change.into_iter().collect()
}

/// Returns the changes that give a property another type: what is said of values of the old one goes.
pub(super) fn other_type(
    api: &Api,
    property: &SurfaceProperty,
    surface: &Surface,
    type_name: &str,
) -> Vec<TextChange> {
    let mut changes = keyword(api, property, surface, "type", Some(type_name.into()));
    let Some(schema) = surface.typed_by.map(|id| &api.schemas[id]).filter(|_| !changes.is_empty()) else {
        return changes;
    };
    let stated: Vec<(&str, bool)> = match &schema.shape {
        Shape::String(text) => vec![
            ("format", text.format.is_some()),
            ("maxLength", text.max_length.is_some()),
            ("minLength", text.min_length.is_some()),
            ("pattern", text.pattern.is_some()),
        ],
        Shape::Integer(number) | Shape::Number(number) if matches!(type_name, "integer" | "number") => {
            vec![("format", number.format.is_some())]
        }
        Shape::Integer(number) | Shape::Number(number) => vec![
            ("format", number.format.is_some()),
            ("maximum", number.maximum.is_some()),
            ("minimum", number.minimum.is_some()),
        ],
        Shape::Array(array) => vec![
            ("items", array.items.is_some()),
            ("maxItems", array.max_items.is_some()),
            ("minItems", array.min_items.is_some()),
        ],
        _ => Vec::new(),
    };
    let stated = stated.into_iter().filter(|(_, is_stated)| *is_stated);
    changes.extend(stated.map(|(key, _)| TextChange::Remove { at: schema.at.child(key) }));
    changes
}

/// Returns the changes that add values to an enum, with labels and names where the others have some.
pub(super) fn more_values(
    api: &Api,
    property: &SurfaceProperty,
    surface: &Surface,
    values: &[&DocumentedValue],
) -> Vec<TextChange> {
    let listed_by = surface.listed_by.map(|id| &api.schemas[id]);
    let Some(at) = listed_by.map(|schema| &schema.at).or_else(|| own_schema(api, property, surface)) else {
        return Vec::new();
    };
    let known = listed_by
        .and_then(|schema| schema.enumeration.as_ref())
        .map(|found| &*found.values)
        .unwrap_or_default();
    let mut changes = Vec::new();
    for value in values {
        let number = value.value.parse::<i64>().ok().filter(|_| surface.type_name == Some("integer"));
        let entry = number.map_or_else(|| value.value.clone().into(), Json::from);
        changes.push(TextChange::Append { list: at.child("enum"), value: entry });
        if known.iter().any(|known| known.name.is_some()) {
            let name = component_name(value.label.as_deref().unwrap_or(&value.value));
            changes.push(TextChange::Append { list: at.child("x-enum-varnames"), value: name.into() });
        }
        if let (Some(label), true) = (&value.label, known.iter().any(|known| known.label.is_some())) {
            let at = at.child("x-enum-labels");
            changes.push(TextChange::Set { at, key: value.value.clone(), value: label.clone().into() });
        }
    }
    changes
}

/// Returns the changes that take values out of an enum. The last go first, as each moves those behind it.
pub(super) fn fewer_values(api: &Api, surface: &Surface, values: &[&str]) -> Vec<TextChange> {
    let Some(schema) = surface.listed_by.map(|id| &api.schemas[id]) else { return Vec::new() };
    let known = schema.enumeration.iter().flat_map(|enumeration| &enumeration.values).enumerate();
    let known: Vec<_> = known.collect();
    let mut changes = Vec::new();
    for (index, known) in known.into_iter().rev() {
        let Some(value) = known.value.as_str().filter(|value| values.contains(value)) else { continue };
        let list = schema.at.child("enum");
        changes.push(TextChange::Strike { list, value: value.to_owned() });
        if known.name.is_some() {
            changes.push(TextChange::Remove { at: schema.at.child("x-enum-varnames").child(index) });
        }
        if known.label.is_some() {
            changes.push(TextChange::Remove { at: schema.at.child("x-enum-labels").child(value) });
        }
    }
    changes
}

/// Returns the schema of a new property; `None` where the page does not say enough.
pub(super) fn described(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    field: &DocumentedField,
) -> Option<Json> {
    let reference = match &field.reference {
        Some(name) => {
            Some(json!({ "$ref": format!("#/components/schemas/{}", target(facts, api, bindings, name)?) }))
        }
        None => None,
    };
    let (type_name, implied) = wire_type(&field.type_name);
    let mut value = match (type_name, reference) {
        ("object" | "", Some(reference)) => return Some(reference),
        ("array", items) => json!({ "type": "array", "items": items.unwrap_or_else(|| json!({})) }),
        ("string" | "integer" | "number" | "boolean" | "object", None) => json!({ "type": type_name }),
        _ => return None,
    };
    let format = field.format.as_deref().and_then(known_format).or(implied);
    if let Some(format) = format.filter(|_| type_name == "string") {
        value["format"] = json!(format);
    }
    for limit in &field.limits {
        value[limit.kind.keyword()] = json!(limit.value);
    }
    if !field.values.is_empty() && !field.values_are_open {
        value["enum"] = field.values.iter().map(|value| value.value.clone()).collect();
        let labels =
            field.values.iter().filter_map(|value| Some((value.value.clone(), value.label.clone()?.into())));
        let labels: Map<String, Json> = labels.collect();
        if !labels.is_empty() {
            value["x-enum-labels"] = Json::Object(labels);
        }
    }
    if field.read_only {
        value["readOnly"] = json!(true);
    }
    if field.deprecated {
        value["deprecated"] = json!(true);
    }
    Some(value)
}

/// Returns the component that a page's reference means: a bound one, or the one that its table becomes.
pub(super) fn target(facts: &Facts, api: &Api, bindings: &[Binding], name: &str) -> Option<String> {
    let section = facts.schemas.iter().position(|section| same_name(&section.name, name));
    let bound = bindings.iter().find(|binding| Some(binding.section) == section);
    match (bound, section) {
        (Some(bound), _) => Some(surface::name(&api.schemas[bound.schema]).to_owned()),
        (None, Some(section)) => Some(component_name(&facts.schemas[section].name)),
        (None, None) => None,
    }
}

/// Returns the words of a text as one name, each with a capital letter.
pub(super) fn component_name(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]);
    words.collect()
}

/// Returns the change of a limit.
pub(super) fn limit(
    api: &Api,
    property: &SurfaceProperty,
    surface: &Surface,
    kind: LimitKind,
    value: u64,
) -> Vec<TextChange> {
    keyword(api, property, surface, kind.keyword(), Some(json!(value)))
}

/// Returns the change that adds the response of a failure. What a success returns, its section says in words.
pub(super) fn status(facts: &Facts, operation: &Operation, status: u16) -> Vec<TextChange> {
    if (200..300).contains(&status) {
        return Vec::new();
    }
    let (at, key) = (operation.at.child("responses"), status.to_string());
    vec![TextChange::Set { at, key, value: json!({ "description": title(facts, status) }) }]
}

/// Returns what the pages call a status.
pub(super) fn title(facts: &Facts, status: u16) -> String {
    let row = facts.statuses.iter().find(|row| row.status == status);
    let title = row.map(|row| &*row.title).filter(|title| !title.is_empty());
    title.map_or_else(|| format!("Status {status}"), str::to_owned)
}

/// Returns the change that adds a scope to the flows of the only scheme that has some.
pub(super) fn scope(api: &Api, scope: &str) -> Vec<TextChange> {
    let flows = api.security_schemes.iter().map(flows).filter(|flows| !flows.is_empty());
    let [flows] = &flows.collect::<Vec<_>>()[..] else { return Vec::new() };
    // What it permits is for a person to say.
    let (key, value) = (scope.to_owned(), Json::from(""));
    let add = |at: &Pointer| TextChange::Set { at: at.clone(), key: key.clone(), value: value.clone() };
    flows.iter().map(add).collect()
}

/// Returns where the scopes of each flow of a scheme stand.
pub(super) fn flows(scheme: &SecurityScheme) -> Vec<Pointer> {
    let SecuritySchemeKind::OAuth2 { flows, .. } = &scheme.kind else { return Vec::new() };
    let at = scheme.at.child("flows");
    flows.iter().map(|flow| at.child(flow.name).child("scopes")).collect()
}

/// Returns the change that lets an operation ask for a scope, where it has one way to be called.
pub(super) fn scope_of_operation(operation: &Operation, scope: &str) -> Vec<TextChange> {
    let Some([requirement]) = operation.security.as_deref() else { return Vec::new() };
    let [(scheme, scopes)] = requirement.schemes.as_slice() else { return Vec::new() };
    if scopes.is_empty() {
        return Vec::new();
    }
    let list = operation.at.child("security").child(0).child(scheme);
    vec![TextChange::Append { list, value: scope.into() }]
}
