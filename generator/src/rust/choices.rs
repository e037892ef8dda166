//! Enums and unions: one value out of several.

use super::Type;
use crate::ident::TypeIdent;

/// An enum that keeps values it does not know.
#[derive(Debug, Clone)]
pub(crate) struct OpenEnum {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) variants: EnumVariants,
    /// The variant that keeps an unlisted value.
    pub(crate) unknown: TypeIdent,
    /// The value must not be shown.
    pub(crate) sensitive: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum EnumVariants {
    Strings(Vec<EnumVariant<String>>),
    Integers(Vec<EnumVariant<i64>>),
}

#[derive(Debug, Clone)]
pub(crate) struct EnumVariant<T> {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) wire: T,
}

/// `oneOf`, `anyOf`, or a parent with a discriminator.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) variants: Vec<Variant>,
    pub(crate) unknown: TypeIdent,
    pub(crate) discriminator: Option<Discriminator>,
    pub(crate) eq: bool,
}

impl Union {
    /// True when the value of any variant must not be shown.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.variants.iter().any(|variant| variant.sensitive)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) ty: Type,
    pub(crate) candidate: Candidate,
    /// No other variant holds the type, so that it converts into the union.
    pub(crate) converts: bool,
    /// The value that the variant holds must not be shown.
    pub(crate) sensitive: bool,
}

/// What tells a variant from its siblings on the wire.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// Names of `specwright_runtime::union::JsonType`; empty: any.
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) required: Vec<String>,
    pub(crate) known: Vec<String>,
    /// A name of `specwright_runtime::union::Others`: what becomes of every other member.
    pub(crate) others: &'static str,
    pub(crate) constants: Vec<(String, Vec<String>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Discriminator {
    pub(crate) property: String,
    /// Value on the wire to the variant's place.
    pub(crate) mapping: Vec<(String, usize)>,
}
