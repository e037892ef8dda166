//! What a description says besides its sentence: required, values, limits, default.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::facts::{DocumentedLimit, DocumentedValue, LimitKind, Requirement};
use super::markdown::{Inline, RichText, collapsed};

/// A description taken apart.
#[derive(Debug, Default)]
pub(super) struct Wording {
    pub(super) required: Option<Requirement>,
    /// The sentence without the mark of required fields and without the list of values.
    pub(super) text: String,
    pub(super) values: Vec<DocumentedValue>,
    pub(super) values_are_open: bool,
    pub(super) default: Option<String>,
    /// Error codes that the description lists, each with its message as label.
    pub(super) codes: Vec<DocumentedValue>,
}

/// Takes a description apart.
pub(super) fn read(rich: &RichText) -> Wording {
    let mut wording = Wording::default();
    let mut parts = rich.parts.clone();
    let marked = |part: &Inline| matches!(part, Inline::Strong(text) if requirement(text).is_some());
    if let Some(index) = parts.iter().position(marked) {
        wording.required = requirement(parts.remove(index).text());
    } else if let Some(Inline::Text(text)) = parts.first_mut()
        && let Some((required, rest)) = unformatted_requirement(text)
    {
        wording.required = Some(required);
        *text = rest;
    }
    let listed = listed(&parts).or_else(|| unformatted(&parts));
    if let Some(listed) = listed {
        let target = if listed.are_codes { &mut wording.codes } else { &mut wording.values };
        *target = listed.values;
        wording.values_are_open = listed.are_open;
        parts = listed.rest;
    }
    let text: String = parts.iter().map(Inline::text).collect();
    wording.text = collapsed(&text);
    wording.default =
        DEFAULT.captures(&wording.text).map(|found| found[1].trim_end_matches(['.', '-']).to_owned());
    wording
}

static DEFAULT: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?i)\bdefault(?: value)?(?:: ?| is | = )["']?([\w.-]+)"#));

/// Reads `Required`, `Required for create` and the like.
pub(super) fn requirement(text: &str) -> Option<Requirement> {
    let lower = collapsed(text).to_lowercase();
    let rest = lower.strip_prefix("required")?.trim_matches([' ', '.', ':', '*', ',']);
    match rest.strip_prefix("for ").or_else(|| rest.strip_prefix("on ")) {
        Some(form) => Some(Requirement::RequiredFor(form.to_owned())),
        None if rest.is_empty() => Some(Requirement::Required),
        None => None,
    }
}

/// Reads the mark in a copy of a page that has lost its formatting.
fn unformatted_requirement(text: &str) -> Option<(Requirement, String)> {
    let rest = text.trim_start().strip_prefix("Required")?;
    if let Some(found) = UNFORMATTED_FORM.captures(rest) {
        let rest = rest[found[0].len()..].to_owned();
        return Some((Requirement::RequiredFor(found[1].to_lowercase()), rest));
    }
    let rest = rest.strip_prefix([' ', '.', ':'])?.trim_start();
    let begins = rest.starts_with(|first: char| first.is_uppercase() || first.is_numeric());
    (begins || rest.is_empty()).then(|| (Requirement::Required, rest.to_owned()))
}

static UNFORMATTED_FORM: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^ for (\w+)[.:]? (?:[A-Z0-9]|$)|^ for (\w+)$"));

/// Returns whether a paragraph says of what the section is about that it is deprecated.
pub(super) fn is_deprecation(paragraph: &str) -> bool {
    DEPRECATION.is_match(paragraph.trim())
}

static DEPRECATION: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"^[Dd]eprecated(?:$|[.:!]|\s+[A-Z])",
        r"|\b[Tt]his (?:endpoint|operation|method) (?:is|has been) deprecated\b"
    ))
});

/// Returns whether a description or a heading says that something is deprecated.
pub(super) fn says_deprecated(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with("deprecated") || lower.contains("(deprecated)") || DEPRECATED.is_match(&lower)
}

