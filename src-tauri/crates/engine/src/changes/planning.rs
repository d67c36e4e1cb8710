//! From what is wanted to a sealed plan, by what the mirror, the ledger and the rules say. Contacts
//! nobody.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use muster_directory::{
    ActKind, ExposeSecret, Fact, Field, FieldKind, OrganizationId, PersonId, Platform, Role,
    SecretString, Target, Thing, Values, Violation,
    permission::{Answer, VendorRules},
    plan::{
        Allowed, Base, Context, DecidingRow, FORMAT, Intent, Made, Permitted, Plan, PlanHeader,
        Problem, Step, make_all, requests, seconds,
    },
    said::Said,
};
use muster_mirror::{
    ConnectionRecord, Ledger, PlanRecord, PlanState, Presence, Witnesses, WrittenRecord,
};
use muster_vendor::medipim::base_values;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    held::{GivenSecret, strong_password},
    kinds,
    plans::plan_id,
    reach::is_listed_before,
};
use crate::{
    Change, Engine, Error, Result,
    access::{base_url, platform},
    activity::{self, Entry, Kind, What, account},
    clock,
    engine::blocking,
    given_name,
    may::{Asker, MayAnswer, MayQuestion, Whom},
};

/// Requests a minute a key `[V]`.
const A_MINUTE: u64 = 100;

/// What somebody wants to be planned.
#[derive(Debug, Clone, Default)]
pub struct PlanWish {
    /// What the plan is called.
    pub title: String,
    /// What is wanted.
    pub intents: Vec<Intent>,
    /// Secrets of what is wanted.
    pub secrets: Vec<GivenSecret>,
    /// Plan what can be planned, and leave out what is wrong.
    pub partly: bool,
    /// The plan that this one undoes.
    pub undoes: Option<Uuid>,
    /// The plan that this one takes the place of, as it stood when it was read.
    pub replaces: Option<PlanRecord>,
}

/// What became of a wish.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The plan; none if something is wrong, or nothing is to be done.
    pub plan: Option<PlanRecord>,
    /// What cannot be planned, and why.
    pub problems: Vec<Problem>,
    /// The places of what is so already.
    pub unchanged: Vec<usize>,
}

impl Engine {
    /// Makes a plan and keeps it; nothing is sent.
    pub async fn make_plan(&self, connection: &str, wish: PlanWish) -> Result<Planned> {
        let record = self.record(connection).await?;
        let (engine, own) = (self.clone(), record.clone());
        let planned = blocking(move || engine.plan_by_mirror(&own, wish)).await?;
        if let Some(plan) = &planned.plan {
            self.note_plan(&record, Kind::PlanMade, plan).await;
            self.events.changed(Change::Plans, Some(connection));
        }
        Ok(planned)
    }

    /// Notes that something became of a plan.
    pub(super) async fn note_plan(&self, record: &ConnectionRecord, kind: Kind, plan: &PlanRecord) {
        let title = Some(plan.header.title.clone());
        let target = activity::Target::new(What::Plan, Some(plan.id.to_string()), title);
        let detail = json!({ "seal": plan.seal, "steps": plan.header.steps });
        self.note_after(record, Entry::done(kind, target, detail))
            .await;
    }

    /// What is wrong with what somebody types, and what would be done; nothing is kept.
    pub async fn check_intents(&self, connection: &str, intents: Vec<Intent>) -> Result<Made> {
        let record = self.record(connection).await?;
        let engine = self.clone();
        blocking(move || {
            let ledger = Ledger::open(&engine.profile.ledger_path(record.id))?;
            let known = Known::read(&engine, &record, &ledger, &intents)?;
            Ok(make_all(&intents, &known))
        })
        .await
    }

