//! What the caller decides about a run.

use std::time::Duration;

use super::Progress;
use crate::send::poll::Pace;

/// What becomes of the run when an item is not valid, or has the key of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnInvalid {
    /// The item is set aside with its violations, and the others are sent.
    #[default]
    SetAside,
    /// Nothing more is sent. What is on its way comes to its end.
    Stop,
}

/// What becomes of a batch that the service may have, or may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnUnclear {
    /// It is sent again, with the mark of a resend in the journal: the service must know items by their keys.
    Resend,
    /// It is left as it is, and reported as unclear.
    Leave,
}

/// Is told how far the run is.
pub(super) type Tell = Box<dyn Fn(&Progress) + Send + Sync>;

/// Everything that can be set.
pub(super) struct Options {
    pub(super) max_items: Option<usize>,
    pub(super) max_bytes: usize,
    pub(super) concurrency: usize,
    pub(super) on_invalid: OnInvalid,
    /// `None`: as the definition has it.
    pub(super) on_unclear: Option<OnUnclear>,
    /// How often the rest of a batch is sent again after items of it were refused by name.
    pub(super) rounds: u32,
    /// After how many batches in a row without an acceptance the run stops.
    pub(super) give_up_after: u32,
    pub(super) wait: bool,
    pub(super) pace: Pace,
    pub(super) deadline: Option<Duration>,
    pub(super) progress: Option<Tell>,
    /// The name of the caller's input.
    pub(super) input: String,
    /// Whether the run is about the items of earlier runs that are pending.
    pub(super) resumes: bool,
}

impl Default for Options {
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
            pace: Pace::new(),
            deadline: Some(Duration::from_secs(3600)),
            progress: None,
            input: String::new(),
            resumes: false,
        }
    }
}
