//! The schema object and what belongs to it.

use super::common::EXTERNAL_DOCS;
use super::types::ValueType::{
    Any, Count, Flag, List, Map, Number, Object as Obj, OneOf, OrRef, SchemaOrFlag, Text,
};
use super::types::{ObjectDef, ObjectName, OtherFields, newer, optional, required};

/// The values of `type`.
pub(in crate::parse) const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object"];

pub(in crate::parse) static SCHEMA: ObjectDef = ObjectDef {
    name: ObjectName::Schema,
    title: "a schema",
    fields: &[
        optional("type", OneOf(TYPES)),
        optional("format", Text),
        optional("title", Text),
        optional("description", Text),
        optional("default", Any),
        optional("example", Any),
        optional("enum", List(&Any)),
        optional("nullable", Flag),
        optional("readOnly", Flag),
        optional("writeOnly", Flag),
        optional("deprecated", Flag),
        optional("multipleOf", Number),
        optional("maximum", Number),
        optional("exclusiveMaximum", Flag),
        optional("minimum", Number),
        optional("exclusiveMinimum", Flag),
        optional("maxLength", Count),
        optional("minLength", Count),
        optional("pattern", Text),
        optional("maxItems", Count),
        optional("minItems", Count),
        optional("uniqueItems", Flag),
        optional("maxProperties", Count),
        optional("minProperties", Count),
        optional("required", List(&Text)),
        optional("allOf", List(&OrRef(&SCHEMA))),
        optional("oneOf", List(&OrRef(&SCHEMA))),
        optional("anyOf", List(&OrRef(&SCHEMA))),
        optional("not", OrRef(&SCHEMA)),
        optional("items", OrRef(&SCHEMA)),
        optional("properties", Map(&OrRef(&SCHEMA))),
        optional("additionalProperties", SchemaOrFlag(&SCHEMA)),
        optional("discriminator", Obj(&DISCRIMINATOR)),
        optional("xml", Obj(&XML)),
        optional("externalDocs", Obj(&EXTERNAL_DOCS)),
        newer("$schema", Text),
        newer("$id", Text),
        newer("$anchor", Text),
        newer("$dynamicAnchor", Text),
        newer("$comment", Text),
        newer("$defs", Map(&OrRef(&SCHEMA))),
        newer("definitions", Map(&OrRef(&SCHEMA))),
        newer("if", OrRef(&SCHEMA)),
        newer("then", OrRef(&SCHEMA)),
        newer("else", OrRef(&SCHEMA)),
        newer("prefixItems", List(&OrRef(&SCHEMA))),
        newer("contains", OrRef(&SCHEMA)),
        newer("minContains", Count),
        newer("maxContains", Count),
        newer("unevaluatedItems", OrRef(&SCHEMA)),
        newer("patternProperties", Map(&OrRef(&SCHEMA))),
        newer("propertyNames", OrRef(&SCHEMA)),
        newer("dependentRequired", Map(&List(&Text))),
        newer("dependentSchemas", Map(&OrRef(&SCHEMA))),
        newer("unevaluatedProperties", OrRef(&SCHEMA)),
        newer("contentEncoding", Text),
        newer("contentMediaType", Text),
        newer("contentSchema", OrRef(&SCHEMA)),
    ],
    others: OtherFields::Unknown,
    stub: "{}",
};

static DISCRIMINATOR: ObjectDef = ObjectDef {
    name: ObjectName::Discriminator,
    title: "a discriminator",
    fields: &[required("propertyName", Text), optional("mapping", Map(&Text))],
    others: OtherFields::Unknown,
    stub: r#"{"propertyName":""}"#,
};

static XML: ObjectDef = ObjectDef {
    name: ObjectName::Xml,
    title: "an XML object",
    fields: &[
        optional("name", Text),
        optional("namespace", Text),
        optional("prefix", Text),
        optional("attribute", Flag),
        optional("wrapped", Flag),
    ],
    others: OtherFields::Unknown,
    stub: "{}",
};

/// Keywords that apply to values of these types only; JSON Schema accepts any other value.
pub(in crate::parse) const BOUND: &[(&[&str], &[&str])] = &[
    (&["string"], &["maxLength", "minLength", "pattern"]),
    (&["number", "integer"], &["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"]),
    (
        &["array"],
        &[
            "items",
            "maxItems",
            "minItems",
            "uniqueItems",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
        ],
    ),
    (
        &["object"],
        &[
            "properties",
            "additionalProperties",
            "maxProperties",
            "minProperties",
            "required",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ],
    ),
    (&["string", "number", "integer"], &["format"]),
];

/// Names that people give to types, the type that they mean, and its format.
pub(in crate::parse) const ALIASES: &[(&str, &str, Option<&str>)] = &[
    ("file", "string", Some("binary")),
    ("str", "string", None),
    ("text", "string", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("uri", "string", Some("uri")),
    ("url", "string", Some("uri")),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("map", "object", None),
    ("dict", "object", None),
];
