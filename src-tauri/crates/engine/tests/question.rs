//! Questions about people, against the simulator: wherever they are asked, they mean the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use muster_directory::{
    Calendar, Clause, Criteria, Direction, Fact, Organization, OrganizationId, Person, PersonId,
    PersonSort, Platform, Role, Roster, SecretString, Sort, Truth, Vocabulary,
    criteria::{Field, News},
    evaluate::Chronicle,
    explain,
};
use muster_engine::{
    Engine, EngineOptions, Error,
    completing::Completions,
    connections::{Draft, Link},
    filter::{Face, Reading, Runs},
    jobs::{Outcome, Phase, State},
    mirror::{Seen, SyncRecord, Wanted},
    people::FoundPerson,
    question::{Found, PeopleQuestion, Question, Source, Who, Window},
    vault::MemoryVault,
    vendor::Paces,
};
use muster_simulator::{Options, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// An engine with one connection to a simulator.
struct Desk {
    engine: Engine,
    connection: String,
    _folder: TempDir,
}

fn options(people: u64, role_filter: bool) -> Options {
    Options {
        people,
        organizations: 40,
        rate_limit: 0,
        role_filter,
        ..Options::default()
    }
}

async fn vendor(people: u64, role_filter: bool) -> Simulator {
    muster_simulator::start(options(people, role_filter))
        .await
        .unwrap()
}

/// Stops a simulator and starts another one in its place.
async fn replaced(simulator: Simulator, options: Options) -> Simulator {
    let port = simulator.base_url().rsplit(':').next().unwrap();
    let port = port.parse().unwrap();
    simulator.stop().await;
    let options = Options { port, ..options };
    muster_simulator::start(options).await.unwrap()
}

async fn desk(simulator: &Simulator) -> Desk {
    desk_at(simulator, simulator.base_url(), Paces::new(None)).await
}

async fn desk_at(simulator: &Simulator, address: &str, paces: Paces) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let options = EngineOptions {
        paces,
        ..EngineOptions::new(folder.path().to_owned(), Arc::new(MemoryVault::default()))
    };
    let engine = Engine::open(options).unwrap();
    let key = simulator.key(Role::Reseller);
    let draft = Draft {
        name: "Clients".to_owned(),
        platform: Platform::Be,
        base_url: Some(address.to_owned()),
        key: key.id.try_into().unwrap(),
        secret: SecretString::from(key.secret.as_str()),
    };
    let added = engine.add_connection(draft).await.unwrap();
    Desk {
        connection: added.record.id.to_string(),
        engine,
        _folder: folder,
    }
}

impl Desk {
    async fn sync(&self) -> SyncRecord {
        let job = self.engine.start_sync(&self.connection).await.unwrap();
        let ended = self.engine.ended(&job.id).await.unwrap();
        match ended.state {
            State::Done(Outcome::Synced(record)) => record,
            state => panic!("{state:?}"),
        }
    }

    async fn ask(&self, who: Who) -> Result<Found<FoundPerson>, Error> {
        let question = PeopleQuestion {
            who,
            sort: Vec::new(),
            window: Window::All,
            remember: None,
        };
        self.engine.people(&self.connection, question).await
    }

    async fn ids(&self, who: Who) -> Vec<u64> {
        let found = self.ask(who).await.unwrap();
        found.rows.iter().map(|row| row.person.id.get()).collect()
    }

    async fn read(&self, face: Face, written: &str) -> Reading {
        let read = self
            .engine
            .read_filter(&self.connection, face, written.to_owned());
        read.await.unwrap()
    }

    async fn complete(&self, text: &str) -> Completions {
        let completing = self
            .engine
            .complete_filter(&self.connection, text, text.len());
        completing.await.unwrap()
    }

    async fn role_filter(&self) -> Option<bool> {
        let connection = self.engine.connection(&self.connection).await.unwrap();
        connection.role_filter.map(|known| known.supported)
    }
}

fn who(source: Source, filter: &Value) -> Who {
    Who {
        filter: Some(filter.to_string()),
        ..Who::everybody(source)
    }
}

/// What is known after a first sync, from the simulator itself.
struct Plain {
    people: Vec<Person>,
    organizations: HashMap<OrganizationId, Organization>,
    roles: HashMap<PersonId, Role>,
    calendar: Calendar,
    synced_at: i64,
}

impl Roster for Plain {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.get(&id)
    }

    fn role(&self, id: PersonId) -> Fact<&Role> {
        self.roles.get(&id).map_or(Fact::Unknown, Fact::Known)
    }
}

impl Chronicle for Plain {
    fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    fn news(&self, _: PersonId) -> Fact<News> {
        Fact::Known(News::New)
    }

    fn changed_at(&self, _: PersonId) -> Fact<i64> {
        Fact::Known(self.synced_at)
    }
}

async fn plain(desk: &Desk, simulator: &Simulator, sync: SyncRecord, roles: bool) -> Plain {
    let people = desk.ask(Who::everybody(Source::Live)).await.unwrap().rows;
    let organizations = Question {
        source: Source::Live,
        filter: None,
        search: None,
        seen: Seen::Present,
        sort: Sort::default(),
        window: Window::All,
    };
    let organizations = desk
        .engine
        .organizations(&desk.connection, organizations)
        .await
        .unwrap()
        .rows;
    let known = simulator.people().filter(|_| roles);
    Plain {
        people: people.into_iter().map(|row| row.person).collect(),
        organizations: organizations
            .into_iter()
            .map(|row| (row.organization.id, row.organization))
            .collect(),
        roles: known
            .map(|own| (PersonId::try_from(own.id).unwrap(), own.role))
            .collect(),
        calendar: Calendar::at(sync.finished_at, jiff::tz::TimeZone::system()),
        synced_at: sync.finished_at,
    }
}

