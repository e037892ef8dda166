//! The rules by which items are processed: what the documentation says of calls that have been accepted.

use super::{Item, Outcome, Reason, Role};

/// What an item is held against.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// An item of the same kind has its external id.
    pub itself: bool,
    /// The account that it refers to, if it refers to one that was created or stands in the same request.
    pub referred_to: Option<Referred>,
}

/// An account that an item refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referred {
    /// Whether it is a virtual account.
    pub is_virtual: bool,
}

/// Returns what becomes of an item.
#[must_use]
pub fn outcome(item: &Item, known: Known) -> Outcome {
    if known.itself {
        return Outcome::Ignored(Reason::AlreadyKnown);
    }
    match (&item.role, known.referred_to) {
        (Role::Virtual(_), None) => Outcome::Ignored(Reason::UnknownBillingAccount),
        (Role::Virtual(_), Some(Referred { is_virtual: true })) => {
            Outcome::Ignored(Reason::VirtualBillingAccount)
        }
        (Role::Transaction(_), None) => Outcome::Ignored(Reason::UnknownAccount),
        (Role::Account | Role::Virtual(_) | Role::Transaction(_), _) => Outcome::Created,
    }
}