static DEPRECATED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\bthis (?:endpoint|operation|method|field|property|parameter) (?:is|has been) deprecated\b")
});

struct Listed {
    values: Vec<DocumentedValue>,
    are_open: bool,
    are_codes: bool,
    rest: Vec<Inline>,
}

/// What announces a list of values.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:(?:supported|allowed|possible|valid|accepted|permitted|preferred|expected)",
        r" values?",
        r"|(?P<codes>possible error codes)|one of(?: the following)?|for example)(?: are| is| include)?[: ]*$"
    ))
});

/// Finds values in code spans behind a phrase that announces them.
fn listed(parts: &[Inline]) -> Option<Listed> {
    let lead = parts.iter().enumerate().position(|(index, part)| {
        let followed = matches!(parts.get(index + 1), Some(Inline::Code(_)));
        followed && matches!(part, Inline::Text(text) if LEAD.is_match(text.trim_end()))
    })?;
    let text = parts[lead].text().trim_end();
    let sentence: String = parts[..=lead].iter().map(Inline::text).collect();
    let are_open = sentence.to_lowercase().contains("prefer");
    if text.to_lowercase().ends_with("for example") && !are_open {
        return None;
    }
    let mut end = lead + 1;
    let mut values = Vec::new();
    for (index, part) in parts.iter().enumerate().skip(lead + 1) {
        match part {
            Inline::Code(code) => {
                values.push(value(code));
                end = index + 1;
            }
            other if is_separator(other.text()) => {}
            _ => break,
        }
    }
    let are_codes = LEAD.captures(text).is_some_and(|found| found.name("codes").is_some());
    let rest = parts[..=lead].iter().chain(&parts[end..]).cloned().collect();
    Some(Listed { values, are_open, are_codes, rest })
}

fn is_separator(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '/'));
    words.into_iter().all(|word| matches!(word, "" | "and" | "or"))
}

/// What announces a list of values in the middle of a text.
static UNFORMATTED_LEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:(?:supported|allowed|possible|valid|accepted|permitted|preferred|expected) values?",
        r"|(?P<codes>possible error codes)|(?P<example>for example))(?: are| is| include)?: ?|for example ?"
    ))
});

/// A value with a label behind a comma; labels contain commas too, which no value follows.
static UNFORMATTED_VALUE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|, ?)([A-Za-z0-9_]+) ?[-=\u{2013}] "));

