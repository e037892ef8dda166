//! Why an input can't be read, or not to its end, in a sentence.

use std::{fmt, io};

use super::{Kind, Position};

/// As much of the beginning is kept at most while the format is looked for.
pub(super) const MAX_HEAD: usize = 1 << 20;

/// Why an input can't be read to its end. `Display` is one sentence on one line, without anything of the
/// text.
#[derive(Debug)]
pub(crate) struct Problem {
    name: String,
    cause: Cause,
}

/// What is wrong with an input.
#[derive(Debug)]
pub(super) enum Cause {
    /// Reading failed; behind this position unless it is the beginning.
    Read(io::Error, Position),
    Empty,
    /// The text has this encoding.
    Encoding(&'static str),
    /// The bytes are compressed by this program, which is undone by this command.
    Compressed(&'static str, &'static str),
    /// A body without this list, or with neither.
    NoList(Option<Kind>),
    /// The member has another type.
    NotAList(Kind, Position),
    /// The list stands in the body twice.
    SecondList(Kind, Position),
    UnknownKind,
    BothKinds,
    /// The first item does not end on the line that it begins on.
    ItemOverLines,
    /// So much of the beginning tells neither format nor kind.
    LongBeginning,
    Syntax(Position, String),
}

impl Cause {
    /// Makes it the problem of an input with this name.
    pub(super) fn of(self, name: &str) -> Problem {
        Problem { name: name.to_owned(), cause: self }
    }
}

impl Problem {
    /// Returns where and why the text stops being JSON, if that is the problem.
    pub(crate) fn syntax(&self) -> Option<(Position, &str)> {
        match &self.cause {
            Cause::Syntax(position, reason) => Some((*position, reason)),
            _ => None,
        }
    }

    /// Returns what is wrong.
    pub(super) fn cause(&self) -> &Cause {
        &self.cause
    }

    /// Makes the problem that reading failed behind a position.
    pub(crate) fn read(name: &str, error: io::Error, position: Position) -> Self {
        Cause::Read(error, position).of(name)
    }

    /// Makes the problem that the text is no JSON at a position.
    pub(crate) fn no_json(name: &str, position: Position, reason: &str) -> Self {
        Cause::Syntax(position, reason.to_owned()).of(name)
    }

    /// Makes the problem that a list stands in the body a second time.
    pub(crate) fn second_list(name: &str, kind: Kind, position: Position) -> Self {
        Cause::SecondList(kind, position).of(name)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.cause {
            Cause::Read(error, Position { offset: 0, .. }) => write!(f, "cannot read `{name}`: {error}"),
            Cause::Read(error, Position { line, .. }) => {
                write!(f, "cannot read `{name}` to its end: {error}, in line {line}")
            }
            Cause::Empty => write!(f, "there is nothing to read in `{name}`: it is empty"),
            Cause::Encoding(encoding) => write!(
                f,
                "`{name}` is {encoding}, not UTF-8; convert it, with `iconv -f {encoding} -t UTF-8` say"
            ),
            Cause::Compressed(program, command) => {
                write!(f, "`{name}` is compressed by {program}; pipe the output of `{command}` into `cards`")
            }
            Cause::NoList(None) => write!(f, "`{name}` has neither `accounts` nor `transactions`"),
            Cause::NoList(Some(kind)) => write!(f, "`{name}` has no list `{kind}`"),
            Cause::NotAList(kind, Position { line, column, .. }) => {
                write!(f, "`{kind}` in `{name}` is not a list, at line {line}, column {column}")
            }
            Cause::SecondList(kind, Position { line, column, .. }) => write!(
                f,
                "`{name}` has a second list `{kind}` at line {line}, column {column}: \
                 which one counts is unclear"
            ),
            Cause::UnknownKind => {
                write!(f, "cannot tell whether `{name}` has accounts or transactions: give `--type`")
            }
            Cause::BothKinds => {
                write!(f, "`{name}` has both accounts and transactions: give `--type` to say which are meant")
            }
            Cause::ItemOverLines => write!(
                f,
                "the first item in `{name}` goes over several lines; write each on one line, with `jq -c .` \
                 say, or all into a list `accounts` or `transactions`"
            ),
            Cause::LongBeginning => write!(
                f,
                "`{name}` begins with {} MiB that don't tell how its items are written",
                MAX_HEAD >> 20
            ),
            Cause::Syntax(Position { line, column, .. }, reason) => write!(
                f,
                "cannot read `{name}` to its end: it is not valid JSON at line {line}, column {column} \
                 ({reason})"
            ),
        }
    }
}
