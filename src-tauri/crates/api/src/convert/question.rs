//! Between the boundary and questions about people: who is asked for, rows, details, divisions.

use muster_directory::{
    Clause, Fact, IdentifierKind, OrganizationId, PersonId, PersonSort, Platform, Sort,
    Truth as OwnTruth,
    criteria::{Field, State},
    explain, text,
};
use muster_engine::{
    columns::Column,
    comparing, explaining,
    mirror::{self, SyncRecord},
    people, question as asked,
};
use serde_json::{Value, json};

use super::{organization_row, searched};
use crate::{error::invalid, types::*};

/// The connection, and who is asked for.
pub(crate) fn who(own: Who) -> Result<(String, asked::Who), ApiError> {
    let ids = own.ids.map(|ids| {
        let read = |(index, id)| person_id(id, &format!("who.ids[{index}]"));
        ids.into_iter().enumerate().map(read).collect()
    });
    let who = asked::Who {
        source: own.source.into(),
        as_of: own.as_of,
        filter: own.filter,
        search: searched(own.search),
        seen: own.seen.into(),
        truth: match own.truth {
            Wanted::Matching => mirror::Wanted::Matching,
            Wanted::Possible => mirror::Wanted::Possible,
        },
        ids: ids.transpose()?,
    };
    Ok((own.connection, who))
}

/// The id of a person.
pub(crate) fn person_id(id: u64, path: &str) -> Result<PersonId, ApiError> {
    PersonId::try_from(id).map_err(|error| invalid(path, error.to_string()))
}

/// An order.
pub(crate) fn sort(own: Vec<PeopleSort>) -> Vec<Sort<PersonSort>> {
    let sort = own.into_iter().map(|sort| Sort {
        by: match sort.by {
            PersonColumn::Id => PersonSort::Id,
            PersonColumn::Name => PersonSort::Name,
            PersonColumn::Organization => PersonSort::Organization,
            PersonColumn::Role => PersonSort::Role,
            PersonColumn::CreatedAt => PersonSort::CreatedAt,
            PersonColumn::UpdatedAt => PersonSort::UpdatedAt,
            PersonColumn::LastChanged => PersonSort::LastChanged,
        },
        direction: sort.direction.into(),
    });
    sort.collect()
}

pub(crate) fn person_row(found: people::FoundPerson, platform: Platform) -> PersonRow {
    let visible = found.organization.as_ref();
    let visible = visible.filter(|_| found.organization_visible);
    let identifier = |kind: &IdentifierKind| match found.person.organization {
        Fact::Absent => TextFact::None,
        _ => visible.map_or(TextFact::Unknown, |own| {
            own.identifier(*kind).clone().into()
        }),
    };
    PersonRow {
        identifiers: platform.identifiers().iter().map(identifier).collect(),
        id: found.person.id.get(),
        organization: match found.person.organization {
            Fact::Unknown => OrganizationRef::Unknown,
            Fact::Absent => OrganizationRef::None,
            Fact::Known(id) => OrganizationRef::Yes {
                id: id.get(),
                name: found.organization.map(|own| own.name),
            },
        },
        name: found.person.name,
        created_at: found.person.meta.created_at.into(),
        updated_at: found.person.meta.updated_at.into(),
        presence: found.presence.into(),
        role: found.role.map(String::from).into(),
        last_changed: found.last_changed,
        missing_values: missing_values(&found.missing),
    }
}

/// The columns of values that are not known, each once.
fn missing_values(missing: &[explain::Value]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for value in missing {
        let column = Column::of(*value).map_or("seen", Column::name);
        if !columns.iter().any(|own| own == column) {
            columns.push(column.to_owned());
        }
    }
    columns
}

/// What the vendor has of a person but never returns `[Q]`, beside the role.
const NEVER_RETURNED: [&str; 3] = ["email", "enabled", "language"];

/// What the vendor never returns either, and nobody misses until it was written.
const ONLY_IF_WRITTEN: [&str; 5] = [
    "public",
    "target_groups",
    "subscription_type",
    "subscription_start",
    "subscription_end",
];

/// Where what was written stands in the vendor's body, by its key.
const WRITTEN_AT: [(&str, &str); 9] = [
    ("role", "role"),
    ("email", "email"),
    ("enabled", "isEnabled"),
    ("language", "preferences.language"),
    ("public", "preferences.isPublic"),
    ("target_groups", "targetGroups"),
    ("subscription_type", "subscription.type"),
    ("subscription_start", "subscription.start"),
    ("subscription_end", "subscription.end"),
];

