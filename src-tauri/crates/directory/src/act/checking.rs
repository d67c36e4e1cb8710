//! Whether the values of an act are what the vendor documents, field by field.

use serde_json::Value;

use super::{ActKind, Field, FieldKind, Values};
use crate::{
    Violation,
    id::LARGEST,
    said::{Said, said},
};

/// The longest e-mail address (RFC 5321).
const LONGEST_EMAIL: usize = 254;

/// The most lines of a list.
const MOST_LINES: usize = 1_000;

/// The longest line of a list, in characters.
const LONGEST_LINE: usize = 255;

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

impl ActKind {
    /// Everything that is wrong with these values, in the order of the fields. `secrets` are the
    /// paths of secrets that are given beside them.
    #[must_use]
    pub fn check(&self, values: &Values, secrets: &[String]) -> Vec<Violation> {
        let mut found = Vec::new();
        for field in &self.fields {
            let given = match field.is_secret() {
                true => secrets.iter().any(|path| path == field.path),
                false => values.contains_key(field.path),
            };
            if field.required && !given {
                found.push(Violation::new(field.path, said!(required, "is required")));
            }
            if let Some(value) = values.get(field.path)
                && let Err(said) = field.check(value)
            {
                found.push(Violation::new(field.path, said));
            }
        }
        for path in values.keys() {
            if self.field(path).is_none() {
                let said = said!(unknown_field, "is no field of {act}", act = self.id);
                found.push(Violation::new(path.clone(), said));
            }
        }
        if self.makes.is_none() && !self.fields.is_empty() && values.is_empty() {
            found.push(Violation::new("", said!(no_change, "nothing is changed")));
        }
        found.extend(ends_before_it_starts(values));
        found
    }
}

/// What starts has to end later `[C]`.
fn ends_before_it_starts(values: &Values) -> Option<Violation> {
    const END: &str = "subscription.end";
    let start = values.get("subscription.start")?.as_i64()?;
    let end = values.get(END)?.as_i64()?;
    (end <= start).then(|| Violation::new(END, said!(ends_too_early, "has to be after the start")))
}

impl Field {
    fn check(&self, value: &Value) -> Result<(), Said> {
        if value.is_null() {
            return match self.clearable {
                true => Ok(()),
                false => Err(said!(not_clearable, "cannot be taken away")),
            };
        }
        match &self.kind {
            FieldKind::Text { most } => check_line(text(value)?, *most),
            FieldKind::Email => check_email(text(value)?),
            // It is given beside the values, and not looked at here.
            FieldKind::Password { .. } => Err(said!(secret, "a secret is not kept with the rest")),
            FieldKind::Boolean => match value.is_boolean() {
                true => Ok(()),
                false => Err(said!(not_boolean, "expected yes or no")),
            },
            FieldKind::Choice(words) | FieldKind::Role(words) => check_word(text(value)?, words),
            FieldKind::Organization | FieldKind::SubscriptionType => match value.as_u64() {
                Some(1..=LARGEST) => Ok(()),
                _ => Err(said!(not_id, "expected an id: a whole number from 1")),
            },
            FieldKind::Time => match value.as_i64() {
                Some(0..=LAST_SECOND) => Ok(()),
                _ => Err(said!(not_day, "expected a day such as 2026-01-31")),
            },
            FieldKind::TextList => check_lines(value),
            FieldKind::Identifier(_) => check_line(text(value)?, LONGEST_LINE),
        }
    }
}

fn text(value: &Value) -> Result<&str, Said> {
    value
        .as_str()
        .ok_or_else(|| said!(not_text, "expected a text"))
}

fn check_line(text: &str, most: usize) -> Result<(), Said> {
    if text.trim().is_empty() {
        return Err(said!(left_blank, "cannot be blank"));
    }
    if text.chars().any(char::is_control) {
        return Err(said!(not_a_line, "expected one line of text"));
    }
    match text.chars().count() > most {
        true => Err(said!(too_long, "at most {most} characters", most = most)),
        false => Ok(()),
    }
}

/// One `@`, something before it, and a domain with a dot after it. Whether somebody reads what is
/// sent there only a mail can show.
pub(crate) fn check_email(text: &str) -> Result<(), Said> {
    let not_email = || {
        said!(
            not_email,
            "expected an e-mail address such as name@example.com"
        )
    };
    let (name, domain) = text.split_once('@').ok_or_else(not_email)?;
    let labels: Vec<_> = domain.split('.').collect();
    let bad = name.is_empty()
        || name.starts_with('.')
        || name.ends_with('.')
        || domain.contains('@')
        || labels.len() < 2
        || labels
            .iter()
            .any(|label| label.is_empty() || label.starts_with('-') || label.ends_with('-'))
        || text.len() > LONGEST_EMAIL
        || text.chars().any(|letter| {
            letter.is_whitespace() || letter.is_control() || "<>,;:\"()[]\\".contains(letter)
        });
    match bad {
        true => Err(not_email()),
        false => Ok(()),
    }
}

