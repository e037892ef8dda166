//! Examples in the documentation of a package: a body of a request, and a call.

use crate::rust::{BodyExample, CallExample, Crate};
use crate::settings::Part;

/// The examples of `src/lib.rs`, which are tests too.
pub(super) fn library(krate: &Crate, parts: &[Part]) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(example) = &krate.example
        && parts.contains(&Part::Models)
    {
        lines.extend(body(&krate.package.name, example, parts.contains(&Part::Validators)));
    }
    if let Some(example) = &krate.client.example
        && parts.contains(&Part::Client)
    {
        let call = call(krate, example);
        lines.extend(["", "# A call", "", "```no_run"].map(str::to_owned));
        // Without the feature there is nothing to call.
        lines.push("# #[cfg(feature = \"client\")]".to_owned());
        lines.push("# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned());
        lines.extend(call);
        lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    }
    lines
}

/// A doctest: JSON in, the same JSON out; then what an empty builder reports, and what a body is checked
/// with.
fn body(package: &str, example: &BodyExample, validates: bool) -> Vec<String> {
    let library = library_name(package);
    let ty = &example.ty;
    let mut lines = vec![
        String::new(),
        "# Example".to_owned(),
        String::new(),
        "```".to_owned(),
        format!("use {library}::models::{ty};"),
        String::new(),
        format!("let json = {};", raw(&example.json)),
        format!("let value: {ty} = serde_json::from_str(json)?;"),
        "assert_eq!(serde_json::to_string(&value)?, json);".to_owned(),
    ];
    if !example.missing.is_empty() {
        let paths: Vec<String> = example.missing.iter().map(|name| format!("{name:?}")).collect();
        lines.push(String::new());
        lines.push(format!("let violations = {ty}::builder().build().unwrap_err();"));
        lines.push(
            "let missing: Vec<&str> = violations.iter().map(|found| found.data_path()).collect();".to_owned(),
        );
        lines.push(format!("assert_eq!(missing, [{}]);", paths.join(", ")));
    }
    if validates {
        lines.push(String::new());
        lines.push("# #[cfg(feature = \"validators\")] {".to_owned());
        lines.push("// Every broken rule, known before anything is sent.".to_owned());
        lines.push(format!("use {library}::Validate as _;"));
        lines.push(format!("println!(\"{{}}\", {ty}::validate_json(json.as_bytes()));"));
        lines.push("println!(\"{}\", value.validate());".to_owned());
        lines.push("# }".to_owned());
    }
    lines.push("# Ok::<(), serde_json::Error>(())".to_owned());
    lines.push("```".to_owned());
    lines
}

/// The lines of a call within an `async` function that returns any error.
pub(super) fn call(krate: &Crate, example: &CallExample) -> Vec<String> {
    let library = library_name(&krate.package.name);
    let needs_token = krate.client.needs_token;
    let body = krate.example.as_ref().filter(|_| example.with_body);
    let mut imports = vec!["client::Client".to_owned()];
    imports.extend(body.map(|body| format!("models::{}", body.ty)));
    imports.extend(needs_token.then(|| "runtime::client::Token".to_owned()));
    let imported = match &*imports {
        [only] => only.clone(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let token = if needs_token { "Token::new(\"secret\")" } else { "" };
    let mut lines = vec![
        format!("use {library}::{imported};"),
        String::new(),
        format!("let client = Client::new({token})?;"),
    ];
    let mut sent = String::new();
    if let Some(body) = body {
        lines.push(format!("let body: {} = serde_json::from_str({})?;", body.ty, raw(&body.json)));
        sent.push_str(".body(&body)");
    }
    let arguments = example.arguments.join(", ");
    lines.push(format!("match client.{}({arguments}){sent}.send().await {{", example.method));
    lines.push("    Ok(answer) => println!(\"{}: {:?}\", answer.status, answer.value),".to_owned());
    lines.push(
        "    // Operation, status, codes of the service, and whether it is safe to send it again.".to_owned(),
    );
    lines.push("    Err(error) => println!(\"{error}\"),".to_owned());
    lines.push("}".to_owned());
    lines
}

fn library_name(package: &str) -> String {
    package.replace('-', "_")
}

/// A raw string literal.
fn raw(text: &str) -> String {
    let longest = text.split(|c| c != '#').map(str::len).max().unwrap_or(0);
    let hashes = "#".repeat(longest + 1);
    format!("r{hashes}\"{text}\"{hashes}")
}
