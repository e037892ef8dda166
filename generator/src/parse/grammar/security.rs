//! Security schemes and requirements.

use super::types::OtherFields::Unknown;
use super::types::ValueType::{Map, Object as Obj, OneOf, Text};
use super::types::{ObjectDef, ObjectName, assumed, in_one_form, optional, required};

pub(super) static SECURITY_SCHEME: ObjectDef = ObjectDef {
    name: ObjectName::SecurityScheme,
    title: "a security scheme",
    fields: &[
        required("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect"])),
        optional("description", Text),
        in_one_form("name", Text),
        in_one_form("in", OneOf(&["header", "query", "cookie"])),
        in_one_form("scheme", Text),
        optional("bearerFormat", Text),
        in_one_form("flows", Obj(&FLOWS)),
        in_one_form("openIdConnectUrl", Text),
    ],
    others: Unknown,
    stub: r#"{"type":"http","scheme":""}"#,
};

static FLOWS: ObjectDef = ObjectDef {
    name: ObjectName::Flows,
    title: "the flows of a security scheme",
    fields: &[
        optional("implicit", Obj(&IMPLICIT_FLOW)),
        optional("password", Obj(&TOKEN_FLOW)),
        optional("clientCredentials", Obj(&TOKEN_FLOW)),
        optional("authorizationCode", Obj(&CODE_FLOW)),
    ],
    others: Unknown,
    stub: "{}",
};

static IMPLICIT_FLOW: ObjectDef = ObjectDef {
    name: ObjectName::ImplicitFlow,
    title: "an implicit flow",
    fields: &[
        required("authorizationUrl", Text),
        optional("tokenUrl", Text),
        optional("refreshUrl", Text),
        assumed("scopes", Map(&Text), "{}"),
    ],
    others: Unknown,
    stub: r#"{"authorizationUrl":"","scopes":{}}"#,
};

static TOKEN_FLOW: ObjectDef = ObjectDef {
    name: ObjectName::TokenFlow,
    title: "a flow without a browser",
    fields: &[
        optional("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        assumed("scopes", Map(&Text), "{}"),
    ],
    others: Unknown,
    stub: r#"{"tokenUrl":"","scopes":{}}"#,
};

static CODE_FLOW: ObjectDef = ObjectDef {
    name: ObjectName::CodeFlow,
    title: "an authorization code flow",
    fields: &[
        required("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        assumed("scopes", Map(&Text), "{}"),
    ],
    others: Unknown,
    stub: r#"{"authorizationUrl":"","tokenUrl":"","scopes":{}}"#,
};
