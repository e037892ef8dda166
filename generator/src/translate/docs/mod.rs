//! Lines of documentation: texts of the definition, then limits, values and sources as sentences.

mod facts;
mod inline;
mod markdown;
mod text;

pub(super) use facts::{facts, facts_of_all};
pub(super) use markdown::append;
use text::sentence;
pub(super) use text::{code, one_line, plain_line};

use super::plan::OneWay;
use crate::api::{Api, Docs, ExternalDocs, SchemaId, SecuritySchemeKind};
use markdown::{paragraphs, separate};

/// Returns the documentation of the crate: the title of the service, then its description.
pub(super) fn crate_docs(api: &Api) -> Vec<String> {
    let info = &api.info;
    let title = match one_line(&info.title) {
        title if title.is_empty() => "An API without a title".to_owned(),
        title => title,
    };
    let version = match one_line(&info.version) {
        version if version.is_empty() => version,
        version => format!(" (version {version})"),
    };
    let mut lines = vec![format!("{title}{version}.")];
    let description = info.description.as_deref().map(paragraphs).unwrap_or_default();
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    for line in links(api) {
        append(&mut lines, &line);
    }
    source(&mut lines, info.source.as_deref());
    lines
}

/// The pages that the definition names: documentation, terms, contact, license, and where users authorize a
/// client.
fn links(api: &Api) -> Vec<String> {
    let info = &api.info;
    let mut lines: Vec<String> = api.external_docs.iter().map(external_docs).collect();
    lines.extend(
        info.terms_of_service.as_deref().and_then(|url| linked("Terms of service", None, [Some(url)])),
    );
    lines.extend(info.contact.as_ref().and_then(|contact| {
        linked("Contact", contact.name.as_deref(), [contact.url.as_deref(), contact.email.as_deref()])
    }));
    lines.extend(
        info.license
            .as_ref()
            .and_then(|license| linked("License of the API", Some(&*license.name), [license.url.as_deref()])),
    );
    for scheme in &api.security_schemes {
        let pages = match &scheme.kind {
            SecuritySchemeKind::OAuth2 { flows, .. } => {
                flows.iter().filter_map(|flow| flow.authorization_url.as_deref()).collect()
            }
            SecuritySchemeKind::OpenIdConnect { url } => vec![&**url],
            _ => Vec::new(),
        };
        lines.extend(linked(
            &format!("Authorization for {}", code(&scheme.name)),
            None,
            pages.into_iter().map(Some),
        ));
    }
    lines
}

/// `label: name, <url>, <url>.` without what is empty; `None` if everything is.
fn linked<'a>(
    label: &str,
    name: Option<&str>,
    urls: impl IntoIterator<Item = Option<&'a str>>,
) -> Option<String> {
    let name = name.map(one_line).filter(|name| !name.is_empty());
    let urls = urls.into_iter().flatten().filter(|url| !url.trim().is_empty()).map(autolink);
    let parts: Vec<String> = name.into_iter().chain(urls).collect();
    (!parts.is_empty()).then(|| format!("{label}: {}.", parts.join(", ")))
}

/// A link to external documentation, as a sentence.
fn external_docs(external: &ExternalDocs) -> String {
    let text = external.description.as_deref().map(one_line).unwrap_or_default();
    let text = if text.is_empty() { "More".to_owned() } else { text };
    format!("{text}: {}.", autolink(&external.url))
}

/// A link, or code for what Markdown does not take for one, such as a relative URL.
fn autolink(url: &str) -> String {
    let url = plain_line(url).replace(' ', "%20").replace('<', "%3C").replace('>', "%3E");
    if url.contains("://") || url.contains('@') { format!("<{url}>") } else { code(&url) }
}

/// Returns the documentation of an item, or `fallback` where the definition has none.
pub(super) fn item(docs: &Docs, fallback: &str) -> Vec<String> {
    let mut lines = texts(docs);
    if lines.is_empty() && !fallback.is_empty() {
        lines.push(fallback.to_owned());
    }
    if docs.deprecated {
        append(&mut lines, "Deprecated.");
    }
    if let Some(external) = &docs.external {
        append(&mut lines, &external_docs(external));
    }
    lines
}

