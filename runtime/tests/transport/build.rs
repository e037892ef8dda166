//! What can't be built, and how long it takes.

use std::time::{Duration, Instant};

use specwright_runtime::client::{Crypto, ReqwestTransport, ReqwestTransportBuilder};

use crate::ask::told;
use crate::certificates::TRUSTED;

fn refusal(builder: ReqwestTransportBuilder) -> String {
    let error = builder.build().unwrap_err();
    assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    told(&error)
}

#[test]
fn what_is_no_certificate_is_refused() {
    let builder = ReqwestTransport::builder;
    assert!(refusal(builder().root_certificates(b"what")).contains("holds no certificate"));
    assert!(refusal(builder().only_root_certificates(b"")).contains("holds no certificate"));
    let open = b"-----BEGIN CERTIFICATE-----\nMIIB\n";
    assert!(refusal(builder().root_certificates(open)).contains("not well-formed PEM"));
    let empty = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    assert!(refusal(builder().root_certificates(empty)).contains("can't be read"));
    assert!(refusal(builder().only_root_certificates(empty)).contains("can't be read"));
}

#[test]
fn what_is_no_proxy_is_refused() {
    let with = |url: &str| refusal(ReqwestTransport::builder().proxy(url));
    assert!(with("proxy:3128").contains("must begin with http://"));
    assert!(with("socks5://name:secret@proxy").contains("must begin with http://"));
    assert!(with("http://name:secret@").contains("such as http://proxy.example.com:3128"));
}

#[test]
fn a_second_transport_takes_no_time() {
    for crypto in [Crypto::AwsLcRs, Crypto::Ring] {
        let platform = || ReqwestTransport::builder().crypto(crypto);
        let added = || platform().root_certificates(TRUSTED.pem.as_bytes());
        let own = || platform().only_root_certificates(TRUSTED.pem.as_bytes());
        let time = |builder: ReqwestTransportBuilder| {
            let start = Instant::now();
            drop(builder.build().unwrap());
            start.elapsed()
        };
        let all = || [time(platform()), time(added()), time(own())];
        let first = all();
        // One round of some, because the machine may be busy.
        let is_quick = (0..20).any(|_| all().iter().all(|next| *next < Duration::from_millis(1)));
        assert!(
            is_quick,
            "{crypto:?}: the first ones took {first:?}, and later ones more than a millisecond"
        );
    }
}

#[test]
fn it_can_be_shared_and_shows_nothing() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let transport = ReqwestTransport::builder().proxy("http://name:secret@127.0.0.1:1").build().unwrap();
    shared(&transport);
    assert!(!format!("{transport:?}").contains("secret"));
    let builder = ReqwestTransport::builder().proxy("http://name:secret@127.0.0.1:1");
    assert!(!format!("{builder:?}").contains("secret"));
}
