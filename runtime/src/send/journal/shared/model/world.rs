//! What can happen to batches, their senders, and the requests between them and the service.

use std::{collections::HashMap, time::Duration};

use super::{
    forms::{Form, Forms},
    protocol::{Limits, Protocol},
    state::{Job, Sender, Slot, State, Step},
};
use crate::send::journal::{
    BatchId, BatchPhase, BatchPlan, BodyDigest, IllegalRecord, ItemKey, Record, SharedBatch, StepError,
};

/// Time stands still, and leases run out one by one: a lease that lasts until now is over.
const NOW: Duration = Duration::from_secs(100);
const LATER: Duration = Duration::from_secs(101);

/// What happened, and the state after it.
pub(super) type Successor = (&'static str, State);

/// What must not happen.
pub(super) type Broken = &'static str;

pub(super) struct World {
    pub(super) protocol: Protocol,
    pub(super) limits: Limits,
    pub(super) forms: Forms,
    /// What the functions of the protocol have returned so far.
    appended: HashMap<(Form, Form, Step), Result<Form, StepError>>,
    taken_over: HashMap<Form, Option<Form>>,
}

impl World {
    pub(super) fn new(protocol: Protocol, limits: Limits) -> Self {
        Self {
            protocol,
            limits,
            forms: Forms::default(),
            appended: HashMap::new(),
            taken_over: HashMap::new(),
        }
    }

    /// Returns everything that can happen next.
    pub(super) fn next(&mut self, state: &State) -> Result<Vec<Successor>, Broken> {
        let mut all = Vec::new();
        for (index, sender) in state.senders.iter().enumerate() {
            match *sender {
                Sender::Idle => self.idle(state, index, &mut all)?,
                Sender::Begun(job) => {
                    let mut next = state.with(index, Sender::Waiting(job));
                    next.slot(job).on_wire |= self.attempt(job);
                    all.push(("sends the request", next));
                }
                Sender::Waiting(job) => {
                    let next = state.with(index, Sender::Heard(job, Step::Unclear));
                    all.push(("waits no longer", next));
                }
                Sender::Heard(job, answer) => self.write(state, index, job, answer, &mut all)?,
                Sender::AtRest(job) => self.go_on(state, index, job, &mut all)?,
            }
            if sender.job().is_some() {
                all.push(("is killed", state.with(index, Sender::Idle)));
            }
        }
        for slot in 0..state.batches.len() {
            self.network(state, slot, &mut all);
            self.lease_ends(state, slot, &mut all);
        }
        for (_, next) in &mut all {
            self.forget(next);
        }
        Ok(all)
    }

    /// A sender without work claims an item, or takes a batch over.
    fn idle(&mut self, state: &State, index: usize, all: &mut Vec<Successor>) -> Result<(), Broken> {
        for item in 1..=self.limits.items {
            let is_had = state.batches.iter().flatten().any(|slot| slot.item == item);
            if !(is_had && self.protocol.claims_once) {
                self.claim(state, index, item, None, all);
            }
        }
        for (slot, found) in state.batches.iter().enumerate() {
            if let Some(taken) = found.and_then(|found| self.taken_over(found.journal)) {
                let next = self.written(state, index, slot, taken, Sender::AtRest);
                self.check_fence(&next, slot)?;
                all.push(("takes over", next));
            }
        }
        Ok(())
    }

    /// Checks that whoever had a batch before can write nothing to it, and not keep it.
    fn check_fence(&mut self, state: &State, slot: usize) -> Result<(), Broken> {
        for job in state.senders.iter().filter_map(|sender| sender.job()).filter(|job| job.slot == slot) {
            if self.is_fenced(state, job) {
                for step in Step::ALL {
                    self.append(state, job, step)?;
                }
                let (journal, known) = (self.forms.get(state.journal(job)), self.forms.get(job.known));
                if journal.renewed(known.lease.epoch, LATER).is_some() {
                    return Err("a sender renewed the lease of another");
                }
            }
        }
        Ok(())
    }

    fn is_fenced(&self, state: &State, job: Job) -> bool {
        self.forms.get(state.journal(job)).lease.epoch != self.forms.get(job.known).lease.epoch
    }

    /// Puts states together that differ in nothing that can have consequences: which sender is which, and
    /// what one knows that can write nothing any more. It can still send the request that it has begun.
    fn forget(&self, state: &mut State) {
        for index in 0..state.senders.len() {
            let sender = state.senders[index];
            let sends = matches!(sender, Sender::Begun(_));
            if !sends && sender.job().is_some_and(|job| self.is_fenced(state, job)) {
                state.senders[index] = Sender::Idle;
            }
        }
        state.senders.sort_unstable();
    }

    /// Puts an item into a new batch, and begins its first attempt in the same transaction.
    fn claim(&mut self, state: &State, index: usize, item: u8, old: Option<Job>, all: &mut Vec<Successor>) {
        let Some(free) = state.batches.iter().position(Option::is_none) else { return };
        let plan = plan(free, item, old);
        let mut next = state.clone();
        let replaced = old.map(|job| self.forms.get(job.known).clone());
        if let (Some(job), Some(known)) = (old, &replaced) {
            let journal = self.forms.get(state.journal(job));
            let left = journal.without(&Record::Planned(plan.clone()), 1);
            match left {
                Ok(left) if journal.is_known_to(known) => next.slot(job).journal = self.forms.of(left),
                _ => return,
            }
        }
        let planned = SharedBatch::planned(plan, replaced.as_ref(), LATER);
        let begun = if self.protocol.writes_first {
            planned.after(Step::Begin.record(&planned)).expect("a new batch can begin")
        } else {
            planned
        };
        let journal = self.forms.of(begun);
        next.batches[free] = Some(Slot { item, journal, on_wire: 0, accepted: 0 });
        all.push(("claims the item", self.written(&next, index, free, journal, Sender::Begun)));
    }

    /// A sender writes what it has heard.
    fn write(
        &mut self,
        state: &State,
        index: usize,
        job: Job,
        heard: Step,
        all: &mut Vec<Successor>,
    ) -> Result<(), Broken> {
        let written = self.append(state, job, heard)?;
        all.push((heard.label(), self.after_writing(state, index, job, written, Sender::AtRest)));
        Ok(())
    }

    /// A sender whose batch has no open attempt finishes it, sends it again, or puts its item into another.
    fn go_on(
        &mut self,
        state: &State,
        index: usize,
        job: Job,
        all: &mut Vec<Successor>,
    ) -> Result<(), Broken> {
        let known = &self.forms.get(job.known).batch;
        if known.is_over() {
            return Ok(());
        }
        if matches!(known.phase(), BatchPhase::Accepted(_)) {
            let written = self.append(state, job, Step::Finished)?;
            let next = self.after_writing(state, index, job, written, |_| Sender::Idle);
            all.push((Step::Finished.label(), next));
            return Ok(());
        }
        if known.attempts() < self.limits.attempts {
            let written = self.append(state, job, Step::Begin)?;
            all.push((Step::Begin.label(), self.after_writing(state, index, job, written, Sender::Begun)));
        }
        let item = state.batches[job.slot].map_or(0, |slot| slot.item);
        self.claim(state, index, item, Some(job), all);
        Ok(())
    }

    /// Writes a step, as far as the sender may. `None`: it may not.
    fn append(&mut self, state: &State, job: Job, step: Step) -> Result<Option<Form>, Broken> {
        let is_fenced = self.is_fenced(state, job);
        match self.appended(state.journal(job), job.known, step) {
            Ok(_) if is_fenced => Err("a sender wrote to a batch that another has taken over"),
            Ok(written) => Ok(Some(written)),
            Err(StepError::TakenOver) => Ok(None),
            // Whoever is fenced off may know things that do not fit any more.
            Err(StepError::Illegal(_)) if is_fenced => Ok(None),
            Err(StepError::Illegal(error)) => Err(illegal(&error)),
        }
    }

    fn appended(&mut self, journal: Form, known: Form, step: Step) -> Result<Form, StepError> {
        if let Some(done) = self.appended.get(&(journal, known, step)) {
            return done.clone();
        }
        let (before, as_known) = (self.forms.get(journal), self.forms.get(known));
        let after = (self.protocol.append)(before, as_known, step.record(as_known), LATER);
        let after = after.map(|after| self.forms.of(after));
        self.appended.insert((journal, known, step), after.clone());
        after
    }

    fn taken_over(&mut self, journal: Form) -> Option<Form> {
        if let Some(done) = self.taken_over.get(&journal) {
            return *done;
        }
        let after = (self.protocol.taken_over)(self.forms.get(journal), NOW, LATER);
        let after = after.filter(|after| after.lease.epoch <= self.limits.epochs);
        let after = after.map(|after| self.forms.of(after));
        self.taken_over.insert(journal, after);
        after
    }

    fn after_writing(
        &mut self,
        state: &State,
        index: usize,
        job: Job,
        written: Option<Form>,
        sender: impl Fn(Job) -> Sender,
    ) -> State {
        match written {
            Some(written) => self.written(state, index, job.slot, written, sender),
            None => state.with(index, Sender::Idle),
        }
    }

    /// The state after a sender has written a batch. What it knows of the lease decides nothing.
    fn written(
        &mut self,
        state: &State,
        index: usize,
        slot: usize,
        written: Form,
        sender: impl Fn(Job) -> Sender,
    ) -> State {
        let job = Job { slot, known: self.forms.with_lease_until(written, NOW) };
        let mut next = state.with(index, sender(job));
        next.slot(job).journal = written;
        next
    }

    /// A request arrives or is lost, and so is the response; or the sender learns that nothing was sent.
    fn network(&self, state: &State, slot: usize, all: &mut Vec<Successor>) {
        let Some(found) = state.batches[slot] else { return };
        for bit in (0..8).map(|bit| 1 << bit).filter(|bit| found.on_wire & bit != 0) {
            let mut gone = state.clone();
            let of = |state: &mut State, change: &dyn Fn(&mut Slot)| {
                state.batches[slot].iter_mut().for_each(change);
            };
            of(&mut gone, &|slot| slot.on_wire &= !bit);
            let mut accepted = gone.clone();
            of(&mut accepted, &|slot| slot.accepted |= bit);
            let waiting = state.senders.iter().position(|sender| {
                matches!(sender, Sender::Waiting(job) if job.slot == slot && self.attempt(*job) == bit)
            });
            if let Some((index, job)) = waiting.and_then(|index| Some((index, state.senders[index].job()?))) {
                let heard = |state: &State, answer| state.with(index, Sender::Heard(job, answer));
                all.push(("is answered that it was accepted", heard(&accepted, Step::Accepted)));
                all.push(("could not connect", heard(&gone, Step::NotReceived)));
            }
            all.push(("is accepted, and the answer lost", accepted));
            all.push(("is lost on the way", gone));
        }
    }

    fn lease_ends(&mut self, state: &State, slot: usize, all: &mut Vec<Successor>) {
        let Some(found) = state.batches[slot] else { return };
        let journal = self.forms.with_lease_until(found.journal, NOW);
        if journal != found.journal {
            let mut next = state.clone();
            next.batches[slot] = Some(Slot { journal, ..found });
            all.push(("a lease runs out", next));
        }
    }

    fn attempt(&self, job: Job) -> u8 {
        1 << self.forms.get(job.known).batch.attempts().min(7)
    }
}

fn plan(slot: usize, item: u8, old: Option<Job>) -> BatchPlan {
    let batch = |slot: usize| BatchId(u64::try_from(slot).expect("there are two"));
    BatchPlan {
        batch: batch(slot),
        operation: String::new(),
        target: String::new(),
        keys: vec![ItemKey::verbatim(&item.to_string())],
        body: BodyDigest::of(b""),
        replaces: old.map(|job| batch(job.slot)),
    }
}

fn illegal(error: &IllegalRecord) -> Broken {
    match error {
        IllegalRecord::OutOfOrder { .. } => "a step of the sender that has the batch is out of order",
        IllegalRecord::WrongMark { .. } => "a resend is not marked as one",
        _ => "a step of the sender that has the batch is illegal",
    }
}
