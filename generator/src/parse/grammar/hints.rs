//! Keywords of other versions of OpenAPI and of JSON Schema, and what to write instead.

use super::types::ObjectName;

/// A keyword that is known elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) struct Hint {
    pub(in crate::parse) newer: bool,
    pub(in crate::parse) instead: &'static str,
}

/// What is known about a keyword that this kind of object does not have.
pub(in crate::parse) fn hint(kind: ObjectName, keyword: &str) -> Option<Hint> {
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(name, _)| *name == keyword).map(|(_, instead)| *instead)
    };
    let (newer, older) = tables(kind);
    let newer = find(newer).map(|instead| Hint { newer: true, instead });
    newer.or_else(|| find(older).map(|instead| Hint { newer: false, instead }))
}

type Table = &'static [(&'static str, &'static str)];

/// Keywords of OpenAPI 3.1, and keywords of Swagger 2.0.
fn tables(kind: ObjectName) -> (Table, Table) {
    match kind {
        ObjectName::Root => (ROOT_NEWER, ROOT_OLDER),
        ObjectName::Info => (&[("summary", "write it into `description`")], &[]),
        ObjectName::License => (&[("identifier", "use `url`")], &[]),
        ObjectName::Components => (&[("pathItems", "write the path items under `paths`")], &[]),
        ObjectName::Operation => (&[], OPERATION_OLDER),
        ObjectName::Parameter | ObjectName::Header => (&[], PARAMETER_OLDER),
        ObjectName::Response => (&[], RESPONSE_OLDER),
        ObjectName::SecurityScheme => (&[], SECURITY_OLDER),
        ObjectName::Schema => (SCHEMA_NEWER, SCHEMA_OLDER),
        _ => (&[], &[]),
    }
}

const ROOT_NEWER: Table = &[
    ("webhooks", "describe them as `callbacks` of an operation"),
    ("jsonSchemaDialect", "remove it: OpenAPI 3.0 has one dialect"),
];

const ROOT_OLDER: Table = &[
    ("host", "use `servers`"),
    ("basePath", "use `servers`"),
    ("schemes", "use `servers`"),
    ("consumes", "use `requestBody.content`"),
    ("produces", "use `content` of the responses"),
    ("definitions", "use `components.schemas`"),
    ("parameters", "use `components.parameters`"),
    ("responses", "use `components.responses`"),
    ("securityDefinitions", "use `components.securitySchemes`"),
];

const OPERATION_OLDER: Table = &[
    ("consumes", "use `requestBody.content`"),
    ("produces", "use `content` of the responses"),
    ("schemes", "use `servers`"),
];

const PARAMETER_OLDER: Table = &[("collectionFormat", "use `style` and `explode`")];

const RESPONSE_OLDER: Table = &[
    ("schema", "use `content` with a media type"),
    ("examples", "use `content` with a media type"),
    ("type", "use `content` with a media type"),
];

const SECURITY_OLDER: Table = &[
    ("flow", "use `flows`"),
    ("authorizationUrl", "use `flows`"),
    ("tokenUrl", "use `flows`"),
    ("scopes", "use `flows`"),
];

const SCHEMA_OLDER: Table = &[("id", "remove it: a schema is named by its key under `components.schemas`")];

const SCHEMA_NEWER: Table = &[
    ("$schema", "remove it: OpenAPI 3.0 has one dialect"),
    ("$id", "remove it, and refer to the schema by its JSON pointer"),
    ("$anchor", "remove it, and refer to the schema by its JSON pointer"),
    ("$dynamicRef", "use `$ref`"),
    ("$dynamicAnchor", "remove it, and refer to the schema by its JSON pointer"),
    ("$vocabulary", "remove it"),
    ("$comment", "use a comment, or `description`"),
    ("$defs", "move the schemas to `components.schemas`"),
    ("definitions", "move the schemas to `components.schemas`"),
    ("const", "use `enum` with one value"),
    ("if", "use `oneOf`"),
    ("then", "use `oneOf`"),
    ("else", "use `oneOf`"),
    ("prefixItems", "use `items`"),
    ("additionalItems", "use `items`"),
    ("unevaluatedItems", "use `items`"),
    ("contains", "describe it in `description`"),
    ("minContains", "describe it in `description`"),
    ("maxContains", "describe it in `description`"),
    ("patternProperties", "use `additionalProperties`"),
    ("propertyNames", "describe it in `description`"),
    ("unevaluatedProperties", "use `additionalProperties`"),
    ("dependentRequired", "use `x-required-when`, or describe it in `description`"),
    ("dependentSchemas", "use `oneOf`"),
    ("dependencies", "use `oneOf`"),
    ("contentEncoding", "use `format: byte`"),
    ("contentMediaType", "use `format: binary`"),
    ("contentSchema", "describe it in `description`"),
    ("examples", "use `example`"),
];
