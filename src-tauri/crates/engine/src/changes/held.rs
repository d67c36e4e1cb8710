//! Secrets that are on their way: passwords that were typed or made, and keys that the vendor has
//! just made. They are in memory alone, and gone when the app ends.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use muster_directory::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{Error, Result};

/// A secret of something that is wanted.
#[derive(Debug, Clone)]
pub struct GivenSecret {
    /// The place of what is wanted, from 0.
    pub index: usize,
    /// The path of the field: `password`
    pub path: String,
    /// None: a strong one is made.
    pub secret: Option<SecretString>,
}

/// A secret that is held for a step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldSecret {
    /// The path of the field: `password`, or `secret` of a key that was made.
    pub path: String,
    /// Somebody has it besides Muster: it was typed, or handed over.
    pub taken: bool,
}

/// Secrets of a plan that nobody has yet: they were made, and neither copied nor kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Untaken {
    /// How many.
    pub count: u64,
    /// The first step with one, from 1.
    pub first: Option<u64>,
}

/// Under this name the secret of a key that was made is held.
pub(super) const SECRET: &str = "secret";

/// Of which step of which plan, at which path.
type Place = (Uuid, u64, String);

/// A secret that is held.
#[derive(Debug)]
struct Kept {
    secret: SecretString,
    /// Somebody has it besides Muster: it was typed, or handed over.
    taken: bool,
    /// The vendor has it: nothing is sent with it any more.
    sent: bool,
}

/// How many secrets would be gone with the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Loss {
    /// Secrets of new keys that nobody has.
    pub keys: u64,
    /// Passwords that were made and that nobody has.
    pub made: u64,
    /// Passwords that somebody has, of steps that were not sent.
    pub unsent: u64,
}

/// Secrets that are on their way. Each is forgotten once the vendor and somebody have it.
#[derive(Debug, Default)]
pub(crate) struct Held(Mutex<HashMap<Place, Kept>>);

impl Held {
    fn lock(&self) -> MutexGuard<'_, HashMap<Place, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds what a step is sent with; `taken`: somebody has it.
    pub fn put(&self, plan: Uuid, step: u64, path: &str, secret: SecretString, taken: bool) {
        let kept = Kept {
            secret,
            taken,
            sent: false,
        };
        self.lock().insert((plan, step, path.to_owned()), kept);
    }

    /// Holds what the vendor has made, which nobody has yet.
    pub fn put_made(&self, plan: Uuid, step: u64, path: &str, secret: SecretString) {
        let kept = Kept {
            secret,
            taken: false,
            sent: true,
        };
        self.lock().insert((plan, step, path.to_owned()), kept);
    }

    pub fn get(&self, plan: Uuid, step: u64, path: &str) -> Option<SecretString> {
        let held = self.lock();
        let kept = held.get(&(plan, step, path.to_owned()));
        kept.map(|kept| kept.secret.clone())
    }

    /// Somebody has taken it; whether it is forgotten with that.
    pub fn take(&self, plan: Uuid, step: u64, path: &str) -> bool {
        self.change(plan, step, path, |kept| kept.taken = true)
    }

    /// The vendor has it.
    pub fn sent(&self, plan: Uuid, step: u64, path: &str) {
        self.change(plan, step, path, |kept| kept.sent = true);
    }

    fn change(&self, plan: Uuid, step: u64, path: &str, change: impl Fn(&mut Kept)) -> bool {
        let place = (plan, step, path.to_owned());
        let mut held = self.lock();
        let is_over = held.get_mut(&place).is_some_and(|kept| {
            change(kept);
            kept.taken && kept.sent
        });
        if is_over {
            held.remove(&place);
        }
        is_over
    }

    /// What is held for a step, by its path.
    pub fn of_step(&self, plan: Uuid, step: u64) -> Vec<HeldSecret> {
        let held = self.lock();
        let of_step = held
            .iter()
            .filter(|((own, no, _), _)| (*own, *no) == (plan, step));
        let mut all: Vec<_> = of_step
            .map(|((.., path), kept)| HeldSecret {
                path: path.clone(),
                taken: kept.taken,
            })
            .collect();
        all.sort();
        all
    }

    /// The secrets of a plan that nobody has.
    pub fn untaken(&self, plan: Uuid) -> Untaken {
        let mut untaken = Untaken::default();
        for ((own, step, _), kept) in self.lock().iter() {
            if *own == plan && !kept.taken {
                untaken.count += 1;
                untaken.first = Some(untaken.first.map_or(*step, |first| first.min(*step)));
            }
        }
        untaken
    }

