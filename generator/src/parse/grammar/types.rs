//! What the grammar is made of: objects, their fields, and the types of values.

/// Names an object of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum ObjectName {
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
pub(in crate::parse) struct ObjectDef {
    pub(in crate::parse) name: ObjectName,
    /// The name with its article, for sentences: `a schema`.
    pub(in crate::parse) title: &'static str,
    pub(in crate::parse) fields: &'static [FieldDef],
    /// What is done with other members.
    pub(in crate::parse) others: OtherFields,
    /// The least that openapiv3 accepts, as JSON: it replaces an object that can't be read.
    pub(in crate::parse) stub: &'static str,
}

#[derive(Debug)]
pub(in crate::parse) struct FieldDef {
    pub(in crate::parse) name: &'static str,
    pub(in crate::parse) value: ValueType,
    pub(in crate::parse) presence: FieldPresence,
    /// OpenAPI has it since 3.1.
    pub(in crate::parse) is_newer: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum FieldPresence {
    Optional,
    /// Required in one form of the object, which a repair handles; a value that can't be read is replaced.
    InOneForm,
    Required,
    /// Required, but its absence has a safe reading: this JSON.
    Assumed(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub(in crate::parse) enum OtherFields {
    /// They are not keywords.
    Unknown,
    /// They are names that the document chooses, if `form` accepts them.
    Named { form: fn(&str) -> bool, wanted: &'static str, code: &'static str, value: &'static ValueType },
}

/// The type of a value.
#[derive(Debug, Clone, Copy)]
pub(in crate::parse) enum ValueType {
    Any,
    Text,
    Flag,
    Number,
    /// A non-negative integer.
    Count,
    OneOf(&'static [&'static str]),
    List(&'static ValueType),
    /// Any names.
    Map(&'static ValueType),
    Object(&'static ObjectDef),
    /// The object, or a `$ref` to one.
    OrRef(&'static ObjectDef),
    /// A schema, a `$ref` to one, or a boolean.
    SchemaOrFlag(&'static ObjectDef),
}

impl ValueType {
    /// Returns what the value must be, for a sentence.
    pub(in crate::parse) fn wanted(&self) -> String {
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
            Self::Object(object) => format!("a mapping ({})", object.title),
            Self::OrRef(object) => format!("a mapping ({} or a `$ref`)", object.title),
            Self::SchemaOrFlag(_) => "a mapping (a schema) or a boolean".to_owned(),
        }
    }

    /// Returns whether this is a schema, in whose place any value can be allowed.
    pub(in crate::parse) fn is_schema(&self) -> bool {
        match self {
            Self::Object(object) | Self::OrRef(object) | Self::SchemaOrFlag(object) => {
                object.name == ObjectName::Schema
            }
            _ => false,
        }
    }

    /// Returns the JSON that replaces a value that can't be read.
    pub(in crate::parse) fn stub(&self) -> String {
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

impl ObjectDef {
    /// Returns whether a part of the API goes unseen without the field: a misspelt name must not do that.
    pub(in crate::parse) fn holds_api(&self, field: &str) -> bool {
        match self.name {
            ObjectName::Root => matches!(field, "paths" | "components"),
            ObjectName::PathItem => !matches!(field, "summary" | "description"),
            ObjectName::Operation => matches!(field, "parameters" | "requestBody" | "responses"),
            _ => false,
        }
    }

    pub(in crate::parse) fn field(&self, name: &str) -> Option<&'static FieldDef> {
        self.fields.iter().find(|field| field.name == name)
    }
}

pub(super) const fn optional(name: &'static str, value: ValueType) -> FieldDef {
    FieldDef { name, value, presence: FieldPresence::Optional, is_newer: false }
}

/// A field that OpenAPI has since 3.1.
pub(super) const fn newer(name: &'static str, value: ValueType) -> FieldDef {
    FieldDef { name, value, presence: FieldPresence::Optional, is_newer: true }
}

pub(super) const fn in_one_form(name: &'static str, value: ValueType) -> FieldDef {
    FieldDef { name, value, presence: FieldPresence::InOneForm, is_newer: false }
}

pub(super) const fn required(name: &'static str, value: ValueType) -> FieldDef {
    FieldDef { name, value, presence: FieldPresence::Required, is_newer: false }
}

pub(super) const fn assumed(name: &'static str, value: ValueType, json: &'static str) -> FieldDef {
    FieldDef { name, value, presence: FieldPresence::Assumed(json), is_newer: false }
}
