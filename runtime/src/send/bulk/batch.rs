//! Batches: items, encoded in the body that they are sent in.

use std::collections::HashSet;

use crate::send::journal::{BodyDigest, ItemKey};
use bytes::Bytes;

/// The identity of an item: its key, and its position in the input.
#[derive(Debug, Clone)]
pub(super) struct ItemId {
    pub(super) key: ItemKey,
    /// From 0.
    pub(super) ordinal: u64,
    /// From 1, if the caller knows.
    pub(super) line: Option<u64>,
}

/// A request body, and the offsets of its items.
#[derive(Debug, Clone)]
pub(super) struct EncodedBatch {
    pub(super) body: Bytes,
    /// The length of the part before the first item.
    front: usize,
    /// The end offset of each item. The next one begins after a comma.
    ends: Vec<usize>,
    pub(super) items: Vec<ItemId>,
}

/// A request body that items are added to.
pub(super) struct BatchBuffer {
    front: Vec<u8>,
    body: Vec<u8>,
    ends: Vec<usize>,
    items: Vec<ItemId>,
    /// Of the items here.
    keys: HashSet<ItemKey>,
    pub(super) max_items: usize,
    pub(super) max_bytes: usize,
}

const BACK: &[u8] = b"]}";

impl BatchBuffer {
    /// The body is an object with a list in this member.
    pub(super) fn new(member: &str, max_items: usize, max_bytes: usize) -> Self {
        let mut front = b"{".to_vec();
        // A text can always be written.
        let _ = serde_json::to_writer(&mut front, member);
        front.extend_from_slice(b":[");
        let body = front.clone();
        Self { front, body, ends: Vec::new(), items: Vec::new(), keys: HashSet::new(), max_items, max_bytes }
    }

    pub(super) fn items(&self) -> &[ItemId] {
        &self.items
    }

    pub(super) fn has(&self, key: &ItemKey) -> bool {
        self.keys.contains(key)
    }

    /// Adds an item. If the body becomes too long, the items before it are split off and returned.
    pub(super) fn add(&mut self, name: ItemId, text: &[u8]) -> Option<EncodedBatch> {
        let before = self.body.len();
        if !self.items.is_empty() {
            self.body.push(b',');
        }
        self.body.extend_from_slice(text);
        let full = (self.body.len() + BACK.len() > self.max_bytes && !self.items.is_empty())
            .then(|| self.split_off(before));
        self.keys.insert(name.key.clone());
        self.items.push(name);
        self.ends.push(self.body.len());
        full
    }

    /// Splits off all items but the one that begins with the comma at `end`.
    fn split_off(&mut self, end: usize) -> EncodedBatch {
        let last = self.body[end + 1..].to_vec();
        self.body.truncate(end);
        let full = self.take();
        self.body.extend_from_slice(&last);
        full
    }

    /// Returns true if the maximum number of items is reached.
    pub(super) fn is_full(&self) -> bool {
        self.items.len() >= self.max_items
    }

    /// Takes the items out, if there are some.
    pub(super) fn cut(&mut self) -> Option<EncodedBatch> {
        (!self.items.is_empty()).then(|| self.take())
    }

    fn take(&mut self) -> EncodedBatch {
        // The next body will be about as long, so that it need not grow again.
        let mut body = Vec::with_capacity(self.body.len() + BACK.len());
        body.extend_from_slice(&self.front);
        std::mem::swap(&mut body, &mut self.body);
        body.extend_from_slice(BACK);
        let count = self.items.len();
        self.keys.clear();
        EncodedBatch {
            body: body.into(),
            front: self.front.len(),
            ends: std::mem::replace(&mut self.ends, Vec::with_capacity(count)),
            items: std::mem::replace(&mut self.items, Vec::with_capacity(count)),
        }
    }
}

