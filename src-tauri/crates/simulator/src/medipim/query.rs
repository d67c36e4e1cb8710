//! The body of a query: filter, sorting, page.

use super::{
    body::Json,
    filter::{self, Filter, Leaf, Offer},
    refusal::Violation,
};

const SIZES: [u64; 4] = [10, 50, 100, 250];
const DEFAULT_SIZE: u64 = 100;

/// What is asked.
#[derive(Debug, PartialEq)]
pub struct Query<L> {
    /// Which ones; none for all.
    pub filter: Option<Filter<L>>,
    /// In which order.
    pub sorting: Sorting,
    /// Which part; none for all in one answer.
    pub page: Option<Page>,
}

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    /// By the name instead of the id.
    pub by_name: bool,
    /// The other way round.
    pub descending: bool,
}

/// A part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Zero-based number.
    pub no: u64,
    /// Items a page.
    pub size: u64,
}

impl Page {
    /// Index of the first item in the whole.
    pub const fn offset(self) -> u64 {
        self.no.saturating_mul(self.size)
    }
}

/// Reads a body; `columns` are what can be sorted by.
pub fn read<L: Leaf>(
    body: &Json,
    offer: Offer,
    columns: &[&str],
) -> Result<Query<L>, Vec<Violation>> {
    let Json::Object(entries) = body else {
        let message = format!("expected an object, found {}", body.what());
        return Err(vec![violation("body", message)]);
    };
    let mut query = Query {
        filter: None,
        sorting: Sorting {
            by_name: false,
            descending: false,
        },
        page: None,
    };
    let mut violations = Vec::new();
    for (at, (key, value)) in entries.iter().enumerate() {
        if entries[..at].iter().any(|(earlier, _)| earlier == key) {
            violations.push(violation(key, "stands twice".to_owned()));
            break;
        }
        let outcome = match key.as_str() {
            "filter" => filter::read(value, offer).map(|filter| query.filter = Some(filter)),
            "sorting" => read_sorting(value, columns).map(|sorting| query.sorting = sorting),
            "page" => read_page(value).map(|page| query.page = Some(page)),
            _ => Err(vec![violation(
                key,
                "unknown key: expected filter, sorting or page".to_owned(),
            )]),
        };
        violations.extend(outcome.err().into_iter().flatten());
        // An object of a million keys is not looked at to its end.
        if violations.len() > 100 {
            break;
        }
    }
    if violations.is_empty() {
        Ok(query)
    } else {
        Err(violations)
    }
}

fn violation(path: &str, message: String) -> Violation {
    Violation {
        path: path.to_owned(),
        message,
    }
}

fn read_sorting(value: &Json, columns: &[&str]) -> Result<Sorting, Vec<Violation>> {
    let expected = format!(
        "expected an object with one key, {}, and the value ASC or DESC",
        columns.join(" or ")
    );
    let Json::Object(entries) = value else {
        return Err(vec![violation("sorting", expected)]);
    };
    let [(key, direction)] = entries.as_slice() else {
        return Err(vec![violation("sorting", expected)]);
    };
    let path = format!("sorting.{key}");
    if !columns.contains(&key.as_str()) {
        return Err(vec![violation(&path, expected)]);
    }
    let descending = match direction {
        Json::Text(text) if text == "ASC" => false,
        Json::Text(text) if text == "DESC" => true,
        _ => return Err(vec![violation(&path, "expected ASC or DESC".to_owned())]),
    };
    Ok(Sorting {
        by_name: key == "name",
        descending,
    })
}

