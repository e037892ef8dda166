//! Path templates, and which paths they stand for.

use std::cmp::Reverse;

use percent_encoding::percent_decode_str;

use crate::operation::literal;

/// A path template: its segments, and the pairs of a query that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    segments: Vec<Vec<Piece>>,
    query: Vec<(String, Vec<Piece>)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// As it stands in a request.
    Literal(String),
    Variable(&'static str),
}

/// The texts of the variables of a path.
pub(super) type Values = Vec<(&'static str, String)>;

impl Template {
    /// Reads a template. A fragment is never sent and is left out.
    pub(super) fn new(template: &'static str) -> Self {
        let template = template.split('#').next().unwrap_or_default();
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        let query = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (literal(name), pieces(value))
        });
        Self {
            segments: path.strip_prefix('/').unwrap_or(path).split('/').map(pieces).collect(),
            query: query.collect(),
        }
    }

    /// Returns the route of the template for axum: what is not plain text is a parameter, whose name depends
    /// on its place alone, so that no two routes contradict each other.
    pub(super) fn route(&self) -> String {
        let segments = self.segments.iter().enumerate().map(|(index, pieces)| match &**pieces {
            [] => String::new(),
            [Piece::Literal(text)] if is_plain(text) => text.clone(),
            _ => format!("{{p{index}}}"),
        });
        format!("/{}", segments.collect::<Vec<_>>().join("/"))
    }

    /// Returns the values of the variables, if path and query are those of the template.
    pub(super) fn matched(&self, path: &str, query: &str) -> Option<Values> {
        let mut values = Values::new();
        let mut segments = path.strip_prefix('/').unwrap_or(path).split('/');
        for pieces in &self.segments {
            matched(pieces, segments.next()?, &mut values)?;
        }
        if segments.next().is_some() {
            return None;
        }
        for (name, pieces) in &self.query {
            let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            let (_, value) = pairs.find(|(known, _)| known == name)?;
            matched(pieces, value, &mut values)?;
        }
        Some(values)
    }

    /// Returns the rank of the template among several that a path fits; the least one is meant. A segment
    /// without variables goes first, as in axum, and then more of fixed text.
    pub(super) fn rank(&self) -> (Vec<bool>, Reverse<(usize, usize)>) {
        let is_variable = |piece: &Piece| matches!(piece, Piece::Variable(_));
        let literal = |piece: &Piece| match piece {
            Piece::Literal(text) => text.len(),
            Piece::Variable(_) => 0,
        };
        let open = self.segments.iter().map(|pieces| pieces.iter().any(is_variable)).collect();
        (open, Reverse((self.query.len(), self.segments.iter().flatten().map(literal).sum())))
    }
}

fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()+,;=@:*".contains(&byte);
    text.bytes().all(is_plain) && !text.starts_with([':', '*'])
}

fn pieces(text: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, behind)) = behind.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Piece::Literal(literal(before)));
        }
        pieces.push(Piece::Variable(name));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(literal(rest)));
    }
    pieces
}

/// Each variable takes as little as it can, and at least one letter; the text behind the last one stands at
/// the end.
fn matched(pieces: &[Piece], text: &str, values: &mut Values) -> Option<()> {
    let mut rest = text;
    for (index, piece) in pieces.iter().enumerate() {
        let name = match piece {
            Piece::Literal(literal) => {
                rest = behind(literal, rest)?;
                continue;
            }
            Piece::Variable(name) => *name,
        };
        let first = rest.chars().next()?.len_utf8();
        let mut cuts = (first..rest.len()).filter_map(|cut| rest.split_at_checked(cut));
        let value = match &pieces[index + 1..] {
            [] => rest,
            [Piece::Variable(_), ..] => &rest[..first],
            [Piece::Literal(last)] => cuts.rfind(|(_, end)| behind(last, end) == Some(""))?.0,
            [Piece::Literal(next), ..] => cuts.find(|(_, end)| behind(next, end).is_some())?.0,
        };
        values.push((name, value.to_owned()));
        rest = &rest[value.len()..];
    }
    rest.is_empty().then_some(())
}

