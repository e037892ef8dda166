//! `null`: how models read it, everywhere or by place.

use serde_json::Value;

use super::ConfigReader;
use super::finding::ConfigFinding;
use crate::pointer::Pointer;
use crate::settings::{NullReading, NullReadings};

/// The key for every place without a reading of its own.
const ALL: &str = "all";

impl ConfigReader<'_> {
    pub(super) fn null(&mut self, value: &Value, at: &Pointer) -> NullReadings {
        let mut readings = NullReadings::default();
        if value.is_string() {
            readings.all = self.null_reading(value, at);
            return readings;
        }
        let Some(entries) = self.mapping(value, at) else { return readings };
        for (key, value) in entries {
            let here = at.child(key);
            let reading = self.null_reading(value, &here);
            if key == ALL {
                readings.all = reading;
            } else if let Some(place) = Pointer::parse(key) {
                readings.places.insert(place, reading);
            } else {
                self.report.push(&here, &ConfigFinding::NoPointer { text: key.clone() });
            }
        }
        readings
    }

    fn null_reading(&mut self, value: &Value, at: &Pointer) -> NullReading {
        let name = value.as_str().unwrap_or_default();
        NullReading::from_name(name).unwrap_or_else(|| {
            self.report.push(at, &ConfigFinding::UnknownNull { name: name.to_owned() });
            NullReading::default()
        })
    }
}
