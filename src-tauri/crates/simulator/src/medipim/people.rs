//! users/create and users/update.

use muster_directory::Role;

use super::{
    body::Json,
    change::{Change, NewUser, UserUpdate},
    details::{Details, Subscription, Traits},
    form::{self, Form, Section},
    refusal::Refusal,
    write::{Accepted, Shown, Turn},
};

/// The roles that the endpoint knows `[V]`.
const GIVEN_ROLES: [Role; 4] = [
    Role::OrganizationManager,
    Role::OrganizationCustomerService,
    Role::MedicalProfessional,
    Role::SoftwareDeveloper,
];

const PREFERENCES: [&str; 2] = ["isPublic", "language"];
const SUBSCRIPTION: [&str; 3] = ["type", "start", "end"];

/// `POST /v4/users/create` `[V]`.
pub fn create(turn: &Turn<'_>) -> Result<Accepted, Refusal> {
    turn.check("user.create", None)?;
    let mut form = Form::default();
    let root = form.root(
        turn.json,
        &[
            "email",
            "password",
            "role",
            "targetGroups",
            "organization",
            "isEnabled",
            "profile",
            "preferences",
            "subscription",
        ],
    );
    let email = email(turn, &mut form, &root);
    form.optional(&root, "password", form::password);
    let role = form.required(&root, "role", |json| role(turn, json));
    let target_groups = form.optional(&root, "targetGroups", form::texts);
    let organization = form.required(&root, "organization", |json| turn.organization(json));
    let enabled = form.optional(&root, "isEnabled", form::flag);
    let name = form
        .section(&root, "profile", &["name"])
        .and_then(|profile| form.required(&profile, "name", form::name));
    let preferences = form.section(&root, "preferences", &PREFERENCES);
    let (public, language) = preferences.map_or((None, None), |preferences| {
        (
            form.optional(&preferences, "isPublic", form::flag),
            form.required(&preferences, "language", form::language),
        )
    });
    let subscription = form
        .section(&root, "subscription", &SUBSCRIPTION)
        .and_then(|subscription| form.subscription(&subscription, None));
    let read = || {
        Some(NewUser {
            id: turn.world.next_person(),
            at: turn.now,
            name: name?.to_owned(),
            role: role?,
            organization: organization?,
            details: Details {
                email: email?,
                target_groups: target_groups.unwrap_or_default(),
                traits: Traits {
                    enabled: enabled.unwrap_or(true),
                    public: public.unwrap_or(true),
                    language: language?,
                    subscription: subscription?,
                },
            },
        })
    };
    let user = form.finish_with(read())?;
    let shown = Shown::User(user.id);
    Ok(Accepted::change(Change::UserCreated(user), shown))
}

fn email(turn: &Turn<'_>, form: &mut Form, root: &Section<'_>) -> Option<String> {
    form.required(root, "email", |json| {
        let email = form::email(json)?;
        match turn.is_used(email) {
            true => Err("is in use by another user".to_owned()),
            false => Ok(email.to_owned()),
        }
    })
}

fn role(turn: &Turn<'_>, json: &Json) -> form::Read<Role> {
    let value = form::text(json)?;
    let known = GIVEN_ROLES.into_iter().find(|role| role.as_str() == value);
    let role = known.ok_or_else(|| {
        let roles = GIVEN_ROLES.each_ref().map(Role::as_str).join(", ");
        format!("unknown role: expected one of {roles}")
    })?;
    match turn.rules.may_give(&turn.actor.role, role.as_str()) {
        true => Ok(role),
        false => Err(format!(
            "cannot be given by a user with the role {}",
            turn.actor.role
        )),
    }
}

/// `POST /v4/users/update` `[C]`.
pub fn update(turn: &Turn<'_>) -> Result<Accepted, Refusal> {
    let mut form = Form::default();
    let root = form.root(turn.json, &["id", "profile", "preferences", "subscription"]);
    let actions = actions(turn, &root)?;
    let id = form.required(&root, "id", form::id);
    let place = id.map(|id| turn.person(id)).transpose()?;
    if let Some(place) = place {
        let person = turn.world.person(place);
        let target = turn.world.person_as_target(turn.actor, &person);
        for action in &actions {
            turn.check(action, Some(target))?;
        }
    }
    if actions.is_empty() {
        form.complain(
            "body",
            "changes nothing: expected profile, preferences or subscription",
        );
    }
    let name = part(&mut form, &root, "profile", &["name"])
        .and_then(|profile| form.optional(&profile, "name", form::name));
    let preferences = part(&mut form, &root, "preferences", &PREFERENCES);
    let (public, language) = preferences.map_or((None, None), |preferences| {
        (
            form.optional(&preferences, "isPublic", form::flag),
            form.optional(&preferences, "language", form::language),
        )
    });
    let before = place.map_or(Subscription::ALWAYS_FREE, |place| {
        turn.world.traits(place).subscription
    });
    let subscription = part(&mut form, &root, "subscription", &SUBSCRIPTION)
        .and_then(|part| form.subscription(&part, Some(before)));
    let id = form.finish_with(id)?;
    let update = UserUpdate {
        id,
        at: turn.now,
        name: name.map(str::to_owned),
        public,
        language,
        subscription,
    };
    Ok(Accepted::change(
        Change::UserUpdated(update),
        Shown::User(id),
    ))
}

/// The action of each part that is given; 403 if the role may do none of what is asked at all.
fn actions(turn: &Turn<'_>, root: &Section<'_>) -> Result<Vec<&'static str>, Refusal> {
    const ACTIONS: [(&str, &str); 3] = [
        ("profile", "user.profile.update"),
        ("preferences", "user.preferences.update"),
        ("subscription", "user.subscription.update"),
    ];
    let given = ACTIONS.iter().filter(|(part, _)| root.has(part));
    let given: Vec<_> = given.map(|(_, action)| *action).collect();
    for action in &given {
        turn.check(action, None)?;
    }
    Ok(given)
}

/// A part that changes something; none if it is absent.
fn part<'a>(
    form: &mut Form,
    root: &Section<'a>,
    key: &'static str,
    keys: &[&str],
) -> Option<Section<'a>> {
    if !root.has(key) {
        return None;
    }
    let part = form.section(root, key, keys)?;
    if part.is_empty() {
        form.complain(key, "changes nothing");
    }
    Some(part)
}
