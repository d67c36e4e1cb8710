//! Why criteria hold for a person, or not, and the smallest edit that would change it.

use jiff::Timestamp;

use crate::{
    Clause, Criteria, Fact, Filter, Ids, Node, Person, PersonId, PersonLeaf, Truth,
    criteria::{Calendar, Field, TimeField},
    evaluate::{Chronicle, of_organization, organization_name},
    filter::{MOST_LEVELS, ShapeError},
};

/// A node of criteria, and what it says of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What it is.
    pub kind: Kind,
    /// What it says. A part that is off says yes, and is left out of what stands above it.
    pub truth: Truth,
    /// Of a condition: which.
    pub clause: Option<Clause>,
    /// Of a condition: the person's own value that decided it, as a person would write it.
    pub value: Option<Fact<String>>,
    /// Its parts.
    pub parts: Vec<Self>,
}

/// What a node of criteria is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A condition.
    Clause,
    /// All of its parts.
    And,
    /// Any of its parts.
    Or,
    /// The complement of its part.
    Not,
    /// It is off; its part says what it would say.
    Off,
}

/// A value of a person that a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// The vendor's id.
    Id,
    /// The display name.
    Name,
    /// The name of the organization.
    OrganizationName,
    /// The organization, the role, a number, when the vendor created or changed the person.
    Field(Field),
    /// When a sync last noticed a change.
    Changed,
    /// What the last sync said.
    News,
}

impl Clause {
    /// The value that the condition looks at; none for a part that is off.
    #[must_use]
    pub const fn looks_at(&self) -> Option<Value> {
        Some(match self {
            Self::Vendor(PersonLeaf::Id(_)) => Value::Id,
            Self::Vendor(PersonLeaf::Organization(_)) => Value::Field(Field::Organization),
            Self::Vendor(PersonLeaf::Identifier(kind, _)) => Value::Field(Field::Identifier(*kind)),
            Self::Vendor(PersonLeaf::Role(_)) => Value::Field(Field::Role),
            Self::Name(_) => Value::Name,
            Self::OrganizationName(_) => Value::OrganizationName,
            Self::Time(TimeField::Created, _) => Value::Field(Field::Created),
            Self::Time(TimeField::Updated, _) => Value::Field(Field::Updated),
            Self::Time(TimeField::Changed, _) => Value::Changed,
            Self::State(field, _) => Value::Field(*field),
            Self::Seen(_) => Value::News,
            Self::Off(_) => return None,
        })
    }
}

impl Value {
    /// What it is of a person, as a person would write it.
    pub fn of(self, person: &Person, chronicle: &impl Chronicle) -> Fact<String> {
        let moment = |fact: Fact<i64>| fact.map(|seconds| moment(seconds, chronicle.calendar()));
        match self {
            Self::Id => Fact::Known(person.id.to_string()),
            Self::Name => Fact::Known(person.name.clone()),
            Self::OrganizationName => organization_name(person, chronicle).map(str::to_owned),
            Self::Field(Field::Organization) => person.organization.map(|id| {
                chronicle
                    .organization(id)
                    .map_or_else(|| id.to_string(), |own| format!("{id} \u{b7} {}", own.name))
            }),
            Self::Field(Field::Role) => chronicle.role(person.id).map(ToString::to_string),
            Self::Field(Field::Identifier(kind)) => {
                of_organization(person, chronicle, |own| own.identifier(kind).clone())
            }
            Self::Field(Field::Created) => moment(person.meta.created_at),
            Self::Field(Field::Updated) => moment(person.meta.updated_at),
            Self::Changed => moment(chronicle.changed_at(person.id)),
            Self::News => chronicle.news(person.id).map(|news| news.word().to_owned()),
        }
    }
}

fn moment(seconds: i64, calendar: &Calendar) -> String {
    Timestamp::from_second(seconds).map_or_else(
        |_| seconds.to_string(),
        |moment| {
            let there = calendar.zone.to_datetime(moment);
            there.strftime("%Y-%m-%d %H:%M").to_string()
        },
    )
}

