//! The rules that are in force, and what they decide of each call.

use std::time::Duration;

use super::{Fault, Operation, Rule};
use crate::chance;
use crate::instant::Instant;

/// Rules in force.
#[derive(Debug)]
pub struct Faults {
    rules: Vec<Active>,
    since: Instant,
    seed: u64,
    /// How many decisions chance has made.
    draws: u64,
}

#[derive(Debug)]
struct Active {
    rule: Rule,
    /// How many times it still goes wrong, if that is limited.
    left: Option<u64>,
}

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trouble {
    /// How much later it is answered.
    pub delay: Duration,
    /// What else goes wrong. It is never [`Fault::Delay`].
    pub fault: Option<Fault>,
}

impl Faults {
    /// Puts rules in force from now on. The same seed and the same calls meet the same faults.
    #[must_use]
    pub fn new(rules: Vec<Rule>, seed: u64, now: Instant) -> Self {
        let rules = rules.into_iter().map(|rule| Active { left: rule.count, rule }).collect();
        Self { rules, since: now, seed, draws: 0 }
    }

    /// Returns the rules as they were set; `count` is what is left of it.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        let rule = |active: &Active| Rule { count: active.left, ..active.rule.clone() };
        self.rules.iter().map(rule).collect()
    }

    /// Decides what goes wrong with a call. Delays add up; of other faults, the first counts whose rule
    /// is met.
    pub fn meet(&mut self, operation: Operation, now: Instant) -> Trouble {
        let elapsed = now.since(self.since);
        let mut trouble = Trouble::default();
        for active in &mut self.rules {
            if !active.is_about(operation, elapsed) {
                continue;
            }
            self.draws += 1;
            if !chance::is_hit(self.seed, self.draws, active.rule.probability) {
                continue;
            }
            active.left = active.left.map(|left| left - 1);
            match active.rule.fault {
                Fault::Delay(delay) => trouble.delay = trouble.delay.saturating_add(delay),
                fault => {
                    trouble.fault = Some(fault);
                    break;
                }
            }
        }
        trouble
    }
}

impl Active {
    fn is_about(&self, operation: Operation, elapsed: Duration) -> bool {
        let Rule { fault, operation: named, from, until, .. } = &self.rule;
        let is_meant = named.is_none_or(|named| named == operation);
        let is_time = elapsed >= *from && until.is_none_or(|until| elapsed < until);
        fault.is_possible(operation) && is_meant && is_time && self.left != Some(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn faults(rules: &str) -> Faults {
        Faults::new(read(rules.as_bytes()).unwrap(), 7, Instant(1000))
    }

    fn met(faults: &mut Faults, operation: Operation, second: u64) -> Option<Fault> {
        faults.meet(operation, Instant(1000 + second * 1000)).fault
    }

    #[test]
    fn a_rule_holds_for_its_operation_its_window_and_its_count() {
        let mut faults = faults(
            r#"[{"fault": "reset", "operation": "token", "from": 2, "until": 4, "count": 2},
                {"fault": "expiredToken", "count": 1}]"#,
        );
        assert_eq!(met(&mut faults, Operation::Token, 1), None);
        assert_eq!(met(&mut faults, Operation::GetBulkRequest, 2), Some(Fault::ExpiredToken));
        assert_eq!(met(&mut faults, Operation::GetBulkRequest, 2), None);
        assert_eq!(met(&mut faults, Operation::Token, 2), Some(Fault::Reset));
        assert_eq!(faults.rules()[0].count, Some(1));
        assert_eq!(met(&mut faults, Operation::Token, 4), None);
        assert_eq!(met(&mut faults, Operation::Token, 3), Some(Fault::Reset));
        assert_eq!(met(&mut faults, Operation::Token, 3), None);
    }

    #[test]
    fn delays_add_up_before_another_fault() {
        let mut faults = faults(
            r#"[{"fault": "delay", "seconds": 0.25}, {"fault": "delay", "seconds": 1},
                {"fault": "tooManyRequests", "retryAfter": 3}, {"fault": "delay", "seconds": 9}]"#,
        );
        let trouble = faults.meet(Operation::CreateAccountsBulk, Instant(1000));
        assert_eq!(trouble.delay, Duration::from_millis(1250));
        assert_eq!(trouble.fault, Some(Fault::TooManyRequests(Some(3))));
    }

    #[test]
    fn rules_are_told_as_they_were_written() {
        let text = r#"[{"fault":"delay","operation":"getBulkRequest","probability":0.5,"count":3,"from":1.0,"until":2.5,"seconds":0.25},{"fault":"lateAnswer","seconds":1.5},{"fault":"lostAnswer"}]"#;
        assert_eq!(serde_json::to_string(&faults(text).rules()).unwrap(), text);
    }

    #[test]
    fn mistakes_are_told_with_their_position() {
        let mut wrong = Vec::new();
        for (text, told) in [
            ("[\n  {\"fault\": \"rest\"}]", "2:18: unknown variant `rest`, expected one of `delay`, "),
            ("[{\"fault\": \"reset\", \"often\": 1}]", "1:27: unknown field `often`, expected one of "),
            ("[{\"fault\": \"reset\",\n \"probability\": 1.5}]", "2:21: `probability` is from 0 to 1"),
            ("[{\"fault\": \"reset\", \"seconds\": 1}]", "1:34: `seconds` is for the faults `delay` "),
            ("[{\"fault\": \"delay\", \"seconds\": -1}]", "1:35: `seconds` is in seconds"),
            ("[{\"fault\": \"lateAnswer\"}]", "1:25: the fault `lateAnswer` needs `seconds`"),
            ("[{\"fault\": \"reset\", \"retryAfter\": 1}]", "1:37: `retryAfter` is for the fault "),
            ("[{\"fault\": \"reset\", \"from\": 2, \"until\": 2}]", "1:43: `until` is later than `from`"),
            ("[{\"fault\": \"expiredToken\", \"operation\": \"token\"}]", "1:49: the operation can't meet "),
            (
                "[{\"fault\": \"completedWithWarnings\", \"operation\": \"getBulkRequest\"}]",
                "1:67: the operation can't meet ",
            ),
            ("[{\"fault\": \"reset\", \"count\": \"1\"}]", "1:32: invalid type: string \"1\", expected u64"),
            ("[{\"operation\": \"token\"}]", "1:23: missing field `fault`"),
            ("{}", "1:0: invalid type: map, expected a sequence"),
            ("[", "1:1: EOF while parsing a list"),
        ] {
            let error = read(text.as_bytes()).unwrap_err().to_string();
            if !error.starts_with(told) {
                wrong.push(format!("{text}: {error}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
