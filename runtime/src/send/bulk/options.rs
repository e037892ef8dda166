//! The options of a run.

use std::time::Duration;

use super::progress::ProgressCallback;
use crate::send::poll::PollBackoff;

/// What a run does when an item is not valid, or has the key of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnInvalid {
    /// Sets the item aside with its violations, and sends the others.
    #[default]
    SetAside,
    /// Sends nothing more. Requests that are under way are completed.
    Stop,
}

/// What a run does with a batch that the service may have received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnUnclear {
    /// Sends it again, marked as a resend in the journal. The service must recognise items by their keys.
    Resend,
    /// Leaves it as it is, and reports it as unclear.
    Leave,
}

/// All options of a run.
pub(super) struct BulkOptions {
    pub(super) max_items: Option<usize>,
    pub(super) max_bytes: usize,
    pub(super) concurrency: usize,
    pub(super) on_invalid: OnInvalid,
    /// `None`: what the definition says.
    pub(super) on_unclear: Option<OnUnclear>,
    /// The number of times that the rest of a batch is sent again after items were refused by name.
    pub(super) rounds: u32,
    /// The number of batches in a row without an acceptance after which the run stops.
    pub(super) give_up_after: u32,
    pub(super) wait: bool,
    /// How long the run waits at its end for items that other senders have; `None`: three leases, unless it
    /// does not wait at all.
    pub(super) wait_for_others: Option<Duration>,
    pub(super) poll_backoff: PollBackoff,
    pub(super) deadline: Option<Duration>,
    pub(super) progress: Option<ProgressCallback>,
    /// The name of the caller's input.
    pub(super) input: String,
    /// Whether the run is about the items of earlier runs that are pending.
    pub(super) resumes: bool,
}

impl Default for BulkOptions {
    fn default() -> Self {
        Self {
            max_items: None,
            max_bytes: 4 << 20,
            concurrency: 4,
            on_invalid: OnInvalid::SetAside,
            on_unclear: None,
            rounds: 1,
            give_up_after: 3,
            wait: true,
            wait_for_others: None,
            poll_backoff: PollBackoff::new(),
            deadline: Some(Duration::from_secs(3600)),
            progress: None,
            input: String::new(),
            resumes: false,
        }
    }
}
