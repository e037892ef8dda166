//! Finds the lists and items of a JSON body without keeping any of it.
//!
//! Bytes go in, in pieces of any size; events come out where lists and values begin and end. The scanner
//! knows strings, escapes and brackets. It does not look at what stands between the brackets of a value:
//! whether a value is valid JSON is for its reader to check.

use super::Kind;

/// What was found behind the bytes that a call of [`Scanner::scan`] used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The opening bracket of a list of items was used: of this member, or of the whole text.
    ListBegins(Option<Kind>),
    /// The closing bracket comes next.
    ListEnds,
    /// A value comes next.
    ValueBegins(Role),
    ValueEnds(Role),
    /// The last bracket of the text was used.
    TextEnds,
    /// What comes next is not JSON, for this reason.
    Broken(&'static str),
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// An item of the list that is open.
    Item,
    /// The value of this member, which should be a list.
    InsteadOfList(Kind),
    /// The value of a member that is of no interest.
    Other,
}

/// Scans one body: an object with lists in members that are known, or an array.
#[derive(Debug)]
pub(crate) struct Scanner {
    state: State,
    /// The text is one list.
    is_array: bool,
    /// The name at hand, with its escapes.
    name: Vec<u8>,
    value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    /// Behind the opening brace: a name, or the closing brace.
    FirstName,
    /// Behind a comma.
    NextName,
    InName {
        escaped: bool,
    },
    Colon,
    MemberValue,
    InValue(Role),
    BehindMember,
    /// Behind the opening bracket: an item, or the closing bracket.
    FirstItem,
    /// Behind a comma.
    NextItem,
    BehindItem,
    ClosingBracket,
    End,
}

/// A name that is longer is none of those that are known, however it is escaped.
const MAX_NAME: usize = 128;

impl Scanner {
    pub(crate) fn new() -> Self {
        Self { state: State::Start, is_array: false, name: Vec::new(), value: Value::default() }
    }

    /// Scans up to the next event, and returns how many bytes were used.
    ///
    /// Without an event all of them were. Bytes that were not used must come again. Behind [`Event::Broken`]
    /// there is nothing to scan.
    pub(crate) fn scan(&mut self, bytes: &[u8]) -> (usize, Option<Event>) {
        let mut used = 0;
        while let Some(byte) = bytes.get(used) {
            let event = match self.state {
                State::InValue(role) => {
                    let (count, end) = self.value.pass(&bytes[used..]);
                    used += count;
                    match end {
                        None => continue,
                        Some(Ok(())) => {
                            self.state =
                                if role == Role::Item { State::BehindItem } else { State::BehindMember };
                            Some(Event::ValueEnds(role))
                        }
                        Some(Err(reason)) => Some(Event::Broken(reason)),
                    }
                }
                State::InName { escaped } => {
                    self.name_byte(*byte, escaped);
                    used += 1;
                    None
                }
                _ if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') => {
                    used += 1;
                    None
                }
                _ => {
                    let (count, event) = self.token(*byte);
                    used += count;
                    event
                }
            };
            if event.is_some() {
                return (used, event);
            }
        }
        (used, None)
    }

    /// Returns whether the text is complete, but for white space.
    pub(crate) fn is_complete(&self) -> bool {
        self.state == State::End
    }

    /// A byte between values and names: whether it was used, and what was found.
    fn token(&mut self, byte: u8) -> (usize, Option<Event>) {
        let (state, used, event) = match (self.state, byte) {
            (State::Start, b'{') => (State::FirstName, 1, None),
            (State::Start, b'[') => {
                self.is_array = true;
                (State::FirstItem, 1, Some(Event::ListBegins(None)))
            }
            (State::FirstName | State::NextName, b'"') => {
                self.name.clear();
                (State::InName { escaped: false }, 1, None)
            }
            (State::FirstName | State::BehindMember, b'}') => (State::End, 1, Some(Event::TextEnds)),
            (State::Colon, b':') => (State::MemberValue, 1, None),
            (State::MemberValue, _) => match self.known_name() {
                Some(kind) if byte == b'[' => (State::FirstItem, 1, Some(Event::ListBegins(Some(kind)))),
                Some(kind) => self.begin(Role::InsteadOfList(kind), byte),
                None => self.begin(Role::Other, byte),
            },
            (State::BehindMember, b',') => (State::NextName, 1, None),
            (State::FirstItem | State::BehindItem, b']') => (State::ClosingBracket, 0, Some(Event::ListEnds)),
            (State::ClosingBracket, _) if self.is_array => (State::End, 1, Some(Event::TextEnds)),
            (State::ClosingBracket, _) => (State::BehindMember, 1, None),
            (State::FirstItem | State::NextItem, _) => self.begin(Role::Item, byte),
            (State::BehindItem, b',') => (State::NextItem, 1, None),
            (state, _) => (state, 0, Some(Event::Broken(expected(state)))),
        };
        self.state = state;
        (used, event)
    }

    /// The beginning of a value, which is not used yet.
    fn begin(&mut self, role: Role, byte: u8) -> (State, usize, Option<Event>) {
        if matches!(byte, b',' | b':' | b']' | b'}') {
            return (self.state, 0, Some(Event::Broken(expected(State::MemberValue))));
        }
        self.value.begin();
        (State::InValue(role), 0, Some(Event::ValueBegins(role)))
    }

    fn name_byte(&mut self, byte: u8, escaped: bool) {
        if byte == b'"' && !escaped {
            self.state = State::Colon;
            return;
        }
        if self.name.len() <= MAX_NAME {
            self.name.push(byte);
        }
        self.state = State::InName { escaped: byte == b'\\' && !escaped };
    }

    /// The kind that the name at hand stands for.
    fn known_name(&self) -> Option<Kind> {
        if self.name.len() > MAX_NAME {
            return None;
        }
        let quoted = [b"\"", self.name.as_slice(), b"\""].concat();
        Kind::of_list(&serde_json::from_slice::<String>(&quoted).ok()?)
    }
}

