//! From what somebody wants to the steps of a plan, and everything that is wrong with it.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use super::{Allowed, Base, FieldChange, Intent, Permitted, Step};
use crate::{
    ActKind, Fact, FieldKind, Target, Values, Violation,
    act::checking::check_email,
    said::{Said, said},
};

/// How many steps are read back by one request.
pub const READ_BACK: u64 = 50;

/// What is known while a plan is made.
pub trait Context {
    /// The kind of act with this name.
    fn kind(&self, id: &str) -> Option<&ActKind>;

    /// How a target stands; none if nothing is known of it.
    fn base(&self, kind: &ActKind, target: &Target) -> Option<Base>;

    /// What the rules say of it, one for each action that it needs.
    fn allowed(&self, kind: &ActKind, intent: &Intent) -> Vec<Allowed>;

    /// What is wrong beyond what the fields say of themselves.
    fn violations(&self, kind: &ActKind, intent: &Intent) -> Vec<Violation>;
}

/// Something that cannot be planned, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its place among what was wanted, from 0.
    pub index: usize,
    /// The line of the file that it comes from.
    pub line: Option<u64>,
    /// Everything that is wrong.
    pub violations: Vec<Violation>,
}

/// What became of what was wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Made {
    /// What is going to be sent, in order.
    pub steps: Vec<Step>,
    /// What cannot be.
    pub problems: Vec<Problem>,
    /// The places of what is so already, as far as is known: nothing is sent for it.
    pub unchanged: Vec<usize>,
}

/// One intent as a step; none if it is so already.
pub fn make(intent: &Intent, context: &impl Context) -> Result<Option<Step>, Vec<Violation>> {
    let Some(kind) = context.kind(&intent.kind) else {
        let said = said!(unknown_act, "there is no act {act}", act = intent.kind);
        return Err(vec![Violation::new("kind", said)]);
    };
    let mut violations = kind.check(&intent.values, &intent.secrets);
    violations.extend(check_target(kind, intent));
    violations.extend(context.violations(kind, intent));
    let allowed = context.allowed(kind, intent);
    violations.extend(allowed.iter().filter_map(denied));
    if !violations.is_empty() {
        return Err(violations);
    }
    // What is made was not there before, whoever it is made for.
    let changed = intent.target.as_ref().filter(|_| kind.makes.is_none());
    let base = changed.and_then(|target| context.base(kind, target));
    let changes = changes(kind, &intent.values, base.as_ref());
    let changes_something = !changes.is_empty() || !intent.secrets.is_empty();
    if kind.makes.is_none() && !kind.fields.is_empty() && !changes_something {
        return Ok(None);
    }
    Ok(Some(Step {
        no: 0,
        kind: intent.kind.clone(),
        target: intent.target.clone(),
        base,
        takes_away: kind.takes_away(&intent.values),
        changes,
        secrets: intent.secrets.clone(),
        allowed,
        undo: kind.undo,
        reading_only: kind.source == "C",
        line: intent.line,
    }))
}

fn check_target(kind: &ActKind, intent: &Intent) -> Option<Violation> {
    let given = intent.target.as_ref().map(|target| target.thing);
    let said: Said = match (kind.target, given) {
        (Some(_), None) => said!(target_missing, "say what it is done to"),
        (None, Some(_)) => said!(target_unwanted, "it is done to nothing that is there"),
        (Some(wanted), Some(given)) if wanted != given => {
            said!(wrong_target, "it is done to something else")
        }
        _ => return None,
    };
    Some(Violation::new("target", said))
}

/// What the rules forbid, as what is wrong.
fn denied(allowed: &Allowed) -> Option<Violation> {
    if allowed.answer != Permitted::No {
        return None;
    }
    let row = allowed.rows.first();
    let role = row.map_or("", |row| &row.role);
    let source = row.map_or("", |row| &row.source);
    let said = said!(
        not_allowed,
        "the role {role} may not do {action} here ({source})",
        role = role,
        action = allowed.action,
        source = source
    );
    Some(Violation::new("", said))
}

