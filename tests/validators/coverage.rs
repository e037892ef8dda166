//! `spec/COVERAGE.md`: code, rule, case. No code of the definition goes without, and members whose keywords
//! these tests can't prove are listed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

use super::{case::cases, check::INVALID_JSON, places::UNPROVED, proof::Proof, rules::proofs, spec::SPEC};

/// What is raised for a body, not for a member, so that no place of the definition has the rule.
const OF_THE_BODY: &str = INVALID_JSON;

/// Set to `write` to bring the file up to date.
const VARIABLE: &str = "SPECWRIGHT_COVERAGE";

/// The rules of a code: rule, keyword and severity, with the places where they were proved.
type Rules = BTreeMap<(String, String, String), Vec<String>>;

struct Coverage {
    rules: BTreeMap<String, Rules>,
    cases: BTreeMap<String, BTreeSet<String>>,
}

impl Coverage {
    fn of(proofs: &[Proof]) -> Self {
        let mut coverage = Self { rules: BTreeMap::new(), cases: BTreeMap::new() };
        for proof in proofs.iter().filter(|proof| !proof.failing.is_empty()) {
            let rule = (proof.rule.clone(), proof.keyword.to_owned(), proof.said.severity.to_string());
            let rules = coverage.rules.entry(proof.said.code.clone()).or_default();
            rules.entry(rule).or_default().push(proof.path.clone());
        }
        for case in cases() {
            for expected in &case.expect {
                coverage.cases.entry(expected.code().to_owned()).or_default().insert(case.name.clone());
            }
        }
        coverage
    }

    fn page(&self) -> String {
        let mut page = "\
# Codes, rules, cases\n\n\
Written by `tests/validators/coverage.rs` from `cards-v4.yaml` and `tests/validators/bodies`; don't edit. To bring it up\n\
to date: `SPECWRIGHT_COVERAGE=write cargo test --test validators coverage`.\n\n\
Each rule is proved at each of its places with bodies that keep it and bodies that break it; one place is named. The\n\
cases are files in `tests/validators/bodies`.\n"
            .to_owned();
        page += "\n## Codes of the API\n";
        for (code, message, of_server) in SPEC.codes() {
            if of_server {
                let _ = write!(
                    page,
                    "\n### `{code}`\n\n{message}. Raised by the server alone, never by a validator.\n"
                );
            } else {
                self.section(&mut page, code, &format!("{message}."));
            }
        }
        page += "\n## Codes of our own\n";
        let named: BTreeSet<&str> = SPEC.codes().map(|(code, ..)| code).collect();
        let own: BTreeSet<&String> = self.rules.keys().chain(self.cases.keys()).collect();
        for code in own.into_iter().filter(|code| !named.contains(code.as_str())) {
            self.section(&mut page, code, "What the API has no code for.");
        }
        let unproved: BTreeSet<String> = UNPROVED
            .iter()
            .map(|unproved| format!("* `{}`: `{}`\n", unproved.member, unproved.keyword))
            .collect();
        if !unproved.is_empty() {
            page += "\n## Members without a proof\n\nTheir rules are checked, and these tests know no bodies for them.\n\n";
            page.extend(unproved);
        }
        page
    }

    fn section(&self, page: &mut String, code: &str, about: &str) {
        let _ = write!(page, "\n### `{code}`\n\n{about}\n");
        if let Some(cases) = self.cases.get(code) {
            let cases: Vec<String> = cases.iter().map(|case| format!("`{case}`")).collect();
            let _ = write!(page, "\nCases: {}.\n", cases.join(", "));
        }
        let Some(rules) = self.rules.get(code) else { return };
        *page += "\n| rule | keyword | severity | places | for one |\n|---|---|---|---|---|\n";
        for ((rule, keyword, severity), places) in rules {
            let first = &places[0];
            let _ = writeln!(page, "| `{rule}` | {keyword} | {severity} | {} | `{first}` |", places.len());
        }
    }
}

#[test]
fn every_code_has_a_rule_and_a_case() {
    let coverage = Coverage::of(&proofs());
    for (code, _, of_server) in SPEC.codes() {
        let has_rule = code == OF_THE_BODY || coverage.rules.contains_key(code);
        let has_case = coverage.cases.contains_key(code);
        if of_server {
            assert!(!has_rule && !has_case, "{code} is the server's, and yet there is a rule or a case");
        } else {
            assert!(has_rule || !UNPROVED.is_empty(), "no rule of a request raises {code}");
            assert!(has_case, "no case in tests/validators/bodies expects {code}");
        }
    }
}

#[test]
fn every_rule_has_bodies_on_both_sides() {
    for proof in proofs() {
        // A valid sample is a passing body of every rule; these have none of their own.
        let by_sample = ["type", "type: integer", "properties", "required"].contains(&proof.keyword);
        let has_both = !proof.failing.is_empty() && (by_sample || !proof.passing.is_empty());
        assert!(has_both || proof.rule == "not required", "{} {}: {}", proof.rule, proof.keyword, proof.path);
    }
}

#[test]
fn the_page_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/COVERAGE.md");
    let page = Coverage::of(&proofs()).page();
    if std::env::var(VARIABLE).is_ok_and(|value| value == "write") {
        fs::write(&path, page).unwrap();
    } else {
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == page,
            "spec/COVERAGE.md is stale: {VARIABLE}=write cargo test --test validators coverage"
        );
    }
}
