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

/// Returns whether OpenAPI has the keyword since 3.2, and nothing is made of it.
pub(in crate::parse) fn is_newest(kind: ObjectName, keyword: &str) -> bool {
    let keywords: &[&str] = match kind {
        ObjectName::Root => &["$self"],
        ObjectName::Server => &["name"],
        ObjectName::PathItem => &["query", "additionalOperations"],
        ObjectName::Response => &["summary"],
        ObjectName::MediaType => &["itemSchema", "prefixEncoding", "itemEncoding"],
        ObjectName::Encoding => &["encoding", "prefixEncoding", "itemEncoding"],
        ObjectName::Example => &["dataValue", "serializedValue"],
        ObjectName::Tag => &["summary", "parent", "kind"],
        ObjectName::Discriminator => &["defaultMapping"],
        ObjectName::Xml => &["nodeType"],
        ObjectName::SecurityScheme => &["oauth2MetadataUrl", "deprecated"],
        ObjectName::Flows => &["deviceAuthorization"],
        _ => &[],
    };
    keywords.contains(&keyword)
}

type Table = &'static [(&'static str, &'static str)];

/// Keywords of OpenAPI 3.1, and keywords of Swagger 2.0.
fn tables(kind: ObjectName) -> (Table, Table) {
    match kind {
        ObjectName::Root => (&[], ROOT_OLDER),
        ObjectName::Operation => (&[], OPERATION_OLDER),
        ObjectName::Parameter | ObjectName::Header => (&[], PARAMETER_OLDER),
        ObjectName::Response => (&[], RESPONSE_OLDER),
        ObjectName::SecurityScheme => (&[], SECURITY_OLDER),
        ObjectName::Schema => (SCHEMA_NEWER, SCHEMA_OLDER),
        _ => (&[], &[]),
    }
}

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
    ("$dynamicRef", "use `$ref`"),
    ("$vocabulary", "remove it"),
    ("additionalItems", "use `items`"),
    ("dependencies", "use `oneOf`"),
    ("examples", "use `example`"),
];
