//! A live question as a command line that anybody may paste: without the secret.

use muster_directory::{Criteria, Page, PeopleQuery, Sort, split::split};
use muster_vendor::medipim::request;

use crate::{Engine, Error, Result, access::base_url, question::read_filter};

impl Engine {
    /// The request of a live question's first page, or its only one, for `curl` in a POSIX shell.
    /// The secret is taken from the variable `MUSTER_SECRET`. Contacts nobody.
    pub async fn people_curl(&self, connection: &str, filter: Option<&str>) -> Result<String> {
        let record = self.record(connection).await?;
        let criteria: Option<Criteria> = read_filter(filter, &record)?;
        let enabled = criteria.and_then(|criteria| criteria.enabled());
        let split = match &enabled {
            Some(criteria) => {
                let vocabulary = self.vocabulary(&record).await?;
                Some(split(criteria, vocabulary))
            }
            None => None,
        };
        let finished_here = split.as_ref().is_some_and(|split| split.rest.is_some());
        let filter = split.and_then(|split| split.sent);
        let query = if finished_here {
            PeopleQuery {
                filter,
                ..PeopleQuery::default()
            }
        } else {
            PeopleQuery {
                filter,
                sorting: Some(Sort::default()),
                page: Some(Page::default()),
            }
        };
        let request = request::people(&query)?;
        let address = match record.practice {
            true => self.practice.access().await?.0,
            false => base_url(&record)?,
        };
        let url = address
            .join(&request.path)
            .map_err(|error| Error::Defect(error.to_string()))?;
        let body = request.body.unwrap_or_default().to_string();
        Ok(format!(
            "curl -u \"{}:$MUSTER_SECRET\" -H 'Content-Type: application/json' -d {} {}",
            record.key_id,
            quoted(&body),
            quoted(url.as_str()),
        ))
    }
}

/// A text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_nothing_in_it_for_its_own() {
        assert_eq!(
            quoted(r#"{"a": "d'O $x `y`"}"#),
            r#"'{"a": "d'\''O $x `y`"}'"#
        );
    }
}
