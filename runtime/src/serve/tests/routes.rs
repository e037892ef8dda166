//! Which operation a path is of, where axum alone does not find it.

use super::*;

const ME: Operation = Operation::new("me", "GET", "/users/~me");
const FILE: Operation = Operation::new("file", "GET", "/files/{id}.json");
const OBJECT: Operation = Operation::new("object", "GET", "/{bucket}/{key}");
const REMOVE: Operation = Operation::new("remove", "DELETE", "/{bucket}/{key}");

#[test]
fn a_path_that_axum_does_not_find_is_looked_up() {
    let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
        const TEXT: &Shape = &Shape::new().text();
        let of = |name| ServedParameter::new(Location::Path, name, Style::simple(false), TEXT);
        let values = ["id", "bucket", "key"].map(|name| call.optional::<String>(of(name)).flatten());
        Ok(Response::new(Body::from(json!(values).to_string())))
    };
    let router = [&ME, &FILE, &OBJECT, &REMOVE]
        .into_iter()
        .fold(Routes::new(Arc::new(()), &API, Settings::new()), |routes, one| routes.operation(one, handler))
        .into_router();
    let router = router.clone().nest("/nested", router);
    for (path, status, values) in [
        ("/users/~me", 200, json!([null, null, null])),
        ("/%75sers/%7Eme", 200, json!([null, null, null])),
        ("/files/a%2Fb%2Ejson", 200, json!(["a/b", null, null])),
        ("/files/readme.txt", 200, json!([null, "files", "readme.txt"])),
        ("/nested/users/%7Eme", 200, json!([null, null, null])),
        ("/users%2F~me", 404, json!(null)),
    ] {
        let response = answer(&router, Request::get(path).body(Body::empty()).unwrap());
        assert_eq!(response.status().as_u16(), status, "{path}");
        if status == 200 {
            assert_eq!(json(response), values, "{path}");
        }
    }
    for (path, methods) in [("/files/a.json", "GET, HEAD"), ("/files/a.txt", "GET, DELETE, HEAD")] {
        let other = answer(&router, Request::put(path).body(Body::empty()).unwrap());
        assert_eq!(other.headers()["allow"], methods, "{path}");
    }
}
