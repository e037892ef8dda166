//! What a user reads first: the front page of the documentation, and the README, which has the same sections.

mod groups;

use super::client::reexports;
use super::example;
use crate::rust::{ClientMethod, Crate, Groups, Item, OperationDef, TokenGrant};
use crate::settings::Part;

/// The sections, as lines of documentation in `src/lib.rs`.
pub(super) fn sections(krate: &Crate, parts: &[Part]) -> Vec<String> {
    let has = |part| parts.contains(&part);
    let mut page = Page { krate, lines: Vec::new() };
    page.example(has(Part::Models), has(Part::Client));
    page.modules(parts);
    page.groups();
    if has(Part::Models) {
        page.section("Models", MODELS);
        page.missing_members();
    }
    if has(Part::Validators) {
        // The methods belong to the types of the models.
        page.section("Validation", if has(Part::Models) { VALIDATION } else { TABLES });
        let null_is_absent = krate.validators.definition.null_is_absent;
        page.text(&RULES.replace("{null}", if null_is_absent { NULL_IS_ABSENT } else { NULL }));
    }
    if has(Part::Client) {
        page.section("Calls", CALLS);
        page.tokens();
        page.bulk();
        page.polling();
        page.section("Retries and timeouts", RETRIES);
        page.section("Testing", TESTING);
        page.replay();
    }
    if has(Part::Server) {
        page.section("Server", SERVER);
    }
    page.lines
}

/// The same sections for a README: without links, hidden lines and names of tests.
pub(super) fn for_readme(lines: &[String]) -> Vec<String> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in lines {
        if line.starts_with("```") {
            in_code = !in_code;
            found.push(if in_code { "```rust" } else { "```" }.to_owned());
        } else if in_code {
            // Lines that rustdoc hides are left out.
            found.extend((!line.starts_with("# ") && line != "#").then(|| line.clone()));
        } else if line.starts_with("# ") {
            found.push(format!("#{line}"));
        } else {
            found.push(without_links(line));
        }
    }
    found
}

/// Drops the brackets and the target of every link.
fn without_links(line: &str) -> String {
    let mut parts = line.split("[`");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("`]").unwrap_or((part, ""));
        let target = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        text.extend(["`", name, "`", target.map_or(rest, |(_, rest)| rest)]);
    }
    text
}

/// The methods of the client, each with its operation.
fn methods(krate: &Crate) -> impl Iterator<Item = (&ClientMethod, &OperationDef)> {
    krate.client.methods.iter().map(|method| (method, &krate.operations.operations[method.operation]))
}

/// Breaks paragraphs and items of lists into lines of at most 100 characters.
fn wrapped(text: &str) -> Vec<String> {
    let (mut lines, mut indent) = (Vec::<String>::new(), "");
    for line in text.trim().lines().map(str::trim) {
        if line.is_empty() || line.starts_with(['|', '#']) {
            lines.push(line.to_owned());
            continue;
        }
        let starts = line.starts_with("- ") || lines.last().is_none_or(String::is_empty);
        if starts {
            indent = if line.starts_with("- ") { "  " } else { "" };
        }
        for (index, word) in line.split(' ').enumerate() {
            match lines.last_mut() {
                Some(last) if !(starts && index == 0) && last.len() + word.len() < 100 => {
                    last.push(' ');
                    last.push_str(word);
                }
                _ if starts && index == 0 => lines.push(word.to_owned()),
                _ => lines.push(format!("{indent}{word}")),
            }
        }
    }
    lines
}

struct Page<'a> {
    krate: &'a Crate,
    lines: Vec<String>,
}

