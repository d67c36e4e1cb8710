//! Between views, shared ones and recent questions of the engine and those of the boundary.

use muster_engine::{
    directory::PersonSort,
    recents, share, views,
    views::{ViewColumn as OwnColumn, ViewState as OwnState},
};

use super::{
    filter::{coded, utf16},
    question::sort,
    taking::column,
};
use crate::{error::invalid, types::*};

pub(crate) fn view_draft(own: ViewDraft) -> Result<(String, views::ViewDraft), ApiError> {
    let draft = views::ViewDraft {
        id: own.id,
        name: own.name,
        state: own.state.map(state).transpose()?,
        discard: own.discard,
    };
    Ok((own.connection, draft))
}

pub(crate) fn shared(own: ViewShare) -> Result<(share::NamedView, Option<String>), ApiError> {
    let view = share::NamedView {
        name: own.name,
        state: state(own.state)?,
    };
    Ok((view, own.path))
}

pub(crate) fn opening(own: ViewOpening) -> Result<(String, share::Opening), ApiError> {
    let opening = match (own.link, own.path, own.content) {
        (Some(link), None, None) => share::Opening::Link(link),
        (None, Some(path), None) => share::Opening::File(path.into()),
        (None, None, Some(content)) => share::Opening::Content(content),
        _ => {
            let message = "expected exactly one of link, path and content";
            return Err(invalid("link", message.to_owned()));
        }
    };
    Ok((own.connection, opening))
}

fn state(own: ViewState) -> Result<OwnState, ApiError> {
    let columns = own.columns.iter().enumerate().map(|(index, own)| {
        Ok(OwnColumn {
            column: column(&own.id, &format!("state.columns[{index}].id"))?,
            width: own.width,
            pinned: own.pinned,
        })
    });
    Ok(OwnState {
        columns: columns.collect::<Result<_, ApiError>>()?,
        text: own.text,
        sort: sort(own.sort),
        source: own.source.into(),
    })
}

impl From<OwnState> for ViewState {
    fn from(own: OwnState) -> Self {
        let columns = own.columns.into_iter().map(|own| ViewColumn {
            id: own.column.name().to_owned(),
            width: own.width,
            pinned: own.pinned,
        });
        let sort = own.sort.into_iter().map(|sort| PeopleSort {
            by: match sort.by {
                PersonSort::Id => PersonColumn::Id,
                PersonSort::Name => PersonColumn::Name,
                PersonSort::Organization => PersonColumn::Organization,
                PersonSort::Role => PersonColumn::Role,
                PersonSort::CreatedAt => PersonColumn::CreatedAt,
                PersonSort::UpdatedAt => PersonColumn::UpdatedAt,
                PersonSort::LastChanged => PersonColumn::LastChanged,
            },
            direction: sort.direction.into(),
        });
        Self {
            text: own.text,
            columns: columns.collect(),
            sort: sort.collect(),
            source: own.source.into(),
        }
    }
}

impl From<views::View> for View {
    fn from(own: views::View) -> Self {
        let problems = own.problems().map(Violation::from);
        Self {
            problems: problems.collect(),
            id: own.id.to_string(),
            name: own.name,
            state: own.state.ok().map(ViewState::from),
            changed_at: own.changed_at,
        }
    }
}

impl From<share::Shared> for SharedView {
    fn from(own: share::Shared) -> Self {
        Self {
            link: own.link,
            path: own.path.map(|path| path.display().to_string()),
        }
    }
}

impl From<share::Preview> for ViewPreview {
    fn from(own: share::Preview) -> Self {
        let text = own.view.state.text.clone();
        let problems = own.problems.into_iter().map(|own| {
            let (code, values) = coded(own.coded);
            FilterProblem {
                from: utf16(&text, own.span.start),
                until: utf16(&text, own.span.end),
                message: own.message,
                code,
                values,
                expected: own.expected,
                path: own.path,
            }
        });
        Self {
            problems: problems.collect(),
            name: own.view.name,
            state: own.view.state.into(),
            total: own.total,
        }
    }
}

impl From<recents::RecentQuestion> for RecentQuestion {
    fn from(own: recents::RecentQuestion) -> Self {
        Self {
            text: own.text,
            source: own.source.into(),
            total: own.total,
            possible: own.possible,
            took_ms: own.took_ms,
            asked_at: own.asked_at,
        }
    }
}

impl From<muster_engine::question::Source> for Source {
    fn from(own: muster_engine::question::Source) -> Self {
        match own {
            muster_engine::question::Source::Mirror => Self::Mirror,
            muster_engine::question::Source::Live => Self::Live,
        }
    }
}

impl From<muster_engine::directory::Direction> for Direction {
    fn from(own: muster_engine::directory::Direction) -> Self {
        match own {
            muster_engine::directory::Direction::Ascending => Self::Ascending,
            muster_engine::directory::Direction::Descending => Self::Descending,
        }
    }
}
