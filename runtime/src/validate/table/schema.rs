//! Schemas.

use super::{array::Array, beyond::Beyond, number::Number, object::Object, scalar::Scalar, text::Text};
use crate::violations::{Code, codes};

/// The table of a schema: what it asks of a value.
// What is read for every value comes first, in one cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Schema {
    /// Nothing is asked beyond the type.
    pub(crate) only_type: bool,
    pub(crate) nullable: bool,
    /// The first byte of a string, an array or an object of which nothing is asked beyond the type; otherwise
    /// a byte that no text has.
    pub(crate) first_byte: u8,
    pub(crate) ty: SchemaType,
    pub(crate) wrong_type: &'static Code,
    /// `enum` of values that are not all strings.
    pub(crate) values: Option<(&'static [Scalar], &'static Code)>,
    /// `allOf` members that are not merged into the table.
    pub(crate) all: &'static [&'static Schema],
    pub(crate) choices: &'static [Choice],
    pub(crate) not: Option<(&'static Schema, &'static Code)>,
    /// A value of another type is allowed, and so is `null`, as far as the rest allows it.
    pub(crate) other_types: bool,
    pub(crate) beyond: &'static [Beyond],
    /// No string at any depth holds a card number.
    pub(crate) card_number: Option<&'static Code>,
}

/// The type of a schema, with its table. The discriminant comes first and is one byte.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
pub(crate) enum SchemaType {
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
    const fn new(ty: SchemaType) -> Self {
        let first_byte = match ty {
            SchemaType::Text(_) => b'"',
            SchemaType::Array(_) => b'[',
            SchemaType::Object(_) => b'{',
            _ => NEVER,
        };
        Self {
            first_byte,
            ty,
            nullable: false,
            wrong_type: &codes::INVALID_TYPE,
            values: None,
            all: &[],
            choices: &[],
            not: None,
            other_types: false,
            beyond: &[],
            card_number: None,
            only_type: true,
        }
    }

    const fn asks_more(mut self) -> Self {
        (self.only_type, self.first_byte) = (false, NEVER);
        self
    }

    /// Creates the schema of any value.
    #[must_use]
    pub const fn any() -> Self {
        Self::new(SchemaType::Any)
    }

    /// Creates the schema of `true` and `false`.
    #[must_use]
    pub const fn boolean() -> Self {
        Self::new(SchemaType::Boolean)
    }

    /// Creates the schema of a number.
    #[must_use]
    pub const fn number(number: Number) -> Self {
        Self::new(SchemaType::Number(number))
    }

    /// Creates the schema of a string.
    #[must_use]
    pub const fn text(text: Text) -> Self {
        Self::new(SchemaType::Text(text))
    }

    /// Creates the schema of an array.
    #[must_use]
    pub const fn array(array: Array) -> Self {
        Self::new(SchemaType::Array(array))
    }

    /// Creates the schema of an object.
    #[must_use]
    pub const fn object(object: Object) -> Self {
        Self::new(SchemaType::Object(object))
    }

    /// Allows `null` besides the values of the type.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Sets the code of a value of another type, instead of [`codes::INVALID_TYPE`].
    #[must_use]
    pub const fn wrong_type(mut self, code: &'static Code) -> Self {
        self.wrong_type = code;
        self
    }

    /// Asks for one of these values. For strings use [`Text::values`], which is faster.
    #[must_use]
    pub const fn values(mut self, values: &'static [Scalar], code: &'static Code) -> Self {
        self.values = Some((values, code));
        self.asks_more()
    }

    /// Asks that the value fits each of these schemas too.
    #[must_use]
    pub const fn all(mut self, schemas: &'static [&'static Schema]) -> Self {
        self.all = schemas;
        self.asks_more()
    }

    /// Asks that the value passes each of these choices too.
    #[must_use]
    pub const fn choices(mut self, choices: &'static [Choice]) -> Self {
        self.choices = choices;
        self.asks_more()
    }

    /// Forbids payment card numbers in every string of the value, at any depth. For strings use
    /// [`Text::no_card_number`], which is faster.
    #[must_use]
    pub const fn no_card_number(mut self, code: &'static Code) -> Self {
        self.card_number = Some(code);
        self.asks_more()
    }

    /// Allows values of other types, and `null`: the type's table is about values of the type alone.
    #[must_use]
    pub const fn other_types(mut self) -> Self {
        self.other_types = true;
        self
    }

    /// Asks what these tables ask of the parts of the value.
    #[must_use]
    pub const fn beyond(mut self, tables: &'static [Beyond]) -> Self {
        self.beyond = tables;
        self.asks_more()
    }

    /// Asks that the value does not fit this schema.
    #[must_use]
    pub const fn not(mut self, schema: &'static Schema, code: &'static Code) -> Self {
        self.not = Some((schema, code));
        self.asks_more()
    }
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    pub(crate) members: &'static [&'static Schema],
    /// Exactly one member fits (`oneOf`), or at least one (`anyOf`).
    pub(crate) exactly_one: bool,
    /// The discriminator: a property, and the index of the member for each of its values.
    pub(crate) tag: Option<(&'static str, &'static [(&'static str, usize)])>,
}

impl Choice {
    /// Creates a choice of which exactly one schema must fit: otherwise [`codes::NO_MATCH`] or
    /// [`codes::AMBIGUOUS_MATCH`].
    #[must_use]
    pub const fn one_of(members: &'static [&'static Schema]) -> Self {
        Self { members, exactly_one: true, tag: None }
    }

    /// Creates a choice of which at least one schema must fit: otherwise [`codes::NO_MATCH`].
    #[must_use]
    pub const fn any_of(members: &'static [&'static Schema]) -> Self {
        Self { members, exactly_one: false, tag: None }
    }

    /// Sets the property whose value names the one schema that the object must fit, by its index.
    ///
    /// An object whose property is absent or has another value is held against all schemas.
    #[must_use]
    pub const fn tagged(mut self, property: &'static str, mapping: &'static [(&'static str, usize)]) -> Self {
        self.tag = Some((property, mapping));
        self
    }
}
