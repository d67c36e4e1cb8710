//! The filter tree: leaves joined by and, or, not; the vendor's JSON for it and back.

use serde_json::{Map, Value, json};

use crate::{
    IdentifierKind, OrganizationId, OrganizationType, PersonId, Platform, Role, Violation,
    Violations,
    criteria::OFF_KEY,
    id,
    said::{Said, said},
    violation::MOST_PROBLEMS,
};

/// The most levels of a filter. A leaf alone is one level; each and, or, not adds one.
pub const MOST_LEVELS: usize = 64;

/// The most leaves of a filter.
pub const MOST_LEAVES: usize = 10_000;

/// A filter over people.
pub type PersonFilter = Filter<PersonLeaf>;

/// A filter over organizations.
pub type OrganizationFilter = Filter<OrganizationLeaf>;

/// A filter tree that is never empty, too deep or too large, so that everything which walks it
/// may recurse.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter<L> {
    node: Node<L>,
    levels: usize,
    leaves: usize,
}

/// What stands at the top of a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<L> {
    /// A single condition.
    Leaf(L),
    /// All of these, at least one.
    And(Vec<Filter<L>>),
    /// Any of these, at least one.
    Or(Vec<Filter<L>>),
    /// The complement of this.
    Not(Box<Filter<L>>),
}

/// Why a tree cannot be a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// An and, or without parts.
    #[error("needs at least one filter")]
    Empty,
    /// More than [`MOST_LEVELS`].
    #[error("nested deeper than {MOST_LEVELS} levels")]
    TooDeep,
    /// More than [`MOST_LEAVES`].
    #[error("more than {MOST_LEAVES} conditions")]
    TooLarge,
}

impl ShapeError {
    /// The same, also for another language.
    #[must_use]
    pub fn said(self) -> Said {
        let (code, values) = match self {
            Self::Empty => ("no_part", Vec::new()),
            Self::TooDeep => ("too_deep", vec![("most", MOST_LEVELS.to_string())]),
            Self::TooLarge => ("too_large", vec![("most", MOST_LEAVES.to_string())]),
        };
        Said::new(self.to_string(), code, values)
    }
}

impl<L> Filter<L> {
    /// A single condition.
    pub const fn leaf(leaf: L) -> Self {
        Self {
            node: Node::Leaf(leaf),
            levels: 1,
            leaves: 1,
        }
    }

    /// All of these.
    pub fn and(parts: Vec<Self>) -> Result<Self, ShapeError> {
        let (levels, leaves) = Self::measure(&parts)?;
        Ok(Self {
            node: Node::And(parts),
            levels,
            leaves,
        })
    }

    /// Any of these.
    pub fn or(parts: Vec<Self>) -> Result<Self, ShapeError> {
        let (levels, leaves) = Self::measure(&parts)?;
        Ok(Self {
            node: Node::Or(parts),
            levels,
            leaves,
        })
    }

    /// The complement of this.
    pub fn negate(part: Self) -> Result<Self, ShapeError> {
        let (levels, leaves) = Self::measure(std::slice::from_ref(&part))?;
        Ok(Self {
            node: Node::Not(Box::new(part)),
            levels,
            leaves,
        })
    }

    fn measure(parts: &[Self]) -> Result<(usize, usize), ShapeError> {
        let levels = 1 + parts
            .iter()
            .map(|part| part.levels)
            .max()
            .ok_or(ShapeError::Empty)?;
        let leaves = parts.iter().map(|part| part.leaves).sum();
        if levels > MOST_LEVELS {
            Err(ShapeError::TooDeep)
        } else if leaves > MOST_LEAVES {
            Err(ShapeError::TooLarge)
        } else {
            Ok((levels, leaves))
        }
    }

    /// A leaf that holds a filter of its own, one level above it.
    pub(crate) fn wrapping(part: Self, leaf: impl FnOnce(Self) -> L) -> Result<Self, ShapeError> {
        let (levels, leaves) = Self::measure(std::slice::from_ref(&part))?;
        Ok(Self {
            node: Node::Leaf(leaf(part)),
            levels,
            leaves,
        })
    }

