//! Where a vendor is, and with which key it is asked.

use base64::{Engine, prelude::BASE64_STANDARD};
use muster_directory::{ApiKeyId, ExposeSecret, SecretString};
use reqwest::header::HeaderValue;
use url::{Host, Url};

/// The address of a vendor's server, under which its paths stand. Secrets may travel there:
/// it is `https`, or this very machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(Url);

/// Why an address cannot be a vendor's server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// The key would travel readable for everyone on the way.
    #[error("{0} is not https: a key is sent without TLS to this machine only")]
    Insecure(Url),
    /// It has a part that a server's address has not, or lacks one.
    #[error("{0} is not the address of a server: expected https://host, perhaps with a path")]
    NotAServer(Url),
}

impl BaseUrl {
    /// The address, if secrets may travel there.
    pub fn new(url: Url) -> Result<Self, BaseUrlError> {
        let bare = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !bare || url.host().is_none() || !matches!(url.scheme(), "http" | "https") {
            return Err(BaseUrlError::NotAServer(url));
        }
        let base = Self(url);
        if base.0.scheme() == "https" || base.is_loopback() {
            Ok(base)
        } else {
            Err(BaseUrlError::Insecure(base.0))
        }
    }

    /// Whether the server is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// The host, with a port if it is not the usual one.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The address.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }

    /// The address of a path of the vendor, which starts with a slash.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url
    }
}

/// A key of Medipim and the server that knows it.
#[derive(Debug, Clone)]
pub struct Access {
    base_url: BaseUrl,
    key: ApiKeyId,
    secret: SecretString,
}

impl Access {
    /// A key and its server.
    pub fn new(base_url: Url, key: ApiKeyId, secret: SecretString) -> Result<Self, BaseUrlError> {
        Ok(Self {
            base_url: BaseUrl::new(base_url)?,
            key,
            secret,
        })
    }

    /// The server.
    #[must_use]
    pub const fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    /// The id of the key.
    #[must_use]
    pub const fn key(&self) -> ApiKeyId {
        self.key
    }

    /// HTTP Basic: the user name is the key's id, the password its secret `[V]`.
    pub(crate) fn basic(&self) -> Option<HeaderValue> {
        let pair: SecretString = format!("{}:{}", self.key, self.secret.expose_secret()).into();
        let basic: SecretString =
            format!("Basic {}", BASE64_STANDARD.encode(pair.expose_secret())).into();
        let mut header = HeaderValue::from_str(basic.expose_secret()).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> Result<BaseUrl, BaseUrlError> {
        BaseUrl::new(url.parse().unwrap())
    }

    #[test]
    fn a_key_travels_by_tls_or_stays_on_this_machine() {
        for secure in [
            "https://api.medipim.be",
            "https://127.0.0.1:8443",
            "http://127.0.0.1:80",
            "http://127.9.9.9:8080/below",
            "http://[::1]:8080",
            "http://localhost:8080",
            "http://LOCALHOST",
        ] {
            base(secure).unwrap();
        }
        for insecure in [
            "http://api.medipim.be",
            "http://127.0.0.1.nip.io",
            "http://localhost.example",
            "http://128.0.0.1",
            "http://0.0.0.0",
            "http://[::]",
            "http://[::ffff:10.0.0.1]",
        ] {
            assert!(
                matches!(base(insecure), Err(BaseUrlError::Insecure(_))),
                "{insecure}"
            );
        }
    }

    #[test]
    fn an_address_is_a_server_and_nothing_else() {
        for odd in [
            "ftp://127.0.0.1",
            "file:///tmp",
            "https://user@api.medipim.be",
            "https://:pass@api.medipim.be",
            "https://api.medipim.be?q",
            "https://api.medipim.be#f",
            "data:text/plain,x",
        ] {
            assert!(
                matches!(base(odd), Err(BaseUrlError::NotAServer(_))),
                "{odd}"
            );
        }
    }

    #[test]
    fn a_path_of_the_vendor_stands_below_the_address() {
        for (address, expected) in [
            (
                "https://api.medipim.be",
                "https://api.medipim.be/v4/users/query",
            ),
            (
                "https://gate.example/be/",
                "https://gate.example/be/v4/users/query",
            ),
        ] {
            let url = base(address).unwrap().join("/v4/users/query");
            assert_eq!(url.as_str(), expected);
        }
    }

    #[test]
    fn the_secret_is_in_the_header_and_in_nothing_that_is_shown() {
        let access = Access::new(
            "https://api.medipim.be".parse().unwrap(),
            7.try_into().unwrap(),
            "hunter2".into(),
        )
        .unwrap();
        let header = access.basic().unwrap();
        assert_eq!(header.as_bytes(), b"Basic NzpodW50ZXIy");
        let shown = format!("{access:?} {header:?}");
        assert!(
            !shown.contains("hunter2") && !shown.contains("NzpodW50ZXIy"),
            "{shown}"
        );
    }
}
