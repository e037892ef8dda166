//! The items of one array, each read alone, for bodies that are too large to be held in memory.

use super::{Halt, Raw};
use crate::{
    Validation, Violations,
    validate::{
        Array, Definition, Schema,
        cursor::{Fault, Reason},
        engine::{
            array::Rows,
            core::Core,
            report::{Source, finish, malformed},
            value,
        },
    },
};

/// The array whose items come one by one. What must differ between items is remembered, and nothing else.
#[derive(Debug)]
pub(crate) struct Items {
    core: Core,
    rows: Rows,
    array: &'static Array,
    definition: &'static Definition,
    depth: u8,
}

impl Items {
    /// The array that stands at a path of members, `["transactions"]` say. `offset` is where it begins in the body.
    pub(crate) fn new(
        array: &'static Array,
        definition: &'static Definition,
        path: &[&str],
        offset: usize,
    ) -> Self {
        let mut core = Core::default();
        for name in path {
            core.path.enter();
            core.path.go_to_name(name);
        }
        let rows = core.begin_array(array, offset as u64);
        let depth = u8::try_from(path.len() + 1).unwrap_or(u8::MAX);
        Self { core, rows, array, definition, depth }
    }

    /// Every broken rule of the next item, whose text and place in the body `source` holds.
    ///
    /// # Errors
    ///
    /// The item is no JSON: then there is nothing to be gained from those behind it.
    pub(crate) fn item(
        &mut self,
        source: Source<'_>,
        options: &Validation,
    ) -> Result<Violations, Violations> {
        self.core.begin_item(&mut self.rows);
        match self.read(source) {
            Ok(()) => Ok(finish(std::mem::take(&mut self.core.findings), options, Some(source))),
            Err(fault) => Err(malformed(fault, self.definition, options, source)),
        }
    }

    /// What is to be said of the array as a whole, its items being over. It has no place: the caller knows where it
    /// began.
    pub(crate) fn end(mut self, source: Source<'_>, options: &Validation) -> Violations {
        self.core.end_array(self.rows);
        finish(self.core.findings, options, Some(source))
    }

    fn read(&mut self, source: Source<'_>) -> Result<(), Fault> {
        let utf8 = |error: std::str::Utf8Error| Fault { at: error.valid_up_to(), reason: Reason::Utf8 };
        let text = std::str::from_utf8(source.bytes).map_err(utf8)?;
        let base = source.offset as u64;
        let schema = self.array.items.unwrap_or(&ANY);
        let before = self.core.snapshot();
        self.core.be_quick(true);
        let mut read =
            Raw::new(&mut self.core, self.definition, text, base).at_depth(self.depth).whole(schema);
        self.core.be_quick(false);
        if let Err(Halt::Again(_)) = read {
            self.core.back_to(before);
            self.core.be_careful(true);
            read = Raw::new(&mut self.core, self.definition, text, base).at_depth(self.depth).whole(schema);
            self.core.be_careful(false);
        }
        if let Err(Halt::Fault(fault)) = read {
            return Err(fault);
        }
        if self.array.unique.is_some() {
            let (mut encoded, start) = (Vec::new(), value::first_place(text));
            value::encode_json(text, start, &mut encoded);
            self.core.item_value(&self.rows, &encoded, base + start as u64);
        }
        Ok(())
    }
}

static ANY: Schema = Schema::any().nullable();
