//! One schema.

use super::{Array, Number, Object, Text};
use crate::violations::{Code, codes};

/// What one schema asks of a value.
///
/// What is asked of every value comes first, in one line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Schema {
    /// Nothing is asked but what the shape says.
    pub(crate) plain: bool,
    pub(crate) nullable: bool,
    /// What a value begins with of which nothing is asked but what a string, an array or an object is; a byte
    /// that no text has, if that is not all.
    pub(crate) opens: u8,
    pub(crate) shape: Shape,
    pub(crate) wrong_type: &'static Code,
    /// `enum` on what is no string.
    pub(crate) values: Option<(&'static [Scalar], &'static Code)>,
    /// `allOf` members that are not merged into the table.
    pub(crate) all: &'static [&'static Schema],
    pub(crate) choices: &'static [Choice],
    pub(crate) not: Option<(&'static Schema, &'static Code)>,
    /// No string at any depth holds a card number.
    pub(crate) card_number: Option<&'static Code>,
}

/// What the type of a schema says. Which it is stands before all else, and is one byte.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
pub(crate) enum Shape {
    Any,
    Boolean,
    Number(Number),
    Text(Text),
    Array(Array),
    Object(Object),
}

/// No text has this byte.
const NEVER: u8 = 0xFF;

impl Schema {
    #[expect(clippy::large_types_passed_by_value, reason = "it runs when the tables are compiled")]
    const fn new(shape: Shape) -> Self {
        let opens = match shape {
            Shape::Text(_) => b'"',
            Shape::Array(_) => b'[',
            Shape::Object(_) => b'{',
            _ => NEVER,
        };
        Self {
            opens,
            shape,
            nullable: false,
            wrong_type: &codes::INVALID_TYPE,
            values: None,
            all: &[],
            choices: &[],
            not: None,
            card_number: None,
            plain: true,
        }
    }

    const fn asks_more(mut self) -> Self {
        (self.plain, self.opens) = (false, NEVER);
        self
    }

    /// Any value.
    #[must_use]
    pub const fn any() -> Self {
        Self::new(Shape::Any)
    }

    /// `true` or `false`.
    #[must_use]
    pub const fn boolean() -> Self {
        Self::new(Shape::Boolean)
    }

    /// A number.
    #[must_use]
    pub const fn number(number: Number) -> Self {
        Self::new(Shape::Number(number))
    }

    /// A string.
    #[must_use]
    pub const fn text(text: Text) -> Self {
        Self::new(Shape::Text(text))
    }

    /// An array.
    #[must_use]
    pub const fn array(array: Array) -> Self {
        Self::new(Shape::Array(array))
    }

    /// An object.
    #[must_use]
    pub const fn object(object: Object) -> Self {
        Self::new(Shape::Object(object))
    }

    /// `null` is a value too, besides those of the type.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The code of a value of another type, instead of [`codes::INVALID_TYPE`].
    #[must_use]
    pub const fn wrong_type(mut self, code: &'static Code) -> Self {
        self.wrong_type = code;
        self
    }

    /// The value equals one of these. For strings use [`Text::values`], which is faster.
    #[must_use]
    pub const fn values(mut self, values: &'static [Scalar], code: &'static Code) -> Self {
        self.values = Some((values, code));
        self.asks_more()
    }

    /// The value keeps to each of these schemas too.
    #[must_use]
    pub const fn all(mut self, schemas: &'static [&'static Schema]) -> Self {
        self.all = schemas;
        self.asks_more()
    }

    /// The value passes each of these choices too.
    #[must_use]
    pub const fn choices(mut self, choices: &'static [Choice]) -> Self {
        self.choices = choices;
        self.asks_more()
    }

    /// No string in the value, at any depth, has a payment card number. For strings use
    /// [`Text::no_card_number`], which is faster.
    #[must_use]
    pub const fn no_card_number(mut self, code: &'static Code) -> Self {
        self.card_number = Some(code);
        self.asks_more()
    }

    /// The value must not keep to this schema.
    #[must_use]
    pub const fn not(mut self, schema: &'static Schema, code: &'static Code) -> Self {
        self.not = Some((schema, code));
        self.asks_more()
    }
}

/// A value that an `enum` or a condition names.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Scalar {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as the definition writes it; compared by value.
    Number(&'static str),
    /// A string.
    Text(&'static str),
    /// An array or object as compact JSON; compared by value.
    Json(&'static str),
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    pub(crate) members: &'static [&'static Schema],
    /// Exactly one member fits (`oneOf`), or at least one (`anyOf`).
    pub(crate) exactly_one: bool,
    /// The discriminator: a property, and which of its values means which member (by place).
    pub(crate) tag: Option<(&'static str, &'static [(&'static str, usize)])>,
}

impl Choice {
    /// Exactly one of the schemas fits; otherwise [`codes::NO_MATCH`] or [`codes::AMBIGUOUS_MATCH`].
    #[must_use]
    pub const fn one_of(members: &'static [&'static Schema]) -> Self {
        Self { members, exactly_one: true, tag: None }
    }

    /// At least one of the schemas fits; otherwise [`codes::NO_MATCH`].
    #[must_use]
    pub const fn any_of(members: &'static [&'static Schema]) -> Self {
        Self { members, exactly_one: false, tag: None }
    }

    /// The property whose value names the one member that the object is held to.
    ///
    /// An object whose property is absent or of another value is [`codes::NO_MATCH`].
    #[must_use]
    pub const fn tagged(mut self, property: &'static str, mapping: &'static [(&'static str, usize)]) -> Self {
        self.tag = Some((property, mapping));
        self
    }
}
