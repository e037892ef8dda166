//! The files of groups: each part has one for what is compiled always, and beside it one for each group.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use crate::rust::{Crate, Groups, UsedBy};
use crate::settings::Part;

/// One of the files that a part is cut into.
#[derive(Clone, Copy)]
pub(super) struct Share<'a> {
    groups: &'a Groups,
    used_by: UsedBy,
}

impl<'a> Share<'a> {
    /// The file that is compiled always. It declares the others.
    pub(super) fn root(groups: &'a Groups) -> Self {
        Self { groups, used_by: UsedBy::Several }
    }

    /// The others that a part may have.
    fn others(groups: &'a Groups) -> impl Iterator<Item = Self> {
        let of_groups = (0..groups.all.len()).map(UsedBy::Group);
        let all = of_groups.chain((!groups.is_empty()).then_some(UsedBy::None));
        all.map(move |used_by| Self { groups, used_by })
    }

    pub(super) fn is_root(self) -> bool {
        self.used_by == UsedBy::Several
    }

    /// Returns whether the file has the entry of a list, `of` being who uses each.
    pub(super) fn has(self, of: &[UsedBy], index: usize) -> bool {
        Groups::used_by(of, index) == self.used_by
    }

    /// Returns the entries of a list that the file has.
    pub(super) fn select<'t, T>(self, all: &'t [T], of: &'a [UsedBy]) -> impl Iterator<Item = &'t T> {
        all.iter().enumerate().filter(move |(index, _)| self.has(of, *index)).map(|(_, entry)| entry)
    }

    /// Returns whether the file has the method of an operation.
    pub(super) fn has_operation(self, operation: usize) -> bool {
        let group = self.groups.operations.get(operation);
        group.map_or(UsedBy::Several, |group| UsedBy::Group(*group)) == self.used_by
    }

    /// The name of the module.
    pub(super) fn module(self) -> &'a str {
        match self.used_by {
            UsedBy::Group(index) => self.groups.all[index].module.as_str(),
            UsedBy::Several | UsedBy::None => "without_group",
        }
    }

    fn feature(self) -> &'a str {
        match self.used_by {
            UsedBy::Group(index) => &self.groups.all[index].feature,
            UsedBy::Several | UsedBy::None => Groups::ALL,
        }
    }
}

/// Returns the files besides the first one that a part is cut into, as far as there is something for them.
pub(super) fn others(krate: &Crate, part: Part) -> Vec<Share<'_>> {
    let groups = &krate.groups;
    let is_there = |share: &Share<'_>| match part {
        Part::Models => share.select(&krate.models.items, &groups.items).next().is_some(),
        Part::Validators => {
            let mut tables = share.select(&krate.validators.tables, &groups.tables);
            let mut types = share.select(&krate.validators.types, &groups.validated);
            tables.any(|table| table.ident.is_some()) || types.next().is_some()
        }
        Part::Client => (0..groups.operations.len()).any(|operation| share.has_operation(operation)),
        Part::Operations | Part::Server => false,
    };
    Share::others(groups).filter(is_there).collect()
}

/// Returns the files of builders besides the first one.
pub(super) fn of_builders(krate: &Crate) -> Vec<Share<'_>> {
    let has_builder = |share: &Share<'_>| {
        share.select(&krate.models.items, &krate.groups.items).any(|item| item.builder().is_some())
    };
    Share::others(&krate.groups).filter(has_builder).collect()
}

/// Declares the other files in the first one, whose paths are those of their items, too.
pub(super) fn declarations(others: &[Share<'_>]) -> Vec<TokenStream> {
    let declaration = |share: &Share<'_>| {
        let (module, feature) = (ident(share.module()), share.feature());
        let gate = quote! {
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
        };
        quote! {
            #gate
            mod #module;
            #gate
            pub use self::#module::*;
        }
    };
    others.iter().map(declaration).collect()
}
