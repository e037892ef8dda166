//! The files of the output, before and after they are formatted: `emit` creates modules, `render` formats
//! them, `output` writes the files.

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
        /// Inner documentation; empty for a file that is `include!`d, which cannot have any.
        docs: Vec<String>,
        /// Separated by blank lines.
        items: Vec<TokenStream>,
    },
    Toml(String),
    Markdown(String),
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Relative to the output folder, with `/` between folders.
    pub(crate) path: String,
    pub(crate) text: String,
}
