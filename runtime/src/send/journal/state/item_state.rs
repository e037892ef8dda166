//! The state of an item.

use crate::send::journal::Fate;

/// The state of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemState<'a> {
    /// The service does not have it.
    NotSent {
        /// The HTTP status with which the service refused the last request as such, whatever items were in
        /// it.
        status: Option<u16>,
    },
    /// The service may have received it; no response says whether it did.
    Unclear {
        /// Whether it was sent again after that, also without a clear outcome.
        sent_twice: bool,
    },
    /// The service accepted it and is processing it, as far as is known.
    Pending,
    /// The service accepted it and processed the whole batch.
    Accepted,
    /// The service accepted it, but did not process all items of the batch, and does not say which.
    WithErrors,
    /// The same, for a batch that was sent twice: the errors may mean that the first request was received
    /// too.
    SentTwice,
    /// The service rejected it: by name, or with all other items of the request.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Why.
        codes: &'a [String],
        /// Whether the batch was sent before without a response.
        sent_twice: bool,
    },
    /// The validator rejected it.
    SetAside {
        /// Why.
        codes: &'a [String],
    },
}

impl ItemState<'_> {
    /// Returns the list of a report that an item with this state belongs to.
    #[must_use]
    pub fn fate(&self) -> Fate {
        match self {
            Self::Accepted => Fate::Accepted,
            Self::Pending => Fate::Pending,
            Self::WithErrors => Fate::WithErrors,
            Self::Unclear { sent_twice: false } => Fate::Unclear,
            Self::NotSent { .. } => Fate::NotSent,
            Self::SetAside { .. } => Fate::RejectedByValidator,
            Self::Refused { sent_twice: false, .. } => Fate::RejectedByService,
            // The response to a second request may be about the first: the service may well have the item.
            Self::SentTwice | Self::Unclear { sent_twice: true } | Self::Refused { sent_twice: true, .. } => {
                Fate::SentTwice
            }
        }
    }
}
