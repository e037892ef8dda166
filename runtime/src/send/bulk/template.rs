//! The request that all batches of a run are sent with, and what the definition says of it.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{
    BulkProblem, BulkRequest, ItemFault, OnUnclear, RefusedBy,
    batch::{EncodedBatch, ItemId},
    fault::ViolationsByItem,
};
use crate::{
    send::{
        client::{Call, Cause, Error, RawResponse, Style, described::check_described, read::ReadError},
        operation::{BulkDescription, Location, Operation, Repeatable},
        poll::member,
        retry::Clock,
    },
    validate::Validate as _,
    violations::{Severity, Violation, Violations, codes},
};

/// A request without its body.
pub(super) struct RequestTemplate<R> {
    request: R,
    pub(super) description: BulkDescription,
    media_type: &'static str,
}

impl<R: BulkRequest> RequestTemplate<R> {
    /// Creates a template, unless the operation takes no list or no request can be made. What is wrong with
    /// the request itself would be wrong with every batch.
    pub(super) fn new(request: R) -> Result<Self, BulkProblem> {
        let operation = request.call().operation;
        let Some(description) = operation.bulk else { return Err(BulkProblem::NoBulk(operation.id)) };
        let media_types = operation.request.map_or(&[][..], |body| body.media_types);
        let json = media_types.iter().find(|media_type| media_type.contains("json"));
        let media_type = json.copied().unwrap_or("application/json");
        let template = Self { request, description, media_type };
        let call = template.call(Bytes::new());
        let unsent = |cause| BulkProblem::Request(Error::unsent(operation.id, cause));
        let of_parameters = call.violations_of_parameters();
        if of_parameters.errors().next().is_some() {
            return Err(unsent(Cause::Invalid(of_parameters)));
        }
        call.prepare().map_err(|error| unsent(Cause::Request(error)))?;
        Ok(template)
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.request.call().operation
    }

    /// Returns the client's clock.
    pub(super) fn clock(&self) -> &dyn Clock {
        self.request.call().client.shared.clock.as_ref()
    }

    /// Returns the request with this body.
    pub(super) fn call(&self, body: Bytes) -> Call {
        let mut call = self.request.call().clone();
        call.bytes(self.media_type, body);
        call
    }

    /// Returns the call that asks for the state of an accepted request, if there is an operation for it.
    pub(super) fn status_call(&self, request_id: &str) -> Option<Call> {
        let status = self.description.status?;
        let mut call = self.request.call().sibling(status.operation);
        // It is the id of the batch, if the caller set one.
        call.options.correlation_id = None;
        let name = status.parameter;
        let parameter = status.operation.parameters.iter().find(|parameter| parameter.name == name);
        match parameter.map_or(Location::Path, |parameter| parameter.location) {
            Location::Path => call.path(name, request_id, Style::simple(false)),
            Location::Query => call.query(name, request_id, Style::form(true)),
            Location::Header => call.header(name, request_id, Style::simple(false)),
            Location::Cookie => call.cookie(name, request_id, Style::form(true)),
        }
        Some(call)
    }

    /// Returns the request id if the response is what the definition describes as a success.
    pub(super) fn request_id(&self, response: &RawResponse) -> Result<Option<String>, ReadError> {
        check_described(self.operation(), response)?;
        R::check_success(response)?;
        let Some(name) = self.description.request_id else { return Ok(None) };
        let id = member(response.body(), name).filter(|id| !id.is_empty());
        id.map(Some).ok_or(ReadError::new("it names no request id"))
    }

    /// Returns what to do with a batch that may have been received: what the caller chose, or else what the
    /// definition allows.
    pub(super) fn on_unclear(&self, chosen: Option<OnUnclear>) -> OnUnclear {
        chosen.unwrap_or(match self.operation().repeatable {
            Repeatable::Never => OnUnclear::Leave,
            Repeatable::ByKey | Repeatable::Always => OnUnclear::Resend,
        })
    }

