//! All organizations' columns in memory: names, types, identifiers, and who can be found by them.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;
use muster_directory::{
    Fact, IdentifierKind, OrganizationLeaf, OrganizationType,
    criteria::{FoldedTest, TextTest},
    name::fold,
};
use rusqlite::Connection;
use serde_json::Value;

use super::people::{add_range, seen_set, set, with_ids};
use crate::{
    MirrorError, Presence, Seen,
    answer::Answer,
    at::At,
    order::Order,
    organizations, search,
    texts::{Texts, Whole},
};

/// All organizations of a state. An organization's position is its rank by id.
pub(crate) struct Organizations {
    ids: Vec<u64>,
    present: FixedBitSet,
    folded: Texts,
    /// The folded names, to be found as a whole.
    whole: Whole,
    name: Column,
    kind: Column,
    identifiers: [Column; IdentifierKind::ALL.len()],
    /// The identifiers of each, as [`search::bare`] writes them, one a line.
    bare: Texts,
    specializations: Specializations,
}

/// A text of each organization, and how to find those with one.
#[derive(Default)]
struct Column {
    texts: Texts,
    unknown: FixedBitSet,
    /// Known not to have one.
    absent: FixedBitSet,
    /// The positions of known texts, ordered by them.
    ordered: Vec<u32>,
}

#[derive(Default)]
struct Specializations {
    listed: HashMap<usize, Vec<String>>,
    unknown: FixedBitSet,
}

impl Organizations {
    /// Reads a state.
    pub fn load(connection: &Connection, at: At) -> Result<Self, MirrorError> {
        let (mut ids, mut present) = (Vec::new(), Vec::new());
        let (mut folded, mut bare) = (Texts::default(), Texts::default());
        let (mut name, mut kind) = (Loading::default(), Loading::default());
        let mut identifiers: [Loading; IdentifierKind::ALL.len()] = Default::default();
        let (mut listed, mut unlisted) = (HashMap::new(), Vec::new());
        organizations::scan(connection, at, |organization, own_folded, presence| {
            let position = ids.len();
            ids.push(organization.id.get());
            if presence == Presence::Present {
                present.push(position);
            }
            folded.push(own_folded);
            name.push(Fact::Known(&organization.name));
            kind.push(organization.kind.as_ref().map(OrganizationType::as_str));
            let mut line = String::new();
            for (column, kind) in identifiers.iter_mut().zip(IdentifierKind::ALL) {
                let own = organization.identifier(kind).as_ref().map(String::as_str);
                column.push(own);
                if let Fact::Known(text) = own {
                    line += &search::bare(text);
                    line.push('\n');
                }
            }
            bare.push(&line);
            match organization.extra.get("specializations") {
                None => unlisted.push(position),
                Some(value) => {
                    listed.insert(position, texts_of(value));
                }
            }
        })?;
        let size = ids.len();
        let folded = folded.close();
        Ok(Self {
            ids,
            present: set(size, present),
            whole: Whole::of(&folded),
            folded,
            name: name.close(),
            kind: kind.close(),
            identifiers: identifiers.map(Loading::close),
            bare: bare.close(),
            specializations: Specializations {
                listed,
                unknown: set(size, unlisted),
            },
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// The id at a position.
    pub fn id(&self, position: usize) -> Option<u64> {
        self.ids.get(position).copied()
    }

    /// Those that are present, or not.
    pub fn seen(&self, seen: Seen) -> FixedBitSet {
        seen_set(&self.present, seen)
    }

    fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.len())
    }

    /// The ids, ascending.
    pub fn ids(&self) -> impl Iterator<Item = u64> {
        self.ids.iter().copied()
    }

    /// The positions of those that the key sees.
    pub fn visible(&self) -> impl Iterator<Item = usize> {
        self.present.ones()
    }

    /// The positions of those that the key sees and that have this identifier.
    pub fn visible_with(
        &self,
        kind: IdentifierKind,
        identifier: &str,
    ) -> impl Iterator<Item = usize> {
        let found = self.identifier(kind).find(identifier).iter();
        self.among_visible(found.map(|position| *position as usize))
    }

    /// The position of an id.
    pub fn position(&self, id: u64) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The positions of those that the key sees and of which it is not known whether they have an
    /// identifier.
    pub fn unknown(&self, kind: IdentifierKind) -> impl Iterator<Item = usize> {
        self.among_visible(self.identifier(kind).unknown.ones())
    }

    /// The positions of those that the key sees and that are known not to have an identifier.
    pub fn without(&self, kind: IdentifierKind) -> impl Iterator<Item = usize> {
        self.among_visible(self.identifier(kind).absent.ones())
    }

    /// The positions of those that the key sees and whose names pass a test.
    pub fn named(&self, test: &TextTest) -> impl Iterator<Item = usize> {
        let found: Vec<usize> = match test.folded() {
            FoldedTest::Is(text) => self.whole.find(&self.folded, &text).collect(),
            FoldedTest::Contains(part) => self.folded.with(&part).collect(),
        };
        self.among_visible(found.into_iter())
    }

    fn among_visible(&self, all: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
        all.filter(|position| self.present.contains(*position))
    }

    /// The last known name of an organization; none if the key never saw it.
    pub fn name(&self, id: u64) -> Option<String> {
        let name = self.name.texts.get(self.position(id)?);
        Some(String::from_utf8_lossy(name).into_owned())
    }

    /// The positions of those that the key sees and whose folded names contain a part.
    pub fn containing_name<'a>(&'a self, part: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.among_visible(self.folded.with(part))
    }

