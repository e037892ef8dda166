//! Operations and schemas: each can be opened, and has a table of its fields.

use super::super::page::{FieldRow, OverviewPage, OverviewSection, RuleNote, Target, TypePiece, ValueRow};
use super::element::Html;
use super::pieces::{id, link, pieces, prose};

pub(super) fn operations(html: &mut Html, page: &OverviewPage) {
    list(html, &page.operations, "The definition has no operation.");
}

pub(super) fn schemas(html: &mut Html, page: &OverviewPage) {
    list(html, &page.schemas, "The definition has no schema with a name.");
}

fn list(html: &mut Html, sections: &[OverviewSection], none: &'static str) {
    if sections.is_empty() {
        html.leaf("p", &[], none);
    }
    for section in sections {
        html.constant("\n");
        html.element("details", &[("class", "entry"), ("id", &id(section.target))], |html| {
            entry(html, section);
        });
    }
}

fn entry(html: &mut Html, section: &OverviewSection) {
    html.element("summary", &[], |html| {
        html.leaf("h3", &[], &section.name);
        html.constant(" ");
        // Links in a summary could not be told from its own key.
        html.leaf("span", &[("class", "quiet")], &plain(&section.kind));
        if section.is_deprecated {
            html.constant(" ");
            html.leaf("span", &[("class", "mark")], "deprecated");
        }
    });
    html.element("p", &[("class", "quiet")], |html| {
        if let Some(rust) = &section.rust {
            html.leaf("code", &[], rust);
            html.constant(" at ");
        }
        html.text(&section.place);
    });
    if let Some(text) = &section.description {
        prose(html, "p", text);
    }
    if section.kind.iter().any(|piece| matches!(piece, TypePiece::Link(..))) {
        html.element("p", &[], |html| pieces(html, &section.kind));
    }
    rules(html, &section.rules);
    values(html, &section.values);
    if !section.fields.is_empty() {
        let head: &[&str] = match section.target {
            Target::Operation(_) => &["Parameter or body", "Type", "Limits and rules", "Description"],
            _ => &["Field", "Type", "Limits and rules", "Description"],
        };
        table(html, head, &section.fields, |html, field| field_cells(html, head, field));
    }
    if !section.responses.is_empty() {
        let head = ["Response", "Body"];
        table(html, &head, &section.responses, |html, (status, body)| {
            cell(html, head[0], |html| html.leaf("code", &[], status));
            cell(html, head[1], |html| pieces(html, body));
        });
    }
    users(html, &section.used_by);
}

/// How many users are told; a schema such as an error body has hundreds.
const USERS: usize = 24;

fn users(html: &mut Html, used_by: &[TypePiece]) {
    if used_by.is_empty() {
        return;
    }
    html.element("p", &[("class", "quiet")], |html| {
        html.constant("Used by ");
        for (index, user) in used_by.iter().take(USERS).enumerate() {
            html.constant(if index == 0 { "" } else { ", " });
            pieces(html, std::slice::from_ref(user));
        }
        if used_by.len() > USERS {
            html.text(&format!(" and {} more", used_by.len() - USERS));
        }
    });
}

fn plain(text: &[TypePiece]) -> String {
    let text = text.iter().map(|piece| match piece {
        TypePiece::Text(text) | TypePiece::Link(text, _) => text.as_str(),
    });
    text.collect()
}

fn field_cells(html: &mut Html, head: &[&str], field: &FieldRow) {
    cell(html, head[0], |html| {
        html.leaf("code", &[("class", "name")], &field.name);
        if field.required {
            html.constant(" ");
            html.leaf("span", &[("class", "mark")], "required");
        }
        for mark in &field.marks {
            html.constant(" ");
            html.leaf("span", &[("class", "mark")], mark);
        }
    });
    cell(html, head[1], |html| {
        pieces(html, &field.type_text);
        if let Some(rust) = &field.rust {
            html.leaf("code", &[("class", "rust")], rust);
        }
    });
    cell(html, head[2], |html| {
        rules(html, &field.rules);
        values(html, &field.values);
    });
    cell(html, head[3], |html| {
        if let Some(text) = &field.description {
            prose(html, "span", text);
        }
    });
}

fn rules(html: &mut Html, rules: &[RuleNote]) {
    if rules.is_empty() {
        return;
    }
    html.element("ul", &[], |html| {
        for rule in rules {
            html.element("li", &[], |html| {
                html.text(&rule.text);
                if let Some(code) = &rule.code {
                    html.constant(if code.is_warning { ", warning " } else { ", " });
                    link(html, &code.name, code.target);
                }
            });
        }
    });
}

fn values(html: &mut Html, values: &[ValueRow]) {
    if values.is_empty() {
        return;
    }
    html.element("details", &[("class", "values")], |html| {
        html.leaf("summary", &[], &format!("{} values", values.len()));
        html.element("ul", &[], |html| {
            for value in values {
                html.element("li", &[], |html| {
                    html.leaf("code", &[], &value.value);
                    if let Some(label) = &value.label {
                        html.constant(" ");
                        html.text(label);
                    }
                });
            }
        });
    });
}

/// Writes a table whose cells have the heads of their columns with them, for screens without columns.
pub(super) fn table<T>(html: &mut Html, head: &[&str], rows: &[T], mut cells: impl FnMut(&mut Html, &T)) {
    html.element("table", &[], |html| {
        html.element("thead", &[], |html| {
            html.element("tr", &[], |html| {
                for title in head {
                    html.leaf("th", &[("scope", "col")], title);
                }
            });
        });
        html.element("tbody", &[], |html| {
            for row in rows {
                html.constant("\n");
                html.element("tr", &[], |html| cells(html, row));
            }
        });
    });
}

pub(super) fn cell(html: &mut Html, title: &str, inner: impl FnOnce(&mut Html)) {
    html.element("td", &[("data-title", title)], inner);
}
