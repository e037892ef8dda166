//! What the front page says of every crate, or of every one that has the part.

pub(super) const PLAIN_MODELS_ROW: &str = "| [`models`] | | the types of the schemas |";

pub(super) const MODELS_ROW: &str =
    "| [`models`] | | the types of the schemas, and in [`models::builders`] their builders |";
pub(super) const OPERATIONS_ROW: &str =
    "| [`operations`] | | a constant for each operation: method, path, parameters, statuses, scopes |";
pub(super) const VALIDATORS_ROW: &str =
    "| [`validators`] | `validators` | the rules of the definition, and the error codes of the service |";
pub(super) const CLIENT_ROW: &str =
    "| [`client`] | `client` | the client, with a method for each operation |";
pub(super) const OAUTH2_ROW: &str =
    "| [`oauth2`] | `client` | tokens by OAuth 2.0: obtained, refreshed and stored |";
pub(super) const BULK_ROW: &str =
    "| [`bulk`], [`journal`] | `client` | any number of items, and a record of what was sent |";
pub(super) const POLL_ROW: &str =
    "| [`poll`] | `client` | requests that are repeated until a state is final |";
pub(super) const CLIENT_ROWS: &str = "
| [`retry`] | `client` | policies and budgets of retries |
| [`transport`] | `client` | the transport as a trait; with `reqwest` the default transport |
| [`blocking`] | `blocking` | calls without an async runtime |
| [`testing`] | `testing` | scripted responses, and a clock that does not wait |
";
pub(super) const SERVER_ROW: &str =
    "| [`server`] | `server` | a trait with a method for each operation, and an axum router |";
pub(super) const RUNTIME_ROW: &str = "| [`runtime`] | | everything that these modules are built on |";

pub(super) const FEATURES: &str = "
The default features are `reqwest`, the transport, which enables `client` and `validators`, and
`aws-lc-rs`, its cryptography; `ring` is the alternative. The client alone builds for the browser too.
Without any feature there are models and operations, which need serde and little else.
";

pub(super) const MODELS: &str = "
- Builders report every required member that is missing. One that has a single value is set to it.
- Numbers without a binary format are exact decimals, written digit for digit as they were read. A
  number that no exact decimal holds is an error and never rounded.
- Enums are open: a value that the definition does not list is kept, and written back as it was.
- An absent member stays absent. A member that is `null` is read as absent unless the definition says
  `nullable`; then the two differ.
- `Debug` shows `[redacted]` in place of members that the definition marks as sensitive.
- `serde_json` reads and writes every digit. Other formats of serde are read with the digits that they
  keep; a number that may have lost some is an error.
";

pub(super) const VALIDATION: &str = "
The trait [`Validate`] has three methods: `T::validate_json(bytes)` returns every violation of a body,
with offset, line and column; `T::decode_json(bytes)` returns the value, or the violations;
`value.validate()` writes the value as JSON first, which takes about 10 µs an item. Violations come in
the order of the document. [`Validation`] changes severities by code and reads streams of any size.
";

pub(super) const TABLES: &str = "
`Validation::new().body(&SCHEMA, &DEFINITION, bytes)` returns every violation of a body, with offset,
line and column, in the order of the document. [`Validation`] changes severities by code and reads
streams of any size.
";

pub(super) const RULES: &str = "
- A violation has the service's own code and message where the definition names one. All other codes
  begin with `x-`.
{null}
- A member that the definition does not describe is a warning. So is a name that occurs twice; the last
  one counts.
- Lengths are counted in Unicode scalar values.
- Countries are those of ISO 3166-1 as of January 2026, currencies those of ISO 4217 as of 1 January
  2026.
- No violation shows the value.
";

pub(super) const NULL: &str = "\
- A member that is `null` has the wrong type, unless the definition says `nullable`.";

pub(super) const NULL_IS_ABSENT: &str = "\
- A member that is `null` counts as absent, so that a required one is missing, unless the definition says
  `nullable`.";

pub(super) const CALLS: &str = "
- Each operation has a method. What the definition requires is an argument of it, anything else a setter
  of the call that it returns. A body that is JSON text already, or of another media type, has a method
  of its own.
- Parameters and bodies are validated before they are sent. A violation is an error, and nothing is
  sent. The client and each call can change severities, or skip the validation.
- A success is a response whose status and body the definition describes as one. Any other, such as the
  page of a proxy, is an error; the operation may have been done nevertheless.
- Each operation has an enum of failures by status. {client::Error} has what all of them share: whether
  it was a timeout, whether the service may have received the request, and whether it is safe to send it
  again.
- No error, log line or `Debug` output shows a token or a body.
";

pub(super) const TOKENS: &str = "
The client asks a {client::TokenSource} before each attempt. {client::Token} is a token that does not
change.
";

pub(super) const OAUTH2: &str = "
{client::OAuth2} obtains tokens with the grant of its constructor, refreshes them before they
expire, and stores them for the next process:
";

pub(super) const BULK: &str = "
[`bulk::Bulk`] splits any number of items into requests, and its report has each item once. With a
[`journal::FileJournal`], an interrupted run continues where it ended; the journal holds keys and never
the data of items. [`bulk::Bulk::request`] sets what every request is sent with.
";

pub(super) const POLLING: &str = "
The calls of {methods} have a method `poll`. It returns a [`poll::Poller`]: a future of the final state,
and a stream of all states until then.
";

pub(super) const RETRIES: &str = "
A call is repeated only where that does no harm: the definition says so, or the request was certainly
not received. An attempt ends after 60 seconds. The `timeout` of one attempt, the `deadline` of a call
with all attempts, and the [`retry::Policy`] can be set for the client, with {client::Builder}, and for
each call.
";

pub(super) const TESTING: &str = "
With the feature `testing`, a client gets scripted responses and waits for nothing:
";

pub(super) const SERVER: &str = "
[`server::Api`] has an async method for each operation, which gets a typed request and returns one of the
documented responses. [`server::router`] returns an axum router of what implements it, which can be nested,
layered and merged as any other.

- Parameters and bodies are validated before a method sees them, also the parts of `multipart/form-data`;
  if that body is a choice between several schemas, only that the required ones are there. Violations are
  answered in the form of the service's error body, or else as problem details (RFC 9457) with a member
  `violations`.
- Unknown paths and methods, media types that are not declared, bodies that are too large, and missing or
  wrong credentials are answered without a method being called.
- In debug builds a response that the definition does not allow is a 500 that says why. The limits of
  headers, and of bodies that are texts, numbers, lists or maps themselves, are left out of that.
";
