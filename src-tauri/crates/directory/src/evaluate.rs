//! Plain evaluation of a filter over values: the reference for the mirror and the simulator.

use crate::{
    Fact, Filter, Node, Organization, OrganizationFilter, OrganizationId, OrganizationLeaf, Person,
    PersonFilter, PersonId, PersonLeaf, Role,
    criteria::{Calendar, Clause, Criteria, Field, FoldedTest, News, Range, State, TimeField},
    name::fold,
};

/// Whether something holds, as far as is known: the least of an `and`, the greatest of an `or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    No,
    /// Something that decides it is not known.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// What the complement says.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// What a filter over people needs to know beside the person.
pub trait Roster {
    /// The organization with this id; none if the key cannot see it.
    fn organization(&self, id: OrganizationId) -> Option<&Organization>;

    /// What is known of a person's role.
    fn role(&self, id: PersonId) -> Fact<&Role>;
}

/// What criteria need to know beside the person: what syncs saw, and what day it is.
pub trait Chronicle: Roster {
    /// Today, and where days begin.
    fn calendar(&self) -> &Calendar;

    /// What the last sync said of a person; [`News::Present`] if nothing new.
    fn news(&self, id: PersonId) -> Fact<News>;

    /// When a sync last noticed a change of a person, Unix seconds.
    fn changed_at(&self, id: PersonId) -> Fact<i64>;
}

impl<L> Filter<L> {
    /// Whether the filter holds, given what each leaf says. Three-valued: `not` of unknown is
    /// unknown; `and` is no if any part is no; `or` is yes if any part is yes.
    pub fn evaluate(&self, leaf: &impl Fn(&L) -> Truth) -> Truth {
        match self.node() {
            Node::Leaf(condition) => leaf(condition),
            Node::And(parts) => decide(parts, leaf, Truth::No),
            Node::Or(parts) => decide(parts, leaf, Truth::Yes),
            Node::Not(part) => part.evaluate(leaf).negated(),
        }
    }
}

fn decide<L>(parts: &[Filter<L>], leaf: &impl Fn(&L) -> Truth, decisive: Truth) -> Truth {
    let mut verdict = decisive.negated();
    for part in parts {
        match part.evaluate(leaf) {
            truth if truth == decisive => return decisive,
            Truth::Unknown => verdict = Truth::Unknown,
            _ => {}
        }
    }
    verdict
}

impl PersonFilter {
    /// Whether the filter holds for a person.
    pub fn matches(&self, person: &Person, roster: &impl Roster) -> Truth {
        self.evaluate(&|leaf| leaf.holds(person, roster))
    }
}

impl PersonLeaf {
    /// Whether the condition holds for a person.
    pub fn holds(&self, person: &Person, roster: &impl Roster) -> Truth {
        match self {
            Self::Id(ids) => ids.as_slice().contains(&person.id).into(),
            Self::Organization(id) => holds(person.organization.as_ref(), |own| *own == id),
            Self::Identifier(kind, value) => {
                let own = of_organization(person, roster, |own| own.identifier(*kind).as_ref());
                holds(own, |own| **own == value.text())
            }
            Self::Role(role) => holds(roster.role(person.id), |own| *own == role),
        }
    }
}

impl Criteria {
    /// Whether the criteria hold for a person. Parts that are off are left out before, by
    /// [`Criteria::enabled`].
    pub fn matches(&self, person: &Person, chronicle: &impl Chronicle) -> Truth {
        self.evaluate(&|clause| clause.holds(person, chronicle))
    }
}

impl Clause {
    /// Whether the clause holds for a person. A part that is off holds, and so does not change the
    /// `and` that it stands in.
    pub fn holds(&self, person: &Person, chronicle: &impl Chronicle) -> Truth {
        match self {
            Self::Vendor(leaf) => leaf.holds(person, chronicle),
            Self::Name(test) => test.holds(&person.name).into(),
            Self::OrganizationName(test) => {
                let name = organization_name(person, chronicle);
                holds(name, |name| test.holds(name))
            }
            Self::Time(field, test) => {
                let range = chronicle.calendar().range(*test);
                holds(field.of(person, chronicle), |time| range.contains(*time))
            }
            Self::State(field, state) => field
                .state_in(*state, person, chronicle)
                .map_or(Truth::Unknown, Truth::from),
            Self::Seen(asked) => holds(chronicle.news(person.id).as_ref(), |own| {
                asked.includes(**own)
            }),
            Self::Off(_) => Truth::Yes,
        }
    }
}

impl Field {
    fn state_in(self, state: State, person: &Person, chronicle: &impl Chronicle) -> Option<bool> {
        match self {
            Self::Organization => state.holds(&person.organization),
            Self::Role => state.holds(&chronicle.role(person.id)),
            Self::Identifier(kind) => {
                let own = |own| Organization::identifier(own, kind).as_ref();
                state.holds(&of_organization(person, chronicle, own))
            }
            Self::Created => state.holds(&person.meta.created_at),
            Self::Updated => state.holds(&person.meta.updated_at),
        }
    }
}

