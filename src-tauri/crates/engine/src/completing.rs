//! What may be typed next in the query bar: fields, operators, and values that somebody has.

use std::ops::Range;

use muster_directory::{
    Clause, IdentifierKind, OrganizationId, Role,
    criteria::{News, State},
    text::{self, Expected},
};
use muster_mirror::{Mirror, Suggested};

use crate::{Engine, Result, clock, engine::blocking, filter::quoted, question::calendar};

/// The most that is offered.
const MOST: usize = 30;

/// Ages that are offered.
const AGES: [&str; 5] = ["7d", "30d", "90d", "1y", "2y"];

/// What may be typed next. Places are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// What is replaced.
    pub span: Range<usize>,
    /// The best first, at most thirty.
    pub options: Vec<Completion>,
}

/// Something that may be typed next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What is inserted.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// People of the mirror to whom the value belongs.
    pub count: Option<u64>,
    /// For an organization's id its name, for a name its id.
    pub detail: Option<String>,
}

/// What may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// A field.
    Field,
    /// An operator.
    Operator,
    /// A value.
    Value,
    /// A word or a bracket.
    Word,
}

impl Completion {
    fn new(kind: CompletionKind, label: impl Into<String>, insert: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            insert: insert.into(),
            kind,
            count: None,
            detail: None,
        }
    }

    fn value(label: impl Into<String>, insert: impl Into<String>) -> Self {
        Self::new(CompletionKind::Value, label, insert)
    }

    fn counted(self, count: u64) -> Self {
        Self {
            count: Some(count),
            ..self
        }
    }
}

impl Engine {
    /// What may be typed at a cursor, in bytes of the text. Contacts nobody.
    pub async fn complete_filter(
        &self,
        connection: &str,
        text: &str,
        cursor: usize,
    ) -> Result<Completions> {
        let record = self.record(connection).await?;
        let vocabulary = self.vocabulary(&record).await?;
        let completing = text::completing(text, cursor, vocabulary);
        let engine = self.clone();
        blocking(move || {
            let mirror = engine.mirror(record.id)?;
            let mut options = Vec::new();
            for expected in completing.expects {
                options.extend(offered(&mirror, expected)?);
            }
            options.truncate(MOST);
            Ok(Completions {
                span: completing.span,
                options,
            })
        })
        .await
    }
}

fn offered(mirror: &Mirror, expected: Expected) -> Result<Vec<Completion>> {
    Ok(match expected {
        Expected::Word(word) => {
            let letters = word.chars().all(char::is_alphabetic);
            let insert = if letters {
                format!("{word} ")
            } else {
                word.to_owned()
            };
            vec![Completion::new(CompletionKind::Word, word, insert)]
        }
        Expected::Field(field) => {
            // A time has no usual operator.
            let timed = ["created", "updated", "changed"].contains(&field);
            let behind = if timed { " " } else { ":" };
            let insert = format!("{field}{behind}");
            vec![Completion::new(CompletionKind::Field, field, insert)]
        }
        Expected::Operator(operator) => {
            let behind = if operator == ":" { "" } else { " " };
            let insert = format!("{operator}{behind}");
            vec![Completion::new(CompletionKind::Operator, operator, insert)]
        }
        Expected::Value {
            field,
            operator,
            typed,
            quoted,
        } => {
            let mut values = values(mirror, field, operator, &typed)?;
            if operator == ":" && !quoted {
                values.extend(states(mirror, field, &typed)?);
            }
            values
        }
    })
}

fn values(mirror: &Mirror, field: &str, operator: &str, typed: &str) -> Result<Vec<Completion>> {
    Ok(match field {
        "org" => {
            let mut options = Vec::new();
            if operator == ":" {
                options.extend(organization_with_id(mirror, typed)?);
            }
            let like = mirror.organizations_like(typed, MOST)?;
            options.extend(like.into_iter().map(organization_named));
            options
        }
        "name" => {
            let like = mirror.people_like(typed, MOST)?.into_iter();
            like.map(|(name, count)| Completion::value(&name, quoted(&name)).counted(count))
                .collect()
        }
        "role" => roles(mirror, typed)?,
        "created" | "updated" | "changed" => days(operator, typed),
        "seen" => seen(mirror, typed)?,
        _ => match kind_named(field) {
            Some(kind) => {
                let like = mirror.identifiers_like(kind, typed, MOST)?.into_iter();
                like.map(|(number, count)| {
                    let plain = number.bytes().all(|byte| byte.is_ascii_alphanumeric());
                    let insert = if plain {
                        number.clone()
                    } else {
                        quoted(&number)
                    };
                    Completion::value(number, insert).counted(count)
                })
                .collect()
            }
            None => Vec::new(),
        },
    })
}

