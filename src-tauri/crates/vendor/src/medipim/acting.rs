//! Having Medipim do something, and reading back what became of it.

use std::collections::HashSet;

use muster_directory::{
    ActKind, ApiKeyId, Ids, Organization, OrganizationFilter, OrganizationId, OrganizationLeaf,
    OrganizationsQuery, PeopleQuery, Person, PersonFilter, PersonId, PersonLeaf, SecretString,
    Target, Values,
};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{
    Acted, ApiKey, Medipim, SubscriptionCheck, SubscriptionType,
    request::{self, ApiKeysQuery, Queried, QueryFor},
    wire::{self, Row, WireError},
};
use crate::{Request, Turn, VendorError};

impl Medipim {
    /// Waits until this key may ask; cancelling stops the wait.
    pub async fn turn(&self) -> Result<Turn, VendorError> {
        let (base_url, pace) = (self.shared.access.base_url(), &self.shared.pace);
        self.cancel
            .run_until_cancelled(self.shared.transport.turn(base_url, pace))
            .await
            .unwrap_or_else(|| Err(VendorError::canceled(base_url.host())))
    }

    /// Does something as soon as this key may ask: [`Self::turn`], then [`Self::perform_now`].
    pub async fn perform(
        &self,
        kind: &ActKind,
        target: Option<&Target>,
        values: &Values,
        secrets: &[(String, SecretString)],
        request_id: &str,
    ) -> Result<Acted, VendorError> {
        let turn = self.turn().await?;
        self.perform_now(turn, kind, target, values, secrets, request_id)
            .await
    }

    /// Does something, by exactly one request, which is called `request_id` in the vendor's log and
    /// in ours. [`VendorError::fate`] tells what became of it if it fails.
    ///
    /// It is sent at once and seen through, also when it is cancelled meanwhile. Whoever drops this
    /// while it runs knows no more than after a timeout.
    pub async fn perform_now(
        &self,
        turn: Turn,
        kind: &ActKind,
        target: Option<&Target>,
        values: &Values,
        secrets: &[(String, SecretString)],
        request_id: &str,
    ) -> Result<Acted, VendorError> {
        let request =
            request::act(kind, target, values, secrets).map_err(|it| self.unsendable(it))?;
        let request = request.called(request_id);
        let delivered = self
            .shared
            .transport
            .deliver(&self.call(&request), turn)
            .await?;
        Ok(Acted::read(kind, target, &request, &delivered))
    }

    /// A person as the vendor has it now; none if the key sees no such person.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>, VendorError> {
        let filter = PersonFilter::leaf(PersonLeaf::Id(Ids::One(id)));
        let people = self.people_by(filter).await?;
        self.only(people, id.get())
    }

    /// These people as the vendor has them now, by one request, ascending by id. Who is not among
    /// them is not seen by the key.
    pub async fn people_by_ids(&self, ids: &[PersonId]) -> Result<Vec<Person>, VendorError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let filter = PersonFilter::leaf(PersonLeaf::Id(Ids::List(ids.to_vec())));
        let people = self.people_by(filter).await?;
        let asked: HashSet<_> = ids.iter().collect();
        match people.iter().find(|person| !asked.contains(&person.id)) {
            None => Ok(people),
            Some(other) => {
                let what = format!("id {} was not asked for", other.id);
                Err(self.failed(WireError::Unreadable(what)))
            }
        }
    }

    /// The people of an organization as the vendor has them now, by one request.
    pub async fn people_of(&self, id: OrganizationId) -> Result<Vec<Person>, VendorError> {
        self.people_by(PersonFilter::leaf(PersonLeaf::Organization(id)))
            .await
    }

    async fn people_by(&self, filter: PersonFilter) -> Result<Vec<Person>, VendorError> {
        self.whole::<Person>(&PeopleQuery {
            filter: Some(filter),
            ..PeopleQuery::default()
        })
        .await
    }

    /// An organization as the vendor has it now; none if the key sees no such organization.
    pub async fn organization(
        &self,
        id: OrganizationId,
    ) -> Result<Option<Organization>, VendorError> {
        let filter = OrganizationFilter::leaf(OrganizationLeaf::Id(Ids::One(id)));
        let query = OrganizationsQuery {
            filter: Some(filter),
            ..OrganizationsQuery::default()
        };
        let organizations = self.whole::<Organization>(&query).await?;
        self.only(organizations, id.get())
    }

    /// A key as the vendor has it now; none if there is no such key.
    pub async fn api_key(&self, id: ApiKeyId) -> Result<Option<ApiKey>, VendorError> {
        let keys = self.api_keys(&ApiKeysQuery::Id(Ids::One(id))).await?;
        self.only(keys, id.get())
    }

    /// The keys of a person as the vendor has them now.
    pub async fn api_keys_of(&self, user: PersonId) -> Result<Vec<ApiKey>, VendorError> {
        self.api_keys(&ApiKeysQuery::User(user)).await
    }

    async fn api_keys(&self, query: &ApiKeysQuery) -> Result<Vec<ApiKey>, VendorError> {
        self.items(&request::api_keys(query)).await
    }

    /// The types of subscriptions that there are.
    pub async fn subscription_types(&self) -> Result<Vec<SubscriptionType>, VendorError> {
        self.items(&request::subscription_types()).await
    }

    /// Which subscriptions organizations have. Of the secrets in the answer nothing is kept.
    pub async fn check_subscription(
        &self,
        filter: &OrganizationFilter,
    ) -> Result<Vec<SubscriptionCheck>, VendorError> {
        self.items(&request::check_subscription(filter)).await
    }

    /// A list that has no pages and is never quoted.
    async fn items<T: DeserializeOwned>(&self, request: &Request) -> Result<Vec<T>, VendorError> {
        let body = self
            .shared
            .transport
            .fetch(&self.call(request), &self.cancel)
            .await?;
        let body = Zeroizing::new(body);
        wire::read_items(&body).map_err(|error| self.failed(error))
    }

    /// Everything that a query without a page finds.
    async fn whole<T: Row + Queried>(&self, query: &QueryFor<T>) -> Result<Vec<T>, VendorError> {
        let answer = self.page::<T>(query).await?;
        let (total, count) = (answer.meta.total, answer.results.len() as u64);
        match total == count {
            true => Ok(answer.results),
            false => Err(self.failed(WireError::Cut(format!(
                "it says that there are {total} {} and holds {count}",
                T::MANY
            )))),
        }
    }

    /// The one that was asked for. Another one is no answer: it might mean that there is none.
    fn only<T: Row>(&self, found: Vec<T>, id: u64) -> Result<Option<T>, VendorError> {
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(one), None) if one.id() == id => Ok(Some(one)),
            (Some(_), _) => {
                let what = format!("it is not about id {id}");
                Err(self.failed(WireError::Unreadable(what)))
            }
        }
    }
}