    /// The same tree of other leaves.
    #[must_use]
    pub fn map<M>(&self, leaf: &impl Fn(&L) -> M) -> Filter<M> {
        let all = |parts: &[Self]| parts.iter().map(|part| part.map(leaf)).collect();
        Filter {
            node: match &self.node {
                Node::Leaf(own) => Node::Leaf(leaf(own)),
                Node::And(parts) => Node::And(all(parts)),
                Node::Or(parts) => Node::Or(all(parts)),
                Node::Not(part) => Node::Not(Box::new(part.map(leaf))),
            },
            levels: self.levels,
            leaves: self.leaves,
        }
    }

    /// What stands at the top.
    pub const fn node(&self) -> &Node<L> {
        &self.node
    }

    /// How many levels: one for a leaf alone.
    pub const fn levels(&self) -> usize {
        self.levels
    }

    /// How many leaves.
    pub const fn leaves(&self) -> usize {
        self.leaves
    }
}

/// Which leaves a connection offers beyond those of every platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vocabulary {
    /// The platform: it decides which identifiers exist.
    pub platform: Platform,
    /// Whether people can be found by role: a capability to probe, never to assume `[R, Q]`.
    pub role: bool,
}

impl Vocabulary {
    /// The documented leaves of a platform.
    #[must_use]
    pub const fn of(platform: Platform) -> Self {
        Self {
            platform,
            role: false,
        }
    }
}

/// A condition that stands in a filter as `{"key": operand}`.
pub trait Leaf: Sized {
    /// The keys that a vocabulary offers, for messages.
    fn keys(vocabulary: Vocabulary) -> Vec<&'static str>;

    /// Reads a condition; none if the key is not one of [`Leaf::keys`].
    fn read(
        key: &str,
        operand: &Value,
        vocabulary: Vocabulary,
    ) -> Option<Result<Self, OperandError>>;

    /// The key and the operand.
    fn write(&self) -> (&'static str, Value);

    /// A part that is kept but means nothing; none where there is no such thing.
    fn off(_part: Filter<Self>) -> Option<Result<Filter<Self>, ShapeError>> {
        None
    }

    /// Whether there are parts that are kept but mean nothing.
    const HAS_OFF: bool = false;
}

/// What is wrong with an operand: a path below the key, and a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperandError {
    /// Below the key: empty, or `[3]`.
    pub below: String,
    /// What was expected.
    pub said: Said,
}

impl OperandError {
    pub(crate) fn new(said: impl Into<Said>) -> Self {
        Self {
            below: String::new(),
            said: said.into(),
        }
    }
}

impl<L: Leaf> Filter<L> {
    /// Reads the vendor's JSON. `path` is where the value stands, usually `filter`. What is wrong
    /// is reported in the order of the JSON, at most [`MOST_PROBLEMS`] of it.
    pub fn from_json(
        value: &Value,
        path: &str,
        vocabulary: Vocabulary,
    ) -> Result<Self, Violations> {
        let mut violations = Vec::new();
        let filter = read(value, path, vocabulary, 1, &mut violations);
        match filter {
            Some(filter) if violations.is_empty() => Ok(filter),
            _ => Err(Violations(violations)),
        }
    }

    /// Writes the vendor's JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (key, operand) = match &self.node {
            Node::Leaf(leaf) => leaf.write(),
            Node::And(parts) => ("and", parts.iter().map(Self::to_json).collect()),
            Node::Or(parts) => ("or", parts.iter().map(Self::to_json).collect()),
            Node::Not(part) => ("not", part.to_json()),
        };
        Value::Object(Map::from_iter([(key.to_owned(), operand)]))
    }
}

