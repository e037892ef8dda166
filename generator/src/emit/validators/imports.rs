//! The imports of the module: the names that its items mention, and no other.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::super::groups::Share;
use super::super::tokens;

/// The names of the runtime's tables.
const TABLES: [&str; 26] = [
    "codes",
    "Additional",
    "Array",
    "Beyond",
    "Bound",
    "Capture",
    "Choice",
    "Class",
    "Condition",
    "Definition",
    "ErrorBody",
    "Evaluated",
    "EvaluatedPart",
    "Field",
    "Format",
    "NoReference",
    "Number",
    "Object",
    "Pattern",
    "Rule",
    "Run",
    "Scalar",
    "Schema",
    "Text",
    "UniqueBy",
    "Validate",
];

/// Returns the imports of a module with these items.
pub(super) fn imports(items: &[TokenStream], share: Share<'_>) -> Vec<TokenStream> {
    let mut mentioned = BTreeSet::new();
    for item in items {
        collect(item.clone(), &mut mentioned);
    }
    let tables = TABLES.into_iter().filter(|name| mentioned.contains(*name));
    let tables: Vec<Ident> = tables.map(tokens::ident).collect();
    let uses_models = mentioned.contains("models");
    if share.is_root() {
        let models = uses_models.then(|| quote! { use super::models; });
        return vec![quote! {
            use specwright_runtime::Code;
            use specwright_runtime::validate::{#(#tables),*};
            #models
        }];
    }
    let models = uses_models.then(|| quote! { use super::super::models; });
    vec![quote! {
        use specwright_runtime::validate::{#(#tables),*};
        use super::*;
        #models
    }]
}

/// Collects the identifiers that begin a path. Members and what follows `::` belong to another name.
fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut follows = false;
    for token in tokens {
        match &token {
            TokenTree::Ident(ident) if !follows => _ = found.insert(ident.to_string()),
            TokenTree::Group(group) => collect(group.stream(), found),
            _ => {}
        }
        follows = matches!(&token, TokenTree::Punct(punct) if ".:".contains(punct.as_char()));
    }
}
