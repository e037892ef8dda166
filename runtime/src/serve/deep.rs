//! The style `deepObject`: `name[k]=v`, `name[k][l]=v`, `name[0]=v` and `name[]=v`.
//!
//! A name that comes more than once, `name[k]=v&name[k]=w`, is a list.

use std::collections::BTreeMap;

use super::{
    pairs::Pair,
    text::{Encoding, Readable, Unreadable, decoded},
};
use crate::wire::{Shape, is_json, quoted, scalar};

/// Names in brackets that go deeper are no part of a parameter.
const MAX_DEPTH: usize = 16;

/// A part of a parameter in the style `deepObject`.
enum Node<'a> {
    Value(&'a str),
    Members(Vec<(&'a str, Node<'a>)>),
}

/// Reads the pairs of one parameter; `None`: it is absent.
pub(super) fn read(
    name: &str,
    pairs: &[Pair],
    shape: &'static Shape,
    encoding: Encoding,
) -> Readable<Option<String>> {
    let mut root = Vec::new();
    let mut nodes = Vec::new();
    for (known, value) in pairs {
        let Some(rest) = known.strip_prefix(name) else { continue };
        if rest.is_empty() {
            nodes.push(Node::Value(value));
        } else if let Some(segments) = brackets(rest) {
            insert(&mut root, &segments, value);
        }
    }
    if !root.is_empty() {
        nodes.push(Node::Members(root));
    }
    let nodes: Vec<&Node<'_>> = nodes.iter().collect();
    if nodes.is_empty() { Ok(None) } else { value(&nodes, shape, encoding).map(Some) }
}

/// Returns the names of `[a][b]`, if the text has that form.
fn brackets(text: &str) -> Option<Vec<&str>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let segments: Vec<&str> = inner.split("][").collect();
    (segments.len() <= MAX_DEPTH).then_some(segments)
}

fn insert<'a>(members: &mut Vec<(&'a str, Node<'a>)>, segments: &[&'a str], value: &'a str) {
    let Some((name, below)) = segments.split_first() else { return };
    if below.is_empty() {
        members.push((name, Node::Value(value)));
        return;
    }
    let is_it = |(known, node): &(&str, Node<'_>)| known == name && matches!(node, Node::Members(_));
    let index = members.iter().position(is_it).unwrap_or_else(|| {
        members.push((name, Node::Members(Vec::new())));
        members.len() - 1
    });
    if let Node::Members(inner) = &mut members[index].1 {
        insert(inner, below, value);
    }
}

/// Returns the value of a name. Only a list, or what may be one, comes in several nodes.
fn value(nodes: &[&Node<'_>], shape: &'static Shape, encoding: Encoding) -> Readable<String> {
    let any_item = shape.scalars.are_all().then_some(Shape::ANY);
    match (nodes, shape.items.or(any_item)) {
        ([only], _) => to_json(only, shape, encoding),
        (nodes, Some(item)) => {
            let items = nodes.iter().enumerate().map(|(index, node)| {
                to_json(node, item, encoding).map_err(|unreadable| unreadable.within_item(index))
            });
            Ok(format!("[{}]", items.collect::<Readable<Vec<_>>>()?.join(",")))
        }
        _ => Err(Unreadable::Repeated(String::new())),
    }
}

fn to_json(part: &Node<'_>, shape: &'static Shape, encoding: Encoding) -> Readable<String> {
    let members = match part {
        Node::Value(text) => {
            let text = decoded(text, encoding)?;
            let is_object = shape.scalars.are_none() && shape.items.is_none() && shape.object.is_some();
            if text.is_empty() && is_object {
                return Ok("{}".to_owned());
            }
            let is_list = text.starts_with('[') && is_json(&text);
            let is_item = shape.scalars.are_none() && shape.object.is_none() && !is_list;
            return Ok(match shape.items {
                Some(item) if is_item => format!("[{}]", scalar(item, &text)),
                _ => scalar(shape, &text),
            });
        }
        Node::Members(members) => members,
    };
    let mut by_name: BTreeMap<&str, Vec<&Node<'_>>> = BTreeMap::new();
    for (name, member) in members {
        by_name.entry(name).or_default().push(member);
    }
    let is_index = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let is_list = members.iter().all(|(name, _)| is_index(name));
    if is_list && (shape.items.is_some() || shape.object.is_none()) {
        let item = shape.items.unwrap_or(Shape::ANY);
        let repeated = by_name.iter().find(|(name, nodes)| !name.is_empty() && nodes.len() > 1);
        if let Some((name, _)) = repeated {
            return Err(Unreadable::Repeated(format!("[{name}]")));
        }
        let items = members.iter().enumerate().map(|(index, (_, node))| {
            to_json(node, item, encoding).map_err(|unreadable| unreadable.within_item(index))
        });
        return Ok(format!("[{}]", items.collect::<Readable<Vec<_>>>()?.join(",")));
    }
    let members = by_name.into_iter().map(|(name, nodes)| {
        let shape = shape.object.and_then(|object| object.member(name)).unwrap_or(Shape::ANY);
        let json = value(&nodes, shape, encoding).map_err(|unreadable| unreadable.within(name))?;
        Ok(format!("{}:{json}", quoted(name)))
    });
    Ok(format!("{{{}}}", members.collect::<Readable<Vec<_>>>()?.join(",")))
}
