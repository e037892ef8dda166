//! The forms that a value may have, as far as its text does not show them: `5` is a number or a string.

use std::fmt;

/// The forms that the value of a parameter, or of a member of a form, may have. A union has several.
#[derive(Clone, Copy)]
pub struct Shape {
    pub(crate) scalars: Scalars,
    pub(crate) items: Option<&'static Shape>,
    pub(crate) object: Option<ObjectShape>,
}

/// Which scalars a value may be. What reads as one of those that are no text is that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "it is a set, and constants make it")]
pub(crate) struct Scalars {
    pub(crate) text: bool,
    pub(crate) integer: bool,
    pub(crate) number: bool,
    pub(crate) boolean: bool,
}

impl Scalars {
    const NONE: Self = Self { text: false, integer: false, number: false, boolean: false };

    pub(crate) fn are_none(self) -> bool {
        self == Self::NONE
    }

    /// Returns whether every scalar is among them.
    pub(crate) fn are_all(self) -> bool {
        self.text && self.number && self.boolean
    }
}

#[derive(Clone, Copy)]
pub(crate) struct ObjectShape {
    pub(crate) members: &'static [(&'static str, &'static Shape)],
    /// That of members that are not listed; `None`: there are none.
    pub(crate) rest: Option<&'static Shape>,
}

impl ObjectShape {
    /// Returns the shape of a member, if the object may have it.
    pub(crate) fn member(&self, name: &str) -> Option<&'static Shape> {
        let listed = self.members.iter().find(|(known, _)| *known == name);
        listed.map(|(_, shape)| *shape).or(self.rest)
    }
}

impl Shape {
    /// Any scalar.
    pub(crate) const ANY: &'static Self = &Self::new().any();

    /// Returns whether all values are strings.
    pub(crate) fn is_text(&self) -> bool {
        self.scalars == Scalars { text: true, ..Scalars::NONE }
            && self.items.is_none()
            && self.object.is_none()
    }

    /// Creates a shape that no value has.
    #[must_use]
    pub const fn new() -> Self {
        Self { scalars: Scalars::NONE, items: None, object: None }
    }

    /// Adds strings.
    #[must_use]
    pub const fn text(self) -> Self {
        Self { scalars: Scalars { text: true, ..self.scalars }, ..self }
    }

    /// Adds integers.
    #[must_use]
    pub const fn integer(self) -> Self {
        Self { scalars: Scalars { integer: true, ..self.scalars }, ..self }
    }

    /// Adds numbers.
    #[must_use]
    pub const fn number(self) -> Self {
        Self { scalars: Scalars { number: true, ..self.scalars }, ..self }
    }

    /// Adds booleans.
    #[must_use]
    pub const fn boolean(self) -> Self {
        Self { scalars: Scalars { boolean: true, ..self.scalars }, ..self }
    }

    /// Adds scalars of every type.
    #[must_use]
    pub const fn any(self) -> Self {
        self.text().number().boolean()
    }

    /// Adds lists.
    #[must_use]
    pub const fn items(self, items: &'static Self) -> Self {
        Self { items: Some(items), ..self }
    }

    /// Adds objects with these members.
    #[must_use]
    pub const fn members(self, members: &'static [(&'static str, &'static Self)]) -> Self {
        Self { object: Some(ObjectShape { members, rest: None }), ..self }
    }

    /// Adds objects with these members, and others.
    #[must_use]
    pub const fn open_members(
        self,
        members: &'static [(&'static str, &'static Self)],
        rest: &'static Self,
    ) -> Self {
        Self { object: Some(ObjectShape { members, rest: Some(rest) }), ..self }
    }
}

impl Default for Shape {
    fn default() -> Self {
        Self::new()
    }
}

/// A shape may contain itself.
impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shape").field("scalars", &self.scalars).finish_non_exhaustive()
    }
}
