//! An input that has been opened: its name, its format, and the kind of its items as far as that is known.

use std::path::Path;

use super::problem::Cause;
use super::{Format, Kind, Problem, Source, detect, source};

/// An input whose beginning has been looked at.
pub(crate) struct Input {
    /// What messages call it; safe to print.
    pub(crate) name: String,
    pub(crate) format: Format,
    /// What was asked for, or what the body says it lists; the items of other formats tell it later.
    pub(crate) kind: Option<Kind>,
    /// The kind was asked for.
    pub(crate) is_asked: bool,
    pub(crate) source: Source,
}

impl Input {
    /// Opens a file, or standard input for `-`, and looks at its beginning.
    ///
    /// `asked` is the kind that the user named.
    ///
    /// # Errors
    ///
    /// The file can't be read, is empty, is not UTF-8 text, or does not tell which kind of items it has.
    pub(crate) fn open(path: &Path, asked: Option<Kind>) -> Result<Self, Problem> {
        let name = source::name(path);
        Source::open(path).and_then(|source| Self::of(source, &name, asked)).map_err(|cause| cause.of(&name))
    }

    fn of(mut source: Source, name: &str, asked: Option<Kind>) -> Result<Self, Cause> {
        let (format, kind) = detect::detect(&mut source, asked)?;
        Ok(Self { name: name.to_owned(), format, kind, is_asked: asked.is_some(), source })
    }

    /// Looks at the beginning of any stream, which messages call `x`.
    #[cfg(test)]
    pub(crate) fn of_reader(
        reader: Box<dyn std::io::Read + Send>,
        asked: Option<Kind>,
    ) -> Result<Self, Problem> {
        Source::new(reader).and_then(|source| Self::of(source, "x", asked)).map_err(|cause| cause.of("x"))
    }

    /// Returns the problem that a body has items of both kinds and nobody said which are meant.
    pub(crate) fn both_kinds(name: &str) -> Problem {
        Cause::BothKinds.of(name)
    }
}
