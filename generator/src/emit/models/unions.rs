//! An enum of alternatives, which differ by a discriminator or by their members.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use crate::rust::{
    Candidate, Constraint, ConstraintKeyword, JsonType, Prelude, Type, UnionEnum, UnionTag, UnionVariant,
};

/// The enum, and how it is written and read.
pub(super) fn union(item: &UnionEnum, prelude: &Prelude) -> Vec<TokenStream> {
    let mut items = vec![definition(item, prelude), serialize(item, prelude), deserialize(item, prelude)];
    items.extend(item.is_sensitive().then(|| redacted_debug(item)));
    items.extend(conversions(item, prelude));
    items
}

fn definition(item: &UnionEnum, prelude: &Prelude) -> TokenStream {
    let (outer, deprecated) = (docs(&item.docs), deprecated(item.deprecated));
    let (ident, unknown) = (&item.ident, &item.unknown);
    let eq = item.eq.then(|| quote! { , Eq });
    let kept = docs(&[item.kept.to_owned()]);
    let debug = (!item.is_sensitive()).then(|| quote! { , Debug });
    let variants = item.variants.iter().map(|variant| {
        let (docs, ident, ty) = (docs(&variant.docs), &variant.ident, tokens::ty(&variant.ty, prelude));
        quote! { #docs #ident(#ty), }
    });
    quote! {
        #outer
        #deprecated
        #[derive(Clone, PartialEq #eq #debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #kept
            #unknown(specwright_runtime::Json),
        }
    }
}

