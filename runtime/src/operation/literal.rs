//! The fixed text of a path template, as it stands in a request.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a path or a query cannot hold (RFC 3986, section 3.3). A percent sign is looked at on its own.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Encodes what is not encoded yet: `%20` stays as it is, and a percent sign that begins no such triple is
/// encoded itself.
pub(crate) fn literal(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut literal = encoded(pieces.next().unwrap_or_default());
    for piece in pieces {
        let is_triple = piece.len() >= 2 && piece.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
        literal.push_str(if is_triple { "%" } else { "%25" });
        literal.push_str(&encoded(piece));
    }
    literal
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, LITERAL).to_string()
}
