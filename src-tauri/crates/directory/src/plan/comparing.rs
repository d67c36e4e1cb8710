//! Before a step is sent: what the plan saw, what it wants, and what is there now.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Base, FieldChange, Step};
use crate::Fact;

/// What there is to do about a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// Nobody has touched what it changes.
    Send,
    /// Everything is as it wants.
    AlreadySo,
    /// Somebody has changed the same, or something that cannot be seen.
    Superseded(Vec<Conflict>),
}

/// A field that three disagree on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Which; `updated_at` if the vendor does not tell which one changed.
    pub path: String,
    /// What it was when the plan was made.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub base: Fact<Value>,
    /// What the plan wants.
    pub mine: Value,
    /// What it is now.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub theirs: Fact<Value>,
}

/// The name of the vendor's time of the last change among conflicts.
const UPDATED_AT: &str = "updated_at";

impl Step {
    /// What there is to do, now that the target is known to be like `theirs`.
    #[must_use]
    pub fn compare(&self, theirs: &Base) -> Comparison {
        let (mut same, mut conflicts, mut unseen) = (0, Vec::new(), None);
        for change in &self.changes {
            match theirs.values.get(&change.path) {
                Some(now) if *now == change.after => same += 1,
                Some(now) if Fact::from_json(now) == change.before => {}
                Some(now) => conflicts.push(conflict(change, Fact::from_json(now))),
                None => unseen = Some(change),
            }
        }
        if !conflicts.is_empty() {
            return Comparison::Superseded(conflicts);
        }
        if same == self.changes.len() && same > 0 {
            return Comparison::AlreadySo;
        }
        match unseen {
            Some(change) if !self.is_untouched(theirs) => {
                Comparison::Superseded(vec![self.unseen(change, theirs)])
            }
            _ => Comparison::Send,
        }
    }

    /// Whether the vendor says that nothing at all has changed since the plan was made.
    fn is_untouched(&self, theirs: &Base) -> bool {
        match (&self.base, theirs.updated_at) {
            (Some(base), now) => now == base.updated_at,
            // The plan knew nothing of it: whatever it is, the person has seen no other.
            (None, _) => true,
        }
    }

    fn unseen(&self, change: &FieldChange, theirs: &Base) -> Conflict {
        let time = |fact: Fact<i64>| fact.map(Value::from);
        Conflict {
            path: UPDATED_AT.to_owned(),
            base: self
                .base
                .as_ref()
                .map_or(Fact::Unknown, |base| time(base.updated_at)),
            mine: change.after.clone(),
            theirs: time(theirs.updated_at),
        }
    }
}

fn conflict(change: &FieldChange, theirs: Fact<Value>) -> Conflict {
    Conflict {
        path: change.path.clone(),
        base: change.before.clone(),
        mine: change.after.clone(),
        theirs,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::step;
    use super::*;
    use crate::act::Values;

    fn theirs(name: &str, updated_at: i64) -> Base {
        Base {
            updated_at: Fact::Known(updated_at),
            values: Values::from([("profile.name".to_owned(), json!(name))]),
            as_of: 20,
        }
    }

    #[test]
    fn three_values_are_compared_and_nothing_is_overwritten() {
        let rename = step("old", &[("profile.name", json!("new"))]);
        assert_eq!(rename.compare(&theirs("old", 10)), Comparison::Send);
        assert_eq!(
            rename.compare(&theirs("old", 11)),
            Comparison::Send,
            "somebody changed something else, which is kept"
        );
        assert_eq!(rename.compare(&theirs("new", 11)), Comparison::AlreadySo);
        let Comparison::Superseded(found) = rename.compare(&theirs("other", 11)) else {
            panic!("somebody else has renamed it");
        };
        assert_eq!(found[0].base, Fact::Known(json!("old")));
        assert_eq!(found[0].mine, json!("new"));
        assert_eq!(found[0].theirs, Fact::Known(json!("other")));
    }

    #[test]
    fn what_the_vendor_does_not_tell_is_changed_only_if_nothing_has_changed() {
        let speak = step("old", &[("preferences.language", json!("fr"))]);
        assert_eq!(speak.compare(&theirs("old", 10)), Comparison::Send);
        assert!(matches!(
            speak.compare(&theirs("old", 11)),
            Comparison::Superseded(found) if found[0].path == "updated_at"
        ));
    }

    #[test]
    fn a_step_that_is_partly_so_is_sent() {
        let both = step(
            "old",
            &[
                ("profile.name", json!("new")),
                ("preferences.language", json!("fr")),
            ],
        );
        assert_eq!(both.compare(&theirs("new", 10)), Comparison::Send);
        assert!(
            matches!(both.compare(&theirs("new", 11)), Comparison::Superseded(_)),
            "whether the language is still what it was cannot be seen"
        );
    }
}
