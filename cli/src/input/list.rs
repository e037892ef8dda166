//! Reads the items of a body or an array, one after the other.

use super::item::RawItem;
use super::json;
use super::problem::Cause;
use super::{Event, Kind, Position, Role, Scanner, Source, Undecodable};

/// A text that is longer is not kept: nothing of that size is an item that the service takes.
pub(super) const MAX_ITEM: usize = 16 << 20;

/// Reads the lists of one text.
pub(super) struct ListReader {
    scanner: Scanner,
    wanted: Wanted,
    /// The list that is open, or was last.
    list: Option<Kind>,
    seen: Vec<Kind>,
    value: Collected,
    /// How many items of the other kind were passed over.
    pub(super) others: u64,
}

/// Which items are to be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    /// Those of the array that the text is.
    Array,
    /// Those of this member. Items of the other one are an error unless the user asked for this one.
    Member { kind: Kind, is_asked: bool },
    /// The text breaks off before its list; there will be an error and no items.
    Nothing,
}

/// The text of the value at hand.
#[derive(Default)]
pub(crate) struct Collected {
    /// Nothing is kept where no value is open.
    is_open: bool,
    text: Vec<u8>,
    is_too_long: bool,
    position: Option<Position>,
}

impl ListReader {
    pub(super) fn new(wanted: Wanted) -> Self {
        let (list, seen) = (None, Vec::new());
        Self { scanner: Scanner::new(), wanted, list, seen, value: Collected::default(), others: 0 }
    }

    /// Returns the next item, or `None` at the end of a text that is whole.
    pub(super) fn next(&mut self, source: &mut Source) -> Result<Option<RawItem>, Cause> {
        loop {
            let position = source.position();
            let bytes = source.fill().map_err(|error| Cause::Read(error, position))?;
            if bytes.is_empty() {
                return self.end(position).map(|()| None);
            }
            let (used, event) = self.scanner.scan(bytes);
            self.value.add(&bytes[..used]);
            source.consume(used);
            if let Some(event) = event
                && let Some(item) = self.event(event, source.position())?
            {
                return Ok(Some(item));
            }
        }
    }

    fn event(&mut self, event: Event, position: Position) -> Result<Option<RawItem>, Cause> {
        match event {
            Event::ListBegins(list) => {
                self.list = list;
                if let Some(kind) = list {
                    if self.seen.contains(&kind) {
                        return Err(Cause::SecondList(kind, position));
                    }
                    self.seen.push(kind);
                }
            }
            Event::ValueBegins(_) => self.value.begin(position),
            Event::ValueEnds(role) => return self.value(role),
            Event::Broken(reason) => return Err(Cause::Syntax(position, reason.to_owned())),
            Event::ListEnds | Event::TextEnds => {}
        }
        Ok(None)
    }

    /// A value has ended. Whatever it is, a body in which it is not JSON can't be read on.
    fn value(&mut self, role: Role) -> Result<Option<RawItem>, Cause> {
        let RawItem { position, text } = self.value.take();
        let text = match text {
            Ok(text) => {
                let broken = |found: Undecodable| Cause::Syntax(found.position, found.reason);
                let depth = if role == Role::Item { json::ITEM_DEPTH } else { json::MEMBER_DEPTH };
                json::check_to(depth, &text, position).map_err(broken)?;
                Ok(text)
            }
            too_long => too_long,
        };
        match (role, self.wanted) {
            (Role::InsteadOfList(kind), Wanted::Member { kind: wanted, .. }) if kind == wanted => {
                Err(Cause::NotAList(kind, position))
            }
            (Role::Item, Wanted::Member { kind, is_asked }) if self.list == Some(kind.other()) => {
                self.others += 1;
                if is_asked { Ok(None) } else { Err(Cause::BothKinds) }
            }
            (Role::Item, _) => Ok(Some(RawItem { position, text })),
            _ => Ok(None),
        }
    }

    fn end(&self, position: Position) -> Result<(), Cause> {
        match self.wanted {
            _ if !self.scanner.is_complete() => {
                Err(Cause::Syntax(position, "the text ends too early".to_owned()))
            }
            Wanted::Member { kind, .. } if !self.seen.contains(&kind) => Err(Cause::NoList(Some(kind))),
            _ => Ok(()),
        }
    }
}

impl Collected {
    pub(crate) fn begin(&mut self, position: Position) {
        (self.is_open, self.is_too_long, self.position) = (true, false, Some(position));
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) {
        if !self.is_open || self.is_too_long {
            return;
        }
        if self.text.len() + bytes.len() > MAX_ITEM {
            self.is_too_long = true;
            self.text = Vec::new();
        } else {
            self.text.extend_from_slice(bytes);
        }
    }

    /// Checks that the value is JSON, and forgets it. One that is too long to be kept is passed over.
    pub(crate) fn check(&mut self) -> Result<(), Undecodable> {
        let RawItem { position, text } = self.take();
        text.map_or(Ok(()), |text| json::check(&text, position))
    }

    fn take(&mut self) -> RawItem {
        self.is_open = false;
        let position = self.position.unwrap_or(Position::START);
        let text = std::mem::take(&mut self.text);
        RawItem {
            position,
            text: if self.is_too_long { Err(Undecodable::too_long(position)) } else { Ok(text) },
        }
    }
}
