//! A pattern: a row of classes, or a regular expression.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::tokens::{docs, number};
use crate::pattern::{Class, Pattern, Run};
use crate::rust::validators::NamedPattern;

/// The static of a pattern, with the text of the definition as its documentation.
pub(super) fn pattern(named: &NamedPattern) -> TokenStream {
    let ident = &named.ident;
    let docs = docs(&named.docs);
    let source = &named.source;
    let pattern = match &named.pattern {
        Pattern::Runs(runs) => {
            let runs = runs.iter().map(run);
            quote! { Pattern::runs(&[#(#runs),*]).source(#source) }
        }
        Pattern::Regex(expression) if expression == source => quote! { Pattern::regex(#source) },
        Pattern::Regex(expression) => quote! { Pattern::regex(#expression).source(#source) },
    };
    quote! {
        #docs
        static #ident: Pattern = #pattern;
    }
}

fn run(run: &Run) -> TokenStream {
    let (class, min) = (class(run.class), number(run.min));
    let max = if run.max == u32::MAX {
        quote! { u32::MAX }
    } else {
        number(run.max)
    };
    quote! { Run::new(#class, #min, #max) }
}

fn class(class: Class) -> TokenStream {
    let (ascii, others) = (hexadecimal(class.ascii), class.others);
    quote! { Class::new(#ascii, #others) }
}

/// The bits in groups of four digits.
fn hexadecimal(bits: u128) -> Literal {
    let digits = format!("{bits:032x}");
    let groups: Vec<&str> = (0..8).filter_map(|place| digits.get(place * 4..place * 4 + 4)).collect();
    let text = format!("0x{}", groups.join("_"));
    text.parse().unwrap_or_else(|_| Literal::u128_unsuffixed(bits))
}