/// Nested questions of which the vendor can answer all, a part, or nothing.
fn questions(name: &str) -> Vec<Value> {
    let org = json!({"organization": 12});
    let role = json!({"role": "organization_manager"});
    let local = json!({"muster.name": {"contains": "an"}});
    let named = json!({"muster.organizationName": {"is": name}});
    let like = json!({"muster.organizationName": {"contains": "apo"}});
    let aged = json!({"muster.created": {"older": "3y"}});
    let ids = json!({"id": (1..2_000).collect::<Vec<_>>()});
    vec![
        org.clone(),
        role.clone(),
        local.clone(),
        named.clone(),
        like.clone(),
        json!({"and": [ids, local]}),
        json!({"or": [org, local]}),
        json!({"not": {"or": [like, {"and": [local, aged]}]}}),
        json!({"and": [{"or": [named, {"and": [role, local]}]}, {"not": org}]}),
        json!({"not": {"and": [role, {"not": named}]}}),
        json!({"or": [{"and": [role, aged]}, {"not": {"muster.state": {"role": "any"}}}]}),
        json!({"and": [{"muster.seen": "new"}, {"muster.changed": {"newer": "1d"}}, aged]}),
        json!({"not": {"muster.seen": "changed"}}),
        json!({"and": [{"muster.off": org}, {"or": [local, {"muster.off": role}]}]}),
    ]
}

