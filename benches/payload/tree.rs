//! JSON in the order in which it was made, with numbers as they are written.

/// A JSON value.
#[derive(Debug, Clone)]
pub(crate) enum Tree {
    Bool(bool),
    /// As it stands in the text.
    Number(String),
    Text(String),
    /// A string that some senders write with escapes for all that is not ASCII, and for slashes.
    Escaped(String),
    Array(Vec<Tree>),
    Object(Vec<(&'static str, Tree)>),
}

impl Tree {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn number(number: impl Into<String>) -> Self {
        Self::Number(number.into())
    }

    pub(crate) fn count(count: usize) -> Self {
        Self::Number(count.to_string())
    }

    pub(crate) fn object<const N: usize>(members: [(&'static str, Self); N]) -> Self {
        Self::Object(members.into())
    }

    /// The member of an object; it is added if the object does not have it.
    pub(crate) fn member(&mut self, name: &'static str) -> &mut Self {
        let Self::Object(members) = self else { panic!("no object has a member {name}") };
        let place = members.iter().position(|(other, _)| *other == name).unwrap_or(members.len());
        if place == members.len() {
            members.push((name, Self::Bool(false)));
        }
        &mut members[place].1
    }

    pub(crate) fn set(&mut self, name: &'static str, value: Self) {
        *self.member(name) = value;
    }

    /// Appends to a member that is a string.
    pub(crate) fn append(&mut self, name: &'static str, more: &str) {
        if let Self::Text(text) = self.member(name) {
            text.push_str(more);
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        if let Self::Object(members) = self {
            members.retain(|(other, _)| *other != name);
        }
    }
}

/// Members of an object, some of which are there by chance.
#[derive(Debug, Default)]
pub(crate) struct Members(Vec<(&'static str, Tree)>);

impl Members {
    pub(crate) fn with(mut self, name: &'static str, value: Tree) -> Self {
        self.0.push((name, value));
        self
    }

    pub(crate) fn text(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(name, Tree::text(value))
    }

    pub(crate) fn count(self, name: &'static str, value: usize) -> Self {
        self.with(name, Tree::count(value))
    }

    /// A member that is there if `present`.
    pub(crate) fn when(self, present: bool, name: &'static str, value: impl FnOnce() -> Tree) -> Self {
        if present { self.with(name, value()) } else { self }
    }

    pub(crate) fn object(self) -> Tree {
        Tree::Object(self.0)
    }
}
