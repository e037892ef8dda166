//! Tables of keywords that look at parts of a value again, as the runtime's tables.

use serde_json::Value as Json;
use specwright_runtime::validate::{self as runtime, codes};

use super::tables::{RuntimeTables, all_kept, kept, text_kept};
use crate::rust::validators::{Applies, BeyondTable, EvaluatedId, OtherMembers, TableId};

impl RuntimeTables<'_> {
    pub(super) fn beyond(&mut self, table: &BeyondTable, values: &[&Json]) -> runtime::Beyond {
        let mut beyond = self.beyond_items(table, values);
        let members = || values.iter().filter_map(|value| value.as_object()).flatten();
        let inner: Vec<&Json> = members().map(|(_, value)| value).collect();
        let patterns = table.patterns.iter().filter(|_| !inner.is_empty());
        let patterns: Vec<_> = patterns
            .filter_map(|(index, id)| Some((self.pattern(*index)?, self.schema(*id, &inner))))
            .collect();
        beyond = beyond.patterns(all_kept(patterns));
        if let Some((names, others)) = &table.other_members {
            let names = all_kept(names.iter().map(|name| text_kept(name)));
            beyond = beyond.other_members(names, self.others(others, &inner));
        }
        if let Some(id) = table.names {
            let names: Vec<Json> = members().map(|(name, _)| name.as_str().into()).collect();
            beyond = beyond.names(self.schema(id, &names.iter().collect::<Vec<_>>()));
        }
        let dependent = table.dependent.iter().map(|(member, needed)| {
            let needed = all_kept(needed.iter().map(|name| text_kept(name)));
            (text_kept(member), needed, &codes::REQUIRED_HERE)
        });
        beyond = beyond.dependent(all_kept(dependent));
        let mut schemas = Vec::new();
        for (member, id) in &table.dependent_schemas {
            schemas.push((text_kept(member), self.schema(*id, values)));
        }
        beyond = beyond.dependent_schemas(all_kept(schemas));
        if let Some(when) = &table.when {
            let mut of = |id: Option<TableId>| id.map(|id| self.schema(id, values));
            let (then, otherwise) = (of(when.then), of(when.otherwise));
            beyond = beyond.when(self.schema(when.fits, values), then, otherwise);
        }
        if let Some((evaluated, others)) = &table.unevaluated_members {
            let evaluated = self.evaluated(*evaluated, values, &mut Vec::new());
            beyond = beyond.unevaluated_members(evaluated, self.others(others, &inner));
        }
        beyond
    }

    fn beyond_items(&mut self, table: &BeyondTable, values: &[&Json]) -> runtime::Beyond {
        let mut beyond = runtime::Beyond::new();
        let items: Vec<&Json> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
        if items.is_empty() {
            // Of no item nothing is read but how many there are.
            let any = kept(runtime::Schema::any());
            return table.contains.map_or(beyond, |(_, min, max)| beyond.contains(any, min, max));
        }
        let first: Vec<_> = table.first_items.iter().map(|id| self.schema(*id, &items)).collect();
        beyond = beyond.first_items(all_kept(first));
        if let Some(id) = table.other_items {
            beyond = beyond.other_items(self.schema(id, &items));
        }
        if let Some((id, min, max)) = table.contains {
            beyond = beyond.contains(self.schema(id, &items), min, max);
        }
        if let Some((evaluated, id)) = table.unevaluated_items {
            let evaluated = self.evaluated(evaluated, values, &mut Vec::new());
            beyond = beyond.unevaluated_items(evaluated, self.schema(id, &items));
        }
        beyond
    }

    fn others(&mut self, others: &OtherMembers, inner: &[&Json]) -> runtime::Additional {
        match others {
            OtherMembers::Forbidden(code) => runtime::Additional::Reported(self.code(code)),
            OtherMembers::Schema(_) if inner.is_empty() => runtime::Additional::Any,
            OtherMembers::Schema(id) => runtime::Additional::Schema(self.schema(*id, inner)),
        }
    }

    /// Makes the table of what a schema evaluates. One that applies to the value through itself adds nothing
    /// to it: `open` are those that are being made.
    fn evaluated(
        &mut self,
        id: EvaluatedId,
        values: &[&Json],
        open: &mut Vec<EvaluatedId>,
    ) -> &'static runtime::Evaluated {
        let mut made = runtime::Evaluated::nothing();
        let Some(table) = self.validators.evaluated.get(id.0).filter(|_| !open.contains(&id)) else {
            return kept(made);
        };
        open.push(id);
        let patterns: Vec<_> = table.patterns.iter().filter_map(|index| self.pattern(*index)).collect();
        made = made.members(all_kept(table.names.iter().map(|name| text_kept(name))), all_kept(patterns));
        if table.all_members {
            made = made.all_members();
        }
        made = made.items(table.items);
        if table.all_items {
            made = made.all_items();
        }
        let items: Vec<&Json> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
        if let Some(contains) = table.contains.filter(|_| !items.is_empty()) {
            made = made.contains(self.schema(contains, &items));
        }
        let mut parts = Vec::new();
        for (applies, part) in &table.parts {
            let evaluated = self.evaluated(*part, values, open);
            parts.push(match applies {
                Applies::Always => runtime::EvaluatedPart::always(evaluated),
                Applies::IfFits(id) => runtime::EvaluatedPart::if_fits(self.schema(*id, values), evaluated),
                Applies::UnlessFits(id) => {
                    runtime::EvaluatedPart::unless_fits(self.schema(*id, values), evaluated)
                }
                Applies::IfHas(member) => runtime::EvaluatedPart::if_has(text_kept(member), evaluated),
            });
        }
        open.pop();
        kept(made.parts(all_kept(parts)))
    }
}
