//! Groups of operations, each behind a feature of the package, and which of them use what.

use crate::ident::FieldIdent;

/// The groups of a crate. Without any, everything is compiled always.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Groups {
    /// In the order of their names.
    pub(crate) all: Vec<Group>,
    /// The default features have all groups.
    pub(crate) all_by_default: bool,
    /// For each operation, the index of its group.
    pub(crate) operations: Vec<usize>,
    /// For each item of the models.
    pub(crate) items: Vec<UsedBy>,
    /// For each type that is validated.
    pub(crate) validated: Vec<UsedBy>,
    /// For each table of the validators.
    pub(crate) tables: Vec<UsedBy>,
    /// For each enum of unsuccessful responses.
    pub(crate) errors: Vec<UsedBy>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// The tag of the operations, or the segment of their paths, as Markdown for a table.
    pub(crate) name: String,
    /// The module, `group_pets`.
    pub(crate) module: FieldIdent,
    /// The feature, `group-pets`.
    pub(crate) feature: String,
}

/// The groups whose operations need an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UsedBy {
    /// The item is compiled always.
    Several,
    /// The index of the only one.
    Group(usize),
    /// The item is compiled with all groups.
    None,
}

impl Groups {
    /// The feature that turns on all groups.
    pub(crate) const ALL: &'static str = "all";

    /// Returns whether there are no groups.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns who uses the entry of one of the lists.
    pub(crate) fn used_by(of: &[UsedBy], index: usize) -> UsedBy {
        of.get(index).copied().unwrap_or(UsedBy::Several)
    }

    /// Returns the group of an operation, if there are groups.
    pub(crate) fn of_operation(&self, operation: usize) -> Option<&Group> {
        self.all.get(*self.operations.get(operation)?)
    }
}

impl UsedBy {
    /// Returns the groups that use an item, once this one does.
    pub(crate) fn and(self, group: usize) -> Self {
        match self {
            Self::None => Self::Group(group),
            Self::Group(only) if only == group => self,
            _ => Self::Several,
        }
    }
}
