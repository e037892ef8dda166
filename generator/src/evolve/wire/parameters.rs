//! The parameters of an operation compared: those of the path by their order, others by name.

use super::pair::OperationPair;
use super::schemas::Comparer;
use crate::api::{Operation, Parameter, ParameterContent, ParameterLocation};
use crate::evolve::draft::ChangeDraft;
use crate::evolve::kind::Kind;

pub(super) fn compare<'a>(comparer: &mut Comparer<'a>, pair: &OperationPair<'a>) {
    for (key, one) in keyed(pair.old) {
        let found = keyed(pair.new).into_iter().find(|(other, _)| *other == key);
        let place = format!("{} {}", pair.subject, one.name);
        let Some((_, other)) = found else {
            let change = pair.at(Kind::ParameterRemoved, Some(&one.at), None);
            comparer.drafts.push(ChangeDraft { subject: place, ..change });
            continue;
        };
        let mut push = |kind: Kind, detail: Option<String>| {
            let change = pair.at(kind, Some(&one.at), Some(&other.at));
            comparer.drafts.push(ChangeDraft { subject: place.clone(), detail, ..change });
        };
        if one.required != other.required {
            let kind = if other.required { Kind::ParameterRequired } else { Kind::ParameterOptional };
            push(kind, None);
        }
        let media = |content: &'a ParameterContent| match content {
            ParameterContent::Media(media) => Some(media.name.as_str()),
            _ => None,
        };
        let written = |parameter: &'a Parameter| {
            (parameter.style, parameter.explode, parameter.allow_reserved, media(&parameter.content))
        };
        if written(one) != written(other) {
            push(Kind::ParameterStyle, None);
        }
        if one.docs.deprecated != other.docs.deprecated {
            push(if other.docs.deprecated { Kind::OperationDeprecated } else { Kind::NotDeprecated }, None);
        }
        let (Some(old), Some(new)) = (one.content.schema(), other.content.schema()) else { continue };
        if comparer.old.schemas[old].default != comparer.new.schemas[new].default {
            push(Kind::ParameterDefault, None);
        }
        comparer.schemas(old, new, &place, pair.sent);
    }
    let known: Vec<_> = keyed(pair.old).into_iter().map(|(key, _)| key).collect();
    for (_, other) in keyed(pair.new).into_iter().filter(|(key, _)| !known.contains(key)) {
        let kind = if other.required { Kind::RequiredParameterAdded } else { Kind::ParameterAdded };
        let change = pair.at(kind, None, Some(&other.at));
        comparer.drafts.push(ChangeDraft { subject: format!("{} {}", pair.subject, other.name), ..change });
    }
}

/// What tells parameters apart: the location, and the name or its position in the path.
type ParameterKey = (ParameterLocation, String);

fn keyed(operation: &Operation) -> Vec<(ParameterKey, &Parameter)> {
    let key = |parameter: &Parameter| {
        let name = &parameter.name;
        let key = match parameter.location {
            ParameterLocation::Path => {
                let marks = operation.path.split('{').skip(1);
                let mut names = marks.map(|mark| mark.split('}').next().unwrap_or_default());
                names.position(|known| known == name).map_or(name.clone(), |index| index.to_string())
            }
            ParameterLocation::Header => name.to_ascii_lowercase(),
            ParameterLocation::Query | ParameterLocation::Cookie => name.clone(),
        };
        (parameter.location, key)
    };
    operation.parameters.iter().map(|parameter| (key(parameter), parameter)).collect()
}