fn check_word(text: &str, words: &[&str]) -> Result<(), Said> {
    match words.contains(&text) {
        true => Ok(()),
        false => Err(said!(
            not_one_of,
            "expected one of {words}",
            words = words.join(", ")
        )),
    }
}

fn check_lines(value: &Value) -> Result<(), Said> {
    let lines = value
        .as_array()
        .ok_or_else(|| said!(not_list, "expected a list of texts"))?;
    if lines.len() > MOST_LINES {
        return Err(said!(beyond_most, "at most {most}", most = MOST_LINES));
    }
    lines
        .iter()
        .try_for_each(|line| check_line(text(line)?, LONGEST_LINE))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::act::{Thing, Undo};

    fn kind() -> ActKind {
        ActKind {
            id: "user.create",
            target: None,
            makes: Some(Thing::Person),
            permission: "user.create",
            fields: vec![
                Field::new("email", FieldKind::Email, "V").required(),
                Field::new("password", FieldKind::Password { least: 8 }, "V"),
                Field::new("role", FieldKind::Role(vec!["a", "b"]), "V").required(),
                Field::new("targetGroups", FieldKind::TextList, "V"),
                Field::new("organization", FieldKind::Organization, "V").required(),
                Field::new("isEnabled", FieldKind::Boolean, "V").or(true),
                Field::new("profile.name", FieldKind::Text { most: 5 }, "V").required(),
                Field::new("subscription.start", FieldKind::Time, "V").clearable(),
                Field::new("subscription.end", FieldKind::Time, "V").clearable(),
            ],
            source: "V",
            undo: Undo::Never,
        }
    }

    fn good() -> Values {
        [
            ("email", json!("zoe@example.com")),
            ("role", json!("a")),
            ("organization", json!(12)),
            ("profile.name", json!("Zoë")),
        ]
        .map(|(path, value)| (path.to_owned(), value))
        .into()
    }

    fn codes(values: &Values) -> Vec<(String, &'static str)> {
        let found = kind().check(values, &[]);
        let code = |own: Violation| (own.path, own.coded.unwrap().code);
        found.into_iter().map(code).collect()
    }

    #[test]
    fn what_is_documented_passes() {
        assert_eq!(codes(&good()), []);
    }

    #[test]
    fn every_field_says_what_is_wrong_with_it() {
        for (path, value, code) in [
            ("email", json!("zoe"), "not_email"),
            ("email", json!("a@b@c.be"), "not_email"),
            ("email", json!("a@localhost"), "not_email"),
            ("email", json!("a b@c.be"), "not_email"),
            ("email", json!("a@-c.be"), "not_email"),
            ("email", json!("Zoë <a@c.be>"), "not_email"),
            ("email", json!(1), "not_text"),
            ("email", Value::Null, "not_clearable"),
            ("password", json!("secret"), "secret"),
            ("role", json!("c"), "not_one_of"),
            ("targetGroups", json!("a"), "not_list"),
            ("targetGroups", json!(["a", " "]), "left_blank"),
            ("organization", json!("12"), "not_id"),
            ("organization", json!(0), "not_id"),
            ("organization", json!(1.5), "not_id"),
            ("isEnabled", json!("yes"), "not_boolean"),
            ("profile.name", json!("  "), "left_blank"),
            ("profile.name", json!("a\nb"), "not_a_line"),
            ("profile.name", json!("abcdef"), "too_long"),
            ("subscription.start", json!(-1), "not_day"),
            ("profile.nam", json!("Zoë"), "unknown_field"),
        ] {
            let mut values = good();
            values.insert(path.to_owned(), value.clone());
            assert_eq!(codes(&values), [(path.to_owned(), code)], "{path} {value}");
        }
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let required = ["email", "role", "organization", "profile.name"];
        let expected = required.map(|path| (path.to_owned(), "required"));
        assert_eq!(codes(&Values::new()), expected);
    }

    #[test]
    fn what_starts_ends_later() {
        let mut values = good();
        values.insert("subscription.start".to_owned(), json!(10));
        values.insert("subscription.end".to_owned(), json!(10));
        assert_eq!(
            codes(&values),
            [("subscription.end".to_owned(), "ends_too_early")]
        );
        values.insert("subscription.end".to_owned(), Value::Null);
        assert_eq!(codes(&values), []);
    }

    #[test]
    fn a_change_of_nothing_is_none() {
        let update = ActKind {
            makes: None,
            target: Some(Thing::Person),
            fields: vec![Field::new("profile.name", FieldKind::Text { most: 9 }, "C")],
            ..kind()
        };
        let found = update.check(&Values::new(), &[]);
        assert_eq!(found[0].coded.as_ref().unwrap().code, "no_change");
    }
}
