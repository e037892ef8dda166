//! A body, which the validators read as it stands in the file.

use std::cell::Cell;
use std::io::{self, Read};

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use concur_cards::runtime::validate::{Tally, codes};
use concur_cards::{Validation, Violation};

use super::findings::{Findings, Places};
use super::outcome::Outcome;
use crate::input::{Collected, Event, Input, Kind, Position, Problem, Role, Scanner, Source, Undecodable};

/// Validates a body that lists items of a kind.
pub(super) fn validate(
    input: Input,
    kind: Kind,
    validation: &Validation,
    findings: &Findings,
) -> Result<Outcome, String> {
    let name = input.name.clone();
    let blanks = Blanks::new(kind);
    let mut text = BodyText::new(input, kind, &blanks, findings);
    let print = |violation: Violation| findings.add(kind, &violation, &blanks);
    let tally = match kind {
        Kind::Accounts => validation.reader::<CreateAccountList>(&mut text, print),
        Kind::Transactions => validation.reader::<CreateTransactionList>(&mut text, print),
    };
    let stop = findings.stop().map(|(position, reason)| Problem::no_json(&name, position, &reason));
    let problem = text.problem.or(stop).map(|problem| problem.to_string());
    let (items, items_with_findings) = match tally {
        Ok(Tally { items, items_with_violations, .. }) => (items, Some(items_with_violations)),
        Err(error) if problem.is_none() => return Err(format!("cannot read `{name}`: {error}")),
        Err(_) => (text.items, None),
    };
    let is_passed_over = text.is_asked && !findings.is_one_request();
    let others = is_passed_over.then_some((kind.other(), text.others));
    Ok(Outcome { items, items_with_findings, others, problem })
}

/// The text of a body, in which the items of the other kind are blank if somebody said that they are not
/// meant.
struct BodyText<'a> {
    name: String,
    source: Source,
    scanner: Scanner,
    kind: Kind,
    is_asked: bool,
    blanks: &'a Blanks,
    findings: &'a Findings,
    /// The text has stopped being JSON, which is for the validators to tell.
    is_broken: bool,
    list: Option<Kind>,
    is_blank: bool,
    /// The item that is made blank, which nobody else reads.
    blanked: Collected,
    seen: Vec<Kind>,
    items: u64,
    others: u64,
    problem: Option<Problem>,
}

impl<'a> BodyText<'a> {
    fn new(input: Input, kind: Kind, blanks: &'a Blanks, findings: &'a Findings) -> Self {
        Self {
            name: input.name,
            source: input.source,
            scanner: Scanner::new(),
            kind,
            is_asked: input.is_asked,
            blanks,
            findings,
            is_broken: false,
            list: None,
            is_blank: false,
            blanked: Collected::default(),
            seen: Vec::new(),
            items: 0,
            others: 0,
            problem: None,
        }
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::ListBegins(list) => self.begin_list(list),
            Event::ListEnds => self.is_blank = false,
            Event::ValueBegins(Role::Item) if self.list == Some(self.kind) => {
                self.items += 1;
                self.findings.begin_item(self.source.position().line, self.items - 1);
            }
            Event::ValueBegins(Role::Item) => {
                self.others += 1;
                if !self.is_asked {
                    self.problem = Some(Input::both_kinds(&self.name));
                    return Err(io::Error::other("items of both kinds"));
                }
                if self.is_blank {
                    self.blanked.begin(self.source.position());
                }
            }
            Event::ValueEnds(Role::Item) if self.is_blank => {
                if let Err(Undecodable { position, reason, .. }) = self.blanked.check() {
                    return Err(self.no_json(position, &reason));
                }
            }
            Event::Broken(reason) if self.is_blank => {
                return Err(self.no_json(self.source.position(), reason));
            }
            Event::Broken(_) => self.is_broken = true,
            Event::ValueBegins(_) | Event::ValueEnds(_) | Event::TextEnds => {}
        }
        Ok(())
    }

    /// Tells where text stops being JSON that is blank to the validators.
    fn no_json(&mut self, position: Position, reason: &str) -> io::Error {
        self.findings.add_unreadable(position, reason);
        self.problem = Some(Problem::no_json(&self.name, position, reason));
        io::Error::other("no JSON")
    }

    fn begin_list(&mut self, list: Option<Kind>) {
        self.list = list;
        let Some(kind) = list else { return };
        if self.seen.contains(&kind) {
            let position = self.source.position();
            self.problem.get_or_insert_with(|| Problem::second_list(&self.name, kind, position));
            self.findings.forget_items();
        }
        self.seen.push(kind);
        if kind != self.kind && !self.findings.is_one_request() {
            self.is_blank = true;
            self.blanks.has_list.set(true);
        }
    }
}

impl Read for BodyText<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            let position = self.source.position();
            let bytes = match self.source.fill() {
                Ok(bytes) => &bytes[..bytes.len().min(to.len())],
                Err(error) => {
                    let told = io::Error::new(error.kind(), error.to_string());
                    self.problem = Some(Problem::read(&self.name, error, position));
                    return Err(told);
                }
            };
            let (used, event) = if self.is_broken { (bytes.len(), None) } else { self.scanner.scan(bytes) };
            to[..used].copy_from_slice(&bytes[..used]);
            if self.is_blank {
                self.blanked.add(&bytes[..used]);
                self.blanks.blank(&mut to[..used], position);
            }
            let is_end = bytes.is_empty();
            self.source.consume(used);
            if let Some(event) = event {
                self.event(event)?;
            }
            if used > 0 || is_end {
                return Ok(used);
            }
        }
    }
}

/// What was made blank, which is not to be told of.
struct Blanks {
    kind: Kind,
    /// There is a list of the other kind.
    has_list: Cell<bool>,
    /// The end of what was made blank, and how many columns it has too many on its last line.
    end: Cell<Position>,
    excess: Cell<u64>,
}

impl Blanks {
    fn new(kind: Kind) -> Self {
        Self { kind, has_list: Cell::default(), end: Cell::new(Position::START), excess: Cell::default() }
    }

    /// Makes a text blank but for its line ends.
    fn blank(&self, text: &mut [u8], position: Position) {
        if self.end.get().line != position.line {
            self.excess.set(0);
        }
        self.end.set(position.behind(text));
        for byte in text {
            match byte {
                b'\n' => self.excess.set(0),
                byte => {
                    // Several bytes of one character become several spaces.
                    self.excess.set(self.excess.get() + u64::from(*byte & 0xC0 == 0x80));
                    *byte = b' ';
                }
            }
        }
    }
}

impl Places for Blanks {
    fn position(&self, position: Position, _: Option<u64>) -> Position {
        let end = self.end.get();
        let is_behind = position.line == end.line && position.offset >= end.offset;
        let excess = if is_behind { self.excess.get() } else { 0 };
        Position { column: position.column - excess.min(position.column - 1), ..position }
    }

    /// The list of the other kind is in the file for another run.
    fn is_left_out(&self, violation: &Violation) -> bool {
        self.has_list.get()
            && violation.code() == codes::UNKNOWN_PROPERTY.name
            && violation.data_path() == self.kind.other().name()
    }
}
