//! Through a proxy, and not.

use std::env;
use std::process::Command;

use specwright_runtime::client::{ReqwestTransport, TransportProblem};
use specwright_runtime::retry::Sent;

use crate::ask::{builder, facts, get, send};
use crate::faults::{Fault, FaultServer};

#[tokio::test]
async fn plain_http_is_asked_of_the_proxy() {
    let (proxy, server) = (FaultServer::always(Fault::Nothing), FaultServer::always(Fault::Nothing));
    let url = format!("http://name:word@{}", proxy.address());
    let transport = builder().proxy(url).build().unwrap();
    send(&transport, get(&server.url("/there"))).await.unwrap();
    assert_eq!(server.seen().len(), 0);
    let seen = proxy.seen().remove(0);
    assert_eq!(seen.line(), format!("GET http://{}/there HTTP/1.1", server.address()));
    assert_eq!(seen.header("proxy-authorization"), ["Basic bmFtZTp3b3Jk"]);
}

#[tokio::test]
async fn a_proxy_that_makes_no_tunnel_is_no_connection() {
    for fault in [Fault::Status(407), Fault::Status(503), Fault::CloseAfterRequest, Fault::Garbage] {
        let proxy = FaultServer::always(fault);
        let transport = builder().proxy(format!("http://{}", proxy.address())).build().unwrap();
        let error = send(&transport, get("https://127.0.0.1:1/")).await.unwrap_err();
        assert_eq!(error.sent(), Sent::No, "{fault:?}: {error:?}");
        assert!(
            matches!(error.problem(), TransportProblem::Connect | TransportProblem::Broken),
            "{fault:?}: {error:?}"
        );
        assert_eq!(proxy.seen()[0].line(), "CONNECT 127.0.0.1:1 HTTP/1.1");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_no_connection() {
    let proxy = FaultServer::always(Fault::Refuse);
    let transport = builder().proxy(format!("http://{}", proxy.address())).build().unwrap();
    let error = send(&transport, get("http://127.0.0.1:1/")).await.unwrap_err();
    assert_eq!(facts(&error), (TransportProblem::Connect, Sent::No));
}

const URL: &str = "SPECWRIGHT_PROXY_TEST_URL";

/// What the process with a proxy in its environment does.
#[tokio::test]
#[ignore = "is the process that another test starts"]
async fn child() {
    send(&ReqwestTransport::new().unwrap(), get(&env::var(URL).unwrap())).await.unwrap();
}

/// A token may go to this machine by plain `http`, and must not go to somebody else's on the way.
#[test]
fn the_systems_proxy_is_not_for_this_machine() {
    let (proxy, server) = (FaultServer::always(Fault::Nothing), FaultServer::always(Fault::Nothing));
    let asked = |url: String| {
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "proxy::child", "--ignored"])
            .env("http_proxy", format!("http://{}", proxy.address()))
            .env_remove("no_proxy")
            .env_remove("NO_PROXY")
            .env(URL, url)
            .output();
        assert!(child.unwrap().status.success());
        (server.seen().len(), proxy.seen().len())
    };
    assert_eq!(asked(server.url("/")), (1, 0));
    assert_eq!(asked("http://shop.invalid/".to_owned()), (1, 1));
}
