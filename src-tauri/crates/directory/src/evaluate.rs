//! Plain evaluation of a filter over values: the reference for the mirror and the simulator.

use crate::{
    Fact, Filter, Identifier, IdentifierKind, Node, Organization, OrganizationFilter,
    OrganizationId, OrganizationLeaf, Person, PersonFilter, PersonId, PersonLeaf, Role, name::fold,
};

/// Whether something holds, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It does not hold.
    No,
    /// Something that decides it is not known.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    fn negated(self) -> Self {
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
        self.evaluate(&|leaf| match leaf {
            PersonLeaf::Id(ids) => ids.as_slice().contains(&person.id).into(),
            PersonLeaf::Organization(id) => holds(person.organization.as_ref(), |own| *own == id),
            PersonLeaf::Identifier(kind, value) => match person.organization {
                Fact::Unknown => Truth::Unknown,
                Fact::Absent => Truth::No,
                Fact::Known(id) => roster
                    .organization(id)
                    .map_or(Truth::Unknown, |own| has_identifier(own, *kind, value)),
            },
            PersonLeaf::Role(role) => holds(roster.role(person.id), |own| *own == role),
        })
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
            OrganizationLeaf::Identifier(kind, value) => has_identifier(organization, *kind, value),
        })
    }
}

fn has_identifier(organization: &Organization, kind: IdentifierKind, value: &Identifier) -> Truth {
    holds(organization.identifier(kind).as_ref(), |own| {
        **own == value.text()
    })
}

fn holds<T>(fact: Fact<T>, test: impl FnOnce(&T) -> bool) -> Truth {
    match fact {
        Fact::Unknown => Truth::Unknown,
        Fact::Absent => Truth::No,
        Fact::Known(value) => test(&value).into(),
    }
}