fn read_page(value: &Json) -> Result<Page, Vec<Violation>> {
    let Json::Object(entries) = value else {
        let message = format!("expected an object, found {}", value.what());
        return Err(vec![violation("page", message)]);
    };
    let mut page = Page {
        no: 0,
        size: DEFAULT_SIZE,
    };
    for (at, (key, value)) in entries.iter().enumerate() {
        let path = format!("page.{key}");
        let twice = entries[..at].iter().any(|(earlier, _)| earlier == key);
        match (key.as_str(), value) {
            _ if twice => return Err(vec![violation(&path, "stands twice".to_owned())]),
            ("no", Json::Integer(no)) => page.no = *no,
            ("size", Json::Integer(size)) if SIZES.contains(size) => page.size = *size,
            ("no", _) => {
                let message = "expected an integer of 0 or more".to_owned();
                return Err(vec![violation(&path, message)]);
            }
            ("size", _) => {
                let message = "expected 10, 50, 100 or 250".to_owned();
                return Err(vec![violation(&path, message)]);
            }
            _ => {
                let message = "unknown key: expected no or size".to_owned();
                return Err(vec![violation(&path, message)]);
            }
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use muster_directory::Platform;

    use super::{super::filter::UserLeaf, *};

    fn query(text: &str, columns: &[&str]) -> Result<Query<UserLeaf>, Vec<String>> {
        let offer = Offer {
            platform: Platform::Be,
            role: false,
        };
        read(&Json::read(text.as_bytes()).unwrap(), offer, columns)
            .map_err(|found| found.into_iter().map(|one| one.path).collect())
    }

    #[test]
    fn everything_is_optional_and_has_its_default() {
        let all = query("{}", &["id"]).unwrap();
        assert_eq!((all.filter, all.page), (None, None));
        assert!(!all.sorting.by_name && !all.sorting.descending);
        let paged = query(r#"{"page":{}}"#, &["id"]).unwrap();
        assert_eq!(paged.page, Some(Page { no: 0, size: 100 }));
    }

    #[test]
    fn anything_else_is_a_violation_with_its_path() {
        for (text, path) in [
            ("[]", "body"),
            ("null", "body"),
            (r#"{"filters":{}}"#, "filters"),
            (r#"{"filter":null}"#, "filter"),
            (r#"{"page":{},"page":{}}"#, "page"),
            (r#"{"page":null}"#, "page"),
            (r#"{"page":1}"#, "page"),
            (r#"{"page":{"no":-1}}"#, "page.no"),
            (r#"{"page":{"no":"0"}}"#, "page.no"),
            (r#"{"page":{"no":1.0}}"#, "page.no"),
            (r#"{"page":{"size":20}}"#, "page.size"),
            (r#"{"page":{"size":"10"}}"#, "page.size"),
            (r#"{"page":{"size":10,"size":10}}"#, "page.size"),
            (r#"{"page":{"number":0}}"#, "page.number"),
            (r#"{"sorting":null}"#, "sorting"),
            (r#"{"sorting":{}}"#, "sorting"),
            (r#"{"sorting":"id"}"#, "sorting"),
            (r#"{"sorting":{"id":"ASC","name":"ASC"}}"#, "sorting"),
            (r#"{"sorting":{"id":"asc"}}"#, "sorting.id"),
            (r#"{"sorting":{"id":1}}"#, "sorting.id"),
            (r#"{"sorting":{"name":"ASC"}}"#, "sorting.name"),
        ] {
            assert_eq!(query(text, &["id"]), Err(vec![path.to_owned()]), "{text}");
        }
    }

    #[test]
    fn violations_of_all_parts_are_told_together() {
        let text = r#"{"filter":{},"sorting":{},"page":{"no":-1}}"#;
        assert_eq!(
            query(text, &["id"]),
            Err(["filter", "sorting", "page.no"].map(str::to_owned).into())
        );
    }

    #[test]
    fn organizations_are_also_sorted_by_name() {
        let text = r#"{"sorting":{"name":"DESC"}}"#;
        let sorting = query(text, &["id", "name"]).unwrap().sorting;
        assert!(sorting.by_name && sorting.descending);
    }

    #[test]
    fn a_page_beyond_all_numbers_has_the_largest_offset() {
        let page = Page {
            no: u64::MAX,
            size: 250,
        };
        assert_eq!(page.offset(), u64::MAX);
    }
}
