//! References, circles of them, and the mappings of discriminators.

use super::{component, findings, lowered, property, with_components};
use crate::api::{Origin, Shape};

#[test]
fn references_lead_to_the_one_id_of_their_target() {
    let text = with_components(
        "{schemas: {
            First: {type: object, properties: {deep: {$ref: '#/components/schemas/Second/properties/inner'}}},
            Second: {type: object, properties: {inner: {type: string}}},
            Alias: {$ref: '#/components/schemas/Second'},
            Through: {$ref: '#/components/schemas/Alias/properties/inner'},
            'A/b c': {type: object, properties: {self: {$ref: '#/components/schemas/A~1b%20c'}}}}}",
    );
    let (api, report) = lowered(&text);
    let inner = property(&api, "Second", "inner");
    assert_eq!(property(&api, "First", "deep"), inner);
    assert!(matches!(api.schemas[inner].origin, Origin::Property { .. }));
    assert!(
        matches!(component(&api, "Alias").1.shape, Shape::Alias(id) if id == component(&api, "Second").0)
    );
    assert_eq!(api.schemas.resolve(component(&api, "Through").0), inner);
    assert_eq!(property(&api, "A/b c", "self"), component(&api, "A/b c").0);
    assert!(!report.has_errors(), "{:?}", findings(&report));
}

#[test]
fn references_that_lead_nowhere_are_all_found() {
    let table = [
        (
            "{schemas: {Pet: {}, S: {items: {$ref: '#/components/schemas/Pte'}}}}",
            "unresolved-reference",
            "/schemas/S/items",
        ),
        ("{schemas: {S: {items: {$ref: 'pets.yaml#/Pet'}}}}", "external-reference", "/schemas/S/items"),
        ("{schemas: {S: {items: {$ref: '#pet'}}}}", "unresolved-reference", "/schemas/S/items"),
        (
            "{schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
            "reference-cycle",
            "/schemas/A",
        ),
        ("{schemas: {A: {$ref: '#/components/schemas/A'}}}", "reference-cycle", "/schemas/A"),
        (
            "{parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}}",
            "reference-cycle",
            "/parameters/A",
        ),
        (
            "{schemas: {S: {items: {$ref: '#/components/parameters/P'}}}, parameters: {P: {name: p, in: query, schema: {}}}}",
            "mismatched-reference",
            "/schemas/S/items",
        ),
    ];
    for (components, code, place) in table {
        let (_, report) = lowered(&with_components(components));
        assert!(
            findings(&report).iter().any(|found| found.starts_with(&format!("{code} /components{place}"))),
            "{components}: {:?}",
            findings(&report)
        );
    }
}

#[test]
fn the_nearest_name_is_the_help() {
    let text = with_components("{schemas: {Pet: {}, S: {items: {$ref: '#/components/schemas/Pte'}}}}");
    let (_, report) = lowered(&text);
    let help = report.diagnostics[0].help.as_deref();
    assert_eq!(help, Some("did you mean `#/components/schemas/Pet`?"));
}

#[test]
fn circles_are_cut() {
    let table = [
        ("{schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}]}}}", "composition-cycle"),
        (
            "{schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {allOf: [{$ref: '#/components/schemas/A'}]}}}",
            "composition-cycle",
        ),
        ("{schemas: {A: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}}}", "composition-cycle"),
    ];
    for (components, code) in table {
        let (api, report) = lowered(&with_components(components));
        assert!(report.diagnostics.iter().any(|finding| finding.code == code), "{components}");
        let (id, schema) = component(&api, "A");
        let union = schema.one_of.iter().flat_map(|union| &union.members);
        assert!(!schema.all_of.iter().chain(union).any(|member| *member == id), "{components}");
    }
}

#[test]
fn discriminators_are_mapped_in_every_way() {
    let text = with_components(
        "{schemas: {
            Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]},
            Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]},
            Fox: {allOf: [{$ref: '#/components/schemas/Dog'}]},
            Pet: {type: object, properties: {kind: {type: string}},
                  discriminator: {propertyName: kind, mapping: {cat: Cat, dog: '#/components/schemas/Dog'}}},
            Any: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}],
                  discriminator: {propertyName: kind}},
            Bad: {type: object, discriminator: {propertyName: kind, mapping: {cat: Ctt}}}}}",
    );
    let (api, report) = lowered(&text);
    let mapping = |name: &str| -> Vec<String> {
        let discriminator = component(&api, name).1.discriminator.as_ref().expect("a discriminator");
        discriminator.mapping.iter().map(|(value, id)| format!("{value}={}", id.0)).collect()
    };
    assert_eq!(mapping("Pet"), ["cat=0", "dog=1", "Fox=2"]);
    assert_eq!(mapping("Any"), ["Cat=0", "Dog=1"]);
    let wrong = report.diagnostics.iter().find(|finding| finding.code == "unresolved-mapping");
    let wrong = wrong.expect("the bad mapping is found");
    assert_eq!(wrong.at.to_string(), "/components/schemas/Bad/discriminator/mapping/cat");
    assert_eq!(wrong.help.as_deref(), Some("did you mean `#/components/schemas/Cat`?"));
}