/// What differs from how it stands, as far as that is known.
fn changes(kind: &ActKind, values: &Values, base: Option<&Base>) -> Vec<FieldChange> {
    let in_order = kind
        .fields
        .iter()
        .filter_map(|field| values.get_key_value(field.path));
    let change = |(path, after): (&String, &serde_json::Value)| {
        let known = base.and_then(|base| base.values.get(path));
        (known != Some(after)).then(|| FieldChange {
            path: path.clone(),
            before: match kind.makes {
                Some(_) => Fact::Absent,
                None => known.map_or(Fact::Unknown, Fact::from_json),
            },
            after: after.clone(),
        })
    };
    in_order.filter_map(change).collect()
}

/// Everything that is wanted, as steps. What is wanted twice of the same is joined, and is wrong
/// where it disagrees.
#[must_use]
pub fn make_all(intents: &[Intent], context: &impl Context) -> Made {
    let mut made = Made::default();
    let joined = join(intents, context, &mut made.problems);
    for (index, intent) in joined {
        match make(&intent, context) {
            Ok(Some(step)) => made.steps.push(Step {
                no: made.steps.len() as u64 + 1,
                ..step
            }),
            Ok(None) => made.unchanged.push(index),
            Err(violations) => made.problems.push(Problem {
                index,
                line: intent.line,
                violations,
            }),
        }
    }
    made.problems.sort_by_key(|problem| problem.index);
    made
}

/// One intent for each target, in the order in which they came first.
fn join(
    intents: &[Intent],
    context: &impl Context,
    problems: &mut Vec<Problem>,
) -> BTreeMap<usize, Intent> {
    let mut joined = BTreeMap::<usize, Intent>::new();
    let mut places = HashMap::new();
    let mut addresses = HashMap::new();
    for (index, intent) in intents.iter().enumerate() {
        let found = match places.entry((&intent.kind, intent.target.as_ref())) {
            Entry::Occupied(first) if is_joined(intent, context) => {
                let first: usize = *first.get();
                disagreement(&joined[&first], intent)
                    .map_or_else(|| Found::Joins(first), Found::Wrong)
            }
            Entry::Occupied(_) => Found::New,
            Entry::Vacant(place) => {
                place.insert(index);
                Found::New
            }
        };
        let found = match address_twice(intent, context, &mut addresses) {
            Some(violation) => Found::Wrong(violation),
            None => found,
        };
        match found {
            Found::New => {
                joined.insert(index, intent.clone());
            }
            Found::Joins(first) => {
                if let Some(own) = joined.get_mut(&first) {
                    own.values.extend(intent.values.clone());
                }
            }
            Found::Wrong(violation) => problems.push(Problem {
                index,
                line: intent.line,
                violations: vec![violation],
            }),
        }
    }
    joined
}

enum Found {
    New,
    Joins(usize),
    Wrong(Violation),
}

/// Whether two of it for the same target are one: changes are, things that are made are not.
fn is_joined(intent: &Intent, context: &impl Context) -> bool {
    context
        .kind(&intent.kind)
        .is_some_and(|kind| kind.makes.is_none() && intent.target.is_some())
}

fn disagreement(first: &Intent, second: &Intent) -> Option<Violation> {
    let differs = |(path, value): (&String, &serde_json::Value)| {
        let other = first.values.get(path)?;
        (other != value).then(|| {
            let said = match first.line {
                Some(line) => said!(
                    twice_in_file,
                    "line {line} gives another value for the same",
                    line = line
                ),
                None => said!(twice, "another value for the same is given before"),
            };
            Violation::new(path.clone(), said)
        })
    };
    second.values.iter().find_map(differs)
}

