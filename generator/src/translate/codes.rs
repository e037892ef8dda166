//! The error codes that builders report.

use crate::api::{Api, ErrorCode, Keyword, RuleSeverity, Schema};
use crate::ident::{ConstIdent, Scope};
use crate::rust::Code;

/// The constants of `models.rs`, created on demand.
#[derive(Debug, Default)]
pub(super) struct BuilderCodes {
    scope: Scope,
    found: Vec<Code>,
}

impl BuilderCodes {
    /// Returns the constant for a missing required property of `schema`, and creates it at its first use.
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
            severity == RuleSeverity::Warning,
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
            for_servers: false,
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
