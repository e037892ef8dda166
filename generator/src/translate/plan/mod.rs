//! The Rust type of each schema: [`Plans`] are the decisions, `decide` makes them.

mod both;
mod choices;
mod decide;
mod directions;
mod flat;
mod joined;
mod parts;
mod plans;
mod sensitive;
mod shapes;
mod shared;
mod wide;

pub(super) use choices::union_of_heirs;
pub(super) use decide::plan;
pub(super) use directions::OneWay;
pub(super) use flat::Flat;
pub(super) use joined::with_joined;
pub(super) use parts::{choices as choices_of, is_nothing, is_null, parts as parts_of};
pub(super) use plans::{Beyond, Plan, Plans, UnionPlan};
pub(super) use sensitive::{Sensitive, sensitive};
