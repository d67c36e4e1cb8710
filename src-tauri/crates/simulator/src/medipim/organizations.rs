//! organizations/create and organizations/link.

use muster_directory::{IdentifierKind, OrganizationType};

use super::{
    body::Json,
    change::{Change, Link, NewOrganization},
    filter,
    form::{self, Form, Section},
    refusal::Refusal,
    write::{Accepted, Shown, Turn},
};

/// The most letters of a number.
const LONGEST_NUMBER: usize = 64;

/// `POST /v4/organizations/create` `[C]`: the new organization is linked to who creates it `[R]`.
pub fn create(turn: &Turn<'_>) -> Result<Accepted, Refusal> {
    turn.check("organization.create", None)?;
    let kinds = turn.world.platform().identifiers();
    let mut keys = vec!["name", "type"];
    keys.extend(kinds.iter().map(|kind| kind.key()));
    let mut form = Form::default();
    let root = form.root(turn.json, &keys);
    let name = form.required(&root, "name", form::name);
    let kind = form.required(&root, "type", organization_type);
    let numbers: Vec<_> = kinds
        .iter()
        .map(|kind| number(turn, &mut form, &root, *kind))
        .collect();
    let read = name.zip(kind).map(|(name, kind)| NewOrganization {
        id: turn.world.next_organization(),
        at: turn.now,
        name: name.to_owned(),
        kind,
        numbers,
        account: turn.actor.account,
    });
    let organization = form.finish_with(read)?;
    let shown = Shown::Organization(organization.id);
    Ok(Accepted::change(
        Change::OrganizationCreated(organization),
        shown,
    ))
}

fn organization_type(json: &Json) -> form::Read<OrganizationType> {
    let value = form::text(json)?;
    let mut named = OrganizationType::NAMED.into_iter();
    named.find(|kind| kind.as_str() == value).ok_or_else(|| {
        let known = OrganizationType::NAMED.each_ref();
        let known = known.map(OrganizationType::as_str).join(", ");
        format!("unknown type: expected one of {known}")
    })
}

/// A number that no other organization has; null is none.
fn number(
    turn: &Turn<'_>,
    form: &mut Form,
    root: &Section<'_>,
    kind: IdentifierKind,
) -> Option<String> {
    let read = |json: &Json| {
        if *json == Json::Null {
            return Ok(None);
        }
        let number = filter::number(kind, json).map_err(|wrong| wrong.message)?;
        match number.chars().count() {
            0 => Err("is empty".to_owned()),
            1..=LONGEST_NUMBER if turn.world.with_number(kind, &number).next().is_some() => {
                Err("is in use by another organization".to_owned())
            }
            1..=LONGEST_NUMBER => Ok(Some(number)),
            _ => Err(format!("has more than {LONGEST_NUMBER} characters")),
        }
    };
    form.optional(root, kind.key(), read).flatten()
}

/// `POST /v4/organizations/link` `[C]`. The rule's scope, what is linked, is what it brings about.
pub fn link(turn: &Turn<'_>) -> Result<Accepted, Refusal> {
    turn.check("organization.link", None)?;
    let mut form = Form::default();
    let root = form.root(turn.json, &["organization"]);
    let place = form.required(&root, "organization", |json| {
        let place = turn.world.place_of_organization(form::id(json)?);
        place.ok_or_else(|| "there is no organization with this id".to_owned())
    });
    let place = form.finish_with(place)?;
    let organization = turn.world.firm(place).id.into();
    let account = turn.actor.account;
    let link = Link {
        organization,
        account,
    };
    let links = turn.world.links.get(&account);
    let already = links.is_some_and(|links| links.contains(place));
    Ok(Accepted {
        change: (!already).then_some(Change::OrganizationLinked(link)),
        shown: Shown::Organization(organization),
    })
}
