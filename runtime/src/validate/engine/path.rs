//! Where the engine is. Only a finding makes text of it.

use crate::{
    validate::Field,
    values,
    violations::{push_name, push_plain},
};

/// Longer names of unknown members are cut.
const LONGEST_NAME: usize = 64;

/// One step from a value to one of its parts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// The container was entered, and none of its parts yet.
    Here,
    Field(&'static Field),
    Index(u64),
    /// A member that no table names: the range of its name in an arena.
    Name(u32, u32),
}

/// The steps from the root to the value at hand, one for each open container.
#[derive(Debug, Default)]
pub(crate) struct Path {
    /// The first so many are the path; what is behind them is left over.
    depth: usize,
    steps: Vec<Step>,
    /// The names that no table knows.
    names: String,
}

impl Path {
    /// Enters a container.
    #[inline(always)]
    pub(crate) fn enter(&mut self) {
        match self.steps.get_mut(self.depth) {
            Some(step) => *step = Step::Here,
            None => self.grow(),
        }
        self.depth += 1;
    }

    #[inline(never)]
    fn grow(&mut self) {
        self.steps.resize((2 * self.depth).max(16), Step::Here);
    }

    /// Leaves the innermost container.
    #[inline(always)]
    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.wrapping_sub(1);
    }

    /// Goes to another part of the innermost container.
    #[inline(always)]
    pub(crate) fn go(&mut self, step: Step) {
        if let Some(last) = self.steps.get_mut(self.depth.wrapping_sub(1)) {
            *last = step;
        }
    }

    fn steps(&self) -> &[Step] {
        self.steps.get(..self.depth).unwrap_or_default()
    }

    /// As [`Path::go_to_name`], where no card number may be shown: the digits of a name that holds one are
    /// hidden.
    pub(crate) fn go_to_secret_name(&mut self, name: &str) -> usize {
        if values::contains_card_number(name.as_bytes()) {
            self.go_to_name(&name.replace(|letter: char| letter.is_ascii_digit(), "*"))
        } else {
            self.go_to_name(name)
        }
    }

    /// Goes to a member that no table names; gives back what [`Path::forget`] wants.
    pub(crate) fn go_to_name(&mut self, name: &str) -> usize {
        let start = self.names.len();
        match name.char_indices().nth(LONGEST_NAME) {
            Some((end, _)) => {
                self.names.push_str(name.get(..end).unwrap_or_default());
                self.names.push('…');
            }
            None => self.names.push_str(name),
        }
        self.go(Step::Name(place(start), place(self.names.len())));
        start
    }

    /// Forgets the names from here on.
    pub(crate) fn forget(&mut self, start: usize) {
        self.names.truncate(start);
    }

    /// How deep the path is, and how much is known by name: for [`Path::back_to`].
    pub(crate) fn mark(&self) -> (usize, usize) {
        (self.depth, self.names.len())
    }

    /// Goes back to where it was.
    pub(crate) fn back_to(&mut self, (depth, names): (usize, usize)) {
        self.depth = depth;
        self.names.truncate(names);
    }

    /// The path as text.
    pub(crate) fn text(&self) -> String {
        Self::text_of(self.steps(), &self.names)
    }

    /// Appends the steps to `kept`, with the names in `names`, so that they can be made text of later.
    pub(crate) fn keep(&self, kept: &mut Vec<Step>, names: &mut String) {
        for step in self.steps() {
            kept.push(match *step {
                Step::Name(start, end) => {
                    let moved = names.len();
                    names.push_str(range(&self.names, start, end));
                    Step::Name(place(moved), place(names.len()))
                }
                known => known,
            });
        }
    }

    /// Steps that were kept as text.
    pub(crate) fn text_of(steps: &[Step], names: &str) -> String {
        let mut text = String::with_capacity(16 * steps.len());
        for step in steps {
            match *step {
                Step::Here => {}
                Step::Field(field) if field.plain => push_plain(&mut text, field.name),
                Step::Field(field) => push_name(&mut text, field.name),
                Step::Index(index) => push_index(&mut text, index),
                Step::Name(start, end) => push_name(&mut text, range(names, start, end)),
            }
        }
        text
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn range(names: &str, start: u32, end: u32) -> &str {
    names.get(start as usize..end as usize).unwrap_or_default()
}

/// The digits of an index, without what formatting costs.
fn push_index(text: &mut String, index: u64) {
    let (mut digits, mut start, mut rest) = ([0; 20], 20, index);
    while rest > 0 || start == 20 {
        start -= 1;
        digits[start] = b"0123456789"[(rest % 10) as usize];
        rest /= 10;
    }
    text.push('[');
    text.push_str(std::str::from_utf8(&digits[start..]).unwrap_or_default());
    text.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::Schema;

    #[test]
    fn reads_like_the_services_paths() {
        static ANY: Schema = Schema::any();
        static FIELD: Field = Field::new("accounts", &ANY);
        let mut path = Path::default();
        assert_eq!(path.text(), "");
        path.enter();
        path.go(Step::Field(&FIELD));
        path.enter();
        assert_eq!(path.text(), "accounts");
        path.go(Step::Index(2));
        assert_eq!(path.text(), "accounts[2]");
        path.enter();
        for (name, text) in [
            ("id", "accounts[2].id"),
            ("", "accounts[2][\"\"]"),
            ("na.me", "accounts[2][\"na.me\"]"),
            ("a\"b\n", "accounts[2][\"a\\\"b\\n\"]"),
            ("größe", "accounts[2].größe"),
        ] {
            let start = path.go_to_name(name);
            assert_eq!(path.text(), text);
            path.forget(start);
        }
        for (name, text) in [
            ("4111111111111111", "accounts[2].****************"),
            ("no 4111-1111-1111-1111", "accounts[2].no ****-****-****-****"),
            ("4111111111111112", "accounts[2].4111111111111112"),
        ] {
            let start = path.go_to_secret_name(name);
            assert_eq!(path.text(), text);
            path.forget(start);
        }
        path.go_to_name(&"x".repeat(70));
        assert_eq!(path.text(), format!("accounts[2].{}…", "x".repeat(64)));
    }
}
