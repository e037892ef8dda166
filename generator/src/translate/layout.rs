//! What must be known of all items at once: boxes for cycles and for large optional members, and equality.

use std::collections::BTreeMap;

use super::types::RUNTIME;
use crate::ident::TypeIdent;
use crate::rust::{Item, Models, Struct, Type};

/// An optional member larger than this many bytes goes behind a pointer: most values do without it.
const LARGE: usize = 100;

/// Settles newtypes, boxes and equality of finished items.
pub(super) fn settle(mut models: Models) -> Models {
    let places: BTreeMap<TypeIdent, usize> =
        models.items.iter().enumerate().map(|(place, item)| (item.ident().clone(), place)).collect();
    mark_newtypes(&mut models.items, &places);
    box_cycles(&mut models.items, &places);
    Sizes { places: &places, known: vec![None; models.items.len()] }.box_large(&mut models.items);
    mark_equality(&mut models.items, &places);
    models
}

/// An alias that leads back to itself through lists or maps has to be a type of its own.
fn mark_newtypes(items: &mut [Item], places: &BTreeMap<TypeIdent, usize>) {
    for start in 0..items.len() {
        let mut seen = vec![false; items.len()];
        let mut open = vec![start];
        while let Some(place) = open.pop() {
            let Item::Alias(alias) = &items[place] else { continue };
            if alias.newtype {
                continue;
            }
            let Some(next) = innermost(&alias.target).and_then(|ident| places.get(ident)) else { continue };
            if *next == start {
                if let Item::Alias(alias) = &mut items[start] {
                    alias.newtype = true;
                }
                break;
            }
            if !seen[*next] {
                seen[*next] = true;
                open.push(*next);
            }
        }
    }
}

fn innermost(ty: &Type) -> Option<&TypeIdent> {
    match ty {
        Type::Named(ident) => Some(ident),
        Type::Option(inner) | Type::Vec(inner) | Type::Map(inner) | Type::Boxed(inner) => innermost(inner),
        Type::Path(_) | Type::String => None,
    }
}

/// The item that a value of the type holds within itself, not behind a pointer.
fn held(ty: &Type) -> Option<&TypeIdent> {
    match ty {
        Type::Named(ident) => Some(ident),
        Type::Option(inner) => held(inner),
        Type::Vec(_) | Type::Map(_) | Type::Boxed(_) | Type::Path(_) | Type::String => None,
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

/// A member through which a value would hold itself goes behind a pointer.
fn box_cycles(items: &mut [Item], places: &BTreeMap<TypeIdent, usize>) {
    let edges: Vec<Vec<usize>> = items
        .iter()
        .map(|item| item.types().into_iter().filter_map(|ty| places.get(held(ty)?).copied()).collect())
        .collect();
    let rings = rings(&edges);
    for (place, item) in items.iter_mut().enumerate() {
        for ty in member_types_mut(item) {
            let target = held(ty).and_then(|ident| places.get(ident));
            let within =
                target.is_some_and(|target| rings[*target] == rings[place] && rings[place].is_some());
            if within {
                *ty = Type::Boxed(Box::new(ty.clone()));
            }
        }
    }
}

/// For each node the number of the ring (strongly connected component with an edge inside) that it lies in.
fn rings(edges: &[Vec<usize>]) -> Vec<Option<usize>> {
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
    let mut ring_of = vec![None; edges.len()];
    let mut seen = vec![false; edges.len()];
    for start in finished.into_iter().rev() {
        let mut members = Vec::new();
        walk(start, &reversed, &mut seen, &mut |node| members.push(node));
        if members.len() > 1 || edges[start].contains(&start) {
            for member in members {
                ring_of[member] = Some(start);
            }
        }
    }
    ring_of
}

/// Depth first without recursion; calls `leave` for every node after those behind it.
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

/// Bytes that values take, near enough to choose what goes behind a pointer.
struct Sizes<'a> {
    places: &'a BTreeMap<TypeIdent, usize>,
    known: Vec<Option<usize>>,
}

impl Sizes<'_> {
    fn box_large(&mut self, items: &mut [Item]) {
        for place in 0..items.len() {
            self.item(place, items);
        }
    }

    /// Sizes the item after those that it holds. Cycles are behind pointers already, so this ends.
    fn item(&mut self, place: usize, items: &mut [Item]) -> usize {
        if let Some(size) = self.known[place] {
            return size;
        }
        let types: Vec<(Type, bool)> = match &items[place] {
            Item::Struct(item) => {
                item.fields.iter().map(|field| (field.ty.clone(), !field.presence.is_required())).collect()
            }
            Item::Union(item) => item.variants.iter().map(|variant| (variant.ty.clone(), true)).collect(),
            Item::Alias(item) => vec![(item.target.clone(), false)],
            Item::Enum(_) => Vec::new(),
        };
        let mut sizes = Vec::new();
        for (index, (ty, may_be_boxed)) in types.iter().enumerate() {
            let size = self.ty(ty, items);
            let large = *may_be_boxed && size > LARGE && held(ty).is_some();
            if large && let Some(member) = member_types_mut(&mut items[place]).into_iter().nth(index) {
                *member = Type::Boxed(Box::new(ty.clone()));
            }
            sizes.push(if large { 8 } else { size });
        }
        let size = match &items[place] {
            Item::Struct(Struct { rest, .. }) => {
                sizes.iter().sum::<usize>() + rest.as_ref().map_or(0, |_| 24)
            }
            Item::Union(_) => sizes.iter().max().copied().unwrap_or(0) + 8,
            Item::Alias(_) => sizes.iter().sum(),
            Item::Enum(_) => 24,
        };
        self.known[place] = Some(size);
        size
    }

    fn ty(&mut self, ty: &Type, items: &mut [Item]) -> usize {
        match ty {
            Type::Named(ident) => self.places.get(ident).copied().map_or(24, |place| self.item(place, items)),
            Type::Option(inner) => self.ty(inner, items) + 8,
            Type::Boxed(_) => 8,
            Type::Vec(_) | Type::Map(_) | Type::String => 24,
            Type::Path(path) => match path.as_str() {
                "bool" | "i8" | "u8" => 2,
                "i16" | "u16" => 4,
                "i32" | "u32" | "Date" => 8,
                "Timestamp" => 24,
                _ => 16,
            },
        }
    }
}

/// `Eq` wherever no member is a float or a type that nobody here knows.
fn mark_equality(items: &mut [Item], places: &BTreeMap<TypeIdent, usize>) {
    let mut total = vec![true; items.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (place, item) in items.iter().enumerate() {
            if total[place] && !item.types().into_iter().all(|ty| is_total(ty, places, &total)) {
                total[place] = false;
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

fn is_total(ty: &Type, places: &BTreeMap<TypeIdent, usize>, total: &[bool]) -> bool {
    match ty {
        Type::String => true,
        Type::Named(ident) => places.get(ident).is_some_and(|place| total[*place]),
        Type::Option(inner) | Type::Vec(inner) | Type::Map(inner) | Type::Boxed(inner) => {
            is_total(inner, places, total)
        }
        Type::Path(path) => {
            let plain = ["bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
            let name = path.strip_prefix("specwright_runtime::").unwrap_or(path);
            plain.contains(&name) || RUNTIME.contains(&name)
        }
    }
}
