//! Errors of syntax.

/// Why a body is not JSON, and at which offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) offset: usize,
    pub(crate) kind: SyntaxErrorKind,
}

impl SyntaxError {
    /// Names the byte order mark if the error is at the beginning of a body that begins with one.
    #[cold]
    pub(crate) fn in_body(self, body: &[u8]) -> Self {
        let is_mark = self.offset == 0 && body.starts_with("\u{feff}".as_bytes());
        Self { kind: if is_mark { SyntaxErrorKind::ByteOrderMark } else { self.kind }, ..self }
    }
}

/// Why a body is not JSON, or is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SyntaxErrorKind {
    ByteOrderMark,
    Utf8,
    End,
    Value,
    Literal,
    Number,
    Control,
    Escape,
    Surrogate,
    Name,
    Colon,
    CommaOrBrace,
    CommaOrBracket,
    TooDeep,
    Trailing,
}

impl SyntaxErrorKind {
    /// Returns the reason as a clause.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "the text begins with a byte order mark",
            Self::Utf8 => "the text is not UTF-8",
            Self::End => "the text ends too early",
            Self::Value => "a value is expected here",
            Self::Literal => "only true, false and null are written without quotes",
            Self::Number => "a digit is expected here",
            Self::Control => "a control character must be escaped",
            Self::Escape => "there is no such escape",
            Self::Surrogate => "half of a surrogate pair stands alone",
            Self::Name => "the name of a member is expected here, in quotes",
            Self::Colon => "a colon is expected here",
            Self::CommaOrBrace => "a comma or a closing brace is expected here",
            Self::CommaOrBracket => "a comma or a closing bracket is expected here",
            Self::TooDeep => "the containers are nested too deep",
            Self::Trailing => "nothing may follow the value",
        }
    }
}

/// Returns an error at an offset, or the early end of the text if there is no byte at it.
#[cold]
pub(crate) fn syntax_error(bytes: &[u8], offset: usize, kind: SyntaxErrorKind) -> SyntaxError {
    SyntaxError { offset, kind: if offset < bytes.len() { kind } else { SyntaxErrorKind::End } }
}
