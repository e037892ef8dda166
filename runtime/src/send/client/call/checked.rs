//! Validation of a call before it is sent.

use serde::Serialize;

use super::{Call, Checks, options::CheckedValue};
use crate::{
    send::{
        client::{body::Check, error::Cause, finite},
        operation::Location,
    },
    validate::{Definition, Schema, Validation},
    violations::Violations,
};

/// Defines a method for each location of a parameter, beside the one that sets its value.
macro_rules! check_methods {
    ($($method:ident $location:ident $doc:literal)*) => {$(
        #[doc = $doc]
        pub fn $method<T: Serialize + ?Sized>(
            &mut self,
            name: &'static str,
            value: &T,
            schema: &'static Schema,
        ) {
            self.check_parameter(Location::$location, name, value, self.check_by(schema));
        }
    )*};
}

/// For services whose definition says nothing of errors.
static PLAIN: Definition = Definition::new();

impl Call {
    check_methods! {
        check_path Path "Validates the value of a path parameter before the call is sent."
        check_query Query "Validates the value of a query parameter before the call is sent."
        check_header Header "Validates the value of a header parameter before the call is sent."
        check_cookie Cookie "Validates the value of a cookie parameter before the call is sent."
    }

    /// Returns what validates a value by a table of the service's definition.
    pub(super) fn check_by(&self, schema: &'static Schema) -> Check {
        Check { schema, definition: self.client.shared.service.errors.unwrap_or(&PLAIN) }
    }

    fn check_parameter<T: Serialize + ?Sized>(
        &mut self,
        location: Location,
        name: &'static str,
        value: &T,
        check: Check,
    ) {
        let location = Some(location);
        self.checked.retain(|known| (known.location, known.name) != (location, name));
        // The method that sets the value reports a value that can't be encoded.
        if let Ok(json) = finite::to_json(name, value) {
            self.checked.push(CheckedValue { location, name, json: json.into_bytes(), check });
        }
    }

    /// Returns the rules that the body and the parameters are validated by, if they are.
    pub(crate) fn validation(&self) -> Option<&Validation> {
        match &self.options.checks {
            Checks::Usual => self.client.shared.validation.as_ref(),
            Checks::By(validation) => Some(validation),
            Checks::Off => None,
        }
    }

    /// Returns the violations of the parameters. Each data path begins with the name of the parameter.
    pub(crate) fn violations_of_parameters(&self) -> Violations {
        let Some(validation) = self.validation() else { return Violations::default() };
        let found = self.checked.iter().flat_map(|known| {
            let violations = validation.body(known.check.schema, known.check.definition, &known.json);
            violations.into_iter().map(|violation| violation.of_parameter(known.name))
        });
        found.collect()
    }

    /// Returns the violations of the body and of the parameters, in this order.
    pub(crate) fn check(&self) -> Result<Violations, Cause> {
        let body = self.body.as_ref().and_then(|body| Some((body, body.check?)));
        let of_body = self.validation().zip(body).map(|(validation, (body, check))| {
            let json = body.json.as_ref().unwrap_or(&body.bytes);
            validation.body(check.schema, check.definition, json)
        });
        let mut violations = of_body.unwrap_or_default();
        violations.extend(self.violations_of_parameters());
        if violations.errors().next().is_some() { Err(Cause::Invalid(violations)) } else { Ok(violations) }
    }
}
