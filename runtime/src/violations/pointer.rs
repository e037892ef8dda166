//! Data paths as JSON Pointers.

use std::borrow::Cow;

/// One step of a data path.
enum Step<'a> {
    Name(Cow<'a, str>),
    Index(&'a str),
}

/// The JSON Pointer (RFC 6901) of a data path. A path of another service that is not written by our rules is read as far
/// as it can be; nothing of it is lost.
pub(super) fn of_data_path(path: &str) -> String {
    let (mut pointer, mut rest) = (String::with_capacity(path.len() + 4), path);
    while !rest.is_empty() {
        let (step, tail) = first_step(rest);
        rest = tail;
        pointer.push('/');
        match step {
            Step::Index(index) => pointer.push_str(index),
            Step::Name(name) => push_escaped(&mut pointer, &name),
        }
    }
    pointer
}

/// How long the part of a data path is that ends with its first index: `accounts[17]` of `accounts[17].id`. And the index.
pub(crate) fn item_end(path: &str) -> Option<(usize, usize)> {
    let mut rest = path;
    while !rest.is_empty() {
        let (step, tail) = first_step(rest);
        if let Step::Index(index) = step {
            return Some((path.len() - tail.len(), index.parse().ok()?));
        }
        rest = tail;
    }
    None
}

/// The first step of a path that is not empty, and the rest, which is shorter.
fn first_step(path: &str) -> (Step<'_>, &str) {
    if let Some(step) = bracket(path) {
        return step;
    }
    let name = path.strip_prefix('.').unwrap_or(path);
    // A bracket at the front that opens no step belongs to the name: or we would stand still.
    let end = name.char_indices().find(|&(at, letter)| letter == '.' || (letter == '[' && at > 0));
    let (name, rest) = name.split_at(end.map_or(name.len(), |(at, _)| at));
    (Step::Name(name.into()), rest)
}

/// A step in brackets, if a path begins with one.
fn bracket(path: &str) -> Option<(Step<'_>, &str)> {
    let inner = path.strip_prefix('[')?;
    if inner.starts_with('"') {
        let mut names = serde_json::Deserializer::from_str(inner).into_iter::<String>();
        let name = names.next()?.ok()?;
        let rest = inner.get(names.byte_offset()..)?.strip_prefix(']')?;
        return Some((Step::Name(name.into()), rest));
    }
    let (index, rest) = inner.split_once(']')?;
    let is_index = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    is_index.then_some((Step::Index(index), rest))
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
            assert_eq!(of_data_path(path), pointer, "{path}");
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
            let _ = (of_data_path(&path), item_end(&path));
        }
    }
}
