//! The server of a call.

use http::Uri;

use super::BuildError;
use crate::operation::literal;
use crate::send::operation::Server;

/// The beginning of every URL: scheme, host, port, and a path if the service is below one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base {
    /// Without a slash at its end.
    text: String,
    url: Uri,
}

impl Base {
    /// Reads an absolute `http` or `https` URL without user, query and fragment.
    pub(crate) fn parse(text: &str) -> Result<Self, BuildError> {
        let wrong = || BuildError::BaseUrl(shown(text));
        let text = text.trim_end_matches('/');
        if text.contains(['?', '#']) {
            return Err(wrong());
        }
        let text = with_encoded_path(text);
        let url: Uri = text.parse().map_err(|_| wrong())?;
        let known = matches!(url.scheme_str(), Some("http" | "https"));
        match url.authority() {
            Some(authority) if known && !authority.host().is_empty() => {
                if authority.as_str().contains('@') {
                    return Err(BuildError::Host(super::HostError::UserInfo));
                }
                Ok(Self { text, url })
            }
            _ => Err(wrong()),
        }
    }

    /// The URL of a server of the definition, with the caller's values for its variables.
    pub(crate) fn of_server(server: &Server, values: &[(String, String)]) -> Result<Self, BuildError> {
        let mut text = server.url.to_owned();
        for variable in server.variables {
            let chosen = values.iter().rfind(|(name, _)| name == variable.name);
            let value = chosen.map_or(variable.default, |(_, value)| value.as_str());
            if !variable.values.is_empty() && !variable.values.contains(&value) {
                return Err(BuildError::ServerVariable {
                    name: variable.name.to_owned(),
                    values: variable.values,
                });
            }
            text = text.replace(&format!("{{{}}}", variable.name), value);
        }
        Self::parse(&text)
    }

    pub(crate) fn url(&self) -> &Uri {
        &self.url
    }

    pub(crate) fn host(&self) -> &str {
        self.url.host().unwrap_or_default()
    }

    /// The URL of a path, which begins with a slash, and a query, which may be empty.
    pub(crate) fn join(&self, path: &str, query: &str) -> Option<Uri> {
        let slash = if path.starts_with('/') { "" } else { "/" };
        let question = if query.is_empty() { "" } else { "?" };
        format!("{}{slash}{path}{question}{query}", self.text).parse().ok()
    }
}

/// Returns the URL with what a path can't hold encoded, as in the paths of operations.
fn with_encoded_path(text: &str) -> String {
    let authority = text.find("://").map_or(0, |colon| colon + "://".len());
    let path = text[authority..].find('/').map_or(text.len(), |slash| authority + slash);
    format!("{}{}", &text[..path], literal(&text[path..]))
}

/// The part of a wrong URL that an error may show: a password stands in front of the host, and a secret in
/// the query.
fn shown(text: &str) -> String {
    let front = text.split(['?', '#']).next().unwrap_or_default();
    match front.rsplit_once('@') {
        Some((_, host)) => host.to_owned(),
        None => front.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::operation::Variable;

    #[test]
    fn an_error_shows_no_secret_of_a_url() {
        for text in [
            "https://api.example.com?key=s3cr3t",
            "https://user:s3cr3t@exa mple.com",
            "https://user:s3cr3t@example.com#x",
            "user:s3cr3t@",
        ] {
            let error = Base::parse(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error:?}");
        }
    }

    #[test]
    fn urls_are_absolute_and_plain() {
        for (text, path, expected) in [
            ("https://api.example.com", "/v1", Some("https://api.example.com/v1?a=1")),
            ("https://api.example.com:8443/base/", "/v1", Some("https://api.example.com:8443/base/v1?a=1")),
            ("http://[::1]:80", "v1", Some("http://[::1]:80/v1?a=1")),
            (
                "https://a.example/größe/b c/%20/",
                "/v1",
                Some("https://a.example/gr%C3%B6%C3%9Fe/b%20c/%20/v1?a=1"),
            ),
            ("HTTPS://a.example", "/v1", Some("https://a.example/v1?a=1")),
            ("/v1", "/", None),
            ("", "/", None),
            ("https://", "/", None),
            ("https://a b.example/", "/", None),
            ("ftp://example.com", "/", None),
            ("https://example.com?x", "/", None),
            ("https://user@example.com", "/", None),
        ] {
            let joined =
                Base::parse(text).ok().and_then(|base| base.join(path, "a=1")).map(|url| url.to_string());
            assert_eq!(joined.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn variables_have_their_values() {
        static SERVER: Server = Server::new(
            "https://{host}/{version}",
            "",
            &[Variable::new("host", "a.example.com", &[]), Variable::new("version", "v1", &["v1", "v2"])],
        );
        let url = |values: &[(&str, &str)]| {
            let values: Vec<_> =
                values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            Base::of_server(&SERVER, &values).map(|base| base.text)
        };
        assert_eq!(url(&[]), Ok("https://a.example.com/v1".to_owned()));
        assert_eq!(
            url(&[("version", "v2"), ("host", "b.example.com")]),
            Ok("https://b.example.com/v2".to_owned())
        );
        let wrong = BuildError::ServerVariable { name: "version".to_owned(), values: &["v1", "v2"] };
        assert_eq!(url(&[("version", "v3")]), Err(wrong));
    }
}
