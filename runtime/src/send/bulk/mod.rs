//! Items of any number, for an operation that takes a list of so many at a time.
//!
//! The definition says which operations those are ([`operation::Bulk`](crate::send::operation::Bulk)); their
//! generated builders have a method `bulk`. It gives a [`Bulk`], which takes an iterator or a stream, and a
//! [`BulkRun`] says in the end what became of each item.
//!
#![cfg_attr(feature = "testing", doc = "```")]
#![cfg_attr(not(feature = "testing"), doc = "```ignore")]
//! # use std::borrow::Cow;
//! # use serde::Serialize;
//! # use specwright_runtime::{Code, Validate, operation::{self, Location, Operation, Parameter, Repeatable, Server}};
//! # use specwright_runtime::client::{Builder, Call, Client, Service, Style, testing::{InstantClock, Replay, Reply}};
//! # use specwright_runtime::client::bulk::{Bulk, BulkRequest};
//! # use specwright_runtime::journal::MemoryJournal;
//! # use specwright_runtime::validate::{Array, Definition, Field, Object, Schema, Text};
//! # static SERVICE: Service = Service::new("pets", "1.0.0").servers(&[Server::new("https://example.com", "", &[])]);
//! # static STATUS: Operation = Operation::new("getRequest", "GET", "/requests/{id}")
//! #     .parameters(&[Parameter::new("id", Location::Path, true)])
//! #     .repeatable(Repeatable::Always)
//! #     .poll(operation::Poll::new("status").success(&["DONE"]));
//! # static CREATE: Operation = Operation::new("createPets", "POST", "/pets")
//! #     .repeatable(Repeatable::ByKey)
//! #     .bulk(operation::Bulk::new("pets", "id").max_items(1000).request_id("requestId").status(&STATUS, "id"));
//! # static SIZE: Code = Code::error("invalidSize", "Between {min} and {max}");
//! # static NAME: Schema = Schema::text(Text::new().min_length(1, &SIZE).max_length(5, &SIZE));
//! # static PET: Schema = Schema::object(Object::new(&[Field::new("name", &NAME)]));
//! # static PETS: Schema = Schema::array(Array::new().items(&PET));
//! # static LIST: Schema = Schema::object(Object::new(&[Field::new("pets", &PETS)]));
//! # static DEFINITION: Definition = Definition::new();
//! # #[derive(Serialize)]
//! # struct PetList;
//! # impl Validate for PetList {
//! #     const SCHEMA: &'static Schema = &LIST;
//! #     const DEFINITION: &'static Definition = &DEFINITION;
//! # }
//! # #[derive(Serialize)]
//! # struct Pet { id: String, name: String }
//! # struct CreatePets { call: Call }
//! # impl BulkRequest for CreatePets {
//! #     type Body = PetList;
//! #     type Item = Pet;
//! #     fn call(&self) -> &Call { &self.call }
//! #     fn key(item: &Pet) -> Option<Cow<'_, str>> { Some(item.id.as_str().into()) }
//! # }
//! # impl CreatePets {
//! #     fn bulk(self) -> Bulk<Self> { Bulk::new(self) }
//! # }
//! # let replay = Replay::new()
//! #     .then(Reply::json(202, r#"{"requestId": "r-1"}"#))
//! #     .then(Reply::json(200, r#"{"status": "WORKING"}"#))
//! #     .then(Reply::json(200, r#"{"status": "DONE"}"#));
//! # let client: Client = Builder::new(&SERVICE).transport(replay).clock(InstantClock::new()).build()?;
//! # let create_pets = || CreatePets { call: Call::new(&client, &CREATE) };
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! let journal = MemoryJournal::new(); // Or `FileJournal::open(path)?`, which outlives a crash.
//! let items = ["rex", "tom", "a name that is too long"]
//!     .map(|name| Pet { id: name[..3].trim().to_owned(), name: name.to_owned() });
//! let run = create_pets().bulk().journal(journal.clone()).send_all(items).await?;
//! assert_eq!(
//!     run.to_string(),
//!     "3 items: 2 accepted, 1 rejected by the validator\n  rejected by the validator: a n (invalidSize)"
//! );
//! assert_eq!(run.faults[0].to_string(), "a n: invalidSize at name");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | | by default |
//! |---|---|
//! | a request | as many items as the definition allows, in 4 MiB; each item is sent byte for byte as it was offered or serialised |
//! | [`Bulk::concurrency`] | 4 requests; one more batch is filled meanwhile, and no more items are held |
//! | [`Bulk::on_invalid`] | every batch is validated as the list that it is sent as; bad items are set aside, with their violations, and the batch is sent that much shorter |
//! | a second item with the key of another | set aside, unless the first one was bad |
//! | an item without a key, or with one that looks like a card number | known by a keyed hash of its text: [`Bulk::input`] |
//! | an answer that the definition does not describe as a success, or without its request id | the batch is unclear: a proxy may have answered, or the service |
//! | items that the service refuses by name | the others of their batch are planned anew and sent again, once: [`Bulk::rounds`] |
//! | 413 | the batch is sent in two parts; an item that is too large by itself is rejected |
//! | 429 and 503 | all requests of the run wait for as long as the service asks for |
//! | 401, 403, 404, 405, 410, 415, no token, no secure connection | the run stops, for the service would refuse the rest too; what was refused is not sent, with the reason |
//! | a batch that is not taken for any other reason | the run goes on, and stops after three in a row: [`Bulk::give_up_after`] |
//! | [`Bulk::on_unclear`] | what may have been received is sent again where the definition says that items are known by their keys, and otherwise left |
//! | an accepted batch | waited for, if the definition says how to ask: [`Bulk::without_waiting`], [`Bulk::pace`], [`Bulk::deadline`] |
//! | [`Bulk::journal`] | in memory |
//!
//! Attempts of a request are repeated by the policy and the budget of the client or the call; the call's
//! other options hold for each request too. A correlation id that the caller sets is that of every request:
//! leave it unset.
//!
//! # Items as JSON texts
//!
//! [`Bulk::send_all_json`] takes texts instead of values. They are validated as they stand, so that a member
//! which the definition does not name is sent, with a warning, where a type would have dropped it. A text
//! that is no JSON is set aside.
//!
//! # What is on the disk when
//!
//! The run keeps the protocol of the [`journal`](crate::send::journal): a batch is planned before it is sent, each
//! attempt is written down before its first byte and after its end, and an acceptance before anybody is told.
//! If the journal fails, nothing more is sent.
//!
//! A journal that [blocks](crate::send::journal::Journal::blocks) is read and written on a thread of its own, so
//! that no thread of an executor waits for a disk.
//!
//! # After a crash
//!
//! A run with a journal that has records in it goes on where the last one ended, however it ended: killed,
//! dropped, or with a [`BulkError`]. Bring the same items again. What is settled is not sent a second time;
//! batches that were accepted are asked about; those that may have been received are sent again, with the
//! mark, or left; the rest is sent, and so are batches that were refused as a whole, for the cause may be
//! gone. Items may come in another order. One that was set aside may be corrected; one that the service
//! refused by name stays refused, for nothing here can know whether it is another one now: send it with a new
//! journal.
//!
//! Bodies are made anew from the items. If they are not what was planned, to the byte, the batch is planned
//! anew in place of the old one. [`Bulk::resume`] asks about accepted batches without items.
//!
//! # The account
//!
//! [`BulkRun::report`] has every item that this run read in exactly one list, whatever other inputs went
//! through the same journal. [`BulkRun::faults`] has the violations of those that were refused, with data
//! paths that begin in the item: `type`, where the service said `transactions[17].type`. A run that ends
//! early has the same inside its error; what was read and not sent is [not
//! sent](crate::send::journal::Report::not_sent), and [`BulkRun::unread`] counts what was not read.
//!
//! No output, log or record holds an item's data. Keys are in all of them, unless they look like a secret:
//! [`Key::of`](crate::send::journal::Key::of).
//!
//! # Memory
//!
//! Bodies are held for as long as their requests take. What stays for each item is its key and, in the end, a
//! line of the report. Each fault has its violations; if most items are bad, that is what takes the memory.
//! Items that earlier runs finished take under 40 bytes each. A resumed run holds the bytes of items whose
//! batches are still to be sent and not yet complete: few, if the items come in the old order.

