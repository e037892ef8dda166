//! Numbers.

use crate::{validate::scanner::NumberForm, violations::Code};

/// The table of a number: what its schema asks of it.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    /// The code of a fraction where a whole number is asked.
    pub(crate) integer: Option<&'static Code>,
    /// A whole number may be written with a fraction of zeros or an exponent, and zero with a sign.
    pub(crate) any_form: bool,
    /// The range of an integer format, both ends included, and the code of what is outside.
    pub(crate) range: Option<(i64, i64, &'static Code)>,
    /// The code of a number with more digits than an exact decimal holds.
    pub(crate) decimal: Option<&'static Code>,
    /// The code of an integer whose digits a binary float does not keep.
    pub(crate) binary: Option<&'static Code>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<(&'static str, &'static Code)>,
    /// For each form, the longest number that is allowed whatever its digits are.
    sure_lengths: [u8; 2],
}

/// A binary float keeps so many digits of any integer.
const MAX_BINARY: u8 = 15;

/// A bound of a number.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    /// As the definition writes it.
    pub(crate) value: &'static str,
    pub(crate) exclusive: bool,
    pub(crate) code: &'static Code,
}

impl Bound {
    /// Creates a bound that is allowed itself. `value` is a JSON number.
    #[must_use]
    pub const fn inclusive(value: &'static str, code: &'static Code) -> Self {
        Self { value, exclusive: false, code }
    }

    /// Creates a bound that is not allowed itself. `value` is a JSON number.
    #[must_use]
    pub const fn exclusive(value: &'static str, code: &'static Code) -> Self {
        Self { value, exclusive: true, code }
    }
}

impl Number {
    /// Creates a table that allows any number.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            integer: None,
            any_form: false,
            range: None,
            decimal: None,
            binary: None,
            minimum: None,
            maximum: None,
            multiple_of: None,
            sure_lengths: [28, 28],
        }
    }

    /// Asks for an integer. `code` is that of a number with a fraction.
    #[must_use]
    pub const fn integer(mut self, code: &'static Code) -> Self {
        self.integer = Some(code);
        self.with_sure_lengths()
    }

    /// Asks for a whole number in any form, such as `1.0`. `code` is that of a number with a fraction.
    #[must_use]
    pub const fn whole(mut self, code: &'static Code) -> Self {
        self.any_form = true;
        self.integer(code)
    }

    /// Asks for the range of an integer format, both ends included.
    #[must_use]
    pub const fn range(mut self, low: i64, high: i64, code: &'static Code) -> Self {
        self.range = Some((low, high, code));
        self.with_sure_lengths()
    }

    /// Asks for a number that [`Decimal`](crate::Decimal) can hold exactly.
    #[must_use]
    pub const fn decimal(mut self, code: &'static Code) -> Self {
        self.decimal = Some(code);
        self
    }

    /// Asks for a number whose digits an `f64` keeps, if it is written as an integer.
    #[must_use]
    pub const fn binary(mut self, code: &'static Code) -> Self {
        self.binary = Some(code);
        self.with_sure_lengths()
    }

    /// Asks for a number of at least this bound.
    #[must_use]
    pub const fn minimum(mut self, bound: Bound) -> Self {
        self.minimum = Some(bound);
        self.with_sure_lengths()
    }

    /// Asks for a number of at most this bound.
    #[must_use]
    pub const fn maximum(mut self, bound: Bound) -> Self {
        self.maximum = Some(bound);
        self.with_sure_lengths()
    }

    /// Asks for a multiple of a number. `value` is a JSON number.
    #[must_use]
    pub const fn multiple_of(mut self, value: &'static str, code: &'static Code) -> Self {
        self.multiple_of = Some((value, code));
        self.with_sure_lengths()
    }
}

impl Number {
    /// Returns whether a number of this length and form is allowed whatever its digits are.
    #[inline(always)]
    pub(crate) fn surely_allows(&self, length: usize, form: NumberForm) -> bool {
        length <= usize::from(self.sure_lengths[form as usize])
    }

    const fn with_sure_lengths(mut self) -> Self {
        let bounded = self.minimum.is_some() || self.maximum.is_some() || self.multiple_of.is_some();
        let whole = match self.range {
            _ if bounded => 0,
            Some((low, high, _)) if low <= -99_999_999 && high >= 999_999_999 => 9,
            Some(_) => 0,
            None if self.binary.is_some() => MAX_BINARY,
            None => 28,
        };
        let fraction = match (self.integer, self.binary) {
            (Some(_), _) => 0,
            (None, Some(_)) if !bounded => 28,
            _ => whole,
        };
        self.sure_lengths = [whole, fraction];
        self
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::new()
    }
}