pub(crate) fn person_details(own: people::PersonDetails, platform: Platform) -> PersonDetails {
    let (person, found) = (&own.found.person, &own.found);
    let returned = |key: &str, fact: Fact<Value>| value(key, fact, Provenance::Returned, own.as_of);
    let mut values = vec![
        returned("id", Fact::Known(json!(person.id))),
        returned("name", Fact::Known(json!(person.name))),
        returned("organization", person.organization.map(|id| json!(id))),
        returned("created_at", person.meta.created_at.map(|at| json!(at))),
        returned("updated_at", person.meta.updated_at.map(|at| json!(at))),
    ];
    let others = person.extra.iter().chain(&person.meta.extra);
    values.extend(others.map(|(key, value)| returned(key, fact(value))));
    let known = |key: &str| person.extra.contains_key(key);
    let by_us = |key: &str| own.written.iter().find_map(|own| written(own, key));
    if !known("role") {
        let role = found.role.as_ref().map(|role| json!(role));
        let at = found.role_learned_at.unwrap_or(own.as_of);
        let learnt = value("role", role, Provenance::Filter, at);
        // What the vendor said last counts; what was written is better than nothing.
        values.push(match (learnt.known, by_us("role")) {
            (Known::Unknown, Some(ours)) => ours,
            _ => learnt,
        });
    }
    let never = NEVER_RETURNED.into_iter().filter(|key| !known(key));
    values.extend(never.map(|key| by_us(key).unwrap_or_else(|| returned(key, Fact::Unknown))));
    let others = ONLY_IF_WRITTEN.into_iter().filter(|key| !known(key));
    values.extend(others.filter_map(by_us));
    PersonDetails {
        organization: own
            .organization
            .map(|found| organization_row(found, platform)),
        values,
        first_seen: found.first_seen,
        last_changed: found.last_changed,
        row: person_row(own.found, platform),
    }
}

/// A value that was written last from here, if it is the one with this key.
fn written(own: &people::Written, key: &str) -> Option<ValueWithProvenance> {
    let (_, path) = WRITTEN_AT.into_iter().find(|(known, _)| *known == key)?;
    let from = match own.is_overtaken {
        true => Provenance::Overtaken,
        false => Provenance::Written,
    };
    (own.path == path).then(|| value(key, fact(&own.value), from, own.at))
}

fn fact(value: &Value) -> Fact<Value> {
    if value.is_null() {
        Fact::Absent
    } else {
        Fact::Known(value.clone())
    }
}

fn value(key: &str, fact: Fact<Value>, from: Provenance, at: i64) -> ValueWithProvenance {
    let (known, value) = match fact {
        Fact::Unknown => (Known::Unknown, Value::Null),
        Fact::Absent => (Known::None, Value::Null),
        Fact::Known(value) => (Known::Yes, value),
    };
    let learnt = known != Known::Unknown;
    ValueWithProvenance {
        key: key.to_owned(),
        known,
        value,
        from: learnt.then_some(from),
        at: learnt.then_some(at),
    }
}

pub(crate) fn capability(own: Option<mirror::Capability>) -> Capability {
    Capability {
        supported: own.map(|own| own.supported),
        checked_at: own.map(|own| own.checked_at),
    }
}

pub(crate) fn sync_mark(own: SyncRecord) -> SyncMark {
    SyncMark {
        id: own.id,
        at: own.finished_at,
        people: own.people.total,
    }
}

impl From<OwnTruth> for Truth {
    fn from(own: OwnTruth) -> Self {
        match own {
            OwnTruth::Yes => Self::Yes,
            OwnTruth::No => Self::No,
            OwnTruth::Unknown => Self::Unknown,
        }
    }
}

impl From<explaining::Explanation> for Explanation {
    fn from(own: explaining::Explanation) -> Self {
        Self {
            truth: own.truth.into(),
            tree: own.tree.map(explained),
            include: own.include.as_ref().map(edit),
            exclude: own.exclude.as_ref().map(edit),
            first_match: own.first_match.map(sync_mark),
            last_match: own.last_match.map(sync_mark),
        }
    }
}

fn explained(own: explain::Explained) -> ExplainedNode {
    ExplainedNode {
        kind: match own.kind {
            explain::Kind::Clause => NodeKind::Clause,
            explain::Kind::And => NodeKind::And,
            explain::Kind::Or => NodeKind::Or,
            explain::Kind::Not => NodeKind::Not,
            explain::Kind::Off => NodeKind::Off,
        },
        truth: own.truth.into(),
        text: own.clause.as_ref().map(text::print_clause),
        value: own.value.map(TextFact::from),
        parts: own.parts.into_iter().map(explained).collect(),
    }
}

fn edit(own: &explain::Edit) -> FilterEdit {
    let change = |change: &explain::Change| FilterChange {
        act: match change.act {
            explain::Act::Remove => FilterAct::Remove,
            explain::Act::Negate => FilterAct::Negate,
            explain::Act::Add => FilterAct::Add,
        },
        part: text::print(&change.part),
    };
    FilterEdit {
        changes: own.changes.iter().map(change).collect(),
        text: text::print(&own.result),
    }
}

