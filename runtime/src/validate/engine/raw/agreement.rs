//! Objects within which values must agree.

use super::{Halt, Place, Raw};
use crate::validate::{Object, engine::object::Again};

impl Raw<'_, '_> {
    /// An object that may have to be read twice: see [`Journal`](crate::validate::engine::journal::Journal).
    pub(super) fn agreement(&mut self, object: &'static Object, start: usize) -> Place {
        let (before, depth, frames) = (self.core.snapshot(), self.depth, self.frames.len());
        if let Err(again) = self.core.begin_agreement(object) {
            // It lies within another one, which will be read again.
            self.core.end_agreement(object);
            return Err(self.again(again));
        }
        let read = self.members(object, start);
        self.core.end_agreement(object);
        if read.is_ok() || !matches!(self.halt, Some(Halt::Again(Again::Differ))) {
            return read;
        }
        self.halt = None;
        self.core.back_to(before);
        self.depth = depth;
        self.frames.truncate(frames);
        let quick = self.core.be_quick(false);
        let read = self.members(object, start);
        self.core.be_quick(quick);
        read
    }
}
