//! Tables of keywords that look at parts of a value again.

use super::{CodeRef, TableId};
use crate::ident::ConstIdent;

/// What one schema object asks beyond the keywords of a type.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BeyondTable {
    pub(crate) first_items: Vec<TableId>,
    pub(crate) other_items: Option<TableId>,
    /// The table, and how many items fit it at least and at most.
    pub(crate) contains: Option<(TableId, u32, u32)>,
    /// Indexes of patterns of names, with the table of the members.
    pub(crate) patterns: Vec<(usize, TableId)>,
    /// Names of members that are no others, and what the others may be.
    pub(crate) other_members: Option<(Vec<String>, OtherMembers)>,
    pub(crate) names: Option<TableId>,
    /// A member, and those that must be there with it.
    pub(crate) dependent: Vec<(String, Vec<String>)>,
    pub(crate) dependent_schemas: Vec<(String, TableId)>,
    pub(crate) when: Option<WhenTable>,
    pub(crate) unevaluated_members: Option<(EvaluatedId, OtherMembers)>,
    pub(crate) unevaluated_items: Option<(EvaluatedId, TableId)>,
}

/// What members without a schema of their own may be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OtherMembers {
    Forbidden(CodeRef),
    Schema(TableId),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WhenTable {
    pub(crate) fits: TableId,
    pub(crate) then: Option<TableId>,
    pub(crate) otherwise: Option<TableId>,
}

impl OtherMembers {
    fn table_mut(&mut self) -> Option<&mut TableId> {
        match self {
            Self::Forbidden(_) => None,
            Self::Schema(id) => Some(id),
        }
    }
}

impl BeyondTable {
    /// Returns the tables that the same value is validated with.
    pub(crate) fn of_same_value(&self) -> impl Iterator<Item = TableId> {
        let when = self.when.iter().flat_map(|when| [Some(when.fits), when.then, when.otherwise]);
        when.flatten().chain(self.dependent_schemas.iter().map(|(_, table)| *table))
    }

    /// Returns every reference to another table.
    pub(crate) fn references_mut(&mut self) -> impl Iterator<Item = &mut TableId> {
        let items = self.first_items.iter_mut().chain(&mut self.other_items);
        let contains = self.contains.iter_mut().map(|(table, ..)| table);
        let patterns = self.patterns.iter_mut().map(|(_, table)| table);
        let others = self.other_members.iter_mut().filter_map(|(_, others)| others.table_mut());
        let dependent = self.dependent_schemas.iter_mut().map(|(_, table)| table);
        let when = self.when.iter_mut().flat_map(|when| {
            std::iter::once(&mut when.fits).chain(&mut when.then).chain(&mut when.otherwise)
        });
        let unevaluated = self.unevaluated_members.iter_mut().filter_map(|(_, others)| others.table_mut());
        let unevaluated_items = self.unevaluated_items.iter_mut().map(|(_, table)| table);
        let members = patterns.chain(others).chain(&mut self.names).chain(dependent).chain(unevaluated);
        items.chain(contains).chain(members).chain(when).chain(unevaluated_items)
    }

    /// Removes the references to a table, which constrain nothing.
    pub(crate) fn cut(&mut self, id: TableId) {
        self.dependent_schemas.retain(|(_, table)| *table != id);
        if let Some(when) = &mut self.when {
            when.then = when.then.filter(|then| *then != id);
            when.otherwise = when.otherwise.filter(|otherwise| *otherwise != id);
        }
        self.when = self.when.take().filter(|when| when.fits != id);
    }
}

/// The index of a table of what a schema evaluates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EvaluatedId(pub(crate) usize);

/// Which members and items a schema evaluates.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EvaluatedTable {
    pub(crate) ident: ConstIdent,
    pub(crate) names: Vec<String>,
    /// Indexes of patterns of names.
    pub(crate) patterns: Vec<usize>,
    pub(crate) all_members: bool,
    pub(crate) items: usize,
    pub(crate) all_items: bool,
    pub(crate) contains: Option<TableId>,
    pub(crate) parts: Vec<(Applies, EvaluatedId)>,
}

/// When a schema about the same value applies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Applies {
    Always,
    IfFits(TableId),
    UnlessFits(TableId),
    IfHas(String),
}

impl EvaluatedTable {
    /// Returns every reference to a table of values.
    pub(crate) fn references(&self) -> impl Iterator<Item = TableId> {
        let parts = self.parts.iter().filter_map(|(applies, _)| match applies {
            Applies::IfFits(table) | Applies::UnlessFits(table) => Some(*table),
            Applies::Always | Applies::IfHas(_) => None,
        });
        parts.chain(self.contains)
    }

    /// Returns every reference to a table of values, to be changed.
    pub(crate) fn references_mut(&mut self) -> impl Iterator<Item = &mut TableId> {
        let parts = self.parts.iter_mut().filter_map(|(applies, _)| match applies {
            Applies::IfFits(table) | Applies::UnlessFits(table) => Some(table),
            Applies::Always | Applies::IfHas(_) => None,
        });
        parts.chain(&mut self.contains)
    }
}
