//! Tables of numbers and strings, values of enums and conditions, and what all tables share.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{ident, number};
use crate::rust::validators::{Bound, CodeRef, NamedPattern, NumberTable, Scalar, TextTable};

pub(super) fn numeric(table: &NumberTable) -> TokenStream {
    let integer = table.integer.as_ref().map(|code| {
        let asks = ident(if table.any_form { "whole" } else { "integer" });
        quote! { .#asks(&#code) }
    });
    let range = table.range.as_ref().map(|(low, high, code)| {
        let (low, high) = (end(*low), end(*high));
        quote! { .range(#low, #high, &#code) }
    });
    let decimal = table.decimal.as_ref().map(|code| quote! { .decimal(&#code) });
    let binary = table.binary.as_ref().map(|code| quote! { .binary(&#code) });
    let minimum = table.minimum.as_ref().map(bound).map(|bound| quote! { .minimum(#bound) });
    let maximum = table.maximum.as_ref().map(bound).map(|bound| quote! { .maximum(#bound) });
    let multiple_of = table.multiple_of.as_ref().map(|(value, code)| quote! { .multiple_of(#value, &#code) });
    quote! { Number::new() #integer #range #decimal #binary #minimum #maximum #multiple_of }
}

/// Returns an end of a range, by its name where it has one.
fn end(value: i64) -> TokenStream {
    match value {
        i64::MIN => quote! { i64::MIN },
        i64::MAX => quote! { i64::MAX },
        _ => number(value),
    }
}

fn bound(bound: &Bound) -> TokenStream {
    let (value, code) = (&bound.value, &bound.code);
    if bound.exclusive {
        quote! { Bound::exclusive(#value, &#code) }
    } else {
        quote! { Bound::inclusive(#value, &#code) }
    }
}

pub(super) fn text(table: &TextTable, patterns: &[NamedPattern]) -> TokenStream {
    let min = limit("min_length", table.min_length.as_ref());
    let max = limit("max_length", table.max_length.as_ref());
    let format = table.format.as_ref().map(|(name, code)| {
        let name = ident(name);
        quote! { .format(Format::#name, &#code) }
    });
    let patterns = table.patterns.iter().filter_map(|(index, code)| {
        let pattern = &patterns.get(*index)?.ident;
        Some(quote! { (&#pattern, &#code) })
    });
    let patterns = slice(patterns).map(|patterns| quote! { .patterns(#patterns) });
    let values = table.values.as_ref().map(|(values, code)| quote! { .values(&[#(#values),*], &#code) });
    let card_number = table.card_number.as_ref().map(|code| quote! { .no_card_number(&#code) });
    quote! { Text::new() #min #max #values #patterns #format #card_number }
}

/// `.max_items(1000, &CODE)`
pub(super) fn limit(name: &str, limit: Option<&(u32, CodeRef)>) -> Option<TokenStream> {
    let (value, code) = limit?;
    let (name, value) = (ident(name), number(*value));
    Some(quote! { .#name(#value, &#code) })
}

pub(super) fn scalar(value: &Scalar) -> TokenStream {
    match value {
        Scalar::Null => quote! { Scalar::Null },
        Scalar::Boolean(value) => quote! { Scalar::Boolean(#value) },
        Scalar::Number(text) => quote! { Scalar::Number(#text) },
        Scalar::Text(text) => quote! { Scalar::Text(#text) },
        Scalar::Json(text) => quote! { Scalar::Json(#text) },
    }
}

/// Returns `&[a, b]`; `None` for no entry.
pub(super) fn slice(entries: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let entries: Vec<TokenStream> = entries.collect();
    (!entries.is_empty()).then(|| quote! { &[#(#entries),*] })
}