/// Reads one filter and everything in it; adds what is wrong and returns none if anything is.
fn read<L: Leaf>(
    value: &Value,
    path: &str,
    vocabulary: Vocabulary,
    level: usize,
    violations: &mut Vec<Violation>,
) -> Option<Filter<L>> {
    if level > MOST_LEVELS {
        violations.push(Violation::new(path, ShapeError::TooDeep.said()));
        return None;
    }
    let (key, operand) = match single_key(value) {
        Ok(entry) => entry,
        Err(said) => {
            violations.push(Violation::new(path, said));
            return None;
        }
    };
    let here = format!("{path}.{key}");
    let shaped = match key {
        "and" | "or" => {
            let parts = read_list(operand, &here, vocabulary, level, violations)?;
            if key == "and" {
                Filter::and(parts)
            } else {
                Filter::or(parts)
            }
        }
        "not" => Filter::negate(read(operand, &here, vocabulary, level + 1, violations)?),
        OFF_KEY if L::HAS_OFF => L::off(read(operand, &here, vocabulary, level + 1, violations)?)?,
        _ => match L::read(key, operand, vocabulary) {
            Some(Ok(leaf)) => Ok(Filter::leaf(leaf)),
            Some(Err(error)) => {
                violations.push(Violation::new(here + &error.below, error.said));
                return None;
            }
            None => {
                let said = said!(
                    unknown_filter,
                    "unknown filter: expected one of {known}, and, or, not",
                    known = L::keys(vocabulary).join(", ")
                );
                violations.push(Violation::new(here, said));
                return None;
            }
        },
    };
    shaped
        .map_err(|error| violations.push(Violation::new(here, error.said())))
        .ok()
}

fn read_list<L: Leaf>(
    operand: &Value,
    path: &str,
    vocabulary: Vocabulary,
    level: usize,
    violations: &mut Vec<Violation>,
) -> Option<Vec<Filter<L>>> {
    let Value::Array(items) = operand else {
        let said = said!(
            list_of_filters,
            "expected a list of filters, found {found}",
            found = what(operand)
        );
        violations.push(Violation::new(path, said));
        return None;
    };
    let mut parts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        if violations.len() >= MOST_PROBLEMS {
            return None;
        }
        let here = format!("{path}[{index}]");
        parts.extend(read(item, &here, vocabulary, level + 1, violations));
    }
    (parts.len() == items.len()).then_some(parts)
}

fn single_key(value: &Value) -> Result<(&str, &Value), Said> {
    let wrong = |found: String| {
        said!(
            one_key,
            "expected an object with one key, found {found}",
            found = found
        )
    };
    let Value::Object(object) = value else {
        return Err(wrong(what(value)));
    };
    let mut entries = object.iter();
    match (entries.next(), entries.next()) {
        (Some((key, operand)), None) => Ok((key, operand)),
        (None, _) => Err(wrong("an empty object".to_owned())),
        (Some(_), Some(_)) => {
            let keys: Vec<_> = object.keys().map(String::as_str).collect();
            Err(wrong(keys.join(", ")))
        }
    }
}

/// What a JSON value is, for messages.
pub(crate) fn what(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(number) if number.is_f64() => format!("the decimal number {number}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// One id or a list of ids, kept as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ids<Id> {
    /// `5`
    One(Id),
    /// `[5, 7]`, at least one.
    List(Vec<Id>),
}

impl<Id> Ids<Id> {
    /// The ids, at least one.
    pub fn as_slice(&self) -> &[Id] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::List(ids) => ids,
        }
    }
}

impl<Id: TryFrom<u64> + Into<u64> + Copy> Ids<Id> {
    fn read(operand: &Value) -> Result<Self, OperandError> {
        let Value::Array(items) = operand else {
            return read_id(operand).map(Self::One).map_err(OperandError::new);
        };
        if items.is_empty() {
            return Err(OperandError::new(said!(ids_empty, "needs at least one id")));
        }
        let mut ids = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            ids.push(read_id(item).map_err(|said| OperandError {
                below: format!("[{index}]"),
                said,
            })?);
        }
        Ok(Self::List(ids))
    }

    fn write(&self) -> Value {
        match self {
            Self::One(id) => json!((*id).into()),
            Self::List(ids) => ids.iter().map(|id| json!((*id).into())).collect(),
        }
    }
}

fn read_id<Id: TryFrom<u64>>(value: &Value) -> Result<Id, Said> {
    value
        .as_u64()
        .and_then(|number| Id::try_from(number).ok())
        .ok_or_else(|| {
            said!(
                json_id,
                "expected an id, an integer from 1 to {largest}, found {found}",
                largest = id::LARGEST,
                found = what(value)
            )
        })
}

