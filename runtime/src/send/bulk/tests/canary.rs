//! Marked card data in every place: no journal, no output and no log shows it.

use super::{scripted_service::Fault, *};
use crate::send::client::log::Log;

const CARD: &str = "4111111111111111";
const NAME: &str = "canary-name";

/// Items with the marks in their members, some of which are not valid, and some of which are refused.
fn marked() -> Vec<Pet> {
    let mut items = pets(0..12);
    for item in &mut items {
        item.name = NAME.to_owned();
    }
    items[1].id = Some(CARD.to_owned());
    items[2].name = CARD.repeat(3);
    items[3].name = CARD.to_owned();
    items[4].id = Some("p-0".to_owned());
    items[5].id = Some("refused".to_owned());
    items
}

#[test]
fn nothing_of_an_item_but_its_key_is_written_or_shown() {
    let scripts: [&[Fault]; 8] = [
        &[],
        &[Fault::LostAnswer],
        &[Fault::Unauthorized, Fault::Unauthorized],
        &[Fault::Refused, Fault::Refused, Fault::Refused],
        &[Fault::NoTls],
        &[Fault::Garbage],
        &[Fault::Failed; 100],
        &[Fault::Away, Fault::HungRequest],
    ];
    for script in scripts {
        let journal = MemoryJournal::new();
        let (text, log) = Log::of(|| {
            let service = ScriptedService::with(script);
            service.truth().refuses = ["refused".to_owned()].into();
            let bulk = bulk(&service).journal(journal.clone());
            let text = format!("{bulk:?}");
            match block_on(&service, bulk.send_all(marked())) {
                Ok(run) => format!("{text} {run} {run:?}"),
                Err(error) => {
                    let source = std::error::Error::source(&error).map(ToString::to_string);
                    format!("{text} {error} {error:?} {source:?} {}", error.problem())
                }
            }
        });
        let written: Vec<String> =
            journal.records().iter().map(|record| serde_json::to_string(record).unwrap()).collect();
        let written = written.join("\n");
        for (what, text) in [("shown", &text), ("logged", &log), ("written", &written)] {
            assert!(!text.contains(CARD) && !text.contains(NAME), "{what} after {script:?}: {text}");
        }
        assert!(written.contains("p-0") && log.contains("bulk.batch"), "{log}");
    }
}
