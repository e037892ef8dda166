//! What the subcommands read: a JSON body with `accounts` or `transactions`, a JSON array of items, or JSON
//! lines with an item on each, from a file, a pipe or standard input.
//!
//! [`Input::open`] looks at the beginning only: it refuses what is not UTF-8 text, and finds out the format
//! and which kind of items there is. [`Items`] is the iterator over the items; [`Items::finish`] says how the
//! reading ended, which a caller must ask, because the iterator ends at a syntax error and at a read error
//! too.
//!
//! Everything is read once, so that pipes work, and one item is kept at a time.

mod detect;
mod item;
mod items;
mod json;
mod kind;
mod lines;
mod list;
mod opened;
mod position;
mod problem;
mod scanner;
mod source;
mod total;

pub(crate) use item::{Format, Item, Undecodable};
pub(crate) use items::{Ending, Items};
pub(crate) use kind::Kind;
pub(crate) use list::Collected;
pub(crate) use opened::Input;
pub(crate) use position::Position;
pub(crate) use problem::Problem;
pub(crate) use scanner::{Event, Role, Scanner};
pub(crate) use source::{Source, identity};
pub(crate) use total::total;
