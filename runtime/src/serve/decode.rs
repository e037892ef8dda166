//! The text of a parameter as JSON: the styles of OpenAPI, read.
//!
//! What a style writes in one way only for several values, such as an empty list and none, is read as the
//! usual one of them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::value::RawValue;

use super::shape::{ObjectShape, ScalarKind, Shape};
use crate::operation::{Style, StyleKind};

/// A text is not UTF-8 once its percent signs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotUtf8;

type Decoded<T> = Result<T, NotUtf8>;

/// Names in brackets that go deeper are no part of a parameter.
const MAX_DEPTH: usize = 16;

/// A name as it is meant, and a value as it is written.
pub(super) type Pair = (String, String);

/// Returns the pairs of a query or of a form.
pub(super) fn pairs(query: &str) -> Decoded<Vec<Pair>> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| named(pair, Encoding::Form)).collect()
}

/// Returns the pairs of a `Cookie` header.
pub(super) fn cookies(header: &str) -> Decoded<Vec<Pair>> {
    let pairs = header.split(';').map(str::trim).filter(|pair| !pair.is_empty());
    pairs.map(|pair| named(pair, Encoding::Percent)).collect()
}

fn named(pair: &str, encoding: Encoding) -> Decoded<Pair> {
    let (name, value) = split_pair(pair);
    Ok((decoded(name, encoding)?.into_owned(), value.to_owned()))
}

fn split_pair(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}

/// How the text of a value is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// By percent signs.
    Percent,
    /// By percent signs, and a plus is a space.
    Form,
    /// Not at all.
    Plain,
}

fn decoded(text: &str, encoding: Encoding) -> Decoded<Cow<'_, str>> {
    match encoding {
        // Items of a list may have spaces around them (RFC 9110, section 5.6.1).
        Encoding::Plain => Ok(Cow::Borrowed(text.trim())),
        Encoding::Form if text.contains('+') => {
            let spaced = text.replace('+', " ");
            let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| NotUtf8)?;
            Ok(Cow::Owned(decoded.into_owned()))
        }
        _ => percent_decode_str(text).decode_utf8().map_err(|_| NotUtf8),
    }
}

/// Reads the text in a path.
pub(super) fn path(name: &str, text: &str, style: Style, shape: Shape) -> Decoded<String> {
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
pub(super) fn header(text: &str, style: Style, shape: Shape) -> Decoded<String> {
    let reader = Reader { shape, encoding: Encoding::Plain };
    if style.kind == StyleKind::Json { reader.json(text) } else { reader.joined(text, ",", style.explode) }
}

/// Reads the pairs of one parameter among those of a query, of cookies or of a form; `None`: it is absent.
/// `others` are names of other parameters.
pub(super) fn query(
    name: &str,
    pairs: &[Pair],
    style: Style,
    shape: Shape,
    encoding: Encoding,
    others: &[&str],
) -> Decoded<Option<String>> {
    let reader = Reader { shape, encoding };
    let own = || pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| &**value);
    if style.kind == StyleKind::DeepObject {
        return deep(name, pairs, reader);
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
    let Some(value) = own().last() else { return Ok(None) };
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
    shape: Shape,
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
        if !explode && parts.len() % 2 == 0 {
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
        let item = self.shape.items.copied().unwrap_or(Shape::ANY);
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

/// A part of a parameter in the style `deepObject`.
enum Node<'a> {
    Value(&'a str),
    Members(Vec<(&'a str, Node<'a>)>),
}

/// Reads `name[k]=v`, `name[k][l]=v`, `name[0]=v` and `name[]=v`.
fn deep(name: &str, pairs: &[Pair], reader: Reader) -> Decoded<Option<String>> {
    let mut root = Vec::new();
    let mut plain = None;
    for (known, value) in pairs {
        let Some(rest) = known.strip_prefix(name) else { continue };
        if rest.is_empty() {
            plain = Some(&**value);
        } else if let Some(segments) = brackets(rest) {
            insert(&mut root, &segments, value);
        }
    }
    match plain {
        _ if !root.is_empty() => node(reader, &Node::Members(root)).map(Some),
        Some(value) => node(reader, &Node::Value(value)).map(Some),
        None => Ok(None),
    }
}

/// Returns the names of `[a][b]`, if the text has that form.
fn brackets(text: &str) -> Option<Vec<&str>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let segments: Vec<&str> = inner.split("][").collect();
    (segments.len() <= MAX_DEPTH).then_some(segments)
}

fn insert<'a>(members: &mut Vec<(&'a str, Node<'a>)>, segments: &[&'a str], value: &'a str) {
    let Some((name, below)) = segments.split_first() else { return };
    if below.is_empty() {
        members.push((name, Node::Value(value)));
        return;
    }
    let is_it = |(known, node): &(&str, Node<'_>)| known == name && matches!(node, Node::Members(_));
    let index = members.iter().position(is_it).unwrap_or_else(|| {
        members.push((name, Node::Members(Vec::new())));
        members.len() - 1
    });
    if let Node::Members(inner) = &mut members[index].1 {
        insert(inner, below, value);
    }
}

fn node(reader: Reader, part: &Node<'_>) -> Decoded<String> {
    let Reader { shape, encoding } = reader;
    let members = match part {
        Node::Value(text) => return Ok(scalar(shape, &decoded(text, encoding)?)),
        Node::Members(members) => members,
    };
    let is_index = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let is_list = members.iter().all(|(name, _)| is_index(name));
    if is_list && (shape.items.is_some() || shape.object.is_none()) {
        let shape = shape.items.copied().unwrap_or(Shape::ANY);
        let items = members.iter().map(|(_, item)| node(Reader { shape, encoding }, item));
        return Ok(format!("[{}]", items.collect::<Decoded<Vec<_>>>()?.join(",")));
    }
    let members = members.iter().map(|(name, member)| {
        let shape = shape.object.and_then(|object| object.member(name)).unwrap_or(Shape::ANY);
        Ok(format!("{}:{}", quoted(name), node(Reader { shape, encoding }, member)?))
    });
    Ok(format!("{{{}}}", members.collect::<Decoded<Vec<_>>>()?.join(",")))
}

/// Returns a text as JSON. One that does not fit the shape becomes a string, which the validator refuses.
fn scalar(shape: Shape, text: &str) -> String {
    let fits = match shape.scalar {
        Some(ScalarKind::Text) => false,
        Some(ScalarKind::Number) => is_number(text),
        Some(ScalarKind::Boolean) => is_boolean(text),
        Some(ScalarKind::Any) => is_number(text) || is_boolean(text),
        None => false,
    };
    // Where no style goes deeper, a list or an object is JSON.
    let is_deeper = || (shape.items.is_some() || shape.object.is_some()) && is_json(text);
    if fits || text.starts_with(['[', '{']) && is_deeper() { text.to_owned() } else { quoted(text) }
}

fn is_number(text: &str) -> bool {
    let is_begun = text.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit());
    is_begun && text.ends_with(|letter: char| letter.is_ascii_digit()) && is_json(text)
}

fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Returns the text of a pair.
pub(super) fn plain(name: &str, pairs: &[Pair], encoding: Encoding) -> Option<String> {
    let (_, value) = pairs.iter().rfind(|(known, _)| known == name)?;
    decoded(value, encoding).ok().map(Cow::into_owned)
}
