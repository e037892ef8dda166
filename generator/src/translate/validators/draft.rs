//! The keywords of one schema object, and how those of two are joined.
//!
//! The join is exact, or there is none: then the second becomes a table of its own beside the first.

use super::codes::TableCodes;
use super::limits::{self, CountLimit};
use super::scalars::{self, NumberDraft, TextDraft};
use super::values::enum_value;
use crate::api::{self, Additional, Api, EnumValue, Keyword, Schema, SchemaId, Shape};
use crate::decimal;
use crate::rust::validators::{CodeRef, Scalar};

/// The keywords of one schema object, or of several joined.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) shape: DraftShape,
    /// Values of other types are allowed.
    pub(super) other_types: bool,
    /// `enum`
    pub(super) values: Option<(Vec<Scalar>, CodeRef)>,
    pub(super) wrong_type: Option<CodeRef>,
    /// Rules, each as the schema that states it and its index there.
    pub(super) rules: Vec<(SchemaId, usize)>,
}

#[derive(Debug, Clone)]
pub(super) enum DraftShape {
    Any,
    Boolean,
    Number(NumberDraft),
    Text(TextDraft),
    Array(ArrayDraft),
    Object(ObjectDraft),
}

#[derive(Debug, Clone)]
pub(super) struct ArrayDraft {
    /// All of them apply.
    pub(super) items: Vec<SchemaId>,
    pub(super) min: CountLimit,
    pub(super) max: CountLimit,
    pub(super) unique: Option<CodeRef>,
}

#[derive(Debug, Clone)]
pub(super) struct ObjectDraft {
    /// Name to schemas, all of which apply.
    pub(super) properties: Vec<(String, Vec<SchemaId>)>,
    pub(super) required: Vec<String>,
    pub(super) additional: AdditionalDraft,
    pub(super) min: CountLimit,
    pub(super) max: CountLimit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AdditionalDraft {
    Unstated,
    Any,
    Forbidden(CodeRef),
    Schemas(Vec<SchemaId>),
}

impl Draft {
    pub(super) fn any() -> Self {
        Self { shape: DraftShape::Any, other_types: false, values: None, wrong_type: None, rules: Vec::new() }
    }

    /// Returns the keywords of the schema itself.
    pub(super) fn of(api: &Api, codes: &mut TableCodes<'_>, id: SchemaId) -> Self {
        let schema = &api.schemas[id];
        let shape = DraftShape::of(api, codes, id, &schema.shape);
        let values = schema.enumeration.as_ref().map(|enumeration| {
            let is_stated = |value: &&EnumValue| !(schema.nullable && value.value.is_null());
            let values = enumeration.values.iter().filter(is_stated).map(enum_value);
            (values.collect(), codes.keyword(schema, Keyword::Enum, "INVALID_ENUM"))
        });
        let wrong_type = if matches!(shape, DraftShape::Any) { None } else { codes.wrong_type(schema) };
        let rules = (0..schema.rules.len()).map(|rule| (id, rule)).collect();
        Self { shape, other_types: schema.is_implied, values, wrong_type, rules }
    }

    /// Returns what keywords say of values of a further type.
    pub(super) fn of_further(api: &Api, codes: &mut TableCodes<'_>, id: SchemaId, index: usize) -> Self {
        let shape = &api.schemas[id].further[index];
        Self { shape: DraftShape::of(api, codes, id, shape), other_types: true, ..Self::any() }
    }

    /// Returns true if the keywords name members of an object.
    pub(super) fn has_properties(&self) -> bool {
        matches!(&self.shape, DraftShape::Object(object) if !object.properties.is_empty())
    }

    /// Returns true if one says something of further members, and the other names such members.
    pub(super) fn limits_names_of(&self, other: &Self) -> bool {
        let (DraftShape::Object(one), DraftShape::Object(other)) = (&self.shape, &other.shape) else {
            return false;
        };
        let limits = |one: &ObjectDraft, other: &ObjectDraft| {
            let is_known = |name: &str| one.properties.iter().any(|(known, _)| known == name);
            matches!(one.additional, AdditionalDraft::Forbidden(_) | AdditionalDraft::Schemas(_))
                && !other.properties.iter().all(|(name, _)| is_known(name))
        };
        limits(one, other) || limits(other, one)
    }

    /// Joins both, if one table can hold them.
    pub(super) fn join(self, other: Self) -> Option<Self> {
        let values = match (self.values, other.values) {
            (Some((known, _)), Some((more, code))) => {
                let is_known = |value: &Scalar| known.iter().any(|known| is_same(known, value));
                Some((more.into_iter().filter(is_known).collect(), code))
            }
            (known, more) => known.or(more),
        };
        let mut rules = self.rules;
        rules.extend(other.rules);
        let is_loose = |draft: &DraftShape, other_types| other_types || matches!(draft, DraftShape::Any);
        let other_types = is_loose(&self.shape, self.other_types)
            && is_loose(&other.shape, other.other_types)
            && (self.other_types || other.other_types);
        let shape = match (self.other_types, other.other_types) {
            _ if self.shape.has_type_of(&other.shape) => self.shape.join(other.shape)?,
            // What a schema says of one type has no effect on values of another.
            (true, false) => other.shape,
            (false, true) => self.shape,
            _ => return None,
        };
        Some(Self { shape, other_types, values, wrong_type: self.wrong_type.or(other.wrong_type), rules })
    }
}

/// Returns whether both are the same value: `1` is `1.0`.
fn is_same(one: &Scalar, other: &Scalar) -> bool {
    match (one, other) {
        (Scalar::Number(one), Scalar::Number(other)) => decimal::compare(one, other).is_eq(),
        _ => one == other,
    }
}

impl DraftShape {
    fn of(api: &Api, codes: &mut TableCodes<'_>, id: SchemaId, shape: &Shape) -> Self {
        let schema = &api.schemas[id];
        match shape {
            Shape::Any | Shape::Alias(_) => Self::Any,
            Shape::Boolean => Self::Boolean,
            Shape::Integer(number) => Self::Number(scalars::number(codes, schema, number, true)),
            Shape::Number(number) => Self::Number(scalars::number(codes, schema, number, false)),
            Shape::String(text) => Self::Text(scalars::text(codes, id, schema, text)),
            Shape::Array(array) => Self::Array(ArrayDraft {
                items: array.items.filter(|_| !has_first_items(schema)).into_iter().collect(),
                min: limits::count(codes, schema, array.min_items, Keyword::MinItems, "TOO_FEW_ITEMS"),
                max: limits::count(codes, schema, array.max_items, Keyword::MaxItems, "TOO_MANY_ITEMS"),
                unique: array
                    .unique_items
                    .then(|| codes.keyword(schema, Keyword::UniqueItems, "DUPLICATE_ITEM")),
            }),
            Shape::Object(own) => Self::Object(object(codes, schema, own)),
        }
    }