    /// Whether the folded name of one begins with a part.
    pub fn begins_with(&self, position: usize, part: &str) -> bool {
        self.folded.get(position).starts_with(part.as_bytes())
    }

    /// The identifiers that begin with a text, of those that the key sees, in their order, with
    /// the sum of a number of each that has it.
    pub fn beginning_with(
        &self,
        kind: IdentifierKind,
        prefix: &str,
        numbers: &[u32],
        limit: usize,
    ) -> Vec<(String, u64)> {
        let own = self.identifier(kind);
        let mut found: Vec<(String, u64)> = Vec::new();
        for position in own.from(prefix).iter().map(|position| *position as usize) {
            let text = own.texts.get(position);
            if !text.starts_with(prefix.as_bytes()) {
                break;
            }
            if !self.present.contains(position) {
                continue;
            }
            let number = u64::from(numbers.get(position).copied().unwrap_or_default());
            if let Some((_, sum)) = found.last_mut().filter(|(last, _)| last.as_bytes() == text) {
                *sum += number;
            } else if found.len() < limit {
                found.push((String::from_utf8_lossy(text).into_owned(), number));
            } else {
                break;
            }
        }
        found
    }

    /// A number of each, by position.
    pub fn numbers(&self, number: impl Fn(u64) -> u64) -> Vec<u32> {
        let all = self.ids.iter().map(|id| number(*id));
        all.map(|number| u32::try_from(number).unwrap_or(u32::MAX))
            .collect()
    }

