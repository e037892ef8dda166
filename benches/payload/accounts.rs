//! Card accounts.

use super::{
    random::Random,
    tree::{Members, Tree},
    words,
};

/// The account of this index. Individual and virtual ones take turns; virtual ones have a billing account.
pub(crate) fn account(random: &mut Random, index: usize) -> Tree {
    let (first, last) = (random.pick(&words::FIRST_NAMES), random.pick(&words::LAST_NAMES));
    let kind = ["I", "V", "I", "M"][index % 4];
    let name = format!("{first} {last}").to_uppercase();
    Members::default()
        .text("accountType", kind)
        .text("billedCurrency", random.pick(&words::CURRENCIES))
        .when(kind == "V", "billingAccount", || Tree::object([("externalId", Tree::text("main-0001"))]))
        .text("cardBrand", random.pick(&["AX", "CA", "DC", "VI"]))
        .text(
            "cardProductDescription",
            random.pick(&["Corporate Gold", "Platinum Rewards", "Lindenhaven Virtual"]),
        )
        .text("cardProductType", random.pick(&["CORP", "BUSN"]))
        .with("cardholder", cardholder(random, first, last, index))
        .text("externalId", random.uuid())
        .text("lastSegment", random.digits(4))
        .text("liabilityType", random.pick(&["IBIP", "IBCP", "CBCP"]))
        .text("nameOnCard", name)
        .with("provider", Tree::object([("countryCode", Tree::text(words::country(random)))]))
        .when(random.chance(60), "status", || Tree::text("A"))
        .when(index.is_multiple_of(5), "travelRequest", || travel_request(random))
        .object()
}

fn cardholder(random: &mut Random, first: &str, last: &str, index: usize) -> Tree {
    let mailbox: String =
        format!("{first}.{last}").chars().filter(|c| c.is_ascii_alphabetic() || *c == '.').collect();
    let email = format!("{}.{index}@corp{}.example.com", mailbox.to_lowercase(), random.below(20));
    let last = if random.chance(8) { Tree::Escaped(last.to_owned()) } else { Tree::text(last) };
    Members::default()
        .text("email", email)
        .when(random.chance(50), "employeeId", || Tree::text(format!("E{index:06}")))
        .text("firstName", first)
        .with("lastName", last)
        .text("userId", random.uuid())
        .object()
}

/// 32 hexadecimal digits, with letters that keep the digits between them from looking like a card number.
fn travel_request(random: &mut Random) -> Tree {
    let id: String = (0..4).map(|_| random.hex(7) + "f").collect();
    Tree::object([("id", Tree::text(id))])
}
