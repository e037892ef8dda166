//! Rules beyond JSON Schema, and error codes.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::docs::Docs;
use crate::pointer::Pointer;

/// The keywords of JSON Schema that a violation can be about. `Json` is the violation of a body that is not
/// JSON.
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
    /// Every keyword with its name in the document.
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
pub(crate) enum RuleSeverity {
    #[default]
    Error,
    Warning,
}

/// `x-error-codes`: the error codes of the service, the code of each keyword and format, and how errors are
/// written.
#[derive(Debug, Clone, Default)]
pub(crate) struct ErrorCodes {
    pub(crate) codes: Vec<ErrorCode>,
    pub(crate) keywords: BTreeMap<Keyword, String>,
    pub(crate) formats: BTreeMap<String, String>,
    /// `None`: the definition does not say.
    pub(crate) body: Option<ErrorBody>,
}

/// How the service writes its errors: the members of one error, and the object around the list of them.
#[derive(Debug, Clone)]
pub(crate) struct ErrorBody {
    pub(crate) at: Pointer,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) data_path: String,
    /// `None`: the body is the bare list.
    pub(crate) envelope: Option<ErrorEnvelope>,
}

/// The object around a list of errors. Its own code and message have the same names as those of an error.
#[derive(Debug, Clone)]
pub(crate) struct ErrorEnvelope {
    /// The member that holds the list.
    pub(crate) errors: String,
    /// The object's own code.
    pub(crate) code: String,
    /// The body is an array of such objects.
    pub(crate) array: bool,
    /// The object has the path of the request, from this text on, where an error has its data path.
    pub(crate) path_from: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct ErrorCode {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    /// May hold `{min}`, `{max}` and `{limits}`.
    pub(crate) message: String,
    pub(crate) severity: RuleSeverity,
    /// Only the service can detect it; a validator never reports it.
    pub(crate) server_only: bool,
    pub(crate) docs: Docs,
}

/// A rule beyond JSON Schema.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) at: Pointer,
    pub(crate) kind: RuleKind,
    /// `None`: the service has no code for the rule.
    pub(crate) code: Option<String>,
    /// `None`: the severity of the code.
    pub(crate) severity: Option<RuleSeverity>,
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
    /// On an array: the value at `from` of an item is not the `key` of an item that meets the condition.
    NoReferenceTo {
        from: DataPath,
        key: String,
        when: Condition,
    },
    /// No string of the value contains a payment card number.
    NoCardNumber,
}

#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) property: String,
    pub(crate) values: Vec<Json>,
}

/// A path into a value, such as `taxes[].amount.currencyCode` or `lodging.**.currencyCode`.
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