/// Returns the first paragraph of the documentation of an item, for a place that names the item.
pub(super) fn brief(docs: &Docs, fallback: &str) -> Vec<String> {
    item(docs, fallback).into_iter().take_while(|line| !line.is_empty()).collect()
}

/// Returns title, summary and description, each once. A summary gets a full stop if it has none.
fn texts(docs: &Docs) -> Vec<String> {
    let title = docs.title.as_deref().map(one_line);
    let summary = docs.summary.as_deref().map(|text| sentence(&one_line(text)));
    let headings = [title, summary].into_iter().flatten().map(|line| vec![line]);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in headings.chain(docs.description.as_deref().map(paragraphs)) {
        let has_text = paragraph.iter().any(|line| !line.is_empty());
        if has_text && !ends_with(&lines, &paragraph) {
            separate(&mut lines);
            lines.extend(paragraph);
        }
    }
    lines
}

/// Returns whether the last lines are those of the paragraph, full stops apart.
fn ends_with(lines: &[String], paragraph: &[String]) -> bool {
    let is_same = |(one, other): (&String, &String)| one.trim_end_matches('.') == other.trim_end_matches('.');
    lines.len() >= paragraph.len() && lines.iter().rev().zip(paragraph.iter().rev()).all(is_same)
}

/// Appends the source of an item to its documentation.
pub(super) fn sourced(mut lines: Vec<String>, docs: &Docs) -> Vec<String> {
    source(&mut lines, docs.source.as_deref());
    lines
}

fn source(lines: &mut Vec<String>, source: Option<&str>) {
    let source = source.map(|source| one_line(source.trim_end().trim_end_matches('.'))).unwrap_or_default();
    if !source.is_empty() {
        append(lines, &format!("Source: {source}."));
    }
}

/// The schemas that document a field.
pub(super) struct FieldSchemas<'a> {
    /// What the property says beside a `$ref`.
    pub(super) description: Option<&'a str>,
    /// The one of the property.
    pub(super) own: SchemaId,
    /// The one that determines the type.
    pub(super) deciding: SchemaId,
    /// The component that the type of the field is named after. The whole documentation of it is there.
    pub(super) named: Option<SchemaId>,
    /// The type of the field lists the values of an `enum`.
    pub(super) is_enum: bool,
}

/// Returns the documentation of a field: nothing, if the definition says nothing. Of what the type of the
/// field says itself, the first paragraph alone is repeated.
pub(super) fn field(api: &Api, schemas: &FieldSchemas<'_>) -> Vec<String> {
    let (own, deciding) = (&api.schemas[schemas.own], &api.schemas[schemas.deciding]);
    let stated = if is_silent(&own.docs) { schemas.deciding } else { schemas.own };
    let mut lines = match schemas.description {
        Some(description) => paragraphs(description),
        None if schemas.named == Some(stated) => brief(&api.schemas[stated].docs, ""),
        None => item(&api.schemas[stated].docs, ""),
    };
    let mut sentences = Vec::new();
    let one_way = OneWay::of([own, deciding]);
    sentences.extend(one_way.read_only.then(|| "Read-only: requests do not have it.".to_owned()));
    sentences.extend(one_way.write_only.then(|| "Write-only: responses do not have it.".to_owned()));
    if schemas.named != Some(schemas.own) {
        sentences.extend(facts(own, !schemas.is_enum));
    }
    if schemas.named.is_none() {
        let further = facts_of_all(api, schemas.deciding, !schemas.is_enum);
        let further: Vec<String> = further.into_iter().filter(|fact| !sentences.contains(fact)).collect();
        sentences.extend(further);
    }
    if !sentences.is_empty() {
        append(&mut lines, &sentences.join(" "));
    }
    let says_source = own.docs.source.is_some() || schemas.named.is_some();
    sourced(lines, if says_source { &own.docs } else { &deciding.docs })
}

/// Returns whether the definition says nothing.
pub(super) fn is_silent(docs: &Docs) -> bool {
    texts(docs).is_empty()
}
