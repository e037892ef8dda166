//! The text of a parameter as JSON: the styles of OpenAPI, read.
//!
//! What a style writes in one way only for several values, such as an empty list and none, is read as the
//! usual one of them.

use std::borrow::Cow;

use super::{
    deep,
    pairs::{Pair, split_pair},
    shape::{ObjectShape, Shape},
    text::{Decoded, Encoding, decoded, is_json, quoted, scalar},
};
use crate::operation::{Style, StyleKind};

/// Reads the text in a path.
pub(super) fn path(name: &str, text: &str, style: Style, shape: &'static Shape) -> Decoded<String> {
    let reader = Reader { shape, encoding: Encoding::Percent };
    match style.kind {
        StyleKind::Json => reader.json(text),
        StyleKind::Label => {
            let separator = if style.explode { "." } else { "," };
            reader.joined(text.strip_prefix('.').unwrap_or(text), separator, style.explode)
        }
        StyleKind::Matrix if style.explode && (shape.items.is_some() || shape.object.is_some()) => {
            let parts: Vec<&str> = text.split(';').filter(|part| !part.is_empty()).collect();
            match shape.object {
                Some(object) if shape.items.is_none() || !parts.iter().all(|part| names(part, name)) => {
                    reader.object(object, parts.into_iter().map(split_pair))
                }
                _ => reader.list_or_one(parts.into_iter().map(|part| split_pair(part).1)),
            }
        }
        StyleKind::Matrix => {
            let value = text.strip_prefix(';').and_then(|text| text.split_once('='));
            reader.joined(value.map_or("", |(_, value)| value), ",", false)
        }
        _ => reader.joined(text, ",", style.explode),
    }
}

fn names(pair: &str, name: &str) -> bool {
    decoded(split_pair(pair).0, Encoding::Percent).is_ok_and(|found| found == name)
}

/// Reads the value of a header, which is not encoded.
pub(super) fn header(text: &str, style: Style, shape: &'static Shape) -> Decoded<String> {
    let reader = Reader { shape, encoding: Encoding::Plain };
    if style.kind == StyleKind::Json { reader.json(text) } else { reader.joined(text, ",", style.explode) }
}

/// Reads the pairs of one parameter among those of a query, of cookies or of a form; `None`: it is absent.
/// `others` are names of other parameters.
pub(super) fn query(
    name: &str,
    pairs: &[Pair],
    style: Style,
    shape: &'static Shape,
    encoding: Encoding,
    others: &[&str],
) -> Decoded<Option<String>> {
    let reader = Reader { shape, encoding };
    let own = || pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| &**value);
    if style.kind == StyleKind::DeepObject {
        return deep::read(name, pairs, shape, encoding);
    }
    if style.explode && style.kind != StyleKind::Json {
        if shape.items.is_some() && own().next().is_some() {
            return reader.list_or_one(own()).map(Some);
        }
        if let Some(object) = shape.object {
            let is_member = |known: &str| {
                let is_listed = object.members.iter().any(|(member, _)| *member == known);
                is_listed || object.rest.is_some() && !others.contains(&known)
            };
            let members = pairs.iter().filter(|(known, _)| is_member(known));
            let members: Vec<(&str, &str)> = members.map(|(known, value)| (&**known, &**value)).collect();
            if !members.is_empty() {
                let members = members.into_iter().map(|(name, value)| (Cow::Borrowed(name), value));
                return reader.object_of(object, members).map(Some);
            }
        }
    }
    // As in JSON, the last of several counts.
    let Some(value) = own().next_back() else { return Ok(None) };
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

/// Reads texts of one shape.
#[derive(Clone, Copy)]
struct Reader {
    shape: &'static Shape,
    encoding: Encoding,
}

impl Reader {
    fn json(self, text: &str) -> Decoded<String> {
        let text = decoded(text, self.encoding)?;
        Ok(if is_json(&text) { text.into_owned() } else { quoted(&text) })
    }

    /// Reads `a,b`, `k,v,k,v`, or with `explode` `k=v,k=v`.
    fn joined(self, text: &str, separator: &str, explode: bool) -> Decoded<String> {
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
    fn list_or_one<'t>(self, parts: impl Iterator<Item = &'t str>) -> Decoded<String> {
        let parts: Vec<&str> = parts.collect();
        if let [only] = *parts
            && (self.shape.scalar.is_some() || self.shape.items.is_none())
        {
            return Ok(scalar(self.shape, &decoded(only, self.encoding)?));
        }
        let item = self.shape.items.unwrap_or(Shape::ANY);
        let items = parts.into_iter().map(|part| Ok(scalar(item, &decoded(part, self.encoding)?)));
        Ok(format!("[{}]", items.collect::<Decoded<Vec<_>>>()?.join(",")))
    }

    fn object<'t>(
        self,
        object: ObjectShape,
        members: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Decoded<String> {
        let members = members.map(|(name, value)| Ok((decoded(name, self.encoding)?, value)));
        self.object_of(object, members.collect::<Decoded<Vec<_>>>()?.into_iter())
    }

    fn object_of<'t>(
        self,
        object: ObjectShape,
        members: impl Iterator<Item = (Cow<'t, str>, &'t str)>,
    ) -> Decoded<String> {
        let members = members.map(|(name, value)| {
            let shape = object.member(&name).unwrap_or(Shape::ANY);
            Ok(format!("{}:{}", quoted(&name), scalar(shape, &decoded(value, self.encoding)?)))
        });
        Ok(format!("{{{}}}", members.collect::<Decoded<Vec<_>>>()?.join(",")))
    }
}
