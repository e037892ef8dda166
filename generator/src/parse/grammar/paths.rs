//! Paths, operations and their responses.

use super::OtherFields::{Named, Unknown};
use super::common::{EXTERNAL_DOCS, SERVER};
use super::content::{HEADER, MEDIA_TYPE, PARAMETER, REQUEST_BODY};
use super::types::ValueType::{Any, Flag, List, Map, Object as Obj, OrRef, Text};
use super::types::{ObjectDef, ObjectName, assumed, optional};

pub(super) static PATHS: ObjectDef = ObjectDef {
    name: ObjectName::Paths,
    title: "the paths object",
    fields: &[],
    others: Named {
        form: |key| key.starts_with('/'),
        wanted: "a path must begin with `/`",
        code: "bad-path",
        value: &OrRef(&PATH_ITEM),
    },
    stub: "{}",
};

pub(super) static PATH_ITEM: ObjectDef = ObjectDef {
    name: ObjectName::PathItem,
    title: "a path item",
    fields: &[
        optional("summary", Text),
        optional("description", Text),
        optional("get", Obj(&OPERATION)),
        optional("put", Obj(&OPERATION)),
        optional("post", Obj(&OPERATION)),
        optional("delete", Obj(&OPERATION)),
        optional("options", Obj(&OPERATION)),
        optional("head", Obj(&OPERATION)),
        optional("patch", Obj(&OPERATION)),
        optional("trace", Obj(&OPERATION)),
        optional("servers", List(&Obj(&SERVER))),
        optional("parameters", List(&OrRef(&PARAMETER))),
    ],
    others: Unknown,
    stub: "{}",
};

static OPERATION: ObjectDef = ObjectDef {
    name: ObjectName::Operation,
    title: "an operation",
    fields: &[
        optional("tags", List(&Text)),
        optional("summary", Text),
        optional("description", Text),
        optional("externalDocs", Obj(&EXTERNAL_DOCS)),
        optional("operationId", Text),
        optional("parameters", List(&OrRef(&PARAMETER))),
        optional("requestBody", OrRef(&REQUEST_BODY)),
        assumed("responses", Obj(&RESPONSES), "{}"),
        optional("callbacks", Map(&OrRef(&CALLBACK))),
        optional("deprecated", Flag),
        optional("security", List(&Map(&List(&Text)))),
        optional("servers", List(&Obj(&SERVER))),
    ],
    others: Unknown,
    stub: r#"{"responses":{}}"#,
};

static RESPONSES: ObjectDef = ObjectDef {
    name: ObjectName::Responses,
    title: "the responses of an operation",
    fields: &[optional("default", OrRef(&RESPONSE))],
    others: Named {
        form: is_status,
        wanted: "the name of a response is a status code such as `200`, a range such as `4XX`, or `default`",
        code: "unknown-status",
        value: &OrRef(&RESPONSE),
    },
    stub: "{}",
};

pub(super) static RESPONSE: ObjectDef = ObjectDef {
    name: ObjectName::Response,
    title: "a response",
    fields: &[
        assumed("description", Text, "\"\""),
        optional("headers", Map(&OrRef(&HEADER))),
        optional("content", Map(&Obj(&MEDIA_TYPE))),
        optional("links", Map(&OrRef(&LINK))),
    ],
    others: Unknown,
    stub: r#"{"description":""}"#,
};

pub(super) static CALLBACK: ObjectDef = ObjectDef {
    name: ObjectName::Callback,
    title: "a callback",
    fields: &[],
    others: Named { form: |_| true, wanted: "", code: "", value: &OrRef(&PATH_ITEM) },
    stub: "{}",
};

pub(super) static LINK: ObjectDef = ObjectDef {
    name: ObjectName::Link,
    title: "a link",
    fields: &[
        optional("operationRef", Text),
        optional("operationId", Text),
        optional("parameters", Map(&Any)),
        optional("requestBody", Any),
        optional("description", Text),
        optional("server", Obj(&SERVER)),
    ],
    others: Unknown,
    stub: r#"{"operationId":""}"#,
};

fn is_status(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'5', b'x' | b'X', b'x' | b'X']
    )
}