/// Returns what follows the literal, of which a request may encode more than it has to.
fn behind<'t>(literal: &str, text: &'t str) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix(literal) {
        return Some(rest);
    }
    let mut at = 0;
    for byte in percent_decode_str(literal) {
        let triple = text.get(at..at + 3).filter(|triple| triple.starts_with('%'));
        let encoded = triple.and_then(|triple| u8::from_str_radix(&triple[1..], 16).ok());
        if encoded.unwrap_or(*text.as_bytes().get(at)?) != byte {
            return None;
        }
        at += if encoded.is_some() { 3 } else { 1 };
    }
    text.get(at..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(template: &'static str, path: &str) -> Option<String> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let values = Template::new(template).matched(path, query)?;
        Some(values.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn paths_fit_their_templates() {
        for (template, path, expected) in [
            ("/", "/", Some("")),
            ("/pets", "/pets", Some("")),
            ("/pets", "/pets/", None),
            ("/pets/", "/pets", None),
            ("pets", "/pets", Some("")),
            ("/pets/{id}", "/pets/7", Some("id=7")),
            ("/pets/{id}", "/pets/", None),
            ("/pets/{id}", "/pets/7/8", None),
            ("/pets/{id}", "/pets/a%2Fb", Some("id=a%2Fb")),
            ("/pets/{id}:run", "/pets/7:run", Some("id=7")),
            ("/pets/{id}:run", "/pets/7:stop", None),
            ("/{name}.{ending}", "/a.b.json", Some("name=a ending=b.json")),
            ("/{base}...{head}", "/main...next", Some("base=main head=next")),
            ("/{a}{b}", "/xyz", Some("a=x b=yz")),
            ("/{a}-{b}.json", "/x-y-z.json", Some("a=x b=y-z")),
            ("/{a}-{b}.json", "/x.json", None),
            ("/{id}.json", "/.json", None),
            ("/{id}.json", "/a.json.json", Some("id=a.json")),
            ("/v{id}", "/v", None),
            ("/pets/{id}:run", "/pets/7%3Arun", Some("id=7")),
            ("/größe/{id}", "/gr%C3%B6%C3%9Fe/7", Some("id=7")),
            ("/~me", "/%7Eme", Some("")),
            ("/~me", "/~m%65", Some("")),
            ("/~me", "/~m%6", None),
            ("/{id}.json", "/7%2Ejso%6E", Some("id=7")),
            ("/{id}.{ending}", "/7%2ejson", Some("id=7 ending=json")),
            ("/v{major}/x", "/%764/x", Some("major=4")),
            ("/items#archive", "/items", Some("")),
            ("/items?kind=old", "/items?kind=old&page=1", Some("")),
            ("/items?kind=old", "/items?kind=new", None),
            ("/items?kind={kind}", "/items?kind=new", Some("kind=new")),
            ("/a{", "/a%7B", Some("")),
        ] {
            assert_eq!(values(template, path).as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn a_long_path_is_read_once() {
        let path = format!("/tiles/{}", "-".repeat(60_000));
        assert_eq!(values("/tiles/{z}-{x}-{y}.png", &path), None);
        assert_eq!(values("/tiles/{z}-{x}-{y}", &path).map(|found| found.len()), Some(60_006));
    }

    /// axum refuses routes that contradict each other, and some characters, with a panic.
    #[test]
    fn every_template_has_a_route() {
        let mut router = axum::Router::<()>::new();
        let templates = [
            "/",
            "/pets",
            "/pets/{id}",
            "/pets/{name}/toys",
            "/pets/{id}.json",
            "/pets/:all",
            "/*",
            "/{a}{b}",
            "/x/{y",
            "/}{",
            "/größe",
            "/a?b=c",
            "no-slash",
            "//",
            "/a//b",
            "/%zz",
            "/{*rest}",
            "/a/{b}/c/{d}",
        ];
        let paths: std::collections::BTreeSet<String> =
            templates.into_iter().map(|template| Template::new(template).route()).collect();
        for path in paths {
            router = router.route(&path, axum::routing::any(|| async {}));
        }
        assert!(router.has_routes());
    }

    #[test]
    fn the_template_with_more_text_is_meant() {
        let rank = |template| Template::new(template).rank();
        assert!(rank("/pets/{id}.json") < rank("/pets/{id}"));
        assert!(rank("/pets?kind=old") < rank("/pets"));
        assert!(rank("/a/{id}") < rank("/{name}/long"));
    }
}
