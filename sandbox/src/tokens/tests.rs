use super::*;

const NOW: Instant = Instant(1_000_000);

fn ask(store: &Store, fields: &[(&str, &str)], now: Instant) -> Result<Granted, Refusal> {
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    answer(store, form.as_bytes(), "http://127.0.0.1:1", NOW, now).unwrap()
}

fn code(answer: Result<Granted, Refusal>) -> u16 {
    answer.err().unwrap().code
}

/// The fields of a grant that is given, but for one that is replaced or, with an empty value, left out.
fn password(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let [application, _] = &APPLICATIONS;
    let good = [
        ("grant_type", "password"),
        ("client_id", application.id),
        ("client_secret", application.secret),
        ("username", COMPANIES[0].id),
        ("password", application.request_token),
        ("credtype", "authtoken"),
        ("scope", "cards.bulkrequest.read"),
    ];
    good.map(|(name, given)| (name, if name == field { value } else { given })).to_vec()
}

#[test]
fn a_refresh_token_is_good_for_one_use_by_its_application() {
    let store = Store::in_memory().unwrap();
    let first = ask(&store, &password("scope", ""), NOW).ok().unwrap();
    assert_eq!((first.expires_in.as_str(), first.geolocation.as_str()), ("3600", "http://127.0.0.1:1"));
    let grant = store.access(&first.access_token, NOW).unwrap().unwrap();
    assert_eq!((grant.caller.company.as_str(), grant.scopes.len()), (COMPANIES[0].id, 3));
    assert_eq!(store.access(&first.access_token, NOW.after(ACCESS_LIFE)).unwrap(), None);

    let refresh = |token: &str, application: &Application, more: &[(&str, &str)], now| {
        let fixed = [
            ("grant_type", "refresh_token"),
            ("client_id", application.id),
            ("client_secret", application.secret),
            ("refresh_token", token),
        ];
        ask(&store, &[&fixed[..], more].concat(), now)
    };
    let [ours, others] = &APPLICATIONS;
    assert_eq!(code(refresh(&first.refresh_token, others, &[], NOW)), 105);
    assert_eq!(code(refresh(&first.refresh_token, ours, &[("scope", "openid")], NOW)), 54);
    assert_eq!(code(refresh("", ours, &[], NOW)), 106);
    assert_eq!(code(refresh(&first.refresh_token, ours, &[("client_id", ours.id)], NOW)), 135);
    let second = refresh(&first.refresh_token, ours, &[], NOW).ok().unwrap();
    assert_ne!(second.refresh_token, first.refresh_token);
    assert_eq!(code(refresh(&first.refresh_token, ours, &[], NOW)), 108);
    assert_eq!(code(refresh(&second.refresh_token, ours, &[], NOW.after(REFRESH_LIFE))), 108);
    // Two requests may have found it good before either has used it up.
    let caller = Caller { application: ours.id.to_owned(), company: COMPANIES[0].id.to_owned() };
    let late = Asked {
        caller,
        scopes: Vec::new(),
        refresh_scopes: Vec::new(),
        replaces: Some(&first.refresh_token),
    };
    assert_eq!(code(issue(&store, &late, "", NOW).unwrap()), 108);
    // Tokens that were given out before stay good.
    assert!(store.access(&first.access_token, NOW).unwrap().is_some());
    store.expire(&first.access_token).unwrap();
    assert!(store.access(&first.access_token, NOW).unwrap().is_none());
}

#[test]
fn a_refresh_for_fewer_scopes_keeps_the_others_for_the_next() {
    let store = Store::in_memory().unwrap();
    let [application, _] = &APPLICATIONS;
    let first = ask(&store, &password("scope", ""), NOW).ok().unwrap();
    let refresh = |token: &str, scope: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", application.id),
            ("client_secret", application.secret),
            ("refresh_token", token),
            ("scope", scope),
        ];
        ask(&store, &fields, NOW).ok().unwrap()
    };
    let second = refresh(&first.refresh_token, SCOPES[2]);
    assert_eq!(second.scope, SCOPES[2]);
    assert_eq!(store.access(&second.access_token, NOW).unwrap().unwrap().scopes, [SCOPES[2]]);
    assert_eq!(refresh(&second.refresh_token, "").scope, SCOPES.join(" "));
}

#[test]
fn a_request_token_is_good_for_a_day() {
    let store = Store::in_memory().unwrap();
    let [almost, end] =
        [REQUEST_LIFE.saturating_sub(Duration::from_millis(1)), REQUEST_LIFE].map(|life| NOW.after(life));
    let first = ask(&store, &password("scope", ""), almost).ok().unwrap();
    assert_eq!(code(ask(&store, &password("scope", ""), end)), 5);
    // What was obtained with it is refreshed as before.
    let [application, _] = &APPLICATIONS;
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", application.id),
        ("client_secret", application.secret),
        ("refresh_token", &*first.refresh_token),
    ];
    assert!(ask(&store, &refresh, end).is_ok());
}

#[test]
fn refusals_have_the_numbers_of_the_page() {
    let store = Store::in_memory().unwrap();
    for (field, value, expected) in [
        ("grant_type", "", 65),
        ("grant_type", "client_credentials", 60),
        ("client_id", "", 62),
        ("client_id", "somebody", 61),
        ("client_secret", "", 63),
        ("client_secret", "wrong", 64),
        ("username", "", 51),
        ("username", "nobody", 5),
        ("username", COMPANIES[3].id, 53),
        ("username", COMPANIES[4].id, 14),
        ("username", COMPANIES[5].id, 134),
        ("password", "", 52),
        ("password", "wrong", 5),
        ("password", APPLICATIONS[1].request_token, 136),
        ("credtype", "password", 120),
        ("scope", "cards.bulkrequest.read openid", 54),
        ("scope", " ", 54),
    ] {
        assert_eq!(code(ask(&store, &password(field, value), NOW)), expected, "{field}={value}");
    }
    let maintained = ask(&store, &password("username", COMPANIES[5].id), NOW).err().unwrap();
    assert_eq!((maintained.status, maintained.error), (400, "invalid_request"));
    let elsewhere = ask(&store, &password("username", COMPANIES[2].id), NOW).err().unwrap();
    assert_eq!((elsewhere.code, elsewhere.geolocation.as_deref()), (16, Some("http://127.0.0.1:1")));
    assert_eq!(ask(&store, &password("", ""), NOW).ok().unwrap().scope, "cards.bulkrequest.read");
}