impl EncodedBatch {
    /// Creates a body of items that were encoded one by one.
    pub(super) fn of(member: &str, items: Vec<(ItemId, Bytes)>) -> Self {
        let buffer = BatchBuffer::new(member, usize::MAX, usize::MAX);
        let mut new =
            Self { body: Bytes::new(), front: buffer.front.len(), ends: Vec::new(), items: Vec::new() };
        let mut body = buffer.front;
        for (name, text) in items {
            new.push(&mut body, name, &text);
        }
        new.closed(body)
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns where to cut the items in two so that neither part is larger than need be: in the middle, or
    /// around an item that takes more than half of the bytes. `None`: there is only one.
    pub(super) fn halves(&self) -> Option<impl Fn(usize) -> bool> {
        let starts = std::iter::once(self.front).chain(self.ends.iter().map(|end| end + 1));
        let all = self.ends.last()? - self.front;
        let large = starts.zip(&self.ends).position(|(start, end)| (end - start) * 2 > all);
        let middle = self.len() / 2;
        (self.len() > 1).then_some(move |index| large.map_or(index >= middle, |large| index == large))
    }

    /// Returns an item as it is sent.
    pub(super) fn text(&self, index: usize) -> Option<Bytes> {
        let start =
            index.checked_sub(1).map_or(Some(self.front), |before| Some(self.ends.get(before)? + 1))?;
        Some(self.body.slice(start..*self.ends.get(index)?))
    }

    /// Returns all items as they are sent.
    pub(super) fn texts(&self) -> impl Iterator<Item = (ItemId, Bytes)> {
        (0..).zip(&self.items).filter_map(|(index, item)| Some((item.clone(), self.text(index)?)))
    }

    pub(super) fn digest(&self) -> BodyDigest {
        BodyDigest::of(&self.body)
    }

    pub(super) fn keys(&self) -> Vec<ItemKey> {
        self.items.iter().map(|item| item.key.clone()).collect()
    }

    /// Returns the wanted items as they were encoded, or `None` if there are none.
    pub(super) fn only(&self, mut wanted: impl FnMut(usize) -> bool) -> Option<Self> {
        let mut new = Self { body: Bytes::new(), front: self.front, ends: Vec::new(), items: Vec::new() };
        let mut body = Vec::with_capacity(self.body.len());
        body.extend_from_slice(&self.body[..self.front]);
        let mut start = self.front;
        for (index, (name, end)) in self.items.iter().zip(&self.ends).enumerate() {
            if wanted(index) {
                new.push(&mut body, name.clone(), &self.body[start..*end]);
            }
            start = end + 1;
        }
        (!new.items.is_empty()).then(|| new.closed(body))
    }

    fn push(&mut self, body: &mut Vec<u8>, name: ItemId, bytes: &[u8]) {
        if !self.items.is_empty() {
            body.push(b',');
        }
        body.extend_from_slice(bytes);
        self.ends.push(body.len());
        self.items.push(name);
    }

    fn closed(mut self, mut body: Vec<u8>) -> Self {
        body.extend_from_slice(BACK);
        self.body = body.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(ordinal: u64) -> ItemId {
        ItemId { key: ItemKey::ordinal(ordinal), ordinal, line: None }
    }

    fn text(encoded: &EncodedBatch) -> &str {
        std::str::from_utf8(&encoded.body).unwrap()
    }

    #[test]
    fn a_body_is_cut_before_it_is_too_long() {
        let mut buffer = BatchBuffer::new("pe\"ts", 100, 19);
        for (ordinal, item) in [(0, "0"), (1, "1"), (2, "2")] {
            assert!(buffer.add(named(ordinal), item.as_bytes()).is_none());
        }
        assert_eq!(buffer.items().len(), 3);
        let full = buffer.add(named(3), br#""four""#).unwrap();
        assert_eq!(text(&full), r#"{"pe\"ts":[0,1,2]}"#);
        let full = buffer.add(named(4), br#""much too long for any""#).unwrap();
        assert_eq!(text(&full), r#"{"pe\"ts":["four"]}"#);
        assert_eq!(full.items[0].ordinal, 3);
        // Alone it is sent all the same: the service has the last word.
        assert_eq!(text(&buffer.cut().unwrap()), r#"{"pe\"ts":["much too long for any"]}"#);
        assert!(buffer.cut().is_none());
    }

    #[test]
    fn items_are_taken_out_as_they_were_encoded() {
        let mut buffer = BatchBuffer::new("a", 3, 1000);
        for (ordinal, item) in [(0, r#"{"x":1}"#), (1, "2"), (2, "[3, 4]")] {
            buffer.add(named(ordinal), item.as_bytes());
        }
        assert!(buffer.is_full() && buffer.has(&ItemKey::ordinal(2)));
        let whole = buffer.cut().unwrap();
        assert!(!buffer.is_full() && !buffer.has(&ItemKey::ordinal(2)));
        for (wanted, expected) in [
            (&[0, 1, 2][..], Some(r#"{"a":[{"x":1},2,[3, 4]]}"#)),
            (&[0, 2], Some(r#"{"a":[{"x":1},[3, 4]]}"#)),
            (&[1], Some(r#"{"a":[2]}"#)),
            (&[], None),
        ] {
            let part = whole.only(|index| wanted.contains(&index));
            assert_eq!(part.as_ref().map(text), expected);
            let again = part.and_then(|part| part.only(|_| true));
            assert_eq!(again.as_ref().map(text), expected);
        }
    }

    #[test]
    fn an_item_that_is_larger_than_all_others_is_cut_out() {
        let second = |items: &[&str]| {
            let mut buffer = BatchBuffer::new("a", 100, 1000);
            for (ordinal, item) in (0..).zip(items) {
                buffer.add(named(ordinal), item.as_bytes());
            }
            let whole = buffer.cut().unwrap();
            let is_second = whole.halves()?;
            whole.only(is_second).map(|part| text(&part).to_owned())
        };
        assert_eq!(second(&["1", "2", "3", "4", "5"]).unwrap(), r#"{"a":[3,4,5]}"#);
        assert_eq!(second(&["1", r#""a long text""#, "3", "4"]).unwrap(), r#"{"a":["a long text"]}"#);
        assert_eq!(second(&["1"]), None);
    }
}
