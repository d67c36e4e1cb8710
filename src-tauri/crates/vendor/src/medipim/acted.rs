//! What came after Medipim was made to do something.

use muster_directory::{ActKind, ExposeSecret, Organization, Person, SecretString, Target, Thing};
use reqwest::StatusCode;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use super::{ApiKey, wire::read_unquoted};
use crate::{Request, transport::Delivered};

/// What came after something was done.
#[derive(Debug)]
pub struct Acted {
    /// What the answer says.
    pub outcome: Outcome,
    /// The person who was made or changed, as the vendor has it now.
    pub person: Option<Person>,
    /// The organization that was made or linked, as the vendor has it now.
    pub organization: Option<Organization>,
    /// The key that was made or changed, as the vendor has it now.
    pub api_key: Option<ApiKey>,
    /// The secret of the key that was made: it is told this once.
    pub secret: Option<SecretString>,
    /// What the vendor calls the request, if it says so.
    pub request_id: Option<String>,
    /// The status: a success.
    pub status: u16,
}

/// What an answer to something that was done says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, and this is what came of it.
    Done,
    /// It is accepted and will be done: look again later.
    Pending,
    /// It is accepted, but the answer does not tell what came of it: it is read back.
    Unconfirmed {
        /// What is odd about the answer, without quoting it.
        why: String,
    },
}

impl Acted {
    /// Reads the answer to an act. A success stays one, whatever its body is.
    pub(super) fn read(
        kind: &ActKind,
        target: Option<&Target>,
        request: &Request,
        delivered: &Delivered,
    ) -> Self {
        let mut acted = Self {
            outcome: Outcome::Done,
            person: None,
            organization: None,
            api_key: None,
            secret: None,
            request_id: delivered.request_id.clone(),
            status: delivered.status.as_u16(),
        };
        let read = acted.take(kind, target, &delivered.body);
        if let Some(person) = &mut acted.person {
            forget(person, request);
        }
        if delivered.status == StatusCode::ACCEPTED {
            acted.outcome = Outcome::Pending;
        } else if let Err(why) = read {
            acted.outcome = Outcome::Unconfirmed { why };
        }
        acted
    }

