//! A rule at a place, and the bodies that prove it: a sample with small changes.

use super::{json::Json, path, places::Place, sample::SAMPLES, spec::Said};

/// A rule at a place, with the bodies that prove it.
pub(crate) struct Proof {
    pub(crate) said: Said,
    /// `CreateAccount.externalId`
    pub(crate) rule: String,
    pub(crate) keyword: &'static str,
    /// Where the finding stands.
    pub(crate) path: String,
    pub(crate) sample: usize,
    pub(crate) passing: Vec<Body>,
    pub(crate) failing: Vec<Body>,
}

/// A sample with changes, and all that is to be said of it.
pub(crate) struct Body {
    pub(crate) edits: Vec<Edit>,
    pub(crate) expect: Vec<String>,
    /// No error, and yet nothing that the type holds.
    pub(crate) undecodable: bool,
}

#[derive(Clone)]
pub(crate) enum Edit {
    Set(String, Json),
    Remove(String),
}

impl Body {
    pub(crate) fn new(
        edits: impl IntoIterator<Item = Edit>,
        expect: impl IntoIterator<Item = String>,
    ) -> Self {
        let edits = edits.into_iter().collect();
        Self { edits, expect: expect.into_iter().collect(), undecodable: false }
    }

    pub(crate) fn text(&self, sample: usize) -> String {
        let mut body = SAMPLES[sample].body.clone();
        for edit in &self.edits {
            match edit {
                Edit::Set(place, value) => path::set(&mut body, place, value.clone()),
                Edit::Remove(place) => path::remove(&mut body, place),
            }
        }
        body.to_string()
    }
}

impl Proof {
    pub(crate) fn new(place: &Place, keyword: &'static str, said: Said) -> Self {
        Self {
            said,
            rule: format!("{}.{}", place.schema, place.field),
            keyword,
            path: place.path.clone(),
            sample: place.sample,
            passing: Vec::new(),
            failing: Vec::new(),
        }
    }

    /// A value in the place of the sample's gives this finding and no other.
    pub(crate) fn fails_with(&mut self, value: Json) {
        let expect = [self.said.at(&self.path)];
        self.failing.push(Body::new([Edit::Set(self.path.clone(), value)], expect));
    }

    pub(crate) fn passes_with(&mut self, value: Json) {
        self.passing.push(Body::new([Edit::Set(self.path.clone(), value)], []));
    }
}
