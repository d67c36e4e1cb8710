//! Saved views: listed, shown, saved, deleted, shared, and looked at when somebody shared one.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use muster_api::types;
use muster_directory::name::fold;
use muster_engine::{
    Engine, Error,
    columns::Column,
    question::Source,
    share::{NamedView, Opening},
    views::{View, ViewColumn, ViewDraft, ViewState},
};

use super::{find, people::read};
use crate::{
    arguments::{Format, Look, ViewName, Views},
    failure::Failure,
    output::{self, views as written},
};

pub async fn run(engine: &Engine, views: Views) -> Result<(), Failure> {
    match views {
        Views::List { connection, format } => {
            let list = engine.views(&id_of(engine, &connection).await?).await?;
            match format {
                Format::Json => {
                    let list: Vec<_> = list.into_iter().map(types::View::from).collect();
                    output::json(&list)
                }
                _ => written::list(&list, format),
            }
        }
        Views::Show { view, format } => {
            let (_, view) = chosen(engine, &view).await?;
            match format {
                Format::Json => output::json(&types::View::from(view)),
                _ => written::view(&view, format),
            }
        }
        Views::Save {
            view,
            text,
            look,
            live,
            replace,
        } => save(engine, &view, text, look, live, replace).await,
        Views::Delete { view } => {
            let (connection, view) = chosen(engine, &view).await?;
            Ok(engine
                .delete_view(&connection, &view.id.to_string())
                .await?)
        }
        Views::Share { view, out } => share(engine, &view, out).await,
        Views::Open {
            connection,
            shared,
            format,
        } => open(engine, &connection, shared, format).await,
    }
}

async fn id_of(engine: &Engine, connection: &str) -> Result<String, Failure> {
    Ok(find(engine, connection).await?.record.id.to_string())
}

/// A saved view by its name; an error if there is none.
async fn named(engine: &Engine, connection: &str, name: &str) -> Result<View, Failure> {
    let found = found(engine, connection, name).await?;
    found.ok_or_else(|| {
        Error::NotFound {
            what: "view",
            which: name.to_owned(),
        }
        .into()
    })
}

async fn found(engine: &Engine, connection: &str, name: &str) -> Result<Option<View>, Failure> {
    let wanted = fold(name.trim());
    let views = engine.views(connection).await?;
    Ok(views.into_iter().find(|view| fold(&view.name) == wanted))
}

/// What a saved view shows, by its name. Says what of it cannot be read.
pub async fn shown(engine: &Engine, connection: &str, name: &str) -> Result<NamedView, Failure> {
    let view = named(engine, connection, name).await?;
    let state = view.shown()?.clone();
    for problem in view.problems() {
        let name = &view.name;
        writeln!(
            io::stderr(),
            "musterctl: a part of the view \u{201c}{name}\u{201d} cannot be read: {problem}"
        )?;
    }
    let name = view.name;
    Ok(NamedView { name, state })
}

async fn chosen(engine: &Engine, view: &ViewName) -> Result<(String, View), Failure> {
    let connection = id_of(engine, &view.connection).await?;
    let view = named(engine, &connection, &view.name).await?;
    Ok((connection, view))
}

async fn save(
    engine: &Engine,
    view: &ViewName,
    text: String,
    look: Look,
    live: bool,
    replace: bool,
) -> Result<(), Failure> {
    let connection = id_of(engine, &view.connection).await?;
    // A view that a script saves shall be one that can be asked.
    read(engine, &connection, &text).await?;
    let id = match found(engine, &connection, &view.name).await? {
        Some(before) if replace => Some(before.id.to_string()),
        Some(_) => {
            let message = "a view of this name is there: say --replace to replace it";
            return Err(Failure::Usage(message.to_owned()));
        }
        None => None,
    };
    let columns = match look.columns.is_empty() {
        true => vec![Column::Name, Column::Organization, Column::Role, Column::Id],
        false => look.columns,
    };
    let column = |column| ViewColumn {
        column,
        width: None,
        pinned: false,
    };
    let draft = ViewDraft {
        id,
        name: view.name.clone(),
        state: Some(ViewState {
            text,
            columns: columns.into_iter().map(column).collect(),
            sort: look.sort,
            source: match live {
                true => Source::Live,
                false => Source::Mirror,
            },
        }),
        // All of it is said anew here.
        discard: replace,
    };
    let saved = engine.save_view(&connection, draft).await?;
    written::view(&saved, Format::Table)
}

async fn share(engine: &Engine, view: &ViewName, out: Option<PathBuf>) -> Result<(), Failure> {
    let connection = id_of(engine, &view.connection).await?;
    let view = shown(engine, &connection, &view.name).await?;
    let shared = engine.share_view(view, out).await?;
    let told = match (&shared.path, &shared.link) {
        (Some(path), _) => path.display().to_string(),
        (None, Some(link)) => link.clone(),
        (None, None) => return Ok(()),
    };
    Ok(writeln!(io::stdout(), "{told}")?)
}

async fn open(
    engine: &Engine,
    connection: &str,
    shared: String,
    format: Format,
) -> Result<(), Failure> {
    let connection = id_of(engine, connection).await?;
    // No path has this, every link has.
    let opening = match shared.contains("://") {
        true => Opening::Link(shared),
        false => Opening::File(PathBuf::from(shared)),
    };
    let preview = engine.preview_view(&connection, opening).await?;
    match format {
        Format::Json => output::json(&types::ViewPreview::from(preview)),
        _ => written::preview(&preview, format),
    }
}