    /// Whether somebody has a secret of a plan.
    pub fn is_taken(&self, plan: Uuid, secret: &SecretString) -> bool {
        let held = self.lock();
        let mut of_plan = held.iter().filter(|((own, ..), _)| *own == plan);
        !of_plan
            .any(|(_, kept)| !kept.taken && kept.secret.expose_secret() == secret.expose_secret())
    }

    /// Forgets of a plan what is not sent any more. What the vendor has and nobody else stays.
    pub fn forget_plan(&self, plan: Uuid) {
        let stays = |kept: &Kept| kept.sent && !kept.taken;
        self.lock()
            .retain(|(own, ..), kept| *own != plan || stays(kept));
    }

    /// Forgets everything of some plans.
    pub fn forget_all(&self, plans: &[Uuid]) {
        self.lock().retain(|(own, ..), _| !plans.contains(own));
    }

    /// What would be gone with the app.
    pub fn loss(&self) -> Loss {
        let mut loss = Loss::default();
        for ((.., path), kept) in self.lock().iter() {
            match (kept.taken, path == SECRET) {
                (true, _) => loss.unsent += 1,
                (false, true) => loss.keys += 1,
                (false, false) => loss.made += 1,
            }
        }
        loss
    }
}

/// A password that nobody guesses: 20 letters and digits without those that look alike, which is
/// more than 110 bits, in groups that can be read aloud.
pub(super) fn strong_password() -> Result<SecretString> {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    const GROUPS: usize = 4;
    const GROUP: usize = 5;
    // Beyond the last whole multiple, some letters would come more often than others.
    const FAIR: usize = 256 / LETTERS.len() * LETTERS.len();
    let mut letters = Vec::with_capacity(GROUPS * GROUP);
    while letters.len() < GROUPS * GROUP {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| Error::Defect(format!("no random numbers: {error}")))?;
        let fair = bytes.iter().map(|byte| usize::from(*byte));
        let fair = fair.filter(|byte| *byte < FAIR);
        letters.extend(fair.map(|byte| char::from(LETTERS[byte % LETTERS.len()])));
    }
    let groups: Vec<String> = letters[..GROUPS * GROUP]
        .chunks(GROUP)
        .map(|group| group.iter().collect())
        .collect();
    Ok(SecretString::from(groups.join("-")))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn passwords_are_long_and_never_the_same() {
        let made: HashSet<_> = (0..1_000)
            .map(|_| strong_password().unwrap().expose_secret().to_owned())
            .collect();
        assert_eq!(made.len(), 1_000);
        assert!(made.iter().all(|password| password.len() == 23));
        let letters: HashSet<_> = made.iter().flat_map(|password| password.chars()).collect();
        assert_eq!(letters.len(), 56 + 1, "every letter comes, and the dash");
    }

    const PLAN: Uuid = Uuid::from_u128(1);

    fn paths(held: &Held, step: u64) -> Vec<String> {
        let all = held.of_step(PLAN, step).into_iter();
        all.map(|own| own.path).collect()
    }

    #[test]
    fn a_typed_secret_is_held_until_it_is_sent() {
        let held = Held::default();
        held.put(PLAN, 1, "password", "a".into(), true);
        assert!(!held.take(PLAN, 1, "password"), "it is still to be sent");
        assert_eq!(held.get(PLAN, 1, "password").unwrap().expose_secret(), "a");
        held.sent(PLAN, 1, "password");
        assert!(held.get(PLAN, 1, "password").is_none());
    }

    #[test]
    fn what_nobody_has_outlives_its_sending_and_its_plan() {
        let held = Held::default();
        held.put(PLAN, 1, "password", "a".into(), false);
        held.put(PLAN, 2, "password", "b".into(), false);
        held.put_made(PLAN, 3, SECRET, "c".into());
        let untaken = held.untaken(PLAN);
        assert_eq!((untaken.count, untaken.first), (3, Some(1)));
        held.sent(PLAN, 1, "password");
        held.forget_plan(PLAN);
        assert_eq!(paths(&held, 1), ["password"]);
        assert!(paths(&held, 2).is_empty(), "it is sent no more");
        assert!(held.take(PLAN, 1, "password") && held.take(PLAN, 3, SECRET));
        assert_eq!(held.loss(), Loss::default());
    }

    #[test]
    fn what_would_be_gone_with_the_app_is_counted_by_its_kind() {
        let held = Held::default();
        held.put(PLAN, 1, "password", "a".into(), true);
        held.put(PLAN, 2, "password", "b".into(), false);
        held.put_made(PLAN, 3, SECRET, "c".into());
        let all = Loss {
            keys: 1,
            made: 1,
            unsent: 1,
        };
        assert_eq!(held.loss(), all);
        held.forget_all(&[PLAN]);
        assert_eq!(held.loss(), Loss::default());
    }
}
