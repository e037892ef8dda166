//! The lists of a report.

use std::fmt;

use serde::Serialize;

/// The list of a report that an item is in. `Display` writes its name in a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fate {
    /// See [`Report::accepted`](super::Report::accepted).
    Accepted,
    /// See [`Report::pending`](super::Report::pending).
    Pending,
    /// See [`Report::with_errors`](super::Report::with_errors).
    WithErrors,
    /// See [`Report::rejected_by_validator`](super::Report::rejected_by_validator).
    RejectedByValidator,
    /// See [`Report::rejected_by_service`](super::Report::rejected_by_service).
    RejectedByService,
    /// See [`Report::sent_twice`](super::Report::sent_twice).
    SentTwice,
    /// See [`Report::unclear`](super::Report::unclear).
    Unclear,
    /// See [`Report::not_sent`](super::Report::not_sent).
    NotSent,
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Accepted => "accepted",
            Self::Pending => "pending",
            Self::WithErrors => "processed with errors that name no item",
            Self::RejectedByValidator => "rejected by the validator",
            Self::RejectedByService => "rejected by the service",
            Self::SentTwice => "sent twice, unclear",
            Self::Unclear => "sent once, unclear",
            Self::NotSent => "not sent",
        })
    }
}
