//! A filter as the vendor's JSON writes it: read by the rules of the contract, every violation
//! with its path.

use muster_directory::{IdentifierKind, OrganizationType, Platform, Role};

use super::{body::Json, refusal::Violation};

/// The most levels. A leaf alone is one level; each and, or, not adds one.
const MOST_LEVELS: usize = 64;

/// The most leaves.
const MOST_LEAVES: usize = 10_000;

/// After so many violations the reading stops.
const MOST_VIOLATIONS: usize = 100;

/// The largest id, 2^53-1.
const LARGEST_ID: u64 = 9_007_199_254_740_991;

/// A filter.
#[derive(Debug, PartialEq)]
pub enum Filter<L> {
    /// One condition.
    Leaf(L),
    /// All of these.
    All(Vec<Filter<L>>),
    /// Any of these.
    Any(Vec<Filter<L>>),
    /// Everything but this.
    Except(Box<Filter<L>>),
}

/// A condition on a user `[Q]`.
#[derive(Debug, PartialEq)]
pub enum UserLeaf {
    /// One of these ids.
    Id(Vec<u64>),
    /// In this organization.
    Organization(u64),
    /// In an organization with this number.
    Number(IdentifierKind, String),
    /// With this role `[R]`.
    Role(Role),
}

/// A condition on an organization `[V]`.
#[derive(Debug, PartialEq)]
pub enum OrganizationLeaf {
    /// One of these ids.
    Id(Vec<u64>),
    /// Of this type.
    Kind(OrganizationType),
    /// Called exactly this `[C]`.
    Name(String),
    /// Called something with this in it, in any case and with any accents `[C]`.
    SearchName(String),
    /// Specialized in any of these `[C]`.
    Specializations(Vec<String>),
    /// With this number.
    Number(IdentifierKind, String),
}

/// Which leaves there are.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// The platform decides which numbers organizations have.
    pub platform: Platform,
    /// Whether users can be filtered by role.
    pub role: bool,
}

impl Offer {
    fn number(self, key: &str) -> Option<IdentifierKind> {
        let known = self.platform.identifiers();
        known.iter().copied().find(|kind| kind.key() == key)
    }

    fn number_keys(self) -> impl Iterator<Item = &'static str> {
        self.platform.identifiers().iter().map(|kind| kind.key())
    }
}

/// A kind of leaves.
pub trait Leaf: Sized {
    /// The keys on offer.
    fn keys(offer: Offer) -> Vec<&'static str>;

    /// Reads a leaf; none if the key is not on offer.
    fn read(key: &str, operand: &Json, offer: Offer) -> Option<Result<Self, Wrong>>;
}

/// What is wrong with an operand.
#[derive(Debug)]
pub struct Wrong {
    /// Which item of a list, if it is one of them.
    item: Option<usize>,
    /// What was expected.
    pub message: String,
}

impl Wrong {
    fn expected(expected: &str, found: &Json) -> Self {
        Self {
            item: None,
            message: format!("expected {expected}, found {}", found.what()),
        }
    }

    fn at(self, item: usize) -> Self {
        Self {
            item: Some(item),
            ..self
        }
    }
}

impl Leaf for UserLeaf {
    fn keys(offer: Offer) -> Vec<&'static str> {
        let role = offer.role.then_some("role");
        let keys = ["id", "organization"].into_iter();
        keys.chain(offer.number_keys()).chain(role).collect()
    }

    fn read(key: &str, operand: &Json, offer: Offer) -> Option<Result<Self, Wrong>> {
        Some(match key {
            "id" => ids(operand).map(Self::Id),
            "organization" => id(operand).map(Self::Organization),
            "role" if offer.role => role(operand).map(Self::Role),
            _ => {
                let kind = offer.number(key)?;
                number(kind, operand).map(|number| Self::Number(kind, number))
            }
        })
    }
}

impl Leaf for OrganizationLeaf {
    fn keys(offer: Offer) -> Vec<&'static str> {
        let keys = ["id", "type", "name", "searchName", "specializations"];
        keys.into_iter().chain(offer.number_keys()).collect()
    }

    fn read(key: &str, operand: &Json, offer: Offer) -> Option<Result<Self, Wrong>> {
        let owned = |text: &str| text.to_owned();
        Some(match key {
            "id" => ids(operand).map(Self::Id),
            "type" => text(operand).map(|value| Self::Kind(owned(value).into())),
            "name" => text(operand).map(owned).map(Self::Name),
            "searchName" => text(operand).map(owned).map(Self::SearchName),
            "specializations" => texts(operand).map(Self::Specializations),
            _ => {
                let kind = offer.number(key)?;
                number(kind, operand).map(|number| Self::Number(kind, number))
            }
        })
    }
}

