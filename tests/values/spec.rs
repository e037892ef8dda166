//! The schemas of the definition, as far as the tests need them. A keyword value that this file does not know stops the
//! tests, so that none of them passes for lack of understanding.

use std::{fs, path::Path, sync::LazyLock};

use serde_yaml::Value;

/// The definition.
pub(crate) static SPEC: LazyLock<Spec> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/cards-v4.yaml");
    Spec::read(fs::read_to_string(path).unwrap())
});

pub(crate) struct Spec {
    /// As it was read.
    pub(crate) text: String,
    pub(crate) document: Value,
    pub(crate) schemas: Vec<Schema>,
}

pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) members: Vec<Member>,
}

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    pub(crate) shape: Shape,
}

pub(crate) enum Shape {
    /// A component, by name.
    Object(String),
    Array(Box<Shape>),
    Enum(Vec<String>),
    Text(Text),
    Date,
    Timestamp,
    LocalTimestamp,
    Integer,
    Decimal,
    Boolean,
}

/// A string without a type of its own in Rust.
pub(crate) struct Text {
    pub(crate) shortest: usize,
    pub(crate) longest: Option<usize>,
    pub(crate) pattern: Option<String>,
    pub(crate) format: Option<String>,
}

impl Spec {
    fn read(text: String) -> Self {
        let document: Value = serde_yaml::from_str(&text).unwrap();
        let components = document["components"]["schemas"].as_mapping().unwrap();
        let schemas = components.iter().map(|(name, node)| Schema::read(string(name), node)).collect();
        Self { text, document, schemas }
    }

    pub(crate) fn schema(&self, name: &str) -> &Schema {
        self.schemas.iter().find(|schema| schema.name == name).unwrap()
    }

    /// Every enum, with the name of its schema and its member.
    pub(crate) fn enums(&self) -> impl Iterator<Item = (&str, &str, &[String])> {
        self.members().filter_map(|(schema, member)| match &member.shape {
            Shape::Enum(values) => Some((schema, member.name.as_str(), values.as_slice())),
            _ => None,
        })
    }

    /// Every member that must not be shown, with the name of its schema.
    pub(crate) fn sensitive(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members()
            .filter(|(_, member)| member.sensitive)
            .map(|(schema, member)| (schema, member.name.as_str()))
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Member)> {
        self.schemas
            .iter()
            .flat_map(|schema| schema.members.iter().map(|member| (schema.name.as_str(), member)))
    }
}

impl Schema {
    fn read(name: String, node: &Value) -> Self {
        assert_eq!(node["type"], Value::from("object"), "{name}");
        let required = node["required"].as_sequence().map_or(&[][..], Vec::as_slice);
        let member = |(name, node): (&Value, &Value)| Member {
            name: string(name),
            required: required.contains(name),
            sensitive: node["x-sensitive"].as_bool().unwrap_or(false),
            shape: Shape::read(node),
        };
        let members: Vec<Member> = node["properties"].as_mapping().unwrap().iter().map(member).collect();
        assert_eq!(members.iter().filter(|member| member.required).count(), required.len(), "{name}");
        Self { name, members }
    }

    pub(crate) fn required(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.required)
    }

    pub(crate) fn optional(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| !member.required)
    }
}

impl Shape {
    fn read(node: &Value) -> Self {
        // Beside a type, it says no more than what validators ask.
        let members = node["allOf"].as_sequence().filter(|_| node["type"].is_null());
        if let Some([only]) = members.map(Vec::as_slice) {
            return Self::read(only);
        }
        if let Some(target) = node["$ref"].as_str() {
            return Self::Object(target.strip_prefix("#/components/schemas/").unwrap().to_owned());
        }
        match (string(&node["type"]).as_str(), node["format"].as_str()) {
            ("array", None) => Self::Array(Box::new(Self::read(&node["items"]))),
            ("integer", Some("int32")) => Self::Integer,
            ("number", Some("decimal")) => Self::Decimal,
            ("boolean", None) => Self::Boolean,
            ("string", Some("date")) => Self::Date,
            ("string", Some("date-time")) => Self::Timestamp,
            ("string", Some("local-date-time")) => Self::LocalTimestamp,
            ("string", None) if !node["enum"].is_null() => {
                Self::Enum(node["enum"].as_sequence().unwrap().iter().map(string).collect())
            }
            ("string", format) => Self::Text(Text::read(node, format)),
            unknown => panic!("a type that the tests do not know: {unknown:?}"),
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

fn string(node: &Value) -> String {
    node.as_str().unwrap().to_owned()
}

#[test]
fn nothing_of_the_definition_is_overlooked() {
    assert_eq!(SPEC.schemas.len(), 36);
    let lines = |keyword: &str| SPEC.text.lines().filter(|line| line.trim_start() == keyword).count();
    assert_eq!(SPEC.sensitive().count(), lines("x-sensitive: true"));
    assert_eq!(SPEC.enums().count(), lines("enum:"));
}
