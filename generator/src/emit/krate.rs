//! `src/lib.rs` of a package, and `mod.rs` of modules that are `include!`d.

use proc_macro2::TokenStream;
use quote::quote;

use super::example;
use super::tokens::{docs, ident, path};
use crate::module::{Content, Module};
use crate::rust::Crate;
use crate::settings::Part;

/// `src/lib.rs`.
pub(super) fn library(krate: &Crate, parts: &[Part]) -> Module {
    let mut lines = krate.docs.clone();
    lines.extend(example::library(krate, parts));
    let mut items = items(parts, Gates::Features);
    if parts.contains(&Part::Validators) {
        // So that pages on docs.rs say which feature an item needs.
        items.insert(0, quote! { #![cfg_attr(docsrs, feature(doc_cfg))] });
    }
    if parts.contains(&Part::Client) {
        items.extend(reexports());
    }
    let content = Content::Rust { docs: lines, items };
    Module { path: "src/lib.rs".to_owned(), content }
}

/// `mod.rs`. A file that is `include!`d may have no inner documentation, and the features around it are not ours.
pub(super) fn module(parts: &[Part]) -> Module {
    let content = Content::Rust { docs: Vec::new(), items: items(parts, Gates::None) };
    Module { path: "mod.rs".to_owned(), content }
}

/// Whether items stand behind features.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gates {
    Features,
    None,
}

impl Gates {
    fn behind(self, feature: &str) -> Option<TokenStream> {
        (self == Self::Features).then(|| {
            quote! {
                #[cfg(feature = #feature)]
                #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            }
        })
    }
}

/// A module for each part, and the runtime, so that nobody needs it as a dependency of their own.
fn items(parts: &[Part], gates: Gates) -> Vec<TokenStream> {
    let mut items = vec![quote! {
        /// The types that fields have besides those of the schemas: decimals, dates, any JSON.
        pub use specwright_runtime as runtime;
    }];
    if parts.contains(&Part::Validators) {
        let gate = gates.behind("validators");
        items.push(quote! { pub use specwright_runtime::Violations; });
        items.push(quote! { #gate pub use specwright_runtime::{Validate, Validation}; });
    }
    items.extend(parts.iter().map(|part| module_item(*part, gates)));
    items
}

/// What the runtime has for some users of a client.
fn reexports() -> [TokenStream; 2] {
    let (blocking, testing) = (Gates::Features.behind("blocking"), Gates::Features.behind("testing"));
    [
        quote! { #blocking pub use specwright_runtime::blocking; },
        quote! { #testing pub use specwright_runtime::client::testing; },
    ]
}

fn module_item(part: Part, gates: Gates) -> TokenStream {
    let name = ident(part.name());
    let gate = match part {
        Part::Models | Part::Operations => None,
        Part::Validators | Part::Client => gates.behind(part.name()),
    };
    let (doc, lints) = match part {
        Part::Models => ("The types of the schemas, with builders.", [WORDS, SHAPES].concat()),
        Part::Validators => (
            "What the definition asks of a value, and the error codes of the service.",
            [WORDS, TABLES].concat(),
        ),
        Part::Operations => (
            "What each operation is called with and what it answers.",
            [WORDS, &["clippy::unreadable_literal"]].concat(),
        ),
        Part::Client => ("The client: a method for each operation.", [WORDS, CALLS].concat()),
    };
    let docs = docs(&[doc.to_owned()]);
    let lints = lints.into_iter().map(path);
    quote! {
        #docs
        #gate
        #[allow(#(#lints,)* reason = "names, words and shapes are those of the definition")]
        #[rustfmt::skip]
        pub mod #name;
    }
}

/// What its tables may be found guilty of.
const TABLES: &[&str] = &["clippy::too_many_lines", "clippy::unreadable_literal"];

/// What its operations may be found guilty of.
const CALLS: &[&str] = &[
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::match_overlapping_arm",
    "clippy::match_same_arms",
    "clippy::needless_pass_by_value",
    "clippy::ref_option",
    "clippy::result_large_err",
    "clippy::should_implement_trait",
    "clippy::too_many_arguments",
    "clippy::too_many_lines",
    "clippy::trivially_copy_pass_by_ref",
    "clippy::unnecessary_wraps",
    "clippy::wrong_self_convention",
];

/// What the words of a definition may be found guilty of.
const WORDS: &[&str] = &[
    "deprecated",
    "clippy::doc_lazy_continuation",
    "clippy::doc_markdown",
    "clippy::doc_overindented_list_items",
    "clippy::too_long_first_doc_paragraph",
    "rustdoc::bare_urls",
    "rustdoc::broken_intra_doc_links",
    "rustdoc::invalid_html_tags",
];

/// What its shapes may be found guilty of.
const SHAPES: &[&str] = &[
    "clippy::disallowed_names",
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::option_option",
    "clippy::struct_excessive_bools",
    "clippy::struct_field_names",
    "clippy::too_many_lines",
    "clippy::unreadable_literal",
];
