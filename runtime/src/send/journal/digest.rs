//! What is remembered of a request body.

use serde::{Deserialize, Serialize};

/// Length and CRC-32 of a request body: enough to see that a resumed run would send something else.
///
/// It does not protect against intent, and it is too short to stand for the body or to give it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BodyDigest {
    /// In bytes.
    pub length: u64,
    /// CRC-32 (ISO-HDLC, that of zip).
    pub crc32: u32,
}

impl BodyDigest {
    /// Returns the digest of a body as it is sent.
    #[must_use]
    pub fn of(body: &[u8]) -> Self {
        Self { length: body.len() as u64, crc32: crc32fast::hash(body) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_checksum_that_other_tools_compute() {
        assert_eq!(BodyDigest::of(b"123456789"), BodyDigest { length: 9, crc32: 0xcbf4_3926 });
    }
}
