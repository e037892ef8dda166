//! The page as Markdown, without the diagram. All that is not of this program is escaped, so that it is shown as
//! it is written.

use super::page::{
    CodeSection, DocumentedTable, FieldRow, OverviewPage, OverviewSection, RuleNote, Target, TypePiece,
    UntypedRow, ValueRow,
};

/// Returns the page.
pub(super) fn write(page: &OverviewPage) -> String {
    let mut text = String::new();
    line(&mut text, &format!("# {}", escaped(&page.title)));
    line(&mut text, &format!("Version {}, as {}.", escaped(&page.version), escaped(&page.package)));
    let counts: Vec<String> = page.counts.iter().map(|(what, count)| format!("{what}: {count}")).collect();
    line(&mut text, &format!("{}.", counts.join(", ")));
    paragraph(&mut text, page.description.as_deref());
    for (heading, sections) in [("Operations", &page.operations), ("Schemas", &page.schemas)] {
        if !sections.is_empty() {
            line(&mut text, &format!("## {heading}"));
            for one in sections {
                section(&mut text, one);
            }
        }
    }
    codes(&mut text, page);
    if let Some(table) = &page.documented {
        documented(&mut text, table);
    }
    line(&mut text, "## Untyped JSON");
    if page.untyped.is_empty() {
        line(&mut text, "Everything has a type.");
    }
    let rows = page
        .untyped
        .iter()
        .map(|UntypedRow { rust, place, reason }| vec![escaped(rust), escaped(reason), escaped(place)]);
    table(&mut text, &["In the crate", "Reason", "Place"], rows);
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Writes a block, and the blank line behind it.
fn line(text: &mut String, block: &str) {
    text.push_str(block);
    text.push_str("\n\n");
}

fn paragraph(text: &mut String, words: Option<&str>) {
    if let Some(words) = words.map(escaped).filter(|words| !words.is_empty()) {
        line(text, &words);
    }
}

fn section(text: &mut String, section: &OverviewSection) {
    let deprecated = if section.is_deprecated { " (deprecated)" } else { "" };
    let (anchor, name) = (anchor(section.target), escaped(&section.name));
    line(text, &format!("### <a id=\"{anchor}\"></a>{name}{deprecated}"));
    let rust = section.rust.iter().map(|rust| escaped(rust));
    let kind = Some(pieces(&section.kind)).filter(|kind| !kind.is_empty());
    let place = escaped(&section.place);
    line(text, &kind.into_iter().chain(rust).chain([place]).collect::<Vec<_>>().join(" · "));
    paragraph(text, section.description.as_deref());
    let whole = [rules(&section.rules), values(&section.values)];
    let whole: Vec<String> = whole.into_iter().filter(|part| !part.is_empty()).collect();
    if !whole.is_empty() {
        line(text, &whole.join("; "));
    }
    table(text, &["Field", "Type", "Limits and rules", "Description"], section.fields.iter().map(field));
    let responses = section.responses.iter().map(|(status, body)| vec![escaped(status), pieces(body)]);
    table(text, &["Response", "Body"], responses);
    if !section.used_by.is_empty() {
        let users: Vec<String> =
            section.used_by.iter().map(|user| pieces(std::slice::from_ref(user))).collect();
        line(text, &format!("Used by {}.", users.join(", ")));
    }
}

fn field(field: &FieldRow) -> Vec<String> {
    let required = field.required.then_some("required");
    let marks: Vec<&str> = required.into_iter().chain(field.marks.iter().copied()).collect();
    let mut name = escaped(&field.name);
    if !marks.is_empty() {
        name = format!("{name} ({})", marks.join(", "));
    }
    let limits = [rules(&field.rules), values(&field.values)];
    let limits: Vec<String> = limits.into_iter().filter(|part| !part.is_empty()).collect();
    let description = field.description.as_deref().map(escaped).unwrap_or_default();
    vec![name, pieces(&field.type_text), limits.join("; "), description]
}

fn rules(rules: &[RuleNote]) -> String {
    let rules = rules.iter().map(|rule| match &rule.code {
        Some(code) => {
            let warning = if code.is_warning { "warning " } else { "" };
            format!("{}: {warning}{}", escaped(&rule.text), link(&code.name, code.target))
        }
        None => escaped(&rule.text),
    });
    rules.collect::<Vec<_>>().join("; ")
}

fn values(values: &[ValueRow]) -> String {
    let values = values.iter().map(|value| match &value.label {
        Some(label) => format!("{} ({})", escaped(&value.value), escaped(label)),
        None => escaped(&value.value),
    });
    let values = values.collect::<Vec<_>>().join(", ");
    if values.is_empty() { values } else { format!("values {values}") }
}

fn codes(text: &mut String, page: &OverviewPage) {
    if page.codes.codes.is_empty() {
        return;
    }
    line(text, "## Error codes");
    let from: Vec<String> = page.codes.cases_from.iter().map(|folder| escaped(folder)).collect();
    if !from.is_empty() {
        let (count, from) = (page.codes.cases, from.join(", "));
        line(
            text,
            &format!("A case is a file that names the code as a word. {count} files were read, from {from}."),
        );
    }
    for code in &page.codes.codes {
        line(text, &format!("### <a id=\"{}\"></a>{}", anchor(code.target), escaped(&code.name)));
        line(text, &message(code));
        paragraph(text, code.description.as_deref());
        let rows = code.raised_by.iter();
        let rows =
            rows.map(|raised| vec![pieces(std::slice::from_ref(&raised.subject)), escaped(&raised.rule)]);
        table(text, &["Raised by", "Rule"], rows);
        let cases: Vec<String> = code.cases.iter().map(|case| escaped(case)).collect();
        if !cases.is_empty() {
            line(text, &format!("Cases: {}.", cases.join(", ")));
        } else if !from.is_empty() && !code.server_only {
            line(text, "No case names it.");
        }
    }
}

fn message(code: &CodeSection) -> String {
    let mut message = escaped(code.message.trim_end_matches('.'));
    message.push('.');
    if code.is_warning {
        message.push_str(" It is a warning.");
    }
    if code.server_only {
        message.push_str(" The service alone raises it.");
    } else if !code.is_raised() {
        message.push_str(" No rule raises it.");
    }
    if !code.general.is_empty() {
        let general: Vec<String> = code.general.iter().map(|keyword| escaped(keyword)).collect();
        let general = general.join(", ");
        message = format!("{message} Unless a schema says otherwise, it is raised for {general}.");
    }
    message
}

fn documented(text: &mut String, documented: &DocumentedTable) {
    line(text, "## Documentation pages");
    line(text, &format!("{} facts in {}.", documented.rows.len(), escaped(&documented.from)));
    let rows = documented.rows.iter().map(|row| {
        let subject = format!("{} {}", row.kind, escaped(&row.subject));
        vec![subject, escaped(&row.place), row.state.name().to_owned(), escaped(&row.notes.join("; "))]
    });
    table(text, &["Fact", "Page", "State", "What is said"], rows);
    if !documented.beyond.is_empty() {
        line(text, "What no page has:");
        let items: Vec<String> =
            documented.beyond.iter().map(|item| format!("* {}", escaped(item))).collect();
        line(text, &items.join("\n"));
    }
}

/// Writes a table unless it has no rows.
fn table(text: &mut String, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let rows: Vec<String> = rows.map(|cells| format!("| {} |", cells.join(" | "))).collect();
    if !rows.is_empty() {
        let rule = "|---".repeat(head.len());
        line(text, &format!("| {} |\n{rule}|\n{}", head.join(" | "), rows.join("\n")));
    }
}

fn pieces(text: &[TypePiece]) -> String {
    let pieces = text.iter().map(|piece| match piece {
        TypePiece::Text(text) => escaped_within(text),
        TypePiece::Link(name, target) => link(name, *target),
    });
    pieces.collect()
}

fn link(name: &str, target: Target) -> String {
    format!("[{}](#{})", escaped(name), anchor(target))
}

fn anchor(target: Target) -> String {
    match target {
        Target::Schema(index) => format!("schema-{index}"),
        Target::Operation(index) => format!("operation-{index}"),
        Target::Code(index) => format!("code-{index}"),
    }
}

/// Returns a text on one line in which nothing is Markdown or HTML.
fn escaped(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = escaped_within(&text);
    // At the start of a line these make a list or underline a heading.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

/// Returns a text that stands behind others on its line.
fn escaped_within(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => found.push(' '),
            letter if letter.is_control() => found.push('\u{fffd}'),
            letter => {
                if "\\`*_[]<>|#~!&$".contains(letter) {
                    found.push('\\');
                }
                found.push(letter);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_a_text_is_markdown() {
        let table = [
            ("a | b", r"a \| b"),
            ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
            ("[x](javascript:1) *b* _i_ `c`", r"\[x\](javascript:1) \*b\* \_i\_ \`c\`"),
            ("- item\n\n# heading", r"\- item \# heading"),
            ("12. item", r"12\. item"),
            ("=== \\ &lt;", r"\=== \\ \&lt;"),
            ("3 of 4", "3 of 4"),
        ];
        for (text, expected) in table {
            assert_eq!(escaped(text), expected);
        }
    }
}
