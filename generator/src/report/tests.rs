use std::fmt;

use super::{
    CODES, Finding, Level, Levels, NodePart, Policy, Report, Severity, explanation, github, nearest, sarif,
};
use crate::pointer::Pointer;
use crate::source::{FileNode, Position, Source, SourceFiles};

struct Sample(&'static str, Severity, NodePart);

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Finding for Sample {
    fn code(&self) -> &'static str {
        "unused-schema"
    }

    fn severity(&self) -> Severity {
        self.1
    }

    fn help(&self) -> Option<String> {
        Some("do otherwise".to_owned())
    }

    fn part(&self) -> NodePart {
        self.2
    }
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap_or_default()
}

fn files(path: &str, text: impl Into<String>) -> SourceFiles {
    Source::new(path, text).into()
}

const ERROR: Sample = Sample("wrong", Severity::Error, NodePart::Value);
const WARNING: Sample = Sample("odd", Severity::Warning, NodePart::Key);

#[test]
fn renders_like_rustc() {
    let source = files("a.yaml", "info:\n  title: T\n  näme: {x: 1}\nfar:\n\n\n\n\n\n\n\n\n\n- 1\n");
    let mut report = Report::default();
    let related =
        vec![(pointer("/far/0"), "given here".to_owned()), (pointer("/info/title"), "near".to_owned())];
    report.push_related(&pointer("/info/näme/x"), &ERROR, related);
    report.push(&pointer("/info/title"), &WARNING);
    report.push(&pointer("/info/title"), &WARNING);
    let expected = "\
warning[unused-schema]: odd
 --> a.yaml:2:3
  |
2 |   title: T
  |   ^^^^^
  |
  = note: at /info/title
  = help: do otherwise

error[unused-schema]: wrong
  --> a.yaml:3:13
   |
 2 |   title: T
   |   ----- near
 3 |   näme: {x: 1}
   |             ^
   |
  ::: a.yaml:14:3
   |
14 | - 1
   |   - given here
   |
   = note: at /info/näme/x
   = help: do otherwise

1 error, 1 warning
";
    let rendered = report.render(&source, false, false);
    assert_eq!(rendered, expected, "{rendered}");
    assert_eq!(
        report.to_lines(&source)[1].1,
        "a.yaml:3:13: error[unused-schema]: wrong (at /info/näme/x); help: do otherwise"
    );
    let json = report.to_json_lines(&source);
    let object: serde_json::Value =
        serde_json::from_str(json.lines().nth(1).unwrap_or_default()).unwrap_or_default();
    assert_eq!(object["column"], 13);
    assert_eq!(object["end_column"], 14);
    assert_eq!(object["related"][0]["line"], 14);
    assert!(report.render(&source, true, false).contains("\u{1b}["));
}

#[test]
fn long_lines_are_cut_and_floods_are_counted() {
    let keys: Vec<String> = (0..400).map(|index| format!("\"käy{index}\": {{\"x\": 1}}")).collect();
    let source = files("a.json", format!("{{{}}}", keys.join(", ")));
    let mut report = Report::default();
    for index in 0..400 {
        report.push(&pointer(&format!("/käy{index}/x")), &ERROR);
    }
    let rendered = report.render(&source, false, false);
    assert!(rendered.lines().all(|line| line.chars().count() < 220), "{rendered}");
    assert!(rendered.contains("and 397 more of `unused-schema`; `--all` shows every one"), "{rendered}");
    assert!(rendered.contains("::: a.json:1:34"), "{rendered}");
    assert!(rendered.ends_with("400 errors\n"));
    assert_eq!(report.to_lines(&source).len(), 400);
    assert_eq!(report.to_folded_lines(&source).len(), 4);
    assert_eq!(report.render(&source, false, true).matches("error[unused-schema]").count(), 400);
    assert_eq!(Report::default().render(&source, false, false), "");
}

