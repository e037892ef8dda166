//! The rules of an object where one field decides: its value says which fields are required and which are
//! forbidden. Then no state is kept for each rule: the value is looked up when the object ends.

use super::{
    field::{Capture, Field, field_index},
    reference::CaptureRole,
    rule::{Rule, RuleKind},
    scalar::Scalar,
    short_text::ShortText,
};

/// A switch has at most so many values. Rules with more are checked one by one.
const MAX_CASES: usize = 4;

/// The field that decides, and what each of its values asks for. Any other value asks for nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Switch {
    field: usize,
    cases: [Case; MAX_CASES],
    count: usize,
    /// There are values that bar an item, and not all of them are among the cases.
    bars_others: bool,
}

/// A value, a bit for each field that it requires, and one for each that it forbids.
#[derive(Debug, Clone, Copy)]
struct Case {
    value: ShortText,
    required: u64,
    forbidden: u64,
    /// An item of this value is barred.
    bars: bool,
}

/// What the value of the deciding field means for its object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    /// The object has the fields that the value requires, and none that it forbids.
    pub(crate) allows: bool,
    /// The item may be barred.
    pub(crate) may_bar: bool,
}

impl Decision {
    /// The decision without a value.
    pub(crate) const NONE: Self = Self { allows: true, may_bar: false };
}

impl Switch {
    /// Returns the rules as a switch, if they are one. The condition of each must be short strings of the
    /// same field, of which no other rule asks anything but whether it bars the item, and there must be at
    /// most 64 fields.
    pub(super) const fn of(fields: &[Field], rules: &[Rule]) -> Option<Self> {
        let [first, ..] = rules else { return None };
        let Some(condition) = first.kind.condition() else { return None };
        let none = Case { value: ShortText::NONE, required: 0, forbidden: 0, bars: false };
        if fields.len() > 64 {
            return None;
        }
        let field = field_index(fields, condition.field);
        let mut switch = Self { field, cases: [none; MAX_CASES], count: 0, bars_others: false };
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
            RuleKind::RequiredWhen(name, condition) => (1 << field_index(fields, name), 0, condition),
            RuleKind::ForbiddenWhen(name, condition) => (0, 1 << field_index(fields, name), condition),
            RuleKind::AtMostOneOf(_) | RuleKind::SameValue(_) => return None,
        };
        if field_index(fields, condition.field) != self.field {
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
        let mut capture = 0;
        while capture < captures.len() {
            let CaptureRole::Barred(values) = captures[capture].role else { return None };
            let mut at = 0;
            while at < values.len() {
                match self.case(&values[at]) {
                    Some(case) => self.cases[case].bars = true,
                    None => self.bars_others = true,
                }
                at += 1;
            }
            capture += 1;
        }
        Some(self)
    }

    /// Returns the index of the case of a value, which is added if there is none; `None` if there are too
    /// many, or if the value is not a short string.
    const fn case(&mut self, value: &Scalar) -> Option<usize> {
        let Scalar::Text(text) = value else { return None };
        let Some(value) = ShortText::of(text) else { return None };
        let mut case = 0;
        while case < self.count && self.cases[case].value.number() != value.number() {
            case += 1;
        }
        if case == MAX_CASES {
            return None;
        }
        if case == self.count {
            self.count += 1;
            self.cases[case].value = value;
        }
        Some(case)
    }

    /// Returns the index of the deciding field.
    pub(crate) fn field_index(&self) -> usize {
        self.field
    }

    /// Returns what a value of the deciding field, if it is a short string, means for an object in which
    /// these fields are present.
    pub(crate) fn decision(&self, value: Option<ShortText>, present: u64) -> Decision {
        let cases = self.cases.get(..self.count).unwrap_or_default();
        let found = value.and_then(|value| cases.iter().find(|case| case.value == value));
        Decision {
            allows: found.is_none_or(|case| case.required & !present == 0 && case.forbidden & present == 0),
            may_bar: self.bars_others || found.is_some_and(|case| case.bars),
        }
    }
}
