//! Names of members in a form that a reader of JSON compares with few instructions.

/// So many bytes of a body are compared at once.
pub(crate) const WINDOW: usize = 32;

/// A name as it stands in a body, `"name":`, and a hash of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    words: [u64; 4],
    masks: [u64; 4],
    /// How many bytes `"name":` has; 0 if it is too long for the window, or never stands in a body like that.
    pub(crate) length: u8,
    pub(crate) hash: u64,
}

impl Name {
    pub(crate) const fn new(name: &str) -> Self {
        let bytes = name.as_bytes();
        let hash = hash(bytes);
        if bytes.len() + 3 > WINDOW || needs_escapes(bytes) {
            // Nothing begins with these bytes where a quote stands.
            return Self { words: [0; 4], masks: [u64::MAX; 4], length: 0, hash };
        }
        let mut quoted = Self { words: [0; 4], masks: [0; 4], length: 0, hash };
        quoted.length = quoted.put(0, b'"');
        let mut at = 0;
        while at < bytes.len() {
            quoted.length = quoted.put(quoted.length, bytes[at]);
            at += 1;
        }
        quoted.length = quoted.put(quoted.length, b'"');
        quoted.length = quoted.put(quoted.length, b':');
        quoted
    }

    const fn put(&mut self, at: u8, byte: u8) -> u8 {
        let shift = (at % 8) * 8;
        self.words[at as usize / 8] |= (byte as u64) << shift;
        self.masks[at as usize / 8] |= 0xFF << shift;
        at + 1
    }

    /// Whether the bytes begin with `"name":`.
    #[inline(always)]
    pub(crate) fn begins(&self, window: &[u8; WINDOW]) -> bool {
        let mut differ = 0;
        for (at, (word, mask)) in self.words.iter().zip(&self.masks).enumerate() {
            let eight = window[at * 8..].first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight));
            differ |= (eight ^ word) & mask;
        }
        differ == 0
    }
}

/// Whether JSON can't hold the name as it is, or holds something else by these bytes.
const fn needs_escapes(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if name[at] < 0x20 || name[at] == b'"' || name[at] == b'\\' {
            return true;
        }
        at += 1;
    }
    false
}

/// A hash of a name: quick, and no secret. It only says where to look.
#[inline(always)]
pub(crate) const fn hash(name: &[u8]) -> u64 {
    let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (short(name), 0),
    };
    (first ^ last.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ name.len() as u64
}

/// Up to seven bytes as one number.
#[inline(always)]
const fn short(name: &[u8]) -> u64 {
    let mut word = 0;
    let mut at = 0;
    while at < name.len() {
        word = word << 8 | name[at] as u64;
        at += 1;
    }
    word
}

/// So many slots has an index.
const SLOTS: usize = 128;
/// So many names have an index at most.
const MOST: usize = 64;
/// The slot is empty.
const EMPTY: u8 = u8::MAX;

/// Where to look for a name: each hash of the table has a slot of its own, if a factor was found that does that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Index {
    /// 0 if none was found: then the hashes are compared one by one.
    factor: u64,
    slots: [u8; SLOTS],
}

impl Index {
    pub(crate) const NONE: Self = Self { factor: 0, slots: [EMPTY; SLOTS] };

    /// The slot of a hash.
    #[inline(always)]
    const fn slot(factor: u64, hash: u64) -> usize {
        (hash.wrapping_mul(factor) >> 57) as usize
    }

    /// Whether the index can be asked.
    #[inline(always)]
    pub(crate) const fn is_usable(&self) -> bool {
        self.factor != 0
    }

    /// The one place where a name of this hash can be.
    #[inline(always)]
    pub(crate) fn place(&self, hash: u64) -> Option<usize> {
        let place = self.slots.get(Self::slot(self.factor, hash)).copied().unwrap_or(EMPTY);
        (place != EMPTY).then_some(usize::from(place))
    }

    /// An index of the names of fields. Tables of up to 40 fields nearly always find a factor.
    pub(crate) const fn of_fields(fields: &[super::Field]) -> Self {
        let mut hashes = [0; MOST];
        let mut place = 0;
        while place < fields.len() && place < MOST {
            hashes[place] = fields[place].key.hash;
            place += 1;
        }
        Self::new(&hashes, fields.len())
    }

    /// An index of texts.
    pub(crate) const fn of_texts(texts: &[&str]) -> Self {
        let mut hashes = [0; MOST];
        let mut place = 0;
        while place < texts.len() && place < MOST {
            hashes[place] = hash(texts[place].as_bytes());
            place += 1;
        }
        Self::new(&hashes, texts.len())
    }

    /// Tries factors until no two hashes share a slot.
    const fn new(hashes: &[u64; MOST], count: usize) -> Self {
        let mut tries = 0;
        let mut factor: u64 = 0x2545_F491_4F6C_DD1D;
        while tries < 200 && count <= MOST {
            if let Some(slots) = Self::fill(factor, hashes, count) {
                return Self { factor, slots };
            }
            factor = factor.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(2);
            tries += 1;
        }
        Self::NONE
    }

    const fn fill(factor: u64, hashes: &[u64; MOST], count: usize) -> Option<[u8; SLOTS]> {
        let mut slots = [EMPTY; SLOTS];
        let mut place: u8 = 0;
        while (place as usize) < count {
            let slot = Self::slot(factor, hashes[place as usize]);
            if slots[slot] != EMPTY {
                return None;
            }
            slots[slot] = place;
            place += 1;
        }
        Some(slots)
    }
}
