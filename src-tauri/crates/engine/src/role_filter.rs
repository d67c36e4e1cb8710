//! Whether the vendor finds people by role: documented in one place and not in another `[R, Q]`,
//! so it is asked once a connection, and remembered with its date.

use std::sync::Arc;

use muster_directory::{Filter, Page, PageSize, PeopleQuery, PersonLeaf, Role, Vocabulary};
use muster_mirror::{Capability, ConnectionRecord};
use muster_vendor::{Medipim, VendorError};
use uuid::Uuid;

use crate::{
    Change, Engine, Error, Result, access::platform, activity::Purpose, clock, engine::blocking,
};

/// Its name among the capabilities in the profile.
const NAME: &str = "role_filter";

impl Engine {
    /// Asks the vendor again whether it finds people by role.
    pub async fn probe_role_filter(&self, connection: &str) -> Result<Capability> {
        let record = self.record(connection).await?;
        let outcome = async {
            let client = self.client_for(&record, Purpose::Test).await?;
            self.ask_role_filter(&record, &client).await
        }
        .await;
        self.witness(record.id, outcome)
    }

    /// What is known of it; none if it was never asked. Contacts nobody.
    pub(crate) async fn role_filter(
        &self,
        record: &ConnectionRecord,
    ) -> Result<Option<Capability>> {
        let (engine, id) = (self.clone(), record.id);
        blocking(move || engine.known_role_filter(id)).await
    }

    /// The same. Blocks.
    pub(crate) fn known_role_filter(&self, connection: Uuid) -> Result<Option<Capability>> {
        Ok(self.profile.capability(connection, NAME)?)
    }

    /// Whether people can be found by role; asks if that is not known yet.
    pub(crate) async fn finds_by_role(
        &self,
        record: &ConnectionRecord,
        client: &Medipim,
    ) -> Result<bool> {
        match self.role_filter(record).await? {
            Some(known) => Ok(known.supported),
            None => Ok(self.ask_role_filter(record, client).await?.supported),
        }
    }

    /// Asks for a short page of one role and nothing else, so that an answer which says that the
    /// question is invalid can only mean the filter, whatever its words. After any other error as
    /// little is known as before.
    pub(crate) async fn ask_role_filter(
        &self,
        record: &ConnectionRecord,
        client: &Medipim,
    ) -> Result<Capability> {
        let query = PeopleQuery {
            filter: Some(Filter::leaf(PersonLeaf::Role(Role::OrganizationManager))),
            page: Some(Page {
                no: 0,
                size: PageSize::Ten,
            }),
            ..PeopleQuery::default()
        };
        let supported = match client.people_page(&query).await {
            Ok(_) => true,
            Err(error) if is_refused(&error) => false,
            Err(error) => return Err(error.into()),
        };
        self.set_role_filter(record, supported).await
    }

    /// Remembers what was found, and tells of it.
    async fn set_role_filter(
        &self,
        record: &ConnectionRecord,
        supported: bool,
    ) -> Result<Capability> {
        let found = Capability {
            supported,
            checked_at: clock::now(),
        };
        let (profile, id) = (Arc::clone(&self.profile), record.id);
        blocking(move || Ok(profile.set_capability(id, NAME, found)?)).await?;
        self.events
            .changed(Change::Connections, Some(&id.to_string()));
        Ok(found)
    }

    /// What the vendor's filter has words for, as far as is known. Contacts nobody.
    pub(crate) async fn vocabulary(&self, record: &ConnectionRecord) -> Result<Vocabulary> {
        let known = self.role_filter(record).await?;
        Ok(Vocabulary {
            platform: platform(record)?,
            role: known.is_some_and(|known| known.supported),
        })
    }
}

/// Whether the vendor says that the question is invalid. With a role in it that may be because of
/// the filter, of this one role, or of something else: what it says in words is not documented, so
/// [`Engine::ask_role_filter`] has to tell.
pub(crate) fn is_refused(error: &VendorError) -> bool {
    matches!(error.status(), Some(400 | 422))
}

/// The same of an error of the engine.
pub(crate) fn says_refused(error: &Error) -> bool {
    matches!(error, Error::Vendor(error) if is_refused(error))
}
