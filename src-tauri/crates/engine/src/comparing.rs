//! Two questions side by side, and how the people of one are divided.

use muster_directory::{Criteria, PersonId, Violation, filter::ShapeError};
use muster_mirror::{Compared, FacetsFound, Seen, SyncRecord};

use crate::{
    Engine, Error, Result,
    engine::blocking,
    people::only,
    question::{Asked, Source, Who, joined, read_filter, seen_as_criteria},
};

/// Two questions side by side, with criteria that list each part.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// How many, and why.
    pub compared: Compared,
    /// Those in the first and not in the second.
    pub only_a: Criteria,
    /// Those in the second and not in the first.
    pub only_b: Criteria,
    /// Those in both.
    pub both: Criteria,
}

impl Engine {
    /// Compares a question with the same question by other criteria, on the mirror.
    pub async fn compare_people(
        &self,
        connection: &str,
        a: Who,
        b: Option<&str>,
    ) -> Result<Comparison> {
        of_mirror(&a)?;
        let record = self.record(connection).await?;
        let b: Option<Criteria> = read_filter(b, &record)?;
        let b = b.and_then(|criteria| criteria.enabled());
        let asked = self.read_who(&record, a).await?;
        let (a, b) = of_one_population(asked.criteria.clone(), b, asked.who.seen)?;
        let only_a = both(a.clone(), Some(complement(b.as_ref())?))?;
        let only_b = both(b.clone(), Some(complement(a.as_ref())?))?;
        let in_both = both(a.clone(), b.clone())?;
        let asked = Asked {
            criteria: a,
            ..asked
        };
        let engine = self.clone();
        let compared = blocking(move || {
            let compared = engine
                .mirror(record.id)?
                .compare(&asked.of_mirror(), b.as_ref())?;
            synced(compared.sync)?;
            Ok(compared)
        })
        .await?;
        Ok(Comparison {
            compared,
            only_a,
            only_b,
            both: in_both,
        })
    }

    /// How the people who match are divided, on the mirror.
    pub async fn people_facets(&self, connection: &str, who: Who) -> Result<FacetsFound> {
        of_mirror(&who)?;
        let record = self.record(connection).await?;
        let asked = self.read_who(&record, who).await?;
        let engine = self.clone();
        blocking(move || {
            let found = engine.mirror(record.id)?.facets(&asked.of_mirror())?;
            synced(found.sync)?;
            Ok(found)
        })
        .await
    }

    /// Every sync of a connection, the newest first.
    pub async fn syncs(&self, connection: &str) -> Result<Vec<SyncRecord>> {
        let record = self.record(connection).await?;
        let engine = self.clone();
        blocking(move || Ok(engine.mirror(record.id)?.syncs()?)).await
    }
}

fn of_mirror(who: &Who) -> Result<()> {
    match who.source {
        Source::Mirror => Ok(()),
        Source::Live => {
            let message = "people are divided and compared on the mirror only";
            Err(Violation::new("source", message).into())
        }
    }
}

fn synced(sync: Option<SyncRecord>) -> Result<()> {
    sync.map(drop).ok_or(Error::NeverSynced)
}

/// Criteria that ask what the last sync said are about everybody who was ever seen, all others
/// about the rows that count. Where one side does, the other says so too: else the two would be of
/// different people, and criteria that list a part of both of neither.
fn of_one_population(
    a: Option<Criteria>,
    b: Option<Criteria>,
    seen: Seen,
) -> Result<(Option<Criteria>, Option<Criteria>)> {
    let news = |side: &Option<Criteria>| side.as_ref().is_some_and(Criteria::asks_for_news);
    Ok(match (news(&a), news(&b)) {
        (true, false) => (a, joined(b, seen_as_criteria(seen)?)?),
        (false, true) => (joined(a, seen_as_criteria(seen)?)?, b),
        _ => (a, b),
    })
}

type Shaped<T> = std::result::Result<T, ShapeError>;

/// Criteria for those in both; none asks for everybody.
fn both(a: Option<Criteria>, b: Option<Criteria>) -> Shaped<Criteria> {
    match (a, b) {
        (Some(a), Some(b)) => Criteria::and(vec![a, b]),
        (Some(one), None) | (None, Some(one)) => Ok(one),
        (None, None) => Criteria::negate(nobody()?),
    }
}

fn complement(criteria: Option<&Criteria>) -> Shaped<Criteria> {
    match criteria {
        Some(criteria) => Criteria::negate(criteria.clone()),
        None => nobody(),
    }
}

/// Somebody who is somebody else.
fn nobody() -> Shaped<Criteria> {
    let first = PersonId::try_from(1).map_err(|_| ShapeError::Empty)?;
    Criteria::and(vec![only(first), Criteria::negate(only(first))?])
}
