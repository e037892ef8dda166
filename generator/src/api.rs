//! Dictionary 1: what the service offers, in the words of OpenAPI.
//!
//! `lower` writes it, `check` and `translate` read it. Plain data: every `$ref` is an id, every limit a
//! number, every extension a typed rule. Nothing here knows a Rust name.

use std::collections::BTreeMap;
use std::ops::Index;

use serde_json::Value as Json;

use crate::pointer::Pointer;

/// A whole definition.
#[derive(Debug, Clone, Default)]
pub(crate) struct Api {
    pub(crate) info: Info,
    pub(crate) servers: Vec<Server>,
    pub(crate) tags: Vec<Tag>,
    /// Components first, in document order; then every other schema in the order of its place.
    pub(crate) schemas: Schemas,
    pub(crate) operations: Vec<Operation>,
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// Applies to operations that state none of their own.
    pub(crate) security: Vec<SecurityRequirement>,
    pub(crate) error_codes: ErrorCodes,
    pub(crate) external_docs: Option<ExternalDocs>,
}

/// Names one schema of an [`Api`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(crate) usize);

/// All schemas, found by their id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schemas(pub(crate) Vec<Schema>);

impl Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.0[id.0]
    }
}

impl Schemas {
    /// Every schema with its id, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.0.iter().enumerate().map(|(index, schema)| (SchemaId(index), schema))
    }

    /// Follows aliases (components that are nothing but a `$ref`) to the schema that says something.
    ///
    /// A chain of aliases that bites its own tail ends where it began; `check` reports it.
    pub(crate) fn resolve(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..self.0.len() {
            match self[at].shape {
                Shape::Alias(target) => at = target,
                _ => return at,
            }
        }
        id
    }
}

// ---------------------------------------------------------------- schemas

/// One schema object, wherever it stands.
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
    /// `enum`, on a schema of whatever type.
    pub(crate) enumeration: Option<Enumeration>,
    /// `x-preferred-values`: documented, not enforced.
    pub(crate) preferred_values: Vec<(String, String)>,
    pub(crate) all_of: Vec<SchemaId>,
    pub(crate) one_of: Option<Union>,
    pub(crate) any_of: Option<Union>,
    pub(crate) not: Option<SchemaId>,
    pub(crate) discriminator: Option<Discriminator>,
    /// Rules that JSON Schema has no word for, from `x-` extensions.
    pub(crate) rules: Vec<Rule>,
    /// `x-error-code`: error codes that replace the default mapping at this schema.
    pub(crate) codes: BTreeMap<Keyword, String>,
    /// `x-severity`: severities that replace the default at this schema.
    pub(crate) severities: BTreeMap<Keyword, Severity>,
}

/// Where a schema comes from, which is what it is named after.
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
    /// A schema in another component (`components.parameters.<key>` and so on); `group` is the
    /// component kind in the singular, such as `parameter` or `requestBody`; `detail` is what tells it from
    /// its neighbours: the media type, or `header X-Name` in a response.
    InComponent {
        group: &'static str,
        key: String,
        detail: Option<String>,
    },
    /// A schema in a callback's operation, named by the callback. `detail` is a few words that say which one,
    /// such as `post request application/json` or `post response 200 application/json`.
    Callback {
        operation: usize,
        name: String,
        detail: String,
    },
    /// The target of a `$ref` into the middle of the document that has no other origin.
    Referenced,
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
    pub(crate) multiple_of: Option<serde_json::Number>,
}

#[derive(Debug, Clone)]
pub(crate) struct Limit {
    pub(crate) value: serde_json::Number,
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
    /// Names in `required` that are no property of this schema (they may be one of another member of `allOf`).
    pub(crate) required_elsewhere: Vec<String>,
    pub(crate) additional: Additional,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Property {
    /// The name on the wire.
    pub(crate) name: String,
    pub(crate) schema: SchemaId,
    pub(crate) required: bool,
}

/// `additionalProperties`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Additional {
    /// The keyword is absent: allowed, and nobody counts on them.
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
    /// `x-enum-labels`: what the value stands for.
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
}

/// What people read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) example: Option<Json>,
    pub(crate) external: Option<ExternalDocs>,
    /// `x-source`: where the fact comes from.
    pub(crate) source: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct ExternalDocs {
    pub(crate) url: String,
    pub(crate) description: Option<String>,
}

// ---------------------------------------------------------------- rules and codes

/// The keywords of JSON Schema that a violation can be about. `Format` stands for the schema's `format`, `Json` for
/// a body that is no JSON at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Keyword {
    Type,
    Required,
    Enum,
    Format,
    MinLength,
    MaxLength,
    Pattern,
    Minimum,
    Maximum,
    MultipleOf,
    MinItems,
    MaxItems,
    UniqueItems,
    MinProperties,
    MaxProperties,
    AdditionalProperties,
    Json,
}

