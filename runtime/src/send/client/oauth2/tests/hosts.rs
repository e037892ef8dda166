//! Secrets go to hosts that may be told them, and nowhere else.

use super::*;

#[test]
fn a_foreign_host_in_an_answer_is_told_nothing_and_the_refresh_token_is_kept() {
    for base in [
        "https://evil.org",
        "https://example.com.evil.org",
        "https://us2.example.com@evil.org",
        "https://user:pass@us2.example.com",
        "http://us2.example.com",
        "us2.example.com",
        "/oauth2",
        "://",
        &format!("https://{}.example.com", "a".repeat(300)),
    ] {
        let store = holding("r1");
        let source = refresh_only(Arc::clone(&store));
        let answer = json!({"refresh_token": "r2", "geolocation": base});
        let bench = Bench::new([granted("a1", &answer), granted_with("a2", "r3")]);
        assert_eq!(bench.problem(&source), TokenProblem::ForeignHost, "{base}");
        // The service may have ended r1. The host is the one that gave r2, and the access token is not used.
        let held = store.held().unwrap();
        assert_eq!(
            (held.expose_refresh_token(), held.base_url(), held.expose_access_token()),
            (Some("r2"), Some("https://us2.example.com"), None)
        );
        bench.advance(10);
        assert_eq!(bench.secret(&source), "a2");
        assert_eq!(bench.sent(), ["r1", "r2"]);
        assert_eq!(bench.asked()[0].0, bench.asked()[1].0);
    }
}