pub(crate) fn comparison(own: comparing::Comparison) -> Comparison {
    let because = |all: &[mirror::KeepsOut]| -> Vec<Responsible> {
        let one = |own: &mirror::KeepsOut| Responsible {
            text: text::print(&own.part),
            count: own.people,
        };
        all.iter().map(one).collect()
    };
    let only_in = |filter: &muster_directory::Criteria, part: &mirror::OnlyIn| ComparedPart {
        count: part.people,
        possible: part.possible,
        filter: filter.to_json().to_string(),
        because: because(&part.because),
    };
    Comparison {
        only_a: only_in(&own.only_a, &own.compared.only_a),
        only_b: only_in(&own.only_b, &own.compared.only_b),
        both: ComparedPart {
            count: own.compared.both,
            possible: own.compared.both_possible,
            filter: own.both.to_json().to_string(),
            because: Vec::new(),
        },
    }
}

pub(crate) fn facets(own: mirror::FacetsFound, platform: Platform, took_ms: f64) -> Facets {
    let mut groups = vec![
        group(
            FacetBy::Organization,
            own.organizations.into_iter().map(by_organization).collect(),
            own.organizations_in_all,
        ),
        all(FacetBy::Role, own.roles.into_iter().map(by_role)),
    ];
    let identifiers = own.identifiers.into_iter();
    let known = identifiers.filter(|(kind, _)| platform.identifiers().contains(kind));
    groups.extend(known.map(|(kind, presences)| by_identifier(kind, presences)));
    groups.push(all(
        FacetBy::CreatedYear,
        own.created.into_iter().map(by_year),
    ));
    groups.push(all(
        FacetBy::Changed,
        own.changed.into_iter().map(|(age, count)| {
            let clause = format!("changed < {age}");
            facet(Fact::Known(age.to_string()), count, clause)
        }),
    ));
    Facets { groups, took_ms }
}

/// The most parts of a division that are shown.
const MOST_PARTS: usize = 20;

fn all(by: FacetBy, parts: impl Iterator<Item = Facet>) -> FacetGroup {
    let parts: Vec<Facet> = parts.filter(|part| part.count > 0).collect();
    let in_all = parts.len() as u64;
    group(by, parts, in_all)
}

fn group(by: FacetBy, mut parts: Vec<Facet>, parts_in_all: u64) -> FacetGroup {
    parts.truncate(MOST_PARTS);
    FacetGroup {
        by,
        parts,
        parts_in_all,
    }
}

fn facet(value: Fact<String>, count: u64, clause: impl Into<String>) -> Facet {
    Facet {
        value: value.into(),
        count,
        clause: clause.into(),
    }
}

fn by_organization((own, count): (Fact<mirror::OrganizationNamed>, u64)) -> Facet {
    let id = |id: OrganizationId| format!("org:{id}");
    let clause = match &own {
        Fact::Known(own) => id(own.id),
        Fact::Absent => "org:none".to_owned(),
        Fact::Unknown => "org:unknown".to_owned(),
    };
    let name = own.map(|own| own.name.unwrap_or_else(|| own.id.to_string()));
    facet(name, count, clause)
}

fn by_role((own, count): (Fact<muster_directory::Role>, u64)) -> Facet {
    let clause = match &own {
        Fact::Known(role) => {
            let leaf = muster_directory::PersonLeaf::Role(role.clone());
            text::print_clause(&Clause::Vendor(leaf))
        }
        Fact::Absent => "role:none".to_owned(),
        Fact::Unknown => "role:unknown".to_owned(),
    };
    facet(own.map(String::from), count, clause)
}

fn by_identifier(kind: IdentifierKind, presences: mirror::Presences) -> FacetGroup {
    let by = match kind {
        IdentifierKind::Vat => FacetBy::Vat,
        IdentifierKind::Apb => FacetBy::Apb,
        IdentifierKind::Riziv => FacetBy::Riziv,
        IdentifierKind::Finess => FacetBy::Finess,
        IdentifierKind::Cip => FacetBy::Cip,
    };
    let parts = [
        (Fact::Known("any".to_owned()), presences.any, State::Any),
        (Fact::Absent, presences.none, State::None),
        (Fact::Unknown, presences.unknown, State::Unknown),
    ];
    let parts = parts.into_iter().map(|(value, count, state)| {
        let clause = Clause::State(Field::Identifier(kind), state);
        facet(value, count, text::print_clause(&clause))
    });
    all(by, parts)
}

fn by_year((year, count): (Fact<i16>, u64)) -> Facet {
    let clause = match year {
        Fact::Known(year) => {
            format!("created >= {year:04}-01-01 and created <= {year:04}-12-31")
        }
        Fact::Absent => "created:none".to_owned(),
        Fact::Unknown => "created:unknown".to_owned(),
    };
    facet(year.map(|year| year.to_string()), count, clause)
}
