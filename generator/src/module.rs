//! The files of the output, before and after they are formatted: `emit` creates modules, `render` formats
//! them, `output` writes the files.

use proc_macro2::TokenStream;

/// One file of the output before it is formatted.
pub(crate) struct Module<'a> {
    /// Relative to the output folder, with `/` between folders.
    pub(crate) path: String,
    /// Makes the content. Tokens stay on the thread that made them, so each module is made where it is
    /// formatted.
    pub(crate) content: Box<dyn Fn() -> Content + Send + Sync + 'a>,
}

impl<'a> Module<'a> {
    pub(crate) fn new(path: impl Into<String>, content: impl Fn() -> Content + Send + Sync + 'a) -> Self {
        Self { path: path.into(), content: Box::new(content) }
    }
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
