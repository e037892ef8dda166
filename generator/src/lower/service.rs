//! The service as a whole: info, servers, tags and security.

use crate::api::{Api, Contact, Info, License};
use crate::pointer::Pointer;
use crate::report::Report;

use super::docs::external_docs;
use super::extension::{ExtendedObject, check_extensions, deviations, error_codes, null_is_absent};
use super::input::Input;
use super::security::{requirements, security_schemes};
use super::server::servers;

/// Lowers everything but schemas and operations.
pub(super) fn service(input: Input<'_>, report: &mut Report) -> Api {
    let root = Pointer::root();
    let openapi = &input.document.openapi;
    check_extensions(input, report, &root, ExtendedObject::ROOT);
    check_tags(input, report, &root.child("tags"));
    Api {
        info: info(input, report, &root.child("info"), &openapi.info),
        servers: servers(input, report, &root, &openapi.servers),
        security: openapi.security.as_deref().map(requirements).unwrap_or_default(),
        security_schemes: security_schemes(input, report),
        external_docs: external_docs(input, report, &root),
        error_codes: error_codes(input, report),
        null_is_absent: null_is_absent(input, report),
        deviations: deviations(input, report),
        follows_json_schema: input.document.follows_json_schema(),
        is_filtered: input.document.is_filtered,
        ..Api::default()
    }
}

fn info(input: Input<'_>, report: &mut Report, at: &Pointer, info: &openapiv3::Info) -> Info {
    check_extensions(input, report, at, ExtendedObject::INFO);
    let contact = info.contact.as_ref().map(|contact| {
        check_extensions(input, report, &at.child("contact"), ExtendedObject::CONTACT);
        Contact { name: contact.name.clone(), url: contact.url.clone(), email: contact.email.clone() }
    });
    let license = info.license.as_ref().map(|license| {
        check_extensions(input, report, &at.child("license"), ExtendedObject::LICENSE);
        License { name: license.name.clone(), url: license.url.clone() }
    });
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        description: info.description.clone().or_else(|| input.raw(at).text("summary")),
        terms_of_service: info.terms_of_service.clone(),
        contact,
        license,
        source: input.raw(at).text("x-source").or_else(|| input.raw(&Pointer::root()).text("x-source")),
    }
}

/// Tags group operations, which have their names; nothing else is read of them.
fn check_tags(input: Input<'_>, report: &mut Report, at: &Pointer) {
    for index in 0..input.document.openapi.tags.len() {
        check_extensions(input, report, &at.child(index), ExtendedObject::TAG);
        external_docs(input, report, &at.child(index));
    }
}