/// What each node of criteria says of a person, and the values that decided it.
pub fn explain(criteria: &Criteria, person: &Person, chronicle: &impl Chronicle) -> Explained {
    let parts = |parts: &[Criteria]| -> Vec<Explained> {
        let one = |part| explain(part, person, chronicle);
        parts.iter().map(one).collect()
    };
    let (kind, parts) = match criteria.node() {
        Node::Leaf(Clause::Off(off)) => (Kind::Off, parts(std::slice::from_ref(off.part()))),
        Node::Leaf(clause) => {
            return Explained {
                kind: Kind::Clause,
                truth: clause.holds(person, chronicle),
                value: clause.looks_at().map(|value| value.of(person, chronicle)),
                clause: Some(clause.clone()),
                parts: Vec::new(),
            };
        }
        Node::And(all) => (Kind::And, parts(all)),
        Node::Or(all) => (Kind::Or, parts(all)),
        Node::Not(part) => (Kind::Not, parts(std::slice::from_ref(part))),
    };
    Explained {
        kind,
        truth: said(kind, &parts).unwrap_or(Truth::Yes),
        clause: None,
        value: None,
        parts,
    }
}

/// What the parts that are not off say together; none if all are.
fn said(kind: Kind, parts: &[Explained]) -> Option<Truth> {
    let on = parts
        .iter()
        .filter(|part| part.says_something())
        .map(|part| part.truth);
    match kind {
        Kind::Clause | Kind::Off => None,
        Kind::And => on.min(),
        Kind::Or => on.max(),
        Kind::Not => on.map(Truth::negated).next(),
    }
}

impl Explained {
    /// Whether anything in it is not off.
    fn says_something(&self) -> bool {
        match self.kind {
            Kind::Clause => true,
            Kind::Off => false,
            Kind::And | Kind::Or | Kind::Not => self.parts.iter().any(Self::says_something),
        }
    }

    /// The values that are not known and because of which it is not known what this says.
    #[must_use]
    pub fn missing(&self) -> Vec<Value> {
        let mut missing = Vec::new();
        self.add_missing(&mut missing);
        missing
    }

    fn add_missing(&self, missing: &mut Vec<Value>) {
        if self.kind == Kind::Off || self.truth != Truth::Unknown {
            return;
        }
        if let Some(value) = self.clause.as_ref().and_then(Clause::looks_at)
            && !missing.contains(&value)
        {
            missing.push(value);
        }
        self.parts.iter().for_each(|part| part.add_missing(missing));
    }
}

/// A change of criteria that is as small as can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What it does, in the order of the criteria.
    pub changes: Vec<Change>,
    /// What it makes of the criteria.
    pub result: Criteria,
}

/// One step of an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What is done.
    pub act: Act,
    /// To which part.
    pub part: Criteria,
}

/// What is done to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It is taken away from the `and` or `or` that it stands in.
    Remove,
    /// It is turned into its complement.
    Negate,
    /// It is added to the whole.
    Add,
}

/// The smallest edit of criteria (none: everybody) after which they surely hold for a person, or
/// surely do not. Taking one part away comes first; then naming the person, which changes the
/// answer for nobody else. None if they are as wanted already, or if no edit stays within the limits
/// of a filter.
pub fn smallest_edit(
    criteria: Option<&Criteria>,
    truth_of: &impl Fn(&Clause) -> Truth,
    wanted: bool,
    person: PersonId,
) -> Option<Edit> {
    let wanted = Truth::from(wanted);
    let now = criteria.map_or(Some(Truth::Yes), |own| truth(own, truth_of));
    if now.unwrap_or(Truth::Yes) == wanted {
        return None;
    }
    let aim = Aim {
        truth_of,
        wanted,
        levels: MOST_LEVELS,
    };
    let own = criteria.and_then(|own| aim.inside(own));
    let naming = || named(criteria, wanted, person).ok();
    let takes_one_away = |found: &Found| matches!(&*found.changes, [one] if one.act == Act::Remove);
    let found = match own {
        Some(own) if takes_one_away(&own) => Some(own),
        own => naming().or(own),
    };
    found.map(|found| Edit {
        changes: found.changes,
        result: found.result,
    })
}

