//! Organizations by their names, where a row has a name in place of an id.

use std::collections::HashMap;

use muster_directory::{Field, FieldKind, act::read_id, criteria::TextTest, said::Said};
use muster_mirror::Mirror;
use serde_json::Value;

use crate::Result;

/// What the organizations of a file are called; each name is asked once.
pub(super) struct Names<'a> {
    mirror: &'a Mirror,
    found: HashMap<String, Found>,
}

/// Who has a name.
#[derive(Debug, Clone, Copy)]
enum Found {
    Nobody,
    One(u64),
    Several(usize),
}

impl<'a> Names<'a> {
    pub(super) fn new(mirror: &'a Mirror) -> Self {
        Self {
            mirror,
            found: HashMap::new(),
        }
    }

    /// The id of the organization that a cell names; none: the cell is not a name.
    pub(super) fn read(
        &mut self,
        field: &Field,
        cell: &str,
    ) -> Result<Option<std::result::Result<Value, Said>>> {
        let name = cell.trim();
        if !matches!(field.kind, FieldKind::Organization) || !is_name(name) {
            return Ok(None);
        }
        Ok(Some(match self.who(name)? {
            Found::One(id) => Ok(id.into()),
            Found::Nobody => Err(nobody(name)),
            Found::Several(count) => Err(several(name, count)),
        }))
    }

    fn who(&mut self, name: &str) -> Result<Found> {
        if let Some(found) = self.found.get(name) {
            return Ok(*found);
        }
        let all = self
            .mirror
            .organizations_named(&TextTest::Is(name.to_owned()))?;
        // Case and accents decide only where they have to.
        let exact: Vec<_> = all.iter().filter(|(_, own)| own == name).collect();
        let found = match (all.as_slice(), exact.as_slice()) {
            ([], _) => Found::Nobody,
            ([(id, _)], _) | (_, [(id, _)]) => Found::One(id.get()),
            (several, _) => Found::Several(several.len()),
        };
        self.found.insert(name.to_owned(), found);
        Ok(found)
    }
}

/// Whether a text can only be a name: no id, no id that a spreadsheet has spoilt, no word for none.
fn is_name(text: &str) -> bool {
    let is_spoilt = |said: &Said| said.coded.as_ref().is_none_or(|own| own.code != "not_id");
    text.chars().any(char::is_alphabetic)
        && text != muster_directory::act::CLEAR
        && read_id(text).is_err_and(|said| !is_spoilt(&said))
}

fn nobody(name: &str) -> Said {
    let message = format!("no organization is called \u{201c}{name}\u{201d}");
    Said::new(message, "nobody_called", vec![("name", name.to_owned())])
}

fn several(name: &str, count: usize) -> Said {
    let message =
        format!("{count} organizations are called \u{201c}{name}\u{201d}: write the id of one");
    let values = vec![("n", count.to_string()), ("name", name.to_owned())];
    Said::new(message, "several_called", values)
}
