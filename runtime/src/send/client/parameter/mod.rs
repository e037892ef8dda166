//! Parameters as text: OpenAPI's styles, in path, query, header and cookie.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{error::RequestError, finite};
use crate::{
    operation::{Style, StyleKind},
    values::ParameterValue,
};

/// What stays as it is wherever it stands: RFC 3986's unreserved characters.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Reserved characters as well, but for those that would end the value.
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Percent-encoded, so that it means itself anywhere in a URL.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

fn encoded_by(style: Style, text: &str) -> String {
    utf8_percent_encode(text, if style.reserved { RESERVED } else { UNRESERVED }).to_string()
}

/// Adds a pair to a query.
pub(crate) fn push_query(query: &mut String, name: &str, value: &str) {
    push_pair(query, &encoded(name), &encoded(value));
}

fn push_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    query.push_str(value);
}

/// Returns the text that replaces the name of the parameter in a path template.
pub(crate) fn path<T: Serialize + ?Sized>(
    name: &'static str,
    value: &T,
    style: Style,
) -> Result<String, RequestError> {
    let parsed = read(name, value, style)?;
    let joined = match style.kind {
        StyleKind::Label => join(&parsed, style, if style.explode { "." } else { "," }, "."),
        StyleKind::Matrix => matrix(&parsed, style, name),
        _ => join(&parsed, style, ",", ""),
    };
    // An empty value would call something else. Whether a segment is a dot segment is seen when it is whole.
    if joined.is_empty() { Err(RequestError::Path(name)) } else { Ok(joined) }
}

/// `a,b` or `k,v,k,v`, or with `explode` `k=v,k=v`.
fn join(parsed: &ParameterValue, style: Style, between: &str, front: &str) -> String {
    let value = |text: &str| encoded_by(style, text);
    let parts: Vec<String> = match parsed {
        ParameterValue::Nothing => return String::new(),
        ParameterValue::Text(text) => vec![value(text)],
        ParameterValue::List(items, _) => items.iter().map(|item| value(item.text())).collect(),
        ParameterValue::Object(members, _) if style.explode => {
            members.iter().map(|(key, item)| format!("{}={}", value(key), value(item.text()))).collect()
        }
        ParameterValue::Object(members, _) => {
            members.iter().flat_map(|(key, item)| [value(key), value(item.text())]).collect()
        }
    };
    format!("{front}{}", parts.join(between))
}

/// `;name=a`, `;name=a,b`, or with `explode` `;name=a;name=b` and `;k=v;k=v`.
fn matrix(parsed: &ParameterValue, style: Style, name: &str) -> String {
    let value = |text: &str| encoded_by(style, text);
    match parsed {
        ParameterValue::List(items, _) if style.explode => {
            pairs(items.iter().map(|item| (encoded(name), value(item.text()))))
        }
        ParameterValue::Object(members, _) if style.explode => {
            pairs(members.iter().map(|(key, item)| (value(key), value(item.text()))))
        }
        ParameterValue::Nothing => String::new(),
        other => format!(";{}={}", encoded(name), join(other, style, ",", "")),
    }
}

/// `;k=v` for each pair.
fn pairs(pairs: impl Iterator<Item = (String, String)>) -> String {
    pairs.fold(String::new(), |text, (key, value)| format!("{text};{key}={value}"))
}

/// A parameter as its pairs in a query, which may be several or none.
pub(crate) fn query<T: Serialize + ?Sized>(
    name: &'static str,
    value: &T,
    style: Style,
) -> Result<String, RequestError> {
    let parsed = read(name, value, style)?;
    if holds_separator(&parsed, style) {
        return Err(RequestError::Separator(name));
    }
    let mut pairs = String::new();
    write_query(&mut pairs, name, &parsed, style);
    Ok(pairs)
}

