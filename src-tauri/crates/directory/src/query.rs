//! The body of a query request: filter, sorting, page.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    Direction, Filter, OrganizationLeaf, OrganizationSort, PersonLeaf, PersonSort, Sort, Violation,
    Violations, Vocabulary,
    filter::{Leaf, what},
};

/// A query over people.
pub type PeopleQuery = Query<PersonLeaf, PersonSort>;

/// A query over organizations.
pub type OrganizationsQuery = Query<OrganizationLeaf, OrganizationSort>;

/// What a query endpoint is asked. Everything is optional; without a page, all results come in
/// one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Query<L, Column> {
    /// Which ones; without it, all that the key may see.
    pub filter: Option<Filter<L>>,
    /// In which order; without it, ascending by id.
    pub sorting: Option<Sort<Column>>,
    /// Which part.
    pub page: Option<Page>,
}

impl<L, Column> Default for Query<L, Column> {
    fn default() -> Self {
        Self {
            filter: None,
            sorting: None,
            page: None,
        }
    }
}

/// A part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Zero-based number.
    #[serde(default)]
    pub no: u64,
    /// Items a page.
    #[serde(default)]
    pub size: PageSize,
}

impl Page {
    /// Index of the first item in the whole.
    #[must_use]
    pub const fn offset(self) -> u64 {
        self.no.saturating_mul(self.size.get())
    }
}

/// Items a page: the sizes that the vendor takes `[Q]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub enum PageSize {
    /// 10
    Ten,
    /// 50
    Fifty,
    /// 100
    #[default]
    Hundred,
    /// 250
    TwoHundredFifty,
}

impl PageSize {
    /// Every size.
    pub const ALL: [Self; 4] = [Self::Ten, Self::Fifty, Self::Hundred, Self::TwoHundredFifty];

    /// The size as a number.
    #[must_use]
    pub const fn get(self) -> u64 {
        match self {
            Self::Ten => 10,
            Self::Fifty => 50,
            Self::Hundred => 100,
            Self::TwoHundredFifty => 250,
        }
    }
}

impl From<PageSize> for u64 {
    fn from(size: PageSize) -> Self {
        size.get()
    }
}

/// A number that is not a page size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a page size: expected 10, 50, 100 or 250")]
pub struct NotAPageSize(pub u64);

impl TryFrom<u64> for PageSize {
    type Error = NotAPageSize;

    fn try_from(size: u64) -> Result<Self, NotAPageSize> {
        Self::ALL
            .into_iter()
            .find(|known| known.get() == size)
            .ok_or(NotAPageSize(size))
    }
}

/// A column of an order, and what the vendor calls it.
pub trait Column: Copy + 'static {
    /// The columns that the vendor orders by, with its keys.
    const VENDOR: &'static [(&'static str, Self)];

    /// The vendor's key; none if only the mirror orders by this.
    fn key(self) -> Option<&'static str>;
}

impl Column for PersonSort {
    const VENDOR: &'static [(&'static str, Self)] = &[("id", Self::Id)];

    fn key(self) -> Option<&'static str> {
        Self::VENDOR
            .iter()
            .find(|(_, column)| *column == self)
            .map(|(key, _)| *key)
    }
}

impl Column for OrganizationSort {
    const VENDOR: &'static [(&'static str, Self)] = &[("id", Self::Id), ("name", Self::Name)];

    fn key(self) -> Option<&'static str> {
        Self::VENDOR
            .iter()
            .find(|(_, column)| *column == self)
            .map(|(key, _)| *key)
    }
}

impl<L: Leaf, C: Column> Query<L, C> {
    /// Reads the vendor's JSON; everything that is wrong is reported with its path.
    pub fn from_json(body: &Value, vocabulary: Vocabulary) -> Result<Self, Violations> {
        let Value::Object(parts) = body else {
            let message = format!("expected an object, found {}", what(body));
            return Err(Violation::new("body", message).into());
        };
        let mut query = Self::default();
        let mut violations = Vec::new();
        for (key, value) in parts {
            match key.as_str() {
                "filter" => match Filter::from_json(value, "filter", vocabulary) {
                    Ok(filter) => query.filter = Some(filter),
                    Err(found) => violations.extend(found.0),
                },
                "sorting" => match read_sorting(value) {
                    Ok(sorting) => query.sorting = Some(sorting),
                    Err(violation) => violations.push(violation),
                },
                "page" => match read_page(value) {
                    Ok(page) => query.page = Some(page),
                    Err(violation) => violations.push(violation),
                },
                _ => violations.push(Violation::new(
                    key,
                    "unknown key: expected filter, sorting or page",
                )),
            }
        }
        if violations.is_empty() {
            Ok(query)
        } else {
            Err(Violations(violations))
        }
    }

