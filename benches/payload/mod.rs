//! Bodies of bulk calls for benches and tests: made from a seed, so that every run sees the same bytes.
//!
//! A body has realistic items, of which some may be broken, each in one known way. What a validator must say
//! of it is in [`Payload::findings`]. Benches and tests include this module by its path; none of them uses
//! all of it.
#![allow(dead_code, reason = "each of those who include the module uses a part of it")]

mod accounts;
mod addenda;
mod breakage;
mod layout;
mod random;
mod transactions;
mod tree;
mod words;

pub(crate) use breakage::Finding;
pub(crate) use layout::Layout;
use random::Random;
use tree::Tree;

/// Which of the two calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `createAccountsBulk`.
    Accounts,
    /// `createTransactionsBulk`.
    Transactions,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Transactions, Self::Accounts];

    /// The member that holds the items.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Transactions => "transactions",
        }
    }
}

/// A body, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Payload {
    kind: Kind,
    body: Tree,
    /// One for each broken item, in the order of the items.
    pub(crate) findings: Vec<Finding>,
}

impl Payload {
    /// A body of `count` items, of which `broken` have one finding each. The first item is never broken.
    pub(crate) fn new(kind: Kind, count: usize, broken: usize) -> Self {
        Self::with(kind, count, broken, |_| true)
    }

    /// The same, with nothing broken that a value of the models can't show.
    pub(crate) fn of_models(kind: Kind, count: usize, broken: usize) -> Self {
        const LOST: [&str; 4] =
            ["missingRequiredField", "x-invalidType", "x-invalidDate", "x-unknownProperty"];
        Self::with(kind, count, broken, |code| !LOST.contains(&code))
    }

    fn with(kind: Kind, count: usize, broken: usize, may_break: fn(&str) -> bool) -> Self {
        let mut random = Random::new(2024 + kind as u64);
        let make = match kind {
            Kind::Accounts => accounts::account,
            Kind::Transactions => transactions::transaction,
        };
        let mut items: Vec<Tree> = (0..count).map(|index| make(&mut random, index)).collect();
        let findings = breakage::spoil(kind, &mut items, broken, may_break);
        let body = Tree::object([(kind.name(), Tree::Array(items))]);
        Self { kind, body, findings }
    }

    /// The body as text.
    pub(crate) fn text(&self, layout: Layout) -> String {
        layout.write(&self.body, &mut Random::new(99 + self.kind as u64))
    }
}