impl Keyword {
    /// Every keyword with its spelling in the document.
    pub(crate) const ALL: [(Self, &'static str); 17] = [
        (Self::Type, "type"),
        (Self::Required, "required"),
        (Self::Enum, "enum"),
        (Self::Format, "format"),
        (Self::MinLength, "minLength"),
        (Self::MaxLength, "maxLength"),
        (Self::Pattern, "pattern"),
        (Self::Minimum, "minimum"),
        (Self::Maximum, "maximum"),
        (Self::MultipleOf, "multipleOf"),
        (Self::MinItems, "minItems"),
        (Self::MaxItems, "maxItems"),
        (Self::UniqueItems, "uniqueItems"),
        (Self::MinProperties, "minProperties"),
        (Self::MaxProperties, "maxProperties"),
        (Self::AdditionalProperties, "additionalProperties"),
        (Self::Json, "json"),
    ];
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Severity {
    #[default]
    Error,
    Warning,
}

/// `x-error-codes`: the service's own error codes, and which of them a broken keyword or format means.
#[derive(Debug, Clone, Default)]
pub(crate) struct ErrorCodes {
    pub(crate) codes: Vec<ErrorCode>,
    pub(crate) keywords: BTreeMap<Keyword, String>,
    pub(crate) formats: BTreeMap<String, String>,
}

#[derive(Debug, Clone)]
pub(crate) struct ErrorCode {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    /// May hold `{min}` and `{max}`.
    pub(crate) message: String,
    pub(crate) severity: Severity,
    /// Only the service can know; a validator never raises it.
    pub(crate) server_only: bool,
    pub(crate) docs: Docs,
}

/// One rule beyond JSON Schema.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) at: Pointer,
    pub(crate) kind: RuleKind,
    /// `None`: the rule has no code of the service's own.
    pub(crate) code: Option<String>,
    /// `None`: the severity of the code.
    pub(crate) severity: Option<Severity>,
}

#[derive(Debug, Clone)]
pub(crate) enum RuleKind {
    /// On an array: no two items have the same value of the property.
    UniqueBy {
        key: String,
    },
    AtMostOneOf {
        properties: Vec<String>,
    },
    RequiredWhen {
        property: String,
        when: Condition,
    },
    ForbiddenWhen {
        property: String,
        when: Condition,
    },
    /// Every value at `fields` equals the one at `reference`.
    SameValue {
        reference: DataPath,
        fields: Vec<DataPath>,
    },
    /// No string here, or below here, holds a payment card number.
    NoCardNumber,
}

#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) property: String,
    pub(crate) values: Vec<Json>,
}

/// A way into a value, such as `taxes[].amount.currencyCode` or `lodging.**.currencyCode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataPath {
    pub(crate) steps: Vec<DataStep>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DataStep {
    Property(String),
    /// `[]`
    EachItem,
    /// `**`: this value and everything below it.
    AnyDepth,
}

// ---------------------------------------------------------------- operations

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) at: Pointer,
    pub(crate) id: Option<String>,
    pub(crate) method: Method,
    /// The template as the document writes it, `/pets/{petId}`.
    pub(crate) path: String,
    pub(crate) docs: Docs,
    pub(crate) tags: Vec<String>,
    /// Those of the path item included, an operation's own winning.
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request_body: Option<RequestBody>,
    pub(crate) responses: Vec<Response>,
    /// `None`: [`Api::security`] applies. An empty list: no security.
    pub(crate) security: Option<Vec<SecurityRequirement>>,
    /// Empty: [`Api::servers`] apply.
    pub(crate) servers: Vec<Server>,
    pub(crate) callbacks: Vec<Callback>,
    pub(crate) bulk: Option<Bulk>,
    pub(crate) poll: Option<Poll>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// In the order of the specification, with the key of the path item.
    pub(crate) const ALL: [(Self, &'static str); 8] = [
        (Self::Get, "get"),
        (Self::Put, "put"),
        (Self::Post, "post"),
        (Self::Delete, "delete"),
        (Self::Options, "options"),
        (Self::Head, "head"),
        (Self::Patch, "patch"),
        (Self::Trace, "trace"),
    ];

    /// The key of the path item: `get`.
    pub(crate) fn key(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own in the document")]
pub(crate) struct Parameter {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    pub(crate) style: ParameterStyle,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) allow_empty_value: bool,
    pub(crate) content: ParameterContent,
    /// `examples`, by name.
    pub(crate) examples: Vec<Example>,
}

/// A parameter has either a schema or exactly one media type.
#[derive(Debug, Clone)]
pub(crate) enum ParameterContent {
    Schema(SchemaId),
    Media(MediaType),
    /// The document gives neither; `lower` has said so.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ParameterStyle {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

#[derive(Debug, Clone)]
pub(crate) struct RequestBody {
    pub(crate) at: Pointer,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    pub(crate) content: Vec<MediaType>,
}

#[derive(Debug, Clone)]
pub(crate) struct MediaType {
    /// `application/json`, `image/*` and the like, as written.
    pub(crate) name: String,
    pub(crate) schema: Option<SchemaId>,
    pub(crate) example: Option<Json>,
    /// `examples`, by name.
    pub(crate) examples: Vec<Example>,
    /// For forms: how single properties are written.
    pub(crate) encoding: Vec<Encoding>,
}

/// One of several named examples.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) value: Option<Json>,
    /// The URL of a value that stands elsewhere.
    pub(crate) external_value: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Encoding {
    pub(crate) property: String,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<Header>,
    pub(crate) style: Option<ParameterStyle>,
    /// As stated; otherwise true for the style `form` (which is also the default style of forms).
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) at: Pointer,
    pub(crate) status: Status,
    pub(crate) docs: Docs,
    pub(crate) headers: Vec<Header>,
    pub(crate) content: Vec<MediaType>,
    pub(crate) links: Vec<Link>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    Default,
}

#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    /// The style is always `simple`.
    pub(crate) explode: bool,
    pub(crate) content: ParameterContent,
    /// `examples`, by name.
    pub(crate) examples: Vec<Example>,
}

