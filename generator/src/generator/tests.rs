use super::Generator;
use crate::report::{CODES, explanation};
use crate::settings::FormatReading;

/// Returns the first example of a page of `FINDINGS.md` if it is one of a definition, as a whole definition.
fn example(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("```yaml")?;
    let (kind, rest) = rest.split_once('\n')?;
    let (text, _) = rest.split_once("```")?;
    let states = |key: &str| text.lines().any(|line| line.starts_with(key));
    let mut whole = String::new();
    match kind.trim() {
        "whole" => return Some(text.to_owned()),
        "" => whole += "openapi: 3.0.3\n",
        _ => return None,
    }
    if !states("info:") {
        whole += "info: {title: Pets, version: '1'}\n";
    }
    if !states("paths:") {
        whole += "paths: {}\n";
    }
    Some(whole + text)
}

#[test]
fn every_example_of_a_finding_has_it() {
    let mut wrong = Vec::new();
    for code in CODES {
        let Some(text) = explanation(code).and_then(example) else { continue };
        let linted = Generator::from_text("example.yaml", text).lint();
        let (findings, _) = linted.expect("a text in memory is read");
        if !findings.codes().contains(code) {
            wrong.push(format!("{code}:\n{findings}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_formats_that_are_rules_are_said_to_be_unchecked() {
    let text = explanation("unchecked-format").and_then(example).expect("the finding has an example");
    for (formats, expected) in [(FormatReading::Assertion, true), (FormatReading::Annotation, false)] {
        let (findings, _) = Generator::from_text("example.yaml", text.clone())
            .formats(formats)
            .lint()
            .expect("a text is read");
        assert_eq!(findings.codes().contains(&"unchecked-format"), expected, "{formats:?}:\n{findings}");
    }
}

#[test]
fn fixes_change_what_is_odd_and_nothing_else() {
    let text = r#"openapi: 3.0.3
info: {title: Pets, version: 1.10}   # a comment
paths:
  /pets/{id}:
    get:
      tags: pets
      parameters:
      - {name: id, in: path, required: false, schema: {type: "String"}}
      responses:
        4xx: {description:   Odd spacing.}
components:
  schemas:
    Count: {type: INTEGER, maximum: '10', nullable: "yes"}
    Kind: &kind {type: string, enum: [1.10, no]}
    Again: *kind
    Long: {type: string, maxLength: 40.0}
"#;
    let (findings, _) = Generator::from_text("pets.yaml", text).lint().expect("a text is read");
    let (changed, count) = findings.fixed();
    let [(path, fixed)] = &changed[..] else { panic!("{changed:?}") };
    assert_eq!(path.to_str(), Some("pets.yaml"));
    let expected = text
        .replace("version: 1.10", "version: '1.10'")
        .replace("tags: pets", "tags: [\"pets\"]")
        .replace("required: false", "required: true")
        .replace("\"String\"", "\"string\"")
        .replace("4xx", "'4XX'")
        .replace("INTEGER", "integer")
        .replace("'10'", "10")
        .replace("\"yes\"", "true")
        .replace("[1.10, no]", "['1.10', no]")
        .replace("40.0", "40");
    assert_eq!(*fixed, expected);
    assert_eq!(count, 10);
    let (left, _) = Generator::from_text("pets.yaml", &*expected).lint().expect("a text is read");
    assert_eq!(left.fixed().1, 0, "{left}");
}
