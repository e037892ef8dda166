//! The contents of `models.rs`.

use super::{ConstraintKeyword, OpenEnum, RuntimeType, Type, UnionEnum};
use crate::ident::{ConstIdent, FieldIdent, TypeIdent};
use crate::pointer::Pointer;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Models {
    /// The constants of the violations that builders report for missing fields.
    pub(crate) codes: Vec<Code>,
    pub(crate) items: Vec<Item>,
    pub(crate) prelude: Prelude,
}

impl Models {
    /// Returns whether a pattern tells members of a union apart.
    pub(crate) fn has_patterns(&self) -> bool {
        let unions = self.items.iter().filter_map(|item| match item {
            Item::Union(item) => Some(item),
            _ => None,
        });
        let mut constraints =
            unions.flat_map(|union| &union.variants).flat_map(|variant| &variant.candidate.constraints);
        constraints.any(|constraint| matches!(constraint.keyword, ConstraintKeyword::Pattern(_)))
    }
}

/// How `models.rs` writes names that are not its own: without a path, unless a schema took the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prelude {
    pub(crate) option: &'static str,
    pub(crate) string: &'static str,
    pub(crate) vec: &'static str,
    pub(crate) boxed: &'static str,
    pub(crate) result: &'static str,
    pub(crate) from: &'static str,
    pub(crate) default: &'static str,
    pub(crate) some: &'static str,
    pub(crate) ok: &'static str,
    pub(crate) err: &'static str,
    /// The runtime's list of violations.
    pub(crate) violations: &'static str,
    /// The runtime's error code.
    pub(crate) code: &'static str,
    /// The runtime's types whose names schemas took.
    pub(crate) shadowed: Vec<RuntimeType>,
}

impl Default for Prelude {
    fn default() -> Self {
        Self {
            option: "Option",
            string: "String",
            vec: "Vec",
            boxed: "Box",
            result: "Result",
            from: "From",
            default: "Default",
            some: "Some",
            ok: "Ok",
            err: "Err",
            violations: "Violations",
            code: "Code",
            shadowed: Vec::new(),
        }
    }
}

/// A constant that holds an error code with its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) ident: ConstIdent,
    pub(crate) name: String,
    pub(crate) message: String,
    pub(crate) warning: bool,
    /// Builders behind the feature `server` alone report it.
    pub(crate) for_servers: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Struct(Struct),
    Enum(OpenEnum),
    Union(UnionEnum),
    Alias(Alias),
}

impl Item {
    /// Returns the name of the type.
    pub(crate) fn ident(&self) -> &TypeIdent {
        match self {
            Self::Struct(item) => &item.ident,
            Self::Enum(item) => &item.ident,
            Self::Union(item) => &item.ident,
            Self::Alias(item) => &item.ident,
        }
    }

    /// Returns whether the item is a type of its own and not another name for one.
    pub(crate) fn is_type(&self) -> bool {
        !matches!(self, Self::Alias(alias) if !alias.newtype)
    }

    /// Returns the name of the builder, if there is one.
    pub(crate) fn builder(&self) -> Option<&TypeIdent> {
        match self {
            Self::Struct(item) => item.builder.as_ref(),
            _ => None,
        }
    }

    /// Returns the types of all members.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(item) => {
                let rest = item.rest.iter().map(|rest| &rest.ty);
                item.fields.iter().map(|field| &field.ty).chain(rest).collect()
            }
            Self::Union(item) => item.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(item) => vec![&item.target],
            Self::Enum(_) => Vec::new(),
        }
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Struct {
    /// The schema.
    pub(crate) at: Pointer,
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) fields: Vec<Field>,
    /// The field that keeps additional properties, if the schema mentions them.
    pub(crate) rest: Option<Rest>,
    /// `None`: there is no builder. A struct without members needs none.
    pub(crate) builder: Option<TypeIdent>,
    /// Responses alone contain the struct: its builder is behind the feature `server`.
    pub(crate) for_servers: bool,
    pub(crate) eq: bool,
    /// No member is required: the empty value exists.
    pub(crate) default: bool,
}

impl Struct {
    /// Returns whether `Debug` must not show some member.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.fields.iter().any(|field| field.sensitive) || self.rest.iter().any(|rest| rest.sensitive)
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// The schema of the property.
    pub(crate) at: Pointer,
    pub(crate) ident: FieldIdent,
    /// The name of the builder's setter that takes an option.
    pub(crate) set: FieldIdent,
    /// The name on the wire.
    pub(crate) wire: String,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    /// The type of a value that is present, without `Option`.
    pub(crate) ty: Type,
    /// Its numbers are read by `Exact`.
    pub(crate) exact: bool,
    pub(crate) presence: Presence,
    pub(crate) sensitive: bool,
    /// Requests contain the object, but not this member of it: the builder does not set it.
    pub(crate) is_set_by_service: bool,
    /// The constant of the violation when a required field is missing.
    pub(crate) missing: Option<ConstIdent>,
    /// The variant that a builder takes when a required field is not set: it is the only one.
    pub(crate) preset: Option<TypeIdent>,
}

#[cfg(any(feature = "evolve", feature = "overview"))]
impl Field {
    /// Returns the type as Rust writes it, with what its presence puts around it.
    pub(crate) fn written_type(&self) -> String {
        let ty = &self.ty;
        match self.presence {
            Presence::Required => ty.to_string(),
            Presence::RequiredNullable | Presence::Optional | Presence::OptionalAny => {
                format!("Option<{ty}>")
            }
            Presence::OptionalNullable => format!("Option<Option<{ty}>>"),
        }
    }
}

/// Whether a member must be present, and whether it may be `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `T`
    Required,
    /// `Option<T>`: always written.
    RequiredNullable,
    /// `Option<T>`: `null` is read as absent.
    Optional,
    /// `Option<Option<T>>`: absent, `null`, or a value.
    OptionalNullable,
    /// `Option<T>` of a type that holds `null` itself.
    OptionalAny,
}

impl Presence {
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rest {
    pub(crate) ident: FieldIdent,
    /// The type of one value.
    pub(crate) ty: Type,
    /// Its numbers are read by `Exact`.
    pub(crate) exact: bool,
    /// `Debug` must not show the values.
    pub(crate) sensitive: bool,
}

/// A component that is no type of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alias {
    /// The schema.
    pub(crate) at: Pointer,
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) target: Type,
    /// The alias refers to itself, so it must be a struct around its target.
    pub(crate) newtype: bool,
    pub(crate) eq: bool,
    /// `Debug` must not show the value.
    pub(crate) sensitive: bool,
}
