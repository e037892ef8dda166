//! The page as one HTML file that needs nothing else: no network, no other file.

mod diagram;
mod element;
mod pieces;
mod sections;
mod tables;

use super::page::OverviewPage;
use element::Html;
use pieces::prose;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Nothing is loaded, and no style or script runs but the two of this program, by their digests.
const POLICY: &str = concat!(
    "default-src 'none'; base-uri 'none'; form-action 'none'; ",
    "style-src 'sha256-eAN7jH6NpULNrsJ6HKGop8INhaq4W7xNGcyDNIGJxQM='; script-src 'sha256-V1XYMAEB51eNw93sz2uFxHIph0zi6n53v4LQ9yYQvcc='"
);

/// Returns the page.
pub(super) fn write(page: &OverviewPage) -> String {
    let mut html = Html::default();
    html.constant("<!DOCTYPE html>\n");
    html.element("html", &[("lang", "en")], |html| {
        html.constant("\n");
        html.element("head", &[], |html| head(html, page));
        html.constant("\n");
        html.element("body", &[], |html| body(html, page));
        html.constant("\n");
    });
    html.constant("\n");
    html.into_text()
}

fn head(html: &mut Html, page: &OverviewPage) {
    html.constant("\n");
    html.void("meta", &[("charset", "utf-8")]);
    html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
    html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    html.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    html.leaf("title", &[], &format!("{} {}", page.title, page.version));
    html.element("style", &[], |html| html.constant(STYLE));
    html.constant("\n");
}

/// The parts of the page: the id, the heading, and what writes it.
type Part = (&'static str, &'static str, fn(&mut Html, &OverviewPage));

const PARTS: [Part; 6] = [
    ("operations", "Operations", sections::operations),
    ("schemas", "Schemas", sections::schemas),
    ("diagram", "Diagram", diagram::write),
    ("codes", "Error codes", tables::codes),
    ("documented", "Documentation pages", tables::documented),
    ("untyped", "Untyped JSON", tables::untyped),
];

fn body(html: &mut Html, page: &OverviewPage) {
    let parts = || PARTS.iter().filter(|(id, ..)| *id != "documented" || page.documented.is_some());
    html.leaf("a", &[("class", "skip"), ("href", "#content")], "Skip to the content");
    html.element("header", &[], |html| {
        html.leaf("h1", &[], &page.title);
        html.leaf("p", &[("class", "quiet")], &format!("Version {}, as {}", page.version, page.package));
        let counts = page.counts.iter().map(|(what, count)| format!("{what}: {count}"));
        html.leaf("p", &[], &counts.collect::<Vec<_>>().join(", "));
        html.element("nav", &[("aria-label", "Parts of the page")], |html| {
            for (id, heading, _) in parts() {
                html.leaf("a", &[("href", &format!("#{id}"))], heading);
                html.constant(" ");
            }
        });
        // The script shows it: without one, the browser's own search finds everything.
        html.element("form", &[("id", "search"), ("role", "search"), ("hidden", "")], |html| {
            html.leaf("label", &[("for", "words")], "Search");
            html.constant(" ");
            html.void("input", &[("id", "words"), ("type", "search"), ("autocomplete", "off")]);
            html.constant(" ");
            html.leaf("button", &[("id", "open-all"), ("type", "button")], "Open all");
            html.element("output", &[("id", "found"), ("for", "words")], |_| {});
        });
    });
    html.element("main", &[("id", "content"), ("tabindex", "-1")], |html| {
        if let Some(text) = &page.description {
            prose(html, "p", text);
        }
        for (id, heading, write) in parts() {
            html.constant("\n");
            html.element("section", &[("id", id), ("aria-labelledby", &format!("{id}-heading"))], |html| {
                html.leaf("h2", &[("id", &format!("{id}-heading"))], heading);
                write(html, page);
            });
        }
    });
    html.constant("\n");
    html.element("script", &[], |html| html.constant(SCRIPT));
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::{POLICY, SCRIPT, STYLE};

    #[test]
    fn the_policy_has_the_digests_of_style_and_script() {
        for (name, text) in [("style", STYLE), ("script", SCRIPT)] {
            let digest = format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
            assert!(POLICY.contains(&format!("{name}-src {digest}")), "{name} has {digest}");
        }
    }
}
