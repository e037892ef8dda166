use crate::generator::Generator;

/// Every place that a document has for values, and each value that is wrong at its own place.
#[test]
fn values_are_reported_where_they_are_wrong() {
    let text = r##"openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets/{id}:
    post:
      parameters:
      - {name: id, in: path, required: true, example: 7, schema: {type: string}}
      - name: size
        in: query
        schema: {type: integer, maximum: 9, default: 10}
        examples: {small: {value: 1}, large: {value: 11}}
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Pet"}
            examples:
              tree: {$ref: "#/components/examples/Tree"}
              text: {value: '{"name": ""}'}
          application/xml: {schema: {$ref: "#/components/schemas/Pet"}, example: <pet/>}
      responses:
        "200":
          description: The pet.
          headers: {X-Count: {schema: {type: integer}, example: many}}
          content:
            application/json: {schema: {$ref: "#/components/schemas/Pet"}, example: {kind: cat}}
components:
  examples:
    Tree: {value: {name: a, young: [{name: b}, {name: c, young: [{name: "", kind: fish}]}]}}
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1, example: ""}
        kind: {type: string, enum: [cat, dog], default: fish}
        young: {type: array, items: {$ref: "#/components/schemas/Pet"}}
      example: {name: a, more: 1}
"##;
    let (findings, _) = Generator::from_text("pets.yaml", text).lint().expect("a text is read");
    let mut places: Vec<String> = findings
        .to_json_lines()
        .lines()
        .filter_map(|line| {
            let finding: serde_json::Value = serde_json::from_str(line).ok()?;
            let is_rejected = finding["code"] == "rejected-example";
            is_rejected
                .then(|| format!("{} {}", finding["line"], finding["pointer"].as_str().unwrap_or_default()))
        })
        .collect();
    places.sort();
    let post = "/paths/~1pets~1{id}/post";
    assert_eq!(
        places,
        [
            format!("10 {post}/parameters/1/schema/default"),
            format!("11 {post}/parameters/1/examples/large/value"),
            format!("18 {post}/requestBody/content/application~1json/examples/text/value"),
            format!("23 {post}/responses/200/headers/X-Count/example"),
            format!("25 {post}/responses/200/content/application~1json/example/name"),
            "28 /components/examples/Tree/value/young/1/young/0/kind".to_owned(),
            "28 /components/examples/Tree/value/young/1/young/0/name".to_owned(),
            "34 /components/schemas/Pet/properties/name/example".to_owned(),
            format!("7 {post}/parameters/0/example"),
        ]
    );
    // The default that is none of the values has a finding of its own.
    assert!(findings.codes().contains(&"default-not-in-enum"));
}
