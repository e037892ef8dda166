//! One table: what a schema asks of a value, each keyword with its code.

use super::CodeRef;
use crate::ident::ConstIdent;

/// The place of a table among all tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TableId(pub(crate) usize);

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// None: the table stands where it is needed.
    pub(crate) ident: Option<ConstIdent>,
    pub(crate) docs: Vec<String>,
    /// The table of a component, for everyone to use.
    pub(crate) public: bool,
    pub(crate) schema: Schema,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Schema {
    pub(crate) shape: Shape,
    pub(crate) nullable: bool,
    /// None: the runtime's code.
    pub(crate) wrong_type: Option<CodeRef>,
    /// `enum` on what is no string.
    pub(crate) values: Option<(Vec<Scalar>, CodeRef)>,
    pub(crate) all: Vec<TableId>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) not: Option<TableId>,
    /// On what has no type: no string at any depth holds a card number.
    pub(crate) card_number: Option<CodeRef>,
}

impl Schema {
    pub(crate) fn new(shape: Shape) -> Self {
        Self {
            shape,
            nullable: false,
            wrong_type: None,
            values: None,
            all: Vec::new(),
            choices: Vec::new(),
            not: None,
            card_number: None,
        }
    }

    /// Whether nothing is asked but what a string is asked.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.shape, Shape::Text(_)) && self.values.is_none() && !self.is_composed()
    }

    /// True when other tables are held to the same value.
    pub(crate) fn is_composed(&self) -> bool {
        !self.all.is_empty() || !self.choices.is_empty() || self.not.is_some()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Any,
    Boolean,
    Number(Number),
    Text(Text),
    Array(Array),
    Object(Object),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    pub(crate) integer: Option<CodeRef>,
    pub(crate) range: Option<(i64, i64, CodeRef)>,
    pub(crate) decimal: Option<CodeRef>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    /// A JSON number.
    pub(crate) multiple_of: Option<(String, CodeRef)>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bound {
    /// A JSON number.
    pub(crate) value: String,
    pub(crate) exclusive: bool,
    pub(crate) code: CodeRef,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Text {
    pub(crate) min_length: Option<(u32, CodeRef)>,
    pub(crate) max_length: Option<(u32, CodeRef)>,
    /// A variant of `specwright_runtime::validate::Format`.
    pub(crate) format: Option<(&'static str, CodeRef)>,
    /// Places among the patterns.
    pub(crate) patterns: Vec<(usize, CodeRef)>,
    pub(crate) values: Option<(Vec<String>, CodeRef)>,
    pub(crate) card_number: Option<CodeRef>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Array {
    pub(crate) items: Option<TableId>,
    pub(crate) min_items: Option<(u32, CodeRef)>,
    pub(crate) max_items: Option<(u32, CodeRef)>,
    pub(crate) unique: Option<CodeRef>,
    /// Names of fields of the items.
    pub(crate) unique_by: Vec<(String, CodeRef)>,
    pub(crate) references: Vec<NoReference>,
}

/// Items that must not be referred to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NoReference {
    /// The number of the rule.
    pub(crate) slot: u16,
    /// The name of the field of the items that the reference is, or lies in.
    pub(crate) field: String,
    pub(crate) code: CodeRef,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    pub(crate) additional: Additional,
    /// What the values of members are held to that have neither a field nor a schema.
    pub(crate) others: Option<TableId>,
    pub(crate) min_properties: Option<(u32, CodeRef)>,
    pub(crate) max_properties: Option<(u32, CodeRef)>,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Field {
    /// The name on the wire.
    pub(crate) name: String,
    pub(crate) table: TableId,
    pub(crate) required: Option<CodeRef>,
    pub(crate) captures: Vec<Capture>,
}

/// The value is kept for the rule of a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Capture {
    pub(crate) slot: u16,
    pub(crate) role: Role,
}

/// What a value that is kept means for its rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The followers must agree with it.
    Reference,
    Follower,
    /// The key of an item.
    Key,
    /// With one of these values nothing may refer to the item.
    Barred(Vec<Scalar>),
    /// The key of an item that is referred to.
    Link,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Additional {
    /// The definition does not speak of them: a warning.
    #[default]
    Unstated,
    Any,
    Forbidden(CodeRef),
    Schema(TableId),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    pub(crate) kind: RuleKind,
    pub(crate) code: CodeRef,
}

/// The fields that a rule looks at, by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RuleKind {
    AtMostOneOf(Vec<String>),
    RequiredWhen(String, Condition),
    ForbiddenWhen(String, Condition),
    /// The number of the rule.
    SameValue(u16),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) values: Vec<Scalar>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scalar {
    Null,
    Boolean(bool),
    /// A JSON number.
    Number(String),
    Text(String),
    /// Compact JSON of an array or object.
    Json(String),
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Choice {
    pub(crate) members: Vec<TableId>,
    /// `anyOf`
    pub(crate) any: bool,
    /// The discriminator, and which of its values means which member.
    pub(crate) tag: Option<(String, Vec<(String, usize)>)>,
}
