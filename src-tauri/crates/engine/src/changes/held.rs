//! Secrets that are on their way: passwords that were typed or made, and keys that the vendor has
//! just made. They are in memory alone, and gone when the app ends.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use muster_directory::SecretString;
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

/// Of which step of which plan, at which path.
type Place = (Uuid, u64, String);

/// Secrets that are on their way.
#[derive(Debug, Default)]
pub(crate) struct Held(Mutex<HashMap<Place, SecretString>>);

impl Held {
    fn lock(&self) -> MutexGuard<'_, HashMap<Place, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn put(&self, plan: Uuid, step: u64, path: &str, secret: SecretString) {
        self.lock().insert((plan, step, path.to_owned()), secret);
    }

    pub fn get(&self, plan: Uuid, step: u64, path: &str) -> Option<SecretString> {
        self.lock().get(&(plan, step, path.to_owned())).cloned()
    }

    pub fn forget(&self, plan: Uuid, step: u64, path: &str) {
        self.lock().remove(&(plan, step, path.to_owned()));
    }

    /// The paths of the secrets that are held for a step.
    pub fn paths(&self, plan: Uuid, step: u64) -> Vec<String> {
        let held = self.lock();
        let of_step = held
            .keys()
            .filter(|(own, no, _)| (*own, *no) == (plan, step));
        let mut paths: Vec<_> = of_step.map(|(.., path)| path.clone()).collect();
        paths.sort();
        paths
    }

    /// Forgets everything of a plan.
    pub fn forget_plan(&self, plan: Uuid) {
        self.lock().retain(|(own, ..), _| *own != plan);
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

    use muster_directory::ExposeSecret;

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

    #[test]
    fn a_secret_is_held_until_it_is_forgotten() {
        let held = Held::default();
        let plan = Uuid::from_u128(1);
        held.put(plan, 1, "password", "a".into());
        held.put(plan, 2, "password", "b".into());
        assert_eq!(held.get(plan, 1, "password").unwrap().expose_secret(), "a");
        assert_eq!(held.paths(plan, 2), ["password"]);
        held.forget(plan, 1, "password");
        assert!(held.get(plan, 1, "password").is_none());
        held.forget_plan(plan);
        assert!(held.paths(plan, 2).is_empty());
    }
}
