//! Respects in which a crate can change, and what a change does in each.

/// What a change does to users of the crate in one respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Effect {
    /// Nothing that a program can notice.
    None,
    /// There is more than before; what was right before stays right.
    Additive,
    /// What compiled, or was accepted, may no longer be.
    Breaking,
}

/// A respect in which a crate can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Respect {
    /// The types, methods and constants of the crate.
    Rust,
    /// What is sent to the service.
    Request,
    /// What the service sends.
    Response,
    /// What the validators let pass.
    Validators,
    /// What an implementation of the service is asked to do.
    Server,
}

impl Respect {
    /// Every respect with its name, in the order of the columns of the table.
    pub(super) const ALL: [(Self, &'static str); 5] = [
        (Self::Rust, "Rust"),
        (Self::Request, "request"),
        (Self::Response, "response"),
        (Self::Validators, "validators"),
        (Self::Server, "server"),
    ];

    /// Returns the name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

impl Effect {
    /// Returns the name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}
