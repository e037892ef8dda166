//! OpenAPI 3.0.3 as data: which objects there are, which fields they have, and of what type.

mod content;
mod hints;
mod objects;
mod paths;
mod schema;
mod security;

pub(super) use self::hints::{Hint, hint};
pub(super) use self::objects::ROOT;
pub(super) use self::schema::{ALIASES, BOUND, TYPES};

/// Names an object of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    ImplicitFlow,
    TokenFlow,
    CodeFlow,
}

/// One object of the specification.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) kind: Kind,
    /// With its article: `a schema`.
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// For keys that are no field.
    pub(super) others: Others,
    /// The least that openapiv3 accepts, as JSON: what stands in for an object that is beyond reading.
    pub(super) stub: &'static str,
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) value: Type,
    pub(super) presence: Presence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Optional,
    /// Required in one form of the object, which a repair looks after; what can't be read is not left out.
    InOneForm,
    Required,
    /// Required, but its absence has a safe reading: this JSON.
    Assumed(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Others {
    /// They are no keywords.
    Unknown,
    /// They are names that the document chooses, if they have the form.
    Named { form: fn(&str) -> bool, wanted: &'static str, code: &'static str, value: &'static Type },
}

/// The type of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Type {
    Any,
    Text,
    Flag,
    Number,
    /// A non-negative integer.
    Count,
    OneOf(&'static [&'static str]),
    List(&'static Type),
    /// Any names.
    Map(&'static Type),
    Object(&'static Object),
    /// The object, or a `$ref` to one.
    OrRef(&'static Object),
    /// A schema, a `$ref` to one, or a boolean.
    SchemaOrFlag(&'static Object),
}

impl Type {
    /// What the value must be, in words.
    pub(super) fn wanted(&self) -> String {
        match self {
            Self::Any => "a value".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Count => "a non-negative integer".to_owned(),
            Self::OneOf(values) => format!("one of `{}`", values.join("`, `")),
            Self::List(Self::Text) => "a list of strings".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "a mapping".to_owned(),
            Self::Object(object) => format!("a mapping ({})", object.name),
            Self::OrRef(object) => format!("a mapping ({} or a `$ref`)", object.name),
            Self::SchemaOrFlag(_) => "a mapping (a schema) or a boolean".to_owned(),
        }
    }

    /// The JSON that stands in for a value that is beyond reading.
    pub(super) fn stub(&self) -> String {
        match self {
            Self::Any => "null".to_owned(),
            Self::Text => "\"\"".to_owned(),
            Self::Flag => "false".to_owned(),
            Self::Number | Self::Count => "0".to_owned(),
            Self::OneOf(values) => format!("\"{}\"", values.first().unwrap_or(&"")),
            Self::List(_) => "[]".to_owned(),
            Self::Map(_) => "{}".to_owned(),
            Self::Object(object) | Self::OrRef(object) | Self::SchemaOrFlag(object) => object.stub.to_owned(),
        }
    }
}

impl Object {
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

const fn optional(name: &'static str, value: Type) -> Field {
    Field { name, value, presence: Presence::Optional }
}

const fn in_one_form(name: &'static str, value: Type) -> Field {
    Field { name, value, presence: Presence::InOneForm }
}

const fn required(name: &'static str, value: Type) -> Field {
    Field { name, value, presence: Presence::Required }
}

const fn assumed(name: &'static str, value: Type, json: &'static str) -> Field {
    Field { name, value, presence: Presence::Assumed(json) }
}
