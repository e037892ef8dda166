//! A schema's tables run over a JSON text.

mod alternatives;
mod beyond;
mod body;
mod budget;
mod card_numbers;
mod evaluated;
mod fast_path;
mod input;
mod json_reader;
mod object;
mod reread;

pub(crate) use body::{validate, validate_without_positions};
pub(crate) use json_reader::read;
