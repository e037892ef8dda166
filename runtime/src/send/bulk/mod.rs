//! Sends any number of items with an operation that takes a limited number at a time.
//!
//! The definition says which operations those are
//! ([`operation::BulkDescription`](crate::send::operation::BulkDescription)). Their generated builders have a
//! method `bulk`, which returns a [`Bulk`]. It takes an iterator or a stream, and returns a [`BulkRun`] with
//! the state of each item.
//!
#![cfg_attr(feature = "testing", doc = "```")]
#![cfg_attr(not(feature = "testing"), doc = "```ignore")]
//! # use std::borrow::Cow;
//! # use serde::Serialize;
//! # use specwright_runtime::operation::{self, Location, Operation, Parameter, Repeatable, Server};
//! # use specwright_runtime::{Code, Validate};
//! # use specwright_runtime::client::testing::{InstantClock, Replay, Reply};
//! # use specwright_runtime::client::{Builder, Call, Client, Service, Style};
//! # use specwright_runtime::bulk::{Bulk, BulkRequest};
//! # use specwright_runtime::journal::MemoryJournal;
//! # use specwright_runtime::validate::{Array, Definition, Field, Object, Schema, Text};
//! # static SERVICE: Service =
//! #     Service::new("pets", "1.0.0").servers(&[Server::new("https://example.com", "", &[])]);
//! # static STATUS: Operation = Operation::new("getRequest", "GET", "/requests/{id}")
//! #     .parameters(&[Parameter::new("id", Location::Path, true)])
//! #     .repeatable(Repeatable::Always)
//! #     .poll(operation::PollDescription::new("status").success(&["DONE"]));
//! # static CREATE: Operation = Operation::new("createPets", "POST", "/pets")
//! #     .repeatable(Repeatable::ByKey)
//! #     .bulk(operation::BulkDescription::new("pets", "id")
//! #         .max_items(1000)
//! #         .request_id("requestId")
//! #         .status(&STATUS, "id"));
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
//! | | default |
//! |---|---|
//! | a request | as many items as the definition allows, in 4 MiB; each item is sent byte for byte as it was passed or serialised |
//! | [`Bulk::concurrency`] | 4 requests; one more batch is filled meanwhile, and no further items are held |
//! | [`Bulk::on_invalid`] | each batch is validated as the list that it is sent as; invalid items are set aside with their violations, and the others are sent |
//! | a second item with the key of another | set aside, unless the first one is invalid |
//! | an item without a key, or with one that looks like a card number | identified by a keyed hash of its text: [`Bulk::input`] |
//! | a response that the definition does not describe as a success, or without its request id | the batch is unclear: a proxy may have responded, or the service |
//! | items that the service refuses by name | the others of their batch are planned again and sent, once: [`Bulk::rounds`] |
//! | 413 | the batch is sent in two parts; an item that is too large by itself is rejected |
//! | 429 and 503 | all requests of the run wait for as long as the service asks for |
//! | 401, 403, 404, 405, 410, 415, no token, no secure connection | the run stops, because the service would refuse the rest too; what was refused is not sent, with the reason |
//! | a batch that is not accepted for any other reason | the run continues, and stops after three in a row: [`Bulk::give_up_after`] |
//! | [`Bulk::on_unclear`] | what may have been received is sent again if the definition says that the service recognises items by their keys, and is left otherwise |
//! | an accepted batch | polled until it is finished, if the definition says how: [`Bulk::without_waiting`], [`Bulk::poll_backoff`], [`Bulk::deadline`] |
//! | [`Bulk::journal`] | in memory |
//! | [`Bulk::wait_for_others`] | three leases of a shared journal |
//! | [`Bulk::stop_when`] | never: the run ends when everything is sent and finished |
//!
//! Attempts of a request are retried by the policy and the budget of the client or the call. The other
//! options of the call apply to each request too. A correlation id that the caller sets is used for every
//! request: leave it unset.
//!
//! # Items as JSON texts
//!
//! [`Bulk::send_all_json`] takes texts instead of values. They are validated as they are, so that a member
//! which the definition does not name is sent, with a warning, where a type would have dropped it. A text
//! that is not JSON is set aside.
//!
//! # What is recorded when
//!
//! The run follows the protocol of the [`journal`](crate::send::journal): a batch is planned before it is
//! sent, each attempt is recorded before its first byte and after its end, and an acceptance before it is
//! reported. If the journal fails, nothing more is sent.
//!
//! A journal that [blocks](crate::send::journal::Journal::blocks) is read and written on a thread of its own,
//! so that no thread of an executor waits for a disk.
//!
//! # After a crash
//!
//! A run with a journal that has records continues where the last one ended, however it ended: killed,
//! dropped, or with a [`BulkError`]. Pass the same items again. Settled items are not sent a second time, and
//! accepted batches are polled. Batches that may have been received are sent again, marked as resends, or
//! left. The rest is sent, including batches that were refused as a whole, because the cause may be gone.
//! Items may come in another order. An item that was set aside may be corrected. One that the service refused
//! by name stays rejected, because the run can't know whether it has changed: send it with a new journal.
//!
//! Bodies are made again from the items. If one is not what was planned, to the byte, the batch is planned
//! again in place of the old one. [`Bulk::resume`] polls accepted batches without items.
//!
//! # Several senders
//!
//! With [`Bulk::shared_journal`], any number of runs on any number of hosts write one
//! [shared journal](crate::send::journal::SharedJournal). An item that another sender has is not sent, and
//! reported as it stands there. A run takes over the batches of its operation and target whose sender has
//! gone: what was accepted is polled, and what may have been received is sent again, marked, once its items
//! come. At its end it waits for items that others still have
//! ([`Bulk::wait_for_others`]), and finishes what they leave. While the journal is away nothing new is sent.
//! What the run reports is what the journal has.
//!
//! The items that others have are kept until they are settled there, with texts of up to 64 MiB in all, and
//! their keys; while there are more of them, no more are read.
//!
//! # The result
//!
//! [`BulkRun::report`] has every item that this run read in exactly one list, whatever other inputs were sent
//! with the same journal. [`BulkRun::faults`] has the violations of rejected items, with data paths that
//! begin in the item: `type`, where the service said `transactions[17].type`. The error of a run that ends
//! early contains the same; what was read and not sent is [not sent](crate::send::journal::Report::not_sent),
//! and [`BulkRun::unread`] counts what was not read.
//!
//! No output, log or record contains an item's data. Keys are in all of them, unless they look like a secret:
//! [`ItemKey::of`](crate::send::journal::ItemKey::of).
//!
//! # Memory
//!
//! Bodies are held for as long as their requests take. What remains of each item is its key and, in the end,
//! a line of the report. Each fault has its violations; if most items are invalid, they take most of the
//! memory. Items that earlier runs finished take under 40 bytes each. A resumed run holds the bytes of items
//! whose batches are still to be sent and not yet complete: few, if the items come in the old order.

mod attempt;
mod batch;
mod batcher;
mod builder;
mod drive;
mod elsewhere;
mod error;
mod failure;
mod fault;
mod input;
mod items;
mod options;
mod pause;
mod plan;
mod polling;
mod progress;
mod request;
mod resume;
mod run;
mod run_journal;
mod send;
mod sender;
mod shared_run;
mod template;
#[cfg(test)]
mod tests;
mod writer;

pub use builder::Bulk;
pub use error::{BulkError, BulkProblem};
pub use fault::{ItemFault, RefusedBy};
pub use input::JsonItem;
pub use options::{OnInvalid, OnUnclear};
pub use progress::BulkProgress;
pub use request::BulkRequest;
pub use run::{BatchError, BulkRun};
