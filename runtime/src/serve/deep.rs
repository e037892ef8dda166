//! The style `deepObject`: `name[k]=v`, `name[k][l]=v`, `name[0]=v` and `name[]=v`.

use super::{
    pairs::Pair,
    shape::Shape,
    text::{Decoded, Encoding, decoded, quoted, scalar},
};

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
) -> Decoded<Option<String>> {
    let mut root = Vec::new();
    let mut plain = None;
    for (known, value) in pairs {
        let Some(rest) = known.strip_prefix(name) else { continue };
        if rest.is_empty() {
            plain = Some(&**value);
        } else if let Some(segments) = brackets(rest) {
            insert(&mut root, &segments, value);
        }
    }
    match plain {
        _ if !root.is_empty() => to_json(&Node::Members(root), shape, encoding).map(Some),
        Some(value) => to_json(&Node::Value(value), shape, encoding).map(Some),
        None => Ok(None),
    }
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

fn to_json(part: &Node<'_>, shape: &'static Shape, encoding: Encoding) -> Decoded<String> {
    let members = match part {
        Node::Value(text) => return Ok(scalar(shape, &decoded(text, encoding)?)),
        Node::Members(members) => members,
    };
    let is_index = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let is_list = members.iter().all(|(name, _)| is_index(name));
    if is_list && (shape.items.is_some() || shape.object.is_none()) {
        let shape = shape.items.unwrap_or(Shape::ANY);
        let items = members.iter().map(|(_, item)| to_json(item, shape, encoding));
        return Ok(format!("[{}]", items.collect::<Decoded<Vec<_>>>()?.join(",")));
    }
    let members = members.iter().map(|(name, member)| {
        let shape = shape.object.and_then(|object| object.member(name)).unwrap_or(Shape::ANY);
        Ok(format!("{}:{}", quoted(name), to_json(member, shape, encoding)?))
    });
    Ok(format!("{{{}}}", members.collect::<Decoded<Vec<_>>>()?.join(",")))
}
