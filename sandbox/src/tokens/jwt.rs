//! Tokens that look like the service's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::instant::Instant;
use crate::store::Grant;

/// Returns a token in the form of a JWT. Its signature is a random number: whether a token is good is looked
/// up in the store.
pub(super) fn token(grant: &Grant, now: Instant) -> String {
    let header = json!({"alg": "RS256", "typ": "JWT"});
    let claims = json!({
        "iss": "concur-cards-sandbox",
        "sub": grant.caller.company,
        "concur.type": "company",
        "iat": now.0 / 1000,
        "exp": grant.expires_at.0 / 1000,
    });
    let encoded = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = URL_SAFE_NO_PAD.encode(uuid::Uuid::new_v4());
    format!("{}.{}.{signature}", encoded(&header), encoded(&claims))
}
