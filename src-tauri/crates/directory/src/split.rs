//! What of criteria the vendor can answer, and what is left to decide on this computer.
//!
//! Each node of the criteria lies between two filters of the vendor: everybody who passes the
//! lower one is surely meant, nobody who fails the upper one can be. A clause that the vendor has
//! a word for is both; one that it has not is between nobody and everybody. `not` swaps the two.
//!
//! The name of an organization is never sent as the ids that it stood for at the last sync: an
//! organization may have got the name since, or lost it, so these ids bound it on neither side.

use crate::{
    Clause, Criteria, Filter, Node, PersonFilter, PersonLeaf, Vocabulary, filter::ShapeError,
};

/// Criteria, divided.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The strongest filter of the vendor that everybody passes for whom the criteria hold or may
    /// hold; none: everybody is asked for.
    pub sent: Option<PersonFilter>,
    /// What is left to decide of those who pass; none: the vendor answers all of it.
    pub rest: Option<Criteria>,
    /// For each leaf of the criteria, from left to right, whether the vendor decides it.
    pub at_vendor: Vec<bool>,
}

/// Divides criteria of which [`Criteria::enabled`] has left out what is off. The vocabulary says
/// whether the vendor finds people by role.
#[must_use]
pub fn split(criteria: &Criteria, vocabulary: Vocabulary) -> Split {
    let leaf = |clause: &Clause| match clause {
        Clause::Vendor(PersonLeaf::Role(_)) if !vocabulary.role => None,
        Clause::Vendor(leaf) => Some(Bound::Filter(Filter::leaf(leaf.clone()))),
        _ => None,
    };
    // What is sent is never larger than the criteria, so there is always a way.
    divide(criteria, &leaf).unwrap_or_else(|_| Split {
        sent: None,
        rest: Some(criteria.clone()),
        at_vendor: vec![false; criteria.leaves()],
    })
}

/// What the vendor's filter can say of people.
#[derive(Debug, Clone, PartialEq)]
enum Bound {
    Everybody,
    Nobody,
    Filter(PersonFilter),
}

/// The filters of the vendor between which a node lies.
#[derive(Debug, Clone)]
enum Bounds {
    /// It is one.
    Exact(Bound),
    Between {
        lower: Bound,
        upper: Bound,
    },
}

/// A node with its bounds, so that these are found once.
struct Bounded<'a> {
    node: &'a Criteria,
    bounds: Bounds,
    parts: Vec<Self>,
}

fn divide(
    criteria: &Criteria,
    leaf: &impl Fn(&Clause) -> Option<Bound>,
) -> Result<Split, ShapeError> {
    let tree = Bounded::of(criteria, leaf)?;
    let mut at_vendor = Vec::new();
    let rest = tree.rest(false, &mut at_vendor)?;
    let sent = match tree.bounds.into_upper() {
        // No clause is bounded so that nobody can pass.
        Bound::Everybody | Bound::Nobody => None,
        Bound::Filter(filter) => Some(filter),
    };
    Ok(Split {
        sent,
        rest,
        at_vendor,
    })
}

impl<'a> Bounded<'a> {
    fn of(
        node: &'a Criteria,
        leaf: &impl Fn(&Clause) -> Option<Bound>,
    ) -> Result<Self, ShapeError> {
        let all = |parts: &'a [Criteria]| -> Result<Vec<Self>, ShapeError> {
            parts.iter().map(|part| Self::of(part, leaf)).collect()
        };
        let (bounds, parts) = match node.node() {
            Node::Leaf(clause) => {
                let bounds = leaf(clause).map_or(
                    Bounds::Between {
                        lower: Bound::Nobody,
                        upper: Bound::Everybody,
                    },
                    Bounds::Exact,
                );
                (bounds, Vec::new())
            }
            Node::And(own) => {
                let parts = all(own)?;
                (joined(&parts, Bound::all_of)?, parts)
            }
            Node::Or(own) => {
                let parts = all(own)?;
                (joined(&parts, Bound::any_of)?, parts)
            }
            Node::Not(own) => {
                let part = Self::of(own, leaf)?;
                let bounds = match &part.bounds {
                    Bounds::Exact(bound) => Bounds::Exact(bound.clone().complement()?),
                    Bounds::Between { lower, upper } => Bounds::Between {
                        lower: upper.clone().complement()?,
                        upper: lower.clone().complement()?,
                    },
                };
                (bounds, vec![part])
            }
        };
        Ok(Self {
            node,
            bounds,
            parts,
        })
    }

    /// What is left to decide of a node, or of its complement, of people who pass its bound. Parts
    /// of an `and` that are exact have been decided by it.
    fn rest(
        &self,
        negated: bool,
        at_vendor: &mut Vec<bool>,
    ) -> Result<Option<Criteria>, ShapeError> {
        if matches!(self.bounds, Bounds::Exact(_)) {
            at_vendor.extend(std::iter::repeat_n(true, self.node.leaves()));
            return Ok(None);
        }
        match (self.node.node(), negated) {
            (Node::Not(_), _) => self
                .parts
                .first()
                .map_or(Ok(None), |part| part.rest(!negated, at_vendor)),
            (Node::And(_), false) | (Node::Or(_), true) => {
                let mut left = Vec::with_capacity(self.parts.len());
                for part in &self.parts {
                    left.extend(part.rest(negated, at_vendor)?);
                }
                match left.len() {
                    0 | 1 => Ok(left.pop()),
                    _ => Criteria::and(left).map(Some),
                }
            }
            (_, negated) => {
                at_vendor.extend(std::iter::repeat_n(false, self.node.leaves()));
                let own = self.node.clone();
                if negated {
                    Criteria::negate(own).map(Some)
                } else {
                    Ok(Some(own))
                }
            }
        }
    }
}

