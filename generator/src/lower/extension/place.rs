//! The keys that each object of OpenAPI 3.0 may have: comes in an object, go out findings on its keys.

use std::fmt;

use crate::pointer::Pointer;
use crate::report::{Finding, Part, Severity, nearest};

use super::Lowering;
use super::extension::{self, ExtensionFinding, Kind};

/// A kind of object of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Link,
    Example,
    Schema,
    Discriminator,
    SecurityScheme,
    OAuthFlow,
}

impl Object {
    /// What people call it.
    fn words(self) -> &'static str {
        self.row().0
    }

    fn fields(self) -> &'static [&'static str] {
        self.row().1
    }

    #[rustfmt::skip]
    fn row(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Root => ("the document", &[
                "openapi", "info", "servers", "paths", "components", "security", "tags", "externalDocs",
            ]),
            Self::Info => ("info", &["title", "description", "termsOfService", "contact", "license", "version"]),
            Self::Contact => ("a contact", &["name", "url", "email"]),
            Self::License => ("a license", &["name", "url"]),
            Self::Server => ("a server", &["url", "description", "variables"]),
            Self::ServerVariable => ("a server variable", &["enum", "default", "description"]),
            Self::Tag => ("a tag", &["name", "description", "externalDocs"]),
            Self::ExternalDocs => ("external documentation", &["description", "url"]),
            Self::Components => ("components", &[
                "schemas", "responses", "parameters", "examples", "requestBodies", "headers",
                "securitySchemes", "links", "callbacks",
            ]),
            Self::PathItem => ("a path item", &[
                "$ref", "summary", "description", "get", "put", "post", "delete", "options", "head",
                "patch", "trace", "servers", "parameters",
            ]),
            Self::Operation => ("an operation", &[
                "tags", "summary", "description", "externalDocs", "operationId", "parameters",
                "requestBody", "responses", "callbacks", "deprecated", "security", "servers",
            ]),
            Self::Parameter => ("a parameter", &[
                "name", "in", "description", "required", "deprecated", "allowEmptyValue", "style",
                "explode", "allowReserved", "schema", "example", "examples", "content",
            ]),
            Self::Header => ("a header", &[
                "description", "required", "deprecated", "style", "explode", "schema", "example",
                "examples", "content",
            ]),
            Self::RequestBody => ("a request body", &["description", "content", "required"]),
            Self::MediaType => ("a media type", &["schema", "example", "examples", "encoding"]),
            Self::Encoding => ("an encoding", &["contentType", "headers", "style", "explode", "allowReserved"]),
            Self::Response => ("a response", &["description", "headers", "content", "links"]),
            Self::Link => ("a link", &[
                "operationRef", "operationId", "parameters", "requestBody", "description", "server",
            ]),
            Self::Example => ("an example", &["summary", "description", "value", "externalValue"]),
            Self::Schema => ("a schema", &[
                "title", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
                "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems",
                "maxProperties", "minProperties", "required", "enum", "type", "allOf", "oneOf", "anyOf",
                "not", "items", "properties", "additionalProperties", "description", "format", "default",
                "nullable", "discriminator", "readOnly", "writeOnly", "xml", "externalDocs", "example",
                "deprecated",
            ]),
            Self::Discriminator => ("a discriminator", &["propertyName", "mapping"]),
            Self::SecurityScheme => ("a security scheme", &[
                "type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl",
            ]),
            Self::OAuthFlow => ("an OAuth flow", &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"]),
        }
    }
}

impl Lowering<'_> {
    /// Reports the keys of the object at `at` that mean nothing there.
    pub(super) fn check_keys(&mut self, at: &Pointer, object: Object) {
        for (key, value) in self.raw(at).members() {
            let spot = at.child(key);
            if key.starts_with("x-") {
                self.check_extension_name(&spot, key, object);
                if key == "x-source" && !value.is_string() {
                    self.say(&spot, &ExtensionFinding::wrong(key, "a text"));
                }
            } else if key == "xml" && object == Object::Schema {
                self.say(&spot, &KeyFinding::Unsupported { key: "xml" });
            } else if !object.fields().contains(&key) {
                let finding = KeyFinding::Unknown {
                    key: key.to_owned(),
                    object: object.words(),
                    near: nearest(key, object.fields().iter().copied()),
                };
                self.say(&spot, &finding);
            }
        }
    }

    fn check_extension_name(&mut self, spot: &Pointer, key: &str, object: Object) {
        let kind = match object {
            Object::Root => Kind::Root,
            Object::Operation => Kind::Operation,
            Object::Schema => Kind::Schema,
            _ => Kind::Other,
        };
        match extension::named(key) {
            Some(extension) if extension.kind == kind || extension.kind == Kind::Any => {}
            Some(extension) => {
                self.say(spot, &ExtensionFinding::misplaced(extension, object.words()));
            }
            None => {
                if let Some(near) = extension::misspelt(key) {
                    self.say(spot, &ExtensionFinding::Misspelt { name: key.to_owned(), near });
                }
            }
        }
    }
}

pub(super) enum KeyFinding {
    Unknown {
        key: String,
        object: &'static str,
        near: Option<&'static str>,
    },
    /// A keyword of the specification that the dictionary has no word for.
    Unsupported {
        key: &'static str,
    },
}

impl fmt::Display for KeyFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { key, object, .. } => write!(f, "`{key}` is no key of {object}; it has no effect"),
            Self::Unsupported { key } => write!(f, "`{key}` is not supported; it has no effect"),
        }
    }
}

impl Finding for KeyFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-key",
            Self::Unsupported { .. } => "unsupported-keyword",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unknown { near, .. } => near.map(|near| format!("did you mean `{near}`?")),
            Self::Unsupported { .. } => None,
        }
    }

    fn part(&self) -> Part {
        Part::Key
    }
}
