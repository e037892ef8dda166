//! `src/lib.rs` of a package, and `mod.rs` of modules that are `include!`d.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{docs, ident, path};
use crate::module::{Content, Module};
use crate::rust::{Crate, Example};
use crate::settings::Part;

/// `src/lib.rs`.
pub(super) fn library(krate: &Crate, parts: &[Part]) -> Module {
    let mut lines = krate.docs.clone();
    if let Some(example) = &krate.example
        && parts.contains(&Part::Models)
    {
        let validates = parts.contains(&Part::Validators);
        lines.extend(example_docs(&krate.package.name, example, validates));
    }
    let content = Content::Rust { docs: lines, items: items(parts) };
    Module { path: "src/lib.rs".to_owned(), content }
}

/// `mod.rs`. A file that is `include!`d may have no inner documentation.
pub(super) fn module(parts: &[Part]) -> Module {
    let content = Content::Rust { docs: Vec::new(), items: items(parts) };
    Module { path: "mod.rs".to_owned(), content }
}

/// A module for each part, and the runtime, so that nobody needs it as a dependency of their own.
fn items(parts: &[Part]) -> Vec<TokenStream> {
    let runtime = quote! {
        /// The types that fields have besides those of the schemas: decimals, dates, any JSON.
        pub use specwright_runtime as runtime;
    };
    let validate = parts.contains(&Part::Validators).then(|| {
        quote! { pub use specwright_runtime::{Validate, Validation, Violations}; }
    });
    std::iter::once(runtime).chain(validate).chain(parts.iter().map(|part| module_item(*part))).collect()
}

fn module_item(part: Part) -> TokenStream {
    let name = ident(part.name());
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
    };
    let docs = docs(&[doc.to_owned()]);
    let lints = lints.into_iter().map(path);
    quote! {
        #docs
        #[allow(#(#lints,)* reason = "names, words and shapes are those of the definition")]
        #[rustfmt::skip]
        pub mod #name;
    }
}

/// What its tables may be found guilty of.
const TABLES: &[&str] = &["clippy::too_many_lines", "clippy::unreadable_literal"];

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

/// A doctest: JSON in, the same JSON out; then what an empty builder reports, and what a body is checked with.
fn example_docs(package: &str, example: &Example, validates: bool) -> Vec<String> {
    let library = package.replace('-', "_");
    let hashes = "#".repeat(longest_hash_run(&example.json) + 1);
    let ty = &example.ty;
    let mut lines = vec![
        String::new(),
        "# Example".to_owned(),
        String::new(),
        "```".to_owned(),
        if validates {
            format!("use {library}::{{Validate as _, models::{ty}}};")
        } else {
            format!("use {library}::models::{ty};")
        },
        String::new(),
        format!("let json = r{hashes}\"{}\"{hashes};", example.json),
        format!("let value: {ty} = serde_json::from_str(json)?;"),
        "assert_eq!(serde_json::to_string(&value)?, json);".to_owned(),
    ];
    if !example.missing.is_empty() {
        let paths: Vec<String> = example.missing.iter().map(|name| format!("{name:?}")).collect();
        lines.push(String::new());
        lines.push(format!("let violations = {ty}::builder().build().unwrap_err();"));
        lines.push(
            "let missing: Vec<&str> = violations.iter().map(|found| found.data_path()).collect();".to_owned(),
        );
        lines.push(format!("assert_eq!(missing, [{}]);", paths.join(", ")));
    }
    if validates {
        lines.push(String::new());
        lines.push("// Every broken rule, known before anything is sent.".to_owned());
        lines.push(format!("println!(\"{{}}\", {ty}::validate_json(json.as_bytes()));"));
        lines.push("println!(\"{}\", value.validate());".to_owned());
    }
    lines.push("# Ok::<(), serde_json::Error>(())".to_owned());
    lines.push("```".to_owned());
    lines
}

fn longest_hash_run(text: &str) -> usize {
    text.split(|c| c != '#').map(str::len).max().unwrap_or(0)
}