/// Shows which variant it is, and the value only of those that may be shown.
fn redacted_debug(item: &UnionEnum) -> TokenStream {
    let unknown = (&item.unknown, true);
    let all = item.variants.iter().map(|variant| (&variant.ident, variant.sensitive)).chain([unknown]);
    let arms = all.map(|(ident, sensitive)| {
        let name = ident.as_str();
        if sensitive {
            quote! { Self::#ident(_) => f.debug_tuple(#name).field(&specwright_runtime::Redacted).finish(), }
        } else {
            quote! { Self::#ident(value) => f.debug_tuple(#name).field(value).finish(), }
        }
    });
    tokens::debug(&item.ident, &quote! { match self { #(#arms)* } })
}

fn serialize(item: &UnionEnum, prelude: &Prelude) -> TokenStream {
    let result = tokens::path(prelude.result);
    let (ident, unknown) = (&item.ident, &item.unknown);
    let arms = item.variants.iter().enumerate().map(|(index, variant)| {
        let name = &variant.ident;
        let tag = missing_tag(item.tag.as_ref(), index, variant);
        let written = tag.map_or_else(
            || quote! { serde::Serialize::serialize(value, serializer) },
            |(property, tag)| {
                quote! { specwright_runtime::union::serialize_tagged(serializer, #property, #tag, value) }
            },
        );
        quote! { Self::#name(value) => #written, }
    });
    quote! {
        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    Self::#unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }
    }
}

/// The discriminator to write with an object whose own schema has no such property.
fn missing_tag<'a>(
    tag: Option<&'a UnionTag>,
    index: usize,
    variant: &UnionVariant,
) -> Option<(&'a str, &'a str)> {
    let tag = tag?;
    let is_object = variant.candidate.types == [JsonType::Object];
    if !is_object || variant.candidate.known.contains(&tag.property) {
        return None;
    }
    let (value, _) = tag.mapping.iter().find(|(_, mapped)| *mapped == index)?;
    Some((&tag.property, value))
}

fn deserialize(item: &UnionEnum, prelude: &Prelude) -> TokenStream {
    let (result, ok) = (tokens::path(prelude.result), tokens::path(prelude.ok));
    let ident = &item.ident;
    let body = match &item.tag {
        Some(tag) if !tag.mapping.is_empty() => by_tag(item, tag, prelude),
        _ => by_rank(item),
    };
    let unknown = &item.unknown;
    quote! {
        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let json = <specwright_runtime::Json as serde::Deserialize>::deserialize(deserializer)?;
                let raw = json.raw();
                #body
                #ok(found.unwrap_or(Self::#unknown(json)))
            }
        }
    }
}

fn by_tag(item: &UnionEnum, tag: &UnionTag, prelude: &Prelude) -> TokenStream {
    let (property, some) = (&tag.property, tokens::path(prelude.some));
    let arms = item.variants.iter().enumerate().filter_map(|(index, variant)| {
        let values: Vec<&String> =
            tag.mapping.iter().filter(|(_, mapped)| *mapped == index).map(|(value, _)| value).collect();
        let decoded = decoded(variant);
        (!values.is_empty()).then(|| quote! { #some(#(#values)|*) => #decoded, })
    });
    let shared = (!tag.shared.is_empty()).then(|| {
        let (values, body) = (&tag.shared, by_rank(item));
        quote! {
            #some(#(#values)|*) => {
                #body
                found
            }
        }
    });
    quote! {
        let found = match specwright_runtime::union::tag(raw, #property).as_deref() {
            #(#arms)*
            #shared
            _ => None,
        };
    }
}

fn by_rank(item: &UnionEnum) -> TokenStream {
    let expressions = expressions(item);
    let candidates = item.variants.iter().map(|variant| &variant.candidate).chain(&item.asking);
    let candidates = candidates.map(|known| candidate(known, &expressions));
    let named = expressions.iter().enumerate().map(|(index, text)| {
        let name = expression(index);
        quote! {
            static #name: specwright_runtime::union::Expression =
                specwright_runtime::union::Expression::new(#text);
        }
    });
    let arms = item.variants.iter().enumerate().map(|(index, variant)| {
        let (index, decoded) = (tokens::number(i64::try_from(index).unwrap_or_default()), decoded(variant));
        quote! { #index => #decoded, }
    });
    let read = tokens::ident(if item.any { "read_any" } else { "read" });
    quote! {
        #(#named)*
        static CANDIDATES: &[specwright_runtime::union::Candidate] = &[#(#candidates),*];
        let found = specwright_runtime::union::#read(raw, CANDIDATES, |index| match index {
            #(#arms)*
            _ => None,
        });
    }
}

/// The variant with what is decoded.
fn decoded(variant: &UnionVariant) -> TokenStream {
    let name = &variant.ident;
    if variant.exact {
        let exact = quote! { specwright_runtime::Exact };
        quote! { specwright_runtime::union::decode(raw).map(|#exact(value)| Self::#name(value)) }
    } else {
        quote! { specwright_runtime::union::decode(raw).map(Self::#name) }
    }
}

/// The patterns that tell members apart, each once. What is compiled at its first use must be a static of its
/// own.
fn expressions(item: &UnionEnum) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for constraint in item.variants.iter().flat_map(|variant| &variant.candidate.constraints) {
        if let ConstraintKeyword::Pattern(text) = &constraint.keyword
            && !found.contains(&&**text)
        {
            found.push(text);
        }
    }
    found
}

fn expression(index: usize) -> Ident {
    tokens::ident(&format!("PATTERN_{}", index + 1))
}

fn candidate(candidate: &Candidate, expressions: &[&str]) -> TokenStream {
    let types = candidate.types.iter().map(|ty| tokens::ident(ty.name()));
    let (required, known) = (&candidate.required, &candidate.known);
    let others = tokens::ident(candidate.others.name());
    let constants = candidate.constants.iter().map(|(name, values)| quote! { (#name, &[#(#values),*]) });
    let constraints = candidate.constraints.iter().map(|found| constraint(found, expressions));
    quote! {
        specwright_runtime::union::Candidate {
            types: &[#(specwright_runtime::union::JsonType::#types),*],
            required: &[#(#required),*],
            known: &[#(#known),*],
            others: specwright_runtime::union::Others::#others,
            constants: &[#(#constants),*],
            constraints: &[#(#constraints),*],
        }
    }
}

fn constraint(constraint: &Constraint, expressions: &[&str]) -> TokenStream {
    let keyword = match &constraint.keyword {
        ConstraintKeyword::Format(format) => {
            let format = tokens::ident(format.name());
            quote! { Format(specwright_runtime::union::TextFormat::#format) }
        }
        ConstraintKeyword::Pattern(text) => {
            let index = expressions.iter().position(|known| known == text).unwrap_or_default();
            let name = expression(index);
            quote! { Pattern(&#name) }
        }
        ConstraintKeyword::MinLength(length) => {
            let length = tokens::number(*length);
            quote! { MinLength(#length) }
        }
        ConstraintKeyword::MaxLength(length) => {
            let length = tokens::number(*length);
            quote! { MaxLength(#length) }
        }
        ConstraintKeyword::Minimum(limit) => quote! { Minimum(#limit) },
        ConstraintKeyword::Maximum(limit) => quote! { Maximum(#limit) },
        ConstraintKeyword::MoreThan(limit) => quote! { MoreThan(#limit) },
        ConstraintKeyword::LessThan(limit) => quote! { LessThan(#limit) },
        ConstraintKeyword::Values(values) => quote! { Values(&[#(#values),*]) },
    };
    let keyword = quote! { specwright_runtime::union::Keyword::#keyword };
    if let Some(name) = &constraint.member {
        quote! { specwright_runtime::union::Constraint::of_member(#name, #keyword) }
    } else {
        quote! { specwright_runtime::union::Constraint::of_value(#keyword) }
    }
}

/// `From` for every variant that converts.
fn conversions(item: &UnionEnum, prelude: &Prelude) -> Vec<TokenStream> {
    let ident = &item.ident;
    let from = tokens::path(prelude.from);
    let converting = item.variants.iter().filter(|variant| variant.converts);
    let made = converting.map(|variant| {
        let (inner, is_boxed) = match &variant.ty {
            Type::Boxed(inner) => (inner.as_ref(), true),
            ty => (ty, false),
        };
        let (name, argument) = (&variant.ident, tokens::ty(inner, prelude));
        let boxed = tokens::path(prelude.boxed);
        let value = if is_boxed {
            quote! { #boxed::new(value) }
        } else {
            quote! { value }
        };
        quote! {
            impl #from<#argument> for #ident {
                fn from(value: #argument) -> Self {
                    Self::#name(#value)
                }
            }
        }
    });
    made.collect()
}