    /// Returns whether an attempt may follow one that may have been received.
    pub(super) fn repeatable(&self, on_unclear: OnUnclear) -> Repeatable {
        match (on_unclear, self.operation().repeatable) {
            (OnUnclear::Leave, _) => Repeatable::Never,
            // The caller knows better than the definition.
            (OnUnclear::Resend, Repeatable::Never) => Repeatable::ByKey,
            (OnUnclear::Resend, known) => known,
        }
    }

    /// Validates a batch, and takes bad items out until the rest is valid as the list that it is sent as:
    /// without one item another may break a rule.
    pub(super) fn check(&self, encoded: EncodedBatch) -> CheckedBatch {
        let Some(validation) = self.request.call().validation() else {
            return CheckedBatch { valid: Some(encoded), ..CheckedBatch::default() };
        };
        // What is left out would be an item of which nothing bad is known.
        let validation = validation.clone().limit(usize::MAX);
        let mut checked = CheckedBatch::default();
        let mut rest = Some(encoded);
        while let Some(encoded) = rest {
            let violations = validation.body(R::schema(), R::Body::DEFINITION, &encoded.body);
            let fault = |(index, violations)| {
                Some(ItemFault::new(encoded.items.get(index)?, RefusedBy::Validator, violations))
            };
            let by_item =
                |severity| ViolationsByItem::of(&violations, severity, self.description.items, encoded.len());
            let mut errors = by_item(Severity::Error);
            if errors.others.iter().any(is_unreadable::<R>) {
                errors.items = self.unreadable(&encoded);
            }
            if errors.items.is_empty() {
                checked.warning_count = violations.warnings().count() as u64;
                checked.warnings = by_item(Severity::Warning).items.into_iter().filter_map(fault).collect();
                if errors.others.is_empty() {
                    checked.valid = Some(encoded);
                } else {
                    let all = (0..encoded.len()).map(|index| (index, errors.others.clone()));
                    checked.faults.extend(all.filter_map(fault));
                    checked.of_list = Some(errors.others);
                }
                return checked;
            }
            let left = encoded.only(|index| !errors.items.contains_key(&index));
            checked.faults.extend(errors.items.into_iter().filter_map(fault));
            rest = left;
        }
        checked
    }

    /// Returns what is wrong with an item by itself.
    pub(super) fn check_alone(&self, item: &ItemId, text: &Bytes) -> Violations {
        let Some(validation) = self.request.call().validation() else { return Violations::default() };
        let body = EncodedBatch::of(self.description.items, vec![(item.clone(), text.clone())]).body;
        let violations = validation.body(R::schema(), R::Body::DEFINITION, &body);
        let errors = ViolationsByItem::of(&violations, Severity::Error, self.description.items, 1);
        let mut found = errors.items.into_values().next().unwrap_or_default();
        found.extend(errors.others.into_iter().filter(is_unreadable::<R>));
        found
    }

    /// Returns the items that make the body unreadable. Violations of an unreadable body name no item.
    fn unreadable(&self, encoded: &EncodedBatch) -> BTreeMap<usize, Violations> {
        let alone = |index| {
            let found = self.check_alone(encoded.items.get(index)?, &encoded.text(index)?);
            found.iter().any(is_unreadable::<R>).then_some((index, found))
        };
        (0..encoded.len()).filter_map(alone).collect()
    }
}

/// Returns true if the validator could not read the text: it is not JSON, or nested too deep.
fn is_unreadable<R: BulkRequest>(violation: &Violation) -> bool {
    [R::Body::DEFINITION.invalid_json.name, codes::TOO_DEEP.name].contains(&violation.code())
}

/// A batch as the validator leaves it.
#[derive(Default)]
pub(super) struct CheckedBatch {
    pub(super) valid: Option<EncodedBatch>,
    pub(super) faults: Vec<ItemFault>,
    /// What is wrong with the list itself, so that none of its items can be sent.
    pub(super) of_list: Option<Violations>,
    /// The valid items that have warnings.
    pub(super) warnings: Vec<ItemFault>,
    pub(super) warning_count: u64,
}