/// A way to make a node say what is wanted.
struct Found {
    changes: Vec<Change>,
    result: Criteria,
}

impl Found {
    /// Fewer steps are better; then those that turn nothing round, which would change the answer
    /// for everybody else too; then those that touch less.
    fn cost(&self) -> Cost {
        let negations = self.changes.iter();
        Cost {
            steps: self.changes.len(),
            negations: negations.filter(|change| change.act == Act::Negate).count(),
            touched: self.changes.iter().map(|change| change.part.leaves()).sum(),
        }
    }
}

/// What an edit costs: the first is what counts most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    steps: usize,
    negations: usize,
    touched: usize,
}

impl Cost {
    /// Of taking a part away.
    const fn of_removing(part: &Criteria) -> Self {
        Self {
            steps: 1,
            negations: 0,
            touched: part.leaves(),
        }
    }
}

/// What a node says, leaving out what is off; none if all of it is.
fn truth(node: &Criteria, truth_of: &dyn Fn(&Clause) -> Truth) -> Option<Truth> {
    let all = |parts: &[Criteria]| -> Vec<Truth> {
        let one = |part| truth(part, truth_of);
        parts.iter().filter_map(one).collect()
    };
    match node.node() {
        Node::Leaf(Clause::Off(_)) => None,
        Node::Leaf(clause) => Some(truth_of(clause)),
        Node::And(parts) => all(parts).into_iter().min(),
        Node::Or(parts) => all(parts).into_iter().max(),
        Node::Not(part) => truth(part, truth_of).map(Truth::negated),
    }
}

/// What a node shall say, and in at most how many levels.
#[derive(Clone, Copy)]
struct Aim<'a> {
    truth_of: &'a dyn Fn(&Clause) -> Truth,
    wanted: Truth,
    levels: usize,
}

type Join = fn(Vec<Criteria>) -> Result<Criteria, ShapeError>;

