//! Bodies of any size: a stream is read once, and one item of a list is kept at a time.
//!
//! A large body is a list of many items, either the body itself or a member of it. Each item is held to its
//! table as a body of its own, and its findings are moved to where it stands. What is left of the body
//! without the items, its outline, is held to the root's table at the end. What can't be taken apart like
//! that, because a rule of the root looks into the items, say, is read as a whole.

mod outline;
mod plan;
mod report;
mod waiting;
mod walk;
mod window;

use std::io::{self, Read};

use super::{Definition, Schema, Validate, Validation};
use crate::violations::Violation;

/// What the validation of a stream came to.
#[must_use]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// How many errors were found.
    pub errors: u64,
    /// How many warnings were found.
    pub warnings: u64,
    /// How many items were read one by one.
    pub items: u64,
    /// How many of them have findings of their own.
    pub items_with_findings: u64,
    /// How many bytes were read.
    pub bytes: u64,
}

impl Validation {
    /// Every broken rule of a JSON body that should be a `T`, handed to `found` as it is met.
    ///
    /// The body may be of any size: lists that are the body, or members of it, are read item by item. Memory
    /// is needed for the largest item, and for what no two items may have in common; for the whole of a body
    /// whose lists stand in choices, or have rules around them that look into their items, and of a list that
    /// the definition has no name for where card numbers are looked for.
    ///
    /// The findings are those of [`Validation::json`], in another order: one about too many items comes
    /// behind them, and those about the body around the lists come last. What an item must not refer to may
    /// stand behind it: then the reference is told when that item comes. Of each reference that may still
    /// turn out to be one of those, a few bytes are kept. And what was handed out can't be taken back. Where
    /// a body turns out to be no JSON, that is the last finding rather than the only one, and where a list is
    /// given twice under one name, the findings of the first are there too, though the last one counts.
    ///
    /// ```
    /// # use specwright_runtime::Validation;
    /// # use specwright_runtime::validate::{Array, Definition, Schema, Text, codes};
    /// static NAMES: Schema = Schema::array(Array::new().items(&NAME));
    /// static NAME: Schema = Schema::text(Text::new().max_length(5, &codes::INVALID_SIZE));
    /// static DEFINITION: Definition = Definition::new();
    ///
    /// let body = r#"["Mila", "Konstantin"]"#.as_bytes();
    /// let mut paths = Vec::new();
    /// let tally = Validation::new().reader_by(&NAMES, &DEFINITION, body, |violation| {
    ///     paths.push(violation.data_path().to_owned());
    /// })?;
    /// assert_eq!((tally.items, paths), (2, vec!["[1]".to_owned()]));
    /// # std::io::Result::Ok(())
    /// ```
    ///
    /// # Errors
    ///
    /// The stream can't be read. What was found before has been handed out.
    pub fn reader<T: Validate + ?Sized>(
        &self,
        body: impl Read,
        found: impl FnMut(Violation),
    ) -> io::Result<Tally> {
        self.reader_by(T::SCHEMA, T::DEFINITION, body, found)
    }

    /// As [`Validation::reader`], by a schema that is no type of its own.
    ///
    /// # Errors
    ///
    /// The stream can't be read. What was found before has been handed out.
    pub fn reader_by(
        &self,
        schema: &'static Schema,
        definition: &'static Definition,
        body: impl Read,
        found: impl FnMut(Violation),
    ) -> io::Result<Tally> {
        let report = report::Report::new(self, definition, found);
        walk::Walk::new(body, report).run(schema)
    }
}

#[cfg(test)]
mod tests;