#[tokio::test]
async fn a_question_means_the_same_live_on_the_mirror_and_plainly() {
    for role_filter in [false, true] {
        let simulator = vendor(600, role_filter).await;
        let desk = desk(&simulator).await;
        let sync = desk.sync().await;
        assert_eq!(sync.roles_asked, role_filter);
        let plain = plain(&desk, &simulator, sync, role_filter).await;
        let name = &plain.organizations.values().next().unwrap().name;
        for filter in questions(name) {
            let criteria =
                Criteria::from_json(&filter, "filter", Vocabulary::of(Platform::Be)).unwrap();
            let criteria = criteria.enabled().unwrap();
            let of = |truth: Truth| -> Vec<u64> {
                let own = plain.people.iter();
                own.filter(|person| criteria.matches(person, &plain) == truth)
                    .map(|person| person.id.get())
                    .collect()
            };
            let (matching, possible) = (of(Truth::Yes), of(Truth::Unknown));
            for source in [Source::Mirror, Source::Live] {
                let found = desk.ask(who(source, &filter)).await.unwrap();
                let ids: Vec<_> = found.rows.iter().map(|row| row.person.id.get()).collect();
                assert_eq!(ids, matching, "{source:?}, {filter}");
                assert_eq!(found.total, matching.len() as u64);
                assert_eq!(
                    found.possible,
                    possible.len() as u64,
                    "{source:?}, {filter}"
                );
                let may = desk
                    .ask(Who {
                        truth: Wanted::Possible,
                        ..who(source, &filter)
                    })
                    .await
                    .unwrap();
                assert_eq!((may.total, may.possible), (found.total, found.possible));
                let ids: Vec<_> = may.rows.iter().map(|row| row.person.id.get()).collect();
                assert_eq!(ids, possible, "{source:?}, {filter}");
                for row in may.rows {
                    let role = explain::Value::Field(Field::Role);
                    assert_eq!(row.missing, [role], "nothing else is unknown: {filter}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_past_sync_answers_as_it_did() {
    let simulator = vendor(600, true).await;
    let desk = desk(&simulator).await;
    let first = desk.sync().await;
    let name = "x".to_owned();
    let mut then = Vec::new();
    for filter in questions(&name) {
        then.push(desk.ids(who(Source::Mirror, &filter)).await);
    }
    let _fewer = replaced(simulator, options(300, true)).await;
    let second = desk.sync().await;
    assert!(second.people.missing > 0, "{second:?}");
    for (filter, then) in questions(&name).into_iter().zip(then) {
        let asked = Who {
            as_of: Some(first.id),
            ..who(Source::Mirror, &filter)
        };
        assert_eq!(desk.ids(asked).await, then, "{filter}");
    }
    let live = Who {
        as_of: Some(first.id),
        ..Who::everybody(Source::Live)
    };
    assert!(matches!(desk.ask(live).await, Err(Error::Invalid(_))));
    let missing = who(Source::Live, &json!({"not": {"muster.seen": "missing"}}));
    assert!(matches!(desk.ask(missing).await, Err(Error::Invalid(_))));
    let never = Who {
        as_of: Some(99),
        ..Who::everybody(Source::Mirror)
    };
    assert!(matches!(desk.ask(never).await, Err(Error::NotFound { .. })));
    let marks = desk.engine.syncs(&desk.connection).await.unwrap();
    let ids: Vec<_> = marks.iter().map(|sync| sync.id).collect();
    assert_eq!(ids, [second.id, first.id], "the newest first");
}

#[tokio::test]
async fn whether_people_are_found_by_role_is_asked_once_and_remembered() {
    let simulator = vendor(300, false).await;
    let desk = desk(&simulator).await;
    assert_eq!(desk.role_filter().await, None, "nobody asked");
    desk.engine.test_connection(&desk.connection).await.unwrap();
    assert_eq!(desk.role_filter().await, Some(false));
    assert!(!desk.sync().await.roles_asked);

    let simulator = replaced(simulator, options(300, true)).await;
    assert!(!desk.sync().await.roles_asked, "it is remembered");
    let found = desk.engine.probe_role_filter(&desk.connection).await;
    assert!(found.unwrap().supported, "until somebody asks again");
    let sync = desk.sync().await;
    assert!(sync.roles_asked);
    let manager = simulator
        .people()
        .find(|own| own.role == Role::OrganizationManager)
        .unwrap();
    let id = PersonId::try_from(manager.id).unwrap();
    for source in [Source::Mirror, Source::Live] {
        let details = desk
            .engine
            .person(&desk.connection, source, None, id)
            .await
            .unwrap();
        assert_eq!(details.found.role, Fact::Known(Role::OrganizationManager));
        assert_eq!(details.found.role_learned_at, Some(sync.finished_at));
    }

    let role = json!({"role": "organization_manager"});
    let known = desk.ids(who(Source::Mirror, &role)).await;
    let _without = replaced(simulator, options(300, false)).await;
    assert_eq!(
        desk.ids(who(Source::Live, &role)).await,
        known,
        "what the vendor does not answer any more is decided by what was learnt"
    );
    assert_eq!(desk.role_filter().await, Some(false), "and that is noticed");
    desk.engine
        .probe_role_filter(&desk.connection)
        .await
        .unwrap();
    assert!(!desk.sync().await.roles_asked);
    assert_eq!(
        desk.ids(who(Source::Mirror, &role)).await,
        known,
        "roles stay as they were learnt"
    );
}

#[tokio::test]
async fn a_sync_does_without_roles_that_it_cannot_learn_any_more() {
    let simulator = vendor(300, true).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let role = json!({"role": "medical_professional"});
    let known = desk.ids(who(Source::Mirror, &role)).await;
    let _without = replaced(simulator, options(300, false)).await;
    assert!(!desk.sync().await.roles_asked);
    assert_eq!(desk.role_filter().await, Some(false));
    assert_eq!(desk.ids(who(Source::Mirror, &role)).await, known);
}

#[tokio::test]
async fn a_sync_is_stopped_while_it_asks_for_roles() {
    let simulator = vendor(300, true).await;
    // Organizations, a short page, people, the probe, one role: then it has to wait.
    let pace = Paces::new(std::num::NonZeroU32::new(5));
    let desk = desk_at(&simulator, simulator.base_url(), pace).await;
    let mut events = desk.engine.listen();
    let job = desk.engine.start_sync(&desk.connection).await.unwrap();
    loop {
        let now = desk.engine.job(&job.id).unwrap();
        assert!(now.is_running(), "{:?}", now.state);
        if now.phase == Phase::Roles && now.waiting_until.is_some() {
            break;
        }
        events.recv().await.unwrap();
    }
    desk.engine.cancel_job(&job.id).unwrap();
    let ended = desk.engine.ended(&job.id).await.unwrap();
    assert!(matches!(ended.state, State::Canceled), "{:?}", ended.state);
    let asked = desk.ask(Who::everybody(Source::Mirror)).await;
    assert!(matches!(asked, Err(Error::NeverSynced)), "nothing stays");
}

#[tokio::test]
async fn what_nobody_tells_is_possible_and_not_a_no() {
    let (simulator, between, desk) = watched(300, false).await;
    let filter = json!({"muster.organizationName": {"contains": "a"}});
    let names: HashMap<_, _> = simulator
        .organizations()
        .map(|own| (own.id, own.name.to_lowercase()))
        .collect();
    let found = desk.ask(who(Source::Live, &filter)).await.unwrap();
    let called_so = |id: u64| names[&id].contains(['a', 'á', 'à', 'â', 'ä']);
    let in_one: Vec<u64> = simulator
        .people()
        .filter_map(|own| own.organization)
        .collect();
    let expected = in_one.iter().filter(|id| called_so(**id)).count() as u64;
    assert!(expected > 0);
    assert_eq!(
        (found.total, found.possible),
        (expected, 0),
        "before a sync the vendor tells the names"
    );
    between.answer(&[ORGANIZATIONS], 403, "");
    let found = desk.ask(who(Source::Live, &filter)).await.unwrap();
    assert_eq!((found.total, found.possible), (0, in_one.len() as u64));
    let may = Who {
        truth: Wanted::Possible,
        ..who(Source::Live, &filter)
    };
    for row in desk.ask(may).await.unwrap().rows {
        assert_eq!(row.missing, [explain::Value::OrganizationName]);
    }
}

#[tokio::test]
async fn the_pages_of_an_answer_that_is_finished_here_are_of_one_answer() {
    let simulator = vendor(600, false).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let filter = json!({"muster.name": {"contains": "a"}});
    let sort = vec![
        Sort {
            by: PersonSort::Organization,
            direction: Direction::Descending,
        },
        Sort {
            by: PersonSort::Name,
            direction: Direction::Ascending,
        },
    ];
    let page = async |source, offset, limit| {
        let question = PeopleQuestion {
            who: who(source, &filter),
            sort: sort.clone(),
            window: Window::Rows { offset, limit },
            remember: None,
        };
        let found = desk
            .engine
            .people(&desk.connection, question)
            .await
            .unwrap();
        let ids: Vec<_> = found.rows.iter().map(|row| row.person.id).collect();
        (found.total, ids)
    };
    let (total, all) = page(Source::Mirror, 0, 1_000).await;
    assert!(total > 200, "enough for pages: {total}");
    let first = page(Source::Live, 0, 100).await;
    assert_eq!(first, (total, all[..100].to_vec()), "the mirror's order");

    let _nobody = replaced(simulator, options(0, false)).await;
    let second = page(Source::Live, 100, 100).await;
    assert_eq!(second, (total, all[100..200].to_vec()), "the same answer");
    assert_eq!(page(Source::Live, 0, 100).await.0, 0, "the first asks anew");
}

#[tokio::test]
async fn only_some_of_the_people_can_be_asked_for() {
    let simulator = vendor(300, false).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let everybody = desk.ids(Who::everybody(Source::Mirror)).await;
    let local = json!({"muster.name": {"contains": "a"}});
    for source in [Source::Mirror, Source::Live] {
        let of = |ids: &[u64]| Who {
            ids: Some(ids.iter().map(|id| (*id).try_into().unwrap()).collect()),
            ..Who::everybody(source)
        };
        assert_eq!(desk.ids(of(&everybody[3..5])).await, everybody[3..5]);
        assert_eq!(desk.ids(of(&[])).await, [0; 0], "none of them is nobody");
        let both = Who {
            filter: Some(local.to_string()),
            ..of(&everybody[..100])
        };
        let found = desk.ids(both).await;
        assert!(!found.is_empty() && found.len() < 100);
        assert!(found.iter().all(|id| everybody[..100].contains(id)));
    }
}

const PEOPLE: &str = "/v4/users/query";
const ORGANIZATIONS: &str = "/v4/organizations/query";

/// Stands between the engine and a simulator: notes what is sent, holds it back if asked to, and
/// answers some of it itself.
struct Between {
    address: String,
    sent: Arc<Mutex<Vec<u8>>>,
    instead: Arc<Mutex<Vec<Instead>>>,
    open: watch::Sender<bool>,
}

/// What is answered in the simulator's place to a request that has all of this in it.
struct Instead {
    to: Vec<String>,
    status: u16,
    body: String,
}

async fn between(simulator: &Simulator) -> Between {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (open, opened) = watch::channel(true);
    let between = Between {
        address: format!("http://{}", listener.local_addr().unwrap()),
        sent: Arc::default(),
        instead: Arc::default(),
        open,
    };
    let behind = simulator
        .base_url()
        .trim_start_matches("http://")
        .to_owned();
    let (sent, instead) = (Arc::clone(&between.sent), Arc::clone(&between.instead));
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            // Who asked sees the connection end if nobody is behind any more.
            let Ok(far) = TcpStream::connect(&behind).await else {
                continue;
            };
            let (mut from, to) = near.into_split();
            let (mut answers, mut asks) = far.into_split();
            let to = Arc::new(tokio::sync::Mutex::new(to));
            let back = Arc::clone(&to);
            tokio::spawn(async move {
                let mut piece = [0; 64 * 1024];
                while let Ok(count @ 1..) = answers.read(&mut piece).await {
                    if back.lock().await.write_all(&piece[..count]).await.is_err() {
                        break;
                    }
                }
            });
            let (sent, instead) = (Arc::clone(&sent), Arc::clone(&instead));
            let mut opened = opened.clone();
            tokio::spawn(async move {
                while let Some(request) = whole_request(&mut from).await {
                    sent.lock().unwrap().extend_from_slice(&request);
                    opened.wait_for(|open| *open).await.unwrap();
                    let answer = answer_instead(&instead.lock().unwrap(), &request);
                    let passed = match answer {
                        Some(answer) => to.lock().await.write_all(answer.as_bytes()).await,
                        None => asks.write_all(&request).await,
                    };
                    if passed.is_err() {
                        break;
                    }
                }
            });
        }
    });
    between
}

/// A request with its body; none when the connection has ended.
async fn whole_request(from: &mut tokio::net::tcp::OwnedReadHalf) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    let mut piece = [0; 64 * 1024];
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse::<usize>().unwrap())
            });
            if request.len() >= head.len() + 4 + length.unwrap_or(0) {
                return Some(request);
            }
        }
        match from.read(&mut piece).await {
            Ok(count @ 1..) => request.extend_from_slice(&piece[..count]),
            _ => return None,
        }
    }
}

