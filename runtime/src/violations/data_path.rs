//! Data paths: names written into them, and paths read back, as JSON Pointers and as items.

use std::borrow::Cow;
#[cfg(feature = "validators")]
use std::fmt::Write;

/// Returns the JSON Pointer (RFC 6901) of a data path. A path of a service that follows other rules is read
/// as far as possible, and nothing of it is lost.
pub(super) fn to_json_pointer(path: &str) -> String {
    let (mut pointer, mut rest) = (String::with_capacity(path.len() + 4), path);
    while !rest.is_empty() {
        let (segment, tail) = first_segment(rest);
        rest = tail;
        pointer.push('/');
        match segment {
            Segment::Index(index) => pointer.push_str(index),
            Segment::Name(name) => push_escaped(&mut pointer, &name),
        }
    }
    pointer
}

/// Returns the length of the part of a data path that ends with its first index, `accounts[17]` of
/// `accounts[17].id`, and that index.
pub(crate) fn item_end(path: &str) -> Option<(usize, usize)> {
    let mut rest = path;
    while !rest.is_empty() {
        let (segment, tail) = first_segment(rest);
        if let Segment::Index(index) = segment {
            return Some((path.len() - tail.len(), index.parse().ok()?));
        }
        rest = tail;
    }
    None
}

/// Returns the first segment of a path that is not empty, and the rest, which is shorter.
fn first_segment(path: &str) -> (Segment<'_>, &str) {
    if let Some(segment) = bracket(path) {
        return segment;
    }
    let name = path.strip_prefix('.').unwrap_or(path);
    // A bracket at the front that opens no segment belongs to the name. Otherwise the rest would not be
    // shorter.
    let end = name.char_indices().find(|&(at, letter)| letter == '.' || (letter == '[' && at > 0));
    let (name, rest) = name.split_at(end.map_or(name.len(), |(at, _)| at));
    (Segment::Name(name.into()), rest)
}

/// Returns the segment in brackets, if a path begins with one, and the rest.
fn bracket(path: &str) -> Option<(Segment<'_>, &str)> {
    let inner = path.strip_prefix('[')?;
    if inner.starts_with('"') {
        let mut names = serde_json::Deserializer::from_str(inner).into_iter::<String>();
        let name = names.next()?.ok()?;
        let rest = inner.get(names.byte_offset()..)?.strip_prefix(']')?;
        return Some((Segment::Name(name.into()), rest));
    }
    let (index, rest) = inner.split_once(']')?;
    let is_index = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    is_index.then_some((Segment::Index(index), rest))
}

fn push_escaped(pointer: &mut String, name: &str) {
    for letter in name.chars() {
        match letter {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Appends a name. Names that could be read as something else are written as JSON strings in brackets.
#[cfg(feature = "validators")]
pub(crate) fn push_name(text: &mut String, name: &str) {
    if is_ambiguous(name) {
        let quoted = serde_json::to_string(name).unwrap_or_default();
        write!(text, "[{quoted}]").unwrap_or_default();
    } else {
        push_plain(text, name);
    }
}

/// Returns the path of what is below a member.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn join_name(name: &str, below: &str) -> String {
    let mut path = String::new();
    push_name(&mut path, name);
    if !below.is_empty() && !below.starts_with('[') {
        path.push('.');
    }
    path.push_str(below);
    path
}

/// Appends a name that can't be read as something else.
#[cfg(feature = "validators")]
pub(crate) fn push_plain(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}

#[cfg(feature = "validators")]
fn is_ambiguous(name: &str) -> bool {
    let is_ambiguous = |character: char| matches!(character, '.' | '[' | ']' | '"') || character.is_control();
    name.is_empty() || name.contains(is_ambiguous)
}

/// A segment of a data path.
enum Segment<'a> {
    Name(Cow<'a, str>),
    Index(&'a str),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_become_pointers() {
        for (path, pointer) in [
            ("", ""),
            ("accounts", "/accounts"),
            ("accounts[0].provider.countryCode", "/accounts/0/provider/countryCode"),
            ("[3]", "/3"),
            ("[3][4].a", "/3/4/a"),
            (r#"a["na.me"].b"#, "/a/na.me/b"),
            (r#"[""]"#, "/"),
            (r#"["a\"]\n[é"][1]"#, "/a\"]\n[é/1"),
            ("a/b.c~d", "/a~1b/c~0d"),
            // Written by others.
            ("a..b", "/a//b"),
            ("a[", "/a/["),
            ("a[x].b", "/a/[x]/b"),
            ("[]", "/[]"),
            (r#"["open"#, r#"/["open"#),
            (".", "/"),
        ] {
            assert_eq!(to_json_pointer(path), pointer, "{path}");
        }
    }

    #[test]
    fn items_end_with_the_first_index() {
        for (path, item) in [
            ("", None),
            ("accounts", None),
            ("accounts[17]", Some(("accounts[17]", 17))),
            ("accounts[17].taxes[2]", Some(("accounts[17]", 17))),
            ("[0]", Some(("[0]", 0))),
            (r#"["a[1]"].b[2].c"#, Some((r#"["a[1]"].b[2]"#, 2))),
            ("a[99999999999999999999999]", None),
        ] {
            assert_eq!(item_end(path).map(|(end, index)| (&path[..end], index)), item, "{path}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(path in "\\PC{0,30}|[a.\\[\\]\"0-9\\\\]{0,20}") {
            let _ = (to_json_pointer(&path), item_end(&path));
        }
    }
}
