//! What requests and responses carry: parameters, headers, bodies.

use super::schema::SCHEMA;
use super::types::OtherFields::Unknown;
use super::types::ValueType::{Any, Flag, Map, Object as Obj, OneOf, OrRef, Text};
use super::types::{ObjectDef, ObjectName, assumed, optional, required};

pub(super) static PARAMETER: ObjectDef = ObjectDef {
    name: ObjectName::Parameter,
    title: "a parameter",
    fields: &[
        required("name", Text),
        required("in", OneOf(&["query", "path", "header", "cookie"])),
        optional("description", Text),
        optional("required", Flag),
        optional("deprecated", Flag),
        optional("allowEmptyValue", Flag),
        optional("style", Text),
        optional("explode", Flag),
        optional("allowReserved", Flag),
        optional("schema", OrRef(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&OrRef(&EXAMPLE))),
        optional("content", Map(&Obj(&MEDIA_TYPE))),
    ],
    others: Unknown,
    stub: r#"{"name":"","in":"query","schema":{}}"#,
};

pub(super) static HEADER: ObjectDef = ObjectDef {
    name: ObjectName::Header,
    title: "a header",
    fields: &[
        optional("description", Text),
        optional("required", Flag),
        optional("deprecated", Flag),
        optional("allowEmptyValue", Flag),
        optional("style", Text),
        optional("explode", Flag),
        optional("allowReserved", Flag),
        optional("schema", OrRef(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&OrRef(&EXAMPLE))),
        optional("content", Map(&Obj(&MEDIA_TYPE))),
    ],
    others: Unknown,
    stub: r#"{"schema":{}}"#,
};

pub(super) static REQUEST_BODY: ObjectDef = ObjectDef {
    name: ObjectName::RequestBody,
    title: "a request body",
    fields: &[
        optional("description", Text),
        assumed("content", Map(&Obj(&MEDIA_TYPE)), "{}"),
        optional("required", Flag),
    ],
    others: Unknown,
    stub: r#"{"content":{}}"#,
};

pub(super) static MEDIA_TYPE: ObjectDef = ObjectDef {
    name: ObjectName::MediaType,
    title: "a media type",
    fields: &[
        optional("schema", OrRef(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&OrRef(&EXAMPLE))),
        optional("encoding", Map(&Obj(&ENCODING))),
    ],
    others: Unknown,
    stub: "{}",
};

static ENCODING: ObjectDef = ObjectDef {
    name: ObjectName::Encoding,
    title: "an encoding",
    fields: &[
        optional("contentType", Text),
        optional("headers", Map(&OrRef(&HEADER))),
        optional("style", OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        optional("explode", Flag),
        optional("allowReserved", Flag),
    ],
    others: Unknown,
    stub: "{}",
};

pub(super) static EXAMPLE: ObjectDef = ObjectDef {
    name: ObjectName::Example,
    title: "an example object",
    fields: &[
        optional("summary", Text),
        optional("description", Text),
        optional("value", Any),
        optional("externalValue", Text),
    ],
    others: Unknown,
    stub: "{}",
};