    /// Takes what came, if it is what was made or changed.
    fn take(&mut self, kind: &ActKind, target: Option<&Target>, body: &[u8]) -> Result<(), String> {
        let changed = target.filter(|_| kind.makes.is_none());
        let check = |id: u64| match changed {
            Some(target) if target.id != id.to_string() => Err("it tells of another one"),
            _ => Ok(()),
        };
        match kind.makes.or(kind.target) {
            Some(Thing::Person) => {
                let OfPerson { user } = read(body)?;
                check(user.id.get())?;
                self.person = Some(user);
            }
            Some(Thing::Organization) => {
                let OfOrganization { organization } = read(body)?;
                check(organization.id.get())?;
                self.organization = Some(organization);
            }
            Some(Thing::ApiKey) => {
                let OfApiKey { api_key } = read(body)?;
                check(api_key.id.get())?;
                self.api_key = Some(api_key);
                if kind.makes.is_some() {
                    let OfSecret { api_key } = read(body)?;
                    self.secret = Some(api_key.secret);
                }
            }
            None => {}
        }
        Ok(())
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    read_unquoted(body).map_err(|error| error.to_string())
}

#[derive(Deserialize)]
struct OfPerson {
    user: Person,
}

#[derive(Deserialize)]
struct OfOrganization {
    organization: Organization,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfApiKey {
    api_key: ApiKey,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfSecret {
    api_key: OnlySecret,
}

#[derive(Deserialize)]
struct OnlySecret {
    #[serde(deserialize_with = "secret")]
    secret: SecretString,
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
    String::deserialize(from).map(SecretString::from)
}

/// Drops the fields that we do not know in which the vendor repeats a secret that was sent.
fn forget(person: &mut Person, request: &Request) {
    let holds = |value: &Value| {
        let mut secrets = request.secrets();
        secrets.any(|secret| contains(value, secret.expose_secret()))
    };
    person.extra.retain(|_, value| !holds(value));
    person.meta.extra.retain(|_, value| !holds(value));
}

fn contains(value: &Value, secret: &str) -> bool {
    match value {
        Value::String(text) => text.contains(secret),
        Value::Array(items) => items.iter().any(|item| contains(item, secret)),
        Value::Object(fields) => fields.values().any(|field| contains(field, secret)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use muster_directory::{Fact, Platform};
    use serde_json::json;

    use super::*;
    use crate::medipim::acts::{
        API_KEY_CREATE, API_KEY_UPDATE, ORGANIZATION_LINK, USER_CREATE, USER_UPDATE, acts,
    };

    /// The answer to an act, done to number 7 if it is done to anything.
    fn answer(id: &str, status: u16, body: &str) -> Acted {
        let kind = acts(Platform::Be).into_iter().find(|act| act.id == id);
        let kind = kind.unwrap();
        let target = kind.target.map(|thing| Target {
            thing,
            id: "7".to_owned(),
            name: String::new(),
        });
        let request = Request::act("/x", json!({})).with_secret("password", "hunter22".into());
        let delivered = Delivered {
            status: StatusCode::from_u16(status).unwrap(),
            request_id: Some("theirs".to_owned()),
            body: body.as_bytes().to_vec().into(),
        };
        Acted::read(&kind, target.as_ref(), &request, &delivered)
    }

    fn why(acted: &Acted) -> &str {
        match &acted.outcome {
            Outcome::Unconfirmed { why } => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_made_or_changed_is_told() {
        let person = r#"{"user":{"id":7,"name":"Zoë","organization":12},"more":1}"#;
        for id in [USER_CREATE, USER_UPDATE] {
            let acted = answer(id, 200, person);
            assert_eq!(acted.outcome, Outcome::Done);
            assert_eq!(
                (acted.status, acted.request_id.as_deref()),
                (200, Some("theirs"))
            );
            assert_eq!(acted.person.unwrap().name, "Zoë");
        }
        let organization = answer(
            ORGANIZATION_LINK,
            201,
            r#"{"organization":{"id":7,"name":"A"}}"#,
        );
        assert_eq!(organization.outcome, Outcome::Done);
        assert_eq!(organization.organization.unwrap().id.get(), 7);
    }

    #[test]
    fn the_secret_of_a_new_key_is_told_once_and_shown_never() {
        let body = r#"{"apiKey":{"id":9,"name":"Till","secret":"canary","isEnabled":true}}"#;
        let made = answer(API_KEY_CREATE, 200, body);
        assert_eq!(made.outcome, Outcome::Done);
        assert!(!format!("{made:?}").contains("canary"));
        assert_eq!(made.secret.unwrap().expose_secret(), "canary");
        assert_eq!(made.api_key.unwrap().enabled, Fact::Known(true));
        let changed = answer(API_KEY_UPDATE, 200, &body.replace("\"id\":9", "\"id\":7"));
        assert!(changed.secret.is_none(), "nobody asked for it");
        assert!(changed.api_key.is_some());

        let silent = answer(API_KEY_CREATE, 200, r#"{"apiKey":{"id":9,"secret":null}}"#);
        assert!(!why(&silent).is_empty());
        assert_eq!(
            silent.api_key.unwrap().id.get(),
            9,
            "it is there all the same"
        );
    }

    #[test]
    fn a_success_that_tells_nothing_or_another_is_accepted_and_not_confirmed() {
        for body in [
            "",
            " ",
            "null",
            "[]",
            "{}",
            "OK",
            r#"{"user":null}"#,
            r#"{"user":{"id":7}}"#,
            r#"{"user":{"id":"canary","name":"A"}}"#,
            r#"{"user":{"id":7,"name":"#,
            r#"{"user":{"id":8,"name":"A"}}"#,
        ] {
            let acted = answer(USER_UPDATE, 200, body);
            assert!(!why(&acted).contains("canary"), "{body}");
            assert!(acted.person.is_none(), "{body}");
        }
        assert_eq!(why(&answer(USER_UPDATE, 204, "")), "it is empty");
    }

    #[test]
    fn what_is_accepted_for_later_is_pending_whatever_it_tells() {
        for body in ["", "{}", r#"{"user":{"id":7,"name":"A"}}"#] {
            assert_eq!(answer(USER_UPDATE, 202, body).outcome, Outcome::Pending);
        }
    }

    #[test]
    fn a_password_that_the_vendor_repeats_is_forgotten() {
        let body = r#"{"user":{"id":7,"name":"A","password":"hunter22","a":[{"b":"x hunter22"}],
            "kept":1,"meta":{"c":"hunter22"}}}"#;
        let person = answer(USER_CREATE, 200, body).person.unwrap();
        assert!(!format!("{person:?}").contains("hunter22"));
        assert_eq!(person.extra["kept"], 1);
    }
}
