//! What the rules of an object come to where one field decides: its value says which fields are needed and which are out of
//! place. Then a reader need not keep notes for each rule: it looks the value up when the object is over.

use super::{Field, Packed, Rule, RuleKind, Scalar};

/// More values than this are left to the rules themselves.
const MOST: usize = 4;

/// The field that decides, and what each of its values asks for. Of any other value, nothing is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Switch {
    field: u16,
    cases: [Case; MOST],
    count: usize,
}

/// A value, a bit for each field that it needs, and one for each that is out of place.
#[derive(Debug, Clone, Copy)]
struct Case {
    value: Packed,
    required: u64,
    forbidden: u64,
}

impl Switch {
    /// The rules as a switch, if they are one. All of them must wait for short strings in the same field, which is compared
    /// with no other, and the fields must have bits.
    pub(super) const fn of(fields: &[Field], rules: &[Rule]) -> Option<Self> {
        let [first, ..] = rules else { return None };
        let Some(condition) = first.kind.condition() else { return None };
        let none = Case { value: Packed::NONE, required: 0, forbidden: 0 };
        let mut switch = Self { field: condition.field, cases: [none; MOST], count: 0 };
        if fields.len() > 64 || fields[condition.field as usize].compared {
            return None;
        }
        let mut at = 0;
        while at < rules.len() {
            switch = match switch.with(rules[at].kind) {
                Some(switch) => switch,
                None => return None,
            };
            at += 1;
        }
        Some(switch)
    }

    const fn with(mut self, rule: RuleKind) -> Option<Self> {
        let (required, forbidden, condition) = match rule {
            RuleKind::RequiredWhen(place, condition) => (1 << place, 0, condition),
            RuleKind::ForbiddenWhen(place, condition) => (0, 1 << place, condition),
            RuleKind::AtMostOneOf(_) | RuleKind::SameValue(_) => return None,
        };
        if condition.field != self.field {
            return None;
        }
        let mut at = 0;
        while at < condition.values.len() {
            let Scalar::Text(text) = condition.values[at] else { return None };
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
            self.cases[case].required |= required;
            self.cases[case].forbidden |= forbidden;
            at += 1;
        }
        Some(self)
    }

    /// The place of the field that decides.
    pub(crate) fn place(&self) -> usize {
        usize::from(self.field)
    }

    /// Whether an object may have these fields and no others, where the field that decides has this value.
    pub(crate) fn allows(&self, value: &[u8], present: u64) -> bool {
        let cases = self.cases.get(..self.count).unwrap_or_default();
        let found = Packed::whole(value).and_then(|value| cases.iter().find(|case| case.value == value));
        found.is_none_or(|case| case.required & !present == 0 && case.forbidden & present == 0)
    }
}
