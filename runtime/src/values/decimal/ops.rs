//! Sums and differences of exact decimals.
//!
//! They behave like those of [`rust_decimal::Decimal`]: an overflow beyond 2^96 panics, so that a wrong sum
//! of money is never mistaken for a right one. `checked_add` and `checked_sub`, available through `Deref`,
//! return `None` instead.

use std::{
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub, SubAssign},
};

use super::Decimal;

/// Returns the sum.
///
/// # Panics
///
/// The sum is out of range. `checked_add` returns `None` instead.
impl Add for Decimal {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Decimal {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Returns the difference.
///
/// # Panics
///
/// The difference is out of range. `checked_sub` returns `None` instead.
impl Sub for Decimal {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Decimal {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::default(), Add::add)
    }
}

impl<'a> Sum<&'a Decimal> for Decimal {
    fn sum<I: Iterator<Item = &'a Decimal>>(numbers: I) -> Self {
        numbers.copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact() {
        let amounts: Vec<Decimal> =
            ["0.10", "0.20", "-0.05"].into_iter().map(|text| text.parse().unwrap()).collect();
        assert_eq!(amounts.iter().sum::<Decimal>().to_string(), "0.25");
        let mut total: Decimal = amounts.into_iter().sum();
        total += Decimal::from(1);
        total -= "0.25".parse().unwrap();
        assert_eq!(total.to_string(), "1.00");
        assert_eq!((-total).to_string(), "-1.00");
    }
}