fn answer_instead(instead: &[Instead], request: &[u8]) -> Option<String> {
    let request = String::from_utf8_lossy(request);
    let has_all = |own: &&Instead| own.to.iter().all(|part| request.contains(part));
    let own = instead.iter().find(has_all)?;
    Some(format!(
        "HTTP/1.1 {} Answered\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{}",
        own.status,
        own.body.len(),
        own.body
    ))
}

impl Between {
    fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().unwrap()).into_owned()
    }

    /// From now on answers so to requests with all of this in them.
    fn answer(&self, to: &[&str], status: u16, body: impl Into<String>) {
        self.instead.lock().unwrap().push(Instead {
            to: to.iter().map(|part| (*part).to_owned()).collect(),
            status,
            body: body.into(),
        });
    }

    /// Answers nothing itself any more.
    fn pass_all(&self) {
        self.instead.lock().unwrap().clear();
    }
}

/// An answer of the vendor with all of these.
fn answer_of(results: Vec<Value>) -> String {
    json!({"meta": {"total": results.len()}, "results": results}).to_string()
}

/// A question in which a role is asked for, as it is sent.
fn asks_for(role: &Role) -> String {
    format!(r#""role":"{role}""#)
}

/// An engine with a connection to a simulator through something that stands between.
async fn watched(people: u64, role_filter: bool) -> (Simulator, Between, Desk) {
    let simulator = vendor(people, role_filter).await;
    let between = between(&simulator).await;
    let desk = desk_at(&simulator, &between.address, Paces::new(None)).await;
    (simulator, between, desk)
}

#[tokio::test]
async fn what_is_shown_as_sent_is_what_is_sent() {
    for role_filter in [false, true] {
        let simulator = vendor(300, role_filter).await;
        let between = between(&simulator).await;
        let desk = desk_at(&simulator, &between.address, Paces::new(None)).await;
        desk.sync().await;
        let name = simulator.organizations().next().unwrap().name.to_owned();
        for filter in questions(&name) {
            let read = desk.read(Face::Json, &filter.to_string()).await;
            assert_eq!(read.problems, [], "{filter}");
            between.sent.lock().unwrap().clear();
            desk.ask(who(Source::Live, &filter)).await.unwrap();
            let sent = between.sent();
            let (_, of_people) = sent.split_once(PEOPLE).unwrap();
            let (_, body) = of_people.split_once("\r\n\r\n").unwrap();
            let mut bodies = serde_json::Deserializer::from_str(body).into_iter::<Value>();
            let first = bodies.next().unwrap().unwrap();
            let shown = read.sent.map_or(Value::Null, |own| own.to_json());
            assert_eq!(first["filter"], shown, "{filter}");
            let curl = desk
                .engine
                .people_curl(&desk.connection, Some(&filter.to_string()))
                .await
                .unwrap();
            assert!(curl.contains(&format!("{}/v4/users/query", between.address)));
            assert!(curl.contains("$MUSTER_SECRET"), "{curl}");
            assert!(!curl.contains(&simulator.key(Role::Reseller).secret));
            assert_eq!(curl.contains("\"page\""), read.sent_is_all, "{curl}");
        }
    }
}

#[tokio::test]
async fn a_new_question_stops_the_one_that_is_still_being_asked() {
    let simulator = vendor(300, false).await;
    let between = between(&simulator).await;
    let desk = desk_at(&simulator, &between.address, Paces::new(None)).await;
    let ask = |part: &'static str| {
        let question = PeopleQuestion {
            who: who(Source::Live, &json!({"muster.name": {"contains": part}})),
            sort: Vec::new(),
            window: Window::Rows {
                offset: 0,
                limit: 100,
            },
            remember: None,
        };
        let (engine, connection) = (desk.engine.clone(), desk.connection.clone());
        tokio::spawn(async move { engine.people(&connection, question).await })
    };
    between.open.send(false).unwrap();
    let first = ask("a");
    while !between.sent().contains("users/query") {
        tokio::task::yield_now().await;
    }
    let second = ask("e");
    assert!(matches!(first.await.unwrap(), Err(Error::Canceled)));
    between.open.send(true).unwrap();
    assert!(second.await.unwrap().unwrap().total > 0);
}