mod account;
mod attempt;
mod batch;
mod builder;
mod drive;
mod error;
mod fault;
mod intake;
mod item;
mod options;
mod pause;
mod progress;
mod reclaim;
mod refusal;
mod run;
mod screen;
mod send;
mod sender;
mod status;
#[cfg(test)]
mod tests;
mod writer;

use std::borrow::Cow;

use serde::Serialize;

pub use builder::Bulk;
pub use error::{BulkError, BulkProblem};
pub use fault::{ItemFault, RefusedBy};
pub use item::JsonItem;
pub use options::{OnInvalid, OnUnclear};
pub use progress::Progress;
pub use run::{BulkRun, Trouble};

use crate::{
    send::client::{Call, Received, read::Unreadable},
    validate::Validate,
};

/// A request that takes a list of items. Generated builders implement it.
pub trait BulkRequest: Send + Sync {
    /// The whole request body: a request is held to its schema.
    type Body: Validate;

    /// One item of the list.
    type Item: Serialize + Send;

    /// Everything but the body: path, headers, options.
    fn call(&self) -> &Call;

    /// What the service knows an item by, if it has it.
    fn key(item: &Self::Item) -> Option<Cow<'_, str>>;

    /// Returns an error if the body of an answer is not what the definition describes for a success. The
    /// status is one that the definition declares.
    ///
    /// # Errors
    ///
    /// The body can't be read as its type.
    fn check_success(answer: &Received) -> Result<(), Unreadable> {
        let _ = answer;
        Ok(())
    }
}
