//! Bounds in generated tables have the digits of the document, whatever a binary float makes of them.

use std::fmt::Write as _;

use specwright::Generator;

use super::chance::Chance;

#[test]
fn bounds_keep_their_digits() {
    const BOUNDS: u64 = 413;
    let mut chance = Chance::new(413);
    let bounds: Vec<String> = (0..BOUNDS).map(|_| bound(&mut chance)).collect();
    let (mut yaml, mut json) = (String::new(), String::new());
    for (index, bound) in bounds.iter().enumerate() {
        writeln!(yaml, "    S{index}: {{type: number, maximum: {bound}}}").unwrap();
        let comma = if index == 0 { "" } else { "," };
        write!(json, r#"{comma}"S{index}": {{"type": "number", "maximum": {bound}}}"#).unwrap();
    }
    let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let head_of_json = r#"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "#;
    for (name, text) in [
        ("bounds.yaml", format!("{head}{yaml}")),
        ("bounds.json", format!(r#"{head_of_json}"components": {{"schemas": {{{json}}}}}}}"#)),
    ] {
        let (files, _) = Generator::from_text(name, text).files().unwrap();
        let (_, tables) = files.iter().find(|(path, _)| path == "src/validators.rs").unwrap();
        for bound in &bounds {
            assert!(tables.contains(&format!("\"{bound}\"")), "{name}: {bound}");
        }
    }
}

/// A number of 15 to 19 digits, at least one of them behind the point, without a zero at either end.
fn bound(chance: &mut Chance) -> String {
    let length = 15 + chance.below(5);
    let point = 1 + chance.below(length - 1);
    let mut text = String::from(if chance.below(2) == 0 { "-" } else { "" });
    for index in 0..length {
        if index == point {
            text.push('.');
        }
        let is_end = index == 0 || index == length - 1;
        let digit = if is_end { 1 + chance.below(9) } else { chance.below(10) };
        write!(text, "{digit}").unwrap();
    }
    text
}