    /// Returns whether both are about values of the same type, or one is about any.
    fn has_type_of(&self, other: &Self) -> bool {
        matches!(self, Self::Any)
            || matches!(other, Self::Any)
            || std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    fn join(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Any, shape) | (shape, Self::Any) => shape,
            (Self::Boolean, Self::Boolean) => Self::Boolean,
            (Self::Number(one), Self::Number(other)) => Self::Number(one.join(other)?),
            (Self::Text(one), Self::Text(other)) => Self::Text(one.join(other)?),
            (Self::Array(one), Self::Array(other)) => Self::Array(one.join(other)),
            (Self::Object(one), Self::Object(other)) => Self::Object(one.join(other)),
            _ => return None,
        })
    }
}

impl ArrayDraft {
    fn join(mut self, other: Self) -> Self {
        add(&mut self.items, other.items);
        Self {
            items: self.items,
            min: limits::greater(self.min, other.min),
            max: limits::less(self.max, other.max),
            unique: self.unique.or(other.unique),
        }
    }
}

impl ObjectDraft {
    fn join(mut self, other: Self) -> Self {
        for (name, schemas) in other.properties {
            match self.properties.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => add(known, schemas),
                None => self.properties.push((name, schemas)),
            }
        }
        for name in other.required {
            if !self.required.contains(&name) {
                self.required.push(name);
            }
        }
        Self {
            properties: self.properties,
            required: self.required,
            additional: self.additional.join(other.additional),
            min: limits::greater(self.min, other.min),
            max: limits::less(self.max, other.max),
        }
    }
}

impl AdditionalDraft {
    /// A part that says something about further members means those that no part names: only parts of which
    /// that is so are joined.
    fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unstated, other) => other,
            (known, Self::Unstated) => known,
            (Self::Forbidden(code), _) | (_, Self::Forbidden(code)) => Self::Forbidden(code),
            (Self::Schemas(mut known), Self::Schemas(more)) => {
                add(&mut known, more);
                Self::Schemas(known)
            }
            (Self::Schemas(known), Self::Any) | (Self::Any, Self::Schemas(known)) => Self::Schemas(known),
            (Self::Any, Self::Any) => Self::Any,
        }
    }
}

fn object(codes: &mut TableCodes<'_>, schema: &Schema, object: &api::Object) -> ObjectDraft {
    let required = object.properties.iter().filter(|property| property.required);
    let required = required.map(|property| property.name.clone());
    let properties = object.properties.iter();
    ObjectDraft {
        properties: properties.map(|property| (property.name.clone(), vec![property.schema])).collect(),
        required: required.chain(object.required_elsewhere.iter().cloned()).collect(),
        additional: match &object.additional {
            // Which members are further ones depends on more than the names of properties.
            _ if has_patterns(schema) => AdditionalDraft::Any,
            Additional::Unstated if looks_at_members(schema) => AdditionalDraft::Any,
            Additional::Unstated => AdditionalDraft::Unstated,
            Additional::Any => AdditionalDraft::Any,
            Additional::Forbidden => AdditionalDraft::Forbidden(codes.keyword(
                schema,
                Keyword::AdditionalProperties,
                "FORBIDDEN_PROPERTY",
            )),
            Additional::Schema(id) => AdditionalDraft::Schemas(vec![*id]),
        },
        min: limits::count(
            codes,
            schema,
            object.min_properties,
            Keyword::MinProperties,
            "TOO_FEW_PROPERTIES",
        ),
        max: limits::count(
            codes,
            schema,
            object.max_properties,
            Keyword::MaxProperties,
            "TOO_MANY_PROPERTIES",
        ),
    }
}

/// Returns true if further members are those that match no pattern either.
fn has_patterns(schema: &Schema) -> bool {
    schema.beyond.as_ref().is_some_and(|beyond| !beyond.pattern_properties.is_empty())
}

fn looks_at_members(schema: &Schema) -> bool {
    schema.beyond.as_ref().is_some_and(|beyond| beyond.looks_at_members())
}

/// Returns true if `items` is about the items after the first ones.
fn has_first_items(schema: &Schema) -> bool {
    schema.beyond.as_ref().is_some_and(|beyond| !beyond.prefix_items.is_empty())
}

/// Appends the ids that are not known yet.
fn add(known: &mut Vec<SchemaId>, more: Vec<SchemaId>) {
    for id in more {
        if !known.contains(&id) {
            known.push(id);
        }
    }
}