#[test]
fn many_of_one_kind_are_one_entry() {
    let text: String = (0..12).flat_map(|index| [format!("n{index}: 1"), "\n".repeat(5)]).collect();
    let source = files("a.yaml", text);
    let mut report = Report::default();
    for index in 0..12 {
        let finding =
            if index == 1 { Sample("odd otherwise", Severity::Warning, NodePart::Key) } else { WARNING };
        report.push(&pointer(&format!("/n{index}")), &finding);
    }
    for index in 0..9 {
        report.push(&pointer(&format!("/n{index}")), &ERROR);
    }
    let rendered = report.render(&source, false, false);
    let expected = "\
warning[unused-schema]: odd
  --> a.yaml:1:1
   |
 1 | n0: 1
   | ^^
...
 6 | n1: 1
   | -- odd otherwise
   |
  ::: a.yaml:11:1
   |
11 | n2: 1
   | -- and here
   |
   = note: at /n0
   = help: do otherwise
   = note: and 9 more of `unused-schema`; `--all` shows every one

";
    assert!(rendered.starts_with(expected), "{rendered}");
    assert_eq!(rendered.matches("warning[unused-schema]").count(), 1);
    assert_eq!(rendered.matches("error[unused-schema]").count(), 9);
    assert!(rendered.ends_with("9 errors, 12 warnings\n"));
}

#[test]
fn one_entry_shows_places_in_several_files() {
    let overlay = Source::new("b.yaml", "update:\n  n1: 1\n");
    let mut files = SourceFiles::new(Source::new("a.yaml", "n0: 1\nn2: 1\n"), vec![overlay]);
    let overlays: Vec<_> = files.overlays().collect();
    files.set_origin(&pointer("/n1"), FileNode { file: overlays[0], at: pointer("/update/n1") });
    let mut report = Report::default();
    let messages = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    for message in messages {
        report.push(&pointer("/n1"), &Sample(message, Severity::Warning, NodePart::Key));
    }
    report.push(&pointer("/n0"), &WARNING);
    let rendered = report.render(&files, false, false);
    for expected in ["--> a.yaml:1:1\n", "::: b.yaml:2:3\n", "note: and 8 more of `unused-schema`"] {
        assert!(rendered.contains(expected), "{rendered}");
    }
    let lines = report.to_folded_lines(&files);
    let begins: Vec<&str> = lines.iter().map(|(_, line)| &line[..7]).collect();
    assert_eq!(begins, ["a.yaml:", "b.yaml:", "b.yaml:", "a.yaml:"], "{lines:?}");
}

/// Levels at places are those of the definition, whatever is at the same pointer of another file.
#[test]
fn levels_at_places_do_not_reach_into_other_files() {
    let overlay = Source::new("b.yaml", "info: 1\n");
    let mut files = SourceFiles::new(Source::new("a.yaml", "info: 1\n"), vec![overlay]);
    let overlays: Vec<_> = files.overlays().collect();
    files.set_origin(&pointer("/new"), FileNode { file: overlays[0], at: pointer("/info") });
    let allowed = Levels { all: Some(Level::Allow), ..Levels::default() };
    let places = [(pointer("/info"), allowed.clone()), (pointer("/new"), allowed)];
    let mut report = Report::default();
    for at in ["/info", "/new"] {
        report.push(&pointer(at), &WARNING);
    }
    for file in [SourceFiles::DEFINITION, overlays[0]] {
        let mut own = Report::default();
        own.push(&pointer("/info"), &WARNING);
        report.add_of_file(file, own);
    }
    report.apply(&Policy { places: places.into(), ..Policy::default() });
    let left: Vec<_> = report.diagnostics.iter().map(|finding| finding.file).collect();
    assert_eq!(left, [Some(overlays[0])]);
}

#[test]
fn places_beyond_the_text_are_shown_at_its_end() {
    for text in ["", "a", "a\n", "é\n\n"] {
        let source = files("a.yaml", text);
        let mut report = Report::default();
        report.push_at_position(&Pointer::root(), Some(Position { line: 9, column: 9 }), &ERROR, Vec::new());
        report.push(&pointer("/a/b"), &ERROR);
        assert!(report.render(&source, false, false).contains("--> a.yaml:1:"));
    }
}

