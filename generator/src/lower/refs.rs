//! `$ref`: comes in as text, goes out as the id of a schema or as the component it names.

use std::fmt;

use openapiv3::{ReferenceOr, Schema};

use crate::api::{Origin, SchemaId};
use crate::pointer::Pointer;
use crate::report::{Finding, Severity, nearest};

use super::Lowering;
use super::referable::{Referable, component_key, through_references};

/// A schema, or a reference to one: openapiv3 boxes them in some places and not in others.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'d> {
    Reference(&'d str),
    Schema(&'d Schema),
}

impl<'d> From<&'d ReferenceOr<Schema>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Schema>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Box<Schema>>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> Lowering<'d> {
    /// The component that stands at `at`, or that a `$ref` there names, with its own place.
    pub(super) fn resolve<T: Referable>(
        &mut self,
        at: &Pointer,
        node: &'d ReferenceOr<T>,
    ) -> Option<(Pointer, &'d T)> {
        let mut here = at.clone();
        let mut node = node;
        let mut seen = Vec::new();
        loop {
            match node {
                ReferenceOr::Item(item) => return Some((here, item)),
                ReferenceOr::Reference { reference } => {
                    let (target, next) = self.follow(&here, reference, &seen)?;
                    seen.push(target.clone());
                    (here, node) = (target, next);
                }
            }
        }
    }

    /// The id of the schema that a `$ref` at `at` names.
    pub(super) fn resolve_schema(&mut self, at: &Pointer, reference: &'d str) -> Option<SchemaId> {
        let mut here = at.clone();
        let mut reference = reference;
        let mut seen = Vec::new();
        loop {
            let (target, node) = self.follow::<Schema>(&here, reference, &seen)?;
            if let Some(&id) = self.by_place.get(&target) {
                return Some(id);
            }
            match node {
                ReferenceOr::Item(schema) => {
                    return Some(self.declare(&target, Origin::Referenced, Node::Schema(schema)));
                }
                ReferenceOr::Reference { reference: next } => {
                    seen.push(target.clone());
                    (here, reference) = (target, next);
                }
            }
        }
    }

    /// One step along a reference that stands at `at`.
    fn follow<T: Referable>(
        &mut self,
        at: &Pointer,
        reference: &'d str,
        seen: &[Pointer],
    ) -> Option<(Pointer, &'d ReferenceOr<T>)> {
        self.check_beside_reference(at);
        let spot = at.child("$ref");
        match self.target::<T>(reference, seen) {
            Ok((target, node)) => {
                if is_another::<T>(&target) {
                    let (name, reading) = (reference.to_owned(), Some("it is read as if it were"));
                    self.say(&spot, &RefFinding::Mismatched { name, expected: T::KIND, reading, help: None });
                }
                Some((target, node))
            }
            Err(finding) => {
                self.say(&spot, &finding);
                None
            }
        }
    }

    /// The node that a reference names; `seen` are the places that it came through.
    pub(super) fn target<T: Referable>(
        &self,
        reference: &'d str,
        seen: &[Pointer],
    ) -> Result<(Pointer, &'d ReferenceOr<T>), RefFinding> {
        let name = reference.to_owned();
        if !reference.starts_with('#') {
            let help = self.component_named::<T>(reference);
            return Err(RefFinding::External { name, help });
        }
        let Some(stated) = Pointer::parse(reference) else {
            return Err(RefFinding::Unresolved { name, help: None });
        };
        let Some(target) = through_references(self.document, &stated) else {
            return Err(RefFinding::Unresolved { name, help: self.near_target(&stated) });
        };
        if seen.contains(&target) {
            return Err(RefFinding::Cycle { name });
        }
        let Some(node) = self.targets.node(self.document, &target) else {
            let help = stated.last().and_then(|key| self.component_named::<T>(key));
            // Real documents confuse components; what is lost is a schema of a response, or a response.
            let reading = match T::KIND {
                _ if !is_another::<T>(&target) => None,
                "parameter" | "request body" => None,
                "schema" => Some("it is read as any value"),
                _ => Some("it is left out"),
            };
            return Err(RefFinding::Mismatched { name, expected: T::KIND, reading, help });
        };
        Ok((target, node))
    }

    /// The reference that was probably meant: the same place with the nearest name that exists.
    fn near_target(&self, target: &Pointer) -> Option<String> {
        let mut missing = target.clone();
        let mut parent = missing.parent()?;
        while self.document.node(&parent).is_none() {
            (missing, parent) = (parent.clone(), parent.parent()?);
        }
        let name = nearest(missing.last()?, self.document.keys_at(&parent))?;
        let rest = &target.tokens()[missing.tokens().len()..];
        let meant = rest.iter().fold(parent.child(name), |meant, token| meant.child(token));
        self.document.node(&meant).map(|_| format!("#{meant}"))
    }

    /// The reference to the component that a bare name such as `Pet` probably means.
    fn component_named<T: Referable>(&self, name: &str) -> Option<String> {
        let group = Pointer::root().child("components").child(T::GROUP);
        let keys = self.document.keys_at(&group);
        keys.contains(&name).then(|| format!("#{}", group.child(name)))
    }
}

/// Whether a component of another kind stands at the place.
fn is_another<T: Referable>(target: &Pointer) -> bool {
    component_key(target).is_some_and(|(group, _)| group != T::GROUP && !group.starts_with("x-"))
}

pub(super) enum RefFinding {
    Unresolved {
        name: String,
        help: Option<String>,
    },
    External {
        name: String,
        help: Option<String>,
    },
    /// Something else stands there.
    Mismatched {
        name: String,
        expected: &'static str,
        /// How it is read all the same.
        reading: Option<&'static str>,
        help: Option<String>,
    },
    Cycle {
        name: String,
    },
}

impl fmt::Display for RefFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unresolved { name, .. } => write!(f, "nothing stands at `{name}`"),
            Self::External { name, .. } => {
                write!(f, "`{name}` leads out of this document, and only references inside it are supported")
            }
            Self::Mismatched { name, expected, reading: Some(reading), .. } => {
                write!(f, "what stands at `{name}` is no {expected}; {reading}")
            }
            Self::Mismatched { name, expected, .. } => write!(f, "what stands at `{name}` is no {expected}"),
            Self::Cycle { name } => write!(f, "`{name}` leads back to itself through references alone"),
        }
    }
}

impl Finding for RefFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Unresolved { .. } => "unresolved-reference",
            Self::External { .. } => "external-reference",
            Self::Mismatched { .. } => "mismatched-reference",
            Self::Cycle { .. } => "reference-cycle",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Mismatched { reading: Some(_), .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unresolved { help, .. } | Self::Mismatched { help, .. } => {
                help.as_ref().map(|meant| format!("did you mean `{meant}`?"))
            }
            Self::External { help: Some(meant), .. } => Some(format!("did you mean `{meant}`?")),
            Self::External { .. } => Some("bundle the files into one document first".to_owned()),
            Self::Cycle { .. } => None,
        }
    }
}