    fn plan_by_mirror(&self, record: &ConnectionRecord, mut wish: PlanWish) -> Result<Planned> {
        let title = given_name::checked(&wish.title, "plan")?;
        let ledger = Ledger::open(&self.profile.ledger_path(record.id))?;
        for given in &wish.secrets {
            let intent = wish.intents.get_mut(given.index).ok_or_else(|| {
                let message = "a secret is given for something that is not wanted";
                Violation::new("secrets", said(message, "secret_for_nothing"))
            })?;
            if !intent.secrets.contains(&given.path) {
                intent.secrets.push(given.path.clone());
            }
        }
        let known = Known::read(self, record, &ledger, &wish.intents)?;
        known.name_all(&mut wish.intents);
        let mut made = make_all(&wish.intents, &known);
        made.problems
            .extend(known.check_secrets(&wish.intents, &wish.secrets));
        made.problems.sort_by_key(|problem| problem.index);
        let is_wrong = !made.problems.is_empty() && !wish.partly;
        if is_wrong || made.steps.is_empty() {
            return Ok(Planned {
                plan: None,
                problems: made.problems,
                unchanged: made.unchanged,
            });
        }
        let header = self.header(record, &known, &title, &made.steps, wish.undoes)?;
        let plan =
            Plan::sealed(header, made.steps).map_err(|error| Error::Defect(error.to_string()))?;
        let kept = kept(&plan)?;
        if !ledger.keep_plan(&kept, &plan, wish.replaces.as_ref())? {
            return Err(Error::Busy("the plan stands otherwise by now"));
        }
        self.hold(kept.id, &plan.steps, &wish)?;
        Ok(Planned {
            plan: Some(kept),
            problems: made.problems,
            unchanged: made.unchanged,
        })
    }

    fn header(
        &self,
        record: &ConnectionRecord,
        known: &Known<'_>,
        title: &str,
        steps: &[Step],
        undoes: Option<Uuid>,
    ) -> Result<PlanHeader> {
        let host = host(record)?;
        let listed = steps.iter().filter(|step| is_listed_before(&step.kind));
        let requests = requests(steps) + listed.count() as u64;
        Ok(PlanHeader {
            format: FORMAT,
            id: Uuid::new_v4().to_string(),
            title: title.to_owned(),
            vendor: record.vendor.clone(),
            host,
            key_id: record.key_id.get(),
            connection: record.name.clone(),
            made_at: clock::now(),
            made_by: account().to_owned(),
            role: self
                .known_actor(record)?
                .role
                .map(|role| role.as_str().to_owned()),
            base_sync: known.sync.map(|(id, _)| id),
            steps: steps.len() as u64,
            requests,
            seconds: seconds(requests, A_MINUTE),
            takes_away: steps.iter().filter(|step| step.takes_away).count() as u64,
            undoes: undoes.map(|id| id.to_string()),
        })
    }

    /// Keeps the secrets of a plan in memory, by its steps.
    fn hold(&self, plan: Uuid, steps: &[Step], wish: &PlanWish) -> Result<()> {
        for given in &wish.secrets {
            let intent = &wish.intents[given.index];
            let is_its = |step: &&Step| {
                step.kind == intent.kind
                    && step.target == intent.target
                    && step.line == intent.line
                    && step.values() == intent.values
            };
            let Some(step) = steps.iter().find(is_its) else {
                continue;
            };
            // What was made for the plan that this one replaces may still be nobody's.
            let replaced = wish.replaces.as_ref();
            let (secret, taken) = match &given.secret {
                Some(secret) => {
                    let is_taken = |old: &PlanRecord| self.held.is_taken(old.id, secret);
                    (secret.clone(), replaced.is_none_or(is_taken))
                }
                None => (strong_password()?, false),
            };
            self.held.put(plan, step.no, &given.path, secret, taken);
        }
        Ok(())
    }
}

/// The server that plans of a connection are for.
pub(super) fn host(record: &ConnectionRecord) -> Result<String> {
    Ok(match record.practice {
        true => "practice".to_owned(),
        false => base_url(record)?.host_str().unwrap_or_default().to_owned(),
    })
}

