//! What a mirror should know after each sync, kept and asked in the plainest way.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use muster_directory::{
    Calendar, Criteria, Fact, Organization, OrganizationId, Person, PersonId, Role, Roster, Truth,
    criteria::News, evaluate::Chronicle,
};
use muster_mirror::{PersonFound, Presence, Seen, SyncRecord, Wanted, Who};
use proptest::prelude::*;

use crate::common::{Fixture, organizations, people, person_id, role};

/// What one sync asks for and gets.
#[derive(Debug, Clone)]
pub struct Answers {
    organizations: Option<Vec<Organization>>,
    people: Option<Vec<Person>>,
    roles: Option<Vec<(Role, Vec<PersonId>)>>,
}

/// A few syncs.
pub fn history() -> impl Strategy<Value = Vec<Answers>> {
    let ids = prop::collection::vec((1_u64..40).prop_map(person_id), 0..20);
    let roles = prop::collection::vec((role(), ids), 1..4);
    let answers = (
        prop::option::weighted(0.9, organizations()),
        prop::option::weighted(0.9, people()),
        prop::option::weighted(0.6, roles),
    )
        .prop_map(|(organizations, people, roles)| Answers {
            organizations,
            people,
            roles,
        });
    prop::collection::vec(answers, 1..5)
}

/// What is known after a sync.
#[derive(Clone, Default)]
pub struct Known {
    pub sync: Option<SyncRecord>,
    people: BTreeMap<PersonId, Row>,
    organizations: BTreeMap<OrganizationId, (Organization, Presence)>,
    roles: BTreeMap<PersonId, Role>,
    roles_learned_at: Option<i64>,
}

#[derive(Clone)]
struct Row {
    person: Person,
    presence: Presence,
    news: News,
    first_seen: i64,
    last_changed: i64,
}

/// Syncs everything, and returns what is known after each sync.
pub fn replay(fixture: &Fixture, history: &[Answers]) -> Vec<Known> {
    let mut known = Known::default();
    let mut all = Vec::new();
    for (answers, at) in history.iter().zip((0_i64..).map(|sync| sync * 50_000)) {
        let sync = fixture.partial_sync(
            at,
            answers.organizations.as_deref(),
            answers.people.as_deref(),
            answers.roles.as_deref(),
        );
        assert_eq!(sync.roles_asked, answers.roles.is_some());
        known.learn(answers, sync);
        all.push(known.clone());
    }
    all
}

impl Known {
    fn learn(&mut self, answers: &Answers, sync: SyncRecord) {
        self.sync = Some(sync);
        if let Some(organizations) = &answers.organizations {
            for (_, presence) in self.organizations.values_mut() {
                *presence = Presence::Missing;
            }
            for own in organizations {
                self.organizations
                    .insert(own.id, (own.clone(), Presence::Present));
            }
        }
        self.learn_people(answers.people.as_deref(), sync.finished_at);
        if let Some(roles) = &answers.roles {
            self.roles_learned_at = Some(sync.finished_at);
            self.roles.clear();
            let mut several = Vec::new();
            for (role, people) in roles {
                for person in people {
                    let before = self.roles.insert(*person, role.clone());
                    if before.is_some_and(|before| before != *role) {
                        several.push(*person);
                    }
                }
            }
            for person in several {
                self.roles.remove(&person);
            }
        }
    }

    fn learn_people(&mut self, people: Option<&[Person]>, now: i64) {
        for own in self.people.values_mut() {
            let absent = people.is_some_and(|all| all.iter().all(|new| new.id != own.person.id));
            (own.presence, own.news, own.last_changed) = match (own.presence, absent) {
                (Presence::Present, true) => (Presence::Missing, News::Missing, now),
                (Presence::Missing, true) => (Presence::Gone, News::Gone, now),
                (Presence::Present, false) => (Presence::Present, News::Present, own.last_changed),
                (Presence::Missing, false) => (Presence::Missing, News::Missing, own.last_changed),
                (Presence::Gone, _) => (Presence::Gone, News::Gone, own.last_changed),
            };
        }
        for person in people.unwrap_or_default() {
            let before = self.people.get(&person.id);
            let news = match before {
                None => News::New,
                Some(before) if before.presence != Presence::Present => News::Returned,
                Some(before) if before.person != *person => News::Changed,
                Some(_) => News::Present,
            };
            let row = Row {
                person: person.clone(),
                presence: Presence::Present,
                news,
                first_seen: before.map_or(now, |before| before.first_seen),
                last_changed: match before {
                    Some(before) if news == News::Present => before.last_changed,
                    _ => now,
                },
            };
            self.people.insert(person.id, row);
        }
    }

