//! Bodies of any size: a stream is read once, and one item of a list is in memory at a time.
//!
//! A large body is a list of many items, either the body itself or a member of it. Each item is validated as
//! a body of its own, and its findings get its path and position. The rest of the body without the items, the
//! outline, is validated at the end. A list that can't be taken apart like that, for example because a rule
//! of the root needs its items, is read as a whole.

mod list_mode;
mod outline;
mod pending;
mod reader;
mod reporter;
mod tally;
mod window;

use std::io::{self, Read};

use super::{definition::Definition, options::Validation, table::Schema, validation::Validate};
use crate::violations::Violation;
pub use tally::Tally;

impl Validation {
    /// Reads a JSON body from a stream, and hands every broken rule by the schema of `T` to `found` as it is
    /// met.
    ///
    /// The body may be of any size: lists that are the body, or members of it, are read item by item. Memory
    /// is needed for the largest item, and for the values in which items must differ. A body is kept as a
    /// whole if its lists are within choices or rules around them need their items, and so is a list that the
    /// definition does not name if card numbers are searched for in it.
    ///
    /// The violations are those of [`Validation::json`], in another order: too many items are reported after
    /// the items, and violations around the lists come last. A reference to a later item that must not be
    /// referred to is reported when that item comes; until then a few bytes are kept of it. Violations that
    /// were handed out are not taken back: if a body turns out not to be JSON, that is the last violation and
    /// not the only one, and if a list is given twice under one name, the violations of the first are
    /// included, though the last one counts.
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
    /// The stream can't be read. Violations that were found before have been handed out.
    pub fn reader<T: Validate + ?Sized>(
        &self,
        body: impl Read,
        found: impl FnMut(Violation),
    ) -> io::Result<Tally> {
        self.reader_by(T::SCHEMA, T::DEFINITION, body, found)
    }

    /// Does what [`Validation::reader`] does, by a schema that has no type of its own.
    ///
    /// # Errors
    ///
    /// The stream can't be read. Violations that were found before have been handed out.
    pub fn reader_by(
        &self,
        schema: &'static Schema,
        definition: &'static Definition,
        body: impl Read,
        found: impl FnMut(Violation),
    ) -> io::Result<Tally> {
        let reporter = reporter::Reporter::new(self, definition, found);
        reader::StreamReader::new(body, reporter).read(schema)
    }
}

#[cfg(test)]
mod tests;