fn joined(
    parts: &[Bounded<'_>],
    join: fn(Vec<Bound>) -> Result<Bound, ShapeError>,
) -> Result<Bounds, ShapeError> {
    let exact = parts
        .iter()
        .all(|part| matches!(part.bounds, Bounds::Exact(_)));
    let upper = join(parts.iter().map(|part| part.bounds.upper()).collect())?;
    if exact {
        return Ok(Bounds::Exact(upper));
    }
    let lower = join(parts.iter().map(|part| part.bounds.lower()).collect())?;
    Ok(Bounds::Between { lower, upper })
}

impl Bounds {
    fn upper(&self) -> Bound {
        self.clone().into_upper()
    }

    fn into_upper(self) -> Bound {
        match self {
            Self::Exact(bound) | Self::Between { upper: bound, .. } => bound,
        }
    }

    fn lower(&self) -> Bound {
        match self {
            Self::Exact(bound) | Self::Between { lower: bound, .. } => bound.clone(),
        }
    }
}

impl Bound {
    fn all_of(parts: Vec<Self>) -> Result<Self, ShapeError> {
        Self::join(parts, &Self::Everybody, Self::Nobody, Filter::and)
    }

    fn any_of(parts: Vec<Self>) -> Result<Self, ShapeError> {
        Self::join(parts, &Self::Nobody, Self::Everybody, Filter::or)
    }

    /// Joins bounds of which `neutral` ones change nothing and a `decisive` one decides all.
    fn join(
        parts: Vec<Self>,
        neutral: &Self,
        decisive: Self,
        join: fn(Vec<PersonFilter>) -> Result<PersonFilter, ShapeError>,
    ) -> Result<Self, ShapeError> {
        if parts.contains(&decisive) {
            return Ok(decisive);
        }
        let all = parts.len();
        let mut filters: Vec<PersonFilter> = parts
            .into_iter()
            .filter_map(|part| match part {
                Self::Filter(filter) => Some(filter),
                Self::Everybody | Self::Nobody => None,
            })
            .collect();
        match (filters.len(), filters.pop()) {
            (_, None) => Ok(neutral.clone()),
            (1, Some(only)) if all > 1 => Ok(Self::Filter(only)),
            (_, Some(last)) => {
                filters.push(last);
                join(filters).map(Self::Filter)
            }
        }
    }

    fn complement(self) -> Result<Self, ShapeError> {
        Ok(match self {
            Self::Everybody => Self::Nobody,
            Self::Nobody => Self::Everybody,
            Self::Filter(filter) => Self::Filter(Filter::negate(filter)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        Platform, Truth,
        sampling::{self, Complete},
    };

    fn vocabulary(role: bool) -> Vocabulary {
        Vocabulary {
            role,
            ..Vocabulary::of(Platform::Be)
        }
    }

    fn of(value: &Value, role: bool) -> (Option<Value>, Option<Value>) {
        let criteria = Criteria::from_json(value, "filter", vocabulary(role)).unwrap();
        let split = split(&criteria, vocabulary(role));
        (
            split.sent.map(|sent| sent.to_json()),
            split.rest.map(|rest| rest.to_json()),
        )
    }

    #[test]
    fn the_vendor_gets_the_largest_part_that_it_can_answer() {
        let local = json!({"muster.name": {"contains": "jan"}});
        let (a, b) = (json!({"organization": 12}), json!({"vatNr": "x"}));
        for (criteria, sent, rest, why) in [
            (
                json!({"and": [a, local]}),
                Some(a.clone()),
                Some(local.clone()),
                "an exact part of an and is decided by the vendor",
            ),
            (
                json!({"or": [a, local]}),
                None,
                Some(json!({"or": [a, local]})),
                "anybody may have the name",
            ),
            (
                json!({"and": [{"or": [a, {"and": [b, local]}]}, local]}),
                Some(json!({"or": [a, b]})),
                Some(json!({"and": [{"or": [a, {"and": [b, local]}]}, local]})),
                "what is under an or narrows, and is decided here",
            ),
            (
                json!({"not": {"or": [a, local]}}),
                Some(json!({"not": a})),
                Some(json!({"not": local})),
                "the complement of an or is an and of complements",
            ),
            (
                json!({"not": {"and": [a, local]}}),
                None,
                Some(json!({"not": {"and": [a, local]}})),
                "somebody of the organization may have another name",
            ),
            (
                json!({"not": {"not": {"and": [a, local]}}}),
                Some(json!({"not": {"not": a}})),
                Some(local.clone()),
                "two complements are none",
            ),
            (
                json!({"not": {"not": a}}),
                Some(json!({"not": {"not": a}})),
                None,
                "what the vendor answers is sent as it is",
            ),
            (local.clone(), None, Some(local.clone()), "nothing is sent"),
        ] {
            assert_eq!(of(&criteria, false), (sent, rest), "{criteria}: {why}");
        }
    }

    #[test]
    fn a_role_is_sent_where_the_vendor_finds_people_by_it() {
        let role = json!({"role": "reseller"});
        assert_eq!(of(&role, true), (Some(role.clone()), None));
        assert_eq!(of(&role, false), (None, Some(role)));
    }

    #[test]
    fn a_name_of_an_organization_is_not_sent_and_bounds_nothing() {
        let name = json!({"muster.organizationName": {"is": "A"}});
        let a = json!({"organization": 12});
        for (criteria, sent) in [
            (name.clone(), None),
            (json!({"not": name}), None),
            (json!({"or": [a, name]}), None),
            (json!({"and": [a, {"not": name}]}), Some(a.clone())),
        ] {
            assert_eq!(of(&criteria, false).0, sent, "{criteria}");
        }
    }

    #[test]
    fn it_is_known_of_each_clause_whether_the_vendor_decides_it() {
        let value = json!({"and": [
            {"organization": 1},
            {"or": [{"organization": 2}, {"muster.name": {"is": "x"}}]},
            {"not": {"or": [{"id": 3}, {"muster.seen": "new"}]}},
        ]});
        let criteria = Criteria::from_json(&value, "filter", vocabulary(false)).unwrap();
        let split = split(&criteria, vocabulary(false));
        assert_eq!(split.at_vendor, [true, false, false, true, false]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_sent_and_what_is_left_say_what_the_criteria_say(
            criteria in sampling::criteria(),
            people in sampling::people(),
            role in any::<bool>(),
        ) {
            let chronicle = Complete::new(role);
            let split = split(&criteria, vocabulary(role));
            for person in &people {
                let truth = chronicle.truth(&criteria, person);
                let passes = split.sent.as_ref().map_or(Truth::Yes, |sent| {
                    chronicle.truth(&Criteria::from_vendor(sent), person)
                });
                prop_assert_ne!(passes, Truth::Unknown, "the vendor knows");
                if truth != Truth::No {
                    prop_assert_eq!(passes, Truth::Yes, "{:?} is lost", person);
                }
                let finished = match (&split.rest, passes) {
                    (_, Truth::No) => Truth::No,
                    (None, passes) => passes,
                    (Some(rest), _) => chronicle.truth(rest, person),
                };
                prop_assert_eq!(finished, truth, "{:?}", person);
            }
        }

        #[test]
        fn what_the_vendor_has_words_for_is_sent_as_it_is(
            filter in sampling::vendor_filter(),
        ) {
            let criteria = Criteria::from_vendor(&filter);
            let split = split(&criteria, vocabulary(true));
            prop_assert_eq!(split.sent, Some(filter));
            prop_assert_eq!(split.rest, None);
            prop_assert!(split.at_vendor.iter().all(|at| *at));
        }
    }
}
