//! Two questions side by side, and how the people of one are divided.

use muster_directory::{Criteria, PersonId, Violation, filter::ShapeError};
use muster_mirror::{Compared, FacetsFound, SyncRecord};

use crate::{
    Engine, Error, Result,
    engine::blocking,
    people::only,
    question::{Source, Who, read_filter},
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
        let shaped = |error: ShapeError| Error::from(Violation::new("filter", error.to_string()));
        let a = asked.criteria.as_ref();
        let (only_a, only_b, both) = (|| {
            Ok((
                both(a.cloned(), Some(complement(b.as_ref())?))?,
                both(b.clone(), Some(complement(a)?))?,
                both(a.cloned(), b.clone())?,
            ))
        })()
        .map_err(shaped)?;
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
            both,
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
