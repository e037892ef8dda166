//! Items, encoded once, in the body that they are sent in.

use std::collections::HashSet;

use crate::send::journal::{BodyDigest, Key};
use bytes::Bytes;

/// What an item is called, and where it stands in the caller's input.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) key: Key,
    /// From 0.
    pub(super) ordinal: u64,
    /// From 1, if the caller knows.
    pub(super) line: Option<u64>,
}

/// A whole request body, and where the items are in it.
#[derive(Debug, Clone)]
pub(super) struct Encoded {
    pub(super) body: Bytes,
    /// How long the part before the first item is.
    front: usize,
    /// Where each item ends. The next one begins behind a comma.
    ends: Vec<usize>,
    pub(super) items: Vec<Named>,
}

/// A request body that grows.
pub(super) struct Filling {
    front: Vec<u8>,
    body: Vec<u8>,
    ends: Vec<usize>,
    items: Vec<Named>,
    /// Of the items here.
    keys: HashSet<Key>,
    pub(super) max_items: usize,
    pub(super) max_bytes: usize,
}

const BACK: &[u8] = b"]}";

impl Filling {
    /// The body is an object with a list in this member.
    pub(super) fn new(member: &str, max_items: usize, max_bytes: usize) -> Self {
        let mut front = b"{".to_vec();
        // A text can always be written.
        let _ = serde_json::to_writer(&mut front, member);
        front.extend_from_slice(b":[");
        let body = front.clone();
        Self { front, body, ends: Vec::new(), items: Vec::new(), keys: HashSet::new(), max_items, max_bytes }
    }

    pub(super) fn items(&self) -> &[Named] {
        &self.items
    }

    pub(super) fn has(&self, key: &Key) -> bool {
        self.keys.contains(key)
    }

    /// Adds an item. If it is one byte too many for the body, what was there before is cut off and given.
    pub(super) fn add(&mut self, name: Named, text: &[u8]) -> Option<Encoded> {
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

    /// All items but the one that begins with the comma at `end`.
    fn split_off(&mut self, end: usize) -> Encoded {
        let last = self.body[end + 1..].to_vec();
        self.body.truncate(end);
        let full = self.take();
        self.body.extend_from_slice(&last);
        full
    }

    /// Whether no item fits any more.
    pub(super) fn is_full(&self) -> bool {
        self.items.len() >= self.max_items
    }

    /// What there is, if there is something.
    pub(super) fn cut(&mut self) -> Option<Encoded> {
        (!self.items.is_empty()).then(|| self.take())
    }

    fn take(&mut self) -> Encoded {
        // The next body will be about as long, so that it need not grow again.
        let mut body = Vec::with_capacity(self.body.len() + BACK.len());
        body.extend_from_slice(&self.front);
        std::mem::swap(&mut body, &mut self.body);
        body.extend_from_slice(BACK);
        let count = self.items.len();
        self.keys.clear();
        Encoded {
            body: body.into(),
            front: self.front.len(),
            ends: std::mem::replace(&mut self.ends, Vec::with_capacity(count)),
            items: std::mem::replace(&mut self.items, Vec::with_capacity(count)),
        }
    }
}

impl Encoded {
    /// A body of items that were encoded one by one.
    pub(super) fn of(member: &str, items: Vec<(Named, Bytes)>) -> Self {
        let filling = Filling::new(member, usize::MAX, usize::MAX);
        let mut new =
            Self { body: Bytes::new(), front: filling.front.len(), ends: Vec::new(), items: Vec::new() };
        let mut body = filling.front;
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

    pub(super) fn digest(&self) -> BodyDigest {
        BodyDigest::of(&self.body)
    }

    pub(super) fn keys(&self) -> Vec<Key> {
        self.items.iter().map(|item| item.key.clone()).collect()
    }

    /// The items that are wanted, as they were encoded; `None`: there are none.
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

    fn push(&mut self, body: &mut Vec<u8>, name: Named, bytes: &[u8]) {
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

    fn named(ordinal: u64) -> Named {
        Named { key: Key::ordinal(ordinal), ordinal, line: None }
    }

    fn text(encoded: &Encoded) -> &str {
        std::str::from_utf8(&encoded.body).unwrap()
    }

    #[test]
    fn a_body_is_cut_before_it_is_too_long() {
        let mut filling = Filling::new("pe\"ts", 100, 19);
        for (ordinal, item) in [(0, "0"), (1, "1"), (2, "2")] {
            assert!(filling.add(named(ordinal), item.as_bytes()).is_none());
        }
        assert_eq!(filling.items().len(), 3);
        let full = filling.add(named(3), br#""four""#).unwrap();
        assert_eq!(text(&full), r#"{"pe\"ts":[0,1,2]}"#);
        let full = filling.add(named(4), br#""much too long for any""#).unwrap();
        assert_eq!(text(&full), r#"{"pe\"ts":["four"]}"#);
        assert_eq!(full.items[0].ordinal, 3);
        // Alone it is sent all the same: the service has the last word.
        assert_eq!(text(&filling.cut().unwrap()), r#"{"pe\"ts":["much too long for any"]}"#);
        assert!(filling.cut().is_none());
    }

    #[test]
    fn items_are_taken_out_as_they_were_encoded() {
        let mut filling = Filling::new("a", 3, 1000);
        for (ordinal, item) in [(0, r#"{"x":1}"#), (1, "2"), (2, "[3, 4]")] {
            filling.add(named(ordinal), item.as_bytes());
        }
        assert!(filling.is_full() && filling.has(&Key::ordinal(2)));
        let whole = filling.cut().unwrap();
        assert!(!filling.is_full() && !filling.has(&Key::ordinal(2)));
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
            let mut filling = Filling::new("a", 100, 1000);
            for (ordinal, item) in (0..).zip(items) {
                filling.add(named(ordinal), item.as_bytes());
            }
            let whole = filling.cut().unwrap();
            let is_second = whole.halves()?;
            whole.only(is_second).map(|part| text(&part).to_owned())
        };
        assert_eq!(second(&["1", "2", "3", "4", "5"]).unwrap(), r#"{"a":[3,4,5]}"#);
        assert_eq!(second(&["1", r#""a long text""#, "3", "4"]).unwrap(), r#"{"a":["a long text"]}"#);
        assert_eq!(second(&["1"]), None);
    }
}
