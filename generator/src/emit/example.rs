//! Examples in documentation: the bodies of requests, and calls.

use std::collections::BTreeMap;

use super::client::reexports;
use super::tokens;
use crate::rust::{
    CallExample, ClientMethod, ContentFormat, Crate, Item, OperationDef, Passing, Setter, Type,
};
use crate::settings::Layout;

/// The crate with examples in the documentation of request bodies and calls. Without a package, the name of
/// the library is not known: then they are no tests.
pub(super) fn documented(mut krate: Crate, layout: Layout) -> Crate {
    let package = krate.package.name.clone();
    let runs = layout == Layout::Package;
    for item in &mut krate.models.items {
        let Item::Struct(item) = item else { continue };
        if let Some(example) = krate.examples.iter().find(|example| example.ty == item.ident) {
            let lines = body(&package, example.ty.as_str(), &example.json);
            append(&mut item.docs, if runs { "```" } else { "```ignore" }, lines);
        }
    }
    for known in &mut krate.client.methods {
        let lines = method(&package, known, &krate.operations.operations[known.operation]);
        append(&mut known.docs, if runs { "```no_run" } else { "```ignore" }, lines);
    }
    krate
}

fn append(docs: &mut Vec<String>, fence: &str, code: Vec<String>) {
    docs.extend(["", "# Examples", "", fence].map(str::to_owned));
    docs.extend(code);
    docs.push("```".to_owned());
}

/// A call with nothing but what is required.
fn method(package: &str, method: &ClientMethod, operation: &OperationDef) -> Vec<String> {
    let mut parameters = parameters(package, method, operation);
    let mut arguments: Vec<String> = arguments(package, method, operation).into_iter().collect();
    if let Some(content) = method.bodies.first().filter(|body| body.method.is_some())
        && let Some(body) = operation.request_content(content.content)
    {
        let (ty, value) = match (&body.format, &content.passing) {
            (ContentFormat::Multipart(_), _) => {
                (Some("specwright_runtime::client::Multipart".to_owned()), "&body")
            }
            (ContentFormat::Media, _) => (Some("specwright_runtime::client::MediaBody".to_owned()), "body"),
            (_, None | Some(Passing::Text)) => (None, "\"body\""),
            (_, Some(Passing::Copied)) => (Some(type_text(package, &body.ty)), "body"),
            (_, Some(Passing::Borrowed)) => (Some(type_text(package, &body.ty)), "&body"),
            (_, Some(Passing::Slice(ty))) => (Some(format!("Vec<{}>", type_text(package, ty))), "&body"),
        };
        parameters.extend(ty.map(|ty| format!(", body: {ty}")));
        arguments.push(value.to_owned());
    }
    let chain = [
        "client".to_owned(),
        format!(".{}({})", method.ident, arguments.join(", ")),
        ".send()".to_owned(),
        ".await?;".to_owned(),
    ];
    let is_long = chain.iter().map(String::len).sum::<usize>() > 80;
    vec![
        format!("# async fn example(client: {}::client::Client{parameters})", library_name(package)),
        "# -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        format!("let response = {}", chain.join(if is_long { "\n    " } else { "" })),
        "println!(\"{}: {:?}\", response.status, response.value);".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ]
}

/// One `use` for each module of the crate, and a blank line.
pub(super) fn imports(package: &str, paths: &[String]) -> Vec<String> {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (module, name) in paths.iter().filter_map(|path| path.rsplit_once("::")) {
        modules.entry(module).or_default().push(name);
    }
    let library = library_name(package);
    let line = |(module, names): (&str, Vec<&str>)| match &*names {
        [only] => format!("use {library}::{module}::{only};"),
        names => format!("use {library}::{module}::{{{}}};", names.join(", ")),
    };
    modules.into_iter().map(line).chain([String::new()]).collect()
}

/// Reads a body.
pub(super) fn body(package: &str, ty: &str, json: &str) -> Vec<String> {
    let mut lines = vec![format!("use {}::models::{ty};", library_name(package)), String::new()];
    lines.extend(parsed("value", ty, json));
    lines.push("# Ok::<(), serde_json::Error>(())".to_owned());
    lines
}

