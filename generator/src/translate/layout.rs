//! Decisions that need all items: boxes for cycles and for large optional members, newtypes, and `Eq`.

use std::collections::BTreeMap;

use crate::ident::TypeIdent;
use crate::rust::{IntegerType, Item, Models, RuntimeType, Struct, Type};

/// An optional member larger than this many bytes is boxed: most values do without it.
const LARGE: usize = 100;

/// Decides newtypes, boxes and `Eq` of finished items.
pub(super) fn settle(mut models: Models) -> Models {
    let indexes: BTreeMap<TypeIdent, usize> =
        models.items.iter().enumerate().map(|(index, item)| (item.ident().clone(), index)).collect();
    mark_newtypes(&mut models.items, &indexes);
    box_cycles(&mut models.items, &indexes);
    Sizes { indexes: &indexes, known: vec![None; models.items.len()] }.box_large(&mut models.items);
    mark_equality(&mut models.items, &indexes);
    models
}

/// An alias that refers to itself through lists or maps has to be a type of its own.
fn mark_newtypes(items: &mut [Item], indexes: &BTreeMap<TypeIdent, usize>) {
    for start in 0..items.len() {
        let mut seen = vec![false; items.len()];
        let mut open = vec![start];
        while let Some(index) = open.pop() {
            let Item::Alias(alias) = &items[index] else { continue };
            if alias.newtype {
                continue;
            }
            let next: Vec<usize> =
                alias.target.named().filter_map(|ident| indexes.get(ident).copied()).collect();
            if next.contains(&start) {
                if let Item::Alias(alias) = &mut items[start] {
                    alias.newtype = true;
                }
                break;
            }
            open.extend(next.into_iter().filter(|next| !std::mem::replace(&mut seen[*next], true)));
        }
    }
}

/// Returns the items that a value of the type holds without a pointer.
fn held(ty: &Type) -> Vec<&TypeIdent> {
    match ty {
        Type::Named(ident) => vec![ident],
        Type::Option(inner) => held(inner),
        Type::Tuple(items) => items.iter().flat_map(held).collect(),
        _ => Vec::new(),
    }
}

fn member_types_mut(item: &mut Item) -> Vec<&mut Type> {
    match item {
        Item::Struct(item) => item.fields.iter_mut().map(|field| &mut field.ty).collect(),
        Item::Union(item) => item.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Item::Alias(item) if item.newtype => vec![&mut item.target],
        Item::Alias(_) | Item::Enum(_) => Vec::new(),
    }
}

/// Boxes members through which a value would hold itself.
fn box_cycles(items: &mut [Item], indexes: &BTreeMap<TypeIdent, usize>) {
    let edges: Vec<Vec<usize>> = items
        .iter()
        .map(|item| item.types().into_iter().flat_map(held).filter_map(|ident| indexes.get(ident).copied()))
        .map(Iterator::collect)
        .collect();
    let cycles = cycles(&edges);
    for (index, item) in items.iter_mut().enumerate() {
        for ty in member_types_mut(item) {
            let mut targets = held(ty).into_iter().filter_map(|ident| indexes.get(ident));
            let within = targets.any(|target| cycles[*target] == cycles[index] && cycles[index].is_some());
            if within {
                *ty = Type::Boxed(Box::new(ty.clone()));
            }
        }
    }
}

/// Returns for each node an identifier of its cycle (a strongly connected component with an edge inside).
fn cycles(edges: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            reversed[*to].push(from);
        }
    }
    let mut finished = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        walk(start, edges, &mut seen, &mut |node| finished.push(node));
    }
    let mut cycle_of = vec![None; edges.len()];
    let mut seen = vec![false; edges.len()];
    for start in finished.into_iter().rev() {
        let mut members = Vec::new();
        walk(start, &reversed, &mut seen, &mut |node| members.push(node));
        if members.len() > 1 || edges[start].contains(&start) {
            for member in members {
                cycle_of[member] = Some(start);
            }
        }
    }
    cycle_of
}

/// Visits nodes depth first without recursion; calls `leave` for every node after those that it leads to.
fn walk(start: usize, edges: &[Vec<usize>], seen: &mut [bool], leave: &mut impl FnMut(usize)) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut stack = vec![(start, 0)];
    while let Some((node, next)) = stack.pop() {
        match edges[node].get(next) {
            Some(target) => {
                stack.push((node, next + 1));
                if !std::mem::replace(&mut seen[*target], true) {
                    stack.push((*target, 0));
                }
            }
            None => leave(node),
        }
    }
}

