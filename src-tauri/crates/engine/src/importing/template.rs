//! A file to fill in: the columns of an act, and a row that shows what stands in them.

use muster_directory::{ActKind, Field, FieldKind, Thing};

use super::sheet::NOTE;
use crate::{Error, Result};

/// The columns of an act, and a note that shows what stands in them, as CSV.
pub(super) fn template(kind: &ActKind) -> Result<String> {
    let fields = kind.fields.iter().filter(|field| !field.is_secret());
    let mut header: Vec<&str> = kind.target.iter().map(|_| "id").collect();
    let mut example: Vec<String> = kind.target.map(example_id).into_iter().collect();
    for field in fields {
        header.push(field.path);
        example.push(example_of(field));
    }
    if let Some(first) = example.first_mut() {
        first.insert_str(0, NOTE);
    }
    let mut lines = csv::Writer::from_writer(Vec::new());
    let defect = |error: csv::Error| Error::Defect(error.to_string());
    lines.write_record(&header).map_err(defect)?;
    lines.write_record(&example).map_err(defect)?;
    let bytes = lines
        .into_inner()
        .map_err(|error| Error::Defect(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Error::Defect(error.to_string()))
}

fn example_id(thing: Thing) -> String {
    let id = match thing {
        Thing::Person => "1001",
        Thing::Organization => "12",
        Thing::ApiKey => "7",
    };
    id.to_owned()
}

fn example_of(field: &Field) -> String {
    let own = match &field.kind {
        FieldKind::Email => "name@example.com",
        FieldKind::Text { .. } => "Zoë Peeters",
        FieldKind::Boolean => "yes",
        FieldKind::Organization => "12",
        FieldKind::SubscriptionType => "1",
        FieldKind::Time => "2026-01-31",
        FieldKind::TextList => "one; two",
        FieldKind::Password { .. } => "",
        FieldKind::Choice(words) | FieldKind::Role(words) => return words.join(" | "),
        FieldKind::Identifier(kind) => return kind.key().to_owned(),
    };
    own.to_owned()
}

#[cfg(test)]
mod tests {
    use muster_directory::Platform;
    use muster_vendor::medipim::acts::acts;

    use super::*;
    use crate::importing::{Meaning, guessing::guess};

    #[test]
    fn every_column_of_a_template_is_understood_and_no_secret_is_asked_for() {
        for kind in acts(Platform::Be) {
            let text = template(&kind).unwrap();
            let mut lines = text.lines();
            let columns: Vec<_> = lines
                .next()
                .unwrap()
                .split(',')
                .map(str::to_owned)
                .collect();
            let guessed = guess(&kind, &columns);
            assert!(!guessed.contains(&Meaning::Ignored), "{columns:?}");
            assert!(!columns.contains(&"password".to_owned()));
            assert!(lines.next().unwrap().trim_matches('"').starts_with(NOTE));
        }
    }
}
