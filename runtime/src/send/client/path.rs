//! The path of a request: the template of an operation, filled with values.

use super::error::RequestError;
use crate::operation::literal;

/// Path and query of a request, without those parameters that are not in the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilledPath {
    pub(crate) path: String,
    /// What follows a `?` in the template.
    pub(crate) query: String,
}

/// Returns the template with its values, which are encoded already. The text between them is encoded where it
/// is not yet, and a fragment is left out: it is never sent.
///
/// # Errors
///
/// Returns an error for a value that is empty, or that makes its segment a dot segment: another path would be
/// called.
pub(crate) fn fill(template: &str, values: &[(&'static str, String)]) -> Result<FilledPath, RequestError> {
    let template = template.split('#').next().unwrap_or_default();
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let segments = path.split('/').map(|segment| {
        let Filled { text, last } = filled(segment, values);
        match last {
            Some(name) if is_dot_segment(&text) => Err(RequestError::Path(name)),
            _ => Ok(text),
        }
    });
    let path = segments.collect::<Result<Vec<_>, _>>()?.join("/");
    Ok(FilledPath { path, query: filled(query, values).text })
}

fn is_dot_segment(segment: &str) -> bool {
    matches!(segment, "" | "." | "..")
}

/// A piece of a template with its values.
struct Filled {
    text: String,
    /// The last parameter in it.
    last: Option<&'static str>,
}

fn filled(template: &str, values: &[(&'static str, String)]) -> Filled {
    let mut filled = Filled { text: String::new(), last: None };
    let mut rest = template;
    while let Some((fixed, behind)) = rest.split_once('{') {
        filled.text.push_str(&literal(fixed));
        let Some((name, behind)) = behind.split_once('}') else { break };
        if let Some((name, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.text.push_str(value);
            filled.last = Some(name);
        }
        rest = behind;
    }
    filled.text.push_str(&literal(rest));
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill_to_text(template: &str, values: &[(&'static str, &str)]) -> Result<String, RequestError> {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        fill(template, &values).map(|FilledPath { path, query }| format!("{path}?{query}"))
    }

    #[test]
    fn literal_text_is_encoded_once() {
        for (template, expected) in [
            ("/plain/~a-b_c.d", "/plain/~a-b_c.d?"),
            ("/größe", "/gr%C3%B6%C3%9Fe?"),
            ("/raw space", "/raw%20space?"),
            ("/raw%20space", "/raw%20space?"),
            ("/100%", "/100%25?"),
            ("/5%zz%2", "/5%25zz%252?"),
            ("/a|b[1]^\"\\`<>", "/a%7Cb%5B1%5D%5E%22%5C%60%3C%3E?"),
            ("/a:run;v=1,(2)@!$&'*+", "/a:run;v=1,(2)@!$&'*+?"),
            ("/messages?beta=true", "/messages?beta=true"),
            ("/messages?text=a b&c=ü", "/messages?text=a%20b&c=%C3%BC"),
            ("/items#archive", "/items?"),
            ("/items?a=1#archive", "/items?a=1"),
        ] {
            assert_eq!(fill_to_text(template, &[]).as_deref(), Ok(expected), "{template}");
        }
    }

    #[test]
    fn a_dot_segment_is_refused_where_it_is_a_whole_segment() {
        let wrong = |name| Err(RequestError::Path(name));
        let ok = |text: &str| Ok(text.to_owned());
        for (template, values, expected) in [
            ("/a/{x}", &[("x", "..")][..], wrong("x")),
            ("/a/{x}/b", &[("x", ".")], wrong("x")),
            ("/a/{x}", &[("x", "")], wrong("x")),
            ("/a/{x}{y}", &[("x", "."), ("y", ".")], wrong("y")),
            ("/a/.{x}", &[("x", ".")], wrong("x")),
            ("/a/{x}.json", &[("x", "..")], ok("/a/...json?")),
            ("/a/{x}:run", &[("x", "..")], ok("/a/..:run?")),
            ("/a/{x}...{y}", &[("x", ".."), ("y", "..")], ok("/a/.......?")),
            ("/a?in={x}", &[("x", "..")], ok("/a?in=..")),
            // A value is never read as a template.
            ("/{x}/{y}", &[("x", "{y}"), ("y", "1")], ok("/{y}/1?")),
        ] {
            assert_eq!(fill_to_text(template, values), expected, "{template} {values:?}");
        }
    }
}
