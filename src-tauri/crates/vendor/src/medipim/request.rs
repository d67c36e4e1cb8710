//! The requests of Medipim's API v4, as values.

mod act;

use muster_directory::{
    ApiKeyId, Ids, Organization, OrganizationFilter, OrganizationLeaf, OrganizationSort,
    OrganizationsQuery, PeopleQuery, Person, PersonId, PersonLeaf, PersonSort, Query, Violation,
    filter::Leaf, query::Column,
};
use serde_json::json;

pub use act::act;

use crate::Request;

/// What a query endpoint answers with, and how it is asked.
pub trait Queried {
    /// What it is found by.
    type Leaf: Leaf;
    /// What it is ordered by.
    type Sort: Column;
    /// The endpoint.
    const PATH: &'static str;
}

impl Queried for Person {
    type Leaf = PersonLeaf;
    type Sort = PersonSort;
    const PATH: &'static str = "/v4/users/query";
}

impl Queried for Organization {
    type Leaf = OrganizationLeaf;
    type Sort = OrganizationSort;
    const PATH: &'static str = "/v4/organizations/query";
}

/// A query for what a query endpoint answers with.
pub type QueryFor<T> = Query<<T as Queried>::Leaf, <T as Queried>::Sort>;

/// Asks for people `[Q]`.
pub fn people(query: &PeopleQuery) -> Result<Request, Violation> {
    ask::<Person>(query)
}

/// Asks for organizations `[V]`.
pub fn organizations(query: &OrganizationsQuery) -> Result<Request, Violation> {
    ask::<Organization>(query)
}

/// Which keys are asked for `[C]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiKeysQuery {
    /// Those with one of these ids.
    Id(Ids<ApiKeyId>),
    /// Those of this person.
    User(PersonId),
}

/// Asks for keys `[C]`. Should the vendor tell their secrets, nobody hears them.
#[must_use]
pub fn api_keys(query: &ApiKeysQuery) -> Request {
    let filter = match query {
        ApiKeysQuery::Id(Ids::One(id)) => json!({"id": id}),
        ApiKeysQuery::Id(Ids::List(ids)) => json!({"id": ids}),
        ApiKeysQuery::User(id) => json!({"user": id}),
    };
    Request::ask("/v4/api-keys/query", json!({"filter": filter})).hushed()
}

/// Asks for the types of subscriptions `[V]`.
#[must_use]
pub fn subscription_types() -> Request {
    Request::ask("/v4/subscription-types/query", json!({}))
}

/// Asks which subscriptions organizations have. The vendor tells the secrets of their keys too
/// `[V]`, which nobody hears.
#[must_use]
pub fn check_subscription(filter: &OrganizationFilter) -> Request {
    let body = json!({"filter": filter.to_json()});
    Request::ask("/v4/organizations/check/subscription", body).hushed()
}

pub(super) fn ask<T: Queried>(query: &QueryFor<T>) -> Result<Request, Violation> {
    Ok(Request::ask(T::PATH, query.to_json()?))
}

#[cfg(test)]
mod tests {
    use muster_directory::{Direction, Ids, Page, PageSize, PersonFilter, Sort};
    use reqwest::Method;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_query_is_a_post_that_may_be_sent_twice() {
        let query = PeopleQuery {
            filter: Some(PersonFilter::leaf(PersonLeaf::Id(Ids::One(
                7.try_into().unwrap(),
            )))),
            sorting: Some(Sort {
                by: PersonSort::Id,
                direction: Direction::Descending,
            }),
            page: Some(Page {
                no: 2,
                size: PageSize::Fifty,
            }),
        };
        let request = people(&query).unwrap();
        assert_eq!(request.method, Method::POST);
        assert_eq!(request.path, "/v4/users/query");
        assert!(request.safe);
        assert_eq!(
            request.body,
            Some(
                json!({"filter": {"id": 7}, "sorting": {"id": "DESC"}, "page": {"no": 2, "size": 50}})
            )
        );
    }

    #[test]
    fn a_query_for_everything_is_an_empty_object() {
        let request = organizations(&OrganizationsQuery::default()).unwrap();
        assert_eq!(request.path, "/v4/organizations/query");
        assert_eq!(request.body, Some(json!({})));
    }

    #[test]
    fn an_answer_with_secrets_is_not_repeated() {
        let id: ApiKeyId = 7.try_into().unwrap();
        let filter = OrganizationFilter::leaf(OrganizationLeaf::Name("A".to_owned()));
        for (request, path, filter) in [
            (
                api_keys(&ApiKeysQuery::Id(Ids::List(vec![id]))),
                "/v4/api-keys/query",
                json!({"id": [7]}),
            ),
            (
                api_keys(&ApiKeysQuery::User(7.try_into().unwrap())),
                "/v4/api-keys/query",
                json!({"user": 7}),
            ),
            (
                check_subscription(&filter),
                "/v4/organizations/check/subscription",
                json!({"name": "A"}),
            ),
        ] {
            assert!(request.safe && request.hushed, "{path}");
            assert_eq!(request.path, path);
            assert_eq!(request.body, Some(json!({"filter": filter})));
        }
        let types = subscription_types();
        assert_eq!(types.path, "/v4/subscription-types/query");
        assert!(types.safe && !types.hushed);
    }

    #[test]
    fn an_order_that_only_the_mirror_knows_is_not_sent() {
        let query = PeopleQuery {
            sorting: Some(Sort {
                by: PersonSort::Name,
                direction: Direction::Ascending,
            }),
            ..PeopleQuery::default()
        };
        assert_eq!(people(&query).unwrap_err().path, "sorting");
    }
}
