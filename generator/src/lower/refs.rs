//! `$ref`: resolves references to the id of a schema, or to the component that they name.

use std::fmt;

use openapiv3::{ReferenceOr, RequestBody, Response, Schema};

use crate::api::{Origin, SchemaId};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity, nearest};

use super::arena::{Arena, SchemaOrRef};
use super::extension::check_beside_reference;
use super::input::Input;
use super::referable::{Referable, component_name, through_references};

/// A component and its own pointer, all references followed.
pub(super) struct Resolved<'d, T> {
    pub(super) at: Pointer,
    pub(super) item: &'d T,
}

/// Returns the component at `at`, or the one that a `$ref` there names; `None` after a finding.
pub(super) fn resolve<'d, T: Referable>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    node: &'d ReferenceOr<T>,
) -> Option<Resolved<'d, T>> {
    resolved(input, report, at, node).ok()
}

/// The same, but returns the severity of the finding where there is no component.
pub(super) fn resolved<'d, T: Referable>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    node: &'d ReferenceOr<T>,
) -> Result<Resolved<'d, T>, Severity> {
    let mut here = at.clone();
    let mut node = node;
    let mut seen = Vec::new();
    loop {
        match node {
            ReferenceOr::Item(item) => return Ok(Resolved { at: here, item }),
            ReferenceOr::Reference { reference } => {
                let (target, next) = follow(input, report, &here, reference, &seen)?;
                seen.push(target.clone());
                (here, node) = (target, next);
            }
        }
    }
}

/// Returns the id of a schema at `at`, or of the one that a `$ref` there names.
pub(super) fn schema_id<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    origin: Origin,
    node: impl Into<SchemaOrRef<'d>>,
) -> SchemaId {
    match node.into() {
        SchemaOrRef::Reference(reference) => {
            if !matches!(origin, Origin::Property { .. }) && input.raw(at).get("description").is_some() {
                report.push(&at.child("description"), &RefFinding::Described);
            }
            resolve_schema(input, arena, report, at, reference).unwrap_or_else(|| arena.add_any(at, origin))
        }
        node @ SchemaOrRef::Schema(_) => arena.declare(at, origin, node),
    }
}

/// Returns the id of the schema that a `$ref` at `at` names; `None` after a finding.
pub(super) fn resolve_schema<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    reference: &'d str,
) -> Option<SchemaId> {
    let mut here = at.clone();
    let mut reference = reference;
    let mut seen = Vec::new();
    loop {
        let (target, node) = follow::<Schema>(input, report, &here, reference, &seen).ok()?;
        if let Some(id) = arena.declared(&target) {
            return Some(id);
        }
        match node {
            ReferenceOr::Item(schema) => {
                return Some(arena.declare(&target, Origin::Referenced, SchemaOrRef::Schema(schema)));
            }
            ReferenceOr::Reference { reference: next } => {
                seen.push(target.clone());
                (here, reference) = (target, next);
            }
        }
    }
}

/// Follows one reference, which is at `at`.
fn follow<'d, T: Referable>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    reference: &'d str,
    seen: &[Pointer],
) -> Result<(Pointer, &'d ReferenceOr<T>), Severity> {
    check_beside_reference(input, report, at);
    if input.document.is_left_out(at) {
        // It has been reported.
        return Err(Severity::Error);
    }
    let spot = at.child("$ref");
    match target::<T>(input, reference, seen) {
        Ok((target, node)) => {
            if is_another::<T>(&target) {
                let (name, reading) = (reference.to_owned(), Some("it is read as if it were"));
                report.push(&spot, &RefFinding::Mismatched { name, expected: T::KIND, reading, help: None });
            }
            Ok((target, node))
        }
        Err(finding) => {
            report.push(&spot, &finding);
            Err(finding.severity())
        }
    }
}

/// Returns the node that a reference names; `seen` are the pointers that led to it.
pub(super) fn target<'d, T: Referable>(
    input: Input<'d>,
    reference: &'d str,
    seen: &[Pointer],
) -> Result<(Pointer, &'d ReferenceOr<T>), RefFinding> {
    let (name, expected) = (reference.to_owned(), T::KIND);
    if !reference.starts_with('#') {
        let help = component_named::<T>(input, reference);
        return Err(RefFinding::External { name, expected, help });
    }
    let Some(stated) = Pointer::parse(reference) else {
        return Err(RefFinding::Unresolved { name, expected, help: None });
    };
    let Some(target) = through_references(input.document, &stated) else {
        return Err(RefFinding::Unresolved { name, expected, help: near_target(input, &stated) });
    };
    if seen.contains(&target) {
        return Err(RefFinding::Cycle { name, expected });
    }
    let Some(node) = input.targets.node(input.document, &target) else {
        let help = stated.last().and_then(|key| component_named::<T>(input, key));
        // Real documents confuse components; what is lost is a schema of a response, or a response.
        let reading = match T::KIND {
            _ if !is_another::<T>(&target) => None,
            "a parameter" | "a request body" => None,
            "a schema" => Some("it is read as any value"),
            _ => Some("it is left out"),
        };
        return Err(RefFinding::Mismatched { name, expected, reading, help });
    };
    Ok((target, node))
}

