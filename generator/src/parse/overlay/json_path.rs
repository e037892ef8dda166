//! The part of `JSONPath` (RFC 9535) that overlays use: names, indexes, wildcards, descendants, and filters
//! that compare for equality or ask whether a node exists.

use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

use serde_json::Value;

/// A query, from the root down.
#[derive(Debug, PartialEq)]
pub(super) struct JsonPath {
    pub(super) segments: Vec<PathSegment>,
}

#[derive(Debug, PartialEq)]
pub(super) struct PathSegment {
    /// `..`: at the node itself and at every node below it.
    pub(super) is_descendant: bool,
    pub(super) selectors: Vec<PathSelector>,
}

#[derive(Debug, PartialEq)]
pub(super) enum PathSelector {
    Name(String),
    Wildcard,
    /// A negative index counts from the end.
    Index(i64),
    Filter(PathTest),
}

/// What a filter asks of a node.
#[derive(Debug, PartialEq)]
pub(super) enum PathTest {
    AnyOf(Vec<Self>),
    AllOf(Vec<Self>),
    Not(Box<Self>),
    Exists(Vec<PathSelector>),
    Equal { is_equal: bool, left: PathOperand, right: PathOperand },
}

/// One side of a comparison.
#[derive(Debug, PartialEq)]
pub(super) enum PathOperand {
    Literal(Value),
    /// Names and indexes, from the tested node down.
    Node(Vec<PathSelector>),
}

/// Why a text is no query, or not one that is supported.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct JsonPathError {
    pub(super) is_unsupported: bool,
    /// In characters, from 1.
    column: usize,
    reason: &'static str,
}

impl fmt::Display for JsonPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb =
            if self.is_unsupported { "uses JSONPath that is not supported" } else { "is not a JSONPath" };
        write!(f, "{verb}: {} (character {})", self.reason, self.column)
    }
}

/// Reads a query.
///
/// # Errors
///
/// Returns what is wrong or not supported at the first character that could not be read.
pub(super) fn parse(text: &str) -> Result<JsonPath, JsonPathError> {
    let mut parser = PathParser { rest: text.chars().peekable(), column: 1, depth: 0 };
    parser.expect('$', "it must begin with `$`")?;
    let segments = parser.segments()?;
    match parser.rest.peek() {
        None => Ok(JsonPath { segments }),
        Some(_) => Err(parser.error("a `.` or a `[` was expected")),
    }
}

/// Filters in brackets may be nested so deep.
const MAX_DEPTH: usize = 16;

struct PathParser<'t> {
    rest: Peekable<Chars<'t>>,
    column: usize,
    depth: usize,
}

