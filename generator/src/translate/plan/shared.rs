//! Inline schemas that say the same, apart from names and documentation: they share one type.

use std::collections::{BTreeMap, BTreeSet};

use super::both::Joined;
use super::plans::{Plan, Plans};
use crate::api::{
    Additional, Api, Array, Composition, Discriminator, EnumValue, Limit, Number, Object, Origin, Property,
    Schema, SchemaId, Shape, Text,
};

/// Lets equal inline schemas share a type. Schemas that the user names keep that name, so two of them never
/// share one.
pub(super) fn share(api: &Api, joined: &Joined, plans: &mut Plans, named: &BTreeMap<String, String>) {
    let mut groups: BTreeMap<usize, Vec<SchemaId>> = BTreeMap::new();
    let mut classes = Classes::new(api, plans);
    for (id, schema) in api.schemas.iter() {
        if is_item(&plans[id]) && may_share(&schema.origin) && !joined.is_step(id) {
            groups.entry(classes.of(id)).or_default().push(id);
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let (chosen, others): (BTreeSet<SchemaId>, BTreeSet<SchemaId>) =
            group.into_iter().partition(|id| named.contains_key(&api.schemas[*id].at.to_string()));
        // The type is that of a value, so a schema that allows no `null` describes it best.
        let plain = others.iter().find(|id| !api.schemas[**id].nullable);
        let Some(first) = chosen.first().or(plain).or(others.first()) else { continue };
        for id in &others {
            plans.types[id.0] = *first;
        }
        let all: BTreeSet<SchemaId> = others.iter().chain([first]).copied().collect();
        if all.len() > 1 {
            plans.shared.insert(*first, all.into_iter().collect());
        }
    }
}

/// Returns whether the schema becomes a type of its own.
fn is_item(plan: &Plan) -> bool {
    matches!(plan, Plan::Struct(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_) | Plan::Union(_))
}

/// Returns whether a schema there may share its type. Components have types of their own; parts of `allOf`
/// rarely have any.
fn may_share(origin: &Origin) -> bool {
    !matches!(
        origin,
        Origin::Component(_) | Origin::Member { keyword: Composition::AllOf | Composition::Not, .. }
    )
}

/// A keyword, a value, or a reference of a schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Keyword(&'static str),
    Name(&'a str),
    /// A number or another value, as JSON writes it.
    Value(String),
    Count(u64),
    Flag(bool),
    /// The class of another schema.
    Class(usize),
}

/// A number for each schema, the same for equal ones. References count by the numbers of their targets.
struct Classes<'a> {
    api: &'a Api,
    plans: &'a Plans,
    known: BTreeMap<Vec<Part<'a>>, usize>,
    numbers: Vec<Option<usize>>,
    /// The schemas that are being read: a reference to one of them is a cycle.
    open: BTreeSet<SchemaId>,
    next: usize,
}

impl<'a> Classes<'a> {
    fn new(api: &'a Api, plans: &'a Plans) -> Self {
        let numbers = vec![None; api.schemas.0.len()];
        Self { api, plans, known: BTreeMap::new(), numbers, open: BTreeSet::new(), next: 0 }
    }

    fn of(&mut self, id: SchemaId) -> usize {
        if let Some(class) = self.numbers[id.0] {
            return class;
        }
        if !self.open.insert(id) {
            // Whatever leads back to itself is equal to nothing else.
            return self.fresh();
        }
        let class = if is_alone(&self.api.schemas[id]) {
            self.fresh()
        } else {
            let content = self.content(id);
            if let Some(class) = self.known.get(&content) {
                *class
            } else {
                let class = self.fresh();
                self.known.insert(content, class);
                class
            }
        };
        self.open.remove(&id);
        self.numbers[id.0] = Some(class);
        class
    }

    fn fresh(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// Returns all that a schema says about values. Every member of the API model is named here, so that a
    /// new one is not forgotten.
    fn content(&mut self, id: SchemaId) -> Vec<Part<'a>> {
        let Schema {
            at: _,
            origin: _,
            docs,
            documented_as: _,
            // These say how the schema is used, so they count where it is used.
            nullable: _,
            read_only: _,
            write_only: _,
            sensitive,
            default,
            shape,
            is_implied,
            further,
            beyond,
            enumeration,
            preferred_values,
            all_of,
            one_of,
            any_of,
            not,
            discriminator,
            rules: _,
            codes: _,
            severities: _,
        } = &self.api.schemas[id];
        let mut parts =
            vec![Part::Keyword(kind(&self.plans[id])), Part::Flag(*sensitive), Part::Flag(docs.deprecated)];
        parts.extend(default.iter().map(|default| Part::Value(default.to_string())));
        self.shape(&mut parts, shape);
        parts.push(Part::Flag(*is_implied));
        if beyond.is_some() || !further.is_empty() {
            // Schemas with such keywords are rarely equal, and never taken for it.
            parts.push(Part::Class(self.fresh()));
        }
        if let Some(enumeration) = enumeration {
            parts.push(Part::Keyword("enum"));
            for EnumValue { value, exact, label, name } in &enumeration.values {
                parts.push(Part::Value(value.to_string()));
                parts.extend(exact.iter().map(|exact| Part::Value(exact.to_string())));
                push_name(&mut parts, label.as_deref());
                push_name(&mut parts, name.as_deref());
            }
        }
        for (value, label) in preferred_values {
            parts.extend([Part::Keyword("preferred"), Part::Name(value), Part::Name(label)]);
        }
        self.references(&mut parts, "allOf", all_of);
        self.references(&mut parts, "oneOf", one_of.iter().flat_map(|union| &union.members));
        self.references(&mut parts, "anyOf", any_of.iter().flat_map(|union| &union.members));
        self.references(&mut parts, "not", not);
        if let Some(Discriminator { property, mapping, shared: _ }) = discriminator {
            parts.extend([Part::Keyword("discriminator"), Part::Name(property)]);
            for (value, target) in mapping {
                parts.push(Part::Name(value));
                self.reference(&mut parts, *target);
            }
        }
        parts
    }