/// The same e-mail address for two people who are made.
fn address_twice<'a>(
    intent: &'a Intent,
    context: &impl Context,
    addresses: &mut HashMap<String, &'a Intent>,
) -> Option<Violation> {
    let kind = context
        .kind(&intent.kind)
        .filter(|kind| kind.makes.is_some())?;
    let is_address = |field: &&crate::Field| field.kind == FieldKind::Email;
    let path = kind.fields.iter().find(is_address)?.path;
    let address = intent.values.get(path)?.as_str()?.trim().to_lowercase();
    // What is no address is wrong for itself, however often it is there.
    check_email(&address).ok()?;
    match addresses.entry(address) {
        Entry::Vacant(place) => {
            place.insert(intent);
            None
        }
        Entry::Occupied(first) => {
            let said = match first.get().line {
                Some(line) => said!(
                    address_twice_in_file,
                    "line {line} has the same address",
                    line = line
                ),
                None => said!(address_twice, "the same address is given before"),
            };
            Some(Violation::new(path, said))
        }
    }
}

/// How many requests these steps take at most: reading before a change, the act, reading back.
#[must_use]
pub fn requests(steps: &[Step]) -> u64 {
    let own = |step: &Step| 1 + u64::from(step.is_read_before());
    let count = steps.len() as u64;
    steps.iter().map(own).sum::<u64>() + count.div_ceil(READ_BACK)
}

/// How long that takes when so many requests may be sent in a minute, in seconds.
#[must_use]
pub const fn seconds(requests: u64, a_minute: u64) -> u64 {
    match requests {
        0 => 0,
        more => (more - 1) / a_minute * 60,
    }
}

impl Step {
    /// Whether its target is read again before it is sent.
    #[must_use]
    pub fn is_read_before(&self) -> bool {
        self.target.is_some()
            && self
                .changes
                .iter()
                .any(|change| change.before != Fact::Absent)
            || self.base.is_some()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Field, Thing, Undo};

    struct Known {
        kinds: Vec<ActKind>,
        answer: Permitted,
    }

    impl Context for Known {
        fn kind(&self, id: &str) -> Option<&ActKind> {
            self.kinds.iter().find(|kind| kind.id == id)
        }

        fn base(&self, _: &ActKind, target: &Target) -> Option<Base> {
            (target.id == "7").then(|| Base {
                updated_at: Fact::Known(10),
                values: Values::from([("profile.name".to_owned(), json!("old"))]),
                as_of: 11,
            })
        }

        fn allowed(&self, kind: &ActKind, _: &Intent) -> Vec<Allowed> {
            vec![Allowed {
                action: kind.permission.to_owned(),
                answer: self.answer,
                rows: Vec::new(),
            }]
        }

        fn violations(&self, _: &ActKind, _: &Intent) -> Vec<Violation> {
            Vec::new()
        }
    }

    fn known(answer: Permitted) -> Known {
        let text = || FieldKind::Text { most: 9 };
        let kind = |id, target, makes, fields| ActKind {
            id,
            target,
            makes,
            permission: id,
            fields,
            source: "C",
            undo: Undo::Restore,
        };
        Known {
            kinds: vec![
                kind(
                    "user.update",
                    Some(Thing::Person),
                    None,
                    vec![
                        Field::new("profile.name", text(), "C").returned_as("name"),
                        Field::new("preferences.language", text(), "C"),
                    ],
                ),
                kind(
                    "user.create",
                    None,
                    Some(Thing::Person),
                    vec![Field::new("email", FieldKind::Email, "V").required()],
                ),
            ],
            answer,
        }
    }

    fn update(id: &str, values: &[(&str, &str)], line: u64) -> Intent {
        let own = values.iter();
        Intent {
            kind: "user.update".to_owned(),
            target: Some(Target {
                thing: Thing::Person,
                id: id.to_owned(),
                name: String::new(),
            }),
            values: own
                .map(|(path, text)| ((*path).to_owned(), json!(text)))
                .collect(),
            secrets: Vec::new(),
            line: Some(line),
        }
    }

    fn create(address: &str, line: u64) -> Intent {
        Intent {
            kind: "user.create".to_owned(),
            target: None,
            values: Values::from([("email".to_owned(), json!(address))]),
            secrets: Vec::new(),
            line: Some(line),
        }
    }

    fn told(made: &Made) -> Vec<(usize, &'static str)> {
        let code = |problem: &Problem| {
            let coded = problem.violations[0].coded.as_ref().unwrap();
            (problem.index, coded.code)
        };
        made.problems.iter().map(code).collect()
    }

