use super::{HEAD, parse, run};
use crate::report::{Policy, Report};
use crate::settings::OperationFilter;
use crate::source::{Source, SourceFiles};

#[test]
fn deep_documents_are_refused_or_read_without_a_stack_overflow() {
    let nested = |depth: usize, inner: &str| {
        let (open, close) = ("{items: ".repeat(depth), "}".repeat(depth));
        format!("{HEAD}components: {{schemas: {{S: {open}{inner}{close}}}}}\n")
    };
    for depth in [10, 60, 61, 120, 5000] {
        let (is_read, lines) = run(&nested(depth, "{}"));
        assert_eq!(is_read, depth < 61, "{depth} {lines:?}");
        assert!(!run(&format!("{}{}", "[".repeat(depth), "]".repeat(depth))).0);
        assert!(!run(&format!("{}{}", "- ".repeat(depth), "{\"a\":".repeat(depth))).0);
    }
    assert!(run(&nested(60, "{maxLength: ten}")).1[0].contains("wrong-type"));
}

/// Small changes to small documents: nothing panics, and what is not read is explained.
#[test]
fn mutated_documents_never_panic() {
    let seeds = [
        "openapi: 3.0.3\ninfo: &i {title: é, version: 1}\npaths: {/a: {get: {responses: {200: {$ref: '#/b'}}}}}\nx: *i\n",
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {type: [a, 'null'], enum: [1], items: [{}], minimum: 1.5}\n",
        "{\"openapi\": \"3.0.3\", \"paths\": {\"/\": {\"get\": {\"parameters\": [{\"in\": \"path\", \"style\": 1}]}}}}",
    ];
    let pieces = [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "&a ", "*a", "<<: ", "~", "'", "\"", "\\", "é",
        "1e999", "!t ", "? ", "|\n", "\t", "#", ",", "$ref: ", "---\n",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap_or_default()
    };
    let rounds =
        std::env::var("SPECWRIGHT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(300);
    for round in 0..rounds {
        let mut text: Vec<char> = seeds[round % seeds.len()].chars().collect();
        for _ in 0..=random(4) {
            let (from, length) = (random(text.len()), random(6));
            let to = (from + length).min(text.len());
            let piece: Vec<char> = match random(3) {
                0 => Vec::new(),
                1 => pieces[random(pieces.len())].chars().collect(),
                _ => text[from..to].repeat(2),
            };
            text.splice(from..to, piece);
        }
        let text: String = text.into_iter().collect();
        for path in ["x.yaml", "x.json"] {
            let mut source = SourceFiles::from(Source::new(path, text.clone()));
            let policy = Policy { keep_going: round % 2 == 1, ..Policy::default() };
            let mut report = Report::new(&policy);
            let document = parse(&mut source, &OperationFilter::default(), &mut report);
            report.apply(&policy);
            assert!(document.is_some() || report.has_errors(), "{text}");
            let _ = (report.render(&source, false, false), report.to_json_lines(&source));
        }
    }
}
