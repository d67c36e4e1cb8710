//! The way back: what undoes a step that was applied.

use serde_json::{Value, json};

use super::{Intent, Step};
use crate::{
    Fact,
    act::{Target, Thing, Undo, Values},
};

/// What undoes a step; none if the vendor has no way back, or nothing of what was is known. `made`
/// is what the step made.
#[must_use]
pub fn undo(step: &Step, made: Option<&Target>) -> Option<Intent> {
    match step.undo {
        Undo::Never => None,
        Undo::Restore => restore(step),
        Undo::Disable => disable(made?),
    }
}

fn restore(step: &Step) -> Option<Intent> {
    let mut values = Values::new();
    for change in &step.changes {
        let before = match &change.before {
            Fact::Unknown => continue,
            Fact::Absent => Value::Null,
            Fact::Known(value) => value.clone(),
        };
        values.insert(change.path.clone(), before);
    }
    (!values.is_empty()).then(|| Intent {
        kind: step.kind.clone(),
        target: step.target.clone(),
        values,
        secrets: Vec::new(),
        line: None,
    })
}

fn disable(made: &Target) -> Option<Intent> {
    let kind = match made.thing {
        Thing::ApiKey => "api_key.update",
        Thing::Person => "user.update",
        Thing::Organization => return None,
    };
    Some(Intent {
        kind: kind.to_owned(),
        target: Some(made.clone()),
        values: Values::from([("isEnabled".to_owned(), json!(false))]),
        secrets: Vec::new(),
        line: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::step;
    use super::*;

    #[test]
    fn what_was_known_is_written_again_and_the_rest_is_not_promised() {
        let both = step(
            "old",
            &[
                ("profile.name", json!("new")),
                ("preferences.language", json!("fr")),
            ],
        );
        assert_eq!(
            both.not_restored().collect::<Vec<_>>(),
            ["preferences.language"]
        );
        assert!(both.is_final());
        let back = undo(&both, None).unwrap();
        assert_eq!(
            back.values,
            Values::from([("profile.name".to_owned(), json!("old"))])
        );
        let blind = step("old", &[("preferences.language", json!("fr"))]);
        assert_eq!(undo(&blind, None), None);
    }

    #[test]
    fn a_key_that_was_made_is_disabled() {
        let key = Target {
            thing: Thing::ApiKey,
            id: "7".to_owned(),
            name: "Pharmacy".to_owned(),
        };
        let made = Step {
            undo: Undo::Disable,
            ..step("old", &[("name", json!("Pharmacy"))])
        };
        let back = undo(&made, Some(&key)).unwrap();
        assert_eq!(
            (back.kind.as_str(), back.target),
            ("api_key.update", Some(key))
        );
        assert_eq!(undo(&made, None), None, "nobody knows what was made");
    }
}