/// An id.
pub fn id(operand: &Json) -> Result<u64, Wrong> {
    match operand {
        Json::Integer(id @ 1..=LARGEST_ID) => Ok(*id),
        other => Err(Wrong::expected(
            &format!("an id, an integer from 1 to {LARGEST_ID}"),
            other,
        )),
    }
}

/// One id, or a list of them.
pub fn ids(operand: &Json) -> Result<Vec<u64>, Wrong> {
    match operand {
        Json::List(items) => list(items, id),
        one => Ok(vec![id(one)?]),
    }
}

/// A text.
pub fn text(operand: &Json) -> Result<&str, Wrong> {
    match operand {
        Json::Text(text) => Ok(text),
        other => Err(Wrong::expected("a text", other)),
    }
}

fn role(operand: &Json) -> Result<Role, Wrong> {
    let value = text(operand)?;
    let known = |role: &Role| role.as_str() == value;
    Role::NAMED.into_iter().find(known).ok_or_else(|| Wrong {
        item: None,
        message: format!(
            "unknown role: expected one of {}",
            Role::NAMED.each_ref().map(Role::as_str).join(", ")
        ),
    })
}

fn texts(operand: &Json) -> Result<Vec<String>, Wrong> {
    match operand {
        Json::List(items) => list(items, |item| text(item).map(str::to_owned)),
        other => Err(Wrong::expected("a list of texts", other)),
    }
}

fn list<T>(items: &[Json], read: impl Fn(&Json) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
    if items.is_empty() {
        return Err(Wrong {
            item: None,
            message: "needs at least one value".to_owned(),
        });
    }
    let read_at = |(at, item)| read(item).map_err(|wrong| wrong.at(at));
    items.iter().enumerate().map(read_at).collect()
}

/// A number of an organization.
pub fn number(kind: IdentifierKind, operand: &Json) -> Result<String, Wrong> {
    match operand {
        Json::Text(text) => Ok(text.clone()),
        Json::Integer(digits) if kind.may_be_integer() => Ok(digits.to_string()),
        other if kind.may_be_integer() => {
            Err(Wrong::expected("a text or an integer of 0 or more", other))
        }
        other => Err(Wrong::expected("a text", other)),
    }
}

/// Reads a filter that stands at `filter`.
pub fn read<L: Leaf>(json: &Json, offer: Offer) -> Result<Filter<L>, Vec<Violation>> {
    let mut reader = Reader {
        offer,
        path: "filter".to_owned(),
        leaves: 0,
        violations: Vec::new(),
    };
    let filter = reader.filter(json, 1);
    if reader.leaves > MOST_LEAVES {
        reader.path.truncate("filter".len());
        reader.complain::<()>(format!("has more than {MOST_LEAVES} conditions"));
    }
    filter
        .filter(|_| reader.violations.is_empty())
        .ok_or(reader.violations)
}

/// The place that is being read, and what was found there.
struct Reader {
    offer: Offer,
    path: String,
    leaves: usize,
    violations: Vec<Violation>,
}

impl Reader {
    /// Reads one filter; none if something is wrong in it. Recurses as deep as the levels allow.
    fn filter<L: Leaf>(&mut self, json: &Json, level: usize) -> Option<Filter<L>> {
        if level > MOST_LEVELS {
            return self.complain(format!("nested deeper than {MOST_LEVELS} levels"));
        }
        let entries = match json {
            Json::Object(entries) => entries.as_slice(),
            other => {
                return self.complain(format!(
                    "expected an object with one key, found {}",
                    other.what()
                ));
            }
        };
        let [(key, operand)] = entries else {
            return self.complain(format!(
                "expected an object with one key, found {} keys",
                entries.len()
            ));
        };
        let outside = self.path.len();
        self.path.push('.');
        self.path.push_str(key);
        let found = match key.as_str() {
            "and" => self.filters(operand, level).map(Filter::All),
            "or" => self.filters(operand, level).map(Filter::Any),
            "not" => {
                let inner = self.filter(operand, level + 1);
                inner.map(|inner| Filter::Except(Box::new(inner)))
            }
            _ => self.leaf(key, operand),
        };
        self.path.truncate(outside);
        found
    }

