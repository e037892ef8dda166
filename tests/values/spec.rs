//! The schemas of the definition, as far as the tests need them: what a model of each has to hold.

use std::{fs, path::Path, sync::LazyLock};

use serde_yaml::Value;

/// The definition.
pub(crate) static SPEC: LazyLock<Spec> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/cards-v4.yaml");
    Spec::read(serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap())
});

pub(crate) struct Spec {
    pub(crate) document: Value,
    /// The components that become structs.
    pub(crate) schemas: Vec<Schema>,
}

#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) members: Vec<Member>,
    /// Members that the schema does not name are kept.
    pub(crate) open: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// It has to be there in requests and responses alike.
    pub(crate) required: bool,
    /// Null is a value of its own, not the same as absent.
    pub(crate) nullable: bool,
    pub(crate) sensitive: bool,
    pub(crate) shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// A component, by name.
    Component(String),
    /// An object that is described in place.
    Inline(Schema),
    /// An object of members that nothing names.
    Map,
    Array(Box<Shape>),
    Enum(Vec<String>),
    Text(Text),
    Date,
    Timestamp,
    LocalTimestamp,
    /// Of 32 bits or fewer, if true.
    Integer(bool),
    Decimal,
    Float,
    Boolean,
    /// One of several shapes.
    Union(Vec<Shape>),
    Any,
}

/// A string without a type of its own in Rust.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) shortest: usize,
    pub(crate) longest: Option<usize>,
    pub(crate) pattern: Option<String>,
    pub(crate) format: Option<String>,
}

impl Spec {
    fn read(document: Value) -> Self {
        let reader = Reader { document: &document };
        let names = reader.components().filter(|(_, node)| reader.is_struct(node));
        let schemas = names.map(|(name, node)| reader.schema(name, node)).collect();
        Self { document, schemas }
    }

    pub(crate) fn schema(&self, name: &str) -> &Schema {
        self.find(name).unwrap_or_else(|| panic!("{name} is no object of the definition"))
    }

    /// The schema of a name, in the spelling of the definition or of Rust.
    pub(crate) fn find(&self, name: &str) -> Option<&Schema> {
        self.schemas.iter().find(|schema| letters(&schema.name) == letters(name))
    }

    /// The code of a keyword, with its message.
    pub(crate) fn code(&self, keyword: &str) -> (&str, &str) {
        let codes = &self.document["x-error-codes"];
        let code = codes["keywords"][keyword].as_str().unwrap();
        (code, codes["codes"][code]["message"].as_str().unwrap())
    }

    /// Every enum of texts, with the name of its schema and its member.
    pub(crate) fn enums(&self) -> impl Iterator<Item = (&str, &str, &[String])> {
        self.members().filter_map(|(schema, member)| match &member.shape {
            Shape::Enum(values) => Some((schema, member.name.as_str(), values.as_slice())),
            _ => None,
        })
    }

    /// Every text that must not be shown, with the name of its schema.
    pub(crate) fn sensitive(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members()
            .filter(|(_, member)| member.sensitive && matches!(member.shape, Shape::Text(_)))
            .map(|(schema, member)| (schema, member.name.as_str()))
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Member)> {
        self.schemas
            .iter()
            .flat_map(|schema| schema.members.iter().map(|member| (schema.name.as_str(), member)))
    }
}

impl Schema {
    pub(crate) fn required(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.required)
    }

    pub(crate) fn optional(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| !member.required)
    }
}

impl Shape {
    /// The schema of an object whose members are named.
    pub(crate) fn schema(&self) -> Option<&Schema> {
        match self {
            Self::Component(name) => Some(SPEC.schema(name)),
            Self::Inline(schema) => Some(schema),
            _ => None,
        }
    }

