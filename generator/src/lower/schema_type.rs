//! The values of `type`, and the keywords that each of them has.

/// The values of `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

const NAMES: [(&str, SchemaType); 6] = [
    ("boolean", SchemaType::Boolean),
    ("integer", SchemaType::Integer),
    ("number", SchemaType::Number),
    ("string", SchemaType::String),
    ("array", SchemaType::Array),
    ("object", SchemaType::Object),
];

impl SchemaType {
    /// Returns the name of the type in a document.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, known)| *known == self).map_or("any", |(name, _)| name)
    }

    /// Returns the keywords that apply to this type alone.
    pub(super) fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Boolean => &[],
            Self::Integer | Self::Number => OF_NUMBERS,
            Self::String => OF_STRINGS,
            Self::Array => OF_ARRAYS,
            Self::Object => OF_OBJECTS,
        }
    }

    /// Returns the type of that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, schema_type)| *schema_type)
    }

    /// Returns whether `format` applies to values of this type.
    pub(super) fn has_format(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::String)
    }
}

pub(super) const OF_STRINGS: &[&str] = &["pattern", "minLength", "maxLength"];
pub(super) const OF_NUMBERS: &[&str] =
    &["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
pub(super) const OF_ARRAYS: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];
pub(super) const OF_OBJECTS: &[&str] =
    &["properties", "additionalProperties", "required", "minProperties", "maxProperties"];
/// Keywords of JSON Schema 2020-12 that look at items again.
pub(super) const OF_ARRAYS_BEYOND: &[&str] = &["prefixItems", "contains", "unevaluatedItems"];
/// Keywords of JSON Schema 2020-12 that look at members again.
pub(super) const OF_OBJECTS_BEYOND: &[&str] =
    &["patternProperties", "propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedProperties"];
