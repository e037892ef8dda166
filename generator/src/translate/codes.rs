//! Error codes: which one a broken keyword of a schema means, and how many rules the definition has.

use crate::api::{Api, ErrorCode, Keyword, Schema, Severity, Shape};
use crate::ident::{ConstIdent, Scope};
use crate::rust::Code;

/// The constants of a module, made on demand.
#[derive(Debug, Default)]
pub(super) struct Codes {
    scope: Scope,
    found: Vec<Code>,
}

impl Codes {
    /// The constant for a missing required property of `schema`, made at its first use.
    pub(super) fn missing(&mut self, api: &Api, schema: &Schema) -> ConstIdent {
        let name =
            schema.codes.get(&Keyword::Required).or_else(|| api.error_codes.keywords.get(&Keyword::Required));
        let declared = name.and_then(|name| declared(api, name));
        let severity = schema
            .severities
            .get(&Keyword::Required)
            .copied()
            .or_else(|| declared.map(|code| code.severity))
            .unwrap_or_default();
        self.constant(
            declared.map_or("x-missingRequiredField", |code| &code.name),
            declared.map_or("Required field is missing", |code| &code.message),
            severity == Severity::Warning,
        )
    }

    fn constant(&mut self, name: &str, message: &str, warning: bool) -> ConstIdent {
        let same = |code: &&Code| code.name == name && code.warning == warning;
        if let Some(code) = self.found.iter().find(same) {
            return code.ident.clone();
        }
        let ident = self.scope.const_ident(ConstIdent::new(name.trim_start_matches("x-"), "CODE"));
        self.found.push(Code {
            ident: ident.clone(),
            name: name.to_owned(),
            message: message.to_owned(),
            warning,
        });
        ident
    }

    pub(super) fn into_constants(self) -> Vec<Code> {
        self.found
    }
}

fn declared<'a>(api: &'a Api, name: &str) -> Option<&'a ErrorCode> {
    api.error_codes.codes.iter().find(|code| code.name == name)
}

/// How many rules a validator has to check: one for each constraining keyword and each extension rule.
pub(super) fn count(api: &Api) -> usize {
    api.schemas.iter().map(|(_, schema)| schema.rules.len() + keywords(schema)).sum()
}

fn keywords(schema: &Schema) -> usize {
    let own = match &schema.shape {
        Shape::Integer(number) | Shape::Number(number) => {
            set(&number.minimum) + set(&number.maximum) + set(&number.multiple_of) + set(&number.format)
        }
        Shape::String(text) => {
            usize::from(text.min_length.is_some() || text.max_length.is_some())
                + set(&text.pattern)
                + set(&text.format)
        }
        Shape::Array(array) => {
            usize::from(array.min_items.is_some() || array.max_items.is_some())
                + usize::from(array.unique_items)
        }
        Shape::Object(object) => {
            object.properties.iter().filter(|property| property.required).count()
                + object.required_elsewhere.len()
                + usize::from(object.min_properties.is_some() || object.max_properties.is_some())
        }
        Shape::Any | Shape::Alias(_) | Shape::Boolean => 0,
    };
    own + set(&schema.enumeration)
}

fn set<T>(keyword: &Option<T>) -> usize {
    usize::from(keyword.is_some())
}