impl PathParser<'_> {
    fn segments(&mut self) -> Result<Vec<PathSegment>, JsonPathError> {
        let mut segments = Vec::new();
        loop {
            self.blanks();
            if self.takes('.') {
                let is_descendant = self.takes('.');
                let selectors = if is_descendant && self.takes('[') {
                    self.bracketed()?
                } else {
                    vec![self.shorthand()?]
                };
                segments.push(PathSegment { is_descendant, selectors });
            } else if self.takes('[') {
                segments.push(PathSegment { is_descendant: false, selectors: self.bracketed()? });
            } else {
                return Ok(segments);
            }
        }
    }

    /// What follows a `.`: a name without quotes, or `*`.
    fn shorthand(&mut self) -> Result<PathSelector, JsonPathError> {
        if self.takes('*') {
            return Ok(PathSelector::Wildcard);
        }
        let name = self.word();
        if name.is_empty() {
            Err(self.error("a name or `*` was expected"))
        } else {
            Ok(PathSelector::Name(name))
        }
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(next) = self.rest.next_if(|next| next.is_alphanumeric() || matches!(next, '_' | '-')) {
            self.column += 1;
            word.push(next);
        }
        word
    }

    /// The selectors up to the `]`.
    fn bracketed(&mut self) -> Result<Vec<PathSelector>, JsonPathError> {
        let mut selectors = Vec::new();
        loop {
            self.blanks();
            selectors.push(self.selector()?);
            self.blanks();
            if self.takes(',') {
                continue;
            }
            if self.rest.peek() == Some(&':') {
                return Err(self.unsupported("slices are not supported"));
            }
            self.expect(']', "a `]` was expected")?;
            return Ok(selectors);
        }
    }

    fn selector(&mut self) -> Result<PathSelector, JsonPathError> {
        match self.rest.peek() {
            Some('\'' | '"') => Ok(PathSelector::Name(self.quoted()?)),
            Some('*') => {
                self.takes('*');
                Ok(PathSelector::Wildcard)
            }
            Some('?') => {
                self.takes('?');
                Ok(PathSelector::Filter(self.any_of()?))
            }
            Some(':') => Err(self.unsupported("slices are not supported")),
            Some('-' | '0'..='9') => {
                let index = self.word().parse();
                index.map(PathSelector::Index).map_err(|_| self.error("an index was expected"))
            }
            _ => Err(self.error("a name in quotes, an index, `*` or a filter was expected")),
        }
    }

    fn quoted(&mut self) -> Result<String, JsonPathError> {
        let quote = self.next().unwrap_or_default();
        let mut text = String::new();
        loop {
            match self.next() {
                Some(end) if end == quote => return Ok(text),
                Some('\\') => match self.next() {
                    Some(escaped @ ('\\' | '/' | '\'' | '"')) => text.push(escaped),
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    _ => return Err(self.unsupported("this escape is not supported")),
                },
                Some(next) => text.push(next),
                None => return Err(self.error("a quote is not closed")),
            }
        }
    }

    fn any_of(&mut self) -> Result<PathTest, JsonPathError> {
        let mut tests = vec![self.all_of()?];
        while self.takes_both('|')? {
            tests.push(self.all_of()?);
        }
        Ok(if tests.len() == 1 { tests.remove(0) } else { PathTest::AnyOf(tests) })
    }

    fn all_of(&mut self) -> Result<PathTest, JsonPathError> {
        let mut tests = vec![self.test()?];
        while self.takes_both('&')? {
            tests.push(self.test()?);
        }
        Ok(if tests.len() == 1 { tests.remove(0) } else { PathTest::AllOf(tests) })
    }

    fn test(&mut self) -> Result<PathTest, JsonPathError> {
        self.blanks();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.unsupported("the filter is nested too deep"));
        }
        let test = if self.takes('!') {
            PathTest::Not(Box::new(self.test()?))
        } else if self.takes('(') {
            let inner = self.any_of()?;
            self.blanks();
            self.expect(')', "a `)` was expected")?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(test)
    }

    fn comparison(&mut self) -> Result<PathTest, JsonPathError> {
        let left = self.operand()?;
        self.blanks();
        let is_equal = match self.rest.peek() {
            Some('=') => true,
            Some('!') => false,
            Some('<' | '>') => return Err(self.unsupported("only `==` and `!=` are supported")),
            _ => {
                return match left {
                    PathOperand::Node(steps) => Ok(PathTest::Exists(steps)),
                    PathOperand::Literal(_) => Err(self.error("a `==` or `!=` was expected")),
                };
            }
        };
        self.next();
        self.expect('=', "a `==` or `!=` was expected")?;
        self.blanks();
        Ok(PathTest::Equal { is_equal, left, right: self.operand()? })
    }

    fn operand(&mut self) -> Result<PathOperand, JsonPathError> {
        match self.rest.peek() {
            Some('@') => {
                self.takes('@');
                let mut steps = Vec::new();
                for mut segment in self.segments()? {
                    match (segment.is_descendant, segment.selectors.pop()) {
                        (false, Some(step @ (PathSelector::Name(_) | PathSelector::Index(_))))
                            if segment.selectors.is_empty() =>
                        {
                            steps.push(step);
                        }
                        _ => return Err(self.unsupported("a filter may have names and indexes only")),
                    }
                }
                Ok(PathOperand::Node(steps))
            }
            Some('\'' | '"') => Ok(PathOperand::Literal(self.quoted()?.into())),
            Some('$') => Err(self.unsupported("a filter may look at its own node only")),
            _ => self.literal(),
        }
    }

    /// A number, `true`, `false` or `null`.
    fn literal(&mut self) -> Result<PathOperand, JsonPathError> {
        let mut word = self.word();
        if word.is_empty() {
            return Err(self.error("`@`, a string, a number, `true`, `false` or `null` was expected"));
        }
        if self.rest.peek() == Some(&'(') {
            return Err(self.unsupported("functions are not supported"));
        }
        if self.takes('.') {
            word = format!("{word}.{}", self.word());
        }
        let value = serde_json::from_str(&word);
        value.map(PathOperand::Literal).map_err(|_| self.error("a string must be in quotes"))
    }

    fn blanks(&mut self) {
        while self.rest.next_if(|next| next.is_whitespace()).is_some() {
            self.column += 1;
        }
    }

    fn next(&mut self) -> Option<char> {
        self.column += 1;
        self.rest.next()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let taken = self.rest.next_if_eq(&wanted).is_some();
        self.column += usize::from(taken);
        taken
    }

    /// Takes `&&` or `||`.
    fn takes_both(&mut self, wanted: char) -> Result<bool, JsonPathError> {
        self.blanks();
        if !self.takes(wanted) {
            return Ok(false);
        }
        self.expect(wanted, "`&&` or `||` was expected")?;
        Ok(true)
    }

    fn expect(&mut self, wanted: char, reason: &'static str) -> Result<(), JsonPathError> {
        if self.takes(wanted) { Ok(()) } else { Err(self.error(reason)) }
    }

    fn error(&self, reason: &'static str) -> JsonPathError {
        JsonPathError { is_unsupported: false, column: self.column, reason }
    }

    fn unsupported(&self, reason: &'static str) -> JsonPathError {
        JsonPathError { is_unsupported: true, column: self.column, reason }
    }
}