/// The sizes of values in bytes, near enough to decide what is boxed.
struct Sizes<'a> {
    indexes: &'a BTreeMap<TypeIdent, usize>,
    known: Vec<Option<usize>>,
}

impl Sizes<'_> {
    fn box_large(&mut self, items: &mut [Item]) {
        for index in 0..items.len() {
            self.item(index, items);
        }
    }

    /// Returns the size of an item, and boxes its large members. Cycles are boxed already, so this ends.
    fn item(&mut self, index: usize, items: &mut [Item]) -> usize {
        if let Some(size) = self.known[index] {
            return size;
        }
        let types: Vec<(Type, bool)> = match &items[index] {
            Item::Struct(item) => {
                item.fields.iter().map(|field| (field.ty.clone(), !field.presence.is_required())).collect()
            }
            Item::Union(item) => item.variants.iter().map(|variant| (variant.ty.clone(), true)).collect(),
            Item::Alias(item) => vec![(item.target.clone(), false)],
            Item::Enum(_) => Vec::new(),
        };
        let mut sizes = Vec::new();
        for (member, (ty, may_be_boxed)) in types.iter().enumerate() {
            let size = self.ty(ty, items);
            let large = *may_be_boxed && size > LARGE && !held(ty).is_empty();
            if large && let Some(member) = member_types_mut(&mut items[index]).into_iter().nth(member) {
                *member = Type::Boxed(Box::new(ty.clone()));
            }
            sizes.push(if large { 8 } else { size });
        }
        let size = match &items[index] {
            Item::Struct(Struct { rest, .. }) => {
                sizes.iter().sum::<usize>() + rest.as_ref().map_or(0, |_| 24)
            }
            Item::Union(_) => sizes.iter().max().copied().unwrap_or(0) + 8,
            Item::Alias(_) => sizes.iter().sum(),
            Item::Enum(_) => 24,
        };
        self.known[index] = Some(size);
        size
    }

    fn ty(&mut self, ty: &Type, items: &mut [Item]) -> usize {
        match ty {
            Type::Named(ident) => {
                self.indexes.get(ident).copied().map_or(24, |index| self.item(index, items))
            }
            Type::Option(inner) => self.ty(inner, items) + 8,
            Type::Tuple(of) => of.iter().map(|ty| self.ty(ty, items)).sum(),
            Type::Vec(_) | Type::Map(_) | Type::String | Type::Runtime(RuntimeType::Timestamp) => 24,
            Type::Bool | Type::Integer(IntegerType::I8 | IntegerType::U8) => 2,
            Type::Integer(IntegerType::I16 | IntegerType::U16) => 4,
            Type::Boxed(_)
            | Type::Integer(IntegerType::I32 | IntegerType::U32)
            | Type::Runtime(RuntimeType::Date) => 8,
            Type::Integer(_)
            | Type::Float
            | Type::Bytes
            | Type::Media
            | Type::Runtime(_)
            | Type::External { .. } => 16,
        }
    }
}

/// Derives `Eq` where no member is a float or a type of the configuration.
fn mark_equality(items: &mut [Item], indexes: &BTreeMap<TypeIdent, usize>) {
    let mut total = vec![true; items.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (index, item) in items.iter().enumerate() {
            if total[index] && !item.types().into_iter().all(|ty| is_total(ty, indexes, &total)) {
                total[index] = false;
                changed = true;
            }
        }
    }
    for (item, total) in items.iter_mut().zip(total) {
        match item {
            Item::Struct(item) => item.eq = total,
            Item::Union(item) => item.eq = total,
            Item::Alias(item) => item.eq = total,
            Item::Enum(_) => {}
        }
    }
}

fn is_total(ty: &Type, indexes: &BTreeMap<TypeIdent, usize>, total: &[bool]) -> bool {
    ty.innermost().into_iter().all(|ty| match ty {
        Type::Named(ident) => indexes.get(ident).is_some_and(|index| total[*index]),
        Type::Float | Type::External { .. } => false,
        _ => true,
    })
}