/// Why another byte was expected.
fn expected(state: State) -> &'static str {
    match state {
        State::FirstName | State::NextName => "the name of a member is expected here, in quotes",
        State::Colon => "a colon is expected here",
        State::BehindMember => "a comma or a closing brace is expected here",
        State::BehindItem | State::ClosingBracket => "a comma or a closing bracket is expected here",
        State::End => "nothing may follow the value",
        State::Start
        | State::InName { .. }
        | State::MemberValue
        | State::InValue(_)
        | State::FirstItem
        | State::NextItem => "a value is expected here",
    }
}

/// A value that is being passed.
#[derive(Debug, Default)]
struct Value {
    /// The brackets that are open.
    open: Vec<u8>,
    text: Text,
    /// It is a number or a literal, which ends before what can't be part of it.
    is_bare: bool,
    is_begun: bool,
}

/// Whether what comes is part of a string.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Text {
    #[default]
    Outside,
    Inside,
    Escaped,
}

/// The validators read no deeper either.
const MAX_DEPTH: usize = 127;

impl Value {
    fn begin(&mut self) {
        self.open.clear();
        (self.text, self.is_bare, self.is_begun) = (Text::Outside, false, false);
    }

    /// Passes bytes of the value: how many, and whether it ends behind them or can't go on.
    fn pass(&mut self, bytes: &[u8]) -> (usize, Option<Result<(), &'static str>>) {
        let mut used = 0;
        while let Some(byte) = bytes.get(used) {
            if self.text == Text::Inside {
                let rest = &bytes[used..];
                let Some(length) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
                    return (bytes.len(), None);
                };
                self.text = if rest[length] == b'"' { Text::Outside } else { Text::Escaped };
                used += length + 1;
                if self.text == Text::Outside && self.open.is_empty() {
                    return (used, Some(Ok(())));
                }
                continue;
            }
            if self.text == Text::Escaped {
                self.text = Text::Inside;
                used += 1;
                continue;
            }
            if self.is_bare {
                if matches!(
                    byte,
                    b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' | b':' | b'"' | b'[' | b'{'
                ) {
                    return (used, Some(Ok(())));
                }
                used += 1;
                continue;
            }
            match byte {
                b'"' => self.text = Text::Inside,
                b'{' | b'[' if self.open.len() == MAX_DEPTH => {
                    return (used, Some(Err("the containers are nested too deep")));
                }
                b'{' | b'[' => self.open.push(*byte),
                b'}' | b']' => match (self.open.pop(), byte) {
                    (Some(b'{'), b'}') | (Some(b'['), b']') => {}
                    (Some(b'{'), _) => return (used, Some(Err(expected(State::BehindMember)))),
                    _ => return (used, Some(Err(expected(State::BehindItem)))),
                },
                _ => self.is_bare = !self.is_begun,
            }
            self.is_begun = true;
            used += 1;
            if self.open.is_empty() && self.text == Text::Outside && !self.is_bare {
                return (used, Some(Ok(())));
            }
        }
        (used, None)
    }
}

#[cfg(test)]
mod tests;
