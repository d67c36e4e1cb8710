//! Organizations: asked of the mirror or of the vendor, with the same question.

use muster_directory::{
    Organization, OrganizationFilter, OrganizationLeaf, OrganizationSort, OrganizationsQuery,
};
use muster_mirror::{ConnectionRecord, OrganizationsQuestion as MirrorQuestion, Presence};

use crate::{
    Engine, Error, Result, clock,
    engine::blocking,
    question::{Found, Question, Source, read_filter},
};

/// An organization in an answer.
#[derive(Debug, Clone)]
pub struct FoundOrganization {
    /// As the vendor returned it.
    pub organization: Organization,
    /// People of the last sync in it; none if live.
    pub people: Option<u64>,
    /// Whether the last sync returned it; always present if live.
    pub presence: Presence,
}

impl From<muster_mirror::OrganizationFound> for FoundOrganization {
    fn from(row: muster_mirror::OrganizationFound) -> Self {
        Self {
            organization: row.organization,
            people: Some(row.people),
            presence: row.presence,
        }
    }
}

impl Engine {
    /// Organizations of a connection. If live, their numbers of people are not known.
    pub async fn organizations(
        &self,
        connection: &str,
        question: Question<OrganizationSort>,
    ) -> Result<Found<FoundOrganization>> {
        let record = self.record(connection).await?;
        let filter = read_filter::<OrganizationLeaf>(question.filter.as_deref(), &record)?;
        match question.source {
            Source::Mirror => {
                self.organizations_of_mirror(&record, filter, question)
                    .await
            }
            Source::Live => {
                self.organizations_of_vendor(&record, filter, question)
                    .await
            }
        }
    }

    async fn organizations_of_mirror(
        &self,
        record: &ConnectionRecord,
        filter: Option<OrganizationFilter>,
        question: Question<OrganizationSort>,
    ) -> Result<Found<FoundOrganization>> {
        let (engine, id) = (self.clone(), record.id);
        blocking(move || {
            let mirror = engine.mirror(id)?;
            let (offset, limit) = question.window.bounds();
            let found = mirror.organizations(&MirrorQuestion {
                filter: filter.as_ref(),
                search: question.search.as_deref(),
                seen: question.seen,
                sort: question.sort,
                offset,
                limit,
            })?;
            let sync = found.sync.ok_or(Error::NeverSynced)?;
            Ok(Found {
                total: found.total,
                possible: found.possible,
                rows: found
                    .rows
                    .into_iter()
                    .map(FoundOrganization::from)
                    .collect(),
                as_of: sync.finished_at,
            })
        })
        .await
    }

    async fn organizations_of_vendor(
        &self,
        record: &ConnectionRecord,
        filter: Option<OrganizationFilter>,
        question: Question<OrganizationSort>,
    ) -> Result<Found<FoundOrganization>> {
        question.check_live()?;
        let page = question.window.page()?;
        let query = OrganizationsQuery {
            filter,
            sorting: Some(question.sort),
            page,
        };
        query.to_json()?;
        let outcome = async {
            let client = self.client(record).await?;
            let answer = client.organizations_page(&query).await?;
            let rows = answer
                .results
                .into_iter()
                .map(|organization| FoundOrganization {
                    organization,
                    people: None,
                    presence: Presence::Present,
                });
            let rows = rows.collect();
            Ok(Found {
                total: answer.meta.total,
                possible: 0,
                rows,
                as_of: clock::now(),
            })
        }
        .await;
        self.witness(record.id, outcome)
    }
}
