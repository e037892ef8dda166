//! What the values are made of.

use super::{
    random::Random,
    tree::{Members, Tree},
};

pub(crate) const CURRENCIES: [&str; 8] = ["EUR", "USD", "GBP", "CHF", "SEK", "JPY", "CAD", "AUD"];
/// Country, state, city, streets, postal code.
const PLACES: [[&str; 5]; 10] = [
    ["US", "WA", "Seattle", "Pike Street", "98101"],
    ["US", "NY", "New York", "West 42nd Street", "10036"],
    ["DE", "BW", "Mannheim", "Augustaanlage", "68165"],
    ["DE", "BY", "München", "Färbergraben", "80331"],
    ["NL", "UT", "Utrecht", "Oudegracht", "3511 AB"],
    ["CH", "BS", "Basel", "Aeschenvorstadt", "4051"],
    ["FR", "IDF", "Paris", "Rue des Écoles", "75005"],
    ["GB", "ENG", "Leeds", "The Headrow", "LS1 6PU"],
    ["JP", "13", "Tōkyō", "千代田区丸の内", "100-0005"],
    ["CA", "BC", "Vancouver", "Granville Street", "V6C 1T2"],
];
pub(crate) const FIRST_NAMES: [&str; 10] =
    ["Mila", "Jonas", "Aoife", "Renée", "Søren", "Grace", "Mateo", "Yūki", "Hannah", "Tom"];
pub(crate) const LAST_NAMES: [&str; 10] =
    ["Jansen", "Keller", "O'Neill", "Dubois", "Ørsted", "Okafor", "García", "Tanaka", "Weiß", "Baker"];
const MERCHANTS: [(&str, &str); 9] = [
    ("Rhine Rail", "4112"),
    ("Lindenhaven Hotels", "7011"),
    ("Café Müller & Söhne", "5812"),
    ("The \"Old Bridge\" Inn", "7011"),
    ("Northwind Fuel", "5541"),
    ("Harbour Car Hire", "7512"),
    ("Paper\\Clip Supplies", "5943"),
    ("東京文具", "5111"),
    ("Blue Sky Air", "4511"),
];

/// An amount of the currency, with two decimals.
pub(crate) fn amount(random: &mut Random, currency: &str) -> Tree {
    let value = format!("{}.{:02}", random.below(2000), random.below(100));
    Members::default().text("currencyCode", currency).with("value", Tree::number(value)).object()
}

/// A day of the years 2022 to 2025.
pub(crate) fn date(random: &mut Random) -> String {
    format!("{}-{:02}-{:02}", 2022 + random.below(4), 1 + random.below(12), 1 + random.below(28))
}

pub(crate) fn address(random: &mut Random) -> Tree {
    let [country, state, city, street, zip] = random.pick(&PLACES);
    let street = format!("{street} {}", 1 + random.below(300));
    let street = if random.chance(8) { Tree::Escaped(street) } else { Tree::Text(street) };
    Members::default()
        .text("city", city)
        .text("countryCode", country)
        .when(random.chance(70), "state", || Tree::text(state))
        .with("streetAddress", street)
        .text("zip", zip)
        .object()
}

pub(crate) fn country(random: &mut Random) -> &'static str {
    random.pick(&PLACES)[0]
}

pub(crate) fn city(random: &mut Random) -> &'static str {
    random.pick(&PLACES)[2]
}

/// `JANSEN/MILA`
pub(crate) fn guest(random: &mut Random) -> Tree {
    let name = format!("{}/{}", random.pick(&LAST_NAMES), random.pick(&FIRST_NAMES)).to_uppercase();
    if random.chance(8) { Tree::Escaped(name) } else { Tree::Text(name) }
}

pub(crate) fn merchant(random: &mut Random) -> Tree {
    let (name, category) = random.pick(&MERCHANTS);
    Members::default()
        .with("address", address(random))
        .text("categoryCode", category)
        .text("doingBusinessAs", name)
        .text("id", format!("M{}", random.hex(10)))
        .text("name", name)
        .when(random.chance(30), "vatNumber", || Tree::text("DE811257"))
        .object()
}

/// Up to three values of custom fields, each of another id.
pub(crate) fn custom_data(random: &mut Random) -> Tree {
    let ids = random.some(&["costCenter", "projectCode", "approver", "tripId", "region"], 3);
    let field = |id: &str| {
        Members::default().text("id", id).text("value", format!("{id}-{}", random.hex(6))).object()
    };
    Tree::Array(ids.into_iter().map(field).collect())
}

/// One tax of each of the types.
pub(crate) fn taxes(random: &mut Random, currency: &str, types: &[&str]) -> Tree {
    let tax = |kind: &&str| {
        Members::default().with("amount", amount(random, currency)).text("type", *kind).object()
    };
    Tree::Array(types.iter().map(tax).collect())
}
