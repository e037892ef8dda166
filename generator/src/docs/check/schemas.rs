//! Tables of fields against component schemas.

use std::collections::BTreeSet;

use crate::api::{Api, SchemaId};
use crate::pointer::NodePart;

use super::super::draft::{DraftFinding, Spot};
use super::super::facts::{DocumentedField, DocumentedSchema, Facts, LimitKind};
use super::super::finding::DocsClass;
use super::super::lock::LockChanges;
use super::super::read::same_name;
use super::super::surface::{self, Surface, SurfaceProperty};
use super::binding::Binding;
use super::drafts::{differs, lacks, listed, undocumented};
use super::terms::{known_format, wire_type};
use super::{changes, removals};

/// Compares every bound schema with its section.
pub(super) fn compare(
    facts: &Facts,
    api: &Api,
    since: &LockChanges,
    bindings: &[Binding],
    drafts: &mut Vec<DraftFinding>,
) {
    for (index, section) in facts.schemas.iter().enumerate() {
        let bound: Vec<&Binding> = bindings.iter().filter(|binding| binding.section == index).collect();
        let forms: Vec<(&Binding, Vec<SurfaceProperty>)> =
            bound.into_iter().map(|binding| (binding, surface::properties(api, binding.schema))).collect();
        for field in &section.fields {
            let former = since.former_field(&section.name, &field.name);
            compare_field(facts, api, bindings, &Row { section, field, former }, &forms, drafts);
        }
        for (binding, properties) in &forms {
            let known = |name: &str| {
                section.fields.iter().any(|field| {
                    field.name == name || since.former_field(&section.name, &field.name) == Some(name)
                })
            };
            for property in properties.iter().filter(|property| !known(&property.name)) {
                let subject = subject(api, binding, &property.name);
                let message = format!("the table of `{}` has no such field", section.name);
                let draft = undocumented("field", &subject, message, &property.at).at(Spot::Page(section.at));
                let draft =
                    draft.changes(removals::property(api, since, &section.name, binding.schema, property));
                drafts.push(draft.help("remove the property, or list a deviation"));
            }
        }
    }
}

fn subject(api: &Api, binding: &Binding, field: &str) -> String {
    format!("{}.{field}", surface::name(&api.schemas[binding.schema]))
}

/// A row of a table of fields.
struct Row<'a> {
    section: &'a DocumentedSchema,
    field: &'a DocumentedField,
    /// The name that the field had when the lock was written, if it had another.
    former: Option<&'a str>,
}

fn compare_field(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    row: &Row<'_>,
    forms: &[(&Binding, Vec<SurfaceProperty>)],
    drafts: &mut Vec<DraftFinding>,
) {
    let (mut found, Row { section, field, former }) = (false, row);
    for (binding, properties) in forms {
        let subject = subject(api, binding, &field.name);
        let Some(property) = properties.iter().find(|property| property.name == field.name) else {
            let former = properties.iter().find(|property| Some(&*property.name) == *former);
            if let Some(property) = former {
                found = true;
                drafts.push(other_name(api, binding, &subject, field, property));
            }
            continue;
        };
        found = true;
        let surface = surface::surface(api, property.schema);
        drafts.extend(requirement(api, binding, &subject, field, property));
        compare_type(api, &subject, field, property, &surface, drafts);
        compare_values(api, &subject, field, property, &surface, drafts);
        compare_limits(api, &subject, field, property, &surface, drafts);
        drafts.extend(reference(facts, api, bindings, &subject, field, property, &surface));
    }
    if let (false, Some((binding, _))) = (found, forms.first()) {
        let message = format!("the table of `{}` has this field, the schema has not", section.name);
        let draft = lacks("field", &subject(api, binding, &field.name), message, field.at)
            .at(Spot::Definition(api.schemas[binding.schema].at.clone(), NodePart::Key))
            .changes(changes::field(facts, api, bindings, binding, field));
        drafts.push(draft.help("add the property"));
    }
}

fn other_name(
    api: &Api,
    binding: &Binding,
    subject: &str,
    field: &DocumentedField,
    property: &SurfaceProperty,
) -> DraftFinding {
    let message = format!("the table has this field where it had `{}`, in the same words", property.name);
    differs("field", subject, message, field.at, &property.at)
        .changes(removals::other_name(api, binding.schema, property, &field.name))
        .help("give the property the new name")
}

