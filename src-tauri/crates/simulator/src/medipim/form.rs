//! The body of a write, read field by field: everything that is wrong with it is told together.

use super::{
    body::Json,
    details::Subscription,
    filter,
    refusal::{Refusal, Violation},
    subscription_types,
};
use crate::naming::Language;

/// The most letters of an e-mail address.
const LONGEST_EMAIL: usize = 254;

/// The most letters of a name.
const LONGEST_NAME: usize = 255;

/// The fewest letters of a password.
const SHORTEST_PASSWORD: usize = 8;

/// After so many violations nobody reads on.
const MOST_VIOLATIONS: usize = 100;

/// What was found to be wrong.
#[derive(Debug, Default)]
pub struct Form {
    violations: Vec<Violation>,
}

/// An object of a body, and where it stands.
#[derive(Debug)]
pub struct Section<'a> {
    path: Option<&'static str>,
    entries: &'a [(String, Json)],
}

/// What a field is read to, or what is wrong with it.
pub type Read<T> = Result<T, String>;

impl<'a> Section<'a> {
    /// Whether a field is given.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether no field is given.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn get(&self, key: &str) -> Option<&'a Json> {
        let mut entries = self.entries.iter();
        entries.find(|(own, _)| own == key).map(|(_, value)| value)
    }

    fn path_of(&self, key: &str) -> String {
        match self.path {
            Some(path) => format!("{path}.{key}"),
            None => key.to_owned(),
        }
    }
}

impl Form {
    /// The whole body, which has no other keys than these.
    pub fn root<'a>(&mut self, json: &'a Json, keys: &[&str]) -> Section<'a> {
        let entries = match json {
            Json::Object(entries) => entries.as_slice(),
            other => {
                self.complain("body", expected("an object", other));
                &[]
            }
        };
        let root = Section {
            path: None,
            entries,
        };
        self.check_keys(&root, keys);
        root
    }

    /// An object in the body, which has no other keys than these; an absent one has none. None if
    /// something else stands there.
    pub fn section<'a>(
        &mut self,
        root: &Section<'a>,
        key: &'static str,
        keys: &[&str],
    ) -> Option<Section<'a>> {
        let entries = match root.get(key) {
            None => &[],
            Some(Json::Object(entries)) => entries.as_slice(),
            Some(other) => {
                self.complain(key, expected("an object", other));
                return None;
            }
        };
        let section = Section {
            path: Some(key),
            entries,
        };
        self.check_keys(&section, keys);
        Some(section)
    }

    fn check_keys(&mut self, section: &Section<'_>, keys: &[&str]) {
        for (at, (key, _)) in section.entries.iter().enumerate() {
            if self.violations.len() >= MOST_VIOLATIONS {
                break;
            }
            if !keys.contains(&key.as_str()) {
                let message = format!("unknown key: expected {}", keys.join(", "));
                self.complain(section.path_of(key), message);
            } else if section.entries[..at]
                .iter()
                .any(|(earlier, _)| earlier == key)
            {
                self.complain(section.path_of(key), "stands twice");
            }
        }
    }

    /// A field that has to be there.
    pub fn required<'a, T>(
        &mut self,
        section: &Section<'a>,
        key: &str,
        read: impl FnOnce(&'a Json) -> Read<T>,
    ) -> Option<T> {
        if !section.has(key) {
            self.complain(section.path_of(key), "is required");
        }
        self.optional(section, key, read)
    }

    /// A field that can be absent.
    pub fn optional<'a, T>(
        &mut self,
        section: &Section<'a>,
        key: &str,
        read: impl FnOnce(&'a Json) -> Read<T>,
    ) -> Option<T> {
        match read(section.get(key)?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.complain(section.path_of(key), message);
                None
            }
        }
    }

    /// Notes that something is wrong.
    pub fn complain(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.violations.push(Violation {
            path: path.into(),
            message: message.into(),
        });
    }

    /// 422 if anything was wrong.
    pub fn finish(self) -> Result<(), Refusal> {
        match self.violations.is_empty() {
            true => Ok(()),
            false => Err(Refusal::invalid(self.violations)),
        }
    }

    /// What was read; 422 if anything was wrong. What was read is there if nothing was.
    pub fn finish_with<T>(self, read: Option<T>) -> Result<T, Refusal> {
        self.finish()?;
        read.ok_or_else(|| Refusal::internal("A field was neither read nor refused"))
    }

    /// The fields of a subscription; those that are absent are taken from the one before.
    pub fn subscription(
        &mut self,
        section: &Section<'_>,
        before: Option<Subscription>,
    ) -> Option<Subscription> {
        let kind = match before {
            None => self.required(section, "type", subscription_type),
            Some(before) => match section.has("type") {
                true => self.optional(section, "type", subscription_type),
                false => Some(before.kind),
            },
        };
        let start = self.time(section, "start", before.and_then(|before| before.start));
        let end = self.time(section, "end", before.and_then(|before| before.end));
        if let (Some(Some(start)), Some(Some(end))) = (start, end)
            && end <= start
        {
            match section.has("end") {
                true => self.complain(section.path_of("end"), "has to be after the start"),
                false => self.complain(section.path_of("start"), "has to be before the end"),
            }
        }
        Some(Subscription {
            kind: kind?,
            start: start?,
            end: end?,
        })
    }

    /// A time that null clears.
    fn time(
        &mut self,
        section: &Section<'_>,
        key: &str,
        before: Option<u64>,
    ) -> Option<Option<u64>> {
        match section.has(key) {
            true => self.optional(section, key, seconds),
            false => Some(before),
        }
    }
}