impl TimeField {
    /// The time of a person, Unix seconds.
    fn of(self, person: &Person, chronicle: &impl Chronicle) -> Fact<i64> {
        match self {
            Self::Created => person.meta.created_at,
            Self::Updated => person.meta.updated_at,
            Self::Changed => chronicle.changed_at(person.id),
        }
    }
}

/// What is known of a person because it is known of the organization.
pub(crate) fn of_organization<'a, T>(
    person: &Person,
    roster: &'a impl Roster,
    value: impl FnOnce(&'a Organization) -> Fact<T>,
) -> Fact<T> {
    match person.organization {
        Fact::Unknown => Fact::Unknown,
        Fact::Absent => Fact::Absent,
        Fact::Known(id) => roster.organization(id).map_or(Fact::Unknown, value),
    }
}

/// The name of a person's organization.
pub(crate) fn organization_name<'a>(person: &Person, roster: &'a impl Roster) -> Fact<&'a str> {
    of_organization(person, roster, |own| Fact::Known(own.name.as_str()))
}

/// Criteria made ready to be asked of many people on one day.
#[derive(Debug, Clone)]
pub struct Prepared(Filter<Ready>);

/// A clause with everything done that is the same for every person.
#[derive(Debug, Clone)]
enum Ready {
    /// Ascending.
    Ids(Vec<PersonId>),
    Name(FoldedTest),
    OrganizationName(FoldedTest),
    Time(TimeField, Range),
    /// There is nothing to do.
    Plain(Clause),
}

impl Criteria {
    /// Makes them ready for many people, whose chronicles have this calendar.
    #[must_use]
    pub fn prepared(&self, calendar: &Calendar) -> Prepared {
        Prepared(self.map(&|clause| Ready::of(clause, calendar)))
    }
}

impl Prepared {
    /// Whether the criteria hold for a person, as [`Criteria::matches`] says.
    pub fn matches(&self, person: &Person, chronicle: &impl Chronicle) -> Truth {
        self.0.evaluate(&|clause| clause.holds(person, chronicle))
    }
}

impl Ready {
    fn of(clause: &Clause, calendar: &Calendar) -> Self {
        match clause {
            Clause::Vendor(PersonLeaf::Id(ids)) => {
                let mut ids = ids.as_slice().to_vec();
                ids.sort_unstable();
                Self::Ids(ids)
            }
            Clause::Name(test) => Self::Name(test.folded()),
            Clause::OrganizationName(test) => Self::OrganizationName(test.folded()),
            Clause::Time(field, test) => Self::Time(*field, calendar.range(*test)),
            Clause::Vendor(_) | Clause::State(..) | Clause::Seen(_) | Clause::Off(_) => {
                Self::Plain(clause.clone())
            }
        }
    }

    fn holds(&self, person: &Person, chronicle: &impl Chronicle) -> Truth {
        match self {
            Self::Ids(ids) => ids.binary_search(&person.id).is_ok().into(),
            Self::Name(test) => test.holds(&fold(&person.name)).into(),
            Self::OrganizationName(test) => {
                let name = organization_name(person, chronicle);
                holds(name, |name| test.holds(&fold(name)))
            }
            Self::Time(field, range) => {
                holds(field.of(person, chronicle), |time| range.contains(*time))
            }
            Self::Plain(clause) => clause.holds(person, chronicle),
        }
    }
}

impl OrganizationFilter {
    /// Whether the filter holds for an organization.
    #[must_use]
    pub fn matches(&self, organization: &Organization) -> Truth {
        self.evaluate(&|leaf| match leaf {
            OrganizationLeaf::Id(ids) => ids.as_slice().contains(&organization.id).into(),
            OrganizationLeaf::Kind(kind) => holds(organization.kind.as_ref(), |own| *own == kind),
            OrganizationLeaf::Name(name) => (organization.name == *name).into(),
            OrganizationLeaf::SearchName(part) => {
                fold(&organization.name).contains(&fold(part)).into()
            }
            OrganizationLeaf::Specializations(values) => {
                match organization.extra.get("specializations") {
                    None => Truth::Unknown,
                    Some(serde_json::Value::Array(own)) => own
                        .iter()
                        .filter_map(|value| value.as_str())
                        .any(|value| values.iter().any(|wanted| wanted == value))
                        .into(),
                    Some(_) => Truth::No,
                }
            }
            OrganizationLeaf::Identifier(kind, value) => {
                let own = organization.identifier(*kind).as_ref();
                holds(own, |own| **own == value.text())
            }
        })
    }
}