/// A plan as it is kept that was never begun.
pub(super) fn kept(plan: &Plan) -> Result<PlanRecord> {
    Ok(PlanRecord {
        id: plan_id(&plan.header.id)?,
        header: plan.header.clone(),
        seal: plan.seal.clone(),
        state: PlanState::Made,
        position: None,
        changed_at: plan.header.made_at,
        replaced_by: None,
    })
}

/// What is known while a plan is made.
pub(crate) struct Known<'a> {
    ledger: &'a Ledger,
    asker: Asker,
    kinds: Vec<ActKind>,
    platform: Platform,
    witnesses: Witnesses,
    /// The last sync: its id, and when it finished.
    sync: Option<(i64, i64)>,
    /// What the rules have said, by what was asked.
    said: Mutex<HashMap<Asked, Vec<Allowed>>>,
}

/// What decides what the rules say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Asked {
    actions: Vec<String>,
    person: Option<PersonId>,
    organization: Option<OrganizationId>,
    gives: Option<Role>,
}

impl<'a> Known<'a> {
    pub(crate) fn read(
        engine: &'a Engine,
        record: &'a ConnectionRecord,
        ledger: &'a Ledger,
        intents: &[Intent],
    ) -> Result<Self> {
        let mirror = engine.mirror(record.id)?;
        let (people, organizations) = mentioned(intents);
        Ok(Self {
            witnesses: mirror.witnesses(&people, &organizations)?,
            sync: mirror
                .state()?
                .last_sync
                .map(|sync| (sync.id, sync.finished_at)),
            kinds: kinds(record)?,
            platform: platform(record)?,
            asker: engine.asker(record, &mirror)?,
            ledger,
            said: Mutex::default(),
        })
    }

    /// What a target is called, as far as the last sync told.
    pub(crate) fn name_of(&self, target: &Target) -> Option<String> {
        match target.thing {
            Thing::Person => self.person(target).map(|found| found.person.name.clone()),
            Thing::Organization => {
                let id = OrganizationId::try_from(target.id.parse::<u64>().ok()?).ok()?;
                self.witnesses.organization(id).map(|own| own.name.clone())
            }
            Thing::ApiKey => None,
        }
    }

    /// Gives those targets a name that have none.
    fn name_all(&self, intents: &mut [Intent]) {
        let targets = intents
            .iter_mut()
            .filter_map(|intent| intent.target.as_mut());
        for target in targets.filter(|target| target.name.is_empty()) {
            target.name = self.name_of(target).unwrap_or_default();
        }
    }

    /// The role of a person, as far as the mirror knows; none if it does not know the person.
    pub(super) fn role_of(&self, target: &Target) -> Option<Fact<&Role>> {
        Some(self.person(target)?.role.as_ref())
    }

    /// When the last sync finished, Unix seconds.
    pub(super) fn synced_at(&self) -> Option<i64> {
        self.sync.map(|(_, at)| at)
    }

