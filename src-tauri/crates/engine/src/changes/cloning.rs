//! Another person like one who is there: what is known of them that is not theirs alone.

use muster_directory::{Fact, PersonId, Target, Thing, Values, plan::Context, plan::Intent};
use muster_mirror::Ledger;
use muster_vendor::medipim::acts::USER_CREATE;
use serde_json::Value;

use super::Known;
use crate::{Engine, Error, Result, engine::blocking};

/// What is one person's own, and never taken over.
const OWN: [&str; 3] = ["email", "profile.name", "password"];

impl Engine {
    /// What it takes to create a person like this one, as far as it is known: never the address,
    /// the name or a secret. Contacts nobody.
    pub async fn clone_person(&self, connection: &str, person: PersonId) -> Result<Intent> {
        let (engine, record) = (self.clone(), self.record(connection).await?);
        blocking(move || {
            let ledger = Ledger::open(&engine.profile.ledger_path(record.id))?;
            let mut intent = Intent {
                kind: USER_CREATE.to_owned(),
                target: Some(Target {
                    thing: Thing::Person,
                    id: person.to_string(),
                    name: String::new(),
                }),
                values: Values::new(),
                secrets: Vec::new(),
                line: None,
            };
            let known = Known::read(&engine, &record, &ledger, std::slice::from_ref(&intent))?;
            if let (Some(target), Some(kind)) = (intent.target.take(), known.kind(USER_CREATE)) {
                let base = known.base(kind, &target).ok_or_else(|| Error::NotFound {
                    what: "person",
                    which: person.to_string(),
                })?;
                let mut values = base.values;
                if let Some(Fact::Known(role)) = known.role_of(&target) {
                    values.insert("role".to_owned(), Value::from(role.as_str()));
                }
                let is_taken = |path: &str, value: &Value| {
                    let is_field = kind.field(path).is_some_and(|field| !field.is_secret());
                    is_field && !OWN.contains(&path) && !value.is_null()
                };
                values.retain(|path, value| is_taken(path, value));
                intent.values = values;
            }
            Ok(intent)
        })
        .await
    }
}