/// The operand of an identifier leaf, kept as it was given. An integer equals the text of its
/// decimal digits; texts compare exactly, so leading zeros count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// `12345`
    Integer(u64),
    /// `"0012345"`
    Text(String),
}

impl Identifier {
    /// The text to compare with.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Integer(number) => number.to_string().into(),
            Self::Text(text) => text.into(),
        }
    }

    fn read(kind: IdentifierKind, operand: &Value) -> Result<Self, OperandError> {
        match operand {
            Value::String(text) => Ok(Self::Text(text.clone())),
            Value::Number(number) if kind.may_be_integer() && number.is_u64() => {
                Ok(Self::Integer(number.as_u64().unwrap_or_default()))
            }
            _ if kind.may_be_integer() => Err(OperandError::new(said!(
                json_text_or_integer,
                "expected a text or an integer of 0 or more, found {found}",
                found = what(operand)
            ))),
            _ => Err(expected_text(operand)),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Integer(number) => json!(number),
            Self::Text(text) => json!(text),
        }
    }
}

fn expected_text(operand: &Value) -> OperandError {
    OperandError::new(said!(
        json_text,
        "expected a text, found {found}",
        found = what(operand)
    ))
}

fn read_text(operand: &Value) -> Result<String, OperandError> {
    operand
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| expected_text(operand))
}

/// A condition on a person `[Q]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonLeaf {
    /// People with one of these ids.
    Id(Ids<PersonId>),
    /// People of this organization.
    Organization(OrganizationId),
    /// People whose organization has this number.
    Identifier(IdentifierKind, Identifier),
    /// People with this role, where the connection supports it.
    Role(Role),
}

impl Leaf for PersonLeaf {
    fn keys(vocabulary: Vocabulary) -> Vec<&'static str> {
        let mut keys = vec!["id", "organization"];
        keys.extend(
            vocabulary
                .platform
                .identifiers()
                .iter()
                .map(|kind| kind.key()),
        );
        keys.extend(vocabulary.role.then_some("role"));
        keys
    }

    fn read(
        key: &str,
        operand: &Value,
        vocabulary: Vocabulary,
    ) -> Option<Result<Self, OperandError>> {
        Some(match key {
            "id" => Ids::read(operand).map(Self::Id),
            "organization" => read_id(operand)
                .map(Self::Organization)
                .map_err(OperandError::new),
            "role" if vocabulary.role => {
                read_text(operand).map(|value| Self::Role(Role::from(value)))
            }
            _ => {
                let kind = IdentifierKind::from_key(key)
                    .filter(|kind| vocabulary.platform.identifiers().contains(kind))?;
                Identifier::read(kind, operand).map(|value| Self::Identifier(kind, value))
            }
        })
    }

    fn write(&self) -> (&'static str, Value) {
        match self {
            Self::Id(ids) => ("id", ids.write()),
            Self::Organization(id) => ("organization", json!(id)),
            Self::Identifier(kind, value) => (kind.key(), value.write()),
            Self::Role(role) => ("role", json!(role)),
        }
    }
}

/// A condition on an organization `[V]`. How the vendor compares `name`, `searchName` and
/// `specializations` is not documented; our reading `[C]` stands at each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrganizationLeaf {
    /// Organizations with one of these ids.
    Id(Ids<OrganizationId>),
    /// Organizations of this type.
    Kind(OrganizationType),
    /// Organizations with exactly this name `[C]`.
    Name(String),
    /// Organizations whose name contains this, without regard to case and accents `[C]`.
    SearchName(String),
    /// Organizations with any of these specializations `[C]`.
    Specializations(Vec<String>),
    /// Organizations with this number.
    Identifier(IdentifierKind, Identifier),
}