fn holds<T>(fact: Fact<T>, test: impl FnOnce(&T) -> bool) -> Truth {
    match fact {
        Fact::Unknown => Truth::Unknown,
        Fact::Absent => Truth::No,
        Fact::Known(value) => test(&value).into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        Platform, Vocabulary,
        sampling::{self, Complete},
    };

    #[derive(Default)]
    struct Known(HashMap<OrganizationId, Organization>);

    impl Roster for Known {
        fn organization(&self, id: OrganizationId) -> Option<&Organization> {
            self.0.get(&id)
        }

        fn role(&self, _: PersonId) -> Fact<&Role> {
            Fact::Unknown
        }
    }

    fn roster() -> Known {
        let organizations: Vec<Organization> = serde_json::from_value(json!([
            {"id": 5, "name": "A", "vatNr": "BE0123456749", "apbNr": "012345", "rizivNr": null},
            {"id": 6, "name": "B", "apbNr": "123456"},
        ]))
        .unwrap();
        Known(organizations.into_iter().map(|own| (own.id, own)).collect())
    }

    fn truth(filter: serde_json::Value, person: serde_json::Value) -> Truth {
        let vocabulary = Vocabulary {
            role: true,
            ..Vocabulary::of(Platform::Be)
        };
        let filter = PersonFilter::from_json(&filter, "filter", vocabulary).unwrap();
        let mut person = person;
        person["name"] = json!("P");
        filter.matches(&serde_json::from_value(person).unwrap(), &roster())
    }

    #[test]
    fn a_leaf_says_yes_no_or_unknown() {
        let in_a = json!({"id": 1, "organization": 5});
        let in_b = json!({"id": 2, "organization": 6});
        let in_none = json!({"id": 3, "organization": null});
        let not_told = json!({"id": 4});
        let not_visible = json!({"id": 5, "organization": 99});
        for (filter, person, expected, why) in [
            (json!({"id": [1, 9]}), &in_a, Truth::Yes, "the id is listed"),
            (json!({"id": 9}), &in_a, Truth::No, "the id is another"),
            (
                json!({"organization": 5}),
                &in_a,
                Truth::Yes,
                "it is theirs",
            ),
            (
                json!({"organization": 5}),
                &in_none,
                Truth::No,
                "they have none",
            ),
            (
                json!({"organization": 5}),
                &not_told,
                Truth::Unknown,
                "it was not told",
            ),
            (
                json!({"vatNr": "BE0123456749"}),
                &in_a,
                Truth::Yes,
                "the text is the same",
            ),
            (
                json!({"vatNr": "be0123456749"}),
                &in_a,
                Truth::No,
                "texts compare exactly",
            ),
            (
                json!({"vatNr": "x"}),
                &in_b,
                Truth::Unknown,
                "the vendor did not say",
            ),
            (
                json!({"vatNr": "x"}),
                &in_none,
                Truth::No,
                "no organization matches no number",
            ),
            (
                json!({"vatNr": "x"}),
                &not_visible,
                Truth::Unknown,
                "the key cannot see it",
            ),
            (json!({"rizivNr": 1}), &in_a, Truth::No, "there is none"),
            (
                json!({"rizivNr": ""}),
                &in_a,
                Truth::No,
                "there is none, not an empty one",
            ),
            (
                json!({"apbNr": 123_456}),
                &in_b,
                Truth::Yes,
                "an integer is its digits",
            ),
            (
                json!({"apbNr": 12345}),
                &in_a,
                Truth::No,
                "leading zeros count",
            ),
            (
                json!({"apbNr": "012345"}),
                &in_a,
                Truth::Yes,
                "leading zeros count",
            ),
            (
                json!({"role": "reseller"}),
                &in_a,
                Truth::Unknown,
                "roles are not returned",
            ),
            (
                json!({"not": {"organization": 5}}),
                &in_none,
                Truth::Yes,
                "the complement",
            ),
            (
                json!({"not": {"role": "reseller"}}),
                &in_a,
                Truth::Unknown,
                "still unknown",
            ),
        ] {
            assert_eq!(
                truth(filter.clone(), person.clone()),
                expected,
                "{filter}: {why}"
            );
        }
    }

    #[test]
    fn and_or_not_are_kleenes() {
        let (yes, no, unknown) = (json!({"id": 1}), json!({"id": 2}), json!({"role": "x"}));
        let person = json!({"id": 1});
        for (filter, expected) in [
            (json!({"and": [yes, unknown]}), Truth::Unknown),
            (json!({"and": [no, unknown]}), Truth::No),
            (json!({"and": [unknown, no]}), Truth::No),
            (json!({"or": [yes, unknown]}), Truth::Yes),
            (json!({"or": [unknown, yes]}), Truth::Yes),
            (json!({"or": [no, unknown]}), Truth::Unknown),
            (json!({"not": {"or": [no, no]}}), Truth::Yes),
        ] {
            assert_eq!(truth(filter.clone(), person.clone()), expected, "{filter}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn prepared_criteria_say_what_they_said_before(
            criteria in sampling::criteria_partly_off(),
            people in sampling::people(),
        ) {
            let world = Complete::new(false);
            let prepared = criteria.prepared(world.calendar());
            for person in &people {
                prop_assert_eq!(prepared.matches(person, &world), criteria.matches(person, &world));
            }
        }
    }
}
