//! Schemas: what a value looks like.

use std::collections::BTreeMap;
use std::ops::Index;

use serde_json::Value as Json;

use super::beyond::Applicators;
use super::docs::Docs;
use super::documentation::DocumentedAs;
use super::http::Status;
use super::rule::{Keyword, Rule, RuleSeverity};
use super::schema_id::SchemaId;
use crate::decimal::Decimal;
use crate::pointer::Pointer;

/// One schema object.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own in the document")]
pub(crate) struct Schema {
    pub(crate) at: Pointer,
    pub(crate) origin: Origin,
    pub(crate) docs: Docs,
    pub(crate) nullable: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// `x-sensitive`: never shown in `Debug` output or logs.
    pub(crate) sensitive: bool,
    pub(crate) default: Option<Json>,
    /// What the keywords of the type itself say.
    pub(crate) shape: Shape,
    /// Of OpenAPI 3.1: keywords imply the type of models, and a value of another type is valid too.
    pub(crate) is_implied: bool,
    /// Of OpenAPI 3.1: what keywords say of values of other types.
    pub(crate) further: Vec<Shape>,
    /// Keywords that look at parts of a value again.
    pub(crate) beyond: Option<Box<Applicators>>,
    /// `enum`, on a schema of whatever type.
    pub(crate) enumeration: Option<Enumeration>,
    /// `x-preferred-values`: documented, not enforced.
    pub(crate) preferred_values: Vec<(String, String)>,
    pub(crate) all_of: Vec<SchemaId>,
    pub(crate) one_of: Option<Union>,
    pub(crate) any_of: Option<Union>,
    pub(crate) not: Option<SchemaId>,
    pub(crate) discriminator: Option<Discriminator>,
    /// Rules beyond JSON Schema, from `x-` extensions.
    pub(crate) rules: Vec<Rule>,
    /// `x-error-code`: error codes that replace the default mapping at this schema.
    pub(crate) codes: BTreeMap<Keyword, String>,
    /// `x-severity`: severities that replace the default at this schema.
    pub(crate) severities: BTreeMap<Keyword, RuleSeverity>,
    pub(crate) documented_as: Option<DocumentedAs>,
}

impl Schema {
    /// Creates a schema that allows any value.
    pub(crate) fn new(at: Pointer, origin: Origin) -> Self {
        Self {
            at,
            origin,
            docs: Docs::default(),
            nullable: false,
            read_only: false,
            write_only: false,
            sensitive: false,
            default: None,
            shape: Shape::Any,
            is_implied: false,
            further: Vec::new(),
            beyond: None,
            enumeration: None,
            preferred_values: Vec::new(),
            all_of: Vec::new(),
            one_of: None,
            any_of: None,
            not: None,
            discriminator: None,
            rules: Vec::new(),
            codes: BTreeMap::new(),
            severities: BTreeMap::new(),
            documented_as: None,
        }
    }

