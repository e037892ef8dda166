//! What the subcommands read: a JSON body with `accounts` or `transactions`, a JSON array of items, or JSON
//! lines with an item on each, from a file, a pipe or standard input.
//!
//! [`Input::open`] looks at the beginning only: it refuses what is not UTF-8 text, and finds out the format
//! and which kind of items there is. [`Items`] is the iterator over the items; [`Items::finish`] says how the
//! reading ended, which a caller must ask, because the iterator ends at a syntax error and at a read error
//! too.
//!
//! Everything is read once, so that pipes work, and one item is kept at a time.

mod detect;
mod items;
mod json;
mod kind;
mod lines;
mod list;
mod position;
mod problem;
mod scanner;
mod source;
mod total;

use std::path::Path;

pub(crate) use items::{Ending, Items};
pub(crate) use kind::Kind;
pub(crate) use position::Position;
pub(crate) use problem::Problem;
pub(crate) use scanner::{Event, Role, Scanner};
pub(crate) use source::{Source, identity};
pub(crate) use total::total;

use problem::Cause;

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

/// How items are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// An object with a member `accounts` or `transactions`.
    Body,
    /// A JSON array of items.
    Array,
    /// An item on each line.
    Lines,
}

/// One item of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// How many items stand before it, those included that are not JSON.
    pub(crate) ordinal: u64,
    /// Where its text begins.
    pub(crate) position: Position,
    pub(crate) text: Result<Vec<u8>, Undecodable>,
}

/// Why the text of an item can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undecodable {
    /// The error code of the validators.
    pub(crate) code: &'static str,
    /// A few words, without anything of the text.
    pub(crate) reason: String,
    /// Where it stops being JSON.
    pub(crate) position: Position,
    /// What came, without blanks around it; empty where it is too long to be kept.
    pub(crate) text: Vec<u8>,
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

    /// Returns the items.
    ///
    /// # Errors
    ///
    /// The items don't tell which kind they are of.
    pub(crate) fn items(self) -> Result<Items, Problem> {
        Items::new(self)
    }

    /// Returns the problem that a body has items of both kinds and nobody said which are meant.
    pub(crate) fn both_kinds(name: &str) -> Problem {
        Cause::BothKinds.of(name)
    }
}
