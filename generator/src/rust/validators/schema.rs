//! Tables: the rules of one schema, each keyword with its code.

use super::beyond::BeyondTable;
use super::{CodeRef, TableId};
use crate::ident::ConstIdent;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// `None`: the table is written inside the table that refers to it.
    pub(crate) ident: Option<ConstIdent>,
    pub(crate) docs: Vec<String>,
    /// Whether users of the crate may refer to it, such as the table of a component.
    pub(crate) public: bool,
    pub(crate) schema: SchemaTable,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SchemaTable {
    pub(crate) shape: TableShape,
    pub(crate) nullable: bool,
    /// `None`: the runtime's code.
    pub(crate) wrong_type: Option<CodeRef>,
    /// `enum` of values that are not strings.
    pub(crate) values: Option<(Vec<Scalar>, CodeRef)>,
    pub(crate) all: Vec<TableId>,
    pub(crate) choices: Vec<ChoiceTable>,
    pub(crate) not: Option<TableId>,
    /// A value of another type is allowed.
    pub(crate) other_types: bool,
    pub(crate) beyond: Vec<BeyondTable>,
    /// For values without a type: no string at any depth contains a card number.
    pub(crate) card_number: Option<CodeRef>,
}

impl SchemaTable {
    pub(crate) fn new(shape: TableShape) -> Self {
        Self {
            shape,
            nullable: false,
            wrong_type: None,
            values: None,
            all: Vec::new(),
            choices: Vec::new(),
            not: None,
            other_types: false,
            beyond: Vec::new(),
            card_number: None,
        }
    }

    /// Returns true if the table has the rules of a string and no other.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.shape, TableShape::Text(_)) && self.values.is_none() && !self.is_composed()
    }

    /// Returns true if the same value is validated with other tables too.
    pub(crate) fn is_composed(&self) -> bool {
        !self.all.is_empty() || !self.choices.is_empty() || self.not.is_some() || !self.beyond.is_empty()
    }

    /// Returns the tables that the same value is validated with.
    pub(crate) fn composed(&self) -> Vec<TableId> {
        let choices = self.choices.iter().flat_map(|choice| choice.members.iter().copied());
        let beyond = self.beyond.iter().flat_map(BeyondTable::of_same_value);
        self.all.iter().copied().chain(choices).chain(self.not).chain(beyond).collect()
    }

    /// Returns every reference to another table.
    pub(crate) fn references(&self) -> Vec<TableId> {
        self.clone().references_mut().into_iter().map(|id| *id).collect()
    }

    /// Returns every reference to another table, to be changed.
    pub(crate) fn references_mut(&mut self) -> Vec<&mut TableId> {
        let mut found: Vec<&mut TableId> = self.all.iter_mut().chain(&mut self.not).collect();
        found.extend(self.choices.iter_mut().flat_map(|choice| &mut choice.members));
        found.extend(self.beyond.iter_mut().flat_map(BeyondTable::references_mut));
        match &mut self.shape {
            TableShape::Array(array) => found.extend(&mut array.items),
            TableShape::Object(object) => {
                found.extend(object.fields.iter_mut().map(|field| &mut field.table));
                if let AdditionalMembers::Schema(id) = &mut object.additional {
                    found.push(id);
                }
                found.extend(&mut object.others);
            }
            _ => {}
        }
        found
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TableShape {
    Any,
    Boolean,
    Number(NumberTable),
    Text(TextTable),
    Array(ArrayTable),
    Object(ObjectTable),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NumberTable {
    pub(crate) integer: Option<CodeRef>,
    /// An integer may be written as `1.0` or `1e0`.
    pub(crate) any_form: bool,
    pub(crate) range: Option<(i64, i64, CodeRef)>,
    pub(crate) decimal: Option<CodeRef>,
    pub(crate) binary: Option<CodeRef>,
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
pub(crate) struct TextTable {
    pub(crate) min_length: Option<(u32, CodeRef)>,
    pub(crate) max_length: Option<(u32, CodeRef)>,
    /// A variant of `specwright_runtime::validate::Format`.
    pub(crate) format: Option<(&'static str, CodeRef)>,
    /// Indexes of patterns.
    pub(crate) patterns: Vec<(usize, CodeRef)>,
    pub(crate) values: Option<(Vec<String>, CodeRef)>,
    pub(crate) card_number: Option<CodeRef>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ArrayTable {
    pub(crate) items: Option<TableId>,
    pub(crate) min_items: Option<(u32, CodeRef)>,
    pub(crate) max_items: Option<(u32, CodeRef)>,
    pub(crate) unique: Option<CodeRef>,
    /// Names of fields of the items.
    pub(crate) unique_by: Vec<(String, CodeRef)>,
    pub(crate) references: Vec<NoReference>,
}

/// A rule that no item refers to certain others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NoReference {
    /// The slot of the values that are captured for the rule.
    pub(crate) slot: u16,
    /// The name of the items' field that is the reference or contains it.
    pub(crate) field: String,
    pub(crate) code: CodeRef,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ObjectTable {
    pub(crate) fields: Vec<FieldTable>,
    pub(crate) additional: AdditionalMembers,
    /// The table for values of members that have neither a field nor a schema.
    pub(crate) others: Option<TableId>,
    pub(crate) min_properties: Option<(u32, CodeRef)>,
    pub(crate) max_properties: Option<(u32, CodeRef)>,
    pub(crate) rules: Vec<ObjectRule>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FieldTable {
    /// The name on the wire.
    pub(crate) name: String,
    pub(crate) table: TableId,
    pub(crate) required: Option<CodeRef>,
    pub(crate) captures: Vec<Capture>,
}

/// The value is kept for a rule of an enclosing object or array.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Capture {
    /// The slot of the rule.
    pub(crate) slot: u16,
    pub(crate) role: Role,
}

/// The part that a captured value has in its rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The followers must agree with it.
    Reference,
    Follower,
    /// The key of an item.
    Key,
    /// An item with one of these values must not be referred to.
    Barred(Vec<Scalar>),
    /// The key of an item that is referred to.
    Link,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AdditionalMembers {
    /// The definition says nothing about them: a warning.
    #[default]
    Unstated,
    Any,
    Forbidden(CodeRef),
    Schema(TableId),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ObjectRule {
    pub(crate) kind: ObjectRuleKind,
    pub(crate) code: CodeRef,
}

/// A rule, with the names of the fields that it reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ObjectRuleKind {
    AtMostOneOf(Vec<String>),
    RequiredWhen(String, FieldCondition),
    ForbiddenWhen(String, FieldCondition),
    /// The slot of the values that are captured for the rule.
    SameValue(u16),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FieldCondition {
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
pub(crate) struct ChoiceTable {
    pub(crate) members: Vec<TableId>,
    /// True for `anyOf`.
    pub(crate) any: bool,
    /// The discriminator's property, and the index of the member that each value names.
    pub(crate) tag: Option<(String, Vec<(String, usize)>)>,
}