    fn ask(&self, asked: &Asked) -> Result<Vec<Allowed>> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = said.get(asked) {
            return Ok(known.clone());
        }
        let question = MayQuestion {
            actions: asked.actions.clone(),
            role: None,
            person: asked.person,
            organization: asked.organization,
            gives: asked.gives.clone(),
        };
        let seen = |id| (id, self.witnesses.organization(id).is_some());
        let whom = Whom::known(
            asked
                .person
                .map(|id| (id, self.witnesses.person(id).cloned())),
            asked.organization.map(seen),
        );
        let answers = self.asker.may(&question, whom)?;
        let rules = self.asker.rules();
        let allowed: Vec<_> = answers.iter().map(|own| allowed(own, rules)).collect();
        said.insert(asked.clone(), allowed.clone());
        Ok(allowed)
    }

    fn person(&self, target: &Target) -> Option<&muster_mirror::PersonFound> {
        self.witnesses.person(person_id(target)?)
    }

    /// What was written before.
    fn written(&self, target: &Target) -> Vec<WrittenRecord> {
        let written = self.ledger.written(target.thing, &target.id);
        written.unwrap_or_else(|error| {
            tracing::warn!(%error, "what was written before is not known");
            Vec::new()
        })
    }

    fn check_secrets(&self, intents: &[Intent], secrets: &[GivenSecret]) -> Vec<Problem> {
        let problem = |given: &GivenSecret| {
            let intent = intents.get(given.index)?;
            let field = self.kind(&intent.kind)?.field(&given.path);
            let message = match field.map(|field| &field.kind) {
                Some(FieldKind::Password { least }) => too_short(given.secret.as_ref()?, *least)?,
                _ => said("is no secret of this act", "no_secret"),
            };
            Some(Problem {
                index: given.index,
                line: intent.line,
                violations: vec![Violation::new(given.path.clone(), message)],
            })
        };
        secrets.iter().filter_map(problem).collect()
    }

    fn check_organization(&self, id: &Value) -> Option<Violation> {
        let id = OrganizationId::try_from(id.as_u64()?).ok()?;
        self.sync?;
        let is_seen = self.witnesses.organization(id).is_some();
        (!is_seen).then(|| {
            let message = format!("this key saw no organization {id} at the last sync");
            let said = Said::new(message, "organization_unseen", vec![("id", id.to_string())]);
            Violation::new("organization", said)
        })
    }

    fn check_person(&self, target: &Target) -> Option<Violation> {
        self.sync?;
        let (message, code) = match self.person(target) {
            Some(found) if found.presence == Presence::Present => return None,
            Some(_) => (
                "the last sync did not return this person any more",
                "person_gone",
            ),
            None if self.is_ours(target) => return None,
            None => (
                "this key saw nobody with this id at the last sync",
                "person_unseen",
            ),
        };
        Some(Violation::new("target", said(message, code)))
    }

    /// Whether we have made it ourselves, so that it is there although no sync has returned it yet.
    fn is_ours(&self, target: &Target) -> bool {
        self.ledger
            .written(target.thing, &target.id)
            .is_ok_and(|written| !written.is_empty())
    }
}

impl Context for Known<'_> {
    fn kind(&self, id: &str) -> Option<&ActKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    fn base(&self, _: &ActKind, target: &Target) -> Option<Base> {
        let as_of = self.sync.map_or(0, |(_, at)| at);
        let (told, updated_at) = match target.thing {
            Thing::Person => {
                let found = self.person(target)?;
                (
                    base_values(self.platform, &found.person),
                    found.person.meta.updated_at,
                )
            }
            Thing::Organization => {
                let id = OrganizationId::try_from(target.id.parse::<u64>().ok()?).ok()?;
                let found = self.witnesses.organization(id)?;
                (base_values(self.platform, found), Fact::Unknown)
            }
            Thing::ApiKey => (Values::new(), Fact::Unknown),
        };
        Some(with_written(
            Base {
                updated_at,
                values: told,
                as_of,
            },
            target.thing,
            self.written(target),
        ))
    }

    fn allowed(&self, kind: &ActKind, intent: &Intent) -> Vec<Allowed> {
        let value = |path: &str| intent.values.get(path);
        let asked = Asked {
            actions: kind
                .permissions(&intent.values)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            person: intent
                .target
                .as_ref()
                .filter(|target| target.thing == Thing::Person)
                .and_then(person_id),
            organization: value("organization")
                .and_then(Value::as_u64)
                .and_then(|id| OrganizationId::try_from(id).ok()),
            gives: value("role")
                .and_then(Value::as_str)
                .map(|role| Role::from(role.to_owned())),
        };
        match self.ask(&asked) {
            Ok(allowed) => allowed,
            Err(error) => {
                tracing::warn!(%error, "what the rules say is not known");
                Vec::new()
            }
        }
    }

    fn violations(&self, kind: &ActKind, intent: &Intent) -> Vec<Violation> {
        let mut found = Vec::new();
        let is_organization = |field: &&Field| field.kind == FieldKind::Organization;
        for field in kind.fields.iter().filter(is_organization) {
            found.extend(
                intent
                    .values
                    .get(field.path)
                    .and_then(|id| self.check_organization(id)),
            );
        }
        if let Some(target) = &intent.target {
            match target.thing {
                Thing::Person if person_id(target).is_none() => {
                    let wrong = said("expected the id of a person", "not_person");
                    found.push(Violation::new("target", wrong));
                }
                Thing::Person => found.extend(self.check_person(target)),
                Thing::Organization | Thing::ApiKey => {}
            }
        }
        found
    }
}

