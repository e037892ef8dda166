//! Security schemes and requirements.

use super::Others::Unknown;
use super::Type::{Map, Object as Obj, OneOf, Text};
use super::{Kind, Object, assumed, in_one_form, optional, required};

pub(super) static SECURITY_SCHEME: Object = Object {
    kind: Kind::SecurityScheme,
    name: "a security scheme",
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

static FLOWS: Object = Object {
    kind: Kind::Flows,
    name: "the flows of a security scheme",
    fields: &[
        optional("implicit", Obj(&IMPLICIT_FLOW)),
        optional("password", Obj(&TOKEN_FLOW)),
        optional("clientCredentials", Obj(&TOKEN_FLOW)),
        optional("authorizationCode", Obj(&CODE_FLOW)),
    ],
    others: Unknown,
    stub: "{}",
};

static IMPLICIT_FLOW: Object = Object {
    kind: Kind::ImplicitFlow,
    name: "an implicit flow",
    fields: &[
        required("authorizationUrl", Text),
        optional("tokenUrl", Text),
        optional("refreshUrl", Text),
        assumed("scopes", Map(&Text), "{}"),
    ],
    others: Unknown,
    stub: r#"{"authorizationUrl":"","scopes":{}}"#,
};

static TOKEN_FLOW: Object = Object {
    kind: Kind::TokenFlow,
    name: "a flow without a browser",
    fields: &[
        optional("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        assumed("scopes", Map(&Text), "{}"),
    ],
    others: Unknown,
    stub: r#"{"tokenUrl":"","scopes":{}}"#,
};

static CODE_FLOW: Object = Object {
    kind: Kind::CodeFlow,
    name: "an authorization code flow",
    fields: &[
        required("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        assumed("scopes", Map(&Text), "{}"),
    ],
    others: Unknown,
    stub: r#"{"authorizationUrl":"","tokenUrl":"","scopes":{}}"#,
};
