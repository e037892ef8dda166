//! The iterator over the items of an input.

use std::collections::VecDeque;

use super::item::RawItem;
use super::list::{ListReader, MAX_ITEM, Wanted};
use super::problem::{Cause, MAX_HEAD};
use super::{Format, Input, Item, Kind, Position, Problem, Source, Undecodable, lines};

/// The items of an input, in its order, one at a time.
///
/// It ends at the end of the input and where the input can't be read on: [`Items::finish`] tells which.
pub(crate) struct Items {
    name: String,
    kind: Option<Kind>,
    source: Source,
    reader: Reader,
    /// Items that had to be read to find out of which kind they are.
    held: VecDeque<Item>,
    count: u64,
    ended: Option<Result<(), Problem>>,
}

/// What came of reading an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ending {
    /// How many items the iterator has returned or would have, those included that are not JSON.
    pub(crate) items: u64,
    /// How many items of the kind that was not asked for were passed over.
    pub(crate) others: u64,
}

enum Reader {
    List(ListReader),
    Lines,
}

/// So many items are held at most while they don't tell their kind.
const MAX_HELD: usize = 1000;

impl Input {
    /// Returns the items.
    ///
    /// # Errors
    ///
    /// The items don't tell which kind they are of.
    pub(crate) fn items(self) -> Result<Items, Problem> {
        Items::new(self)
    }
}

impl Items {
    fn new(input: Input) -> Result<Self, Problem> {
        let Input { name, format, kind, is_asked, source } = input;
        let reader = match (format, kind) {
            (Format::Lines, _) => Reader::Lines,
            (Format::Array, _) => Reader::List(ListReader::new(Wanted::Array)),
            (Format::Body, Some(kind)) => Reader::List(ListReader::new(Wanted::Member { kind, is_asked })),
            (Format::Body, None) => Reader::List(ListReader::new(Wanted::Nothing)),
        };
        let mut items = Self { name, kind, source, reader, held: VecDeque::new(), count: 0, ended: None };
        if format != Format::Body {
            items.find_kind()?;
        }
        Ok(items)
    }

    /// Returns which kind the items are of; `None` if none of them is JSON, or there are none.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// Returns what messages call the input.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns how many items have been read, those included that are not JSON.
    pub(crate) fn read_so_far(&self) -> u64 {
        self.count
    }

    /// Says how the reading ended, once the iterator has.
    ///
    /// # Errors
    ///
    /// The input could not be read to its end.
    pub(crate) fn finish(self) -> Result<Ending, Problem> {
        let others = match &self.reader {
            Reader::List(list) => list.others,
            Reader::Lines => 0,
        };
        self.ended.unwrap_or(Ok(())).map(|()| Ending { items: self.count, others })
    }

    /// Reads items until one tells the kind, and holds them.
    fn find_kind(&mut self) -> Result<(), Problem> {
        let mut bytes = 0;
        while self.kind.is_none()
            && let Some(item) = self.read()
        {
            if let Ok(text) = &item.text {
                self.kind = Kind::of_item(text);
                bytes += text.len();
            }
            self.held.push_back(item);
            if bytes > MAX_HEAD || self.held.len() > MAX_HELD {
                break;
            }
        }
        // Without a kind, all that can be told of are items that are not JSON.
        if self.kind.is_none() && (self.ended.is_none() || self.held.iter().any(|item| item.text.is_ok())) {
            return Err(match self.ended.take() {
                Some(Err(problem)) => problem,
                _ => Cause::UnknownKind.of(&self.name),
            });
        }
        Ok(())
    }

    fn read(&mut self) -> Option<Item> {
        if self.ended.is_some() {
            return None;
        }
        let found = match &mut self.reader {
            Reader::List(list) => list.next(&mut self.source),
            Reader::Lines => lines::next(&mut self.source),
        };
        match found {
            Ok(Some(RawItem { position, text })) => {
                self.count += 1;
                Some(Item { ordinal: self.count - 1, position, text })
            }
            Ok(None) => {
                self.ended = Some(Ok(()));
                None
            }
            Err(cause) => {
                self.ended = Some(Err(cause.of(&self.name)));
                None
            }
        }
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.held.pop_front().or_else(|| self.read())
    }
}

impl Undecodable {
    pub(super) fn too_long(position: Position) -> Self {
        let reason = format!("it is longer than {} MiB", MAX_ITEM >> 20);
        Self { code: concur_cards::validators::INVALID_JSON.name, reason, position, text: Vec::new() }
    }
}

#[cfg(test)]
mod tests;
