//! Error codes, facts of the pages, and what is untyped.

use super::super::page::{CodeSection, DocumentedState, OverviewPage};
use super::element::Html;
use super::pieces::{id, pieces, prose};
use super::sections::{cell, table};

pub(super) fn codes(html: &mut Html, page: &OverviewPage) {
    let table = &page.codes;
    if table.codes.is_empty() {
        html.leaf("p", &[], "The definition declares no error codes: validators report codes of their own.");
        return;
    }
    let read = match table.cases_from.as_slice() {
        [] => "No folder of cases was given: that nothing proves a code is not said here.".to_owned(),
        from => format!(
            "A case is a file that names the code as a word. {} files were read, from {}.",
            table.cases,
            from.join(", ")
        ),
    };
    html.leaf("p", &[("class", "quiet")], &read);
    let has_cases = !table.cases_from.is_empty();
    for code in &table.codes {
        html.constant("\n");
        let attributes = [("class", "entry"), ("id", &*id(code.target))];
        html.element("details", &attributes, |html| entry(html, code, has_cases));
    }
}

fn entry(html: &mut Html, code: &CodeSection, has_cases: bool) {
    html.element("summary", &[], |html| {
        html.leaf("h3", &[], &code.name);
        html.constant(" ");
        html.leaf("span", &[("class", "quiet")], &code.message);
        let marks = [
            (code.is_warning, "warning"),
            (code.server_only, "service alone"),
            (!code.server_only && !code.is_raised(), "no rule"),
            (has_cases && !code.server_only && code.cases.is_empty(), "no case"),
        ];
        for (_, mark) in marks.into_iter().filter(|(is_so, _)| *is_so) {
            html.constant(" ");
            html.leaf("span", &[("class", "mark")], mark);
        }
    });
    if let Some(text) = &code.description {
        prose(html, "p", text);
    }
    if !code.general.is_empty() {
        let general = code.general.join(", ");
        html.leaf("p", &[], &format!("Unless a schema says otherwise, it is raised for {general}."));
    }
    if !code.raised_by.is_empty() {
        let head = ["Raised by", "Rule"];
        table(html, &head, &code.raised_by, |html, raised| {
            cell(html, head[0], |html| pieces(html, std::slice::from_ref(&raised.subject)));
            cell(html, head[1], |html| html.text(&raised.rule));
        });
    }
    if !code.cases.is_empty() {
        html.leaf("p", &[], &format!("Cases: {}.", code.cases.join(", ")));
    }
}

pub(super) fn documented(html: &mut Html, page: &OverviewPage) {
    let Some(documented) = &page.documented else { return };
    let count = |state| documented.rows.iter().filter(|row| row.state == state).count();
    let states = [DocumentedState::Agrees, DocumentedState::Settled, DocumentedState::Differs];
    let counts = states.map(|state| format!("{} {}", count(state), state.name())).join(", ");
    html.leaf("p", &[], &format!("{} facts in {}: {counts}.", documented.rows.len(), documented.from));
    let others: Vec<_> = documented.rows.iter().filter(|row| row.state != DocumentedState::Agrees).collect();
    let agreeing: Vec<_> =
        documented.rows.iter().filter(|row| row.state == DocumentedState::Agrees).collect();
    for (title, rows) in [("What differs or is settled", others), ("What is in the definition", agreeing)] {
        if rows.is_empty() {
            continue;
        }
        html.constant("\n");
        html.element("details", &[("class", "entry")], |html| {
            html.element("summary", &[], |html| html.leaf("h3", &[], title));
            let head = ["Fact", "Page", "State", "What is said"];
            table(html, &head, &rows, |html, row| {
                cell(html, head[0], |html| {
                    html.text(row.kind);
                    html.constant(" ");
                    html.leaf("code", &[], &row.subject);
                });
                cell(html, head[1], |html| html.text(&row.place));
                cell(html, head[2], |html| html.text(row.state.name()));
                cell(html, head[3], |html| html.text(&row.notes.join("; ")));
            });
        });
    }
    if !documented.beyond.is_empty() {
        html.element("details", &[("class", "entry")], |html| {
            html.element("summary", &[], |html| html.leaf("h3", &[], "What no page has"));
            html.element("ul", &[], |html| {
                for text in &documented.beyond {
                    html.leaf("li", &[], text);
                }
            });
        });
    }
}

pub(super) fn untyped(html: &mut Html, page: &OverviewPage) {
    if page.untyped.is_empty() {
        html.leaf("p", &[], "Everything has a type.");
        return;
    }
    let head = ["In the crate", "Reason", "Place"];
    table(html, &head, &page.untyped, |html, row| {
        cell(html, head[0], |html| html.leaf("code", &[], &row.rust));
        cell(html, head[1], |html| html.text(&row.reason));
        cell(html, head[2], |html| html.text(&row.place));
    });
}