#[test]
fn nearest_finds_typing_errors_and_nothing_else() {
    let known = ["Amount", "Address", "CreateAccount"];
    assert_eq!(nearest("Amuont", known), Some("Amount"));
    assert_eq!(nearest("createAccount", known), Some("CreateAccount"));
    assert_eq!(nearest("CreateAcount", known), Some("CreateAccount"));
    assert_eq!(nearest("Zebra", known), None);
}

/// A code of any kind has a page, and a page a code.
#[test]
fn every_code_is_explained() {
    let page = include_str!("../../FINDINGS.md");
    let pages: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("### `")?.split('`').next()).collect();
    let without: Vec<&&str> = CODES.iter().filter(|code| !pages.contains(code)).collect();
    assert!(
        without.is_empty(),
        "add a section to FINDINGS.md, `### `code`` as the others are, for {without:?}"
    );
    assert_eq!(pages, CODES);
    for code in CODES {
        let page = explanation(code).unwrap_or_default();
        assert!(page.contains("```yaml") && page.contains("\nMend: "), "{code}: {page}");
    }
    assert_eq!(explanation("no-such-code"), None);
}

#[test]
fn every_code_is_documented() {
    let page = include_str!("../../FINDINGS.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let documented: Vec<&str> = rows.map(|(code, _)| code).collect();
    assert_eq!(documented, CODES);
    assert!(CODES.is_sorted());
}

/// The problem matcher of CONTRIBUTING.md reads what `--message-format short` writes.
#[test]
fn the_problem_matcher_reads_short_lines() {
    let page = include_str!("../../../CONTRIBUTING.md");
    let (_, rest) = page.split_once("```json\n").unwrap_or_default();
    let task: serde_json::Value =
        serde_json::from_str(rest.split("```").next().unwrap_or_default()).unwrap_or_default();
    let pattern = &task["tasks"][0]["problemMatcher"]["pattern"];
    let Ok(regex) = fancy_regex::Regex::new(pattern["regexp"].as_str().unwrap_or_default()) else {
        panic!("{pattern}")
    };
    let source = files("spec/a.yaml", "info:\n  title: T\n");
    let mut report = Report::default();
    report.push(&pointer("/info/title"), &WARNING);
    let line = &report.to_lines(&source)[0].1;
    let Ok(Some(found)) = regex.captures(line) else { panic!("{line}") };
    let part = |name: &str| {
        let index = pattern[name].as_u64().and_then(|index| usize::try_from(index).ok()).unwrap_or_default();
        found.get(index).map_or("", |part| part.as_str())
    };
    assert_eq!(
        ["file", "line", "column", "severity", "code"].map(part),
        ["spec/a.yaml", "2", "3", "warning", "unused-schema"]
    );
    assert!(part("message").starts_with("odd"), "{line}");
}

/// What GitHub and static analysis tools get: every finding with its place, and fixes where there are some.
#[test]
fn other_programs_get_findings_with_places() {
    let source = files("a b/ä.yaml", "info:\n  title: String\n  x: 1\n");
    let mut report = Report::default();
    let related = vec![(pointer("/info/x"), "given here".to_owned())];
    report.push_related(
        &pointer("/info/title"),
        &Sample("odd: 5%", Severity::Warning, NodePart::Value),
        related,
    );
    let annotations = report.annotations(&source);
    assert_eq!(
        github(&annotations),
        "::warning title=unused-schema,file=a b/ä.yaml,line=2,endLine=2,col=10,endColumn=16::odd: 5%25; help: do otherwise (at /info/title)\n"
    );
    let log: serde_json::Value = serde_json::from_str(&sarif(&annotations)).unwrap_or_default();
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "unused-schema");
    let result = &run["results"][0];
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/%C3%A4.yaml");
    assert_eq!(place["region"]["startColumn"], 10);
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 3);
    assert_eq!(result["fixes"].as_array(), None);
}