/// Returns whether the separator of the style is in one of several values. It would be read as one of those
/// between them: OpenAPI knows no way to encode it.
fn holds_separator(parsed: &ParameterValue, style: Style) -> bool {
    let separator = match style.kind {
        StyleKind::SpaceDelimited => ' ',
        StyleKind::PipeDelimited => '|',
        _ => return false,
    };
    match parsed {
        ParameterValue::List(items, _) if !style.explode => {
            items.iter().any(|item| item.text().contains(separator))
        }
        ParameterValue::Object(members, _) if !style.explode => {
            members.iter().any(|(key, item)| key.contains(separator) || item.text().contains(separator))
        }
        _ => false,
    }
}

fn write_query(query: &mut String, name: &str, parsed: &ParameterValue, style: Style) {
    let value = |text: &str| encoded_by(style, text);
    let between = match style.kind {
        StyleKind::SpaceDelimited => "%20",
        StyleKind::PipeDelimited => "%7C",
        _ => ",",
    };
    match parsed {
        ParameterValue::Nothing => {}
        _ if style.kind == StyleKind::DeepObject => deep(query, &encoded(name), parsed, style),
        ParameterValue::List(items, _) if style.explode => {
            for item in items {
                push_pair(query, &encoded(name), &value(item.text()));
            }
        }
        ParameterValue::Object(members, _) if style.explode => {
            for (key, item) in members {
                push_pair(query, &encoded(key), &value(item.text()));
            }
        }
        other => push_pair(query, &encoded(name), &join(other, style, between, "")),
    }
}

/// Writes `name[k]=v`. OpenAPI does not define anything deeper; this is what services that use it read.
fn deep(query: &mut String, name: &str, parsed: &ParameterValue, style: Style) {
    match parsed {
        ParameterValue::Nothing => {}
        ParameterValue::Text(text) => push_pair(query, name, &encoded_by(style, text)),
        ParameterValue::List(items, _) => {
            for (index, item) in items.iter().enumerate() {
                deep(query, &format!("{name}%5B{index}%5D"), item, style);
            }
        }
        ParameterValue::Object(members, _) => {
            for (key, item) in members {
                deep(query, &format!("{name}%5B{}%5D", encoded(key)), item, style);
            }
        }
    }
}

/// The value of a header, never encoded; `None`: it is left out.
pub(crate) fn header<T: Serialize + ?Sized>(
    name: &'static str,
    value: &T,
    style: Style,
) -> Result<Option<String>, RequestError> {
    let text = read(name, value, style)?.into_header(style.explode);
    // Spaces around a value are no part of it (RFC 9110, section 5.5): they would be lost.
    let is_kept = text.as_deref().is_none_or(|text| text.trim_matches([' ', '\t']) == text);
    if is_kept { Ok(text) } else { Err(RequestError::Header(name.to_owned())) }
}

/// A value as its style tells it apart.
fn read<T: Serialize + ?Sized>(
    name: &'static str,
    value: &T,
    style: Style,
) -> Result<ParameterValue, RequestError> {
    let json = finite::to_json(name, value)?;
    if style.kind == StyleKind::Json {
        return Ok(ParameterValue::Text(json));
    }
    ParameterValue::read(&json).map_err(|_| RequestError::Unwritable(name))
}

/// The pairs of a form, whose members are given as JSON. A member without a style of its own is written in
/// the style `form`, and an object as JSON, as OpenAPI has it.
pub(crate) fn form(json: &str, styles: &[(&'static str, Style)]) -> Result<String, RequestError> {
    let parsed = ParameterValue::read(json).map_err(|_| RequestError::Unwritable("body"))?;
    let members = match parsed {
        ParameterValue::Object(members, _) => members,
        ParameterValue::Nothing => Vec::new(),
        _ => return Err(RequestError::Form),
    };
    let mut pairs = String::new();
    for (name, value) in members {
        match (styles.iter().find(|(known, _)| *known == name), value) {
            (Some((_, style)), value) if holds_separator(&value, *style) => {
                return Err(RequestError::Separator("body"));
            }
            (Some((_, style)), value) => write_query(&mut pairs, &name, &value, *style),
            (None, ParameterValue::Object(_, json)) => push_query(&mut pairs, &name, &json),
            (None, value) => write_query(&mut pairs, &name, &value, Style::form(true)),
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests;
