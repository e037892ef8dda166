//! The journal of bulk sends: what must be on the disk before what is on the wire, so that after a crash
//! every item is accounted for, once.
//!
//! Nothing here sends. It is the half of a sender that must not fail: plain files, no clock, no threads, no
//! async.
//!
//! | what | for |
//! |---|---|
//! | [`Record`] | one step of a bulk send; it names items by their [`ItemKey`] and never holds their data |
//! | [`Journal`] | where records are kept: [`FileJournal`], [`MemoryJournal`], or the caller's own |
//! | [`JournalState`] | what the records add up to, and what is to be done next: [`Resume`] |
//! | [`Ledger`] | a journal and its state, which a sender holds |
//! | [`Report`] | the final account: each item once |
//! | [`JournalSnapshot`] | a journal file to look at, while a sender has it or not |
//! | [`SharedJournal`] | a journal that many senders write at the same time: [`SharedBatch`] is its protocol |
//!
//! # The protocol
//!
//! A service that takes a batch answers with a request id and works on it later. It may know an item that it
//! has by its key, and then ignores it "with an error". It gives no list of what it has. So two things can't
//! be asked for later: whether a batch was received, and under which id. These rules keep both. A record
//! counts as written when [`Ledger::record`] returns; on an error, what follows it must not be done.
//!
//! | # | first | then |
//! |---|---|---|
//! | 1 | [`Planned`](Record::Planned) is written | the batch may be sent |
//! | 2 | [`Sending`](Record::Sending), with the correlation id, is written | the first byte of the request may go out; the connection may be open before |
//! | 3 | the attempt ends | [`NotReceived`](Record::NotReceived), [`Refused`](Record::Refused), [`Accepted`](Record::Accepted) or [`Unclear`](Record::Unclear) is written, at once |
//! | 4 | the end of an attempt is written | the next attempt begins with rule 2 |
//! | 5 | [`Unclear`](Record::Unclear) is written | the batch may be sent again, but its record is [`Resending`](Record::Resending), and so is that of any later attempt |
//! | 6 | [`Accepted`](Record::Accepted), with the request id, is written | the batch may be polled, and reported to the caller as accepted |
//! | 7 | the service says that it is done | [`Finished`](Record::Finished) is written, and then it is reported to the caller |
//! | 8 | items are refused by name | the others are [`Planned`](Record::Planned) as a batch that replaces this one; `replaces` carries over what is unclear |
//! | 9 | [`SetAside`](Record::SetAside) is written, at any time before the run ends | the run may end |
//!
//! Why this is enough. A crash comes between two rows:
//!
//! * Before `Sending` is on the disk, nothing is on the wire: the batch is as safe to send as before.
//! * After it, and before the end of the attempt is on the disk, the service may have the batch. Only the
//!   time between the response and rule 3 is lost, and it is lost to the careful side: an accepted batch
//!   looks unclear. It can be sent again, with the mark, or looked for with the correlation id, which is on
//!   the disk. What an investigation finds may be written as the late end of the attempt.
//! * After `Accepted` the id is safe, and asking twice does no harm.
//! * An item whose batch was not planned is not in the journal: the caller brings it again.
//! * `SetAside` may be lost: the validator says the same the next time.
//!
//! What counts as surely not received: the name was not found, the connection was refused or its TLS failed,
//! or a pooled connection was closed before any byte of the request was written. A response that says that
//! nothing was taken (4xx) is `Refused`. Everything else is `Unclear`: a timeout, a reset after the first
//! byte, a response that can't be read, and 5xx, unless the service promises that a status means that nothing
//! was taken. So is a success that the definition does not describe, such as the page of a proxy, or one
//! whose request id can't be read. The transport must not repeat a request or follow a redirect by itself:
//! that would be a resend without a record.
//!
//! The mark of a resend matters at the end. The second of two requests that were both received ends with
//! errors for items that are well and truly there. So a batch that was sent twice and ends with errors is
//! reported as [sent twice](Report::sent_twice), not as failed; if it ends without errors, everything in it
//! was processed, and it is accepted.
//!
//! # After a crash
//!
//! 1. [`Ledger::open`] reads the journal; [`FileJournal::torn`] returns a write that was cut short.
//! 2. [`Ledger::end_interrupted`] records which attempts are unclear now. Nothing is sent before that.
//! 3. [`JournalState::resume`] says what to do with each batch: send, send again marked or
//!    [close](Record::Closed) by the caller's choice, plan again, or poll.
//! 4. The caller brings its items again, and [`JournalState::item_state`] says of each whether the journal
//!    knows it. What it does not know is planned. The body of a batch is made anew; where [`BatchPlan::body`]
//!    differs, the items have changed since, and the batch is planned again in place of the old one.
//! 5. [`Ledger::items`] is the account of the journal's whole life, and [`Ledger::compact`] makes the file
//!    short again.
//!
//! # Items that are settled
//!
//! Once a batch is over, all that a sender needs of its items is not to send them again. When a journal is
//! opened, the state keeps keyed hashes of them and drops the rest; a compaction does the same in the file.
//! The key of the hashes is drawn when the journal begins. Items that have no key of their own, or one that
//! must not be recorded, are known by such a hash of their text, within the input that they came from.
//!
//! # Example
//!
//! ```
//! use specwright_runtime::journal::{
//!     Acceptance, AttemptRecord, BatchOutcome, BatchPlan, BodyDigest, ItemKey, Ledger, MemoryJournal,
//!     Record,
//! };
//!
//! let journal = MemoryJournal::new();
//! let mut ledger = Ledger::open(journal.clone())?;
//! let batch = ledger.state().next_batch();
//! ledger.record(Record::Planned(BatchPlan {
//!     batch,
//!     operation: "createPets".to_owned(),
//!     target: "shop-1".to_owned(),
//!     keys: vec![ItemKey::verbatim("rex"), ItemKey::verbatim("tom")],
//!     body: BodyDigest::of(b"[...]"),
//!     replaces: None,
//! }))?;
//! let correlation_id = Some("5f0c".to_owned());
//! ledger.record(Record::Sending(AttemptRecord { batch, attempt: 1, correlation_id, at: None }))?;
//! drop(ledger); // A crash, with the request on its way.
//!
//! let mut ledger = Ledger::open(journal)?;
//! assert_eq!(ledger.end_interrupted()?, [batch]);
//! assert_eq!(ledger.state().resume().unclear.len(), 1);
//! assert_eq!(
//!     ledger.report()?.to_string(),
//!     "2 items: 2 sent once, unclear\n  sent once, unclear: rex, tom"
//! );
//!
//! // The caller sends it again, and the service ends with errors: it may have had the items already.
//! ledger.record(Record::Resending(AttemptRecord { batch, attempt: 2, correlation_id: None, at: None }))?;
//! let request_id = Some("17".to_owned());
//! ledger.record(Record::Accepted(Acceptance { batch, attempt: 2, request_id, correlation_id: None }))?;
//! let status = "COMPLETED_WITH_ERRORS".to_owned();
//! ledger.record(Record::Finished { batch, status, outcome: BatchOutcome::WithErrors })?;
//! assert_eq!(ledger.report()?.sent_twice.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is not promised
//!
//! A disk that loses what it reported as synced, and two journals for the same items: the journal is the only
//! memory. If it is lost, everything that was not finished is unclear.

