//! `x-error-codes`: the mapping at the document's root goes in, [`ErrorCodes`] comes out.

use serde_json::Value as Json;

use crate::api::{Docs, ErrorCode, ErrorCodes};
use crate::lower::Lowering;
use crate::pointer::Pointer;

use super::read::Members;

const TOP: Members = Members { required: &["codes"], optional: &["keywords", "formats", "body"] };
const CODE: Members =
    Members { required: &["message"], optional: &["description", "raised-by", "severity", "source"] };

impl Lowering<'_> {
    /// Reads the codes; which of them exist is a question for `check`.
    pub(in crate::lower) fn error_codes(&mut self) -> ErrorCodes {
        let mut read = ErrorCodes::default();
        let root = Pointer::root();
        let Some(value) = self.raw(&root).stated("x-error-codes") else { return read };
        let at = root.child("x-error-codes");
        let Some(top) = self.mapping(&at, value, &TOP) else { return read };
        if let Some(codes) = top.get("codes") {
            let at = at.child("codes");
            for (name, value) in self.open_mapping(&at, codes).into_iter().flatten() {
                read.codes.extend(self.error_code(&at.child(name), name, value));
            }
        }
        if let Some(keywords) = top.get("keywords") {
            for (keyword, at, value) in self.by_keyword(&at.child("keywords"), keywords, false) {
                read.keywords.extend(self.text(&at, value).map(|code| (keyword, code)));
            }
        }
        if let Some(formats) = top.get("formats") {
            let at = at.child("formats");
            for (format, value) in self.open_mapping(&at, formats).into_iter().flatten() {
                read.formats.extend(self.text(&at.child(format), value).map(|code| (format.clone(), code)));
            }
        }
        if let Some(body) = top.get("body") {
            read.body = self.error_body(&at.child("body"), body);
        }
        read
    }

    fn error_code(&mut self, at: &Pointer, name: &str, value: &Json) -> Option<ErrorCode> {
        let members = self.mapping(at, value, &CODE)?;
        let mut text = |key: &str| members.get(key).and_then(|value| self.text(&at.child(key), value));
        let message = text("message");
        let docs = Docs { description: text("description"), source: text("source"), ..Docs::default() };
        let severity = members.get("severity").and_then(|value| self.severity(&at.child("severity"), value));
        let raised_by = members.get("raised-by").and_then(|value| {
            self.word(&at.child("raised-by"), value, "value of `raised-by`", &[("server", ())])
        });
        Some(ErrorCode {
            at: at.clone(),
            name: name.to_owned(),
            message: message?,
            severity: severity.unwrap_or_default(),
            server_only: raised_by.is_some(),
            docs,
        })
    }
}