/// Returns the reference that was probably meant: the same pointer with the nearest name that exists.
fn near_target(input: Input<'_>, target: &Pointer) -> Option<String> {
    let mut missing = target.clone();
    let mut parent = missing.parent()?;
    while input.document.node(&parent).is_none() {
        (missing, parent) = (parent.clone(), parent.parent()?);
    }
    let name = nearest(missing.last()?, input.document.names_at(&parent))?;
    let rest = &target.tokens()[missing.tokens().len()..];
    let meant = rest.iter().fold(parent.child(name), |meant, token| meant.child(token));
    input.document.node(&meant).map(|_| format!("#{meant}"))
}

/// Returns the reference to the component that a bare name such as `Pet` probably means.
fn component_named<T: Referable>(input: Input<'_>, name: &str) -> Option<String> {
    let group = Pointer::root().child("components").child(T::GROUP);
    let keys = input.document.names_at(&group);
    keys.contains(&name).then(|| format!("#{}", group.child(name)))
}

/// Returns whether the pointer names a component of another kind.
fn is_another<T: Referable>(target: &Pointer) -> bool {
    component_name(target).is_some_and(|(group, _)| group != T::GROUP && !group.starts_with("x-"))
}

pub(super) enum RefFinding {
    Unresolved {
        name: String,
        expected: &'static str,
        help: Option<String>,
    },
    External {
        name: String,
        expected: &'static str,
        help: Option<String>,
    },
    /// The target is something else.
    Mismatched {
        name: String,
        expected: &'static str,
        /// How it is read all the same.
        reading: Option<&'static str>,
        help: Option<String>,
    },
    Cycle {
        name: String,
        expected: &'static str,
    },
    /// A description beside a reference that is neither a property nor a component.
    Described,
}

impl fmt::Display for RefFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unresolved { name, .. } => write!(f, "`{name}` does not exist"),
            Self::External { name, .. } => {
                write!(f, "`{name}` is neither in this document nor in a file on disk")
            }
            Self::Mismatched { name, expected, reading: Some(reading), .. } => {
                write!(f, "`{name}` is not {expected}; {reading}")
            }
            Self::Mismatched { name, expected, .. } => write!(f, "`{name}` is not {expected}"),
            Self::Cycle { name, .. } => write!(f, "`{name}` refers to itself through references alone"),
            Self::Described => {
                f.write_str("`description` beside this `$ref` has no place in the crate; it is ignored")
            }
        }
    }
}

impl Finding for RefFinding {
    fn is_of_defect(&self) -> bool {
        matches!(self, Self::Mismatched { .. } | Self::Described)
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Unresolved { .. } => "unresolved-reference",
            Self::External { .. } => "external-reference",
            Self::Mismatched { .. } => "mismatched-reference",
            Self::Cycle { .. } => "reference-cycle",
            Self::Described => "reference-sibling",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Mismatched { reading: Some(_), .. } | Self::Described => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn reading(&self) -> Option<&'static str> {
        match self {
            Self::Mismatched { reading: Some(_), .. } | Self::Described => None,
            Self::Unresolved { expected, .. }
            | Self::External { expected, .. }
            | Self::Mismatched { expected, .. }
            | Self::Cycle { expected, .. } => Some(match *expected {
                Schema::KIND => "it is read as any value",
                RequestBody::KIND | Response::KIND => "it is read as JSON of any value",
                _ => "it is left out",
            }),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unresolved { help, .. } | Self::Mismatched { help, .. } => {
                help.as_ref().map(|meant| format!("did you mean `{meant}`?"))
            }
            Self::External { help: Some(meant), .. } => Some(format!("did you mean `{meant}`?")),
            Self::External { .. } => {
                Some("save what it names beside the definition, and refer to that file".to_owned())
            }
            Self::Described => Some("remove it, or wrap the `$ref` in `allOf` to add to it".to_owned()),
            Self::Cycle { .. } => None,
        }
    }
}
