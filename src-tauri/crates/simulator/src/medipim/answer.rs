//! An answer, written piece by piece as the client takes it.

use std::io;

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use muster_directory::IdentifierKind;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    api_keys::ShownKey, key::secret, query::Page, refusal::Refusal, world::World, write::Shown,
};
use crate::population::Firm;

/// A piece is sent once it has so many bytes.
const PIECE: usize = 64 * 1024;

/// Room for what a piece can grow beyond its size by its last row.
const ROOM: usize = 4 * 1024;

/// The pieces of an answer: `meta`, then the rows of `results`, each written when it is asked for.
pub struct Pieces<Places, Write> {
    head: Option<String>,
    places: Places,
    write: Write,
    ended: bool,
}

impl<Places, Write> Pieces<Places, Write>
where
    Places: Iterator<Item = usize>,
    Write: Fn(usize, &mut Vec<u8>) -> serde_json::Result<()>,
{
    /// An answer of the rows at these places; `total` is how many there are on all pages.
    pub fn new(total: usize, page: Option<Page>, places: Places, write: Write) -> Self {
        let page = page.map(|page| {
            let (no, offset, size) = (page.no, page.offset(), page.size);
            format!(r#","page":{{"no":{no},"offset":{offset},"size":{size}}}"#)
        });
        let page = page.unwrap_or_default();
        Self {
            head: Some(format!(r#"{{"meta":{{"total":{total}{page}}},"results":["#)),
            places,
            write,
            ended: false,
        }
    }

    /// The next piece; none after the last.
    fn piece(&mut self) -> io::Result<Option<Bytes>> {
        if self.ended {
            return Ok(None);
        }
        let mut piece = Vec::with_capacity(PIECE + ROOM);
        let mut first = false;
        if let Some(head) = self.head.take() {
            piece.extend_from_slice(head.as_bytes());
            first = true;
        }
        while piece.len() < PIECE {
            let Some(place) = self.places.next() else {
                piece.extend_from_slice(b"]}");
                self.ended = true;
                break;
            };
            if !std::mem::take(&mut first) {
                piece.push(b',');
            }
            (self.write)(place, &mut piece)?;
        }
        Ok(Some(piece.into()))
    }
}

impl<Places, Write> Iterator for Pieces<Places, Write>
where
    Places: Iterator<Item = usize>,
    Write: Fn(usize, &mut Vec<u8>) -> serde_json::Result<()>,
{
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<Self::Item> {
        self.piece().transpose()
    }
}

/// Appends the user at a place as the vendor writes it `[Q]`: without the role.
pub fn write_user(world: &World, place: usize, to: &mut Vec<u8>) -> serde_json::Result<()> {
    let person = world.person(place);
    serde_json::to_writer(
        to,
        &User {
            id: person.id,
            name: person.name,
            organization: person.organization,
            meta: Meta {
                created_at: person.created_at,
                updated_at: person.updated_at,
            },
        },
    )
}

/// Appends the organization at a place; the exact fields are our reading `[C]`.
pub fn write_organization(world: &World, place: usize, to: &mut Vec<u8>) -> serde_json::Result<()> {
    let organization = Organization {
        firm: world.firm(place),
        kinds: world.platform().identifiers(),
    };
    serde_json::to_writer(to, &organization)
}

/// The answer to an accepted write: what was made or changed, as it is now.
pub fn show(world: &World, shown: Shown) -> Result<Response, Refusal> {
    let mut to = Vec::new();
    write_shown(world, shown, &mut to).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(json(to.into()))
}

fn write_shown(world: &World, shown: Shown, to: &mut Vec<u8>) -> serde_json::Result<()> {
    match shown {
        Shown::User(id) => {
            to.extend_from_slice(b"{\"user\":");
            write_user(world, world.place_of_person(id).unwrap_or_default(), to)?;
        }
        Shown::Organization(id) => {
            to.extend_from_slice(b"{\"organization\":");
            let place = world.place_of_organization(id).unwrap_or_default();
            write_organization(world, place, to)?;
        }
        Shown::ApiKey(id) => {
            to.extend_from_slice(b"{\"apiKey\":");
            let key = world.api_key(id);
            serde_json::to_writer(&mut *to, &key.as_deref().map(ShownKey::from))?;
        }
        Shown::NewApiKey(id) => {
            to.extend_from_slice(b"{\"apiKey\":");
            let key = world.api_key(id).map(|key| NewKey {
                id,
                name: key.name.clone(),
                secret: secret(world.seeded.seed, id),
                is_enabled: key.enabled,
            });
            serde_json::to_writer(&mut *to, &key)?;
        }
    }
    to.push(b'}');
    Ok(())
}

/// An answer with this body.
pub fn json(body: Body) -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], body).into_response()
}

/// A key as it is told once `[V]`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewKey {
    id: u64,
    name: Box<str>,
    secret: String,
    is_enabled: bool,
}

#[derive(Serialize)]
struct User<'a> {
    id: u64,
    name: &'a str,
    organization: Option<u64>,
    meta: Meta,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    created_at: i64,
    updated_at: i64,
}

struct Organization<'a> {
    firm: &'a Firm,
    kinds: &'a [IdentifierKind],
}

impl Serialize for Organization<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let firm = self.firm;
        let mut object = to.serialize_map(None)?;
        object.serialize_entry("id", &firm.id)?;
        object.serialize_entry("name", &firm.name)?;
        object.serialize_entry("type", &firm.kind)?;
        for (kind, number) in self.kinds.iter().zip(&firm.numbers) {
            object.serialize_entry(kind.key(), number)?;
        }
        object.serialize_entry("specializations", &firm.specializations)?;
        let meta = Meta {
            created_at: firm.created_at.into(),
            updated_at: firm.updated_at.into(),
        };
        object.serialize_entry("meta", &meta)?;
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(total: usize, page: Option<Page>, rows: usize) -> (String, usize) {
        let write = |place: usize, to: &mut Vec<u8>| serde_json::to_writer(to, &place);
        let pieces: Vec<_> = Pieces::new(total, page, 0..rows, write)
            .map(Result::unwrap)
            .collect();
        let text = String::from_utf8(pieces.concat()).unwrap();
        (text, pieces.len())
    }

    #[test]
    fn meta_comes_first_and_names_the_page_only_if_one_was_asked_for() {
        assert_eq!(
            text(3, None, 3).0,
            r#"{"meta":{"total":3},"results":[0,1,2]}"#
        );
        let page = Page { no: 7, size: 10 };
        assert_eq!(
            text(3, Some(page), 0).0,
            r#"{"meta":{"total":3,"page":{"no":7,"offset":70,"size":10}},"results":[]}"#
        );
    }

    #[test]
    fn a_long_answer_comes_in_pieces_that_are_one_json_text() {
        let (text, pieces) = text(100_000, None, 100_000);
        assert!(pieces > 5, "{pieces} pieces");
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["results"].as_array().unwrap().len(), 100_000);
    }
}