#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) operation_id: Option<String>,
    pub(crate) operation_ref: Option<String>,
    pub(crate) docs: Docs,
    /// Parameter name to a constant or a runtime expression.
    pub(crate) parameters: Vec<(String, Json)>,
    pub(crate) request_body: Option<Json>,
    /// Where the linked operation is to be called, when not where it says itself.
    pub(crate) server: Option<Server>,
}

#[derive(Debug, Clone)]
pub(crate) struct Callback {
    pub(crate) name: String,
    /// The runtime expression that gives the URL.
    pub(crate) expression: String,
    pub(crate) operations: Vec<Operation>,
}

/// `x-bulk`: a request that carries many items at once.
#[derive(Debug, Clone)]
pub(crate) struct Bulk {
    pub(crate) at: Pointer,
    /// The array property of the request body.
    pub(crate) items: String,
    /// The property that identifies an item.
    pub(crate) key: String,
    /// The property of the success body that names the accepted request.
    pub(crate) request_id: Option<String>,
    /// The `operationId` of the operation that reports its state.
    pub(crate) status_operation: Option<String>,
    /// A second send of the same key does no harm.
    pub(crate) repeatable_by_key: bool,
}

/// `x-poll`: an operation to ask again until the state is final.
#[derive(Debug, Clone)]
pub(crate) struct Poll {
    pub(crate) at: Pointer,
    /// The property of the success body that holds the state.
    pub(crate) status: String,
    pub(crate) pending: Vec<String>,
    pub(crate) success: Vec<String>,
    pub(crate) warning: Vec<String>,
    pub(crate) failure: Vec<String>,
}

// ---------------------------------------------------------------- the document as a whole

#[derive(Debug, Clone, Default)]
pub(crate) struct Info {
    pub(crate) title: String,
    /// Any text: documents in the wild write dates and names here.
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) terms_of_service: Option<String>,
    pub(crate) contact: Option<Contact>,
    pub(crate) license: Option<License>,
    pub(crate) source: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Contact {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct License {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) docs: Docs,
}

#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) at: Pointer,
    pub(crate) url: String,
    pub(crate) description: Option<String>,
    pub(crate) variables: Vec<ServerVariable>,
}

#[derive(Debug, Clone)]
pub(crate) struct ServerVariable {
    pub(crate) name: String,
    pub(crate) default: String,
    /// Empty: open.
    pub(crate) values: Vec<String>,
    pub(crate) description: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: SecuritySchemeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum SecuritySchemeKind {
    ApiKey { location: ParameterLocation, name: String },
    Http { scheme: String, bearer_format: Option<String> },
    OAuth2 { flows: Vec<OAuth2Flow> },
    OpenIdConnect { url: String },
}

#[derive(Debug, Clone)]
pub(crate) struct OAuth2Flow {
    /// `implicit`, `password`, `clientCredentials` or `authorizationCode`.
    pub(crate) name: &'static str,
    pub(crate) authorization_url: Option<String>,
    pub(crate) token_url: Option<String>,
    pub(crate) refresh_url: Option<String>,
    pub(crate) scopes: Vec<(String, String)>,
}

/// All of these schemes together; a list of requirements offers alternatives.
#[derive(Debug, Clone)]
pub(crate) struct SecurityRequirement {
    pub(crate) schemes: Vec<(String, Vec<String>)>,
}
