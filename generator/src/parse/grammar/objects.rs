//! The root of the document, and the objects at its top.

use super::common::{EXTERNAL_DOCS, SERVER};
use super::content::{EXAMPLE, HEADER, PARAMETER, REQUEST_BODY};
use super::paths::{CALLBACK, LINK, PATH_ITEM, PATHS, RESPONSE};
use super::schema::SCHEMA;
use super::security::SECURITY_SCHEME;
use super::types::OtherFields::Unknown;
use super::types::ValueType::{List, Map, Object as Obj, OrRef, Text};
use super::types::{ObjectDef, ObjectName, assumed, newer, optional, required};

pub(in crate::parse) static ROOT: ObjectDef = ObjectDef {
    name: ObjectName::Root,
    title: "the document",
    fields: &[
        required("openapi", Text),
        required("info", Obj(&INFO)),
        optional("servers", List(&Obj(&SERVER))),
        assumed("paths", Obj(&PATHS), "{}"),
        optional("components", Obj(&COMPONENTS)),
        optional("security", List(&Map(&List(&Text)))),
        optional("tags", List(&Obj(&TAG))),
        optional("externalDocs", Obj(&EXTERNAL_DOCS)),
        newer("webhooks", Map(&OrRef(&PATH_ITEM))),
        newer("jsonSchemaDialect", Text),
    ],
    others: Unknown,
    stub: r#"{"openapi":"3.0.3","info":{"title":"","version":""},"paths":{}}"#,
};

static INFO: ObjectDef = ObjectDef {
    name: ObjectName::Info,
    title: "the info object",
    fields: &[
        required("title", Text),
        required("version", Text),
        optional("description", Text),
        optional("termsOfService", Text),
        optional("contact", Obj(&CONTACT)),
        optional("license", Obj(&LICENSE)),
        newer("summary", Text),
    ],
    others: Unknown,
    stub: r#"{"title":"","version":""}"#,
};

static CONTACT: ObjectDef = ObjectDef {
    name: ObjectName::Contact,
    title: "a contact",
    fields: &[optional("name", Text), optional("url", Text), optional("email", Text)],
    others: Unknown,
    stub: "{}",
};

static LICENSE: ObjectDef = ObjectDef {
    name: ObjectName::License,
    title: "a license",
    fields: &[assumed("name", Text, "\"\""), optional("url", Text), newer("identifier", Text)],
    others: Unknown,
    stub: r#"{"name":""}"#,
};

static COMPONENTS: ObjectDef = ObjectDef {
    name: ObjectName::Components,
    title: "the components object",
    fields: &[
        optional("schemas", Map(&OrRef(&SCHEMA))),
        optional("responses", Map(&OrRef(&RESPONSE))),
        optional("parameters", Map(&OrRef(&PARAMETER))),
        optional("examples", Map(&OrRef(&EXAMPLE))),
        optional("requestBodies", Map(&OrRef(&REQUEST_BODY))),
        optional("headers", Map(&OrRef(&HEADER))),
        optional("securitySchemes", Map(&OrRef(&SECURITY_SCHEME))),
        optional("links", Map(&OrRef(&LINK))),
        optional("callbacks", Map(&OrRef(&CALLBACK))),
        newer("pathItems", Map(&OrRef(&PATH_ITEM))),
    ],
    others: Unknown,
    stub: "{}",
};

static TAG: ObjectDef = ObjectDef {
    name: ObjectName::Tag,
    title: "a tag",
    fields: &[
        required("name", Text),
        optional("description", Text),
        optional("externalDocs", Obj(&EXTERNAL_DOCS)),
    ],
    others: Unknown,
    stub: r#"{"name":""}"#,
};
