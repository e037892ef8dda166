//! Bodies made by chance: the validators say what the plain walk of [`oracle`](super::oracle) says, in the
//! same order, and streams and typed values say it as well.

use specwright_runtime::Violations;

use super::{
    chance::{Chance, rounds},
    check::lines,
    mutate, oracle,
    places::is_unproved,
    render::render,
    sample::SAMPLES,
};

#[test]
fn the_same_list_in_the_same_order() {
    let mut chance = Chance::new(20_230_629);
    for round in 0..rounds("SPECWRIGHT_BODIES", 2_000) / 2 {
        let (sample, body) = mutate::body(&mut chance);
        let kind = SAMPLES[sample].kind;
        let expected = oracle::lines(kind, &body);
        let text = render(&body, &mut chance);
        let found = kind.raw_stream_and_typed(text.as_bytes());
        let found = found.unwrap_or_else(|difference| panic!("round {round}: {difference}\n{body}"));
        let is_proved = |line: &String| !is_unproved(line.rsplit(' ').next().unwrap_or_default());
        let proved = |lines: Vec<String>| lines.into_iter().filter(is_proved).collect::<Vec<_>>();
        assert_eq!(proved(lines(&found)), proved(expected), "round {round}\n{body}");
        check_places(&found, &text);
    }
}

/// Each finding stands where something begins, no earlier than the one before it, and on the line that it
/// names.
fn check_places(found: &Violations, text: &str) {
    let mut earlier = 0;
    for violation in found {
        let place = violation.position().unwrap();
        assert!(place.offset >= earlier, "{violation} at {place:?}");
        earlier = place.offset;
        let (before, after) = text.split_at(place.offset);
        assert!(
            after.starts_with(['{', '[', '"', '-', 't', 'f', 'n']) || after.as_bytes()[0].is_ascii_digit()
        );
        let line = before.rsplit('\n').next().unwrap();
        let expected = (before.matches('\n').count() + 1, line.chars().count() + 1);
        assert_eq!((place.line, place.column), expected, "{violation}");
    }
}
