//! What a body lists, by the names of its members.

use std::fmt;
use std::io::{self, Read};

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::Kind;

/// As much of a body may stand before the member that tells.
const HEAD: u64 = 64 * 1024;

/// Reads as much as tells what the body lists. What is no JSON is held to either list, since both say the same of it.
pub(super) fn guess(source: &mut impl Read, head: &mut Vec<u8>) -> io::Result<Option<Kind>> {
    loop {
        let at_end = source.take(1024).read_to_end(head)? == 0;
        let mut kind = None;
        let read = serde_json::Deserializer::from_slice(head).deserialize_map(Names(&mut kind));
        let is_full = head.len() as u64 >= HEAD;
        match read {
            _ if kind.is_some() => return Ok(kind),
            // An object without the name, or no object at all.
            Ok(()) => return Ok(None),
            Err(error) if error.is_data() => return Ok(None),
            Err(error) if error.is_eof() && !at_end => {
                if is_full {
                    return Ok(head.trim_ascii_start().is_empty().then_some(Kind::Accounts));
                }
            }
            Err(_) => return Ok(Some(Kind::Accounts)),
        }
    }
}

/// Goes through an object until a name is known.
struct Names<'a>(&'a mut Option<Kind>);

impl<'de> Visitor<'de> for Names<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            *self.0 = match name.as_str() {
                "accounts" => Some(Kind::Accounts),
                "transactions" => Some(Kind::Transactions),
                _ => None,
            };
            if self.0.is_some() {
                break;
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