/// How something stands by what the vendor told at the last sync and by what was written: what
/// nobody has touched since, and, of a person, what was written after that sync.
fn with_written(told: Base, thing: Thing, written: Vec<WrittenRecord>) -> Base {
    let synced = told.updated_at.known().copied();
    let later = written.iter().filter_map(|own| own.version).max();
    let later = later.filter(|at| synced.is_some_and(|synced| *at > synced));
    let updated_at = later.map_or(told.updated_at, Fact::Known);
    let mut values = told.values;
    for own in written {
        let stands = match thing {
            // The vendor keeps no time of it.
            Thing::ApiKey | Thing::Organization => true,
            Thing::Person => own.version.is_some() && own.version == updated_at.known().copied(),
        };
        if later.is_some() && own.version > synced && values.contains_key(&own.path) {
            values.insert(own.path, own.value);
        } else if stands {
            values.entry(own.path).or_insert(own.value);
        }
    }
    Base {
        updated_at,
        values,
        as_of: told.as_of,
    }
}

/// The people and organizations that are mentioned in what is wanted.
fn mentioned(intents: &[Intent]) -> (Vec<PersonId>, Vec<OrganizationId>) {
    let targets = || intents.iter().filter_map(|intent| intent.target.as_ref());
    let people = targets().filter_map(person_id).collect();
    let named = intents
        .iter()
        .filter_map(|intent| intent.values.get("organization")?.as_u64());
    let organizations = targets()
        .filter(|target| target.thing == Thing::Organization)
        .filter_map(|target| target.id.parse().ok())
        .chain(named)
        .filter_map(|id: u64| OrganizationId::try_from(id).ok())
        .collect();
    (people, organizations)
}

pub(super) fn person_id(target: &Target) -> Option<PersonId> {
    let is_person = target.thing == Thing::Person;
    let id = target.id.parse::<u64>().ok().filter(|_| is_person)?;
    PersonId::try_from(id).ok()
}

pub(super) fn too_short(secret: &SecretString, least: usize) -> Option<Said> {
    let short = secret.expose_secret().chars().count() < least;
    short.then(|| {
        let message = format!("at least {least} characters");
        Said::new(message, "too_short", vec![("least", least.to_string())])
    })
}

pub(super) fn said(message: &str, code: &'static str) -> Said {
    Said::new(message.to_owned(), code, Vec::new())
}

/// What the rules say, as a plan keeps it: whoever reads the plan may have other rules, or none.
fn allowed(said: &MayAnswer, rules: &VendorRules) -> Allowed {
    let title = |letter: &str| {
        let found = rules.source(letter);
        found.map_or(letter, |source| &source.title).to_owned()
    };
    let rows = match said.answer {
        Some(_) => said
            .applied
            .iter()
            .flat_map(|own| &own.ruling.rows)
            .collect(),
        None => Vec::new(),
    };
    Allowed {
        action: said.action.clone(),
        answer: match said.answer {
            Some(Answer::Yes) => Permitted::Yes,
            Some(Answer::DependsOnScope) => Permitted::DependsOnScope,
            Some(Answer::Contested) => Permitted::Contested,
            Some(Answer::Undocumented) | None => Permitted::Undocumented,
            Some(Answer::No | Answer::OutsideScope | Answer::OtherRoleOnly) => Permitted::No,
        },
        rows: rows
            .into_iter()
            .map(|row| DecidingRow {
                role: row.role.clone(),
                action: row.action.clone(),
                verdict: row.verdict.name().to_owned(),
                scope: row.scope.name().to_owned(),
                source: title(&row.source),
            })
            .collect(),
    }
}
