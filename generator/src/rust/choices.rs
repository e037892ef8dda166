//! Enums: one value of a list, or a value of one of several forms.

use super::{JsonType, OtherMembers, TextFormat, Type};
use crate::ident::TypeIdent;
use crate::pointer::Pointer;

/// An enum that keeps values it does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenEnum {
    /// The schema.
    pub(crate) at: Pointer,
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) variants: EnumVariants,
    /// The variant that keeps an unlisted value.
    pub(crate) unknown: TypeIdent,
    /// `Debug` must not show the value.
    pub(crate) sensitive: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EnumVariants {
    Strings(Vec<EnumVariant<String>>),
    Integers(Vec<EnumVariant<i64>>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EnumVariant<T> {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) wire: T,
}

/// `oneOf`, `anyOf`, or a parent with a discriminator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnionEnum {
    /// The schema.
    pub(crate) at: Pointer,
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) variants: Vec<UnionVariant>,
    /// Members without a type that ask for members of an object: such an object is kept as it came.
    pub(crate) asking: Vec<Candidate>,
    /// The variant that keeps a value of no known form.
    pub(crate) unknown: TypeIdent,
    /// Which values that variant keeps, as its documentation says it.
    pub(crate) kept: &'static str,
    /// A value may be of several forms at once.
    pub(crate) any: bool,
    pub(crate) tag: Option<UnionTag>,
    /// It implements `Eq`.
    pub(crate) eq: bool,
}

impl UnionEnum {
    /// Returns whether `Debug` must not show the value of some variant.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.variants.iter().any(|variant| variant.sensitive)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnionVariant {
    /// The schema of the member.
    pub(crate) at: Pointer,
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) ty: Type,
    /// Its numbers are read by `Exact`.
    pub(crate) exact: bool,
    pub(crate) candidate: Candidate,
    /// `From` converts the type into the union: no other variant has the same type.
    pub(crate) converts: bool,
    /// `Debug` must not show the value.
    pub(crate) sensitive: bool,
}

/// How a JSON value of a variant differs from values of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// `None`: any type.
    pub(crate) ty: Option<JsonType>,
    /// It is a struct, whose fields are the known members.
    pub(crate) is_struct: bool,
    pub(crate) required: Vec<String>,
    pub(crate) known: Vec<String>,
    pub(crate) others: OtherMembers,
    /// Members that have one of a few values, each with those values.
    pub(crate) constants: Vec<(String, Vec<String>)>,
    pub(crate) constraints: Vec<Constraint>,
}

/// A keyword that not all candidates have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Constraint {
    /// The member of an object; `None` is the value itself.
    pub(crate) member: Option<String>,
    pub(crate) keyword: ConstraintKeyword,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ConstraintKeyword {
    Format(TextFormat),
    Pattern(String),
    MinLength(u64),
    MaxLength(u64),
    Minimum(String),
    Maximum(String),
    MoreThan(String),
    LessThan(String),
    /// Those of an `enum`: strings, or integers as their JSON texts.
    Values(Vec<String>),
    /// What members of an object may be, with values as above.
    Members(Vec<(String, Vec<String>)>),
    /// Of every item of a list, or value of a map.
    Entries(Box<ConstraintKeyword>),
}

/// The property whose value names the variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnionTag {
    pub(crate) property: String,
    /// Each value of the property, with the index of its variant.
    pub(crate) mapping: Vec<(String, usize)>,
    /// Values with which the best candidate is taken, as several variants allow them.
    pub(crate) shared: Vec<String>,
}