fn requirement(
    api: &Api,
    binding: &Binding,
    subject: &str,
    field: &DocumentedField,
    property: &SurfaceProperty,
) -> Option<DraftFinding> {
    let documented = binding.requires(api, field)?;
    if documented == property.required {
        return None;
    }
    let (page, definition) = if documented { ("required", "not") } else { ("optional", "required") };
    let message = format!("{page} on the page, {definition} in the definition");
    let draft = differs("required", subject, message, field.text_at, &property.at);
    let draft = draft.changes(changes::required(property, documented));
    Some(draft.help(if documented { "add it to `required`" } else { "remove it from `required`" }))
}

/// Compares type and format; what numbers are stored in is no question of the wire.
pub(super) fn compare_type(
    api: &Api,
    subject: &str,
    field: &DocumentedField,
    property: &SurfaceProperty,
    surface: &Surface,
    drafts: &mut Vec<DraftFinding>,
) {
    let stated = field.type_name.to_lowercase();
    let (type_name, implied) = wire_type(&stated);
    let Some(defined) = surface.type_name else { return };
    if type_name != defined && !type_name.is_empty() {
        let message = format!("`{stated}` on the page, `{defined}` in the definition");
        drafts.push(
            differs("type", subject, message, field.type_at, &property.at)
                .changes(changes::other_type(api, property, surface, type_name))
                .help(format!("change `type` to `{type_name}`")),
        );
        return;
    }
    let is_enum = !surface.values.is_empty();
    if (stated == "enum") != is_enum && type_name == "string" && implied.is_none() {
        let (page, definition) = if is_enum { ("string", "enum") } else { ("enum", "string") };
        let message = format!("{page} on the page, {definition} in the definition");
        let draft = differs("type", subject, message, field.type_at, &property.at);
        drafts.push(draft.help("follow the page, or list a deviation"));
    }
    if defined != "string" {
        return;
    }
    let documented = field.format.as_deref().and_then(known_format).or(implied);
    if documented == surface.format.as_deref() {
        return;
    }
    let name = |format: Option<&str>| format.map_or("no format".to_owned(), |format| format!("`{format}`"));
    let (page, definition) = (name(documented), name(surface.format.as_deref()));
    let message = format!("{page} on the page, {definition} in the definition");
    let draft = differs("format", subject, message, field.format_at, &property.at);
    let draft = draft.changes(changes::keyword(api, property, surface, "format", documented.map(Into::into)));
    drafts.push(draft.help("change `format`, or list a deviation"));
}

fn compare_values(
    api: &Api,
    subject: &str,
    field: &DocumentedField,
    property: &SurfaceProperty,
    surface: &Surface,
    drafts: &mut Vec<DraftFinding>,
) {
    let documented: Vec<&str> = field.values.iter().map(|value| value.value.as_str()).collect();
    let defined: Vec<&str> = if field.values_are_open {
        surface.preferred.iter().map(|(value, _)| value.as_str()).collect()
    } else {
        surface.values.iter().map(|(value, _)| value.as_str()).collect()
    };
    // Where the definition has no list at all, the type is the finding that counts.
    let silent = field.values_are_open || (defined.is_empty() && !documented.is_empty());
    let class = if silent { DocsClass::Note } else { DocsClass::Contract };
    let (page, definition) = (only_in(&documented, &defined), only_in(&defined, &documented));
    let (mut more, mut fewer) = (Vec::new(), Vec::new());
    if !field.values_are_open {
        let new: Vec<_> = field.values.iter().filter(|value| page.contains(&&*value.value)).collect();
        more = changes::more_values(api, property, surface, &new);
        fewer = changes::fewer_values(api, surface, &definition);
    }
    let kind = if field.values_are_open { "preferred-values" } else { "values" };
    let has_list = !field.values.is_empty() || field.type_name == "enum";
    for (names, whose, help, changes) in [
        (page, "on the page alone", "add what the page lists", more),
        (definition, "in the definition alone", "remove what the page does not list", fewer),
    ] {
        if !names.is_empty() && has_list {
            let message = format!("{whose}: {}", listed(&names));
            let draft = DraftFinding::new(class, kind, subject, message)
                .at(Spot::Page(field.text_at))
                .at(Spot::Definition(property.at.clone(), NodePart::Key))
                .changes(changes);
            drafts.push(draft.help(help));
        }
    }
    for value in &field.values {
        let Some(label) = value.label.as_deref() else { continue };
        let own =
            surface.values.iter().find(|(own, _)| *own == value.value).and_then(|(_, own)| own.as_deref());
        let preferred = surface.preferred.iter().find(|(own, _)| *own == value.value);
        let own = own.or(preferred.map(|(_, label)| label.as_str()));
        if own.is_some_and(|own| own != label) {
            let message = format!("`{}` has another label on the page", value.value);
            let draft = DraftFinding::new(DocsClass::Note, "label", subject, message)
                .at(Spot::Page(field.text_at))
                .at(Spot::Definition(property.at.clone(), NodePart::Key));
            drafts.push(draft.help("take the page's label over, or list a deviation"));
        }
    }
}

