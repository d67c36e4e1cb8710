//! The criteria that are measured: at least one of every kind.

use muster_directory::{Criteria, Filter, Platform, Vocabulary};
use serde_json::{Value, json};

use crate::population::Population;

/// Criteria by what they ask for.
pub fn all(population: &Population) -> Vec<(String, Option<Criteria>)> {
    let mut all = vec![("all".to_owned(), None)];
    let clauses = [
        ("largest organization", json!({"organization": 1})),
        ("vatNr of it", json!({"vatNr": "BE0000000001"})),
        ("not (organization)", json!({"not": {"organization": 1}})),
        ("role", json!({"role": "organization_manager"})),
        (
            "not (role)",
            json!({"not": {"role": "organization_manager"}}),
        ),
        (
            "name contains, common",
            json!({"muster.name": {"contains": "jan"}}),
        ),
        (
            "name contains, rare",
            json!({"muster.name": {"contains": "zoë maes 12"}}),
        ),
        ("name is", json!({"muster.name": {"is": "Jan Maes 1234"}})),
        (
            "organization's name contains",
            json!({"muster.organizationName": {"contains": "janss"}}),
        ),
        (
            "organization's name contains, all",
            json!({"muster.organizationName": {"contains": "apo"}}),
        ),
        (
            "organization's name is",
            json!({"muster.organizationName": {"is": "Apotheek Maes 4"}}),
        ),
        (
            "created after",
            json!({"muster.created": {"after": "2020-01-01"}}),
        ),
        (
            "updated in the last 90 days",
            json!({"muster.updated": {"newer": "90d"}}),
        ),
        (
            "changed in the last 3 days",
            json!({"muster.changed": {"newer": "3d"}}),
        ),
        (
            "without organization",
            json!({"muster.state": {"organization": "none"}}),
        ),
        (
            "role not known",
            json!({"muster.state": {"role": "unknown"}}),
        ),
        ("apbNr there", json!({"muster.state": {"apbNr": "any"}})),
        ("rizivNr none", json!({"muster.state": {"rizivNr": "none"}})),
        (
            "created not known",
            json!({"muster.state": {"created": "unknown"}}),
        ),
        ("returned", json!({"muster.seen": "returned"})),
        ("missing", json!({"muster.seen": "missing"})),
        ("20 organizations", or((5..25).map(own))),
        (
            "5,000 ids",
            json!({"id": (1..=5_000).map(|number| number * 3).collect::<Vec<_>>()}),
        ),
        (
            "500 names or-ed",
            or((1..=500)
                .map(|number| json!({"muster.name": {"is": format!("Jan Maes {number}")}}))),
        ),
        ("nested, depth 6, of every kind", nested()),
        ("nested, depth 60", deep()),
        (
            "10,000 organizations or-ed",
            or((1..=10_000).map(|id| own(id % population.organizations + 1))),
        ),
        (
            "10,000 mixed leaves in pairs",
            json!({"and": (1..=5_000).map(|id| {
                or([own(id % population.organizations + 1), json!({"not": vat(id)})])
            }).collect::<Vec<_>>()}),
        ),
    ];
    all.extend(
        clauses
            .into_iter()
            .map(|(what, value)| (what.to_owned(), Some(read(&value)))),
    );
    all
}

/// Reads criteria.
pub fn read(value: &Value) -> Criteria {
    Filter::from_json(value, "filter", Vocabulary::of(Platform::Be)).unwrap()
}

fn own(id: u64) -> Value {
    json!({"organization": id})
}

fn vat(id: u64) -> Value {
    json!({"vatNr": format!("BE{id:010}")})
}

fn or(parts: impl IntoIterator<Item = Value>) -> Value {
    json!({"or": parts.into_iter().collect::<Vec<_>>()})
}

fn nested() -> Value {
    json!({"and": [
        {"or": [
            {"muster.name": {"contains": "ann"}},
            {"and": [
                {"not": {"or": [{"role": "reseller"}, {"organization": 1}]}},
                {"or": [
                    {"muster.created": {"newer": "9y"}},
                    {"muster.organizationName": {"contains": "maes"}},
                ]},
            ]},
        ]},
        {"not": {"muster.state": {"vatNr": "none"}}},
        {"not": {"muster.seen": "gone"}},
    ]})
}

fn deep() -> Value {
    let mut deep = own(3);
    for level in 1..60 {
        deep = match level % 3 {
            0 => or([deep, vat(level + 10), own(level + 20)]),
            1 => json!({"and": [{"not": vat(level + 30)}, deep]}),
            _ => json!({"not": deep}),
        };
    }
    deep
}
