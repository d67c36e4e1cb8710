//! The value of a field from text, as it is typed on a command line or stands in a file.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;

use super::{Field, FieldKind};
use crate::{
    id::LARGEST,
    said::{Said, said},
};

/// Stands where a value is to be taken away. Nothing at all leaves it as it is.
pub const CLEAR: &str = "(clear)";

/// What separates the lines of a list.
const SEPARATOR: char = ';';

/// Yes and no in the languages of the window.
const YES: [&str; 7] = ["yes", "true", "1", "ja", "oui", "y", "vrai"];
const NO: [&str; 8] = ["no", "false", "0", "nee", "non", "nein", "n", "faux"];

impl Field {
    /// Reads a value; none if the text is blank, which leaves the field as it is. Days begin in
    /// the zone.
    pub fn read(&self, text: &str, zone: &TimeZone) -> Result<Option<Value>, Said> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if text == CLEAR {
            return Ok(Some(Value::Null));
        }
        let value = match &self.kind {
            FieldKind::Boolean => boolean(text)?,
            FieldKind::Organization | FieldKind::SubscriptionType => read_id(text)?.into(),
            FieldKind::Time => time(text, zone)?,
            FieldKind::TextList => text
                .split(SEPARATOR)
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(Value::from)
                .collect(),
            FieldKind::Identifier(_) if is_mangled(text) => return Err(mangled(text)),
            FieldKind::Identifier(kind) => kind.normalized(text).into(),
            FieldKind::Role(words) | FieldKind::Choice(words) => words
                .iter()
                .find(|word| is_word(word, text))
                .map_or_else(|| text.into(), |word| Value::from(*word)),
            FieldKind::Text { .. } | FieldKind::Email | FieldKind::Password { .. } => text.into(),
        };
        Ok(Some(value))
    }
}

/// Whether a text is a word of the vendor, also as it is shown: `Medical professional`
fn is_word(word: &str, text: &str) -> bool {
    word.eq_ignore_ascii_case(text) || word.eq_ignore_ascii_case(&text.replace(' ', "_"))
}

fn boolean(text: &str) -> Result<Value, Said> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    match (is(&YES), is(&NO)) {
        (true, _) => Ok(true.into()),
        (_, true) => Ok(false.into()),
        _ => Err(said!(not_boolean, "expected yes or no")),
    }
}

/// An id from text. What a spreadsheet has made of one is refused: it may have lost digits.
pub fn read_id(text: &str) -> Result<u64, Said> {
    let text = text.trim();
    if is_mangled(text) {
        return Err(mangled(text));
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let id = text.parse::<u64>().ok();
    id.filter(|id| digits && (1..=LARGEST).contains(id))
        .ok_or_else(|| said!(not_id, "expected an id: a whole number from 1"))
}

/// Whether a spreadsheet has taken a text of digits for a quantity: `1E+05`, `12.0`
fn is_mangled(text: &str) -> bool {
    let is_number = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'+' | b'-'))
            && text.bytes().any(|byte| byte.is_ascii_digit())
    };
    let power = text.split_once(['e', 'E']);
    let is_power = power.is_some_and(|(number, power)| is_number(number) && is_number(power));
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"));
    is_power || whole.is_some_and(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()))
}

fn mangled(text: &str) -> Said {
    said!(
        mangled_id,
        "a spreadsheet has made {text} of an id: make the column a text and write the id again",
        text = text
    )
}

/// The begin of a day, or a moment with its time zone.
fn time(text: &str, zone: &TimeZone) -> Result<Value, Said> {
    let day = |date: Date| date.to_zoned(zone.clone()).map(|at| at.timestamp());
    let at = text
        .parse::<Timestamp>()
        .or_else(|_| text.parse::<Date>().and_then(day));
    at.map(|at| at.as_second().into())
        .map_err(|_| said!(not_day, "expected a day such as 2026-01-31"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::IdentifierKind;

    fn read(kind: FieldKind, text: &str) -> Result<Option<Value>, &'static str> {
        Field::new("x", kind, "V")
            .read(text, &TimeZone::UTC)
            .map_err(|said| said.coded.unwrap().code)
    }

    #[test]
    fn blank_leaves_it_and_the_word_for_it_clears_it() {
        for kind in [FieldKind::Time, FieldKind::Email, FieldKind::TextList] {
            assert_eq!(read(kind.clone(), "  "), Ok(None));
            assert_eq!(read(kind, CLEAR), Ok(Some(Value::Null)));
        }
    }

    #[test]
    fn each_kind_is_read_from_text() {
        let vat = FieldKind::Identifier(IdentifierKind::Vat);
        for (kind, text, value) in [
            (FieldKind::Boolean, "Ja", json!(true)),
            (FieldKind::Boolean, "FALSE", json!(false)),
            (FieldKind::Organization, "0012", json!(12)),
            (FieldKind::Time, "1970-01-02", json!(86_400)),
            (FieldKind::Time, "1970-01-01T00:00:05Z", json!(5)),
            (FieldKind::TextList, "a; b;;", json!(["a", "b"])),
            (vat, "be 0123.456.789", json!("BE0123456789")),
            (FieldKind::Choice(vec!["nl"]), "NL", json!("nl")),
            (
                FieldKind::Role(vec!["medical_professional"]),
                "Medical professional",
                json!("medical_professional"),
            ),
            (FieldKind::Email, " a@b.be ", json!("a@b.be")),
        ] {
            assert_eq!(read(kind, text), Ok(Some(value)), "{text}");
        }
        for (kind, text, code) in [
            (FieldKind::Boolean, "perhaps", "not_boolean"),
            (FieldKind::Organization, "12a", "not_id"),
            (FieldKind::Organization, "+12", "not_id"),
            (FieldKind::Organization, "0", "not_id"),
            (FieldKind::Organization, "1E+05", "mangled_id"),
            (FieldKind::Organization, "1,2e5", "mangled_id"),
            (FieldKind::Organization, "12.0", "mangled_id"),
            (
                FieldKind::Identifier(IdentifierKind::Apb),
                "1.23457E+11",
                "mangled_id",
            ),
            (FieldKind::Time, "31/12/2026", "not_day"),
        ] {
            assert_eq!(read(kind, text), Err(code), "{text}");
        }
    }
}