impl Page<'_> {
    /// Adds a paragraph or a list. `{client::Name}` links to a type that the client's module re-exports.
    fn text(&mut self, text: &str) {
        let mut text = text.replace("{library}", &example::library_name(&self.krate.package.name));
        for name in reexports::NAMES {
            let path = reexports::path(self.krate, name);
            text = text.replace(&format!("{{client::{name}}}"), &format!("[`{name}`]({path})"));
        }
        self.lines.push(String::new());
        if text.contains("```") {
            self.lines.extend(text.lines().map(str::to_owned));
        } else {
            self.lines.extend(wrapped(&text));
        }
    }

    fn section(&mut self, heading: &str, text: &str) {
        self.text(&format!("# {heading}"));
        self.text(text);
    }

    /// Adds an example that is compiled and not run, with the feature that it needs.
    fn code(&mut self, feature: &str, signature: &str, lines: &[String]) {
        let mut gate = format!("feature = \"{feature}\"");
        if self.has_groups() {
            gate = format!("all({gate}, feature = \"{}\")", Groups::ALL);
        }
        let hidden = format!(
            "```no_run\n# #[cfg({gate})]\n\
             # {signature}\n# -> Result<(), Box<dyn std::error::Error>> {{"
        );
        self.text(&hidden);
        self.lines.extend(lines.iter().cloned());
        self.lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    }

    fn example(&mut self, with_models: bool, with_client: bool) {
        if let Some(call) = self.krate.client.example.as_ref().filter(|_| with_client) {
            self.text("# Example");
            self.code("client", "async fn example()", &example::call(self.krate, call));
        } else if let Some(body) = self.krate.example.as_ref().filter(|_| with_models) {
            self.text("# Example\n\n```");
            let lines = example::body(&self.krate.package.name, body.ty.as_str(), &body.json);
            self.lines.extend(self.with_all_groups(lines, " -> Result<(), serde_json::Error>", " Ok(()) "));
            self.lines.push("```".to_owned());
        }
    }

    fn modules(&mut self, parts: &[Part]) {
        self.text("# Modules and features\n\n| module | feature | contents |\n|---|---|---|");
        let operations = &self.krate.operations.operations;
        let with_client = parts.contains(&Part::Client);
        let with_models = parts.contains(&Part::Models);
        let mut items = self.krate.models.items.iter();
        let has_builders = items.any(|item| matches!(item, Item::Struct(item) if item.builder.is_some()));
        let rows = [
            (with_models && has_builders, MODELS_ROW),
            (with_models && !has_builders, PLAIN_MODELS_ROW),
            (parts.contains(&Part::Operations), OPERATIONS_ROW),
            (parts.contains(&Part::Validators), VALIDATORS_ROW),
            (with_client, CLIENT_ROW),
            (with_client && !self.krate.client.token_services.is_empty(), OAUTH2_ROW),
            (with_client && operations.iter().any(OperationDef::splits_bulk), BULK_ROW),
            (with_client && operations.iter().any(|operation| operation.poll.is_some()), POLL_ROW),
            (with_client, CLIENT_ROWS),
            (parts.contains(&Part::Server), SERVER_ROW),
            (true, RUNTIME_ROW),
        ];
        for (_, row) in rows.into_iter().filter(|(is_there, _)| *is_there) {
            self.lines.extend(row.trim().lines().map(str::to_owned));
        }
        if with_client {
            self.text(FEATURES);
        }
    }

    /// Shows what the builder of the example's body reports.
    fn missing_members(&mut self) {
        let Some(body) = self.krate.example.as_ref().filter(|body| !body.missing.is_empty()) else { return };
        let ty = &body.ty;
        let paths = body.missing.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
        let text = format!(
            "use {{library}}::models::{ty};\n\n\
             let violations = {ty}::builder().build().unwrap_err();\n\
             let missing: Vec<&str> = violations.iter().map(|violation| violation.data_path()).collect();\n\
             assert_eq!(missing, [{paths}]);"
        );
        let lines = self.with_all_groups(text.lines().map(str::to_owned).collect(), "", "");
        self.text(&format!("```\n{}\n```", lines.join("\n")));
    }

    fn tokens(&mut self) {
        let client = &self.krate.client;
        if !client.needs_token {
            return;
        }
        self.section("Tokens", TOKENS);
        let Some(service) = client.token_services.first() else { return };
        self.text(OAUTH2);
        let (package, ident) = (&self.krate.package.name, service.ident.as_str());
        let paths = [
            format!("client::{ident}"),
            "client::Client".to_owned(),
            reexports::path(self.krate, "FileTokenStore"),
            reexports::path(self.krate, "OAuth2"),
        ];
        let mut lines = example::imports(package, &paths);
        let (function, secrets) = match service.grant {
            TokenGrant::Password => ("password", r#", "user", "password""#),
            TokenGrant::ClientCredentials => ("client_credentials", ""),
            TokenGrant::RefreshToken => ("refresh_token", r#", "refresh token""#),
        };
        lines.push(format!(r#"let tokens = OAuth2::{function}(&{ident}, "id", "secret"{secrets})"#));
        lines.push("    .store(FileTokenStore::new(\"token.json\"));".to_owned());
        lines.push("let client = Client::new(tokens)?;".to_owned());
        self.code("client", "fn example()", &lines);
    }

    fn bulk(&mut self) {
        let mut methods = methods(self.krate);
        let found = methods.find_map(|(method, operation)| {
            let split = operation.bulk.as_ref()?.split.as_ref()?;
            Some((method, operation, split, method.items.as_ref()?))
        });
        let Some((method, operation, split, ident)) = found else { return };
        let package = &self.krate.package.name;
        let signature = format!(
            "async fn example(client: {}::client::Client, items: Vec<{}>{})",
            example::library_name(package),
            example::type_text(package, &split.item),
            example::parameters(package, method, operation),
        );
        self.section("Bulk requests", BULK);
        let mut lines = example::imports(&self.krate.package.name, &["journal::FileJournal".to_owned()]);
        lines.push("let run = client".to_owned());
        let arguments = example::arguments(package, method, operation).unwrap_or_default();
        lines.push(format!("    .{ident}({arguments})"));
        lines.push("    .journal(FileJournal::open(\"items.journal\")?)".to_owned());
        lines.push("    .send_all(items)".to_owned());
        lines.push("    .await?;".to_owned());
        lines.push("println!(\"{run}\");".to_owned());
        self.code("client", &signature, &lines);
    }

    fn polling(&mut self) {
        let polled = methods(self.krate).filter(|(_, operation)| operation.poll.is_some());
        let methods: Vec<String> =
            polled.map(|(method, _)| format!("[`{0}`](client::Client::{0})", method.ident)).collect();
        if !methods.is_empty() {
            self.section("Polling", &POLLING.replace("{methods}", &methods.join(", ")));
        }
    }

    fn replay(&mut self) {
        let client = &self.krate.client;
        let mut paths = vec!["client::Client".to_owned()];
        paths.extend(client.needs_token.then(|| reexports::path(self.krate, "Token")));
        paths.extend(["InstantClock", "Replay", "Reply"].map(|name| format!("testing::{name}")));
        let mut lines = example::imports(&self.krate.package.name, &paths);
        let token = if client.needs_token { ".token(Token::new(\"secret\"))" } else { "" };
        let text = format!(
            "let replay = Replay::new().then(Reply::status(503)).then(Reply::json(200, \"{{}}\"));\n\
             let builder = Client::builder(){token}.transport(replay.clone());\n\
             let client: Client = builder.clock(InstantClock::new()).build()?;\n\
             assert!(replay.requests().is_empty());"
        );
        lines.extend(text.lines().map(str::to_owned));
        self.code("testing", "fn example()", &lines);
    }
}

const PLAIN_MODELS_ROW: &str = "| [`models`] | | the types of the schemas |";

const MODELS_ROW: &str =
    "| [`models`] | | the types of the schemas, and in [`models::builders`] their builders |";
const OPERATIONS_ROW: &str =
    "| [`operations`] | | a constant for each operation: method, path, parameters, statuses, scopes |";
const VALIDATORS_ROW: &str =
    "| [`validators`] | `validators` | the rules of the definition, and the error codes of the service |";
const CLIENT_ROW: &str = "| [`client`] | `client` | the client, with a method for each operation |";
const OAUTH2_ROW: &str = "| [`oauth2`] | `client` | tokens by OAuth 2.0: obtained, refreshed and stored |";
const BULK_ROW: &str =
    "| [`bulk`], [`journal`] | `client` | any number of items, and a record of what was sent |";
const POLL_ROW: &str = "| [`poll`] | `client` | requests that are repeated until a state is final |";
const CLIENT_ROWS: &str = "
| [`retry`] | `client` | policies and budgets of retries |
| [`transport`] | `client` | the transport as a trait; with `reqwest` the default transport |
| [`blocking`] | `blocking` | calls without an async runtime |
| [`testing`] | `testing` | scripted responses, and a clock that does not wait |
";
const SERVER_ROW: &str =
    "| [`server`] | `server` | a trait with a method for each operation, and an axum router |";
const RUNTIME_ROW: &str = "| [`runtime`] | | everything that these modules are built on |";

const FEATURES: &str = "
The default features are `reqwest`, the transport, which enables `client` and `validators`, and
`aws-lc-rs`, its cryptography; `ring` is the alternative. The client alone builds for the browser too.
Without any feature there are models and operations, which need serde and little else.
";

const MODELS: &str = "
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

const VALIDATION: &str = "
The trait [`Validate`] has three methods: `T::validate_json(bytes)` returns every violation of a body,
with offset, line and column; `T::decode_json(bytes)` returns the value, or the violations;
`value.validate()` writes the value as JSON first, which takes about 10 µs an item. Violations come in
the order of the document. [`Validation`] changes severities by code and reads streams of any size.
";

const TABLES: &str = "
`Validation::new().body(&SCHEMA, &DEFINITION, bytes)` returns every violation of a body, with offset,
line and column, in the order of the document. [`Validation`] changes severities by code and reads
streams of any size.
";

const RULES: &str = "
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

const NULL: &str = "\
- A member that is `null` has the wrong type, unless the definition says `nullable`.";

const NULL_IS_ABSENT: &str = "\
- A member that is `null` counts as absent, so that a required one is missing, unless the definition says
  `nullable`.";

const CALLS: &str = "
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

const TOKENS: &str = "
The client asks a {client::TokenSource} before each attempt. {client::Token} is a token that does not
change.
";

const OAUTH2: &str = "
{client::OAuth2} obtains tokens with the grant of its constructor, refreshes them before they
expire, and stores them for the next process:
";

const BULK: &str = "
[`bulk::Bulk`] splits any number of items into requests, and its report has each item once. With a
[`journal::FileJournal`], an interrupted run continues where it ended; the journal holds keys and never
the data of items. [`bulk::Bulk::request`] sets what every request is sent with.
";

const POLLING: &str = "
The calls of {methods} have a method `poll`. It returns a [`poll::Poller`]: a future of the final state,
and a stream of all states until then.
";

const RETRIES: &str = "
A call is repeated only where that does no harm: the definition says so, or the request was certainly
not received. An attempt ends after 60 seconds. The `timeout` of one attempt, the `deadline` of a call
with all attempts, and the [`retry::Policy`] can be set for the client, with {client::Builder}, and for
each call.
";

const TESTING: &str = "
With the feature `testing`, a client gets scripted responses and waits for nothing:
";

const SERVER: &str = "
[`server::Api`] has an async method for each operation, which gets a typed request and returns one of the
documented responses. [`server::router`] returns an axum router of what implements it, which can be nested,
layered and merged as any other.

- Parameters and bodies are validated before a method sees them. Violations are answered in the form of
  the service's error body, or else as problem details (RFC 9457) with a member `violations`.
- Unknown paths and methods, media types that are not declared, bodies that are too large, and missing or
  wrong credentials are answered without a method being called.
- In debug builds a response that the definition does not allow is a 500 that says why.
";
