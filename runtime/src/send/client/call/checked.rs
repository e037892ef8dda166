//! What is checked before a call leaves.

use serde::Serialize;

use super::{Call, Checks};
use crate::{
    send::{
        client::{body::Check, error::Cause},
        operation::Location,
    },
    validate::{Definition, Schema, Validation},
    violations::Violations,
};

/// The value of a parameter, as JSON, and what it is checked by.
#[derive(Clone)]
pub(super) struct Checked {
    location: Location,
    name: &'static str,
    json: Vec<u8>,
    check: Check,
}

/// A method for each place of a parameter, beside the one that puts the value there.
macro_rules! places {
    ($($method:ident $location:ident $doc:literal)*) => {$(
        #[doc = $doc]
        pub fn $method<T: Serialize + ?Sized>(
            &mut self,
            name: &'static str,
            value: &T,
            schema: &'static Schema,
            definition: &'static Definition,
        ) {
            self.check_parameter(Location::$location, name, value, Check { schema, definition });
        }
    )*};
}

impl Call {
    places! {
        check_path Path "Has the value of a parameter of the path checked before the call leaves."
        check_query Query "Has the value of a parameter of the query checked before the call leaves."
        check_header Header "Has the value of a parameter in a header checked before the call leaves."
        check_cookie Cookie "Has the value of a parameter in a cookie checked before the call leaves."
    }

    fn check_parameter<T: Serialize + ?Sized>(
        &mut self,
        location: Location,
        name: &'static str,
        value: &T,
        check: Check,
    ) {
        self.checked.retain(|known| (known.location, known.name) != (location, name));
        // What can't be written is told by the method that writes it.
        if let Ok(json) = serde_json::to_vec(value) {
            self.checked.push(Checked { location, name, json, check });
        }
    }

    /// What bodies and parameters are checked by, if they are.
    pub(crate) fn validation(&self) -> Option<&Validation> {
        match &self.options.checks {
            Checks::Usual => self.client.shared.validation.as_ref(),
            Checks::By(validation) => Some(validation),
            Checks::Off => None,
        }
    }

    /// What the validator says of the parameters. The path of a violation begins with the parameter's name.
    pub(crate) fn violations_of_parameters(&self) -> Violations {
        let Some(validation) = self.validation() else { return Violations::default() };
        let found = self.checked.iter().flat_map(|known| {
            let violations = validation.body(known.check.schema, known.check.definition, &known.json);
            violations.into_iter().map(|violation| violation.of_parameter(known.name))
        });
        found.collect()
    }

    /// What the validator says of the body and of the parameters, in this order.
    pub(crate) fn check(&self) -> Result<Violations, Cause> {
        let body = self.body.as_ref().and_then(|body| Some((body, body.check?)));
        let of_body = self
            .validation()
            .zip(body)
            .map(|(validation, (body, check))| validation.body(check.schema, check.definition, &body.bytes));
        let mut violations = of_body.unwrap_or_default();
        violations.extend(self.violations_of_parameters());
        if violations.errors().next().is_some() { Err(Cause::Invalid(violations)) } else { Ok(violations) }
    }
}
