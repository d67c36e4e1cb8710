//! What is to be known of steps before they are sent.

use super::{Permitted, Step};

/// Something that is to be known of a step before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It takes access away.
    TakesAway,
    /// Nothing of it can be taken back.
    Final,
    /// Something of it cannot be taken back.
    PartlyFinal,
    /// The vendor's endpoint is our reading only `[C]`.
    ReadingOnly,
    /// The vendor's pages contradict themselves on whether it is allowed.
    Contested,
    /// Nothing is documented of whether it is allowed, or the key's role is not known.
    Undocumented,
    /// It is allowed inside of a scope, and it is not known whether this is inside.
    ScopeUnknown,
}

impl Mark {
    /// Every mark, what weighs most first.
    pub const ALL: [Self; 7] = [
        Self::TakesAway,
        Self::Final,
        Self::PartlyFinal,
        Self::ReadingOnly,
        Self::Contested,
        Self::Undocumented,
        Self::ScopeUnknown,
    ];

    /// Whether it is to be known of this step.
    #[must_use]
    pub fn is_on(self, step: &Step) -> bool {
        match self {
            Self::TakesAway => step.takes_away,
            Self::Final => step.has_no_way_back(),
            Self::PartlyFinal => step.is_final() && !step.has_no_way_back(),
            Self::ReadingOnly => step.reading_only,
            Self::Contested => step.permitted() == Permitted::Contested,
            Self::Undocumented => step.permitted() == Permitted::Undocumented,
            Self::ScopeUnknown => step.permitted() == Permitted::DependsOnScope,
        }
    }

    /// How many of these steps have which mark; marks that none has are left out.
    #[must_use]
    pub fn count(steps: &[Step]) -> Vec<(Self, u64)> {
        let counted = Self::ALL.map(|mark| {
            let marked = steps.iter().filter(|step| mark.is_on(step));
            (mark, marked.count() as u64)
        });
        counted
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::step;
    use super::*;

    #[test]
    fn a_step_is_marked_by_the_weakest_answer_of_the_rules() {
        let mut step = step("Ann", &[("profile.name", json!("Zoe"))]);
        assert_eq!(step.permitted(), Permitted::Undocumented);
        step.takes_away = true;
        let counted = Mark::count(&[step]);
        assert!(counted.contains(&(Mark::TakesAway, 1)));
        assert!(counted.contains(&(Mark::Undocumented, 1)));
        assert!(counted.iter().all(|(mark, _)| *mark != Mark::Contested));
    }

    #[test]
    fn what_has_no_way_back_is_told_from_what_has_a_part_of_one() {
        let known = ("profile.name", json!("Zoe"));
        let unknown = ("preferences.language", json!("fr"));
        let marks = |changes: &[_]| {
            let counted = Mark::count(&[step("Ann", changes)]);
            [Mark::Final, Mark::PartlyFinal].map(|mark| counted.contains(&(mark, 1)))
        };
        assert_eq!(marks(std::slice::from_ref(&known)), [false, false]);
        assert_eq!(marks(&[known, unknown.clone()]), [false, true]);
        assert_eq!(marks(&[unknown]), [true, false]);
    }
}
