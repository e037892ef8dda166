//! Journals as a whole: crashes at every point, damage at every byte, and files as the system has them.

mod crashes;
mod damage;
mod disk;
mod files;
mod large;
mod locks;
mod report;
mod rules;
mod sender;
mod service;

use super::*;

/// Random numbers that a seed repeats (`SplitMix64`).
#[derive(Debug, Clone)]
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
}

fn keys(names: &[&str]) -> Vec<ItemKey> {
    names.iter().map(|name| ItemKey::verbatim(name)).collect()
}

fn planned(batch: u64, names: &[&str], replaces: Option<u64>) -> Record {
    Record::Planned(BatchPlan {
        batch: BatchId(batch),
        operation: "createPets".to_owned(),
        target: "shop-1".to_owned(),
        keys: keys(names),
        body: BodyDigest::of(names.concat().as_bytes()),
        replaces: replaces.map(BatchId),
    })
}

fn attempt(batch: u64, attempt: u32) -> AttemptRecord {
    let correlation_id = Some(format!("c-{batch}-{attempt}"));
    AttemptRecord { batch: BatchId(batch), attempt, correlation_id, at: None }
}

fn accepted(batch: u64, attempt: u32) -> Record {
    let request_id = Some(format!("r-{batch}"));
    Record::Accepted(Acceptance { batch: BatchId(batch), attempt, request_id, correlation_id: None })
}

fn refused(batch: u64, attempt: u32, status: u16, names: &[&str]) -> Record {
    let items = keys(names)
        .into_iter()
        .map(|key| RefusedItem { key, codes: vec!["illegalValue".to_owned()] })
        .collect();
    let codes = vec!["invalidRequest".to_owned()];
    Record::Refused(Refusal { batch: BatchId(batch), attempt, status, codes, items })
}

fn finished(batch: u64, outcome: BatchOutcome) -> Record {
    Record::Finished { batch: BatchId(batch), status: "DONE".to_owned(), outcome }
}

fn not_received(batch: u64, attempt: u32) -> Record {
    Record::NotReceived { batch: BatchId(batch), attempt }
}

fn unclear(batch: u64, attempt: u32) -> Record {
    Record::Unclear { batch: BatchId(batch), attempt }
}
