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
    let members = members(class.ascii);
    let others = class.others.then(|| quote! { .or_beyond_ascii() });
    quote! { Class::new(#members) #others }
}

/// Returns the members as the runtime reads them: ranges first, then single characters, the hyphen last.
fn members(ascii: u128) -> String {
    let (mut ranges, mut singles, mut hyphen) = (String::new(), String::new(), "");
    let mut byte = 0_u8;
    while byte < 128 {
        let run: Vec<char> = (byte..128).take_while(|byte| ascii >> byte & 1 == 1).map(char::from).collect();
        byte += u8::try_from(run.len()).unwrap_or(u8::MAX).max(1);
        match run[..] {
            [first, _, .., last] => ranges.extend([first, '-', last]),
            _ => {
                for member in run {
                    if member == '-' {
                        hyphen = "-";
                    } else {
                        singles.push(member);
                    }
                }
            }
        }
    }
    ranges + &singles + hyphen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_written_as_ranges_and_characters() {
        let bits = |members: &str| members.bytes().fold(0, |bits, byte| bits | 1_u128 << byte);
        for (class, text) in [
            (bits(""), ""),
            (bits("-"), "-"),
            (bits("ab"), "ab"),
            (bits("abc"), "a-c"),
            (bits("+-./"), "--/+"),
            (bits("_-0123456789ABC"), "0-9A-C_-"),
            (bits("-,"), ",-"),
            (!bits(","), "\0-+--\u{7f}"),
            (u128::MAX, "\0-\u{7f}"),
        ] {
            assert_eq!(members(class), text);
        }
    }
}