mod digest;
mod error;
mod fate;
mod file;
mod frame;
mod hash;
mod illegal_record;
mod key;
mod ledger;
mod memory;
mod record;
mod report;
mod scan;
mod shared;
mod state;
#[cfg(test)]
mod tests;

pub use digest::BodyDigest;
pub use error::{Damage, JournalError, RecordError, RecordPosition, TornWrite};
pub use fate::Fate;
pub use file::{DamagedLine, Durability, Examination, ExaminedLine, FileJournal, JournalSnapshot};
pub use hash::{HashKey, ItemHashes};
pub use illegal_record::IllegalRecord;
pub use key::ItemKey;
pub(crate) use key::is_fit;
pub use ledger::Ledger;
pub use memory::MemoryJournal;
pub use record::{
    Acceptance, AttemptRecord, BatchId, BatchOutcome, BatchPlan, Record, Refusal, RefusedItem, SetAside,
    Settled,
};
pub(crate) use report::name;
pub use report::{Report, ReportItem};
pub use shared::{
    BatchClaim, Claimed, Lease, ReportOf, ReportStream, RunId, RunScope, RunStart, SetAsideFrom, SharedBatch,
    SharedJournal, Standing, StepError, TakeOver,
};
pub use state::{Batch, BatchParts, BatchPhase, ItemState, JournalState, NextStep, Resume};

/// Stores records, in order.
///
/// One writer at a time: an implementation keeps a second one out, or two senders would send the same items.
pub trait Journal: Send {
    /// Adds a record, and returns when it will still be there after a crash.
    ///
    /// # Errors
    ///
    /// After an error the record may be there or not, whole or not. Every further call must fail with
    /// [`JournalError::Poisoned`] until the journal is opened again, which finds out.
    fn append(&mut self, record: &Record) -> Result<(), JournalError>;

    /// Hands all records to `visit`, from the first to the last. It ends with the first that is illegal.
    ///
    /// # Errors
    ///
    /// The records can't be read, or [`JournalError::Illegal`].
    fn replay(
        &mut self,
        visit: &mut dyn FnMut(Record) -> Result<(), IllegalRecord>,
    ) -> Result<(), JournalError>;

    /// Drops the records that `keep` does not want and adds `more`, at one stroke: a crash leaves all or none
    /// of it.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    fn retain(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError>;

    /// Returns whether calls may keep their thread waiting, for a disk or a network. A bulk run makes them on
    /// a thread of its own then. `true` where an implementation does not say otherwise.
    fn blocks(&self) -> bool {
        true
    }
}

impl<J: Journal + ?Sized> Journal for Box<J> {
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.as_mut().append(record)
    }

    fn replay(
        &mut self,
        visit: &mut dyn FnMut(Record) -> Result<(), IllegalRecord>,
    ) -> Result<(), JournalError> {
        self.as_mut().replay(visit)
    }

    fn retain(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        self.as_mut().retain(keep, more)
    }

    fn blocks(&self) -> bool {
        self.as_ref().blocks()
    }
}
