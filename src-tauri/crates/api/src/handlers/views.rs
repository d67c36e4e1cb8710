//! Saved views, what is shared of them, recent questions.

use muster_engine::Engine;

use super::Answer;
use crate::{convert, types::*};

pub async fn views_list(engine: &Engine, of: ConnectionRef) -> Answer<Vec<View>> {
    let views = engine.views(&of.connection).await?;
    Ok(views.into_iter().map(View::from).collect())
}

pub async fn view_save(engine: &Engine, draft: ViewDraft) -> Answer<View> {
    let (connection, draft) = convert::view_draft(draft)?;
    Ok(engine.save_view(&connection, draft).await?.into())
}

pub async fn view_delete(engine: &Engine, of: ViewRef) -> Answer<()> {
    Ok(engine.delete_view(&of.connection, &of.view).await?)
}

pub async fn view_share(engine: &Engine, share: ViewShare) -> Answer<SharedView> {
    let (view, path) = convert::shared(share)?;
    Ok(engine.share_view(view, path.map(Into::into)).await?.into())
}

pub async fn view_open(engine: &Engine, opening: ViewOpening) -> Answer<ViewPreview> {
    let (connection, opening) = convert::opening(opening)?;
    Ok(engine.preview_view(&connection, opening).await?.into())
}

pub async fn recents_list(engine: &Engine, of: ConnectionRef) -> Answer<Vec<RecentQuestion>> {
    let recents = engine.recent_questions(&of.connection).await?;
    Ok(recents.into_iter().map(RecentQuestion::from).collect())
}