    /// Writes the vendor's JSON. An order that only the mirror knows is a violation.
    pub fn to_json(&self) -> Result<Value, Violation> {
        let mut body = Map::new();
        if let Some(filter) = &self.filter {
            body.insert("filter".to_owned(), filter.to_json());
        }
        if let Some(sorting) = self.sorting {
            let key = sorting.by.key().ok_or_else(|| {
                Violation::new(
                    "sorting",
                    format!("the vendor sorts by {} only", vendor_keys::<C>()),
                )
            })?;
            body.insert("sorting".to_owned(), json!({ key: sorting.direction }));
        }
        if let Some(page) = self.page {
            body.insert("page".to_owned(), json!(page));
        }
        Ok(body.into())
    }
}

fn vendor_keys<C: Column>() -> String {
    C::VENDOR
        .iter()
        .map(|(key, _)| *key)
        .collect::<Vec<_>>()
        .join(" and ")
}

fn read_sorting<C: Column>(value: &Value) -> Result<Sort<C>, Violation> {
    let expected = || {
        let message = format!(
            "expected an object with one key, {}, and the value ASC or DESC",
            vendor_keys::<C>().replace(" and ", " or ")
        );
        Violation::new("sorting", message)
    };
    let object = value
        .as_object()
        .filter(|object| object.len() == 1)
        .ok_or_else(expected)?;
    let (key, direction) = object.iter().next().ok_or_else(expected)?;
    let (_, by) = C::VENDOR
        .iter()
        .find(|(known, _)| known == key)
        .ok_or_else(|| Violation {
            path: format!("sorting.{key}"),
            ..expected()
        })?;
    let direction: Direction = serde_json::from_value(direction.clone())
        .map_err(|_| Violation::new(format!("sorting.{key}"), "expected ASC or DESC"))?;
    Ok(Sort { by: *by, direction })
}

fn read_page(value: &Value) -> Result<Page, Violation> {
    let Value::Object(parts) = value else {
        return Err(Violation::new(
            "page",
            format!("expected an object, found {}", what(value)),
        ));
    };
    let mut page = Page::default();
    for (key, value) in parts {
        let path = format!("page.{key}");
        match key.as_str() {
            "no" => {
                page.no = value.as_u64().ok_or_else(|| {
                    let message =
                        format!("expected an integer of 0 or more, found {}", what(value));
                    Violation::new(&path, message)
                })?;
            }
            "size" => {
                page.size = value
                    .as_u64()
                    .and_then(|size| size.try_into().ok())
                    .ok_or_else(|| {
                        let message = format!("expected 10, 50, 100 or 250, found {}", what(value));
                        Violation::new(&path, message)
                    })?;
            }
            _ => return Err(Violation::new(path, "unknown key: expected no or size")),
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Platform;

    fn read(body: &Value) -> Result<PeopleQuery, Violations> {
        Query::from_json(body, Vocabulary::of(Platform::Be))
    }

    #[test]
    fn a_body_is_written_exactly_as_it_was_read() {
        for body in [
            json!({}),
            json!({"filter": {"id": 1}, "sorting": {"id": "DESC"}, "page": {"no": 3, "size": 250}}),
        ] {
            assert_eq!(read(&body).unwrap().to_json().unwrap(), body);
        }
    }

    #[test]
    fn a_page_has_defaults() {
        let page = read(&json!({"page": {}})).unwrap().page.unwrap();
        assert_eq!((page.no, page.size.get(), page.offset()), (0, 100, 0));
    }

    #[test]
    fn what_is_wrong_in_a_body_is_named_by_its_path() {
        for (body, path) in [
            (json!([]), "body"),
            (json!({"filters": {}}), "filters"),
            (json!({"filter": null}), "filter"),
            (json!({"sorting": {}}), "sorting"),
            (json!({"sorting": {"id": "ASC", "name": "ASC"}}), "sorting"),
            (json!({"sorting": {"name": "ASC"}}), "sorting.name"),
            (json!({"sorting": {"id": "asc"}}), "sorting.id"),
            (json!({"page": 1}), "page"),
            (json!({"page": {"size": 20}}), "page.size"),
            (json!({"page": {"no": -1}}), "page.no"),
            (json!({"page": {"offset": 1}}), "page.offset"),
        ] {
            assert_eq!(read(&body).unwrap_err().0[0].path, path, "{body}");
        }
    }

    #[test]
    fn an_order_that_only_the_mirror_knows_is_not_sent() {
        let sorting = Some(Sort {
            by: PersonSort::Name,
            direction: Direction::Ascending,
        });
        let query = PeopleQuery {
            sorting,
            ..PeopleQuery::default()
        };
        assert_eq!(
            query.to_json().unwrap_err().message,
            "the vendor sorts by id only"
        );
    }

    #[test]
    fn organizations_are_sorted_by_name_too() {
        let body = json!({"sorting": {"name": "DESC"}});
        let query = OrganizationsQuery::from_json(&body, Vocabulary::of(Platform::Be)).unwrap();
        assert_eq!(query.to_json().unwrap(), body);
    }
}