fn expected(what: &str, found: &Json) -> String {
    format!("expected {what}, found {}", found.what())
}

/// A text.
pub fn text(json: &Json) -> Read<&str> {
    match json {
        Json::Text(text) => Ok(text),
        other => Err(expected("a text", other)),
    }
}

/// A name: 1 to 255 characters, without the spaces around it.
pub fn name(json: &Json) -> Read<&str> {
    let name = text(json)?.trim();
    match name.chars().count() {
        1..=LONGEST_NAME => Ok(name),
        0 => Err("is empty".to_owned()),
        _ => Err(format!("has more than {LONGEST_NAME} characters")),
    }
}

/// An e-mail address: one @, a dot inside of what follows it, no spaces.
pub fn email(json: &Json) -> Read<&str> {
    let email = text(json)?;
    let parts: Vec<_> = email.split('@').collect();
    let is_one = match parts.as_slice() {
        [first, domain] => {
            !first.is_empty()
                && domain.contains('.')
                && domain.split('.').all(|label| !label.is_empty())
        }
        _ => false,
    };
    if !is_one || email.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Err("is not an e-mail address".to_owned());
    }
    match email.chars().count() <= LONGEST_EMAIL {
        true => Ok(email),
        false => Err(format!("has more than {LONGEST_EMAIL} characters")),
    }
}

/// A password, which is looked at and forgotten.
pub fn password(json: &Json) -> Read<()> {
    match text(json)?.chars().count() < SHORTEST_PASSWORD {
        true => Err(format!("has fewer than {SHORTEST_PASSWORD} characters")),
        false => Ok(()),
    }
}

/// `true` or `false`.
pub fn flag(json: &Json) -> Read<bool> {
    match json {
        Json::Boolean(value) => Ok(*value),
        other => Err(expected("a boolean", other)),
    }
}

/// An id.
pub fn id(json: &Json) -> Read<u64> {
    filter::id(json).map_err(|wrong| wrong.message)
}

/// The code of a language.
pub fn language(json: &Json) -> Read<Language> {
    let code = text(json)?;
    let mut all = Language::ALL.into_iter();
    all.find(|language| language.code() == code).ok_or_else(|| {
        let codes = Language::ALL.map(Language::code).join(", ");
        format!("unknown language: expected one of {codes}")
    })
}

/// Texts, none of which is empty.
pub fn texts(json: &Json) -> Read<Vec<String>> {
    let Json::List(items) = json else {
        return Err(expected("a list of texts", json));
    };
    let read = |item: &Json| match text(item)? {
        "" => Err("has an empty text in it".to_owned()),
        text => Ok(text.to_owned()),
    };
    items.iter().map(read).collect()
}

/// The id of a type of subscriptions.
fn subscription_type(json: &Json) -> Read<u64> {
    let id = id(json)?;
    match subscription_types::with_id(id) {
        Some(known) => Ok(known.id),
        None => Err("there is no subscription type with this id".to_owned()),
    }
}

/// A time in Unix seconds, or null for none.
fn seconds(json: &Json) -> Read<Option<u64>> {
    match json {
        Json::Null => Ok(None),
        // What a clock shows in the year 9999 and what JavaScript can count are far above.
        Json::Integer(seconds) if i64::try_from(*seconds).is_ok() => Ok(Some(*seconds)),
        other => Err(expected("Unix seconds, an integer of 0 or more", other)),
    }
}
