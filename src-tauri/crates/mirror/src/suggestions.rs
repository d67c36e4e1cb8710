//! What may be typed: names, numbers and roles that somebody has, and how many people they find.

use muster_directory::{IdentifierKind, OrganizationId, Role, criteria::TextTest, name::fold};

use crate::{Mirror, MirrorError, organizations, snapshot::Snapshot};

/// An organization that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// The vendor's id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// How many people of the last sync are in it.
    pub people: u64,
}

impl Mirror {
    /// Organizations with a part of a name: those whose names begin with it first, then those with
    /// most people. Those that the key sees.
    pub fn organizations_like(
        &self,
        part: &str,
        limit: usize,
    ) -> Result<Vec<Suggested>, MirrorError> {
        self.read(None, |snapshot| {
            let organizations = snapshot.roll.organizations(snapshot.connection)?;
            let people = snapshot.roll.people_of_each(snapshot.connection)?;
            let part = fold(part.trim());
            let mut found: Vec<_> = organizations
                .containing_name(&part)
                .map(|position| {
                    let begins = organizations.begins_with(position, &part);
                    let people = people.get(position).copied().unwrap_or_default();
                    ((!begins, std::cmp::Reverse(people), position), people)
                })
                .collect();
            keep_first(&mut found, limit);
            let suggested = found.into_iter().filter_map(|((.., position), people)| {
                let id = organizations.id(position)?;
                Some(Suggested {
                    id: OrganizationId::try_from(id).ok()?,
                    name: organizations.name(id)?,
                    people: u64::from(people),
                })
            });
            Ok(suggested.collect())
        })
    }

    /// The organizations that the key sees and whose names pass a test, ascending by id.
    pub fn organizations_named(
        &self,
        test: &TextTest,
    ) -> Result<Vec<(OrganizationId, String)>, MirrorError> {
        self.read(None, |snapshot| {
            let organizations = snapshot.roll.organizations(snapshot.connection)?;
            let named = organizations.named(test).filter_map(|position| {
                let id = organizations.id(position)?;
                let name = organizations.name(id)?;
                Some((OrganizationId::try_from(id).ok()?, name))
            });
            Ok(named.collect())
        })
    }

    /// Whether a sync ever returned an organization whose name passes a test. Reads every name that
    /// was kept.
    pub fn organization_was_named(&self, test: &TextTest) -> Result<bool, MirrorError> {
        self.read(None, |snapshot| {
            organizations::was_named(snapshot.connection, test)
        })
    }

    /// Numbers of organizations that begin with something, whatever its case, in their order,
    /// with how many people of the last sync they find.
    pub fn identifiers_like(
        &self,
        kind: IdentifierKind,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<(String, u64)>, MirrorError> {
        self.read(None, |snapshot| {
            let organizations = snapshot.roll.organizations(snapshot.connection)?;
            let people = snapshot.roll.people_of_each(snapshot.connection)?;
            let mut spellings = vec![
                prefix.trim().to_owned(),
                prefix.trim().to_uppercase(),
                prefix.trim().to_lowercase(),
            ];
            spellings.sort_unstable();
            spellings.dedup();
            let mut found = Vec::new();
            for spelling in spellings {
                found.extend(organizations.beginning_with(kind, &spelling, &people, limit));
            }
            found.sort_unstable();
            found.dedup();
            found.truncate(limit);
            Ok(found)
        })
    }

    /// The roles that people of the last sync have, those with most people first, and of how many
    /// the role is not known.
    pub fn roles(&self) -> Result<(Vec<(Role, u64)>, u64), MirrorError> {
        self.read(None, |snapshot| {
            let people = snapshot.roll.people(snapshot.connection)?;
            let roles = snapshot.roll.roles(snapshot.connection)?;
            let present = people.present();
            let mut found: Vec<(Role, u64)> = roles
                .all()
                .map(|(role, own)| (role.clone(), own.intersection_count(present) as u64))
                .filter(|(_, count)| *count > 0)
                .collect();
            found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            Ok((found, roles.unknown().intersection_count(present) as u64))
        })
    }

    /// Names with a part, each once, and how many people of the last sync have it: those that
    /// begin with it first.
    pub fn people_like(&self, part: &str, limit: usize) -> Result<Vec<(String, u64)>, MirrorError> {
        self.read(None, |snapshot| snapshot.people_like(part, limit))
    }
}

impl Snapshot<'_> {
    fn people_like(&self, part: &str, limit: usize) -> Result<Vec<(String, u64)>, MirrorError> {
        let people = self.roll.people(self.connection)?;
        let part = fold(part.trim());
        let found = self
            .roll
            .names_like(self.connection, &part, people.present(), limit)?;
        let ids: Vec<u64> = found
            .iter()
            .filter_map(|(position, _)| people.id(*position))
            .collect();
        let rows = self.people_rows(&ids)?;
        let counts = found.into_iter().map(|(_, count)| count);
        Ok(rows
            .into_iter()
            .map(|row| row.person.name)
            .zip(counts)
            .collect())
    }
}

/// The first of these, in their order.
fn keep_first<T: Ord>(all: &mut Vec<T>, limit: usize) {
    if all.len() > limit {
        all.select_nth_unstable(limit);
        all.truncate(limit);
    }
    all.sort_unstable();
}