impl Leaf for OrganizationLeaf {
    fn keys(vocabulary: Vocabulary) -> Vec<&'static str> {
        let mut keys = vec!["id", "type", "name", "searchName", "specializations"];
        keys.extend(
            vocabulary
                .platform
                .identifiers()
                .iter()
                .map(|kind| kind.key()),
        );
        keys
    }

    fn read(
        key: &str,
        operand: &Value,
        vocabulary: Vocabulary,
    ) -> Option<Result<Self, OperandError>> {
        Some(match key {
            "id" => Ids::read(operand).map(Self::Id),
            "type" => read_text(operand).map(|value| Self::Kind(OrganizationType::from(value))),
            "name" => read_text(operand).map(Self::Name),
            "searchName" => read_text(operand).map(Self::SearchName),
            "specializations" => read_texts(operand).map(Self::Specializations),
            _ => {
                let kind = IdentifierKind::from_key(key)
                    .filter(|kind| vocabulary.platform.identifiers().contains(kind))?;
                Identifier::read(kind, operand).map(|value| Self::Identifier(kind, value))
            }
        })
    }

    fn write(&self) -> (&'static str, Value) {
        match self {
            Self::Id(ids) => ("id", ids.write()),
            Self::Kind(kind) => ("type", json!(kind)),
            Self::Name(name) => ("name", json!(name)),
            Self::SearchName(part) => ("searchName", json!(part)),
            Self::Specializations(values) => ("specializations", json!(values)),
            Self::Identifier(kind, value) => (kind.key(), value.write()),
        }
    }
}