    fn shape(&mut self, parts: &mut Vec<Part<'a>>, shape: &'a Shape) {
        match shape {
            Shape::Any => parts.push(Part::Keyword("any")),
            Shape::Alias(target) => self.references(parts, "alias", [target]),
            Shape::Boolean => parts.push(Part::Keyword("boolean")),
            Shape::Integer(number) => push_number(parts, "integer", number),
            Shape::Number(number) => push_number(parts, "number", number),
            Shape::String(Text { format, min_length, max_length, pattern }) => {
                parts.push(Part::Keyword("string"));
                push_name(parts, format.as_deref());
                push_count(parts, *min_length);
                push_count(parts, *max_length);
                push_name(parts, pattern.as_deref());
            }
            Shape::Array(Array { items, min_items, max_items, unique_items }) => {
                parts.extend([Part::Keyword("array"), Part::Flag(*unique_items)]);
                push_count(parts, *min_items);
                push_count(parts, *max_items);
                self.references(parts, "items", items);
            }
            Shape::Object(object) => self.object(parts, object),
        }
    }

    fn object(&mut self, parts: &mut Vec<Part<'a>>, object: &'a Object) {
        let Object {
            properties,
            required_elsewhere,
            // Positions in the document.
            required_entries: _,
            additional,
            min_properties,
            max_properties,
        } = object;
        parts.push(Part::Keyword("object"));
        push_count(parts, *min_properties);
        push_count(parts, *max_properties);
        // What a property says beside a reference is documentation.
        for Property { name, schema, required, description: _ } in properties {
            parts.extend([Part::Name(name), Part::Flag(*required)]);
            self.reference(parts, *schema);
        }
        for name in required_elsewhere {
            parts.extend([Part::Keyword("required"), Part::Name(name)]);
        }
        match additional {
            Additional::Unstated => {}
            Additional::Any => parts.push(Part::Keyword("additionalProperties any")),
            Additional::Forbidden => parts.push(Part::Keyword("additionalProperties none")),
            Additional::Schema(id) => self.references(parts, "additionalProperties", [id]),
        }
    }

    fn references<'i>(
        &mut self,
        parts: &mut Vec<Part<'a>>,
        keyword: &'static str,
        targets: impl IntoIterator<Item = &'i SchemaId>,
    ) {
        for target in targets {
            parts.push(Part::Keyword(keyword));
            self.reference(parts, *target);
        }
    }

    /// Adds a reference, with what the target says about its use.
    fn reference(&mut self, parts: &mut Vec<Part<'a>>, target: SchemaId) {
        let schema = &self.api.schemas[target];
        let flags = [schema.nullable, schema.read_only, schema.write_only];
        parts.push(Part::Class(self.of(target)));
        parts.extend(flags.map(Part::Flag));
    }
}

/// Returns whether a schema is equal to no other: components, those with rules or error codes of their own,
/// and members of a choice that extend something, whose type depends on the choice.
fn is_alone(schema: &Schema) -> bool {
    let extends = matches!(schema.origin, Origin::Member { .. }) && !schema.all_of.is_empty();
    let has_rules = !schema.rules.is_empty() || !schema.codes.is_empty() || !schema.severities.is_empty();
    schema.origin.is_component() || extends || has_rules
}

fn kind(plan: &Plan) -> &'static str {
    match plan {
        Plan::Struct(_) => "struct",
        Plan::StringEnum(_) | Plan::IntegerEnum(_) => "enum",
        Plan::Union(_) => "union",
        _ => "other",
    }
}

fn push_name<'a>(parts: &mut Vec<Part<'a>>, name: Option<&'a str>) {
    parts.push(name.map_or(Part::Keyword("none"), Part::Name));
}

fn push_count(parts: &mut Vec<Part<'_>>, count: Option<u64>) {
    parts.push(count.map_or(Part::Keyword("none"), Part::Count));
}

fn push_number<'a>(parts: &mut Vec<Part<'a>>, keyword: &'static str, number: &'a Number) {
    let Number { format, minimum, maximum, multiple_of } = number;
    parts.push(Part::Keyword(keyword));
    push_name(parts, format.as_deref());
    for limit in [minimum, maximum] {
        match limit {
            Some(Limit { value, exclusive }) => {
                parts.extend([Part::Value(value.to_string()), Part::Flag(*exclusive)]);
            }
            None => parts.push(Part::Keyword("none")),
        }
    }
    parts.extend(multiple_of.iter().map(|value| Part::Value(value.to_string())));
}
