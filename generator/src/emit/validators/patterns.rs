//! Patterns: a sequence of character classes, or a regular expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{docs, number};
use crate::pattern::{Class, Pattern, Run};
use crate::rust::validators::NamedPattern;

/// Returns the static of a pattern, with the text of the definition as its documentation.
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
        Pattern::Lookaround(expression) => quote! { Pattern::lookaround(#expression).source(#source) },
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
    let members = class.members();
    let others = class.others.then(|| quote! { .or_beyond_ascii() });
    quote! { Class::new(#members) #others }
}
