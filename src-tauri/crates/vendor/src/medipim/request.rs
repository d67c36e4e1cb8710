//! The requests of Medipim's API v4, as values.

use muster_directory::{Organization, OrganizationsQuery, PeopleQuery, Person};
use muster_directory::{
    OrganizationLeaf, OrganizationSort, PersonLeaf, PersonSort, Query, Violation, filter::Leaf,
    query::Column,
};

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