#[tokio::test]
async fn a_text_is_read_with_its_names_and_places() {
    let simulator = vendor(300, false).await;
    let desk = desk(&simulator).await;
    let text = "org:\"Nobody's 💊\" and off org:\"Nobody at all\"";
    let before = desk.read(Face::Text, text).await;
    assert_eq!(before.problems, [], "nobody can tell before a sync");
    desk.sync().await;
    let after = desk.read(Face::Text, text).await;
    let [problem] = after.problems.as_slice() else {
        panic!("what is off is no problem: {:?}", after.problems)
    };
    assert_eq!(&text[problem.span.clone()], "org:\"Nobody's 💊\"");

    let organization = simulator.organizations().next().unwrap();
    let text = format!(
        "org:\"{}\" and (name ~ jan or id:[1,2]) and not role:reseller and off seen:new",
        organization.name
    );
    let read = desk.read(Face::Text, &text).await;
    assert_eq!(
        (read.text.as_str(), read.problems.as_slice()),
        (text.as_str(), &[][..])
    );
    let runs: Vec<_> = read
        .clauses
        .iter()
        .map(|own| (own.text.as_str(), own.runs, own.named))
        .collect();
    assert_eq!(
        runs[1..],
        [
            ("name ~ jan", Runs::Here, None),
            ("id:[1,2]", Runs::Here, None),
            ("role:reseller", Runs::Here, None),
            ("seen:new", Runs::Off, None),
        ]
    );
    assert_eq!(
        (runs[0].1, runs[0].2),
        (Runs::Here, Some(1)),
        "the vendor may have given the name to others since"
    );
    assert_eq!(read.clauses[0].names[0].0.get(), organization.id);
    assert_eq!((read.sent, read.sent_is_all), (None, false));

    let json = read.criteria.as_ref().unwrap().to_json().to_string();
    let same = desk.read(Face::Json, &json).await;
    assert_eq!(same.criteria, read.criteria, "both faces say the same");
    assert_eq!(same.clauses.len(), read.clauses.len());

    let written = r#"{"and": [{"id": 1}, {"muster.organizationName": {"is": "Nobody"}}]}"#;
    let read = desk.read(Face::Json, written).await;
    assert_eq!(read.problems.len(), 1);
    assert_eq!(
        read.problems[0].path.as_deref(),
        Some("filter.and[1].muster.organizationName")
    );
    assert_eq!(
        &written[read.problems[0].span.clone()],
        r#""muster.organizationName": {"is": "Nobody"}"#
    );
}

#[tokio::test]
async fn what_may_be_typed_next_is_what_somebody_has() {
    let simulator = vendor(600, true).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let organization = simulator
        .organizations()
        .max_by_key(|own| own.people)
        .unwrap();
    let begun: String = organization.name.chars().take(6).collect();
    let found = desk.complete(&format!("org:\"{begun}")).await;
    let own = found
        .options
        .iter()
        .find(|own| own.label == organization.name);
    let own = own.unwrap();
    assert_eq!(own.count, Some(organization.people));
    assert_eq!(own.detail, Some(organization.id.to_string()));
    let read = desk.read(Face::Text, &format!("org:{}", own.insert)).await;
    assert_eq!(read.problems, [], "what is inserted can be read");

    let found = desk.complete("role:organ").await;
    let manager = &found.options[0];
    assert!(manager.label.starts_with("organization_"));
    assert_eq!(found.span, 5..10);
    let managers = simulator
        .people()
        .filter(|own| own.role.as_str() == manager.label)
        .count();
    assert_eq!(manager.count, Some(managers as u64));

    let found = desk.complete("seen:ne").await;
    assert_eq!(found.options.len(), 1);
    assert_eq!(found.options[0].count, Some(600), "everybody is new");
    let id = organization.id.to_string();
    let found = desk.complete(&format!("org:{id}")).await;
    assert_eq!(found.options[0].insert, id);
    assert_eq!(found.options[0].detail.as_deref(), Some(organization.name));
    assert!(desk.complete("").await.options.len() > 5, "every field");
}

#[tokio::test]
async fn an_explanation_shows_the_values_and_the_smallest_edit() {
    let simulator = vendor(300, true).await;
    let desk = desk(&simulator).await;
    let first = desk.sync().await;
    let second = desk.sync().await;
    let person = simulator
        .people()
        .find(|own| own.organization.is_some())
        .unwrap();
    let id = PersonId::try_from(person.id).unwrap();
    let filter = json!({"and": [
        {"organization": person.organization},
        {"not": {"role": person.role}},
        {"muster.off": {"id": 1}},
    ]});
    for source in [Source::Mirror, Source::Live] {
        let asked = who(source, &filter);
        let explained = desk
            .engine
            .explain_person(&desk.connection, asked, id)
            .await
            .unwrap();
        assert_eq!(explained.truth, Truth::No);
        let tree = explained.tree.unwrap();
        assert_eq!(tree.parts[0].truth, Truth::Yes);
        assert_eq!(
            tree.parts[1].parts[0].value,
            Some(Fact::Known(person.role.to_string()))
        );
        assert_eq!(tree.parts[2].kind, explain::Kind::Off);
        assert!(explained.exclude.is_none());
        let edited = explained.include.unwrap().result;
        let found = desk.ids(who(source, &edited.to_json())).await;
        assert!(found.contains(&person.id), "the edit includes: {edited:?}");
        assert_eq!((explained.first_match, explained.last_match), (None, None));
    }
    let holds = json!({"muster.changed": {"newer": "1d"}});
    let explained = desk
        .engine
        .explain_person(&desk.connection, who(Source::Mirror, &holds), id)
        .await
        .unwrap();
    let ids = (
        explained.first_match.unwrap().id,
        explained.last_match.unwrap().id,
    );
    assert_eq!(ids, (first.id, second.id), "at every sync");
    let edited = explained.exclude.unwrap().result.to_json();
    assert_eq!(edited, json!({"and": [holds, {"not": {"id": person.id}}]}));
}