    fn filters<L: Leaf>(&mut self, operand: &Json, level: usize) -> Option<Vec<Filter<L>>> {
        let items = match operand {
            Json::List(items) if !items.is_empty() => items,
            Json::List(_) => return self.complain("needs at least one filter".to_owned()),
            other => {
                return self.complain(format!(
                    "expected a list of filters, found {}",
                    other.what()
                ));
            }
        };
        let outside = self.path.len();
        let mut filters = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            self.path.push_str(&format!("[{at}]"));
            filters.extend(self.filter(item, level + 1));
            self.path.truncate(outside);
            if self.is_full() {
                return None;
            }
        }
        (filters.len() == items.len()).then_some(filters)
    }

    fn leaf<L: Leaf>(&mut self, key: &str, operand: &Json) -> Option<Filter<L>> {
        self.leaves += 1;
        match L::read(key, operand, self.offer) {
            Some(Ok(leaf)) => Some(Filter::Leaf(leaf)),
            Some(Err(wrong)) => {
                let outside = self.path.len();
                if let Some(item) = wrong.item {
                    self.path.push_str(&format!("[{item}]"));
                }
                self.complain::<()>(wrong.message);
                self.path.truncate(outside);
                None
            }
            None => {
                let known = L::keys(self.offer).join(", ");
                self.complain(format!(
                    "unknown filter: expected one of {known}, and, or, not"
                ))
            }
        }
    }

    /// Whether reading on makes no sense, because the answer is a refusal already.
    fn is_full(&self) -> bool {
        self.violations.len() >= MOST_VIOLATIONS || self.leaves > MOST_LEAVES
    }

    fn complain<T>(&mut self, message: String) -> Option<T> {
        let message = match self.violations.len() + 1 {
            MOST_VIOLATIONS => format!("{message}; what follows was not looked at"),
            _ => message,
        };
        self.violations.push(Violation {
            path: self.path.clone(),
            message,
        });
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BELGIUM: Offer = Offer {
        platform: Platform::Be,
        role: false,
    };

    fn user(filter: &serde_json::Value, offer: Offer) -> Result<Filter<UserLeaf>, Vec<Violation>> {
        read(&Json::read(filter.to_string().as_bytes()).unwrap(), offer)
    }

    fn paths<L: Leaf>(text: &str, offer: Offer) -> Vec<String> {
        match read::<L>(&Json::read(text.as_bytes()).unwrap(), offer) {
            Ok(_) => Vec::new(),
            Err(found) => found.into_iter().map(|violation| violation.path).collect(),
        }
    }

    #[test]
    fn every_violation_names_its_path() {
        let cases = [
            ("{}", "filter"),
            ("null", "filter"),
            ("[]", "filter"),
            (r#"{"id":1,"organization":2}"#, "filter"),
            (r#"{"id":1,"id":1}"#, "filter"),
            (r#"{"foo":1}"#, "filter.foo"),
            (r#"{"and":[{"id":1},{"foo":1}]}"#, "filter.and[1].foo"),
            (r#"{"and":[]}"#, "filter.and"),
            (r#"{"or":[]}"#, "filter.or"),
            (r#"{"or":{"id":1}}"#, "filter.or"),
            (r#"{"not":[{"id":1}]}"#, "filter.not"),
            (r#"{"not":{}}"#, "filter.not"),
            (
                r#"{"or":[{"not":{"and":[{}]}}]}"#,
                "filter.or[0].not.and[0]",
            ),
            (r#"{"id":[]}"#, "filter.id"),
            (r#"{"id":0}"#, "filter.id"),
            (r#"{"id":-1}"#, "filter.id"),
            (r#"{"id":1.0}"#, "filter.id"),
            (r#"{"id":true}"#, "filter.id"),
            (r#"{"id":"1"}"#, "filter.id"),
            (r#"{"id":9007199254740992}"#, "filter.id"),
            (r#"{"id":[1,2,"3"]}"#, "filter.id[2]"),
            (r#"{"organization":[1]}"#, "filter.organization"),
            (r#"{"organization":"1"}"#, "filter.organization"),
            (r#"{"vatNr":5}"#, "filter.vatNr"),
            (r#"{"apbNr":-5}"#, "filter.apbNr"),
            (r#"{"apbNr":5.5}"#, "filter.apbNr"),
            (r#"{"rizivNr":null}"#, "filter.rizivNr"),
            (r#"{"cipNr":1}"#, "filter.cipNr"),
            (r#"{"role":"reseller"}"#, "filter.role"),
            (r#"{"AND":[{"id":1}]}"#, "filter.AND"),
        ];
        for (text, path) in cases {
            assert_eq!(paths::<UserLeaf>(text, BELGIUM), [path], "{text}");
        }
    }

    #[test]
    fn all_violations_are_found_not_only_the_first() {
        let text = r#"{"and":[{"foo":1},{"id":0},{"id":1},{"or":[{}]}]}"#;
        assert_eq!(
            paths::<UserLeaf>(text, BELGIUM),
            [
                "filter.and[0].foo",
                "filter.and[1].id",
                "filter.and[3].or[0]"
            ]
        );
    }

    #[test]
    fn what_the_vendor_documents_is_read() {
        for filter in [
            json!({"id": 1}),
            json!({"id": [1, 1, 9_007_199_254_740_991_u64]}),
            json!({"vatNr": ""}),
            json!({"apbNr": 0}),
            json!({"apbNr": "000123"}),
            json!({"rizivNr": u64::MAX}),
            json!({"and": [{"organization": 1}]}),
            json!({"not": {"not": {"or": [{"id": 1}, {"id": 2}]}}}),
        ] {
            assert!(user(&filter, BELGIUM).is_ok(), "{filter}");
        }
    }

    #[test]
    fn each_platform_has_its_own_numbers() {
        for (platform, known, unknown) in [
            (Platform::Be, "apbNr", "finessNr"),
            (Platform::Fr, "finessNr", "apbNr"),
            (Platform::De, "vatNr", "rizivNr"),
            (Platform::Au, "vatNr", "cipNr"),
        ] {
            let offer = Offer {
                platform,
                ..BELGIUM
            };
            assert!(user(&json!({known: "1"}), offer).is_ok());
            assert!(user(&json!({unknown: "1"}), offer).is_err());
        }
        let france = Offer {
            platform: Platform::Fr,
            ..BELGIUM
        };
        assert!(user(&json!({"cipNr": 5}), france).is_ok());
        assert!(user(&json!({"finessNr": 5}), france).is_err());
    }

    #[test]
    fn a_role_is_a_filter_only_where_it_is_on_offer() {
        let offer = Offer {
            role: true,
            ..BELGIUM
        };
        assert_eq!(
            user(&json!({"role": "reseller"}), offer),
            Ok(Filter::Leaf(UserLeaf::Role(Role::Reseller)))
        );
        for wrong in [json!(1), json!("president"), json!("Reseller")] {
            let violations = user(&json!({"role": wrong}), offer).unwrap_err();
            assert_eq!(violations[0].path, "filter.role", "{wrong}");
        }
    }

    #[test]
    fn sixty_four_levels_are_read_and_sixty_five_are_not() {
        let nested = |nots: usize| {
            let text = format!(
                "{}{{\"id\":1}}{}",
                "{\"not\":".repeat(nots),
                "}".repeat(nots)
            );
            paths::<UserLeaf>(&text, BELGIUM)
        };
        assert_eq!(nested(63), Vec::<String>::new());
        assert_eq!(nested(64), [format!("filter{}", ".not".repeat(64))]);
        let lists = |ands: usize| {
            let text = format!(
                "{}{{\"id\":[1]}}{}",
                "{\"and\":[".repeat(ands),
                "]}".repeat(ands)
            );
            paths::<UserLeaf>(&text, BELGIUM).len()
        };
        assert_eq!((lists(63), lists(64), lists(140)), (0, 1, 1));
    }

    #[test]
    fn ten_thousand_conditions_are_read_and_one_more_is_not() {
        let many = |count| json!({"or": vec![json!({"id": 1}); count]});
        assert!(user(&many(10_000), BELGIUM).is_ok());
        let violations = user(&many(10_001), BELGIUM).unwrap_err();
        assert_eq!(violations.len(), 1);
        assert_eq!(violations[0].path, "filter");
    }

    #[test]
    fn a_body_full_of_violations_gets_a_hundred_of_them_and_a_word_about_the_rest() {
        let violations = user(&json!({"or": vec![json!({}); 5_000]}), BELGIUM).unwrap_err();
        assert_eq!(violations.len(), MOST_VIOLATIONS);
        let last = violations.last().unwrap();
        assert!(last.message.contains("what follows"), "{}", last.message);
    }

    #[test]
    fn organizations_have_their_own_filters() {
        for text in [
            r#"{"type":"supplier"}"#,
            r#"{"name":"A"}"#,
            r#"{"searchName":"a"}"#,
            r#"{"specializations":["pharmacy"]}"#,
            r#"{"apbNr":5}"#,
            r#"{"id":[1,2]}"#,
        ] {
            assert!(
                paths::<OrganizationLeaf>(text, BELGIUM).is_empty(),
                "{text}"
            );
        }
        for (text, path) in [
            (r#"{"organization":1}"#, "filter.organization"),
            (r#"{"type":1}"#, "filter.type"),
            (r#"{"name":null}"#, "filter.name"),
            (r#"{"specializations":"a"}"#, "filter.specializations"),
            (r#"{"specializations":[]}"#, "filter.specializations"),
            (
                r#"{"specializations":["a",1]}"#,
                "filter.specializations[1]",
            ),
        ] {
            assert_eq!(paths::<OrganizationLeaf>(text, BELGIUM), [path], "{text}");
        }
    }
}
