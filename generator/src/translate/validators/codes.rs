//! Which code a broken keyword or rule means at a schema, and the constants that hold them.

use super::super::docs;
use crate::api::{Api, ErrorCode, Keyword, Rule, RuleSeverity, Schema};
use crate::ident::{ConstIdent, Scope};
use crate::rust::validators::{CodeRef, EnvelopeFormat, ErrorFormat, Reweighed, ServiceCode};
use crate::settings::FormatReading;

/// The codes of a definition, and the names of the module.
pub(super) struct TableCodes<'a> {
    api: &'a Api,
    formats: FormatReading,
    pub(super) scope: Scope,
    pub(super) declared: Vec<ServiceCode>,
    pub(super) reweighed: Vec<Reweighed>,
}

impl<'a> TableCodes<'a> {
    /// The codes take their names first: they are what people write.
    pub(super) fn new(api: &'a Api, formats: FormatReading) -> Self {
        let mut scope = Scope::with(&["CODES", "DEFINITION"]);
        let codes = api.error_codes.codes.iter();
        let declared =
            codes.map(|code| declared(code, scope.const_ident(ConstIdent::new(&code.name, "CODE"))));
        let declared = declared.collect();
        Self { api, formats, scope, declared, reweighed: Vec::new() }
    }

    /// The code of a body that is no JSON, if the definition has one.
    pub(super) fn json(&mut self) -> Option<CodeRef> {
        let name = self.api.error_codes.keywords.get(&Keyword::Json)?.clone();
        Some(self.pick(Some(&name), None, "INVALID_JSON"))
    }

    /// How the service writes its errors, if the definition says so.
    pub(super) fn error_body(&mut self) -> Option<ErrorFormat> {
        let body = self.api.error_codes.body.as_ref()?;
        let envelope = body.envelope.as_ref().map(|envelope| EnvelopeFormat {
            errors: envelope.errors.clone(),
            code: self.pick(Some(&envelope.code), None, "INVALID_JSON"),
            array: envelope.array,
            path_from: envelope.path_from.clone(),
        });
        Some(ErrorFormat {
            code: body.code.clone(),
            message: body.message.clone(),
            data_path: body.data_path.clone(),
            envelope,
        })
    }

    /// The code of a keyword; `local` is the runtime's constant where the definition has none.
    pub(super) fn keyword(&mut self, schema: &Schema, keyword: Keyword, local: &'static str) -> CodeRef {
        let general = self.api.error_codes.keywords.get(&keyword);
        self.stated(schema, keyword, general, local)
    }

    /// Whether strings are held against their formats.
    pub(super) fn asserts_formats(&self) -> bool {
        self.formats == FormatReading::Assertion
    }

    /// The code of a format.
    pub(super) fn format(&mut self, schema: &Schema, format: &str, local: &'static str) -> CodeRef {
        let general = self.api.error_codes.formats.get(format);
        self.stated(schema, Keyword::Format, general, local)
    }

    /// The code of a wrong type, if it is another than the runtime's.
    pub(super) fn wrong_type(&mut self, schema: &Schema) -> Option<CodeRef> {
        let code = self.keyword(schema, Keyword::Type, "INVALID_TYPE");
        (code != CodeRef::Local("INVALID_TYPE")).then_some(code)
    }

    pub(super) fn rule(&mut self, rule: &Rule, local: &'static str) -> CodeRef {
        self.pick(rule.code.as_deref(), rule.severity, local)
    }

    fn stated(
        &mut self,
        schema: &Schema,
        keyword: Keyword,
        general: Option<&String>,
        local: &'static str,
    ) -> CodeRef {
        let name = schema.codes.get(&keyword).or(general).cloned();
        self.pick(name.as_deref(), schema.severities.get(&keyword).copied(), local)
    }

    fn pick(&mut self, name: Option<&str>, severity: Option<RuleSeverity>, local: &'static str) -> CodeRef {
        let own = name.and_then(|name| self.declared.iter().find(|code| code.name == name));
        let (code, usual) = match own {
            Some(code) => (CodeRef::Own(code.ident.clone()), code.warning),
            None => (CodeRef::Local(local), WARNINGS.contains(&local)),
        };
        match severity {
            Some(severity) if (severity == RuleSeverity::Warning) != usual => self.reweigh(code, !usual),
            _ => code,
        }
    }

    fn reweigh(&mut self, of: CodeRef, warning: bool) -> CodeRef {
        if let Some(known) = self.reweighed.iter().find(|known| known.of == of) {
            return CodeRef::Own(known.ident.clone());
        }
        let name = match &of {
            CodeRef::Own(ident) => ident.as_str(),
            CodeRef::Local(name) => name,
        };
        let suffix = if warning { "WARNING" } else { "ERROR" };
        let ident = self.scope.const_ident(ConstIdent::new(&format!("{name}_{suffix}"), "CODE"));
        self.reweighed.push(Reweighed { ident: ident.clone(), of, warning });
        CodeRef::Own(ident)
    }
}

/// The runtime's codes that are warnings.
const WARNINGS: [&str; 3] = ["TOO_MANY_DIGITS", "UNKNOWN_PROPERTY", "DUPLICATE_KEY"];

fn declared(code: &ErrorCode, ident: ConstIdent) -> ServiceCode {
    let mut lines = docs::item(&code.docs, "A code that the definition does not describe.");
    if code.server_only {
        docs::append(&mut lines, "The service alone raises it.");
    }
    ServiceCode {
        ident,
        docs: docs::sourced(lines, &code.docs),
        name: code.name.clone(),
        message: code.message.clone(),
        warning: code.severity == RuleSeverity::Warning,
    }
}
