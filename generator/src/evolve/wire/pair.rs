//! What is compared: two schemas or two operations at the same place, and what the place is called.

use super::view::View;
use crate::api::Operation;
use crate::evolve::draft::{ChangeDraft, UsedIn};
use crate::evolve::kind::Kind;
use crate::pointer::Pointer;

/// Two views of what is compared, and what it is called.
pub(super) struct Pair<'v, 'a> {
    pub(super) old: &'v View<'a>,
    pub(super) new: &'v View<'a>,
    pub(super) subject: &'v str,
    pub(super) directions: UsedIn,
}

impl Pair<'_, '_> {
    pub(super) fn change(&self, kind: Kind, detail: Option<String>) -> ChangeDraft {
        ChangeDraft { detail, ..self.at(kind, Some(self.old.at), Some(self.new.at)) }
    }

    pub(super) fn at(&self, kind: Kind, old: Option<&Pointer>, new: Option<&Pointer>) -> ChangeDraft {
        let (old, new) = (old.cloned(), new.cloned());
        ChangeDraft {
            kind,
            subject: self.subject.to_owned(),
            detail: None,
            old,
            new,
            directions: self.directions,
        }
    }
}

/// Two operations, and what they are called.
pub(super) struct OperationPair<'a> {
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
    pub(super) subject: String,
    /// How the request travels, and how the response does: callbacks go the other way.
    pub(super) sent: UsedIn,
    pub(super) read: UsedIn,
}

impl OperationPair<'_> {
    pub(super) fn change(&self, kind: Kind, detail: Option<String>) -> ChangeDraft {
        let (old, new) = (Some(self.old.at.clone()), Some(self.new.at.clone()));
        ChangeDraft { kind, subject: self.subject.clone(), detail, old, new, directions: self.sent }
    }

    pub(super) fn at(&self, kind: Kind, old: Option<&Pointer>, new: Option<&Pointer>) -> ChangeDraft {
        ChangeDraft { old: old.cloned(), new: new.cloned(), ..self.change(kind, None) }
    }
}