impl Aim<'_> {
    /// The same for a part of the node.
    const fn below(self) -> Self {
        Self {
            levels: self.levels.saturating_sub(1),
            ..self
        }
    }

    const fn negated(self) -> Self {
        Self {
            wanted: self.wanted.negated(),
            ..self
        }
    }

    /// The best way to get there.
    fn made(self, node: &Criteria) -> Option<Found> {
        let own = truth(node, self.truth_of)?;
        if own == self.wanted {
            return Some(Found {
                changes: Vec::new(),
                result: node.clone(),
            });
        }
        let negated = (own == self.wanted.negated())
            .then(|| complement(node).ok())
            .flatten()
            .filter(|result| result.levels() <= self.levels)
            .map(|result| Found {
                changes: vec![Change {
                    act: Act::Negate,
                    part: node.clone(),
                }],
                result,
            });
        let ways = negated.into_iter().chain(self.inside(node));
        ways.min_by_key(Found::cost)
    }

    /// The best way that changes only what stands in the node.
    fn inside(self, node: &Criteria) -> Option<Found> {
        let below = self.below();
        match (node.node(), self.wanted) {
            (Node::Leaf(_), _) => None,
            (Node::Not(part), _) => {
                let found = below.negated().made(part)?;
                let result = complement(&found.result).ok()?;
                Some(Found { result, ..found })
            }
            (Node::And(parts), Truth::Yes) => below.every(parts, Filter::and),
            (Node::Or(parts), Truth::No) => below.every(parts, Filter::or),
            (Node::And(parts), _) => below.one_of(parts, Filter::and),
            (Node::Or(parts), _) => below.one_of(parts, Filter::or),
        }
    }

    /// One part decides: the best way to make any of them do so.
    fn one_of(self, parts: &[Criteria], join: Join) -> Option<Found> {
        let ways = parts.iter().enumerate();
        let ways = ways.filter_map(|(at, part)| Some((at, self.made(part)?)));
        let (at, found) = ways.min_by_key(|(_, found)| found.cost())?;
        let mut all = parts.to_vec();
        *all.get_mut(at)? = found.result;
        let result = join(all).ok()?;
        Some(Found {
            result,
            changes: found.changes,
        })
    }

    /// Every part has to say what is wanted, or to go; one has to stay.
    fn every(self, parts: &[Criteria], join: Join) -> Option<Found> {
        let fates = parts.iter().map(|part| (part, self.fate(part)));
        let mut fates: Vec<(&Criteria, Fate)> = fates.collect();
        if !fates.iter().any(|(_, fate)| matches!(fate, Fate::Stays(_))) {
            keep_one(&mut fates)?;
        }
        let (mut changes, mut left) = (Vec::new(), Vec::with_capacity(parts.len()));
        for (part, fate) in fates {
            match fate {
                Fate::Off => left.push(part.clone()),
                Fate::Stays(found) => {
                    changes.extend(found.changes);
                    left.push(found.result);
                }
                Fate::Goes(_) => changes.push(Change {
                    act: Act::Remove,
                    part: part.clone(),
                }),
            }
        }
        let result = match (left.len() < parts.len(), left.as_slice()) {
            // What is left of several stands alone.
            (true, [one]) => one.clone(),
            _ => join(left).ok()?,
        };
        Some(Found { changes, result })
    }

    /// What becomes of a part of which every one has to say what is wanted.
    fn fate(self, part: &Criteria) -> Fate {
        if truth(part, self.truth_of).is_none() {
            return Fate::Off;
        }
        match self.made(part) {
            Some(found) if found.cost() < Cost::of_removing(part) => Fate::Stays(found),
            found => Fate::Goes(found),
        }
    }
}

/// What becomes of a part.
enum Fate {
    /// It says nothing, and stays as it is.
    Off,
    /// It stays, edited so.
    Stays(Found),
    /// Taking it away costs less than editing it so.
    Goes(Option<Found>),
}

/// Of parts that would all go, keeps the one for which that costs least; none if none can stay.
fn keep_one(fates: &mut [(&Criteria, Fate)]) -> Option<()> {
    let able = fates.iter_mut().filter_map(|(_, fate)| match fate {
        Fate::Goes(Some(found)) => Some((found.cost(), fate)),
        _ => None,
    });
    let (_, fate) = able.min_by_key(|(cost, _)| *cost)?;
    if let Fate::Goes(found) = fate {
        *fate = Fate::Stays(found.take()?);
    }
    Some(())
}

fn complement(node: &Criteria) -> Result<Criteria, ShapeError> {
    match node.node() {
        Node::Not(part) => Ok(part.as_ref().clone()),
        _ => Criteria::negate(node.clone()),
    }
}

