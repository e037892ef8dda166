//! One validation of a typed value, from the root to the list.

use super::{Visit, Visitor};
use crate::{
    Validation, Violations,
    validate::{
        Definition, Schema,
        cursor::Fault,
        engine::{
            core::Core,
            memo::Memo,
            object::Frame,
            report::{finish, unreadable},
        },
    },
};

/// Where a value stands for which no table says anything.
pub(super) static ANY: Schema = Schema::any();

/// What is known so far.
#[derive(Debug)]
pub(super) struct State {
    pub(super) core: Core,
    pub(super) definition: &'static Definition,
    /// What is remembered of open objects of which more is asked than that fields are there.
    pub(super) frames: Vec<Frame>,
    /// The order key of the next value. Most of the values that keep all rules get none.
    pub(super) next: u64,
    /// How many containers are open.
    pub(super) depth: u8,
    /// The value can't be written as JSON that anyone would read: it is too deep, or holds text that is none. Nothing
    /// counts then but this.
    pub(super) fault: Option<Fault>,
    /// The value lies in an object within which values must agree.
    pub(super) agreeing: bool,
    /// They do not, and none of them was kept.
    pub(super) differs: bool,
    /// Which short strings keep to which tables.
    pub(super) memo: Memo,
    /// For values that must be seen as text.
    pub(super) text: String,
}

/// Every broken rule of a value.
pub(crate) fn validate<T: Visit + ?Sized>(
    options: &Validation,
    schema: &'static Schema,
    definition: &'static Definition,
    value: &T,
) -> Violations {
    let mut state = State {
        core: Core::quick(definition),
        definition,
        frames: Vec::new(),
        next: 0,
        depth: 0,
        fault: None,
        agreeing: false,
        differs: false,
        memo: Memo::new(),
        text: String::new(),
    };
    Visitor::of_item(&mut state, schema).show(value);
    match state.fault {
        None => finish(state.core.findings, options, None),
        // The caller can't be told where: the value has no text.
        Some(fault) => [unreadable(fault.reason, definition)].into_iter().collect(),
    }
}
