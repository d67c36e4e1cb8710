//! What Medipim tells of somebody or something, in the words of acts: what a change begins from.

use muster_directory::{Organization, Person, Platform, Thing, Values};
use serde::Serialize;
use serde_json::Value;

use super::{ApiKey, acts::acts};

/// What acts are about, as the vendor tells it.
pub trait Told: Serialize {
    /// What it is.
    const THING: Thing;
}

impl Told for Person {
    const THING: Thing = Thing::Person;
}

impl Told for Organization {
    const THING: Thing = Thing::Organization;
}

impl Told for ApiKey {
    const THING: Thing = Thing::ApiKey;
}

/// The fields that acts give to something, as the vendor tells them of it. `null` says that there
/// is none; what is not there is not told.
pub fn base_values<T: Told>(platform: Platform, told: &T) -> Values {
    let Ok(Value::Object(told)) = serde_json::to_value(told) else {
        return Values::new();
    };
    let about = acts(platform).into_iter();
    about
        .filter(|act| act.makes.or(act.target) == Some(T::THING))
        .flat_map(|act| act.fields)
        .filter_map(|field| {
            let value = told.get(field.returned?)?;
            Some((field.path.to_owned(), value.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values<T: Told + serde::de::DeserializeOwned>(told: Value) -> Value {
        let told: T = serde_json::from_value(told).unwrap();
        serde_json::to_value(base_values(Platform::Be, &told)).unwrap()
    }

    #[test]
    fn a_person_is_told_by_name_and_organization_alone() {
        let told = json!({"id": 1, "name": "Zoë", "organization": 12, "email": "a@b.be"});
        let expected = json!({"profile.name": "Zoë", "organization": 12});
        assert_eq!(values::<Person>(told), expected);
    }

    #[test]
    fn none_is_told_apart_from_not_told() {
        let with = values::<Person>(json!({"id": 1, "name": "A", "organization": null}));
        assert_eq!(with, json!({"profile.name": "A", "organization": null}));
        let without = values::<Person>(json!({"id": 1, "name": "A"}));
        assert_eq!(without, json!({"profile.name": "A"}));
    }

    #[test]
    fn organizations_and_keys_are_told_in_the_words_of_their_acts() {
        let told = json!({"id": 1, "name": "A", "type": "other", "apbNr": 12, "cipNr": "x"});
        let expected = json!({"name": "A", "type": "other", "apbNr": "12"});
        assert_eq!(values::<Organization>(told), expected);
        let told = json!({"id": 1, "user": 2, "name": "Till", "isEnabled": false});
        let expected = json!({"name": "Till", "isEnabled": false});
        assert_eq!(values::<ApiKey>(told), expected);
    }
}
