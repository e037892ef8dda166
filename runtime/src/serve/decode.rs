//! The text of a parameter as JSON: the styles of OpenAPI, read.
//!
//! What a style writes in one way only for several values, such as an empty list and none, is read as the
//! usual one of them.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    deep,
    pairs::{Pair, split_pair},
    text::{Encoding, Readable, Unreadable, decoded},
};
use crate::{
    operation::{Style, StyleKind},
    wire::{ObjectShape, Shape, is_json, quoted, scalar},
};

/// Reads the text in a path; `None`: it is that of another parameter.
pub(super) fn path(name: &str, text: &str, style: Style, shape: &'static Shape) -> Readable<Option<String>> {
    let reader = Reader { shape, encoding: Encoding::Percent };
    match style.kind {
        StyleKind::Json => reader.json(text),
        StyleKind::Label => {
            let separator = if style.explode { "." } else { "," };
            reader.joined(text.strip_prefix('.').unwrap_or(text), separator, style.explode)
        }
        StyleKind::Matrix => return reader.matrix(name, text, style.explode),
        _ => reader.joined(text, ",", style.explode),
    }
    .map(Some)
}

fn names(pair: &str, name: &str) -> bool {
    decoded(split_pair(pair).0, Encoding::Percent).is_ok_and(|found| found == name)
}

/// Headers of requests that are lists, also where a definition has them as a text: proxies may write what was
/// one line as several (RFC 9110, section 5.3).
const LISTS: [&str; 23] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "baggage",
    "cache-control",
    "content-encoding",
    "content-language",
    "expect",
    "forwarded",
    "if-match",
    "if-none-match",
    "link",
    "pragma",
    "prefer",
    "te",
    "tracestate",
    "trailer",
    "upgrade",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
];

/// Reads the lines of a header, which are not encoded. Only a list may have several.
pub(super) fn header(name: &str, lines: &[&str], style: Style, shape: &'static Shape) -> Readable<String> {
    let reader = Reader { shape, encoding: Encoding::Plain };
    let is_list = (reader.may_be_list() || shape.object.is_some()) && style.kind != StyleKind::Json;
    if lines.len() > 1 && !is_list && !LISTS.iter().any(|list| name.eq_ignore_ascii_case(list)) {
        return Err(Unreadable::Repeated(String::new()));
    }
    // Several lines of one name are one list (RFC 9110, section 5.3).
    let text = &lines.join(",");
    if style.kind == StyleKind::Json { reader.json(text) } else { reader.joined(text, ",", style.explode) }
}

/// What else is read of the pairs that a parameter is among. No object takes it in.
#[derive(Debug, Clone, Copy)]
pub(super) struct OtherName<'n> {
    pub(super) name: &'n str,
    /// Its style is `deepObject`: it has the pairs `name[member]` as well.
    pub(super) is_deep: bool,
}

impl OtherName<'_> {
    /// Returns whether a pair of this name belongs to it.
    pub(super) fn takes(self, pair: &str) -> bool {
        let Some(rest) = pair.strip_prefix(self.name) else { return false };
        rest.is_empty() || self.is_deep && rest.starts_with('[')
    }
}

/// Reads the pairs of one parameter among those of a query or of a form; `None`: it is absent.
pub(super) fn query(
    name: &str,
    pairs: &[Pair],
    style: Style,
    shape: &'static Shape,
    encoding: Encoding,
    others: &[OtherName<'_>],
) -> Readable<Option<String>> {
    let reader = Reader { shape, encoding };
    let own = || pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| &**value);
    if style.kind == StyleKind::DeepObject {
        return deep::read(name, pairs, shape, encoding);
    }
    if style.explode && style.kind != StyleKind::Json {
        let is_list = shape.items.is_some() || reader.may_be_list() && own().nth(1).is_some();
        if is_list && own().next().is_some() {
            return reader.list_or_one(own()).map(Some);
        }
        if let Some(object) = shape.object {
            let is_member = |known: &str| {
                let is_listed = object.members.iter().any(|(member, _)| *member == known);
                is_listed || object.rest.is_some() && !others.iter().any(|other| other.takes(known))
            };
            let members = pairs.iter().filter(|(known, _)| is_member(known));
            let members: Vec<(&str, &str)> = members.map(|(known, value)| (&**known, &**value)).collect();
            if !members.is_empty() {
                let members = members.into_iter().map(|(name, value)| (Cow::Borrowed(name), value));
                return reader.object_of(object, members).map(Some);
            }
        }
    }
    let mut own = own();
    let Some(value) = own.next() else { return Ok(None) };
    if own.next().is_some() {
        return Err(Unreadable::Repeated(String::new()));
    }
    match style.kind {
        StyleKind::Json => reader.json(value),
        StyleKind::SpaceDelimited => reader.joined(&value.replace('+', "%20"), "%20", false),
        StyleKind::PipeDelimited => {
            reader.joined(&value.replace('|', "%7C").replace("%7c", "%7C"), "%7C", false)
        }
        _ => reader.joined(value, ",", false),
    }
    .map(Some)
}

