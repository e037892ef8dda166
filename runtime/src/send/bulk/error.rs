//! Why a run ended early, with the account so far.

use std::{error, fmt};

use super::{BulkRun, fault::codes};
use crate::{
    send::{
        client::Error,
        journal::{JournalError, RecordError, is_fit},
    },
    violations::Violations,
};

/// Why a run ended early. The account of what happened until then is inside: nothing is lost with the error.
///
/// `Display` is one line: the problem, and how many items ended how. Items that were not read are in no list;
/// [`BulkRun::unread`] says how many there are where that is known. Another run with the same journal and the
/// same items goes on where this one ended.
#[derive(Debug)]
pub struct BulkError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    problem: BulkProblem,
    run: BulkRun,
}

/// What ended a run early.
#[derive(Debug)]
#[non_exhaustive]
pub enum BulkProblem {
    /// The operation takes no list, by its definition.
    NoBulk(&'static str),
    /// No request can be made: a parameter or a credential is missing. Nothing was read.
    Request(Error),
    /// The journal can't be opened. Nothing was read.
    Open(JournalError),
    /// The journal failed; nothing was sent after that. An accepted batch may have its request id in here
    /// alone.
    Journal(RecordError),
    /// An item is not valid, and the caller wants to stop then.
    Invalid,
    /// The request as a whole is not valid, whatever items are in it.
    Body(Violations),
    /// The service refuses, and would refuse all that follows: the token, the target, the kind of request.
    Refused(Error),
    /// So many batches in a row were not taken that the others were not tried.
    Failing(Error),
}

impl BulkError {
    pub(super) fn new(problem: BulkProblem, run: BulkRun) -> Self {
        Self(Box::new(Inner { problem, run }))
    }

    /// What ended it.
    #[must_use]
    pub fn problem(&self) -> &BulkProblem {
        &self.0.problem
    }

    /// What became of each item that was read.
    #[must_use]
    pub fn run(&self) -> &BulkRun {
        &self.0.run
    }

    /// The same without the problem.
    #[must_use]
    pub fn into_run(self) -> BulkRun {
        self.0.run
    }

    /// Both.
    #[must_use]
    pub fn into_parts(self) -> (BulkProblem, BulkRun) {
        (self.0.problem, self.0.run)
    }
}

impl fmt::Display for BulkProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBulk(operation) => write!(f, "{operation} takes no list of items"),
            Self::Request(error) => error.fmt(f),
            Self::Open(_) => f.write_str("nothing was sent, the journal can't be opened"),
            Self::Journal(_) => f.write_str("nothing more was sent, the journal failed"),
            Self::Invalid => f.write_str("nothing more was sent, an item is not valid"),
            Self::Body(violations) => {
                f.write_str("nothing more was sent, the request as a whole is not valid:")?;
                for code in codes(violations).iter().filter(|code| is_fit(code)) {
                    write!(f, " {code}")?;
                }
                Ok(())
            }
            Self::Refused(error) => write!(f, "nothing more was sent, the service would refuse it: {error}"),
            Self::Failing(error) => {
                write!(f, "nothing more was sent, too many batches in a row were not taken: {error}")
            }
        }
    }
}

impl fmt::Display for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (", self.0.problem)?;
        self.0.run.write_counts(f)?;
        f.write_str(")")
    }
}

impl error::Error for BulkError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.0.problem {
            BulkProblem::Open(error) => Some(error),
            BulkProblem::Journal(error) => Some(error),
            // Their own words are part of the sentence.
            BulkProblem::Request(error) | BulkProblem::Refused(error) | BulkProblem::Failing(error) => {
                error.source()
            }
            BulkProblem::NoBulk(_) | BulkProblem::Invalid | BulkProblem::Body(_) => None,
        }
    }
}