fn kind_named(field: &str) -> Option<IdentifierKind> {
    IdentifierKind::ALL
        .into_iter()
        .find(|kind| kind.key().strip_suffix("Nr") == Some(field))
}

fn organization_with_id(mirror: &Mirror, typed: &str) -> Result<Option<Completion>> {
    let id = typed
        .parse()
        .ok()
        .and_then(|id: u64| OrganizationId::try_from(id).ok());
    let Some(id) = id else { return Ok(None) };
    Ok(mirror.organization(id)?.map(|own| Completion {
        count: Some(own.people),
        detail: Some(own.organization.name),
        ..Completion::value(id.to_string(), id.to_string())
    }))
}

fn organization_named(own: Suggested) -> Completion {
    Completion {
        count: Some(own.people),
        detail: Some(own.id.to_string()),
        ..Completion::value(&own.name, quoted(&own.name))
    }
}

/// Those that somebody has, then those that the vendor names.
fn roles(mirror: &Mirror, typed: &str) -> Result<Vec<Completion>> {
    let (held, _) = mirror.roles()?;
    let named = Role::NAMED.into_iter().map(|role| (role, 0));
    let mut options: Vec<Completion> = Vec::new();
    for (role, count) in held.into_iter().chain(named) {
        let begins = begins(role.as_str(), typed);
        if begins && !options.iter().any(|own| own.label == role.as_str()) {
            let insert = text::print_clause(&Clause::Vendor(muster_directory::PersonLeaf::Role(
                role.clone(),
            )));
            let insert = insert
                .split_once(':')
                .map_or("", |(_, value)| value.trim_start());
            options.push(Completion::value(role.as_str(), insert).counted(count));
        }
    }
    Ok(options)
}

fn days(operator: &str, typed: &str) -> Vec<Completion> {
    let today = calendar(clock::now()).today;
    let first = today.first_of_month();
    let year = today.first_of_year();
    let days = [today, first, year].map(|day| day.to_string());
    let aged = matches!(operator, "<" | ">");
    let ages = AGES.into_iter().filter(|_| aged).map(str::to_owned);
    let mut options: Vec<String> = ages.chain(days).filter(|day| begins(day, typed)).collect();
    options.dedup();
    options
        .into_iter()
        .map(|day| Completion::value(&day, &day))
        .collect()
}

fn seen(mirror: &Mirror, typed: &str) -> Result<Vec<Completion>> {
    let tally = mirror.state()?.last_sync.map(|sync| sync.people);
    let words = News::ALL
        .into_iter()
        .filter(|news| begins(news.word(), typed));
    Ok(words
        .map(|news| Completion {
            count: tally.map(|tally| match news {
                News::Present => tally.total,
                News::New => tally.added,
                News::Changed => tally.changed,
                News::Returned => tally.returned,
                News::Missing => tally.all_missing,
                News::Gone => tally.all_gone,
            }),
            ..Completion::value(news.word(), news.word())
        })
        .collect())
}

/// `any`, `none` and `unknown`, where they may be asked.
fn states(mirror: &Mirror, field: &str, typed: &str) -> Result<Vec<Completion>> {
    if ["id", "name", "changed", "seen"].contains(&field) {
        return Ok(Vec::new());
    }
    let unknown_roles = match field {
        "role" => Some(mirror.roles()?.1),
        _ => None,
    };
    let words = State::ALL
        .into_iter()
        .filter(|state| begins(state.word(), typed));
    Ok(words
        .map(|state| Completion {
            count: unknown_roles.filter(|_| state == State::Unknown),
            ..Completion::value(state.word(), state.word())
        })
        .collect())
}

fn begins(word: &str, typed: &str) -> bool {
    word.starts_with(&typed.to_ascii_lowercase())
}