/// Reads the cookies of one parameter; `None`: it is absent.
///
/// A browser sends several cookies of one name where their paths or domains differ, the one of the longest
/// path first (RFC 6265, section 5.4): that one is read, unless they are the items of a list.
pub(super) fn cookie(
    name: &str,
    pairs: &[Pair],
    style: Style,
    shape: &'static Shape,
    others: &[OtherName<'_>],
) -> Readable<Option<String>> {
    let encoding = Encoding::Percent;
    if style.explode && (Reader { shape, encoding }).may_be_list() {
        return query(name, pairs, style, shape, encoding, others);
    }
    let mut known = BTreeSet::new();
    let first = pairs.iter().filter(|(name, _)| known.insert(name)).cloned();
    query(name, &first.collect::<Vec<_>>(), style, shape, encoding, others)
}

/// Reads texts of one shape.
#[derive(Clone, Copy)]
struct Reader {
    shape: &'static Shape,
    encoding: Encoding,
}

impl Reader {
    fn json(self, text: &str) -> Readable<String> {
        let text = decoded(text, self.encoding)?;
        Ok(if is_json(&text) { text.into_owned() } else { quoted(&text) })
    }

    /// Reads `;name=a,b`, or with `explode` `;name=a;name=b` or `;k=v;k=v`; `None`: there is another name.
    fn matrix(self, name: &str, text: &str, explode: bool) -> Readable<Option<String>> {
        let parts: Vec<&str> = text.split(';').filter(|part| !part.is_empty()).collect();
        let are_named = parts.iter().all(|part| names(part, name));
        match self.shape.object {
            Some(object) if explode && (self.shape.items.is_none() || !are_named) => {
                return self.object(object, parts.into_iter().map(split_pair)).map(Some);
            }
            _ if !are_named => return Ok(None),
            _ => {}
        }
        match parts.as_slice() {
            [] => Ok(None),
            parts if explode && self.may_be_list() => {
                self.list_or_one(parts.iter().map(|part| split_pair(part).1)).map(Some)
            }
            [only] => self.joined(split_pair(only).1, ",", false).map(Some),
            _ => Err(Unreadable::Repeated(String::new())),
        }
    }

    fn may_be_list(self) -> bool {
        self.shape.items.is_some() || self.shape.scalars.are_all()
    }

    /// Reads `a,b`, `k,v,k,v`, or with `explode` `k=v,k=v`.
    fn joined(self, text: &str, separator: &str, explode: bool) -> Readable<String> {
        let parts = || text.split(separator).filter(|_| !text.is_empty());
        let Some(object) = self.shape.object else {
            return match self.shape.items {
                Some(_) => self.list_or_one(parts()),
                None => Ok(scalar(self.shape, &decoded(text, self.encoding)?)),
            };
        };
        if explode && parts().all(|part| part.contains('=')) {
            return self.object(object, parts().map(split_pair));
        }
        let parts: Vec<&str> = parts().collect();
        if !explode && parts.len().is_multiple_of(2) {
            return self.object(object, parts.chunks_exact(2).map(|pair| (pair[0], pair[1])));
        }
        self.list_or_one(parts.into_iter())
    }

    /// Reads a list, or the only value where that may be no list.
    fn list_or_one<'t>(self, parts: impl Iterator<Item = &'t str>) -> Readable<String> {
        let parts: Vec<&str> = parts.collect();
        if let [only] = *parts
            && (!self.shape.scalars.are_none() || self.shape.items.is_none())
        {
            return Ok(scalar(self.shape, &decoded(only, self.encoding)?));
        }
        let item = self.shape.items.unwrap_or(Shape::ANY);
        let items = parts.into_iter().map(|part| Ok(scalar(item, &decoded(part, self.encoding)?)));
        Ok(format!("[{}]", items.collect::<Readable<Vec<_>>>()?.join(",")))
    }

    fn object<'t>(
        self,
        object: ObjectShape,
        members: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Readable<String> {
        let members = members.map(|(name, value)| Ok((decoded(name, self.encoding)?, value)));
        self.object_of(object, members.collect::<Readable<Vec<_>>>()?.into_iter())
    }

    fn object_of<'t>(
        self,
        object: ObjectShape,
        members: impl Iterator<Item = (Cow<'t, str>, &'t str)>,
    ) -> Readable<String> {
        let mut known = BTreeSet::new();
        let members = members.map(|(name, value)| {
            if !known.insert(name.clone()) {
                return Err(Unreadable::Repeated(String::new()).within(&name));
            }
            let shape = object.member(&name).unwrap_or(Shape::ANY);
            Ok(format!("{}:{}", quoted(&name), scalar(shape, &decoded(value, self.encoding)?)))
        });
        Ok(format!("{{{}}}", members.collect::<Readable<Vec<_>>>()?.join(",")))
    }
}
