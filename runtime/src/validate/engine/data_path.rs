//! The data path of the value at hand. It becomes text for findings only.

use crate::{
    validate::table::Field,
    values,
    violations::{push_name, push_plain},
};

/// Names of unknown members are cut after so many characters.
const LONGEST_NAME: usize = 64;

/// A part of the path: which part of a container is at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PathSegment {
    /// The container itself.
    Container,
    Field(&'static Field),
    Index(u64),
    /// A member that no table has: the span of its name in the path's names.
    Name(u32, u32),
}

/// The segments from the root to the value at hand, one for each open container.
#[derive(Debug, Default)]
pub(crate) struct DataPath {
    /// How many of the segments are the path. The others are left over.
    depth: usize,
    segments: Vec<PathSegment>,
    /// The names that no table has.
    names: String,
}

impl DataPath {
    /// Enters a container.
    #[inline(always)]
    pub(crate) fn enter(&mut self) {
        match self.segments.get_mut(self.depth) {
            Some(segment) => *segment = PathSegment::Container,
            None => self.grow(),
        }
        self.depth += 1;
    }

    #[inline(never)]
    fn grow(&mut self) {
        self.segments.resize((2 * self.depth).max(16), PathSegment::Container);
    }

    /// Leaves the innermost container.
    #[inline(always)]
    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.wrapping_sub(1);
    }

    /// Goes to another part of the innermost container.
    #[inline(always)]
    pub(crate) fn go_to(&mut self, part: PathSegment) {
        if let Some(last) = self.segments.get_mut(self.depth.wrapping_sub(1)) {
            *last = part;
        }
    }

    fn segments(&self) -> &[PathSegment] {
        self.segments.get(..self.depth).unwrap_or_default()
    }

    /// As [`DataPath::go_to_name`], but hides the digits of a name that has a card number in it.
    pub(crate) fn go_to_secret_name(&mut self, name: &str) -> usize {
        if values::contains_card_number(name.as_bytes()) {
            self.go_to_name(&name.replace(|letter: char| letter.is_ascii_digit(), "*"))
        } else {
            self.go_to_name(name)
        }
    }

    /// Goes to a member that no table has. Returns the argument for [`DataPath::forget_names`] at its end.
    pub(crate) fn go_to_name(&mut self, name: &str) -> usize {
        let start = self.names.len();
        match name.char_indices().nth(LONGEST_NAME) {
            Some((end, _)) => {
                self.names.push_str(name.get(..end).unwrap_or_default());
                self.names.push('…');
            }
            None => self.names.push_str(name),
        }
        self.go_to(PathSegment::Name(short(start), short(self.names.len())));
        start
    }

    /// Forgets the names from this offset on.
    pub(crate) fn forget_names(&mut self, start: usize) {
        self.names.truncate(start);
    }

    /// Returns the lengths of the segments and of the names, for [`DataPath::truncate`].
    pub(crate) fn length(&self) -> (usize, usize) {
        (self.depth, self.names.len())
    }

    /// Goes back to an earlier length.
    pub(crate) fn truncate(&mut self, (depth, names): (usize, usize)) {
        self.depth = depth;
        self.names.truncate(names);
    }

    /// Returns the path as text.
    pub(crate) fn text(&self) -> String {
        Self::text_of(self.segments(), &self.names)
    }

    /// Appends the segments to `kept` and their names to `names`, for [`DataPath::text_of`].
    pub(crate) fn keep(&self, kept: &mut Vec<PathSegment>, names: &mut String) {
        for segment in self.segments() {
            kept.push(match *segment {
                PathSegment::Name(start, end) => {
                    let kept_start = names.len();
                    names.push_str(range(&self.names, start, end));
                    PathSegment::Name(short(kept_start), short(names.len()))
                }
                known => known,
            });
        }
    }

    /// Returns segments that were kept as text.
    pub(crate) fn text_of(segments: &[PathSegment], names: &str) -> String {
        let mut text = String::with_capacity(16 * segments.len());
        for segment in segments {
            match *segment {
                PathSegment::Container => {}
                PathSegment::Field(field) if field.plain => push_plain(&mut text, field.name),
                PathSegment::Field(field) => push_name(&mut text, field.name),
                PathSegment::Index(index) => push_index(&mut text, index),
                PathSegment::Name(start, end) => push_name(&mut text, range(names, start, end)),
            }
        }
        text
    }
}

fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn range(names: &str, start: u32, end: u32) -> &str {
    names.get(start as usize..end as usize).unwrap_or_default()
}

/// Appends an index in brackets, without the cost of formatting.
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
    use crate::validate::table::Schema;

    #[test]
    fn reads_like_the_services_paths() {
        static ANY: Schema = Schema::any();
        static FIELD: Field = Field::new("accounts", &ANY);
        let mut path = DataPath::default();
        assert_eq!(path.text(), "");
        path.enter();
        path.go_to(PathSegment::Field(&FIELD));
        path.enter();
        assert_eq!(path.text(), "accounts");
        path.go_to(PathSegment::Index(2));
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
            path.forget_names(start);
        }
        for (name, text) in [
            ("4111111111111111", "accounts[2].****************"),
            ("no 4111-1111-1111-1111", "accounts[2].no ****-****-****-****"),
            ("4111111111111112", "accounts[2].4111111111111112"),
        ] {
            let start = path.go_to_secret_name(name);
            assert_eq!(path.text(), text);
            path.forget_names(start);
        }
        path.go_to_name(&"x".repeat(70));
        assert_eq!(path.text(), format!("accounts[2].{}…", "x".repeat(64)));
    }
}
