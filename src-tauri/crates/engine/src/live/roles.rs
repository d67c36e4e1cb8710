//! What an answer of the vendor tells of roles, which it does not return.

use muster_directory::{Fact, Node, PersonFilter, PersonLeaf, Role, Truth};
use muster_mirror::PersonFound;

/// The role of everybody who passes a filter, if it names one.
pub(super) fn implied(filter: &PersonFilter) -> Option<&Role> {
    match filter.node() {
        Node::Leaf(PersonLeaf::Role(role)) => Some(role),
        Node::And(parts) => {
            let mut roles = parts.iter().filter_map(implied);
            let first = roles.next()?;
            // Somebody who is found under two has a role that is not known.
            roles.all(|role| role == first).then_some(first)
        }
        Node::Leaf(_) | Node::Or(_) | Node::Not(_) => None,
    }
}

/// The role of somebody who passes a filter: the one that it names; else the one that was learnt,
/// if with that role they could pass.
pub(super) fn told<'a>(
    sent: Option<&'a PersonFilter>,
    kept: Option<&'a PersonFound>,
) -> Fact<&'a Role> {
    if let Some(role) = sent.and_then(implied) {
        return Fact::Known(role);
    }
    let Some(role) = kept.and_then(|kept| kept.role.known()) else {
        return Fact::Unknown;
    };
    let refuted = sent.is_some_and(|sent| passes_with(sent, role) == Truth::No);
    if refuted {
        Fact::Unknown
    } else {
        Fact::Known(role)
    }
}

/// Whether somebody passes of whom nothing is known but the role.
fn passes_with(filter: &PersonFilter, own: &Role) -> Truth {
    filter.evaluate(&|leaf| match leaf {
        PersonLeaf::Role(role) => (role == own).into(),
        PersonLeaf::Id(_) | PersonLeaf::Organization(_) | PersonLeaf::Identifier(..) => {
            Truth::Unknown
        }
    })
}

#[cfg(test)]
mod tests {
    use muster_directory::{Filter, Platform, Vocabulary};
    use serde_json::{Value, json};

    use super::*;

    fn filter(value: &Value) -> PersonFilter {
        let vocabulary = Vocabulary {
            role: true,
            ..Vocabulary::of(Platform::Be)
        };
        Filter::from_json(value, "filter", vocabulary).unwrap()
    }

    #[test]
    fn a_filter_tells_the_role_of_everybody_only_where_it_names_one() {
        let (a, b) = (
            json!({"role": "reseller"}),
            json!({"role": "software_developer"}),
        );
        let org = json!({"organization": 12});
        for (value, implies) in [
            (a.clone(), true),
            (json!({"and": [org, {"and": [a, a]}]}), true),
            (json!({"and": [a, b]}), false),
            (json!({"or": [a, a]}), false),
            (json!({"not": a}), false),
            (org, false),
        ] {
            let filter = filter(&value);
            let expected = implies.then_some(&Role::Reseller);
            assert_eq!(implied(&filter), expected, "{value}");
        }
    }

    #[test]
    fn a_role_that_was_learnt_is_refuted_by_what_nobody_passes_with_it() {
        let (a, b) = (
            json!({"role": "reseller"}),
            json!({"role": "software_developer"}),
        );
        let org = json!({"organization": 12});
        for (value, passes) in [
            (json!({"not": a}), Truth::No),
            (json!({"or": [b, {"and": [org, {"not": a}]}]}), Truth::No),
            (json!({"or": [b, org]}), Truth::Unknown),
            (json!({"not": b}), Truth::Yes),
        ] {
            assert_eq!(
                passes_with(&filter(&value), &Role::Reseller),
                passes,
                "{value}"
            );
        }
    }
}