    /// A person as a row of an answer.
    fn row(&self, own: &Row) -> PersonFound {
        let organization = own.person.organization.known();
        let organization = organization.and_then(|id| self.organizations.get(id));
        let role = self.roles.get(&own.person.id);
        PersonFound {
            person: own.person.clone(),
            organization: organization.map(|(own, _)| own.clone()),
            organization_visible: organization
                .is_some_and(|(_, presence)| *presence == Presence::Present),
            role: role.map_or(Fact::Unknown, |role| Fact::Known(role.clone())),
            role_learned_at: role.and(self.roles_learned_at),
            presence: own.presence,
            news: own.news,
            first_seen: own.first_seen,
            last_changed: own.last_changed,
        }
    }

    /// Whoever was seen, with what a question says of them.
    fn asked(&self, who: &Who<'_>) -> Vec<(&Row, Truth)> {
        let criteria = who.filter.and_then(Criteria::enabled);
        let news = criteria.as_ref().is_some_and(Criteria::asks_for_news);
        let chronicle = Then {
            known: self,
            calendar: who.calendar,
        };
        let truth = |own: &Row| {
            let present = own.presence == Presence::Present;
            let seen = news
                || match who.seen {
                    Seen::All => true,
                    Seen::Present => present,
                    Seen::Missing => !present,
                };
            let listed = who.ids.is_none_or(|ids| ids.contains(&own.person.id));
            if !seen || !listed {
                return Truth::No;
            }
            criteria.as_ref().map_or(Truth::Yes, |criteria| {
                criteria.matches(&own.person, &chronicle)
            })
        };
        self.people.values().map(|own| (own, truth(own))).collect()
    }

    /// What a question says of one person.
    pub fn truth(&self, id: PersonId, who: &Who<'_>) -> Truth {
        let asked = self.asked(who).into_iter();
        let mut own = asked.filter(|(own, _)| own.person.id == id);
        own.next().map_or(Truth::No, |(_, truth)| truth)
    }

    /// For how many criteria hold, for how many they may, and the rows that are wanted.
    pub fn ask(&self, who: &Who<'_>) -> (u64, u64, Vec<PersonFound>) {
        let asked = self.asked(who);
        let with = |wanted| asked.iter().filter(move |(_, truth)| *truth == wanted);
        let wanted = match who.truth {
            Wanted::Matching => Truth::Yes,
            Wanted::Possible => Truth::Unknown,
        };
        let rows = with(wanted).map(|(own, _)| self.row(own)).collect();
        (
            with(Truth::Yes).count() as u64,
            with(Truth::Unknown).count() as u64,
            rows,
        )
    }

    /// Everybody who was ever seen.
    pub fn rows(&self) -> Vec<PersonFound> {
        self.people.values().map(|own| self.row(own)).collect()
    }
}

/// What is known, on a day.
pub struct Then<'a> {
    pub known: &'a Known,
    pub calendar: &'a Calendar,
}

impl Roster for Then<'_> {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        let own = self.known.organizations.get(&id);
        own.filter(|(_, presence)| *presence == Presence::Present)
            .map(|(own, _)| own)
    }

    fn role(&self, id: PersonId) -> Fact<&Role> {
        let own = self.known.roles.get(&id);
        own.map_or(Fact::Unknown, Fact::Known)
    }
}

impl Chronicle for Then<'_> {
    fn calendar(&self) -> &Calendar {
        self.calendar
    }

    fn news(&self, id: PersonId) -> Fact<News> {
        let own = self.known.people.get(&id);
        own.map_or(Fact::Unknown, |own| Fact::Known(own.news))
    }

    fn changed_at(&self, id: PersonId) -> Fact<i64> {
        let own = self.known.people.get(&id);
        own.map_or(Fact::Unknown, |own| Fact::Known(own.last_changed))
    }
}

/// The day of a moment, in a zone where days do not begin with those of UTC.
pub fn calendar_at(seconds: i64) -> Calendar {
    Calendar::at(seconds, TimeZone::fixed(jiff::tz::offset(1)))
}
