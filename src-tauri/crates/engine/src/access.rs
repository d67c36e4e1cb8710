//! From a connection to a client of its vendor: address, key, secret, pace.

use std::sync::Arc;

use muster_directory::{Platform, Violation};
use muster_mirror::ConnectionRecord;
use muster_vendor::{Access, BaseUrl, Medipim, Transport};
use url::Url;
use uuid::Uuid;

use crate::{
    Engine, Error, Result,
    activity::Purpose,
    clock,
    connections::{Draft, Link},
    engine::blocking,
};

impl Engine {
    /// The national platform of a connection.
    pub async fn platform(&self, connection: &str) -> Result<Platform> {
        platform(&self.record(connection).await?)
    }

    /// A client of the connection's vendor for somebody who looks at the screen, unless a job asks.
    /// Reads the secret, and notes that; contacts nobody.
    pub(crate) async fn client(&self, record: &ConnectionRecord) -> Result<Medipim> {
        let purpose = match self.asks_for_job {
            true => Purpose::Export,
            false => Purpose::Live,
        };
        self.client_for(record, purpose).await
    }

    /// The same for another purpose. Where nobody looks at the screen, it waits as long as the rate
    /// limit asks.
    pub(crate) async fn client_for(
        &self,
        record: &ConnectionRecord,
        purpose: Purpose,
    ) -> Result<Medipim> {
        let (base_url, key, secret) = if record.practice {
            self.practice.access().await?
        } else {
            let (vault, account) = (Arc::clone(&self.vault), record.id.to_string());
            let secret = blocking(move || Ok(vault.read(&account)?)).await?;
            self.note_secret_read(record, purpose).await;
            (base_url(record)?, record.key_id, secret)
        };
        let way = match purpose.is_prompt() {
            true => &self.prompt,
            false => &self.patient,
        };
        let access = Access::new(base_url, key, secret)?;
        Ok(self.medipim(way, access, platform(record)?))
    }

    /// A client for what a person typed, before it is kept.
    pub(crate) fn client_of_draft(&self, draft: &Draft) -> Result<Medipim> {
        let access = Access::new(draft.base_url()?, draft.key, draft.secret.clone())?;
        Ok(self.medipim(&self.prompt, access, draft.platform))
    }

    /// A client for a key, at the pace of everything else that uses it.
    fn medipim(&self, way: &Transport, access: Access, platform: Platform) -> Medipim {
        let pace = self.paces.of(&access);
        Medipim::new(way.clone(), access, pace, platform)
    }

    /// Remembers what came of a contact with the vendor, and hands it on.
    pub(crate) fn witness<T>(&self, connection: Uuid, outcome: Result<T>) -> Result<T> {
        let at = clock::now();
        match &outcome {
            Ok(_) => self.remember_link(connection, Link::Live { at }),
            // Being refused a right, or asking something invalid, is an answer all the same.
            Err(Error::Vendor(error)) if error.is_denied() || !error.violations().is_empty() => {
                self.remember_link(connection, Link::Live { at });
            }
            Err(error @ (Error::Vendor(_) | Error::Vault(_))) => {
                self.remember_link(
                    connection,
                    Link::Error {
                        at,
                        error: error.clone(),
                    },
                );
            }
            Err(_) => {}
        }
        outcome
    }
}

/// The address of a connection: its own, or its platform's.
pub(crate) fn base_url(record: &ConnectionRecord) -> Result<Url> {
    parse_base_url(
        record
            .base_url
            .as_deref()
            .unwrap_or(platform(record)?.base_url()),
    )
}

/// The national platform of a connection to Medipim.
pub(crate) fn platform(record: &ConnectionRecord) -> Result<Platform> {
    record
        .platform
        .ok_or_else(|| Error::Defect("a connection to Medipim has no platform".to_owned()))
}

/// Reads an address that a person typed.
pub(crate) fn parse_base_url(text: &str) -> Result<Url> {
    let url = Url::parse(text.trim()).map_err(|_| {
        Violation::new(
            "base_url",
            "expected an address such as https://api.medipim.be",
        )
    })?;
    Ok(BaseUrl::new(url)?.url().clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme() {
        assert!(
            parse_base_url(" https://api.medipim.be/ ").is_ok(),
            "spaces are no matter"
        );
        assert!(
            parse_base_url("api.medipim.be").is_err(),
            "it lacks https://"
        );
        assert!(parse_base_url("").is_err(), "it is none");
    }
}
