//! What has to be asked of the vendor while something is written down: the acts that it knows, its
//! types of subscription, what runs for an organization, the keys of a person.

use muster_directory::{ActKind, Filter, Ids, OrganizationId, OrganizationLeaf, PersonId};
use muster_mirror::Workspace;
use muster_vendor::medipim::{ApiKey, SubscriptionCheck, SubscriptionType};
use serde::{Deserialize, Serialize};

use super::kinds;
use crate::{Engine, Error, Result, clock, engine::blocking};

/// Under this name the types of subscription are kept in the ledger.
const KEPT: &str = "subscription-types";

/// The vendor's types of subscription.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubscriptionTypes {
    /// All of them.
    pub types: Vec<SubscriptionType>,
    /// When they were read, Unix seconds.
    pub read_at: i64,
}

impl Engine {
    /// The kinds of acts that the vendor of a connection knows. Contacts nobody.
    pub async fn acts(&self, connection: &str) -> Result<Vec<ActKind>> {
        kinds(&self.record(connection).await?)
    }

    /// The vendor's types of subscription; those that were read last, if it cannot be reached.
    pub async fn subscription_types(&self, connection: &str) -> Result<SubscriptionTypes> {
        let record = self.record(connection).await?;
        let read = async {
            let client = self.client(&record).await?;
            Ok::<_, Error>(client.subscription_types().await?)
        };
        match self.witness(record.id, read.await) {
            Ok(types) => {
                let found = SubscriptionTypes {
                    types,
                    read_at: clock::now(),
                };
                let state = serde_json::to_value(&found)
                    .map_err(|error| Error::Defect(error.to_string()))?;
                let ledger = self.ledger(connection).await?;
                let kept = Workspace {
                    state,
                    changed_at: found.read_at,
                };
                blocking(move || Ok(ledger.set_workspace(KEPT, &kept)?)).await?;
                Ok(found)
            }
            Err(error) => {
                let kept = self.kept_subscription_types(connection).await?;
                kept.ok_or(error)
            }
        }
    }

    /// The types of subscription that were read last; none: they never were. Contacts nobody.
    pub(crate) async fn kept_subscription_types(
        &self,
        connection: &str,
    ) -> Result<Option<SubscriptionTypes>> {
        let kept = self.workspace(connection, KEPT.to_owned()).await?;
        Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()))
    }

    /// What runs for organizations, as the vendor says now. Secrets of their keys are dropped where
    /// the answer is read.
    pub async fn check_subscriptions(
        &self,
        connection: &str,
        organizations: Vec<OrganizationId>,
    ) -> Result<Vec<SubscriptionCheck>> {
        let record = self.record(connection).await?;
        let ids = match organizations.as_slice() {
            [one] => Ids::One(*one),
            _ => Ids::List(organizations),
        };
        let filter = Filter::leaf(OrganizationLeaf::Id(ids));
        let asked = async {
            let client = self.client(&record).await?;
            Ok::<_, Error>(client.check_subscription(&filter).await?)
        };
        self.witness(record.id, asked.await)
    }

    /// The keys of a person, as the vendor says now.
    pub async fn api_keys(&self, connection: &str, person: PersonId) -> Result<Vec<ApiKey>> {
        let record = self.record(connection).await?;
        let asked = async {
            let client = self.client(&record).await?;
            Ok::<_, Error>(client.api_keys_of(person).await?)
        };
        self.witness(record.id, asked.await)
    }
}
