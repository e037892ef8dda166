//! Bodies of requests and responses compared, by media type, and the headers of responses.

use super::pair::OperationPair;
use super::schemas::Comparer;
use crate::api::{Header, MediaType, Response, Status};
use crate::evolve::draft::{ChangeDraft, UsedIn};
use crate::evolve::kind::Kind;
use crate::pointer::Pointer;

pub(super) fn request<'a>(comparer: &mut Comparer<'a>, pair: &OperationPair<'a>) {
    let (old, new) = (pair.old.request_body.as_ref(), pair.new.request_body.as_ref());
    let kind = match (old, new) {
        (None, Some(body)) if body.required => Some(Kind::RequiredBodyAdded),
        (None, Some(_)) => Some(Kind::BodyAdded),
        (Some(_), None) => Some(Kind::BodyRemoved),
        (Some(old), Some(new)) if old.required != new.required => {
            Some(if new.required { Kind::BodyRequired } else { Kind::BodyOptional })
        }
        _ => None,
    };
    if let Some(kind) = kind {
        comparer.drafts.push(pair.at(kind, old.map(|body| &body.at), new.map(|body| &body.at)));
    }
    if let (Some(old), Some(new)) = (old, new) {
        let place = Place { subject: format!("{} body", pair.subject), old: &old.at, new: &new.at };
        contents(comparer, &place, &old.content, &new.content, pair.sent);
    }
}

pub(super) fn responses<'a>(comparer: &mut Comparer<'a>, pair: &OperationPair<'a>) {
    let (old, new) = (&pair.old.responses, &pair.new.responses);
    for one in old {
        let subject = format!("{} {}", pair.subject, label(one.status));
        let Some(other) = new.iter().find(|other| other.status == one.status) else {
            let kind = if is_success(one) { Kind::SuccessRemoved } else { Kind::FailureRemoved };
            let change = pair.at(kind, Some(&one.at), None);
            comparer.drafts.push(ChangeDraft { subject, directions: pair.read, ..change });
            continue;
        };
        let place = Place { subject, old: &one.at, new: &other.at };
        contents(comparer, &place, &one.content, &other.content, pair.read);
        headers(comparer, &place, &one.headers, &other.headers, pair.read);
    }
    for other in new.iter().filter(|other| !old.iter().any(|one| one.status == other.status)) {
        let kind = if is_success(other) { Kind::SuccessAdded } else { Kind::FailureAdded };
        let subject = format!("{} {}", pair.subject, label(other.status));
        let change = pair.at(kind, None, Some(&other.at));
        comparer.drafts.push(ChangeDraft { subject, directions: pair.read, ..change });
    }
}

fn is_success(response: &Response) -> bool {
    matches!(response.status, Status::Code(200..=299) | Status::Range(2))
}

fn label(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// What is compared, and where it stands.
struct Place<'a> {
    subject: String,
    old: &'a Pointer,
    new: &'a Pointer,
}

impl Place<'_> {
    fn change(&self, kind: Kind, subject: String, directions: UsedIn) -> ChangeDraft {
        let (old, new) = (Some(self.old.clone()), Some(self.new.clone()));
        ChangeDraft { kind, subject, detail: None, old, new, directions }
    }
}

fn contents<'a>(
    comparer: &mut Comparer<'a>,
    place: &Place<'_>,
    old: &'a [MediaType],
    new: &'a [MediaType],
    directions: UsedIn,
) {
    let find =
        |list: &'a [MediaType], name: &str| list.iter().find(|media| media.name.eq_ignore_ascii_case(name));
    for one in old {
        let Some(other) = find(new, &one.name) else {
            let subject = format!("{} {}", place.subject, one.name);
            comparer.drafts.push(place.change(Kind::MediaTypeRemoved, subject, directions));
            continue;
        };
        match (one.schema, other.schema) {
            (Some(old), Some(new)) => comparer.schemas(old, new, &place.subject, directions),
            (None, Some(_)) => {
                let subject = place.subject.clone();
                comparer.drafts.push(place.change(Kind::TypeNarrowed, subject, directions));
            }
            (Some(_), None) => {
                let subject = place.subject.clone();
                comparer.drafts.push(place.change(Kind::TypeWidened, subject, directions));
            }
            (None, None) => {}
        }
    }
    for other in new.iter().filter(|other| find(old, &other.name).is_none()) {
        let subject = format!("{} {}", place.subject, other.name);
        comparer.drafts.push(place.change(Kind::MediaTypeAdded, subject, directions));
    }
}

fn headers<'a>(
    comparer: &mut Comparer<'a>,
    place: &Place<'_>,
    old: &'a [Header],
    new: &'a [Header],
    directions: UsedIn,
) {
    let find = |list: &'a [Header], name: &str| list.iter().find(|one| one.name.eq_ignore_ascii_case(name));
    let subject = |header: &Header| format!("{} {}", place.subject, header.name);
    for one in old {
        let Some(other) = find(new, &one.name) else {
            comparer.drafts.push(place.change(Kind::HeaderRemoved, subject(one), directions));
            continue;
        };
        if one.required != other.required {
            let kind = if other.required { Kind::HeaderRequired } else { Kind::HeaderOptional };
            comparer.drafts.push(place.change(kind, subject(one), directions));
        }
        if let (Some(old), Some(new)) = (one.content.schema(), other.content.schema()) {
            comparer.schemas(old, new, &subject(one), directions);
        }
    }
    for other in new.iter().filter(|other| find(old, &other.name).is_none()) {
        comparer.drafts.push(place.change(Kind::HeaderAdded, subject(other), directions));
    }
}