/// Finds values in a text without code spans.
fn unformatted(parts: &[Inline]) -> Option<Listed> {
    if parts.iter().any(|part| matches!(part, Inline::Code(_))) {
        return None;
    }
    let text: String = parts.iter().map(Inline::text).collect();
    let found = UNFORMATTED_LEAD.captures(&text)?;
    let lead = found.get(0)?;
    let are_open = text[..lead.end()].to_lowercase().contains("prefer");
    if lead.as_str().to_lowercase().starts_with("for example") && !are_open {
        return None;
    }
    let list = text[lead.end()..].trim().trim_end_matches('.');
    let starts: Vec<_> = UNFORMATTED_VALUE.captures_iter(list).filter_map(|found| found.get(1)).collect();
    let values = if starts.first().is_some_and(|first| first.start() == 0) {
        let ends = starts.iter().skip(1).map(regex_lite::Match::start).chain([list.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(start, end)| value(list[start.start()..end].trim_end_matches([',', ' '])))
            .collect()
    } else {
        let list = list.split_once(". ").map_or(list, |(list, _)| list);
        let words: Vec<&str> = list.split([',', ';']).map(str::trim).collect();
        let are_words = words.iter().all(|word| !word.is_empty() && !word.contains(' '));
        if !are_words {
            return None;
        }
        words.into_iter().map(value).collect()
    };
    let are_codes = found.name("codes").is_some();
    let rest = vec![Inline::Text(text[..lead.end()].to_owned())];
    Some(Listed { values, are_open, are_codes, rest })
}

/// Reads `I - Individual`, `A = First` or a bare value.
fn value(text: &str) -> DocumentedValue {
    let text = text.trim();
    for separator in [" - ", " = ", " \u{2013} ", "- ", "= "] {
        if let Some((value, label)) = text.split_once(separator)
            && !value.trim().contains(' ')
        {
            let (value, mut label) = (value.trim().to_owned(), label.trim().to_owned());
            // The parenthesis around the whole list.
            if label.ends_with(')') && !label.contains('(') {
                label.pop();
            }
            return DocumentedValue { value, label: Some(label).filter(|label| !label.is_empty()) };
        }
    }
    DocumentedValue { value: text.trim_end_matches(" -").to_owned(), label: None }
}

/// Finds the limits that a text states. `type_name` is the field's; `None` for a text outside of tables.
pub(super) fn limits(text: &str, type_name: Option<&str>) -> Vec<DocumentedLimit> {
    let lower = text.to_lowercase();
    let is = |name: &str| type_name.is_some_and(|known| known.eq_ignore_ascii_case(name));
    let is_number = is("integer") || is("number");
    let mut found: Vec<DocumentedLimit> = Vec::new();
    let mut add = |kind: LimitKind, digits: &str| {
        if let Ok(value) = digits.replace([',', '\''], "").parse()
            && !found.iter().any(|known| known.kind == kind)
        {
            found.push(DocumentedLimit { kind, value });
        }
    };
    for captures in NUMBER_OF.captures_iter(&lower) {
        let kind = match (&captures[2], &captures[1]) {
            ("characters" | "chars", "max") => LimitKind::MaxLength,
            ("characters" | "chars", _) => LimitKind::MinLength,
            (_, "max") => LimitKind::MaxItems,
            _ => LimitKind::MinItems,
        };
        add(kind, &captures[3]);
    }
    for captures in LENGTH.captures_iter(&lower) {
        add(if &captures[1] == "max" { LimitKind::MaxLength } else { LimitKind::MinLength }, &captures[2]);
    }
    for captures in BETWEEN.captures_iter(&lower) {
        if captures.get(3).is_some() {
            add(LimitKind::MinLength, &captures[1]);
            add(LimitKind::MaxLength, &captures[2]);
        } else if is_number {
            add(LimitKind::Minimum, &captures[1]);
            add(LimitKind::Maximum, &captures[2]);
        }
    }
    for captures in UP_TO.captures_iter(&lower) {
        match &captures[2] {
            "characters" | "chars" | "character" | "char" => add(LimitKind::MaxLength, &captures[1]),
            unit if is("array") || (type_name.is_none() && ITEMS.contains(&unit)) => {
                add(LimitKind::MaxItems, &captures[1]);
            }
            _ => {}
        }
    }
    if is_number {
        for captures in VALUE.captures_iter(&lower) {
            add(if &captures[1] == "max" { LimitKind::Maximum } else { LimitKind::Minimum }, &captures[2]);
        }
    }
    found.sort_by_key(|limit| limit.kind);
    found
}

/// Units that a limit on items has in a text outside of tables.
const ITEMS: [&str; 8] =
    ["items", "elements", "entries", "records", "objects", "accounts", "transactions", "requests"];

static NUMBER_OF: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(max|min)(?:imum|\.)? (?:allowed )?number of ([a-z]+)[a-z /]*?(?: is| are)?[:=]? ?(\d[\d,']*)")
});
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(max|min)(?:imum|\.)? ?(?:length|size)(?: is| of)?[:=]? ?(\d[\d,']*)"));
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"between (\d[\d,']*) and (\d[\d,']*)( (?:characters|chars))?"));
static UP_TO: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?:max(?:imum|\.)?(?: of)?|up to|at most|no more than|not exceed)[: ]+(\d[\d,']*) ([a-z]+)")
});
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(max|min)(?:imum|\.)?(?: value)?(?: is| of)?[:=]? ?(\d[\d,']*)"));

#[expect(clippy::expect_used, reason = "the patterns are constants, and each is compiled by a test")]
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}
