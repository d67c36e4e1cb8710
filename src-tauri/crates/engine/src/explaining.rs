//! Why a question's criteria hold for a person, or not; what would change it; since when.

use muster_directory::{
    Clause, Criteria, PersonId, Truth,
    evaluate::Chronicle,
    explain::{Edit, Explained, explain, smallest_edit},
};
use muster_mirror::{Mirror, SyncRecord};

use crate::{
    Engine, Error, Result,
    engine::blocking,
    people::only,
    question::{Source, Who, calendar, read_filter},
};

/// Why criteria hold for a person, or not.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Whether they hold.
    pub truth: Truth,
    /// The tree; none: they ask for everybody.
    pub tree: Option<Explained>,
    /// The smallest edit after which they would hold, unless they do.
    pub include: Option<Edit>,
    /// The smallest edit after which they would not, unless they do not.
    pub exclude: Option<Edit>,
    /// The first sync at which the person was among those who match.
    pub first_match: Option<SyncRecord>,
    /// The last one.
    pub last_match: Option<SyncRecord>,
}

impl Engine {
    /// Explains what the criteria of a question say of a person.
    pub async fn explain_person(
        &self,
        connection: &str,
        who: Who,
        id: PersonId,
    ) -> Result<Explanation> {
        let record = self.record(connection).await?;
        let written: Option<Criteria> = read_filter(who.filter.as_deref(), &record)?;
        let (source, as_of) = (who.source, who.as_of);
        let asked = self.read_who(&record, who).await?;
        let live = match source {
            Source::Mirror => None,
            Source::Live => Some(self.person(connection, source, None, id).await?.found),
        };
        let engine = self.clone();
        blocking(move || {
            let mirror = engine.mirror(record.id)?;
            let past = matching(&mirror, id, asked.criteria.as_ref())?;
            let written = written.as_ref();
            let mut explanation = match live {
                Some(found) => {
                    let organization = found.person.organization.known().copied();
                    let organization: Vec<_> = organization.into_iter().collect();
                    let mut own = mirror.witnesses(&[id], &organization, &asked.calendar)?;
                    if let Some(organization) =
                        found.organization.filter(|_| found.organization_visible)
                    {
                        own.insert_organization(organization);
                    }
                    explained(written, &found.person, &own)
                }
                None => {
                    let own = mirror.witness(id, as_of, &asked.calendar)?;
                    let own = own.ok_or_else(|| Error::NotFound {
                        what: "person",
                        which: id.to_string(),
                    })?;
                    explained(written, &own.found.person, &own)
                }
            };
            let mut matched = past.into_iter().filter(|(_, truth)| *truth == Truth::Yes);
            explanation.first_match = matched.next().map(|(sync, _)| sync);
            explanation.last_match = matched
                .next_back()
                .map(|(sync, _)| sync)
                .or(explanation.first_match);
            Ok(explanation)
        })
        .await
    }
}

fn explained(
    criteria: Option<&Criteria>,
    person: &muster_directory::Person,
    chronicle: &impl Chronicle,
) -> Explanation {
    let tree = criteria.map(|criteria| explain(criteria, person, chronicle));
    let truth_of = |clause: &Clause| clause.holds(person, chronicle);
    Explanation {
        truth: tree.as_ref().map_or(Truth::Yes, |tree| tree.truth),
        tree,
        include: smallest_edit(criteria, &truth_of, true, person.id),
        exclude: smallest_edit(criteria, &truth_of, false, person.id),
        first_match: None,
        last_match: None,
    }
}

/// At every sync whether the person matched; without criteria, whether the person was there.
fn matching(
    mirror: &Mirror,
    id: PersonId,
    criteria: Option<&Criteria>,
) -> Result<Vec<(SyncRecord, Truth)>> {
    let anybody = only(id);
    let criteria = criteria.unwrap_or(&anybody);
    Ok(mirror.matching(id, criteria, &calendar)?)
}
