//! Each invariant against a small document that breaks it.
