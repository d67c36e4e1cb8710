//! What Medipim can be made to do, act by act and field by field.

use muster_directory::{
    ActKind, Field, FieldKind, Platform, Thing, Undo,
    act::FieldKind::{Boolean, Choice, Text, Time},
};

/// Makes a person.
pub const USER_CREATE: &str = "user.create";

/// Changes a person.
pub const USER_UPDATE: &str = "user.update";

/// Makes an organization, linked to the reseller who asks.
pub const ORGANIZATION_CREATE: &str = "organization.create";

/// Links an organization to the reseller who asks.
pub const ORGANIZATION_LINK: &str = "organization.link";

/// Makes a key of a person.
pub const API_KEY_CREATE: &str = "api_key.create";

/// Names, enables and disables a key.
pub const API_KEY_UPDATE: &str = "api_key.update";

/// The longest name, in characters `[C]`.
const LONGEST_NAME: usize = 255;

/// The shortest password, in characters `[C]`.
const SHORTEST_PASSWORD: usize = 8;

/// The languages of people, by code `[C]`.
const LANGUAGES: [&str; 4] = ["nl", "fr", "de", "en"];

/// The roles that users/create knows `[V]`.
const ROLES: [&str; 4] = [
    "organization_manager",
    "organization_customer_service",
    "medical_professional",
    "software_developer",
];

/// The types of organizations `[V]`.
const TYPES: [&str; 4] = ["supplier", "marketing", "medical_professional", "other"];

/// Every act on this platform.
#[must_use]
pub fn acts(platform: Platform) -> Vec<ActKind> {
    vec![
        user_create(),
        user_update(),
        organization_create(platform),
        organization_link(),
        api_key_create(),
        api_key_update(),
    ]
}

fn user_create() -> ActKind {
    let password = FieldKind::Password {
        least: SHORTEST_PASSWORD,
    };
    let field = |path, kind| Field::new(path, kind, "V");
    ActKind {
        id: USER_CREATE,
        target: None,
        makes: Some(Thing::Person),
        permission: "user.create",
        fields: vec![
            field("email", FieldKind::Email).required(),
            field("password", password),
            field("role", FieldKind::Role(ROLES.to_vec())).required(),
            field("targetGroups", FieldKind::TextList),
            field("organization", FieldKind::Organization)
                .required()
                .returned_as("organization"),
            field("isEnabled", Boolean).or(true),
            name("profile.name", "V").required(),
            field("preferences.isPublic", Boolean).or(true),
            field("preferences.language", language()).required(),
            field("subscription.type", FieldKind::SubscriptionType).required(),
            field("subscription.start", Time),
            field("subscription.end", Time),
        ],
        source: "V",
        undo: Undo::Never,
    }
}

fn user_update() -> ActKind {
    const PROFILE: &str = "user.profile.update";
    const PREFERENCES: &str = "user.preferences.update";
    const SUBSCRIPTION: &str = "user.subscription.update";
    let field = |path, kind, permission| Field::new(path, kind, "C").allowed_by(permission);
    ActKind {
        id: USER_UPDATE,
        target: Some(Thing::Person),
        makes: None,
        permission: PROFILE,
        fields: vec![
            name("profile.name", "C").allowed_by(PROFILE),
            field("preferences.isPublic", Boolean, PREFERENCES),
            field("preferences.language", language(), PREFERENCES),
            field(
                "subscription.type",
                FieldKind::SubscriptionType,
                SUBSCRIPTION,
            ),
            field("subscription.start", Time, SUBSCRIPTION).clearable(),
            field("subscription.end", Time, SUBSCRIPTION).clearable(),
        ],
        source: "C",
        undo: Undo::Restore,
    }
}

fn organization_create(platform: Platform) -> ActKind {
    let mut fields = vec![
        name("name", "C").required(),
        Field::new("type", Choice(TYPES.to_vec()), "C")
            .required()
            .returned_as("type"),
    ];
    fields.extend(platform.identifiers().iter().map(|kind| {
        Field::new(kind.key(), FieldKind::Identifier(*kind), "C").returned_as(kind.key())
    }));
    ActKind {
        id: ORGANIZATION_CREATE,
        target: None,
        makes: Some(Thing::Organization),
        permission: "organization.create",
        fields,
        source: "C",
        undo: Undo::Never,
    }
}

