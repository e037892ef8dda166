//! `Display` of a list of violations.

use std::{collections::HashMap, fmt};

use super::list::Violations;

/// At most so many violations are printed after the first. The others are counted.
const PRINTED: usize = 10;

/// At most so many codes are counted by name.
const COUNTED: usize = 10;

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.list.split_first() else {
            return f.write_str("no violations");
        };
        // A line "and 1 more" would be as long as the violation that it leaves out.
        let is_long = others.len() > PRINTED || self.left_out() > 0;
        if is_long {
            write_summary(self, f)?;
        }
        write!(f, "{first}")?;
        let printed = others.len().min(if is_long { PRINTED - 1 } else { PRINTED });
        for violation in &others[..printed] {
            write!(f, "\n{violation}")?;
        }
        match others.len() - printed + self.left_out() {
            0 => Ok(()),
            left => write!(f, "\n... and {left} more"),
        }
    }
}

/// Prints `1000 violations (990 errors, 10 warnings): missingRequiredField 990, x-unknownProperty 10`.
fn write_summary(violations: &Violations, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let errors = violations.errors().count();
    let warnings = violations.len() - errors;
    write!(
        f,
        "{} violations ({}, {}): ",
        violations.len(),
        counted(errors, "error"),
        counted(warnings, "warning")
    )?;
    let codes = by_code(violations);
    for (index, (code, count)) in codes.iter().take(COUNTED).enumerate() {
        write!(f, "{}{code} {count}", if index == 0 { "" } else { ", " })?;
    }
    match codes.len().saturating_sub(COUNTED) {
        0 => {}
        left => write!(f, ", and {}", counted(left, "other code"))?,
    }
    match violations.left_out() {
        0 => f.write_str("\n"),
        left => writeln!(f, ". {left} more are not listed"),
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Returns the codes and how often they occur, the most frequent first. Codes of the same number keep their
/// order.
fn by_code(violations: &Violations) -> Vec<(&str, usize)> {
    let (mut codes, mut indexes) = (Vec::new(), HashMap::new());
    for violation in violations {
        let index = *indexes.entry(violation.code()).or_insert(codes.len());
        if index == codes.len() {
            codes.push((violation.code(), 0));
        }
        codes[index].1 += 1;
    }
    codes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violations::{Code, Violation};

    const MISSING: Code = Code::error("missingRequiredField", "A required field is missing");
    const SAME: Code = Code::warning("currencyInconsistency", "Currencies differ");

    fn of_length(length: usize) -> Violations {
        (0..length).map(|index| Violation::new(&MISSING, format!("accounts[{index}].id"))).collect()
    }

    #[test]
    fn short_lists_are_written_out() {
        assert_eq!(of_length(0).to_string(), "no violations");
        assert_eq!(
            of_length(1).to_string(),
            "error missingRequiredField at accounts[0].id: A required field is missing"
        );
        for length in [2, 11] {
            let text = of_length(length).to_string();
            assert_eq!(text.lines().count(), length);
            let last = of_length(length).into_iter().next_back().map(|violation| violation.to_string());
            assert_eq!(text.lines().last(), last.as_deref());
        }
    }

    #[test]
    fn long_lists_are_summarised() {
        let mut violations = of_length(1000);
        violations.push(Violation::new(&SAME, "transactions[0]"));
        let text = violations.to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 12);
        assert_eq!(
            lines[0],
            "1001 violations (1000 errors, 1 warning): missingRequiredField 1000, currencyInconsistency 1"
        );
        assert_eq!(lines[1], "error missingRequiredField at accounts[0].id: A required field is missing");
        assert_eq!(lines[11], "... and 991 more");
    }

    #[cfg(feature = "validators")]
    #[test]
    fn what_is_not_listed_is_counted() {
        use crate::violations::LeftOut;

        let text = of_length(3).with_left_out(LeftOut { errors: 40, warnings: 0 }).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 5);
        assert_eq!(
            lines[0],
            "3 violations (3 errors, 0 warnings): missingRequiredField 3. 40 more are not listed"
        );
        assert_eq!(lines[4], "... and 40 more");
        let text = of_length(20).with_left_out(LeftOut { errors: 0, warnings: 1 }).to_string();
        assert_eq!(text.lines().last(), Some("... and 11 more"));
    }

    #[test]
    fn many_codes_are_counted_together() {
        let code = |index: usize| {
            Violation::with_parts(
                format!("c{index}"),
                "",
                format!("[{index}]"),
                crate::violations::Severity::Error,
            )
        };
        let text = (0..12).map(code).collect::<Violations>().to_string();
        assert_eq!(
            text.lines().next(),
            Some(
                "12 violations (12 errors, 0 warnings): c0 1, c1 1, c2 1, c3 1, c4 1, c5 1, c6 1, c7 1, c8 1, c9 1, and 2 other codes"
            )
        );
    }
}
