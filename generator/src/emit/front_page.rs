//! What a user reads first: the front page of the documentation, and the README, which has the same sections.

mod groups;
mod texts;

use super::client::reexports;
use super::example;
use crate::rust::{ClientMethod, Crate, Groups, Item, OperationDef, TokenGrant};
use crate::settings::Part;
use texts::{
    BULK, BULK_ROW, CALLS, CLIENT_ROW, CLIENT_ROWS, FEATURES, MODELS, MODELS_ROW, NULL, NULL_IS_ABSENT,
    OAUTH2, OAUTH2_ROW, OPERATIONS_ROW, PLAIN_MODELS_ROW, POLL_ROW, POLLING, RETRIES, RULES, RUNTIME_ROW,
    SERVER, SERVER_ROW, TABLES, TESTING, TOKENS, VALIDATION, VALIDATORS_ROW,
};

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