    /// Returns whether objects in a value of the shape may keep members that no schema names.
    pub(crate) fn keeps_others(&self, around: &mut Vec<String>) -> bool {
        match self {
            Self::Array(item) => item.keeps_others(around),
            Self::Map | Self::Any | Self::Union(_) => true,
            Self::Component(name) if around.contains(name) => false,
            shape => shape.schema().is_some_and(|schema| {
                around.push(schema.name.clone());
                schema.open || schema.members.iter().any(|member| member.shape.keeps_others(around))
            }),
        }
    }
}

struct Reader<'a> {
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn components(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let components = self.document["components"]["schemas"].as_mapping().unwrap();
        components.iter().map(|(name, node)| (name.as_str().unwrap(), node))
    }

    /// The component that a schema refers to and says nothing about, with its name.
    fn target(&self, node: &'a Value) -> Option<(&'a str, &'a Value)> {
        let node = match node["allOf"].as_sequence().map(Vec::as_slice) {
            // Beside a type or members, it says no more than what validators ask.
            Some([only]) if node["type"].is_null() && node["properties"].is_null() => only,
            _ => node,
        };
        let reference = node["$ref"].as_str()?;
        let name = reference.strip_prefix("#/components/schemas/");
        let name = name.unwrap_or_else(|| panic!("{reference} refers to no component schema"));
        Some((name, &self.document["components"]["schemas"][name]))
    }

    /// Returns whether a schema, or what it refers to, has a keyword that is true.
    fn says(&self, node: &'a Value, keyword: &str) -> bool {
        node[keyword].as_bool().unwrap_or(false)
            || self.target(node).is_some_and(|(_, target)| self.says(target, keyword))
    }

    fn is_struct(&self, node: &'a Value) -> bool {
        let mut members = Vec::new();
        self.members("", node, &mut members);
        !members.is_empty() && node["oneOf"].is_null() && node["anyOf"].is_null()
            || node["additionalProperties"].as_bool() == Some(false)
    }

    fn schema(&self, name: &str, node: &'a Value) -> Schema {
        let mut members = Vec::new();
        self.members(name, node, &mut members);
        let open = &node["additionalProperties"];
        let open = !open.is_null() && open.as_bool() != Some(false);
        let sensitive = self.says(node, "x-sensitive");
        let mut read = Vec::<Member>::new();
        for (member, (node, required)) in members {
            // Of several descriptions of a member the last one counts.
            read.retain(|known| known.name != member);
            let path = format!("{name}.{member}");
            let of_one_direction = self.says(node, "readOnly") || self.says(node, "writeOnly");
            read.push(Member {
                name: member.to_owned(),
                required: required && !of_one_direction,
                nullable: self.is_nullable(node),
                sensitive: sensitive || self.says(node, "x-sensitive"),
                shape: self.shape(&path, node),
            });
        }
        Schema { name: name.to_owned(), members: read, open }
    }

    /// Every member of an object, those of `allOf` included, and whether it is required.
    fn members(&self, path: &str, node: &'a Value, found: &mut Vec<(&'a str, (&'a Value, bool))>) {
        if let Some(reference) = node["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap();
            return self.members(path, &self.document["components"]["schemas"][name], found);
        }
        for part in node["allOf"].as_sequence().into_iter().flatten() {
            self.members(path, part, found);
        }
        for (name, member) in node["properties"].as_mapping().into_iter().flatten() {
            let name = name.as_str().unwrap_or_else(|| panic!("{path}: {name:?} is no name"));
            found.push((name, (member, false)));
        }
        for required in node["required"].as_sequence().into_iter().flatten() {
            for (_, (_, is_required)) in found.iter_mut().filter(|(name, _)| required == *name) {
                *is_required = true;
            }
        }
    }

    fn is_nullable(&self, node: &'a Value) -> bool {
        let lists_null =
            |node: &Value| node["enum"].as_sequence().is_some_and(|all| all.contains(&Value::Null));
        self.says(node, "nullable")
            || lists_null(node)
            || self.target(node).is_some_and(|(_, target)| self.is_nullable(target))
    }

    fn shape(&self, path: &str, node: &'a Value) -> Shape {
        if let Some((name, target)) = self.target(node) {
            let is_struct = self.is_struct(target);
            return if is_struct { Shape::Component(name.to_owned()) } else { self.shape(path, target) };
        }
        if let Some(branches) = node["oneOf"].as_sequence().or(node["anyOf"].as_sequence()) {
            return Shape::Union(branches.iter().map(|branch| self.shape(path, branch)).collect());
        }
        if self.is_struct(node) {
            return Shape::Inline(self.schema(path, node));
        }
        let format = node["format"].as_str();
        let texts = node["enum"].as_sequence().into_iter().flatten().filter_map(Value::as_str);
        let texts: Vec<String> = texts.map(str::to_owned).collect();
        match (node["type"].as_str(), format) {
            (Some("string") | None, _) if !texts.is_empty() => Shape::Enum(texts),
            // Enums keep what they do not list, numbers of any width too.
            (Some("integer"), _) if !node["enum"].is_null() => Shape::Integer(false),
            (Some("array"), _) => Shape::Array(Box::new(self.shape(&format!("{path}[]"), &node["items"]))),
            (Some("object"), _) => Shape::Map,
            (Some("integer"), format) => Shape::Integer(format == Some("int32")),
            (Some("number"), Some("float" | "double")) => Shape::Float,
            (Some("number"), _) => Shape::Decimal,
            (Some("boolean"), _) => Shape::Boolean,
            (Some("string"), Some("date")) => Shape::Date,
            (Some("string"), Some("date-time")) => Shape::Timestamp,
            (Some("string"), Some("local-date-time")) => Shape::LocalTimestamp,
            (Some("string"), format) => Shape::Text(Text::read(node, format)),
            (None, _) => Shape::Any,
            (Some(unknown), _) => panic!("{path}: {unknown} is no type of OpenAPI 3.0"),
        }
    }
}