#[test]
fn a_refresh_token_outlives_an_answer_that_is_of_no_other_use() {
    let answers = [
        r#"{"refresh_token": "r2"}"#,
        r#"{"access_token": null, "refresh_token": "r2"}"#,
        r#"{"access_token": "two words", "refresh_token": "r2"}"#,
        r#"{"access_token": "a1", "refresh_token": "r2", "geolocation": "https://us2.exa"#,
        r#"{"refresh_token": "r2", "access_token": a1}"#,
        r#"{"refresh_token": "r2", "access_token": "a1"} and more"#,
    ];
    for answer in answers {
        let store = holding("r1");
        let bench = Bench::new([Reply::json(200, answer), granted_with("a2", "r3")]);
        let source = refresh_only(Arc::clone(&store));
        assert_eq!(bench.problem(&source), TokenProblem::Unreadable, "{answer}");
        let held = store.held().unwrap();
        let stored = (held.expose_refresh_token(), held.base_url());
        assert_eq!(stored, (Some("r2"), Some("https://us2.example.com")), "{answer}");
        bench.advance(10);
        assert_eq!(bench.secret(&source), "a2");
    }
    // A token that breaks off is none, and neither is one for which there is no use.
    for (source, answer) in [
        (password(), r#"{"refresh_token": "r2"#),
        (password(), r#"{"refresh_token": ["r2"]}"#),
        (password(), r#"["refresh_token", "r2"]"#),
        (OAuth2::client_credentials(&SCHEME, "id", "client-secret"), r#"{"refresh_token": "r2"}"#),
    ] {
        let store = Arc::new(MemoryTokenStore::new());
        let bench = Bench::new([Reply::json(200, answer)]);
        assert_eq!(bench.problem(&source.store(Arc::clone(&store))), TokenProblem::Unreadable);
        assert!(store.held().is_none(), "{answer}");
    }
}

#[test]
fn a_kept_refresh_token_is_for_the_host_that_gave_it() {
    let moved = json!({"code": "16", "error": "invalid_request", "geolocation": "https://eu2.example.com"});
    let store = Arc::new(MemoryTokenStore::new());
    let bench = Bench::new([
        Reply::json(400, moved.to_string()),
        granted("a1", &json!({"refresh_token": "r1", "geolocation": "https://evil.org"})),
        granted("a2", &json!({})),
    ]);
    let source = password().store(Arc::clone(&store));
    assert_eq!(bench.problem(&source), TokenProblem::ForeignHost);
    let held = store.held().unwrap();
    assert_eq!((held.expose_refresh_token(), held.base_url()), (Some("r1"), Some("https://eu2.example.com")));
    bench.advance(10);
    bench.token(&source).unwrap();
    assert_eq!(bench.asked()[2].0, "https://eu2.example.com/oauth2/v0/token");
    assert_eq!(bench.sent()[2], "r1");
}

#[test]
fn a_foreign_host_in_an_error_is_not_asked() {
    let body = json!({"code": 16, "error": "invalid_request", "geolocation": "https://evil.org"});
    let bench = Bench::new([Reply::json(400, body.to_string())]);
    let error = bench.token(&password()).unwrap_err();
    assert_eq!(error.problem(), TokenProblem::ForeignHost);
    assert!(std::error::Error::source(&error).unwrap().to_string().starts_with("evil.org is not among"));
    assert_eq!(bench.count(), 1);
}

#[test]
fn an_allowed_host_may_look_like_the_user_or_the_client() {
    for (id, user) in [
        ("id", "admin@shop.example.com"),
        ("id", "shop"),
        ("https://shop.example.com/app", "user"),
        ("shop.example.com", "user"),
    ] {
        let source = OAuth2::password(&SCHEME, id, "client-secret", user, "password");
        let moved =
            json!({"code": "16", "error": "invalid_request", "geolocation": "https://shop.example.com"});
        let bench = Bench::new([
            Reply::json(400, moved.to_string()),
            granted("a1", &json!({"refresh_token": "r1", "geolocation": "https://shop.example.com"})),
        ]);
        bench.token(&source).unwrap();
        assert_eq!(bench.asked()[1].0, "https://shop.example.com/oauth2/v0/token", "{id} {user}");
    }
}

#[test]
fn a_foreign_host_in_the_store_is_told_nothing() {
    let stored = r#"{"refresh_token": "r1", "access_token": "a0", "base_url": "https://evil.org"}"#;
    let store = MemoryTokenStore::holding(serde_json::from_str(stored).unwrap());
    let bench = Bench::new([]);
    assert_eq!(bench.problem(&refresh_only(store)), TokenProblem::ForeignHost);
    assert_eq!(bench.count(), 0);
}

#[test]
fn another_token_url_must_be_allowed_by_the_client() {
    for (url, hosts, asked) in [
        ("https://sandbox.org/t", Hosts::none(), false),
        ("https://sandbox.org/t", Hosts::none().allow("sandbox.org"), true),
        ("http://127.0.0.1:8080/t", Hosts::none(), false),
        ("http://127.0.0.1:8080/t", Hosts::none().allow("127.0.0.1"), true),
        ("http://sandbox.org/t", Hosts::none().allow("sandbox.org"), false),
        ("not a URL", Hosts::none(), false),
    ] {
        let bench = Bench {
            hosts,
            ..Bench::new([granted("a1", &json!({"refresh_token": "r1"})), granted("a2", &json!({}))])
        };
        let source = password().token_url(url);
        if asked {
            bench.token(&source).unwrap();
            bench.advance(3600);
            bench.token(&source).unwrap();
            assert!(bench.asked().iter().all(|(to, _)| to == url), "{:?}", bench.asked());
        } else {
            assert_eq!(bench.problem(&source), TokenProblem::ForeignHost);
            assert_eq!(bench.count(), 0);
        }
    }
}

#[test]
fn the_hosts_of_a_scheme_need_not_be_told_twice() {
    static BARE: OAuth2Scheme = OAuth2Scheme::new("bare", "https://login.example.org/token")
        .refresh_url("https://refresh.example.net/again")
        .base_url_member("geolocation");
    let source = OAuth2::password(&BARE, "id", "client-secret", "user", "password");
    let bench = Bench::new([granted("a1", &json!({"refresh_token": "r1"})), granted("a2", &json!({}))]);
    bench.token(&source).unwrap();
    bench.advance(3600);
    bench.token(&source).unwrap();
    assert_eq!(bench.asked()[1].0, "https://refresh.example.net/again");
}
