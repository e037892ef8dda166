//! Each folder in `tests/overview` has a definition, and perhaps `pages` and `cases`; the snapshots are its page.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::Path;

use crate::generator::Generator;
use crate::overview::Overview;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/overview");

#[test]
fn the_pages_of_the_cases() {
    for entry in fs::read_dir(CASES).unwrap() {
        let folder = entry.unwrap().path();
        let overview = read(&folder);
        let html = overview.to_html();
        assert_eq!(html.matches("<script").count(), 1, "{}", folder.display());
        assert_eq!(html.matches("<style").count(), 1, "{}", folder.display());
        for hostile in ["<img", "<b>", "onerror=\"", "href=\"javascript:"] {
            assert!(!html.contains(hostile), "{}: {hostile}", folder.display());
        }
        let (_, rest) = html.split_once("</head>").unwrap();
        let (body, _) = rest.split_once("<script>").unwrap();
        compare(&folder, "html", body);
        compare(&folder, "markdown", &overview.to_markdown());
    }
}

fn read(folder: &Path) -> Overview {
    let (mut overview, _) = Generator::new(folder.join("spec.yaml")).overview().unwrap();
    if folder.join("cases").is_dir() {
        overview.add_cases(folder.join("cases")).unwrap();
    }
    if folder.join("pages").is_dir() {
        overview.set_pages(folder.join("pages")).unwrap();
    }
    overview
}

fn compare(folder: &Path, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = text.replace(&format!("{}/", folder.display()), "");
    settings.bind(|| insta::assert_snapshot!(name, text));
}
