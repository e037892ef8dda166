//! Compiled by `styles.rs` beside the crates of the definitions.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use case_server_styles::{
    case_client_form_styles as form, case_parameter_styles as styles, case_server_whole_numbers as pages,
};
use styles::models::{GetItemFilter, GetItemJson};
use styles::runtime::client::{BoxFuture, Bytes, Exchange, ResponseLimits, Transport, http};
use styles::runtime::retry::{Clock, Sleep};
use styles::runtime::serve::{Context, Failure, HttpResponse, Router, axum};
use styles::server::{GetItemRequest, GetItemResponse};
use tower_service::Service as _;

/// What arrived last.
#[derive(Default)]
struct Seen {
    item: Mutex<Option<GetItemRequest>>,
    order: Mutex<Option<form::models::OrderRequest>>,
    turn: Mutex<Option<pages::server::TurnRequest>>,
}

impl styles::server::Api for Seen {
    async fn get_item(&self, _: Context, request: GetItemRequest) -> Result<GetItemResponse, Failure> {
        *self.item.lock().unwrap() = Some(request);
        Ok(GetItemResponse::Ok)
    }
}

impl form::server::Api for Seen {
    async fn order(
        &self,
        _: Context,
        request: form::server::OrderRequest,
    ) -> Result<form::server::OrderResponse, Failure> {
        *self.order.lock().unwrap() = request.body;
        Ok(form::server::OrderResponse::NoContent)
    }
}

impl pages::server::Api for Seen {
    async fn turn(
        &self,
        _: Context,
        request: pages::server::TurnRequest,
    ) -> Result<pages::server::TurnResponse, Failure> {
        *self.turn.lock().unwrap() = Some(request);
        Ok(pages::server::TurnResponse::NoContent)
    }
}

struct Direct(Router);

impl Transport for Direct {
    fn send(&self, request: http::Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        let mut router = self.0.clone();
        Box::pin(async move {
            let response: Result<HttpResponse, Infallible> =
                router.call(request.map(axum::body::Body::from)).await;
            let (parts, body) = response.unwrap().into_parts();
            Ok(http::Response::from_parts(parts, axum::body::to_bytes(body, usize::MAX).await.unwrap()))
        })
    }
}

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> Sleep<'_> {
        Box::pin(std::future::pending())
    }
}

/// Numbers that look random (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A text of some of these letters that is not empty.
    fn text(&mut self, letters: &str) -> String {
        let letters: Vec<char> = letters.chars().collect();
        let length = 1 + self.next() % 8;
        (0..length).map(|_| letters[self.next() as usize % letters.len()]).collect()
    }

    fn texts(&mut self, letters: &str) -> Vec<String> {
        (0..1 + self.next() % 3).map(|_| self.text(letters)).collect()
    }
}

const ANY: &str = "aZ09 äß€🦀,;:.=&?#/%+|[]{}\"'\\<>~-_\n";
/// Without what separates the items of a style.
const PLAIN: &str = "aZ09äß€🦀;:.=&?#/%+[]{}\"'\\<>~-_";
const HEADER: &str = "aZ09,;:=äß€";

#[allow(deprecated)]
async fn items(random: &mut Random, seen: &Arc<Seen>) {
    let router = styles::server::router(Arc::clone(seen));
    let client: styles::client::Client = styles::client::Client::builder()
        .transport(Direct(router))
        .clock(Stopped)
        .base_url("http://localhost")
        .build()
        .unwrap();
    let (id, label, page) =
        ("0c9a3f4e-71d6-4b0a-9a55-d2c8e6b7f013", random.next() as i64, 1 + (random.next() >> 1) as i64);
    let (matrix, trace) = (random.texts(ANY), random.text(HEADER));
    let (tags, words, pipes) = (random.texts(ANY), random.texts(PLAIN), random.texts(PLAIN));
    let (raw, session) = (random.text(ANY), random.text(ANY));
    let filter: GetItemFilter = GetItemFilter::builder().name(random.text(ANY)).build().unwrap();
    let json: GetItemJson = GetItemJson::builder().a(random.text(ANY)).build().unwrap();
    let call = client.get_item(id, &matrix, label, &trace);
    let call = call.page(page).tags(&tags).words(&words).pipes(&pipes);
    let call = call.filter(&filter).raw(&raw).json(&json).session(&session);
    call.send().await.unwrap_or_else(|error| panic!("{error}"));
    let item = seen.item.lock().unwrap().take().unwrap();
    assert_eq!((&*item.id, item.label, item.page), (id, label, Some(page)));
    assert_eq!((item.matrix, item.x_trace), (matrix, trace));
    assert_eq!((item.tags, item.words, item.pipes), (Some(tags), Some(words), Some(pipes)));
    assert_eq!((item.raw, item.session), (Some(raw), Some(session)));
    assert_eq!((item.filter, item.json), (Some(filter), Some(json)));
}

async fn orders(random: &mut Random, seen: &Arc<Seen>) {
    let router = form::server::router(Arc::clone(seen));
    let client: form::client::Client = form::client::Client::builder()
        .transport(Direct(router))
        .clock(Stopped)
        .base_url("http://localhost")
        .build()
        .unwrap();
    let address = form::models::OrderRequestAddress::builder().city(random.text(ANY)).build().unwrap();
    let order = form::models::OrderRequest::builder().name(random.text(ANY)).address(address);
    let order = order.tags(random.texts(ANY)).expand(random.texts(PLAIN)).build().unwrap();
    client.order().body(&order).send().await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(seen.order.lock().unwrap().take(), Some(order));
}

async fn whole_numbers(seen: &Arc<Seen>) {
    let mut router: Router = pages::server::router(Arc::clone(seen));
    let query = "sizes=1.0&sizes=2e0&level=2.0&filter[least]=4.0&range=[5.0]";
    let request = http::Request::post(format!("/pages/3.0?{query}"))
        .header("X-Ratio", "0.5")
        .header("Cookie", "visits=6.0")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("a=7.0"))
        .unwrap();
    let response: Result<HttpResponse, Infallible> = router.call(request).await;
    assert_eq!(response.unwrap().status(), 204);
    let turn = seen.turn.lock().unwrap().take().unwrap();
    assert_eq!((turn.page, turn.sizes, turn.range), (3, Some(vec![1, 2]), Some(vec![5])));
    assert_eq!((turn.x_ratio, turn.visits, turn.body["a"]), (Some(0.5), Some(6), 7));
    assert_eq!(turn.level, Some(pages::models::TurnLevel::Value2));
    assert_eq!(turn.filter.unwrap().least, Some(4));
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (mut random, seen) = (Random(0x9E37_79B9_7F4A_7C15), Arc::new(Seen::default()));
        for _ in 0..500 {
            items(&mut random, &seen).await;
            orders(&mut random, &seen).await;
        }
        whole_numbers(&seen).await;
    });
    println!("all arrived");
}
