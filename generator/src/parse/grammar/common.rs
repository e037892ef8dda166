//! Objects that several others have: servers and external documentation.

use super::types::OtherFields::Unknown;
use super::types::ValueType::{List, Map, Object as Obj, Text};
use super::types::{ObjectDef, ObjectName, assumed, optional, required};

pub(super) static SERVER: ObjectDef = ObjectDef {
    name: ObjectName::Server,
    title: "a server",
    fields: &[
        required("url", Text),
        optional("description", Text),
        optional("variables", Map(&Obj(&SERVER_VARIABLE))),
    ],
    others: Unknown,
    stub: r#"{"url":""}"#,
};

static SERVER_VARIABLE: ObjectDef = ObjectDef {
    name: ObjectName::ServerVariable,
    title: "a server variable",
    fields: &[required("default", Text), optional("enum", List(&Text)), optional("description", Text)],
    others: Unknown,
    stub: r#"{"default":""}"#,
};

pub(super) static EXTERNAL_DOCS: ObjectDef = ObjectDef {
    name: ObjectName::ExternalDocs,
    title: "external documentation",
    fields: &[assumed("url", Text, "\"\""), optional("description", Text)],
    others: Unknown,
    stub: r#"{"url":""}"#,
};
