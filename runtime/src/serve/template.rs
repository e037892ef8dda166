//! Path templates, and which paths they stand for.

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

    /// Returns how much of the template is fixed: of several that a path fits, the one with the most is
    /// meant.
    pub(super) fn specificity(&self) -> (usize, usize) {
        let literal = |piece: &Piece| match piece {
            Piece::Literal(text) => text.len(),
            Piece::Variable(_) => 0,
        };
        (self.query.len(), self.segments.iter().flatten().map(literal).sum())
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

/// Each variable takes as little as it can, and at least one byte.
fn matched(pieces: &[Piece], text: &str, values: &mut Values) -> Option<()> {
    let Some((first, others)) = pieces.split_first() else { return text.is_empty().then_some(()) };
    match first {
        Piece::Literal(literal) => {
            let rest = match text.strip_prefix(literal.as_str()) {
                Some(rest) => rest,
                // A request may encode more than it has to.
                None if others.is_empty() && is_same(literal, text) => "",
                None => return None,
            };
            matched(others, rest, values)
        }
        Piece::Variable(name) => {
            let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
            for end in ends.filter(|end| !others.is_empty() || *end == text.len()) {
                let before = values.len();
                values.push((name, text[..end].to_owned()));
                if matched(others, &text[end..], values).is_some() {
                    return Some(());
                }
                values.truncate(before);
            }
            None
        }
    }
}

fn is_same(one: &str, other: &str) -> bool {
    percent_decode_str(one).eq(percent_decode_str(other))
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
            ("/größe/{id}", "/gr%C3%B6%C3%9Fe/7", Some("id=7")),
            ("/~me", "/%7Eme", Some("")),
            ("/items#archive", "/items", Some("")),
            ("/items?kind=old", "/items?kind=old&page=1", Some("")),
            ("/items?kind=old", "/items?kind=new", None),
            ("/items?kind={kind}", "/items?kind=new", Some("kind=new")),
            ("/a{", "/a%7B", Some("")),
        ] {
            assert_eq!(values(template, path).as_deref(), expected, "{template} {path}");
        }
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
        let specificity = |template| Template::new(template).specificity();
        assert!(specificity("/pets/{id}.json") > specificity("/pets/{id}"));
        assert!(specificity("/pets?kind=old") > specificity("/pets"));
    }
}