fn read_texts(operand: &Value) -> Result<Vec<String>, OperandError> {
    let Value::Array(items) = operand else {
        return Err(OperandError::new(format!(
            "expected a list of texts, found {}",
            what(operand)
        )));
    };
    if items.is_empty() {
        return Err(OperandError::new("needs at least one text"));
    }
    let mut texts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        texts.push(read_text(item).map_err(|error| OperandError {
            below: format!("[{index}]"),
            ..error
        })?);
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const BE: Vocabulary = Vocabulary::of(Platform::Be);

    fn read_text(text: &str) -> Result<PersonFilter, Violations> {
        Filter::from_json(&json::parse(text).unwrap(), "filter", BE)
    }

    fn paths(text: &str) -> Vec<String> {
        read_text(text)
            .unwrap_err()
            .0
            .into_iter()
            .map(|violation| violation.path)
            .collect()
    }

    #[test]
    fn every_leaf_is_written_exactly_as_it_was_read() {
        for text in [
            r#"{"id":5}"#,
            r#"{"id":[5,5,7]}"#,
            r#"{"organization":12}"#,
            r#"{"vatNr":"BE0123456749"}"#,
            r#"{"apbNr":123456}"#,
            r#"{"apbNr":"012345"}"#,
            r#"{"rizivNr":"00123"}"#,
            r#"{"and":[{"or":[{"id":1}]},{"not":{"not":{"id":2}}}]}"#,
        ] {
            assert_eq!(read_text(text).unwrap().to_json().to_string(), text);
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        for (text, expected) in [
            ("{}", vec!["filter"]),
            (r#"{"id":1,"organization":2}"#, vec!["filter"]),
            ("[]", vec!["filter"]),
            (r#"{"foo":1}"#, vec!["filter.foo"]),
            (r#"{"and":[{"id":1},{"foo":1}]}"#, vec!["filter.and[1].foo"]),
            (r#"{"and":[]}"#, vec!["filter.and"]),
            (r#"{"or":{}}"#, vec!["filter.or"]),
            (r#"{"not":[]}"#, vec!["filter.not"]),
            (r#"{"id":[]}"#, vec!["filter.id"]),
            (r#"{"id":[1,0]}"#, vec!["filter.id[1]"]),
            (r#"{"id":1.0}"#, vec!["filter.id"]),
            (r#"{"id":"1"}"#, vec!["filter.id"]),
            (r#"{"id":true}"#, vec!["filter.id"]),
            (r#"{"id":9007199254740992}"#, vec!["filter.id"]),
            (r#"{"organization":[1,2]}"#, vec!["filter.organization"]),
            (r#"{"vatNr":123}"#, vec!["filter.vatNr"]),
            (r#"{"apbNr":1.5}"#, vec!["filter.apbNr"]),
            (r#"{"apbNr":null}"#, vec!["filter.apbNr"]),
            (r#"{"finessNr":"1"}"#, vec!["filter.finessNr"]),
            (r#"{"role":"reseller"}"#, vec!["filter.role"]),
        ] {
            assert_eq!(paths(text), expected, "{text}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_reported() {
        let text = r#"{"and":[{"foo":1},{"or":[{"id":0},{"id":1}]},{"not":{}}]}"#;
        assert_eq!(
            paths(text),
            [
                "filter.and[0].foo",
                "filter.and[1].or[0].id",
                "filter.and[2].not"
            ]
        );
    }

    #[test]
    fn no_more_is_reported_than_anybody_reads() {
        let many = |part: Value| json!({"or": vec![part; MOST_PROBLEMS * 10]});
        let nested = json!({"and": vec![many(json!({"foo": 1})); 10]});
        for value in [many(json!({"id": 0})), nested] {
            let found = PersonFilter::from_json(&value, "filter", BE).unwrap_err().0;
            assert_eq!(found.len(), MOST_PROBLEMS);
        }
    }

    #[test]
    fn each_platform_has_its_own_identifiers() {
        for (platform, known, unknown) in [
            (Platform::Be, "apbNr", "cipNr"),
            (Platform::Fr, "finessNr", "rizivNr"),
            (Platform::De, "vatNr", "apbNr"),
            (Platform::Au, "vatNr", "finessNr"),
        ] {
            let read = |key: &str| {
                PersonFilter::from_json(&json!({ key: "1" }), "filter", Vocabulary::of(platform))
            };
            assert!(read(known).is_ok(), "{platform} knows {known}");
            assert!(read(unknown).is_err(), "{platform} does not know {unknown}");
        }
    }

    #[test]
    fn the_role_leaf_is_there_only_where_the_connection_supports_it() {
        let with_role = Vocabulary { role: true, ..BE };
        let value = json!({"role": "reseller"});
        let filter = PersonFilter::from_json(&value, "filter", with_role).unwrap();
        assert_eq!(filter.node(), &Node::Leaf(PersonLeaf::Role(Role::Reseller)));
    }

    fn nested(levels: usize) -> String {
        let operators = levels - 1;
        format!(
            "{}{{\"id\":1}}{}",
            "{\"and\":[".repeat(operators),
            "]}".repeat(operators)
        )
    }

    #[test]
    fn sixty_four_levels_are_read_and_one_more_is_refused() {
        let filter = read_text(&nested(MOST_LEVELS)).unwrap();
        assert_eq!(filter.levels(), MOST_LEVELS);
        assert_eq!(filter.to_json().to_string(), nested(MOST_LEVELS));
        let violation = read_text(&nested(MOST_LEVELS + 1)).unwrap_err().0.remove(0);
        assert!(
            violation.path.ends_with(".and[0]"),
            "the path leads to the level too much"
        );
        assert_eq!(violation.message, "nested deeper than 64 levels");
    }

    #[test]
    fn a_value_nested_a_hundred_thousand_times_does_not_overflow_the_stack() {
        let mut value = json!({"id": 1});
        for _ in 0..100_000 {
            value = Value::Object(Map::from_iter([("not".to_owned(), value)]));
        }
        let result = PersonFilter::from_json(&value, "filter", BE);
        // Dropping the value itself would recurse; that is serde_json's, not ours.
        std::mem::forget(value);
        assert!(result.is_err());
    }

    #[test]
    fn ten_thousand_leaves_are_read_and_one_more_is_refused() {
        let leaves = |count: usize| json!({"or": vec![json!({"id": 1}); count]});
        let read = |count| PersonFilter::from_json(&leaves(count), "filter", BE);
        assert_eq!(read(MOST_LEAVES).unwrap().leaves(), MOST_LEAVES);
        assert_eq!(read(MOST_LEAVES + 1).unwrap_err().0[0].path, "filter.or");
    }

    #[test]
    fn a_filter_over_organizations_has_its_own_leaves() {
        for text in [
            r#"{"type":"supplier"}"#,
            r#"{"searchName":"apo"}"#,
            r#"{"specializations":["a","b"]}"#,
            r#"{"not":{"name":"'t Apotheekje"}}"#,
        ] {
            let value = json::parse(text).unwrap();
            let filter = OrganizationFilter::from_json(&value, "filter", BE).unwrap();
            assert_eq!(filter.to_json().to_string(), text);
        }
        let value = json!({"organization": 1});
        assert!(OrganizationFilter::from_json(&value, "filter", BE).is_err());
    }
}
