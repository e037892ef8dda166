//! Which entry of the newer state is which of the older one.

use std::collections::BTreeMap;

use super::super::entry::{Entry, EntryKind, normalised};

/// Finds for each entry its counterpart in the other state.
pub(super) fn pairs<'e>(old: &'e [Entry], new: &'e [Entry]) -> Vec<(Option<&'e Entry>, Option<&'e Entry>)> {
    let mut pairs = Vec::with_capacity(new.len());
    let mut kinds: BTreeMap<EntryKind, (Vec<&Entry>, Vec<&Entry>)> = BTreeMap::new();
    for entry in old {
        kinds.entry(entry.kind).or_default().0.push(entry);
    }
    for entry in new {
        kinds.entry(entry.kind).or_default().1.push(entry);
    }
    for (kind, (mut left, mut right)) in kinds {
        let by_text = |one: &Entry, other: &Entry| one.normalised == other.normalised;
        if kind.is_named() {
            take(&mut left, &mut right, &mut pairs, |one, other| one.subject == other.subject);
        } else {
            let by_raw = |one: &Entry, other: &Entry| one.subject == other.subject && one.raw == other.raw;
            take(&mut left, &mut right, &mut pairs, by_raw);
            take(&mut left, &mut right, &mut pairs, |one, other| {
                one.subject == other.subject && by_text(one, other)
            });
            take(&mut left, &mut right, &mut pairs, by_text);
            // A front matter entry is found by its name, and so is a heading by its anchor.
            if matches!(kind, EntryKind::FrontMatter | EntryKind::Heading) {
                let by_name =
                    |one: &Entry, other: &Entry| !one.subject.is_empty() && one.subject == other.subject;
                take(&mut left, &mut right, &mut pairs, by_name);
            }
            take_alike(&mut left, &mut right, &mut pairs);
        }
        pairs.extend(left.into_iter().map(|entry| (Some(entry), None)));
        pairs.extend(right.into_iter().map(|entry| (None, Some(entry))));
    }
    pairs
}

type Pair<'e> = (Option<&'e Entry>, Option<&'e Entry>);

fn take<'e>(
    left: &mut Vec<&'e Entry>,
    right: &mut Vec<&'e Entry>,
    pairs: &mut Vec<Pair<'e>>,
    same: impl Fn(&Entry, &Entry) -> bool,
) {
    left.retain(|one| match right.iter().position(|other| same(one, other)) {
        Some(index) => {
            pairs.push((Some(one), Some(right.remove(index))));
            false
        }
        None => true,
    });
}

/// Pairs what is left by likeness: within a section more readily than across.
fn take_alike<'e>(left: &mut Vec<&'e Entry>, right: &mut Vec<&'e Entry>, pairs: &mut Vec<Pair<'e>>) {
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (index, one) in left.iter().enumerate() {
            for (other_index, other) in right.iter().enumerate() {
                let needed = if one.subject == other.subject { ALIKE } else { 0.75 };
                let score = similarity(&one.text, &other.text);
                if score >= needed && best.is_none_or(|(known, ..)| score > known) {
                    best = Some((score, index, other_index));
                }
            }
        }
        let Some((_, index, other)) = best else { return };
        pairs.push((Some(left.remove(index)), Some(right.remove(other))));
    }
}

/// From here on two texts count as one that was reworded.
pub(super) const ALIKE: f64 = 0.45;

/// Returns the share of common pairs of letters, from 0 to 1.
pub(super) fn similarity(left: &str, right: &str) -> f64 {
    let pairs = |text: &str| -> BTreeMap<(char, char), usize> {
        let letters: Vec<char> = normalised(text).chars().collect();
        letters.windows(2).fold(BTreeMap::new(), |mut counts, pair| {
            *counts.entry((pair[0], pair[1])).or_default() += 1;
            counts
        })
    };
    let (left, right) = (pairs(left), pairs(right));
    let common: usize =
        left.iter().map(|(pair, count)| (*count).min(right.get(pair).copied().unwrap_or_default())).sum();
    share(2 * common, left.values().sum::<usize>() + right.values().sum::<usize>())
}

#[expect(clippy::cast_precision_loss, reason = "counts of fields and letters are small")]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
