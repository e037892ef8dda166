use super::run;

#[test]
fn violations_are_found_in_one_run() {
    let text = "openapi: 3.0.3
info: {title: [], versoin: '1'}
paths:
  pets: {}
  /a:
    gett: {}
    get:
      parameters:
      - {name: p, in: body, schema: {}}
      - {schema: {}}
      - 5
      responses:
        20: {description: d}
        200: {description: d, schema: {}}
    post: {operationId: x}
    put: []
    delete: {responses: {default: {content: {a/b: {schema: text, $ref: x}}}}}
components:
  schemas:
    A: {type: strin, maxLength: ten, $defs: {}, maxLenght: 1, x-mine: 1}
    B: {properties: [a], required: {a: 1}, nullable: 3, allOf: {}}
    C: {$ref: 5}
    D: {example: {type: 5}, default: {$ref: 1}, enum: [{a: null}]}
  securitySchemes:
    S: {type: apiKey}
    T: {type: oauth2, flows: {implicit: {}}}
webhooks: {}
";
    let (is_read, lines) = run(text);
    let expected = [
        "2:1: error[missing-field]: the info object needs `version` (at /info)",
        "2:15: error[wrong-type]: `title` must be a string, found a list (at /info/title)",
        "2:19: warning[unknown-keyword]: `versoin` is not a keyword of the info object; it is ignored (at /info/versoin); help: did you mean `version`?",
        "4:3: error[bad-path]: a path must begin with `/`, found `pets` (at /paths/pets)",
        "6:5: error[misspelt-keyword]: `gett` is not a keyword of a path item (at /paths/~1a/gett); help: did you mean `get`?",
        "9:23: error[unknown-value]: `in` must be one of `query`, `path`, `header`, `cookie`, found the string \"body\"",
        "10:9: error[missing-field]: a parameter needs `name`",
        "10:9: error[missing-field]: a parameter needs `in`",
        "11:9: error[wrong-type]: entry 3 of `parameters` must be a mapping (a parameter or a `$ref`), found the number 5",
        "13:9: error[unknown-status]: the name of a response is a status code such as `200`, a range such as `4XX`, or `default`, found `20`",
        "14:31: warning[older-keyword]: `schema` is a keyword of Swagger 2.0",
        "15:11: warning[assumed-field]: an operation needs `responses`; it is read as empty (at /paths/~1a/post)",
        "16:10: error[wrong-type]: `put` must be a mapping (an operation), found a list",
        "17:35: warning[assumed-field]: a response needs `description`; it is read as empty",
        "17:60: error[wrong-type]: `schema` must be a mapping (a schema or a `$ref`), found the string \"text\"",
        "17:72: error[misplaced-reference]: a media type can't be a `$ref` here",
        "20:15: error[unknown-value]: `type` must be one of `string`, `number`, `integer`, `boolean`, `array`, `object`, found the string \"strin\" (at /components/schemas/A/type); help: did you mean `string`?",
        "20:33: error[wrong-type]: `maxLength` must be a non-negative integer, found the string \"ten\"",
        "20:38: warning[newer-keyword]: `$defs` is a keyword of OpenAPI 3.1",
        "20:49: warning[unknown-keyword]: `maxLenght` is not a keyword of a schema; it is ignored (at /components/schemas/A/maxLenght); help: did you mean `maxLength`?",
        "21:21: error[wrong-type]: `properties` must be a mapping, found a list",
        "21:36: error[wrong-type]: `required` must be a list of strings, found a mapping",
        "21:54: error[wrong-type]: `nullable` must be `true` or `false`, found the number 3",
        "21:64: error[wrong-type]: `allOf` must be a list, found a mapping",
        "22:15: warning[unquoted-text]: `$ref` must be a string",
        "25:9: error[missing-field]: a security scheme of the type `apiKey` needs `name`",
        "25:9: error[missing-field]: a security scheme of the type `apiKey` needs `in`",
        "26:31: error[missing-field]: an implicit flow needs `authorizationUrl`",
        "26:41: warning[assumed-field]: an implicit flow needs `scopes`",
        "27:1: warning[newer-keyword]: `webhooks` is a keyword of OpenAPI 3.1",
    ];
    for (line, expected) in lines.iter().zip(expected) {
        assert!(
            line.strip_prefix("x.yaml:").is_some_and(|line| line.starts_with(expected)),
            "{line}\n{expected}"
        );
    }
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    assert!(is_read, "the stages after this one have a document to look at");
}
