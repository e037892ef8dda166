//! What a schema asks of a value, whatever it is composed of: `allOf` put together, aliases followed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::api::{
    Additional, Api, Discriminator, EnumValue, Keyword, Number, Object, Rule, RuleSeverity, Schema, SchemaId,
    Shape, Text, Union,
};
use crate::decimal::Decimal;
use crate::pointer::Pointer;

/// A schema with all that its `allOf` adds.
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own in the document")]
pub(super) struct View<'a> {
    pub(super) at: &'a Pointer,
    /// Empty: any.
    pub(super) types: BTreeSet<&'static str>,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) sensitive: bool,
    pub(super) default: Option<&'a Json>,
    pub(super) format: Option<&'a str>,
    /// The list that has the fewest values; `None`: there is none.
    pub(super) values: Option<&'a [EnumValue]>,
    pub(super) limits: BTreeMap<&'static str, LimitValue>,
    pub(super) patterns: BTreeSet<&'a str>,
    pub(super) unique: bool,
    pub(super) properties: BTreeMap<&'a str, Member>,
    pub(super) closed: bool,
    /// The schema of additional properties.
    pub(super) others: Option<SchemaId>,
    pub(super) items: Option<SchemaId>,
    pub(super) choices: Option<(&'a Union, &'static str)>,
    pub(super) not: Option<SchemaId>,
    pub(super) discriminator: Option<&'a Discriminator>,
    pub(super) rules: Vec<&'a Rule>,
    pub(super) codes: BTreeMap<Keyword, &'a str>,
    pub(super) severities: BTreeMap<Keyword, RuleSeverity>,
}

#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) schema: SchemaId,
    pub(super) required: bool,
}

/// A limit with its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LimitValue {
    pub(super) value: Decimal,
    pub(super) exclusive: bool,
}

impl<'a> View<'a> {
    pub(super) fn of(api: &'a Api, id: SchemaId) -> Self {
        let mut view = Self::any(api, id);
        let mut required = BTreeSet::new();
        view.add(api, &api.schemas[api.schemas.resolve(id)], &mut required, &mut vec![id]);
        for (name, member) in &mut view.properties {
            member.required |= required.contains(name);
        }
        view
    }

    /// Returns what a schema says around the one that it refers to.
    pub(super) fn around(api: &'a Api, id: SchemaId) -> Self {
        let schema = &api.schemas[id];
        View {
            nullable: schema.nullable,
            read_only: schema.read_only,
            write_only: schema.write_only,
            sensitive: schema.sensitive,
            default: schema.default.as_ref(),
            ..Self::any(api, id)
        }
    }

    /// Returns the view of a schema that says nothing.
    pub(super) fn any(api: &'a Api, id: SchemaId) -> Self {
        View {
            at: &api.schemas[id].at,
            types: BTreeSet::new(),
            nullable: false,
            read_only: false,
            write_only: false,
            sensitive: false,
            default: None,
            format: None,
            values: None,
            limits: BTreeMap::new(),
            patterns: BTreeSet::new(),
            unique: false,
            properties: BTreeMap::new(),
            closed: false,
            others: None,
            items: None,
            choices: None,
            not: None,
            discriminator: None,
            rules: Vec::new(),
            codes: BTreeMap::new(),
            severities: BTreeMap::new(),
        }
    }

    /// Adds what a schema says, then what the members of its `allOf` say.
    fn add(
        &mut self,
        api: &'a Api,
        schema: &'a Schema,
        required: &mut BTreeSet<&'a str>,
        seen: &mut Vec<SchemaId>,
    ) {
        self.nullable |= schema.nullable;
        self.read_only |= schema.read_only;
        self.write_only |= schema.write_only;
        self.sensitive |= schema.sensitive;
        self.default = self.default.or(schema.default.as_ref());
        self.discriminator = self.discriminator.or(schema.discriminator.as_ref());
        self.not = self.not.or(schema.not);
        self.rules.extend(&schema.rules);
        self.codes.extend(schema.codes.iter().map(|(keyword, code)| (*keyword, &**code)));
        self.severities.extend(schema.severities.iter().map(|(keyword, severity)| (*keyword, *severity)));
        if let Some(values) = schema.enumeration.as_ref().map(|list| &*list.values)
            && self.values.is_none_or(|known| values.len() < known.len())
        {
            self.values = Some(values);
        }
        let one_of = schema.one_of.as_ref().map(|union| (union, "oneOf"));
        let any_of = schema.any_of.as_ref().map(|union| (union, "anyOf"));
        self.choices = self.choices.or(one_of).or(any_of);
        self.shape(&schema.shape, required);
        for member in &schema.all_of {
            let member = api.schemas.resolve(*member);
            if !seen.contains(&member) {
                seen.push(member);
                self.add(api, &api.schemas[member], required, seen);
            }
        }
    }

    fn shape(&mut self, shape: &'a Shape, required: &mut BTreeSet<&'a str>) {
        match shape {
            Shape::Any | Shape::Alias(_) => {}
            Shape::Boolean => drop(self.types.insert("boolean")),
            Shape::Integer(number) => {
                self.types.insert("integer");
                self.number(number);
            }
            Shape::Number(number) => {
                self.types.insert("number");
                self.number(number);
            }
            Shape::String(text) => {
                self.types.insert("string");
                self.text(text);
            }
            Shape::Array(array) => {
                self.types.insert("array");
                self.items = self.items.or(array.items);
                self.count("minItems", array.min_items);
                self.count("maxItems", array.max_items);
                self.unique |= array.unique_items;
            }
            Shape::Object(object) => {
                self.types.insert("object");
                self.object(object, required);
            }
        }
    }

    fn number(&mut self, number: &'a Number) {
        self.format = self.format.or(number.format.as_deref());
        for (name, limit) in [("minimum", &number.minimum), ("maximum", &number.maximum)] {
            if let Some(limit) = limit {
                self.limits
                    .insert(name, LimitValue { value: limit.value.clone(), exclusive: limit.exclusive });
            }
        }
        if let Some(value) = &number.multiple_of {
            self.limits.insert("multipleOf", LimitValue { value: value.clone(), exclusive: false });
        }
    }

    fn text(&mut self, text: &'a Text) {
        self.format = self.format.or(text.format.as_deref());
        self.count("minLength", text.min_length);
        self.count("maxLength", text.max_length);
        self.patterns.extend(text.pattern.as_deref());
    }

    fn object(&mut self, object: &'a Object, required: &mut BTreeSet<&'a str>) {
        for property in &object.properties {
            let member = Member { schema: property.schema, required: property.required };
            let known = self.properties.entry(&property.name).or_insert(member);
            known.required |= property.required;
        }
        required.extend(object.required_elsewhere.iter().map(String::as_str));
        match object.additional {
            Additional::Forbidden => self.closed = true,
            Additional::Schema(id) => self.others = self.others.or(Some(id)),
            Additional::Unstated | Additional::Any => {}
        }
        self.count("minProperties", object.min_properties);
        self.count("maxProperties", object.max_properties);
    }

    fn count(&mut self, name: &'static str, limit: Option<u64>) {
        // A limit of zero asks for nothing.
        let asks = limit.filter(|limit| *limit > 0 || name.starts_with("max"));
        if let Some(value) = asks.and_then(|limit| Decimal::parse(&limit.to_string())) {
            self.limits.insert(name, LimitValue { value, exclusive: false });
        }
    }
}
