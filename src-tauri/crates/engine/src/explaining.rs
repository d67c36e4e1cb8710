//! Why a question's criteria hold for a person, or not; what would change it; since when.

use muster_directory::{
    Calendar, Clause, Criteria, Fact, Person, PersonId, Truth,
    criteria::News,
    evaluate::Chronicle,
    explain::{Act, Change, Edit, Explained, explain, smallest_edit},
};
use muster_mirror::{Mirror, Presence, Seen, SyncRecord};

use crate::{
    Engine, Error, Result,
    engine::blocking,
    live::{Known, ToldOf},
    people::{FoundPerson, only},
    question::{Source, Who, calendar, joined, read_filter, seen_as_criteria},
};

/// Why criteria hold for a person, or not.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Whether they hold.
    pub truth: Truth,
    /// The tree; none: they ask for everybody. If the question is not about the person at all,
    /// because of whether the last sync returned them, that stands in it as a condition.
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
            Source::Live => {
                let found = self.person(connection, source, None, id).await?.found;
                let criteria = asked.criteria.as_ref();
                let told = self.told_of(&record, criteria, &found).await?;
                Some((found, told))
            }
        };
        let engine = self.clone();
        blocking(move || {
            let mirror = engine.mirror(record.id)?;
            let past = matching(&mirror, id, asked.criteria.clone(), asked.who.seen)?;
            let written = written.as_ref();
            let mut explanation = match live {
                Some((found, told)) => {
                    explained_live(&mirror, written, &found, &told, &asked.calendar)?
                }
                None => {
                    let own = mirror.witness(id, as_of, &asked.calendar)?;
                    let own = own.ok_or_else(|| Error::NotFound {
                        what: "person",
                        which: id.to_string(),
                    })?;
                    let among = Among {
                        seen: asked.who.seen,
                        counts: counts(asked.who.seen, own.found.presence),
                    };
                    explained(written, among, &own.found.person, &own)?
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

/// Which rows of the mirror a question is about, unless its criteria ask for that themselves.
#[derive(Clone, Copy)]
struct Among {
    seen: Seen,
    /// Whether the person is one of them.
    counts: bool,
}

const fn counts(seen: Seen, presence: Presence) -> bool {
    match (seen, presence) {
        (Seen::All, _) | (Seen::Present, Presence::Present) => true,
        (Seen::Present, _) | (Seen::Missing, Presence::Present) => false,
        (Seen::Missing, _) => true,
    }
}

fn explained_live(
    mirror: &Mirror,
    criteria: Option<&Criteria>,
    found: &FoundPerson,
    told: &ToldOf,
    calendar: &Calendar,
) -> Result<Explanation> {
    let witnesses = mirror.witnesses(&[found.person.id], &[])?;
    let kept = witnesses.person(found.person.id);
    let learnt = || kept.map_or(Fact::Unknown, |kept| kept.role.as_ref());
    let known = Known {
        calendar,
        organizations: Some(&told.organizations),
        kept,
        role: told.role.as_ref().map_or_else(learnt, Fact::as_ref),
    };
    let among = Among {
        seen: Seen::Present,
        counts: true,
    };
    explained(criteria, among, &found.person, &known)
}

fn explained(
    criteria: Option<&Criteria>,
    among: Among,
    person: &Person,
    chronicle: &impl Chronicle,
) -> Result<Explanation> {
    let asks_for_news = criteria.is_some_and(Criteria::asks_for_news);
    let of_rows = match among.counts || asks_for_news {
        true => None,
        false => seen_as_criteria(among.seen)?,
    };
    let asked = joined(criteria.cloned(), of_rows.clone());
    // Where it cannot stand beside criteria that are as deep as can be, it stands alone: it decides.
    let shown = asked.as_ref().unwrap_or(&of_rows).as_ref();
    let tree = shown.map(|criteria| explain(criteria, person, chronicle));
    let truth = tree.as_ref().map_or(Truth::Yes, |tree| tree.truth);
    let truth_of = |clause: &Clause| clause.holds(person, chronicle);
    let edited = |wanted| smallest_edit(criteria, &truth_of, wanted, person.id);
    // Criteria that do not ask for news would not be about the person.
    let finds = |edit: &Edit| among.counts || edit.result.asks_for_news();
    let include = match truth {
        Truth::Yes => None,
        _ => match edited(true).filter(finds) {
            Some(edit) => Some(edit),
            None => asked
                .ok()
                .flatten()
                .and_then(|asked| naming(asked, of_rows, person.id).ok()),
        },
    };
    Ok(Explanation {
        truth,
        tree,
        include,
        exclude: match truth {
            Truth::No => None,
            _ => edited(false),
        },
        first_match: None,
        last_match: None,
    })
}

/// The edit that adds a person and changes the answer for nobody else: criteria that ask for news,
/// as these do, find the person whether the last sync returned them or not.
fn naming(asked: Criteria, of_rows: Option<Criteria>, id: PersonId) -> Result<Edit> {
    let change = |part| Change {
        act: Act::Add,
        part,
    };
    Ok(Edit {
        changes: of_rows.into_iter().chain([only(id)]).map(change).collect(),
        result: Criteria::or(vec![asked, only(id)])?,
    })
}

/// At every sync whether the person matched; without criteria, whether the person was there.
fn matching(
    mirror: &Mirror,
    id: PersonId,
    criteria: Option<Criteria>,
    seen: Seen,
) -> Result<Vec<(SyncRecord, Truth)>> {
    let criteria = match seen {
        // What the mirror takes for granted.
        Seen::Present => criteria,
        Seen::Missing => with_rows(criteria, seen_as_criteria(seen)?)?,
        Seen::All => with_rows(criteria, Some(ever_seen()?))?,
    };
    let criteria = criteria.unwrap_or_else(|| only(id));
    Ok(mirror.matching(id, &criteria, &calendar)?)
}

fn with_rows(criteria: Option<Criteria>, rows: Option<Criteria>) -> Result<Option<Criteria>> {
    match criteria.as_ref().is_some_and(Criteria::asks_for_news) {
        true => Ok(criteria),
        false => joined(criteria, rows),
    }
}

/// Everybody whom a sync ever returned.
fn ever_seen() -> Result<Criteria> {
    let present = Criteria::leaf(Clause::Seen(News::Present));
    Ok(Criteria::or(vec![
        present.clone(),
        Criteria::negate(present)?,
    ])?)
}
