//! What the rules of an object come to where one field decides: its value says which fields are needed and
//! which are out of place. Then a reader need not keep notes for each rule: it looks the value up when the
//! object is over.

use super::{Capture, Field, Packed, Role, Rule, RuleKind, Scalar, name};

/// More values than this are left to the rules themselves.
const MOST: usize = 4;

/// The field that decides, and what each of its values asks for. Of any other value, nothing is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Switch {
    field: usize,
    cases: [Case; MOST],
    count: usize,
    /// There are values that bar an item from being referred to, and not all of them are among the cases.
    bars_others: bool,
}

/// A value, a bit for each field that it needs, and one for each that is out of place.
#[derive(Debug, Clone, Copy)]
struct Case {
    value: Packed,
    required: u64,
    forbidden: u64,
    /// An item of this value is barred from being referred to.
    bars: bool,
}

/// What a value of the field that decides means for its object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    /// The object may have the fields that it has, and no others.
    pub(crate) allows: bool,
    /// It may be barred from being referred to.
    pub(crate) bars: bool,
}

impl Decision {
    /// Nothing was decided.
    pub(crate) const NONE: Self = Self { allows: true, bars: false };
}

impl Switch {
    /// The rules as a switch, if they are one. All of them must wait for short strings in the same field, of
    /// which nothing else is asked but whether it bars the item, and the fields must have bits.
    pub(super) const fn of(fields: &[Field], rules: &[Rule]) -> Option<Self> {
        let [first, ..] = rules else { return None };
        let Some(condition) = first.kind.condition() else { return None };
        let none = Case { value: Packed::NONE, required: 0, forbidden: 0, bars: false };
        if fields.len() > 64 {
            return None;
        }
        let field = name::position(fields, condition.field);
        let mut switch = Self { field, cases: [none; MOST], count: 0, bars_others: false };
        let mut at = 0;
        while at < rules.len() {
            switch = match switch.with(fields, rules[at].kind) {
                Some(switch) => switch,
                None => return None,
            };
            at += 1;
        }
        switch.with_bars(fields[field].captures)
    }

    const fn with(mut self, fields: &[Field], rule: RuleKind) -> Option<Self> {
        let (required, forbidden, condition) = match rule {
            RuleKind::RequiredWhen(name, condition) => (1 << name::position(fields, name), 0, condition),
            RuleKind::ForbiddenWhen(name, condition) => (0, 1 << name::position(fields, name), condition),
            RuleKind::AtMostOneOf(_) | RuleKind::SameValue(_) => return None,
        };
        if name::position(fields, condition.field) != self.field {
            return None;
        }
        let mut at = 0;
        while at < condition.values.len() {
            let Some(case) = self.case(&condition.values[at]) else { return None };
            self.cases[case].required |= required;
            self.cases[case].forbidden |= forbidden;
            at += 1;
        }
        Some(self)
    }

    const fn with_bars(mut self, captures: &[Capture]) -> Option<Self> {
        let mut number = 0;
        while number < captures.len() {
            let Role::Barred(values) = captures[number].role else { return None };
            let mut at = 0;
            while at < values.len() {
                match self.case(&values[at]) {
                    Some(case) => self.cases[case].bars = true,
                    None => self.bars_others = true,
                }
                at += 1;
            }
            number += 1;
        }
        Some(self)
    }

    /// The number of the case of a value, which is made if there is none; `None` if there is no room, or if
    /// the value is no short string.
    const fn case(&mut self, value: &Scalar) -> Option<usize> {
        let Scalar::Text(text) = value else { return None };
        let Some(value) = Packed::of(text) else { return None };
        let mut case = 0;
        while case < self.count && self.cases[case].value.number() != value.number() {
            case += 1;
        }
        if case == MOST {
            return None;
        }
        if case == self.count {
            self.count += 1;
            self.cases[case].value = value;
        }
        Some(case)
    }

    /// The place of the field that decides.
    pub(crate) fn place(&self) -> usize {
        self.field
    }

    /// What a value of the field that decides, if that is a short string, means for an object that has these
    /// fields.
    pub(crate) fn decision(&self, value: Option<Packed>, present: u64) -> Decision {
        let cases = self.cases.get(..self.count).unwrap_or_default();
        let found = value.and_then(|value| cases.iter().find(|case| case.value == value));
        Decision {
            allows: found.is_none_or(|case| case.required & !present == 0 && case.forbidden & present == 0),
            bars: self.bars_others || found.is_some_and(|case| case.bars),
        }
    }
}
