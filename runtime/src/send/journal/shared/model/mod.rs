//! A model of many senders: everything that can happen to two batches and three senders is followed, with the
//! functions that implementations call.
//!
//! Senders stop and are killed at any moment, requests and answers are lost or late, leases run out. What
//! must hold is in [`World::check`]: no item is accepted more often than the journal says that it may have
//! been, what the journal says was accepted was, and whoever has lost a batch writes nothing to it.

mod forms;
mod protocol;
mod rules;
mod state;
mod world;

use std::{collections::HashSet, env};

use self::{
    protocol::{Limits, Protocol},
    state::State,
    world::{Broken, World},
};
use super::{SharedBatch, StepError};
use crate::send::journal::{Batch, BatchParts, BatchPhase};

/// What is followed: one item in one batch and then in another, or two in two. `SPECWRIGHT_MODEL_EPOCHS` sets
/// how many senders may have a batch, one after the other, and `SPECWRIGHT_MODEL_ATTEMPTS` how many attempts
/// it may have. With 2 and 2, two items make about a million states.
fn limits(items: u8) -> Limits {
    let read = |name: &str| env::var(name).ok().map(|text| text.parse().expect("a number"));
    let attempts = read("SPECWRIGHT_MODEL_ATTEMPTS").unwrap_or(if items == 1 { 2 } else { 1 });
    Limits { items, attempts, epochs: u64::from(read("SPECWRIGHT_MODEL_EPOCHS").unwrap_or(2)) }
}

/// Follows everything that can happen. Returns how many states there are, or what leads to a broken rule.
fn explore(protocol: Protocol, limits: Limits) -> Result<usize, (Broken, Vec<&'static str>)> {
    let mut world = World::new(protocol, limits);
    let mut seen = HashSet::from([State::start()]);
    // By number: the state, and which one it came from by what.
    let mut states = vec![(State::start(), (0, "start"))];
    let mut number = 0;
    while let Some((state, _)) = states.get(number).cloned() {
        let all = world.next(&state).map_err(|broken| (broken, path(&states, number)))?;
        if all.is_empty() && !world.may_end(&state) {
            return Err(("an item is left, and nobody can go on with it", path(&states, number)));
        }
        for (step, next) in all {
            if seen.insert(next.clone()) {
                states.push((next.clone(), (number, step)));
                world.check(&next).map_err(|broken| (broken, path(&states, states.len() - 1)))?;
            }
        }
        number += 1;
    }
    Ok(states.len())
}

/// What has led to a state.
fn path(states: &[(State, (usize, &'static str))], mut number: usize) -> Vec<&'static str> {
    let mut steps = Vec::new();
    while number > 0 {
        let (_, (from, step)) = states[number];
        steps.push(step);
        number = from;
    }
    steps.reverse();
    steps
}

/// Fails with what has led there if a rule is broken.
#[track_caller]
fn assert_holds(limits: Limits) {
    match explore(Protocol::REAL, limits) {
        Ok(states) => assert!(states > 1000, "the model follows {states} states only"),
        Err((broken, steps)) => panic!("{broken}:\n{}", steps.join("\n")),
    }
}

#[track_caller]
fn assert_breaks(protocol: Protocol, expected: Broken) {
    let (broken, steps) = explore(protocol, limits(1)).expect_err("the mistake is not found");
    assert_eq!(broken, expected, "\n{}", steps.join("\n"));
}

#[test]
fn one_item_in_two_batches_is_never_lost_and_never_accepted_twice_untold() {
    assert_holds(limits(1));
}

#[test]
fn two_items_in_two_batches_are_never_lost_and_never_accepted_twice_untold() {
    assert_holds(limits(2));
}

#[test]
fn without_the_fence_a_sender_that_was_away_writes() {
    let append =
        |journal: &SharedBatch, _: &SharedBatch, record, _| journal.after(record).map_err(StepError::Illegal);
    let expected = "a sender wrote to a batch that another has taken over";
    assert_breaks(Protocol { append, ..Protocol::REAL }, expected);
}

/// The new sender then takes the attempt for one that was not received.
#[test]
fn an_open_attempt_that_is_forgotten_at_a_takeover_is_found() {
    let taken_over = |journal: &SharedBatch, now, until| {
        let mut taken = journal.taken_over(now, until)?;
        if matches!(journal.batch.phase(), BatchPhase::Open) {
            let parts = BatchParts { phase: BatchPhase::NotReceived, ..taken.batch.parts() };
            taken.batch = Batch::restore(parts);
        }
        Some(taken)
    };
    let expected = "the service has an item, and the journal says that it can't";
    assert_breaks(Protocol { taken_over, ..Protocol::REAL }, expected);
}

#[test]
fn an_item_that_two_batches_have_is_found() {
    let expected = "an item was accepted more often than the journal says that it may have been";
    assert_breaks(Protocol { claims_once: false, ..Protocol::REAL }, expected);
}

#[test]
fn a_request_before_its_record_is_found() {
    let expected = "the service has an item, and the journal says that it can't";
    assert_breaks(Protocol { writes_first: false, ..Protocol::REAL }, expected);
}
