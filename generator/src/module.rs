//! Dictionary 3, a short one: the files of the output, before and after they are formatted.
//!
//! `emit` writes modules, `render` makes files of them, `output` puts those on the disk.

use proc_macro2::TokenStream;

/// One file of the output before it is formatted.
#[derive(Debug)]
pub(crate) struct Module {
    /// Relative to the output folder, with `/` between folders.
    pub(crate) path: String,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Rust {
        /// Inner documentation; empty for a file that is `include!`d, which may not have any.
        docs: Vec<String>,
        /// A blank line stands between items.
        items: Vec<TokenStream>,
    },
    Text(String),
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Relative to the output folder, with `/` between folders.
    pub(crate) path: String,
    pub(crate) text: String,
}
