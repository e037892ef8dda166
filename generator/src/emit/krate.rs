//! `src/lib.rs` of a package, and `mod.rs` of modules that are `include!`d.

use proc_macro2::TokenStream;
use quote::quote;

use super::front_page;
use super::tokens::{ident, path};
use super::webhooks;
use crate::module::Content;
use crate::rust::{Crate, OperationDef};
use crate::settings::Part;

/// `src/lib.rs`.
pub(super) fn library(krate: &Crate, parts: &[Part]) -> Content {
    let mut lines = krate.docs.clone();
    lines.extend(front_page::sections(krate, parts));
    let mut items = items(krate, parts, Gates::Features);
    // The lines are as the generator breaks them.
    let mut attributes = quote! { #![cfg_attr(rustfmt, rustfmt_skip)] };
    if krate.models.items.len() > MANY {
        attributes.extend(quote! { #![recursion_limit = "2048"] });
    }
    let mut linked = Vec::new();
    if parts.contains(&Part::Client) {
        linked.extend(["blocking", "testing"]);
    }
    if !krate.groups.is_empty() {
        linked.push("all");
    }
    if parts.contains(&Part::Server) {
        linked.push("server");
    }
    if !linked.is_empty() {
        // The front page links to items of all these features.
        attributes.extend(quote! {
            #![cfg_attr(not(all(#(feature = #linked),*)), allow(rustdoc::broken_intra_doc_links))]
        });
    }
    if parts.contains(&Part::Validators) || !krate.groups.is_empty() {
        // So that pages on docs.rs say which feature an item needs.
        attributes.extend(quote! { #![cfg_attr(docsrs, feature(doc_cfg))] });
    }
    items.insert(0, attributes);
    Content::Rust { docs: lines, items }
}

/// rustdoc finds out which types are `Send` by walking from each type to those of its members, and stops at
/// the compiler's limit of 128 steps, of which each type takes several. Among more types, the way may be
/// longer.
const MANY: usize = 32;

/// `mod.rs`. A file that is `include!`d may have no inner documentation, and the features around it are not
/// ours.
pub(super) fn module(krate: &Crate, parts: &[Part]) -> Content {
    Content::Rust { docs: Vec::new(), items: items(krate, parts, Gates::None) }
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

/// A module for each part, and what users meet of the runtime, so that nobody needs it as a dependency of
/// their own.
fn items(krate: &Crate, parts: &[Part], gates: Gates) -> Vec<TokenStream> {
    let has_groups = !krate.groups.is_empty();
    let mut items: Vec<TokenStream> =
        parts.iter().map(|part| module_item(*part, gates, has_groups)).collect();
    if webhooks::are_wanted(krate, parts) {
        let gate = gates.behind("validators");
        let lints = TEXTS.iter().map(|lint| path(lint));
        items.push(quote! {
            #gate
            #[allow(#(#lints,)* reason = "names and texts are those of the definition")]
            #[rustfmt::skip]
            pub mod webhooks;
        });
    }
    items.push(quote! {
        #[doc(inline)]
        pub use specwright_runtime::{
            Date, Decimal, ItemViolations, Json, LocalTimestamp, OpenEnum, OpenIntegerEnum, ParseError,
            Position, Severity, Timestamp, UnknownInteger, UnknownValue, Violation, Violations,
        };
    });
    if parts.contains(&Part::Validators) {
        let gate = gates.behind("validators");
        items.push(quote! { #gate #[doc(inline)] pub use specwright_runtime::{Validate, Validation}; });
    }
    if parts.contains(&Part::Client) {
        items.extend(client_items(krate, gates));
    }
    items.push(quote! { pub use specwright_runtime as runtime; });
    items
}

/// The modules of the runtime that users of a client meet, as far as the definition has a use for them.
fn client_items(krate: &Crate, gates: Gates) -> Vec<TokenStream> {
    let (gate, operations) = (gates.behind("client"), &krate.operations.operations);
    let bulk = operations.iter().any(OperationDef::splits_bulk).then(|| quote! { bulk, journal, });
    let poll = operations.iter().any(|operation| operation.poll.is_some()).then(|| quote! { poll, });
    let oauth2 = (!krate.client.token_services.is_empty()).then(|| quote! { client::oauth2, });
    // Without a package around the modules, nobody knows which features the runtime has.
    let is_package = gates == Gates::Features;
    let default_transport = gates.behind("reqwest").map(|gate| {
        quote! {
            #gate
            #[doc(inline)]
            pub use specwright_runtime::client::{
                Crypto, ReqwestTransport, ReqwestTransportBuilder, TokioClock, TransportBuildError,
            };
        }
    });
    let mut items = vec![
        quote! {
            #gate
            #[doc(inline)]
            pub use specwright_runtime::{#bulk #oauth2 #poll retry};
        },
        quote! {
            /// How requests are sent: the trait of transports, and the default one.
            #gate
            pub mod transport {
                #[doc(inline)]
                pub use specwright_runtime::client::{
                    BoxFuture, Bytes, Exchange, ResponseLimits, Transport, TransportError,
                    TransportProblem, http,
                };
                #default_transport
            }
        },
    ];
    if is_package {
        let (blocking, testing) = (gates.behind("blocking"), gates.behind("testing"));
        items.push(quote! { #blocking #[doc(inline)] pub use specwright_runtime::blocking; });
        items.push(quote! { #testing #[doc(inline)] pub use specwright_runtime::client::testing; });
    }
    items
}

fn module_item(part: Part, gates: Gates, has_groups: bool) -> TokenStream {
    let name = ident(part.name());
    let gate = match part {
        Part::Models | Part::Operations => None,
        Part::Validators | Part::Client | Part::Server => gates.behind(part.name()),
    };
    let lints = match part {
        Part::Models => SHAPES,
        Part::Operations | Part::Validators => LIMITS,
        Part::Client => CALLS,
        Part::Server => SERVER,
    };
    let of_groups = if has_groups && part != Part::Operations { GROUPS } else { &[] };
    let lints = TEXTS.iter().chain(lints).chain(of_groups).map(|lint| path(lint));
    quote! {
        #gate
        #[allow(#(#lints,)* reason = "names, texts and shapes are those of the definition")]
        #[rustfmt::skip]
        pub mod #name;
    }
}

/// Lints that texts of a definition may raise.
const TEXTS: &[&str] =
    &["deprecated", "clippy::doc_lazy_continuation", "clippy::doc_markdown", "rustdoc::bare_urls"];

/// Lints that names and shapes of schemas may raise.
///
/// What the definition does not describe has no documentation.
const SHAPES: &[&str] = &[
    "missing_docs",
    "clippy::disallowed_names",
    "clippy::items_after_statements",
    "clippy::too_many_lines",
    "clippy::unreadable_literal",
];

/// Lints that files of groups may raise: what they share may have no use in those that are on.
const GROUPS: &[&str] = &["clippy::wildcard_imports", "dead_code", "unused_imports"];

/// Lints that limits in constants may raise.
const LIMITS: &[&str] = &["clippy::unreadable_literal"];

/// Lints that methods and responses of operations may raise.
const CALLS: &[&str] = &[
    "clippy::match_overlapping_arm",
    "clippy::should_implement_trait",
    "clippy::too_many_arguments",
    "clippy::unnecessary_wraps",
    "unused_qualifications",
];

/// Lints that methods, requests and responses of a server may raise.
const SERVER: &[&str] = &[
    "clippy::large_enum_variant",
    "clippy::should_implement_trait",
    "clippy::too_many_lines",
    "unused_qualifications",
];
