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

/// Why a run ended early. It contains the result until then, so that nothing is lost with the error.
///
/// `Display` is one line: the problem, and the number of items in each list. Items that were not read are in
/// no list; [`BulkRun::unread`] is their number where that is known. Another run with the same journal and
/// the same items continues where this one ended.
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
    /// The operation takes no list, according to its definition.
    NoBulk(&'static str),
    /// No request can be made: a parameter or a credential is missing. Nothing was read.
    Request(Error),
    /// The journal can't be opened. Nothing was read.
    Open(JournalError),
    /// The journal failed; nothing was sent after that. The request id of an accepted batch may be in this
    /// error alone.
    Journal(RecordError),
    /// The journal, which others write too, could not be asked at the end how it stands with the items. The
    /// report is what the run wrote into it before.
    Close(JournalError),
    /// The run was [told to end](crate::send::bulk::Bulk::stop_when).
    Stopped,
    /// An item is not valid, and the run stops in that case.
    Invalid,
    /// The request as a whole is not valid, whatever items are in it.
    Body(Violations),
    /// The service refuses the request, and would refuse all that follow: because of the token, the target or
    /// the kind of request.
    Refused(Error),
    /// Too many batches in a row were not accepted, so that the others were not tried.
    Failing(Error),
}

impl BulkError {
    pub(super) fn new(problem: BulkProblem, run: BulkRun) -> Self {
        Self(Box::new(Inner { problem, run }))
    }

    /// Returns why the run ended.
    #[must_use]
    pub fn problem(&self) -> &BulkProblem {
        &self.0.problem
    }

    /// Returns the result so far: the state of each item that was read.
    #[must_use]
    pub fn run(&self) -> &BulkRun {
        &self.0.run
    }

    /// Returns the result so far, without the problem.
    #[must_use]
    pub fn into_run(self) -> BulkRun {
        self.0.run
    }

    /// Returns the problem and the result so far.
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
            Self::Close(_) => f.write_str("everything was sent, the journal could not be asked at the end"),
            Self::Stopped => f.write_str("nothing more was sent, the run was told to end"),
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
                write!(f, "nothing more was sent, too many batches in a row were not accepted: {error}")
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
            BulkProblem::Open(error) | BulkProblem::Close(error) => Some(error),
            BulkProblem::Journal(error) => Some(error),
            // Their own words are part of the sentence.
            BulkProblem::Request(error) | BulkProblem::Refused(error) | BulkProblem::Failing(error) => {
                error.source()
            }
            BulkProblem::NoBulk(_) | BulkProblem::Stopped | BulkProblem::Invalid | BulkProblem::Body(_) => {
                None
            }
        }
    }
}