    /// Returns the schemas of the parts of a value, such as items and properties, and those that look at a
    /// value or its parts again.
    pub(crate) fn inner(&self) -> Vec<SchemaId> {
        let mut found: Vec<SchemaId> = self.beyond.iter().flat_map(|beyond| beyond.schemas()).collect();
        for shape in std::iter::once(&self.shape).chain(&self.further) {
            match shape {
                Shape::Array(array) => found.extend(array.items),
                Shape::Object(object) => {
                    found.extend(object.properties.iter().map(|property| property.schema));
                    if let Additional::Schema(id) = object.additional {
                        found.push(id);
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// Where a schema comes from, which decides its Rust name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// `components.schemas.<key>`.
    Component(String),
    Property {
        of: SchemaId,
        name: String,
    },
    Items {
        of: SchemaId,
    },
    AdditionalProperties {
        of: SchemaId,
    },
    /// Member `index` of `allOf`, `oneOf` or `anyOf`, or the schema below `not`.
    Member {
        of: SchemaId,
        keyword: Composition,
        index: usize,
    },
    /// A parameter that an operation states itself. `operation` indexes [`Api::operations`].
    Parameter {
        operation: usize,
        name: String,
    },
    RequestBody {
        operation: usize,
        media_type: String,
    },
    Response {
        operation: usize,
        status: Status,
        media_type: String,
    },
    ResponseHeader {
        operation: usize,
        status: Status,
        name: String,
    },
    /// A schema in another component (`components.parameters.<key>` and so on); `group` is the component kind
    /// in the singular, such as `parameter` or `requestBody`; `detail` distinguishes the schemas of one
    /// component: the media type, or `header X-Name` in a response.
    InComponent {
        group: &'static str,
        key: String,
        detail: Option<String>,
    },
    /// A schema in an operation of a callback, named by the callback. `detail` says which one, such as `post
    /// request application/json` or `post response 200 application/json`.
    Callback {
        operation: usize,
        name: String,
        detail: String,
    },
    /// A schema in one of the keywords of [`Applicators`]. `detail` distinguishes those of one keyword.
    Keyword {
        of: SchemaId,
        keyword: &'static str,
        detail: String,
    },
    /// The target of a `$ref` into the middle of the document that has no other origin.
    Referenced,
}

impl Origin {
    pub(crate) fn is_component(&self) -> bool {
        matches!(self, Self::Component(_))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Composition {
    AllOf,
    OneOf,
    AnyOf,
    Not,
}

/// What a schema's own `type` and its keywords say.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// No type: any value, as far as this schema is concerned.
    Any,
    /// The component is nothing but a `$ref`.
    Alias(SchemaId),
    Boolean,
    Integer(Number),
    Number(Number),
    String(Text),
    Array(Array),
    Object(Object),
}

/// `integer` or `number`. Limits keep the digits of the document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Number {
    pub(crate) format: Option<String>,
    pub(crate) minimum: Option<Limit>,
    pub(crate) maximum: Option<Limit>,
    pub(crate) multiple_of: Option<Decimal>,
}

#[derive(Debug, Clone)]
pub(crate) struct Limit {
    pub(crate) value: Decimal,
    pub(crate) exclusive: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    pub(crate) format: Option<String>,
    /// In Unicode scalar values.
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Array {
    /// `None`: the document leaves the items open.
    pub(crate) items: Option<SchemaId>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Object {
    pub(crate) properties: Vec<Property>,
    /// Names in `required` that are not a property of this schema (they may be one of another member of
    /// `allOf`).
    pub(crate) required_elsewhere: Vec<String>,
    /// The indexes of these names in `required`.
    pub(crate) required_entries: Vec<usize>,
    pub(crate) additional: Additional,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Property {
    /// The name in JSON.
    pub(crate) name: String,
    pub(crate) schema: SchemaId,
    pub(crate) required: bool,
    /// `description` beside a `$ref`: what is said of the schema at this place.
    pub(crate) description: Option<String>,
}

/// `additionalProperties`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Additional {
    /// The keyword is absent: allowed, and not expected.
    #[default]
    Unstated,
    /// `true` or `{}`: allowed with any value.
    Any,
    /// `false`.
    Forbidden,
    Schema(SchemaId),
}

#[derive(Debug, Clone)]
pub(crate) struct Enumeration {
    pub(crate) values: Vec<EnumValue>,
}

#[derive(Debug, Clone)]
pub(crate) struct EnumValue {
    pub(crate) value: Json,
    /// The number in the document, where `value` has fewer digits.
    pub(crate) exact: Option<Decimal>,
    /// `x-enum-labels`: what the value means.
    pub(crate) label: Option<String>,
    /// `x-enum-varnames`: the name that code gives it.
    pub(crate) name: Option<String>,
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    pub(crate) members: Vec<SchemaId>,
}

#[derive(Debug, Clone)]
pub(crate) struct Discriminator {
    pub(crate) property: String,
    /// Value of the property to schema: as the document writes it, bare names and `$ref`s resolved; then the
    /// component keys of those that it leaves out (members of the union, or else extenders through `allOf`).
    pub(crate) mapping: Vec<(String, SchemaId)>,
    /// Values that several members of the union allow, so that they alone name none.
    pub(crate) shared: Vec<String>,
}

/// All schemas of a definition, by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schemas(pub(crate) Vec<Schema>);

impl Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.0[id.0]
    }
}

impl Schemas {
    /// Returns every schema with its id, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.0.iter().enumerate().map(|(index, schema)| (SchemaId(index), schema))
    }

    /// Follows aliases (components that are nothing but a `$ref`) to another kind of schema.
    ///
    /// A cycle of aliases ends where it began; `lower` reports and cuts it.
    pub(crate) fn resolve(&self, id: SchemaId) -> SchemaId {
        let mut found = id;
        for _ in 0..self.0.len() {
            match self[found].shape {
                Shape::Alias(target) => found = target,
                _ => return found,
            }
        }
        id
    }
}
