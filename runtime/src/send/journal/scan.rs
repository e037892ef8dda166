//! Reading a journal file line by line, in bounded memory, and telling what a crash left from what is
//! damaged.

use std::io::{self, BufRead, Read};

use super::{Damage, RecordPosition, frame};

/// What is found next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A whole line: its JSON.
    Line(&'a [u8]),
    /// The same at the end of the file, where only the end of the line was not written any more.
    Unended(&'a [u8]),
    /// A crash in the middle of a write left these bytes at the end of the file.
    Torn {
        /// How many.
        length: u64,
    },
    /// This is not what was written.
    Damaged(Damage),
    /// The file ends after a whole line.
    End,
}

/// Where a reader is in the file.
pub(super) struct Scan<R> {
    reader: R,
    line: Vec<u8>,
    /// Where the line that was found last begins.
    pub(super) position: RecordPosition,
    /// Where the next line begins.
    pub(super) offset: u64,
    /// The checksum of the line that was found last.
    pub(super) chain: u32,
}

impl<R: BufRead> Scan<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            line: Vec::new(),
            position: RecordPosition { line: 0, offset: 0 },
            offset: 0,
            chain: 0,
        }
    }

    /// Goes on to the next line. After damage the line behind it is next, if there is one.
    pub(super) fn next(&mut self) -> io::Result<Found<'_>> {
        self.position = RecordPosition { line: self.position.line + 1, offset: self.offset };
        self.line.clear();
        let mut limited = Read::take(&mut self.reader, frame::MAX_LINE as u64 + 1);
        let length = limited.read_until(b'\n', &mut self.line)? as u64;
        self.offset += length;
        let is_last = self.reader.fill_buf()?.is_empty();
        if length == 0 {
            return Ok(Found::End);
        }
        Ok(match self.line.strip_suffix(b"\n") {
            Some(line) => match frame::read(self.chain, line) {
                Ok((json, chain)) => {
                    self.chain = chain;
                    Found::Line(json)
                }
                Err(_) if is_last && has_hole(line) => Found::Torn { length },
                Err(damage) => {
                    self.chain = frame::head(line).map_or(0, |head| head.checksum);
                    Found::Damaged(damage)
                }
            },
            None if !is_last => Found::Damaged(Damage::Length),
            None => tail(&self.line, &mut self.chain),
        })
    }
}

/// What the bytes behind the last end of a line are. Fewer than they should be were never written; nothing
/// can have been done that depends on them. But a line that is whole and wrong was damaged later.
fn tail<'a>(line: &'a [u8], chain: &mut u32) -> Found<'a> {
    let torn = Found::Torn { length: line.len() as u64 };
    if has_hole(line) {
        return torn;
    }
    match frame::head(line) {
        None if line.len() < frame::HEAD && frame::is_part_of_head(line) => torn,
        None => Found::Damaged(Damage::Frame),
        Some(head) if line.len() < frame::HEAD + head.length => torn,
        Some(_) => match frame::read(*chain, line) {
            Ok((json, checksum)) => {
                *chain = checksum;
                Found::Unended(json)
            }
            Err(damage) => Found::Damaged(damage),
        },
    }
}

/// Zeros stand where a file system reserved room and the power went before the bytes came. Records have none.
/// What is longer than the record that it begins with was left by more than one write.
fn has_hole(line: &[u8]) -> bool {
    let is_one = frame::head(line).is_none_or(|head| line.len() <= frame::HEAD + head.length + 1);
    is_one && line.contains(&0)
}