    #[test]
    fn a_step_has_before_and_after_of_what_changes() {
        let known = known(Permitted::Yes);
        let wanted = update(
            "7",
            &[("profile.name", "new"), ("preferences.language", "fr")],
            1,
        );
        let step = make(&wanted, &known).unwrap().unwrap();
        let changes: Vec<_> = step
            .changes
            .iter()
            .map(|own| (own.path.as_str(), own.before.clone()))
            .collect();
        assert_eq!(
            changes,
            [
                ("profile.name", Fact::Known(json!("old"))),
                ("preferences.language", Fact::Unknown)
            ]
        );
        assert_eq!(step.intent(), wanted, "a plan can be made of it again");
        assert!(step.is_read_before() && step.reading_only);
        let same = update("7", &[("profile.name", "old")], 1);
        assert_eq!(make(&same, &known), Ok(None), "it is so already");
    }

    #[test]
    fn what_is_wanted_twice_of_one_is_one_step_unless_it_disagrees() {
        let made = make_all(
            &[
                update("7", &[("profile.name", "a")], 2),
                update("8", &[("profile.name", "b")], 3),
                update("7", &[("preferences.language", "fr")], 4),
                update("7", &[("profile.name", "c")], 5),
            ],
            &known(Permitted::Yes),
        );
        assert_eq!(made.steps.len(), 2);
        assert_eq!(made.steps[0].changes.len(), 2);
        assert_eq!(made.steps[1].no, 2);
        assert_eq!(told(&made), [(3, "twice_in_file")]);
    }

    #[test]
    fn one_address_makes_one_person() {
        let wanted = [
            create("a@b.be", 2),
            create("c@d.be", 3),
            create("A@b.be", 4),
            create("none", 5),
            create("none", 6),
        ];
        let made = make_all(&wanted, &known(Permitted::Yes));
        assert_eq!(made.steps.len(), 2);
        let wrong = [
            (2, "address_twice_in_file"),
            (3, "not_email"),
            (4, "not_email"),
        ];
        assert_eq!(told(&made), wrong);
    }

    #[test]
    fn what_is_forbidden_is_not_planned_and_what_is_open_is() {
        let wanted = [create("a@b.be", 1)];
        for (answer, steps) in [
            (Permitted::Yes, 1),
            (Permitted::DependsOnScope, 1),
            (Permitted::Contested, 1),
            (Permitted::Undocumented, 1),
            (Permitted::No, 0),
        ] {
            let made = make_all(&wanted, &known(answer));
            assert_eq!(made.steps.len(), steps, "{answer:?}");
        }
        let made = make_all(&wanted, &known(Permitted::No));
        assert_eq!(told(&made), [(0, "not_allowed")]);
    }

    #[test]
    fn an_act_is_done_to_what_it_is_for() {
        let known = known(Permitted::Yes);
        let nothing = Intent {
            target: None,
            ..update("7", &[("profile.name", "a")], 1)
        };
        let something = Intent {
            target: update("7", &[], 1).target,
            ..create("a@b.be", 1)
        };
        let other = Intent {
            kind: "user.eat".to_owned(),
            ..create("a@b.be", 1)
        };
        let made = make_all(&[nothing, something, other], &known);
        assert_eq!(
            told(&made),
            [
                (0, "target_missing"),
                (1, "target_unwanted"),
                (2, "unknown_act")
            ]
        );
    }

    #[test]
    fn the_requests_and_the_time_are_counted() {
        let known = known(Permitted::Yes);
        let creations: Vec<_> = (0..101)
            .map(|no| create(&format!("a{no}@b.be"), no))
            .collect();
        let steps = make_all(&creations, &known).steps;
        assert_eq!(requests(&steps), 101 + 3);
        let steps = make_all(&[update("7", &[("profile.name", "a")], 1)], &known).steps;
        assert_eq!(requests(&steps), 2 + 1);
        assert_eq!(
            [seconds(0, 100), seconds(100, 100), seconds(101, 100)],
            [0, 0, 60]
        );
    }
}