/// The lines of a call within an `async` function that returns any error.
pub(super) fn call(krate: &Crate, example: &CallExample) -> Vec<String> {
    let needs_token = krate.client.needs_token;
    let body = krate.example.as_ref().filter(|_| example.with_body);
    let mut paths = vec!["client::Client".to_owned()];
    paths.extend(needs_token.then(|| reexports::path(krate, "Token")));
    paths.extend(body.map(|body| format!("models::{}", body.ty)));
    let mut lines = imports(&krate.package.name, &paths);
    let token = if needs_token { "Token::new(\"secret\")" } else { "" };
    lines.push(format!("let client = Client::new({token})?;"));
    let (mut arguments, mut sent) = (example.arguments.clone(), "");
    if let Some(body) = body {
        lines.extend(parsed("body", body.ty.as_str(), &body.json));
        if example.takes_body {
            arguments.push("&body".to_owned());
        } else {
            sent = ".body(&body)";
        }
    }
    let arguments = arguments.join(", ");
    lines.push(format!("match client.{}({arguments}){sent}.send().await {{", example.method));
    lines.push("    Ok(response) => println!(\"{}: {:?}\", response.status, response.value),".to_owned());
    lines.push(
        "    // Names the operation, the status, the codes of the service, and whether to send again."
            .to_owned(),
    );
    lines.push("    Err(error) => println!(\"{error}\"),".to_owned());
    lines.push("}".to_owned());
    lines
}

/// A statement that reads a value from JSON, over several lines.
fn parsed(variable: &str, ty: &str, json: &str) -> Vec<String> {
    let longest = json.split(|c| c != '#').map(str::len).max().unwrap_or(0);
    let hashes = "#".repeat(longest + 1);
    let literal = format!("r{hashes}\"{json}\"{hashes}");
    let mut lines = vec![format!("let {variable}: {ty} = serde_json::from_str(")];
    lines.extend(literal.lines().map(|line| format!("    {line}")));
    lines.push(")?;".to_owned());
    lines
}

/// The arguments of a method without its body, if it has any: literals, and names of [`parameters`] where
/// there is no literal.
pub(super) fn arguments(package: &str, method: &ClientMethod, operation: &OperationDef) -> Option<String> {
    let values = method.arguments.iter().map(|known| (known, argument(known, operation)));
    let Some(structure) = &method.argument_struct else {
        let values: Vec<String> = values.map(|(_, value)| value).collect();
        return (!values.is_empty()).then(|| values.join(", "));
    };
    let fields = values.map(|(known, value)| match &known.ident {
        ident if value == ident.as_str() => format!("\n        {ident},"),
        ident => format!("\n        {ident}: {value},"),
    });
    let fields = fields.collect::<String>();
    Some(format!("{}::client::{structure} {{{fields}\n    }}", library_name(package)))
}

fn argument(argument: &Setter, operation: &OperationDef) -> String {
    match (&argument.passing, literal(argument, operation)) {
        (_, Some(literal)) => literal,
        (Passing::Slice(_) | Passing::Borrowed, None) => format!("&{}", argument.ident),
        _ => argument.ident.to_string(),
    }
}

/// Parameters of the function around an example, each with a comma before it.
pub(super) fn parameters(package: &str, method: &ClientMethod, operation: &OperationDef) -> String {
    method.arguments.iter().map(|argument| parameter(package, argument, operation)).collect()
}

fn parameter(package: &str, argument: &Setter, operation: &OperationDef) -> String {
    let ty = match &argument.passing {
        _ if literal(argument, operation).is_some() => return String::new(),
        Passing::Slice(ty) => format!("Vec<{}>", type_text(package, ty)),
        _ => type_text(package, &operation.parameters[argument.parameter].ty),
    };
    format!(", {}: {ty}", argument.ident)
}

/// A literal, where the argument is a string or an integer.
fn literal(argument: &Setter, operation: &OperationDef) -> Option<String> {
    let parameter = &operation.parameters[argument.parameter];
    match (&argument.passing, &parameter.ty) {
        (Passing::Text, _) => Some(format!("{:?}", parameter.example)),
        (Passing::Copied, Type::Integer(_)) => Some("1".to_owned()),
        _ => None,
    }
}

/// A type as an example writes it.
pub(super) fn type_text(package: &str, ty: &Type) -> String {
    tokens::example_ty(ty, &library_name(package)).to_string().replace(' ', "")
}

/// The name of the library in `use`.
pub(super) fn library_name(package: &str) -> String {
    package.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::type_text;
    use crate::ident::TypeIdent;
    use crate::rust::Type;

    #[test]
    fn only_models_of_the_package_are_in_the_package() {
        let day = Type::External { path: "my_models::Day".to_owned(), is_text: false };
        let pet = Type::Named(TypeIdent::new("Pet", ""));
        assert_eq!(type_text("my-pets", &Type::Vec(Box::new(day))), "Vec<my_models::Day>");
        assert_eq!(type_text("my-pets", &pet), "my_pets::models::Pet");
    }
}
