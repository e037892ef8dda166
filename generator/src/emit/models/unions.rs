//! An enum of alternatives, which differ by a discriminator or by their members.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use crate::ident::TypeIdent;
use crate::rust::{
    Candidate, Constraint, ConstraintKeyword, JsonType, OtherMembers, Prelude, Type, UnionEnum, UnionTag,
    UnionVariant,
};

/// The enum, and how it is written and read.
pub(super) fn union(item: &UnionEnum, prelude: &Prelude) -> Vec<TokenStream> {
    let mut items = vec![definition(item, prelude), table(item)];
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

/// The call of `union!`: the variants, and the table of what each is known by.
fn table(item: &UnionEnum) -> TokenStream {
    let (ident, unknown) = (&item.ident, &item.unknown);
    let variants = item.variants.iter().enumerate().map(|(index, variant)| {
        let name = &variant.ident;
        let tag = missing_tag(item.tag.as_ref(), index, variant);
        let form = match tag {
            Some((property, tag)) => Some(quote! { = tagged(#property, #tag) }),
            None => variant.exact.then(|| quote! { = exact }),
        };
        quote! { #name #form, }
    });
    let tag = item.tag.as_ref().filter(|tag| !tag.mapping.is_empty());
    let discriminator_decides = tag.is_some_and(|tag| tag.shared.is_empty());
    let expressions = if discriminator_decides { Vec::new() } else { expressions(item) };
    let named = expressions.iter().enumerate().map(|(index, text)| {
        let name = expression(index);
        quote! { static #name: specwright_runtime::union::Expression = expression(#text); }
    });
    let candidates = item.variants.iter().enumerate().map(|(index, variant)| {
        let candidate = if discriminator_decides {
            quote! { any() }
        } else {
            candidate(&variant.candidate, structure(variant), &expressions)
        };
        let tags = tag.map(|tag| tags(tag, index));
        quote! { #candidate #tags }
    });
    let asking = item.asking.iter().map(|asking| candidate(asking, None, &expressions));
    let candidates = candidates.chain(asking);
    let choice = tokens::ident(if item.any { "any_of" } else { "one_of" });
    let discriminator = tag.map(|tag| {
        let property = &tag.property;
        quote! { .discriminator(#property) }
    });
    let shared = tag.filter(|tag| !tag.shared.is_empty()).map(|tag| {
        let values = &tag.shared;
        quote! { .shared(&[#(#values),*]) }
    });
    quote! {
        specwright_runtime::union! {
            enum #ident {
                #unknown,
                #(#variants)*
            }
            #(#named)*
            static CANDIDATES: specwright_runtime::union::Candidates =
                #choice(&[#(#candidates),*]) #discriminator #shared;
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
    let is_object = variant.candidate.ty == Some(JsonType::Object);
    if !is_object || variant.candidate.known.contains(&tag.property) {
        return None;
    }
    let (value, _) = tag.mapping.iter().find(|(_, mapped)| *mapped == index)?;
    Some((&tag.property, value))
}

/// The values of the discriminator that name the candidate.
fn tags(tag: &UnionTag, candidate: usize) -> Option<TokenStream> {
    let values = tag.mapping.iter().filter(|(_, mapped)| *mapped == candidate).map(|(value, _)| value);
    let values: Vec<&String> = values.collect();
    (!values.is_empty()).then(|| quote! { .tags(&[#(#values),*]) })
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

fn candidate(candidate: &Candidate, structure: Option<&TypeIdent>, expressions: &[&str]) -> TokenStream {
    let function = tokens::ident(candidate.ty.map_or("any", JsonType::name));
    let (made, by_default) = match structure {
        Some(ident) => (quote! { object::<#ident>() }, OtherMembers::Dropped),
        None => (quote! { #function() }, OtherMembers::Kept),
    };
    let is_named = structure.is_some() || candidate.known.is_empty();
    let known = (!is_named).then(|| list("known", &candidate.known));
    let required = (!candidate.required.is_empty()).then(|| list("required", &candidate.required));
    let others = (candidate.others != by_default).then(|| {
        let method = tokens::ident(candidate.others.name());
        quote! { .#method() }
    });
    let constants = (!candidate.constants.is_empty()).then(|| {
        let constants = candidate.constants.iter().map(|(name, values)| quote! { (#name, &[#(#values),*]) });
        quote! { .constants(&[#(#constants),*]) }
    });
    let constraints = (!candidate.constraints.is_empty()).then(|| {
        let constraints = candidate.constraints.iter().map(|found| constraint(found, expressions));
        quote! { .constraints(&[#(#constraints),*]) }
    });
    quote! { #made #known #required #others #constants #constraints }
}

fn list(method: &str, names: &[String]) -> TokenStream {
    let method = tokens::ident(method);
    quote! { .#method(&[#(#names),*]) }
}

/// The struct that the variant holds, whose table has the names of the members.
fn structure(variant: &UnionVariant) -> Option<&TypeIdent> {
    let held = match &variant.ty {
        Type::Boxed(inner) => inner.as_ref(),
        ty => ty,
    };
    match held {
        Type::Named(ident) if variant.candidate.is_struct => Some(ident),
        _ => None,
    }
}

fn constraint(constraint: &Constraint, expressions: &[&str]) -> TokenStream {
    let keyword = keyword(&constraint.keyword, expressions);
    if let Some(name) = &constraint.member {
        quote! { member(#name, #keyword) }
    } else {
        quote! { value(#keyword) }
    }
}

fn keyword(stated: &ConstraintKeyword, expressions: &[&str]) -> TokenStream {
    match stated {
        ConstraintKeyword::Format(format) => {
            let format = tokens::ident(format.name());
            quote! { #format() }
        }
        ConstraintKeyword::Pattern(text) => {
            let index = expressions.iter().position(|known| known == text).unwrap_or_default();
            let name = expression(index);
            quote! { pattern(&#name) }
        }
        ConstraintKeyword::MinLength(length) => {
            let length = tokens::number(*length);
            quote! { min_length(#length) }
        }
        ConstraintKeyword::MaxLength(length) => {
            let length = tokens::number(*length);
            quote! { max_length(#length) }
        }
        ConstraintKeyword::Minimum(limit) => quote! { minimum(#limit) },
        ConstraintKeyword::Maximum(limit) => quote! { maximum(#limit) },
        ConstraintKeyword::MoreThan(limit) => quote! { more_than(#limit) },
        ConstraintKeyword::LessThan(limit) => quote! { less_than(#limit) },
        ConstraintKeyword::Values(values) => quote! { values(&[#(#values),*]) },
        ConstraintKeyword::Members(members) => {
            let members = members.iter().map(|(name, values)| quote! { (#name, &[#(#values),*]) });
            quote! { members(&[#(#members),*]) }
        }
        ConstraintKeyword::Entries(of_entry) => {
            let of_entry = keyword(of_entry, expressions);
            quote! { entries(&#of_entry) }
        }
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
