//! `cards journal check`: is every line what was written?

use std::io::{self, Write as _};
use std::path::Path;

use concur_cards::journal::{
    Damage, ExaminedLine, FileJournal, JournalError, JournalSnapshot, JournalState, RecordPosition, TornWrite,
};

use crate::message::told;

/// Prints what is wrong with a journal, and returns whether it is whole.
pub(super) fn check(path: &Path) -> Result<bool, String> {
    let mut lines = Lines::default();
    FileJournal::examine_lines(path, |line| lines.add(line)).map_err(|error| told(&error))?;
    match JournalSnapshot::open(path) {
        Err(JournalError::Damaged { position, damage: Damage::NoHeader, .. }) => {
            lines.problems = vec![problem(position, Damage::NoHeader)];
        }
        // Where other lines can be read, it is the first one that is damaged.
        Err(JournalError::NotAJournal { .. }) if lines.records > 0 => {}
        Err(error) => return Err(told(&error)),
        Ok(_) => {}
    }
    let print = || {
        let mut out = io::stdout().lock();
        for problem in &lines.problems {
            writeln!(out, "{}: {problem}", path.display())?;
        }
        writeln!(out, "{}", lines.summary(path))
    };
    print().map_err(|error: io::Error| format!("cannot write: {error}"))?;
    Ok(lines.problems.is_empty())
}

/// What was read.
#[derive(Default)]
struct Lines {
    records: u64,
    problems: Vec<String>,
    torn: Option<TornWrite>,
    state: JournalState,
}

impl Lines {
    fn add(&mut self, line: ExaminedLine) {
        match line {
            ExaminedLine::Record(position, record) => {
                self.records += 1;
                // Behind a line that is missing, nothing can be said of what may follow.
                if self.problems.is_empty()
                    && let Err(illegal) = self.state.apply(record)
                {
                    self.problems.push(format!("{position} contradicts the lines before: {illegal}"));
                }
            }
            ExaminedLine::Damaged(damaged) => {
                let told = problem(damaged.position, damaged.damage);
                self.problems.push(format!("{told}; {} bytes", damaged.length));
            }
            ExaminedLine::Torn(torn) => self.torn = Some(torn),
            _ => {}
        }
    }

    fn summary(&self, path: &Path) -> String {
        let records = match self.records {
            1 => "1 record".to_owned(),
            count => format!("{count} records"),
        };
        let path = path.display();
        let end = match self.torn {
            Some(TornWrite { offset, .. }) => format!(
                "; the last line, at byte {offset}, is unfinished: it is being written, or a crash cut it \
                 short, and the next push drops it"
            ),
            None => String::new(),
        };
        match self.problems.len() {
            0 => format!("{path} is whole: {records}{end}"),
            1 => format!("{path} is damaged: 1 problem, {records} can be read{end}"),
            count => format!("{path} is damaged: {count} problems, {records} can be read{end}"),
        }
    }
}

fn problem(position: RecordPosition, damage: Damage) -> String {
    format!("{position} is damaged: {damage}")
}
