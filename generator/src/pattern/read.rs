//! A regular expression as a sequence of classes, where that is equivalent.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, Group, Literal, Repetition,
    RepetitionKind, RepetitionRange, parse::Parser,
};

use super::classes::{Class, Run};

/// More runs than this are left to a regular expression.
const MOST: usize = 64;

/// Returns the runs of a pattern that is nothing but a sequence of them between `^` and `$`, and that a
/// greedy match decides.
pub(super) fn runs(source: &str) -> Option<Vec<Run>> {
    let ast = Parser::new().parse(source).ok()?;
    let Ast::Concat(concat) = &ast else { return None };
    let [first, parts @ .., last] = &concat.asts[..] else { return None };
    if !is_assertion(first, &[AssertionKind::StartLine, AssertionKind::StartText])
        || !is_assertion(last, &[AssertionKind::EndLine, AssertionKind::EndText])
    {
        return None;
    }
    let mut runs = Vec::new();
    for part in parts {
        append(part, &mut runs)?;
    }
    (runs.len() <= MOST && is_greedy(&runs)).then_some(runs)
}

fn is_assertion(part: &Ast, kinds: &[AssertionKind]) -> bool {
    if let Ast::Assertion(found) = part { kinds.contains(&found.kind) } else { false }
}

/// Appends the runs of a part; `None` if it is no sequence of classes.
fn append(part: &Ast, runs: &mut Vec<Run>) -> Option<()> {
    if let Some(class) = class(part) {
        push(runs, Run { class, min: 1, max: 1 });
        return Some(());
    }
    match part {
        Ast::Empty(_) => Some(()),
        Ast::Concat(concat) => concat.asts.iter().try_for_each(|part| append(part, runs)),
        Ast::Group(group) if !has_flags(group) => append(&group.ast, runs),
        Ast::Repetition(repetition) => repeat(repetition, runs),
        _ => None,
    }
}

/// Returns whether a group begins like `(?i:`.
fn has_flags(group: &Group) -> bool {
    group.flags().is_some_and(|flags| !flags.items.is_empty())
}

fn repeat(repetition: &Repetition, runs: &mut Vec<Run>) -> Option<()> {
    let (min, max) = counts(&repetition.op.kind)?;
    if let Some(class) = class(&repetition.ast) {
        push(runs, Run { class, min, max });
        return Some(());
    }
    // A group that is repeated a fixed number of times is written that many times.
    let mut inner = Vec::new();
    append(&repetition.ast, &mut inner)?;
    match &inner[..] {
        [only] if only.min == 1 && only.max == 1 => push(runs, Run { class: only.class, min, max }),
        _ if min == max && inner.len() * usize::try_from(min).ok()? <= MOST => {
            for run in (0..min).flat_map(|_| &inner) {
                push(runs, *run);
            }
        }
        _ => return None,
    }
    Some(())
}

fn counts(kind: &RepetitionKind) -> Option<(u32, u32)> {
    Some(match kind {
        RepetitionKind::ZeroOrOne => (0, 1),
        RepetitionKind::ZeroOrMore => (0, u32::MAX),
        RepetitionKind::OneOrMore => (1, u32::MAX),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, *count),
        RepetitionKind::Range(RepetitionRange::AtLeast(count)) => (*count, u32::MAX),
        RepetitionKind::Range(RepetitionRange::Bounded(min, max)) if min <= max => (*min, *max),
        RepetitionKind::Range(RepetitionRange::Bounded(..)) => return None,
    })
}

/// Appends a run; neighbours of one class are one run.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        _ if run.max == 0 => {}
        Some(last) if last.class == run.class => {
            last.min = last.min.saturating_add(run.min);
            last.max = last.max.saturating_add(run.max);
        }
        _ => runs.push(run),
    }
}

/// Returns the characters that a part matches, if it always matches exactly one.
fn class(part: &Ast) -> Option<Class> {
    match part {
        Ast::Literal(literal) => character(literal),
        Ast::ClassPerl(perl) => self::perl(perl),
        Ast::ClassBracketed(bracketed) => match &bracketed.kind {
            ClassSet::Item(item) => Some(set(item)?.negated(bracketed.negated)),
            ClassSet::BinaryOp(_) => None,
        },
        Ast::Group(group) if !has_flags(group) => class(&group.ast),
        Ast::Alternation(choice) => {
            choice.asts.iter().try_fold(Class::NONE, |found, part| Some(found.or(class(part)?)))
        }
        _ => None,
    }
}

fn set(item: &ClassSetItem) -> Option<Class> {
    match item {
        ClassSetItem::Literal(literal) => character(literal),
        ClassSetItem::Range(range) => {
            let (first, last) = (ascii(range.start.c)?, ascii(range.end.c)?);
            Some(Class::range(first, last))
        }
        ClassSetItem::Perl(perl) => self::perl(perl),
        ClassSetItem::Union(union) => {
            union.items.iter().try_fold(Class::NONE, |found, item| Some(found.or(set(item)?)))
        }
        _ => None,
    }
}

fn character(literal: &Literal) -> Option<Class> {
    ascii(literal.c).map(|byte| Class::range(byte, byte))
}

fn ascii(character: char) -> Option<u8> {
    u8::try_from(character).ok().filter(u8::is_ascii)
}

/// Returns none for white space: some of it is beyond ASCII.
fn perl(perl: &ClassPerl) -> Option<Class> {
    let class = match perl.kind {
        ClassPerlKind::Digit => Class::DIGIT,
        ClassPerlKind::Space => return None,
        ClassPerlKind::Word => Class::WORD,
    };
    Some(class.negated(perl.negated))
}

/// Returns true if no run of variable length can take what a later one needs.
fn is_greedy(runs: &[Run]) -> bool {
    runs.iter().enumerate().filter(|(_, run)| run.min < run.max).all(|(index, run)| {
        let rest = &runs[index + 1..];
        let next = rest.iter().position(|other| other.min > 0).map_or(rest.len(), |first| first + 1);
        rest[..next].iter().all(|other| !run.class.overlaps(other.class))
    })
}
