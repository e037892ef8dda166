//! Calls without an async runtime.

use specwright_runtime::blocking::Wait as _;
use specwright_runtime::client::{ResponseLimits, Transport as _, TransportProblem};
use specwright_runtime::retry::Sent;

use crate::ask::{facts, get, send, transport};
use crate::faults::{Fault, FaultServer};

#[test]
fn a_call_can_be_waited_for_and_its_connection_is_kept() {
    let server = FaultServer::always(Fault::Nothing);
    let transport = transport();
    for _ in 0..20 {
        let answer = send(&transport, get(&server.url("/"))).wait().unwrap();
        assert_eq!(answer.status(), 200);
    }
    assert!(server.connections() < 10, "{}", server.connections());
}

#[test]
fn without_a_runtime_a_request_is_not_sent_and_nothing_panics() {
    let server = FaultServer::always(Fault::Nothing);
    let transport = transport();
    let mut exchange = transport.send(get(&server.url("/")), ResponseLimits::new());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcome) = exchange.as_mut().poll(&mut context) else { panic!("it waits") };
    assert_eq!(facts(&outcome.unwrap_err()), (TransportProblem::Unsendable, Sent::No));
    assert_eq!(server.connections(), 0);
}