    /// The positions of those with a part of an identifier.
    pub fn containing<'a>(&'a self, bare: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.bare.with(bare)
    }

    fn identifier(&self, kind: IdentifierKind) -> &Column {
        let [vat, apb, riziv, finess, cip] = &self.identifiers;
        match kind {
            IdentifierKind::Vat => vat,
            IdentifierKind::Apb => apb,
            IdentifierKind::Riziv => riziv,
            IdentifierKind::Finess => finess,
            IdentifierKind::Cip => cip,
        }
    }

    /// Adds those for which a leaf holds.
    pub fn add_leaf(&self, leaf: &OrganizationLeaf, to: &mut Answer) {
        match leaf {
            OrganizationLeaf::Id(ids) => {
                to.add_yes(with_ids(
                    &self.ids,
                    ids.as_slice().iter().map(|id| id.get()),
                ));
            }
            OrganizationLeaf::Kind(kind) => self.kind.add(kind.as_str(), to),
            OrganizationLeaf::Name(name) => self.name.add(name, to),
            OrganizationLeaf::SearchName(part) => {
                to.add_yes(self.folded.with(&fold(part)));
            }
            OrganizationLeaf::Specializations(wanted) => {
                let listed = self.specializations.listed.iter();
                let with = listed.filter(|(_, own)| own.iter().any(|text| wanted.contains(text)));
                to.add_yes(with.map(|(position, _)| *position));
                to.add_unknown(&self.specializations.unknown);
            }
            OrganizationLeaf::Identifier(kind, value) => {
                self.identifier(*kind).add(&value.text(), to);
            }
        }
    }

    /// Those that are found by what was typed; none if nothing was.
    pub fn search(&self, typed: &search::Typed) -> Option<FixedBitSet> {
        let mut found = self.none();
        match typed {
            search::Typed::Nothing => return None,
            search::Typed::Ids(ids) => found.extend(with_ids(&self.ids, ids.iter().copied())),
            search::Typed::Text {
                name,
                identifier,
                id,
            } => {
                found.extend(self.folded.with(name));
                if let Some(bare) = identifier {
                    found.extend(self.bare.with(bare));
                }
                for range in id.iter().copied().flat_map(search::ids_beginning_with) {
                    add_range(&self.ids, &range, &mut found);
                }
            }
        }
        Some(found)
    }

    /// By folded name.
    pub fn by_name(&self) -> Order {
        self.folded.order()
    }

    /// By type; those without a known one last.
    pub fn by_kind(&self) -> Order {
        let mut known = self.none();
        known.extend(self.kind.ordered.iter().map(|position| *position as usize));
        Order::by_key((0..self.len()).map(|position| {
            known
                .contains(position)
                .then(|| self.kind.texts.get(position))
        }))
    }

    /// By a number of each.
    pub fn by_number(&self, number: impl Fn(u64) -> u64) -> Order {
        Order::by_key(self.ids.iter().map(|id| Some(number(*id))))
    }

    /// Each id with the rank of its folded name; equal names have equal ranks.
    pub fn ranks(&self) -> impl Iterator<Item = (u64, u32)> {
        let mut rank = 0;
        let mut before: Option<&[u8]> = None;
        self.folded
            .ordered()
            .into_iter()
            .filter_map(move |position| {
                let position = position as usize;
                let own = self.folded.get(position);
                if before.replace(own).is_some_and(|before| before != own) {
                    rank += 1;
                }
                self.id(position).map(|id| (id, rank))
            })
    }
}

impl Column {
    /// Adds those with exactly this text.
    fn add(&self, text: &str, to: &mut Answer) {
        to.add_yes(self.find(text).iter().map(|position| *position as usize));
        to.add_unknown(&self.unknown);
    }

    /// The positions of those with exactly this text.
    fn find(&self, text: &str) -> &[u32] {
        let rest = self.from(text);
        let same = |position: &u32| self.texts.get(*position as usize) == text.as_bytes();
        &rest[..rest.partition_point(same)]
    }

    /// The positions of those whose texts are not before this one, in the order of their texts.
    fn from(&self, text: &str) -> &[u32] {
        let before = |position: &u32| self.texts.get(*position as usize) < text.as_bytes();
        &self.ordered[self.ordered.partition_point(before)..]
    }
}

#[derive(Default)]
struct Loading {
    texts: Texts,
    known: Vec<bool>,
    unknown: Vec<usize>,
    absent: Vec<usize>,
}

impl Loading {
    fn push(&mut self, text: Fact<&str>) {
        match text {
            Fact::Unknown => self.unknown.push(self.texts.len()),
            Fact::Absent => self.absent.push(self.texts.len()),
            Fact::Known(_) => {}
        }
        self.known.push(text.known().is_some());
        self.texts.push(text.known().copied().unwrap_or_default());
    }

    fn close(self) -> Column {
        let texts = self.texts.close();
        let mut ordered = texts.ordered();
        ordered.retain(|position| self.known[*position as usize]);
        ordered.shrink_to_fit();
        Column {
            unknown: set(texts.len(), self.unknown),
            absent: set(texts.len(), self.absent),
            texts,
            ordered,
        }
    }
}

fn texts_of(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