fn organization_link() -> ActKind {
    ActKind {
        id: ORGANIZATION_LINK,
        target: Some(Thing::Organization),
        makes: None,
        permission: "organization.link",
        fields: Vec::new(),
        source: "C",
        undo: Undo::Never,
    }
}

fn api_key_create() -> ActKind {
    ActKind {
        id: API_KEY_CREATE,
        target: Some(Thing::Person),
        makes: Some(Thing::ApiKey),
        permission: "api_key.create",
        fields: vec![name("name", "V").required()],
        source: "V",
        undo: Undo::Disable,
    }
}

fn api_key_update() -> ActKind {
    ActKind {
        id: API_KEY_UPDATE,
        target: Some(Thing::ApiKey),
        makes: None,
        permission: "api_key.manage",
        fields: vec![
            name("name", "C"),
            Field::new("isEnabled", Boolean, "C").returned_as("isEnabled"),
        ],
        source: "C",
        undo: Undo::Restore,
    }
}

/// A name, which the vendor always tells again as `name`.
fn name(path: &'static str, source: &'static str) -> Field {
    let kind = Text { most: LONGEST_NAME };
    Field::new(path, kind, source).returned_as("name")
}

fn language() -> FieldKind {
    Choice(LANGUAGES.to_vec())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use muster_directory::{OrganizationType, Role};

    use super::*;

    fn act(id: &str) -> ActKind {
        let found = acts(Platform::Be).into_iter().find(|act| act.id == id);
        found.unwrap()
    }

    #[test]
    fn every_act_and_every_field_of_it_has_one_name_and_a_source() {
        for platform in Platform::ALL {
            let acts = acts(platform);
            let ids: HashSet<_> = acts.iter().map(|act| act.id).collect();
            assert_eq!(ids.len(), acts.len());
            for act in acts {
                let paths: HashSet<_> = act.fields.iter().map(|field| field.path).collect();
                assert_eq!(paths.len(), act.fields.len(), "{}", act.id);
                let sources = act.fields.iter().map(|field| field.source);
                for source in sources.chain([act.source]) {
                    assert!(["V", "C"].contains(&source), "{}: {source}", act.id);
                }
            }
        }
    }

    #[test]
    fn the_words_of_roles_and_types_are_those_of_the_directory() {
        assert!(ROLES.iter().all(|word| Role::named(word).is_some()));
        assert!(
            TYPES
                .iter()
                .copied()
                .eq(OrganizationType::NAMED.iter().map(|it| it.as_str()))
        );
    }

    #[test]
    fn an_organization_has_the_numbers_of_its_platform() {
        for platform in Platform::ALL {
            let create = organization_create(platform);
            let numbers = create.fields.iter().filter_map(|field| match field.kind {
                FieldKind::Identifier(kind) => Some(kind),
                _ => None,
            });
            assert!(
                numbers.eq(platform.identifiers().iter().copied()),
                "{platform}"
            );
        }
    }

    #[test]
    fn each_part_of_a_change_is_allowed_by_its_own_permission() {
        let update = act(USER_UPDATE);
        for (path, permission) in [
            ("profile.name", "user.profile.update"),
            ("preferences.isPublic", "user.preferences.update"),
            ("preferences.language", "user.preferences.update"),
            ("subscription.type", "user.subscription.update"),
            ("subscription.start", "user.subscription.update"),
            ("subscription.end", "user.subscription.update"),
        ] {
            assert_eq!(
                update.field(path).unwrap().permission,
                Some(permission),
                "{path}"
            );
        }
    }

    #[test]
    fn the_end_of_a_subscription_can_be_taken_away_only_where_there_is_one() {
        let clearable = |id| act(id).field("subscription.end").unwrap().clearable;
        assert!(clearable(USER_UPDATE));
        assert!(!clearable(USER_CREATE));
    }
}
