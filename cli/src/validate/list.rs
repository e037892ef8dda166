//! Items outside of a body, JSON lines or a list: the validators are given a body that has each at its line
//! and column.

use std::io::{self, Read};

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use concur_cards::{Validation, Violation};

use super::findings::{Findings, Places};
use super::outcome::Outcome;
use crate::input::{Format, Input, Item, Items, Kind, Position, Problem};

/// Validates items that are not in a body.
pub(super) fn validate(
    input: Input,
    validation: &Validation,
    findings: &Findings,
) -> Result<Outcome, String> {
    let format = input.format;
    let mut items = input.items().map_err(|problem| problem.to_string())?;
    let (mut invalid, mut with_findings) = (0, 0);
    match items.kind() {
        Some(kind) => {
            let shift =
                Shift { prefix: prefix(kind).len() as u64, has_extra_commas: format == Format::Lines };
            let mut text = BodyText::new(&mut items, kind, shift.has_extra_commas, findings);
            let print = |violation: Violation| findings.add(kind, &violation, &shift);
            let tally = match kind {
                Kind::Accounts => validation.reader::<CreateAccountList>(&mut text, print),
                Kind::Transactions => validation.reader::<CreateTransactionList>(&mut text, print),
            };
            with_findings = tally.map_err(|error| error.to_string())?.items_with_violations;
            invalid = text.invalid;
        }
        // Nothing is known to be an item, so there is nothing to validate.
        None => {
            for Item { ordinal, position, text } in &mut items {
                if let Err(found) = text {
                    findings.add_undecodable(None, position.line, ordinal, &found);
                    invalid += 1;
                }
            }
        }
    }
    let (name, count) = (items.name().to_owned(), items.read_so_far());
    // What the validators can't read has not come through to here.
    let stop = findings.stop().map(|(position, reason)| Problem::no_json(&name, position, &reason));
    let problem = items.finish().err();
    if let Some((position, reason)) = problem.as_ref().and_then(Problem::syntax) {
        findings.add_unreadable(position, reason);
    }
    let problem = problem.or(stop);
    Ok(Outcome {
        items: count,
        items_with_findings: Some(with_findings + invalid),
        others: None,
        problem: problem.map(|problem| problem.to_string()),
    })
}

/// The beginning of the body: on a line of its own, so that the first item keeps its column.
fn prefix(kind: Kind) -> String {
    format!("{{\"{kind}\":[\n")
}

/// The text of a body that is made of items, each behind as many lines and columns as in the file.
struct BodyText<'a> {
    items: &'a mut Items,
    kind: Kind,
    /// Commas stand where the file has none, and not in place of its own.
    has_extra_commas: bool,
    findings: &'a Findings,
    next: Piece,
    /// The position in the file behind what the pieces so far stand for.
    position: Position,
    count: u64,
    /// An item that is not JSON, to be told of when the items before it have been validated.
    undecodable: Option<Item>,
    invalid: u64,
    is_over: bool,
}

/// What is handed out next.
#[derive(Default)]
struct Piece {
    comma: u64,
    spaces: u64,
    line_ends: u64,
    /// The comma stands behind the line ends.
    late_comma: u64,
    indent: u64,
    text: Vec<u8>,
    /// So much of the text has been handed out.
    used: usize,
}

impl<'a> BodyText<'a> {
    fn new(items: &'a mut Items, kind: Kind, has_extra_commas: bool, findings: &'a Findings) -> Self {
        Self {
            items,
            kind,
            has_extra_commas,
            findings,
            next: Piece { text: prefix(kind).into_bytes(), ..Piece::default() },
            position: Position::START,
            count: 0,
            undecodable: None,
            invalid: 0,
            is_over: false,
        }
    }

    /// Returns what is to be handed out next; `None` at the end.
    ///
    /// The validators ask for more when they are done with the items that they have, once a byte stands
    /// behind the last one. So an item that is not JSON is told of behind what stands before it.
    fn piece(&mut self) -> Option<Piece> {
        if let Some(Item { ordinal, position, text: Err(found) }) = self.undecodable.take() {
            self.findings.add_undecodable(Some(self.kind), position.line, ordinal, &found);
            self.invalid += 1;
        }
        if self.is_over {
            return None;
        }
        Some(match self.items.next() {
            Some(Item { ordinal, position, text: Ok(text) }) => {
                self.findings.begin_item(position.line, ordinal);
                let comma = self.count > 0;
                self.count += 1;
                let mut gap = self.advance(position);
                self.position = position.behind(&text);
                if comma && (self.has_extra_commas || !gap.give_room()) {
                    gap.comma = 1;
                }
                Piece { text, ..gap }
            }
            Some(item) => {
                let gap = self.advance(item.position);
                self.undecodable = Some(item);
                gap
            }
            None => {
                self.is_over = true;
                Piece { text: b"]}".to_vec(), ..Piece::default() }
            }
        })
    }

    /// White space up to a position of the file.
    fn advance(&mut self, position: Position) -> Piece {
        let from = self.position;
        self.position = position;
        let bytes = position.offset.saturating_sub(from.offset);
        let line_ends = position.line - from.line;
        let indent = if line_ends == 0 { 0 } else { position.column - 1 };
        Piece { spaces: bytes.saturating_sub(line_ends + indent), line_ends, indent, ..Piece::default() }
    }
}

impl Piece {
    /// Puts the comma of the file in place of one of the blanks, and returns whether it could.
    fn give_room(&mut self) -> bool {
        let (blanks, comma) = match self.spaces {
            0 => (&mut self.indent, &mut self.late_comma),
            _ => (&mut self.spaces, &mut self.comma),
        };
        let has_room = *blanks > 0;
        *comma = u64::from(has_room);
        *blanks -= *comma;
        has_room
    }

    /// Fills a buffer, and returns how much of it.
    fn hand_out(&mut self, to: &mut [u8]) -> usize {
        let mut filled = 0;
        for (count, byte) in [
            (&mut self.comma, b','),
            (&mut self.spaces, b' '),
            (&mut self.line_ends, b'\n'),
            (&mut self.late_comma, b','),
            (&mut self.indent, b' '),
        ] {
            let room = &mut to[filled..];
            let some = room.len().min(usize::try_from(*count).unwrap_or(usize::MAX));
            room[..some].fill(byte);
            *count -= some as u64;
            filled += some;
        }
        let rest = &self.text[self.used..];
        let some = rest.len().min(to.len() - filled);
        to[filled..filled + some].copy_from_slice(&rest[..some]);
        self.used += some;
        filled + some
    }
}

impl Read for BodyText<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            let filled = self.next.hand_out(to);
            if filled > 0 || to.is_empty() {
                return Ok(filled);
            }
            let Some(piece) = self.piece() else { return Ok(0) };
            self.next = piece;
        }
    }
}

/// How far places in the body are from those in the file.
struct Shift {
    prefix: u64,
    has_extra_commas: bool,
}

impl Places for Shift {
    fn position(&self, position: Position, item: Option<u64>) -> Position {
        if position.line == 1 {
            // The list itself, which the file has no bracket for, or one at its beginning.
            return Position::START;
        }
        let commas = if self.has_extra_commas { item.unwrap_or_default() } else { 0 };
        Position {
            offset: position.offset.saturating_sub(self.prefix + commas),
            line: position.line - 1,
            ..position
        }
    }

    /// The body around the items is of our own making, and right.
    fn is_left_out(&self, _: &Violation) -> bool {
        false
    }
}