fn only_in<'n>(names: &[&'n str], others: &[&str]) -> Vec<&'n str> {
    let others: BTreeSet<&str> = others.iter().copied().collect();
    names.iter().copied().filter(|name| !others.contains(name)).collect()
}

/// Compares what the page states. Limits that it does not state come from elsewhere and are left alone.
fn compare_limits(
    api: &Api,
    subject: &str,
    field: &DocumentedField,
    property: &SurfaceProperty,
    surface: &Surface,
    drafts: &mut Vec<DraftFinding>,
) {
    for limit in &field.limits {
        let defined = surface.limits.iter().find(|(kind, _)| *kind == limit.kind).map(|(_, value)| *value);
        if defined != Some(limit.value) {
            let draft = limit_differs(subject, limit.kind, limit.value, defined, field, property);
            drafts.push(draft.changes(changes::limit(api, property, surface, limit.kind, limit.value)));
        }
    }
    if let Some(default) = &field.default {
        let label = |value: &str| {
            surface.values.iter().find(|(own, _)| own == value).and_then(|(_, label)| label.clone())
        };
        let same = surface.default.as_ref().is_some_and(|own| {
            own.eq_ignore_ascii_case(default)
                || label(own).is_some_and(|label| label.eq_ignore_ascii_case(default))
        });
        if !same {
            let own = surface.default.as_deref().unwrap_or("nothing");
            let message = format!("`{default}` on the page, `{own}` in the definition");
            let draft = differs("default", subject, message, field.text_at, &property.at);
            drafts.push(draft.help("change `default`"));
        }
    }
    if field.read_only && !surface.read_only {
        let message = "read-only on the page, not in the definition".to_owned();
        let draft = differs("read-only", subject, message, field.text_at, &property.at);
        let draft = draft.changes(changes::keyword(api, property, surface, "readOnly", Some(true.into())));
        drafts.push(draft.help("add `readOnly: true`"));
    }
    if field.deprecated != surface.deprecated {
        let message = if field.deprecated {
            "deprecated on the page alone"
        } else {
            "deprecated in the definition alone"
        };
        let draft = differs("deprecated", subject, message.to_owned(), field.text_at, &property.at);
        let value = field.deprecated.then(|| true.into());
        let draft = draft.changes(changes::keyword(api, property, surface, "deprecated", value));
        drafts.push(draft.help("change `deprecated`"));
    }
}

fn limit_differs(
    subject: &str,
    kind: LimitKind,
    value: u64,
    defined: Option<u64>,
    field: &DocumentedField,
    property: &SurfaceProperty,
) -> DraftFinding {
    let keyword = kind.keyword();
    let own = defined.map_or("none".to_owned(), |own| own.to_string());
    let message = format!("`{keyword}` is {value} on the page, {own} in the definition");
    let draft = differs("limit", subject, message, field.text_at, &property.at);
    draft.help(format!("change it to `{keyword}: {value}`"))
}

fn reference(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    subject: &str,
    field: &DocumentedField,
    property: &SurfaceProperty,
    surface: &Surface,
) -> Option<DraftFinding> {
    let documented = field.reference.as_deref()?;
    let section = facts.schemas.iter().position(|section| same_name(&section.name, documented));
    let defined = surface.reference;
    let same = |id: SchemaId| match section {
        Some(index) => bindings.iter().any(|binding| binding.section == index && binding.schema == id),
        None => same_name(surface::name(&api.schemas[id]), documented),
    };
    if defined.is_some_and(same) {
        return None;
    }
    let own =
        defined.map_or("no component".to_owned(), |id| format!("`{}`", surface::name(&api.schemas[id])));
    let message = format!("`{documented}` on the page, {own} in the definition");
    let draft = differs("reference", subject, message, field.format_at, &property.at);
    Some(draft.help("refer to the schema of that section"))
}