/// The criteria, or this person; the criteria, and not this person.
fn named(
    criteria: Option<&Criteria>,
    wanted: Truth,
    person: PersonId,
) -> Result<Found, ShapeError> {
    let id = Criteria::leaf(Clause::Vendor(PersonLeaf::Id(Ids::One(person))));
    let (added, join): (_, Join) = match wanted {
        Truth::Yes => (id, Filter::or),
        _ => (Criteria::negate(id)?, Filter::and),
    };
    let result = match (criteria, criteria.map(Filter::node), wanted) {
        (None, ..) => added.clone(),
        (_, Some(Node::Or(parts)), Truth::Yes) | (_, Some(Node::And(parts)), Truth::No) => {
            let mut all = parts.clone();
            all.push(added.clone());
            join(all)?
        }
        (Some(own), ..) => join(vec![own.clone(), added.clone()])?,
    };
    Ok(Found {
        changes: vec![Change {
            act: Act::Add,
            part: added,
        }],
        result,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        Platform, Vocabulary,
        sampling::{self, Complete},
    };

    fn criteria(value: &serde_json::Value) -> Criteria {
        Criteria::from_json(value, "filter", Vocabulary::of(Platform::Be)).unwrap()
    }

    fn person(id: u64) -> Person {
        let value = json!({"id": id, "name": "Jan", "organization": 1, "meta": {"createdAt": 0}});
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn each_condition_shows_the_value_that_decided_it() {
        let tree = criteria(&json!({"and": [
            {"organization": 1}, {"not": {"vatNr": "x"}}, {"muster.created": {"before": "2000-01-01"}},
            {"role": "reseller"}, {"muster.off": {"id": 3}}, {"muster.state": {"updated": "any"}},
        ]}));
        let explained = explain(&tree, &person(4), &Complete::new(false));
        let values: Vec<_> = explained
            .parts
            .iter()
            .map(|part| part.value.clone())
            .collect();
        let known = |text: &str| Some(Fact::Known(text.to_owned()));
        assert_eq!(
            values,
            [
                known("1 \u{b7} One"),
                None,
                known("1970-01-01 00:00"),
                Some(Fact::Unknown),
                None,
                Some(Fact::Unknown)
            ]
        );
        assert_eq!(explained.parts[1].parts[0].value, known("V1"));
        assert_eq!(explained.parts[4].kind, Kind::Off);
        assert_eq!(
            explained.parts[4].parts[0].truth,
            Truth::No,
            "it would say no"
        );
        assert_eq!(explained.truth, Truth::Unknown);
        assert_eq!(
            explained.missing(),
            [Value::Field(Field::Role), Value::Field(Field::Updated)]
        );
    }

    #[test]
    fn what_is_not_known_and_decides_nothing_is_not_missing() {
        let tree = criteria(
            &json!({"or": [{"role": "x"}, {"and": [{"id": 9}, {"muster.updated": {"newer": "1d"}}]}]}),
        );
        let explained = explain(&tree, &person(4), &Complete::new(false));
        assert_eq!(explained.missing(), [Value::Field(Field::Role)]);
    }

    fn edited(
        value: &serde_json::Value,
        wanted: bool,
    ) -> (Vec<(Act, serde_json::Value)>, serde_json::Value) {
        let tree = criteria(value);
        let (person, world) = (person(4), Complete::new(false));
        let edit = smallest_edit(
            Some(&tree),
            &|clause| clause.holds(&person, &world),
            wanted,
            person.id,
        )
        .unwrap();
        let changes = edit.changes.into_iter();
        (
            changes
                .map(|change| (change.act, change.part.to_json()))
                .collect(),
            edit.result.to_json(),
        )
    }

    #[test]
    fn the_smallest_edit_takes_away_turns_round_or_names_the_person() {
        let (here, there, unknown) = (
            json!({"organization": 1}),
            json!({"organization": 2}),
            json!({"role": "x"}),
        );
        for (value, wanted, act, part, result) in [
            (
                json!({"and": [here, there]}),
                true,
                Act::Remove,
                there.clone(),
                here.clone(),
            ),
            (
                json!({"and": [here, unknown]}),
                true,
                Act::Remove,
                unknown.clone(),
                here.clone(),
            ),
            (
                json!({"or": [here, there]}),
                false,
                Act::Remove,
                here.clone(),
                there.clone(),
            ),
            (
                json!({"or": [there, {"not": here}]}),
                true,
                Act::Add,
                json!({"id": 4}),
                json!({"or": [there, {"not": here}, {"id": 4}]}),
            ),
            (
                json!({"not": here}),
                true,
                Act::Add,
                json!({"id": 4}),
                json!({"or": [{"not": here}, {"id": 4}]}),
            ),
            (
                there.clone(),
                true,
                Act::Add,
                json!({"id": 4}),
                json!({"or": [there, {"id": 4}]}),
            ),
            (
                here.clone(),
                false,
                Act::Add,
                json!({"not": {"id": 4}}),
                json!({"and": [here, {"not": {"id": 4}}]}),
            ),
            (
                json!({"and": [there, unknown]}),
                true,
                Act::Add,
                json!({"id": 4}),
                json!({"or": [{"and": [there, unknown]}, {"id": 4}]}),
            ),
        ] {
            assert_eq!(
                edited(&value, wanted),
                (vec![(act, part)], result),
                "{value}"
            );
        }
    }

    #[test]
    fn what_is_left_of_several_stands_alone_and_what_stood_alone_in_an_and_stays_there() {
        let (here, there) = (json!({"organization": 1}), json!({"organization": 2}));
        let (_, result) = edited(&json!({"not": {"or": [here, {"not": here}]}}), true);
        assert_eq!(result, here);
        let (_, result) = edited(&json!({"and": [{"and": [here, there]}]}), true);
        assert_eq!(result, json!({"and": [here]}));
    }

    #[test]
    fn a_filter_that_is_as_deep_as_can_be_is_edited_inside() {
        let mut value = json!({"and": [{"organization": 2}, {"id": 5}, {"id": 4}]});
        for _ in 2..MOST_LEVELS {
            value = json!({"and": [value]});
        }
        let (changes, _) = edited(&value, true);
        assert_eq!(
            changes.len(),
            2,
            "naming the person would need a level more"
        );
    }

    #[test]
    fn a_filter_of_thousands_is_edited_all_the_same() {
        let many: Vec<_> = (2..10_000).map(|id| json!({"organization": id})).collect();
        let (changes, result) = edited(&json!({"or": many}), true);
        assert_eq!(changes.len(), 1);
        let parts = result["or"].as_array().unwrap();
        assert_eq!(
            parts.last(),
            Some(&json!({"id": 4})),
            "nobody else comes in"
        );
    }

    #[test]
    fn everybody_without_one_is_not_that_one() {
        let edit = smallest_edit(None, &|_| Truth::Yes, false, person(4).id).unwrap();
        assert_eq!(edit.result.to_json(), json!({"not": {"id": 4}}));
        assert_eq!(
            smallest_edit(None, &|_| Truth::Yes, true, person(4).id),
            None
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn an_explanation_says_what_the_criteria_say(
            criteria in sampling::criteria_partly_off(),
            people in sampling::people(),
        ) {
            let world = Complete::new(false);
            for person in &people {
                let explained = explain(&criteria, person, &world);
                let truth = criteria
                    .enabled()
                    .map_or(Truth::Yes, |enabled| world.truth(&enabled, person));
                prop_assert_eq!(explained.truth, truth);
                prop_assert_eq!(!explained.missing().is_empty(), truth == Truth::Unknown);
            }
        }

        #[test]
        fn an_edit_makes_the_criteria_say_what_is_wanted(
            criteria in sampling::criteria_partly_off(),
            people in sampling::people(),
            wanted in any::<bool>(),
        ) {
            let world = Complete::new(false);
            let said = |criteria: &Criteria, person: &Person| {
                criteria.enabled().map_or(Truth::Yes, |enabled| world.truth(&enabled, person))
            };
            for person in &people {
                let truth_of = |clause: &Clause| clause.holds(person, &world);
                let edit = smallest_edit(Some(&criteria), &truth_of, wanted, person.id);
                match edit {
                    None => prop_assert_eq!(said(&criteria, person), Truth::from(wanted)),
                    Some(edit) => {
                        prop_assert_ne!(said(&criteria, person), Truth::from(wanted));
                        prop_assert_eq!(edit.changes.len(), 1, "naming is one step");
                        prop_assert_eq!(said(&edit.result, person), Truth::from(wanted));
                    }
                }
            }
        }
    }
}