impl Text {
    fn read(node: &Value, format: Option<&str>) -> Self {
        let length = |keyword: &str| node[keyword].as_u64().map(|length| usize::try_from(length).unwrap());
        Self {
            shortest: length("minLength").unwrap_or(0),
            longest: length("maxLength"),
            pattern: node["pattern"].as_str().map(str::to_owned),
            format: format.map(str::to_owned),
        }
    }
}

/// A name without what Rust's spelling of it may change.
pub(crate) fn letters(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[test]
fn what_the_definition_may_say_is_understood() {
    let document = "
components:
  schemas:
    Plain: {type: object, required: [id, seen], properties: {id: {type: string}, seen: {readOnly: true, type: string}}}
    Code: {type: string, x-sensitive: true, nullable: true}
    Heir:
      allOf: [{$ref: '#/components/schemas/Plain'}, {required: [code], properties: {code: {$ref: '#/components/schemas/Code'}}}]
    Odd:
      type: object
      properties:
        any: {}
        free: {type: object}
        state: {type: string, enum: [A, null]}
        either: {oneOf: [{type: integer}, {$ref: '#/components/schemas/Plain'}]}
        inline: {type: object, properties: {next: {$ref: '#/components/schemas/Odd'}}}
";
    let spec = Spec::read(serde_yaml::from_str(document).unwrap());
    let names: Vec<&str> = spec.schemas.iter().map(|schema| schema.name.as_str()).collect();
    assert_eq!(names, ["Plain", "Heir", "Odd"]);
    let required: Vec<&str> = spec.schema("Heir").required().map(|member| member.name.as_str()).collect();
    assert_eq!(required, ["id", "code"]);
    assert_eq!(spec.sensitive().collect::<Vec<_>>(), [("Heir", "code")]);
    assert!(spec.schema("Heir").members[2].nullable);
    let shapes: Vec<_> = spec.schema("Odd").members.iter().map(|member| &member.shape).collect();
    assert!(matches!(
        shapes[..],
        [Shape::Any, Shape::Map, Shape::Enum(_), Shape::Union(_), Shape::Inline(_)]
    ));
}
