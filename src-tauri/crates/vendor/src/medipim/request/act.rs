//! The requests of Medipim that change something.

use muster_directory::{
    ActKind, ExposeSecret, FieldKind, SecretString, Target, Thing, Values, Violation, act::nested,
    id::LARGEST,
};
use serde_json::{Map, Value};

use crate::{Request, medipim::acts};

/// Has the vendor do something. Values and secrets have passed the act's own check; what did not
/// is no request.
pub fn act(
    kind: &ActKind,
    target: Option<&Target>,
    values: &Values,
    secrets: &[(String, SecretString)],
) -> Result<Request, Violation> {
    let paths: Vec<_> = secrets.iter().map(|(path, _)| path.clone()).collect();
    if let Some(violation) = kind.check(values, &paths).into_iter().next() {
        return Err(violation);
    }
    let mut body = Map::new();
    body.extend(target_of(kind, target)?);
    if let Value::Object(values) = nested(values) {
        body.extend(values);
    }
    let mut request = Request::act(path(kind)?, Value::Object(body));
    for (path, secret) in secrets {
        check_secret(kind, path, secret)
            .map_err(|message| Violation::new(path.clone(), message))?;
        request = request.with_secret(path, secret.clone());
    }
    Ok(request)
}

fn check_secret(kind: &ActKind, path: &str, secret: &SecretString) -> Result<(), String> {
    match kind.field(path).map(|field| &field.kind) {
        Some(FieldKind::Password { least }) if secret.expose_secret().chars().count() < *least => {
            Err(format!("at least {least} characters"))
        }
        Some(FieldKind::Password { .. }) => Ok(()),
        _ => Err("is no secret of this act".to_owned()),
    }
}

/// The endpoint of an act.
fn path(kind: &ActKind) -> Result<&'static str, Violation> {
    Ok(match kind.id {
        acts::USER_CREATE => "/v4/users/create",
        acts::USER_UPDATE => "/v4/users/update",
        acts::ORGANIZATION_CREATE => "/v4/organizations/create",
        acts::ORGANIZATION_LINK => "/v4/organizations/link",
        acts::API_KEY_CREATE => "/v4/api-keys/create",
        acts::API_KEY_UPDATE => "/v4/api-keys/update",
        other => {
            let message = format!("Medipim has no act {other}");
            return Err(Violation::new("", message));
        }
    })
}

/// What an act is done to, by the key that its endpoint expects `[V, C]`.
fn target_of(
    kind: &ActKind,
    target: Option<&Target>,
) -> Result<Option<(String, Value)>, Violation> {
    const TARGET: &str = "target";
    let (expected, target) = match (kind.target, target) {
        (None, None) => return Ok(None),
        (Some(expected), Some(target)) => (expected, target),
        (None, Some(_)) => return Err(Violation::new(TARGET, "it is done to nothing")),
        (Some(_), None) => return Err(Violation::new(TARGET, "is required")),
    };
    if target.thing != expected {
        let message = "it is done to something else";
        return Err(Violation::new(TARGET, message));
    }
    let id = match target.id.parse::<u64>() {
        Ok(id @ 1..=LARGEST) => id,
        _ => {
            return Err(Violation::new(
                TARGET,
                "expected an id: a whole number from 1",
            ));
        }
    };
    let key = match (kind.id, expected) {
        (acts::API_KEY_CREATE, Thing::Person) => "user",
        (acts::ORGANIZATION_LINK, Thing::Organization) => "organization",
        _ => "id",
    };
    Ok(Some((key.to_owned(), id.into())))
}

#[cfg(test)]
mod tests {
    use muster_directory::Platform;
    use serde_json::json;

    use super::*;
    use crate::transport::PLACEHOLDER;

    fn kind(id: &str) -> ActKind {
        let mut acts = acts::acts(Platform::Be).into_iter();
        acts.find(|act| act.id == id).unwrap()
    }

    fn target(thing: Thing, id: &str) -> Target {
        Target {
            thing,
            id: id.to_owned(),
            name: "Zoë".to_owned(),
        }
    }

    fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
        values.map(|(path, value)| (path.to_owned(), value)).into()
    }

    fn person() -> Values {
        values([
            ("email", json!("zoe@example.com")),
            ("role", json!("medical_professional")),
            ("organization", json!(12)),
            ("profile.name", json!("Zoë")),
            ("preferences.language", json!("nl")),
            ("subscription.type", json!(3)),
        ])
    }

    #[test]
    fn each_act_is_one_request_that_is_sent_once() {
        let (person_7, key_7) = (target(Thing::Person, "7"), target(Thing::ApiKey, "7"));
        let organization_7 = target(Thing::Organization, "7");
        for (id, target, given, path, body) in [
            (
                "user.update",
                Some(&person_7),
                values([
                    ("profile.name", json!("Zoë")),
                    ("subscription.end", Value::Null),
                ]),
                "/v4/users/update",
                json!({"id": 7, "profile": {"name": "Zoë"}, "subscription": {"end": null}}),
            ),
            (
                "organization.create",
                None,
                values([
                    ("name", json!("A")),
                    ("type", json!("other")),
                    ("vatNr", json!("BE1")),
                ]),
                "/v4/organizations/create",
                json!({"name": "A", "type": "other", "vatNr": "BE1"}),
            ),
            (
                "organization.link",
                Some(&organization_7),
                Values::new(),
                "/v4/organizations/link",
                json!({"organization": 7}),
            ),
            (
                "api_key.create",
                Some(&person_7),
                values([("name", json!("Till"))]),
                "/v4/api-keys/create",
                json!({"user": 7, "name": "Till"}),
            ),
            (
                "api_key.update",
                Some(&key_7),
                values([("isEnabled", json!(false))]),
                "/v4/api-keys/update",
                json!({"id": 7, "isEnabled": false}),
            ),
        ] {
            let request = act(&kind(id), target, &given, &[]).unwrap();
            assert_eq!((request.path.as_str(), request.safe), (path, false), "{id}");
            assert_eq!(request.body, Some(body), "{id}");
        }
    }

    #[test]
    fn a_person_is_made_with_a_password_that_nobody_sees() {
        let password = [("password".to_owned(), "correct horse".into())];
        let request = act(&kind("user.create"), None, &person(), &password).unwrap();
        assert_eq!(request.path, "/v4/users/create");
        let expected = json!({
            "email": "zoe@example.com",
            "role": "medical_professional",
            "organization": 12,
            "profile": {"name": "Zoë"},
            "preferences": {"language": "nl"},
            "subscription": {"type": 3},
            "password": PLACEHOLDER,
        });
        assert_eq!(request.body, Some(expected));
        assert!(!format!("{request:?}").contains("horse"));
    }

    #[test]
    fn what_is_not_documented_is_no_request() {
        fn found(
            kind: &ActKind,
            target: Option<&Target>,
            values: &Values,
            secrets: &[(&str, &str)],
        ) -> String {
            let secrets = secrets.iter();
            let secrets: Vec<_> = secrets
                .map(|(path, secret)| ((*path).to_owned(), (*secret).into()))
                .collect();
            act(kind, target, values, &secrets).unwrap_err().path
        }
        let update = kind("user.update");
        let person_7 = target(Thing::Person, "7");
        let name = values([("profile.name", json!("Zoë"))]);
        assert_eq!(found(&update, None, &name, &[]), "target");
        let key = target(Thing::ApiKey, "7");
        assert_eq!(found(&update, Some(&key), &name, &[]), "target");
        for id in ["0", "-1", "x", "", "9007199254740992", "1.0"] {
            let odd = target(Thing::Person, id);
            assert_eq!(found(&update, Some(&odd), &name, &[]), "target", "{id}");
        }
        assert_eq!(found(&update, Some(&person_7), &Values::new(), &[]), "");
        let hidden = [("profile.name", "correct horse")];
        assert_eq!(
            found(&update, Some(&person_7), &name, &hidden),
            "profile.name"
        );

        let create = kind("user.create");
        assert_eq!(found(&create, Some(&person_7), &person(), &[]), "target");
        let short = [("password", "horse")];
        assert_eq!(found(&create, None, &person(), &short), "password");
        let mut clear = person();
        clear.insert("password".to_owned(), json!("correct horse"));
        assert_eq!(found(&create, None, &clear, &[]), "password");
        let other = ActKind {
            id: "user.delete",
            ..create
        };
        assert_eq!(found(&other, None, &person(), &[]), "");
    }
}