#[tokio::test]
async fn two_questions_are_compared_and_people_are_divided() {
    let simulator = vendor(600, true).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let organization = simulator
        .organizations()
        .max_by_key(|own| own.people)
        .unwrap();
    let a = json!({"organization": organization.id});
    let b = json!({"and": [
        {"organization": organization.id},
        {"muster.name": {"contains": "a"}},
        {"role": "medical_professional"},
    ]});
    let compared = desk
        .engine
        .compare_people(
            &desk.connection,
            who(Source::Mirror, &a),
            Some(&b.to_string()),
        )
        .await
        .unwrap();
    let counts = &compared.compared;
    assert_eq!(counts.only_b.people, 0);
    assert_eq!(counts.only_a.people + counts.both, organization.people);
    for (criteria, count) in [
        (&compared.only_a, counts.only_a.people),
        (&compared.only_b, counts.only_b.people),
        (&compared.both, counts.both),
    ] {
        let found = desk.ids(who(Source::Mirror, &criteria.to_json())).await;
        assert_eq!(found.len() as u64, count, "the criteria list the part");
    }
    let facets = desk
        .engine
        .people_facets(&desk.connection, who(Source::Mirror, &a))
        .await
        .unwrap();
    assert_eq!(facets.total, organization.people);
    assert_eq!(facets.organizations_in_all, 1);
    let by_role: u64 = facets.roles.iter().map(|(_, count)| count).sum();
    assert_eq!(by_role, organization.people);
    let live = desk
        .engine
        .people_facets(&desk.connection, Who::everybody(Source::Live))
        .await;
    assert!(matches!(live, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn a_question_is_kept_among_the_recent_ones_if_that_is_wanted() {
    let simulator = vendor(300, false).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let question = PeopleQuestion {
        who: Who::everybody(Source::Mirror),
        sort: Vec::new(),
        window: Window::All,
        remember: Some("org:any".to_owned()),
    };
    desk.engine
        .people(&desk.connection, question)
        .await
        .unwrap();
    desk.ask(Who::everybody(Source::Mirror)).await.unwrap();
    let recent = desk
        .engine
        .recent_questions(&desk.connection)
        .await
        .unwrap();
    assert_eq!(recent.len(), 1);
    assert_eq!((recent[0].text.as_str(), recent[0].total), ("org:any", 300));
}

#[tokio::test]
async fn people_are_saved_whatever_becomes_of_their_roles() {
    let (simulator, between, desk) = watched(300, true).await;
    assert!(desk.sync().await.roles_asked);
    let role = Role::MedicalProfessional;
    let filter = json!({"role": role});
    let known = desk.ids(who(Source::Mirror, &filter)).await;
    assert!(!known.is_empty());
    for status in [500, 403] {
        between.answer(&[&asks_for(&role)], status, "");
        // One person less, so that it is seen that this sync was kept.
        let less = simulator.people().skip(1).map(person_json).collect();
        between.answer(&[PEOPLE, "\r\n\r\n{}"], 200, answer_of(less));
        let sync = desk.sync().await;
        between.pass_all();
        assert!(!sync.roles_asked);
        assert_eq!(sync.people.total, 299, "{status}");
        assert_eq!(desk.ids(who(Source::Mirror, &filter)).await, known);
        assert_eq!(desk.role_filter().await, Some(true));
        desk.sync().await;
    }
}

#[tokio::test]
async fn a_role_that_the_vendor_refuses_is_left_out_of_a_sync_alone() {
    let (simulator, between, desk) = watched(300, true).await;
    desk.sync().await;
    // Not a word of what is wrong.
    between.answer(&[&asks_for(&Role::Reseller)], 422, "");
    assert!(desk.sync().await.roles_asked);
    assert_eq!(desk.role_filter().await, Some(true));
    for role in Role::NAMED {
        let filter = json!({"role": role});
        let found = desk.ask(who(Source::Mirror, &filter)).await.unwrap();
        let with = |role: &Role| simulator.people().filter(|own| own.role == *role).count() as u64;
        let expected = match role {
            Role::Reseller => 0,
            _ => with(&role),
        };
        assert_eq!(
            (found.total, found.possible),
            (expected, with(&Role::Reseller)),
            "{role}: whoever has the refused one may have any"
        );
    }
    between.answer(&[&asks_for(&Role::OrganizationManager)], 400, "");
    assert!(!desk.sync().await.roles_asked, "it is no filter any more");
    assert_eq!(desk.role_filter().await, Some(false));
}

#[tokio::test]
async fn a_refusal_of_the_probe_needs_no_words() {
    let (_simulator, between, desk) = watched(300, true).await;
    between.answer(&[r#""role":"#], 422, "");
    desk.sync().await;
    assert_eq!(desk.role_filter().await, Some(false));
    let filter = json!({"role": "reseller"});
    let found = desk.ask(who(Source::Live, &filter)).await.unwrap();
    assert_eq!((found.total, found.possible), (0, 300));
    between.pass_all();
    desk.engine
        .probe_role_filter(&desk.connection)
        .await
        .unwrap();
    assert!(desk.ask(who(Source::Live, &filter)).await.unwrap().total > 0);
    between.answer(&[r#""role":"#], 400, "");
    let found = desk.ask(who(Source::Live, &filter)).await.unwrap();
    assert_eq!(
        (found.total, found.possible),
        (0, 300),
        "gone without a word"
    );
    assert_eq!(desk.role_filter().await, Some(false));
}

#[tokio::test]
async fn a_role_that_the_vendor_does_not_know_is_told_and_is_not_the_end_of_all_roles() {
    let simulator = vendor(300, true).await;
    let desk = desk(&simulator).await;
    let filter = json!({"and": [{"role": "reseler"}, {"muster.name": {"contains": "a"}}]});
    let refused = desk.ask(who(Source::Live, &filter)).await;
    let Err(Error::Vendor(error)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(error.violations()[0].path, "filter.role");
    assert_eq!(desk.role_filter().await, Some(true));
    let known = json!({"role": "reseller"});
    assert!(desk.ask(who(Source::Live, &known)).await.unwrap().total > 0);
}

fn person_json(own: muster_simulator::SimulatedPerson<'_>) -> Value {
    json!({
        "id": own.id, "name": own.name, "organization": own.organization,
        "meta": {"createdAt": own.created_at, "updatedAt": own.updated_at},
    })
}

/// The parts of a comparison are what its criteria list.
async fn check_parts(desk: &Desk, a: &Who, b: Option<&Value>) -> muster_engine::mirror::Compared {
    let b = b.map(Value::to_string);
    let compared = desk
        .engine
        .compare_people(&desk.connection, a.clone(), b.as_deref())
        .await
        .unwrap();
    let counts = compared.compared.clone();
    for (criteria, surely, possible) in [
        (
            &compared.only_a,
            counts.only_a.people,
            counts.only_a.possible,
        ),
        (
            &compared.only_b,
            counts.only_b.people,
            counts.only_b.possible,
        ),
        (&compared.both, counts.both, counts.both_possible),
    ] {
        let listed = Who {
            filter: Some(criteria.to_json().to_string()),
            ..a.clone()
        };
        let found = desk.ask(listed).await.unwrap();
        assert_eq!(
            (found.total, found.possible),
            (surely, possible),
            "{}",
            criteria.to_json()
        );
    }
    counts
}

#[tokio::test]
async fn those_of_whom_it_is_not_known_are_not_told_to_be_in_one_question_only() {
    let simulator = vendor(300, false).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let everybody = Who::everybody(Source::Mirror);
    let counts = check_parts(&desk, &everybody, Some(&json!({"role": "reseller"}))).await;
    assert_eq!((counts.only_a.people, counts.only_a.possible), (0, 300));
    assert_eq!((counts.both, counts.both_possible), (0, 300));
    assert_eq!(counts.only_a.because, [], "nobody is surely kept out");
}

#[tokio::test]
async fn both_sides_of_a_comparison_are_about_the_same_people() {
    let simulator = vendor(300, true).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let _fewer = replaced(simulator, options(200, true)).await;
    let missing = desk.sync().await.people.missing;
    assert!(missing > 0);
    let local = json!({"muster.name": {"contains": "a"}});
    let (none, one) = (
        json!({"muster.seen": "missing"}),
        json!({"muster.seen": "new"}),
    );
    for (a, b) in [
        (&local, &none),
        (&none, &local),
        (&one, &none),
        (&local, &one),
    ] {
        for seen in [Seen::Present, Seen::Missing, Seen::All] {
            let a = Who {
                seen,
                ..who(Source::Mirror, a)
            };
            check_parts(&desk, &a, Some(b)).await;
            check_parts(&desk, &a, None).await;
        }
    }
    let missing_ones = who(Source::Mirror, &none);
    let counts = check_parts(&desk, &missing_ones, Some(&json!({"organization": 1}))).await;
    assert_eq!(counts.only_a.people, missing);
    let parts: Vec<_> = counts
        .only_a
        .because
        .iter()
        .map(|own| own.part.to_json())
        .collect();
    assert!(
        parts.contains(&json!({"muster.seen": "present"})),
        "{parts:?}"
    );
}

/// Every organization of a simulator, one of them under another name.
fn renamed(simulator: &Simulator, id: u64, name: &str) -> String {
    let organizations = simulator.organizations().map(|own| {
        let name = if own.id == id { name } else { own.name };
        json!({"id": own.id, "name": name})
    });
    answer_of(organizations.collect())
}

#[tokio::test]
async fn a_name_of_the_past_can_be_asked_of_the_past() {
    let (simulator, between, desk) = watched(300, false).await;
    let organization = simulator
        .organizations()
        .max_by_key(|own| own.people)
        .unwrap();
    between.answer(
        &[ORGANIZATIONS],
        200,
        renamed(&simulator, organization.id, "Apotheek \"Vroeger\""),
    );
    let first = desk.sync().await;
    between.pass_all();
    desk.sync().await;
    let read = desk.read(Face::Text, r#"org:"apotheek \"vroeger\"""#).await;
    assert_eq!(read.problems, [], "it was called so");
    let filter = read.criteria.unwrap().to_json();
    let then = Who {
        as_of: Some(first.id),
        ..who(Source::Mirror, &filter)
    };
    assert_eq!(desk.ask(then).await.unwrap().total, organization.people);
    assert_eq!(
        desk.ask(who(Source::Mirror, &filter)).await.unwrap().total,
        0
    );
    let never = desk.read(Face::Text, r#"org:"Apotheek Nergens""#).await;
    assert_eq!(never.problems.len(), 1);
}

#[tokio::test]
async fn a_name_of_an_organization_that_is_not_seen_any_more_is_possible() {
    let (simulator, between, desk) = watched(300, false).await;
    desk.sync().await;
    let gone = simulator
        .organizations()
        .max_by_key(|own| own.people)
        .unwrap();
    let others = simulator.organizations().filter(|own| own.id != gone.id);
    let others = others.map(|own| json!({"id": own.id, "name": own.name}));
    between.answer(&[ORGANIZATIONS], 200, answer_of(others.collect()));
    desk.sync().await;
    let text = json!({"muster.organizationName": {"is": gone.name}}).to_string();
    let read = desk.read(Face::Json, &text).await;
    let others_so = simulator
        .organizations()
        .filter(|own| own.id != gone.id && own.name == gone.name)
        .map(|own| own.people)
        .sum::<u64>();
    assert_eq!(read.problems, []);
    for source in [Source::Mirror, Source::Live] {
        let found = desk
            .ask(who(source, &read.criteria.as_ref().unwrap().to_json()))
            .await;
        let found = found.unwrap();
        assert_eq!(
            (found.total, found.possible),
            (others_so, gone.people),
            "{source:?}"
        );
    }
}

#[tokio::test]
async fn live_an_organization_has_the_name_that_the_vendor_gives_it_now() {
    let (simulator, between, desk) = watched(300, false).await;
    desk.sync().await;
    let organization = simulator
        .organizations()
        .max_by_key(|own| own.people)
        .unwrap();
    let name = "Nieuwe Naam";
    between.answer(
        &[ORGANIZATIONS],
        200,
        renamed(&simulator, organization.id, name),
    );
    let new = json!({"muster.organizationName": {"contains": "nieuwe na"}});
    let found = desk.ask(who(Source::Live, &new)).await.unwrap();
    assert_eq!(
        found.total, organization.people,
        "though the mirror knows no such name"
    );
    let row = &found.rows[0];
    assert_eq!(row.organization.as_ref().unwrap().name, name);
    let none = desk.ask(who(Source::Mirror, &new)).await.unwrap();
    assert_eq!((none.total, none.possible), (0, 0));

    let old = json!({"muster.organizationName": {"is": organization.name}});
    let before = desk.ask(who(Source::Mirror, &old)).await.unwrap().total;
    let now = desk.ask(who(Source::Live, &old)).await.unwrap().total;
    assert_eq!(before - now, organization.people);

    for (filter, truth) in [(&new, Truth::Yes), (&old, Truth::No)] {
        let asked = who(Source::Live, filter);
        let explained = desk
            .engine
            .explain_person(&desk.connection, asked, row.person.id)
            .await
            .unwrap();
        assert_eq!(
            explained.truth, truth,
            "the explanation says what the list says"
        );
        let value = explained.tree.unwrap().value;
        assert_eq!(value, Some(Fact::Known(name.to_owned())));
    }
}

#[tokio::test]
async fn live_the_vendor_is_believed_before_what_was_learnt_of_a_role() {
    let (simulator, between, desk) = watched(300, true).await;
    let with = |role: Role| simulator.people().filter(move |own| own.role == role);
    let manager = with(Role::OrganizationManager).next().unwrap();
    // The mirror learns of another role than the vendor has afterwards.
    let others = with(Role::OrganizationManager).skip(1).map(person_json);
    between.answer(
        &[&asks_for(&Role::OrganizationManager)],
        200,
        answer_of(others.collect()),
    );
    let mut resellers: Vec<_> = with(Role::Reseller).collect();
    resellers.push(manager.clone());
    resellers.sort_by_key(|own| own.id);
    let resellers = resellers.into_iter().map(person_json);
    between.answer(
        &[&asks_for(&Role::Reseller)],
        200,
        answer_of(resellers.collect()),
    );
    let sync = desk.sync().await;
    between.pass_all();
    let id = PersonId::try_from(manager.id).unwrap();
    let kept = desk
        .engine
        .person(&desk.connection, Source::Mirror, None, id);
    assert_eq!(kept.await.unwrap().found.role, Fact::Known(Role::Reseller));

    let is = json!({"role": "organization_manager"});
    let role_of = async |filter: &Value| {
        let rows = desk.ask(who(Source::Live, filter)).await.unwrap().rows;
        let row = rows.into_iter().find(|row| row.person.id == id).unwrap();
        (row.role, row.role_learned_at)
    };
    let (role, at) = role_of(&is).await;
    assert_eq!(role, Fact::Known(Role::OrganizationManager));
    assert!(at.unwrap() >= sync.finished_at);
    let and_local = json!({"and": [is, {"muster.state": {"role": "any"}}]});
    assert_eq!(
        role_of(&and_local).await.0,
        Fact::Known(Role::OrganizationManager)
    );
    let is_not = json!({"not": {"role": "reseller"}});
    assert_eq!(
        role_of(&is_not).await,
        (Fact::Unknown, None),
        "what was learnt is refuted"
    );

    for (filter, truth) in [
        (&is, Truth::Yes),
        (&and_local, Truth::Yes),
        (&is_not, Truth::Yes),
        (&json!({"role": "reseller"}), Truth::No),
        (&json!({"role": "software_developer"}), Truth::No),
    ] {
        between.sent.lock().unwrap().clear();
        let explained = desk
            .engine
            .explain_person(&desk.connection, who(Source::Live, filter), id)
            .await
            .unwrap();
        assert_eq!(explained.truth, truth, "{filter}");
        let requests = between.sent().matches("POST ").count();
        assert!(requests <= 7, "{requests} requests for {filter}");
    }
}

#[tokio::test]
async fn somebody_who_is_missing_is_not_told_to_be_in_the_list() {
    let simulator = vendor(300, false).await;
    let desk = desk(&simulator).await;
    let first = desk.sync().await;
    let _fewer = replaced(simulator, options(200, false)).await;
    desk.sync().await;
    let absent = json!({"muster.seen": "missing"});
    let missing = desk.ask(who(Source::Mirror, &absent)).await.unwrap().rows;
    let person = &missing[0].person;
    let filter = json!({"muster.name": {"is": person.name}});
    let listed = async |who: Who| desk.ids(who).await.contains(&person.id.get());
    let explain = async |who: Who| {
        let explaining = desk.engine.explain_person(&desk.connection, who, person.id);
        explaining.await.unwrap()
    };
    for criteria in [Some(&filter), None] {
        let asked = Who {
            filter: criteria.map(Value::to_string),
            ..Who::everybody(Source::Mirror)
        };
        assert!(!listed(asked.clone()).await);
        let explained = explain(asked.clone()).await;
        assert_eq!((explained.truth, explained.exclude), (Truth::No, None));
        let tree = explained.tree.unwrap();
        let said = tree.parts.last().unwrap_or(&tree);
        assert_eq!(said.clause, Some(Clause::Seen(News::Present)), "why");
        assert_eq!(said.value, Some(Fact::Known("missing".to_owned())));
        let last = explained.last_match.unwrap();
        assert_eq!(last.id, first.id, "the last sync with them");

        let before = desk.ids(asked).await;
        let edited = explained.include.unwrap().result.to_json();
        let mut with = before.clone();
        with.push(person.id.get());
        with.sort_unstable();
        assert_eq!(
            desk.ids(who(Source::Mirror, &edited)).await,
            with,
            "nobody else"
        );
        assert_eq!(
            explain(who(Source::Mirror, &edited)).await.truth,
            Truth::Yes
        );
    }
    for seen in [Seen::Missing, Seen::All] {
        let asked = Who {
            seen,
            ..who(Source::Mirror, &filter)
        };
        assert!(listed(asked.clone()).await);
        let explained = explain(asked).await;
        assert_eq!(explained.truth, Truth::Yes);
        let syncs = (
            explained.first_match.unwrap().id,
            explained.last_match.unwrap().id,
        );
        let expected = match seen {
            Seen::Missing => (first.id + 1, first.id + 1),
            _ => (first.id, first.id + 1),
        };
        assert_eq!(syncs, expected, "{seen:?}");
    }
    let asked = json!({"and": [filter, {"muster.seen": "new"}]});
    let edit = explain(who(Source::Mirror, &asked)).await.include.unwrap();
    assert!(
        listed(who(Source::Mirror, &edit.result.to_json())).await,
        "without what is asked of the last sync they would not be found: {edit:?}"
    );
}

#[tokio::test]
async fn a_page_that_was_kept_does_not_say_that_there_is_a_way_to_the_vendor() {
    let simulator = vendor(600, false).await;
    let desk = desk(&simulator).await;
    desk.sync().await;
    let filter = json!({"muster.name": {"contains": "a"}});
    let page = async |offset| {
        let question = PeopleQuestion {
            who: who(Source::Live, &filter),
            sort: Vec::new(),
            window: Window::Rows { offset, limit: 50 },
            remember: None,
        };
        desk.engine.people(&desk.connection, question).await
    };
    page(0).await.unwrap();
    simulator.stop().await;
    desk.engine
        .test_connection(&desk.connection)
        .await
        .unwrap_err();
    assert!(
        !page(50).await.unwrap().rows.is_empty(),
        "from the same answer"
    );
    let connection = desk.engine.connection(&desk.connection).await.unwrap();
    assert!(
        matches!(connection.link, Link::Error { .. }),
        "{:?}",
        connection.link
    );
    page(0).await.unwrap_err();
}
