//! Questions, cold and warm.

use std::{ops::ControlFlow, path::Path};

use jiff::tz::TimeZone;
use muster_directory::{
    Calendar, Clause, Criteria, Direction, IdentifierKind, Ids, OrganizationSort, PersonLeaf,
    PersonSort, Sort,
};
use muster_mirror::{Mirror, OrganizationsQuestion, PeopleFound, PeopleQuestion, Wanted, Who};
use serde_json::json;

use crate::{
    criteria,
    figures::{Figures, time},
    population::Population,
    writing::{BEGINNING, DAY},
};

/// How often what is quick is repeated.
const RUNS: usize = 100;

/// A question with total and page, p99.
const QUESTION: Option<f64> = Some(5.0);

/// A keystroke of quick search, p99.
const KEYSTROKE: Option<f64> = Some(16.0);

/// A completion, p99.
const COMPLETION: Option<f64> = Some(50.0);

struct Measuring<'a> {
    mirror: Mirror,
    population: &'a Population,
    calendar: Calendar,
}

/// Asks everything.
pub fn measure(path: &Path, population: &Population, figures: &mut Figures) {
    let mirror = figures.once("open", None, || Mirror::open(path).unwrap());
    let own = Measuring {
        mirror,
        population,
        calendar: Calendar::at(
            BEGINNING + 6 * DAY,
            TimeZone::get("Europe/Brussels").unwrap(),
        ),
    };
    figures.memory("opened", None);
    own.first_questions(figures);
    figures.memory("after the first questions", Some(150.0));
    own.criteria(figures);
    own.searches(figures);
    figures.memory("after criteria and searches", Some(150.0));
    own.orders(figures);
    own.divisions(figures);
    own.suggestions(figures);
    own.single_people(figures);
    figures.memory("with every part of the roll", None);
    own.past(figures);
    figures.memory("with a past sync beside it", None);
    own.everybody(figures);
    figures.memory("in the end", None);
}

impl Measuring<'_> {
    fn who(&self) -> Who<'_> {
        Who::everybody(&self.calendar)
    }

    fn page<'a>(&self, who: Who<'a>) -> PeopleQuestion<'a> {
        PeopleQuestion {
            limit: 100,
            ..PeopleQuestion::count(who)
        }
    }

    fn ask(&self, question: &PeopleQuestion<'_>) -> PeopleFound {
        self.mirror.people(question).unwrap()
    }

    /// Nine other questions: the mirror keeps no more answers than eight.
    fn forget(&self, as_of: Option<i64>) {
        for number in 1..=9 {
            let ids = Ids::One(Population::id(number));
            let filter = Criteria::leaf(Clause::Vendor(PersonLeaf::Id(ids)));
            let who = Who {
                as_of,
                filter: Some(&filter),
                ..self.who()
            };
            self.ask(&PeopleQuestion::count(who));
        }
    }

    /// Nine other parts of names: of those too, the mirror keeps no more than eight.
    fn forget_names(&self) {
        for letter in "bcdghkmpq".chars() {
            let part = format!("{letter}zzz");
            let filter = criteria::read(&json!({"muster.name": {"contains": part}}));
            let who = Who {
                filter: Some(&filter),
                ..self.who()
            };
            self.ask(&PeopleQuestion::count(who));
        }
    }

    /// The same question again and again, never from the answers that are kept.
    fn anew(&self, figures: &mut Figures, what: &str, question: &PeopleQuestion<'_>) {
        let by_name = what.contains("name contains") || what.contains("every kind");
        let runs = if by_name { RUNS / 4 } else { RUNS };
        self.ask(question);
        figures.many(what, QUESTION, runs, |_| {
            self.forget(question.who.as_of);
            if by_name {
                self.forget_names();
            }
            time(|| {
                self.ask(question);
            })
        });
    }

    fn first_questions(&self, figures: &mut Figures) {
        let base = self.page(self.who());
        figures.once("first page of all, cold", Some(100.0), || self.ask(&base));
        let filter = criteria::read(&json!({"organization": 27}));
        let mut question = base;
        question.who.filter = Some(&filter);
        figures.once("first question with a filter, cold", Some(1_000.0), || {
            self.ask(&question)
        });
        let mut question = base;
        question.who.search = Some("janss");
        figures.once("first search, cold", Some(1_000.0), || self.ask(&question));
        for (what, value) in [
            ("role", json!({"role": "reseller"})),
            ("vatNr", json!({"vatNr": "BE0000000007"})),
            (
                "created",
                json!({"muster.created": {"after": "2024-01-01"}}),
            ),
            ("changed", json!({"muster.changed": {"newer": "3d"}})),
            ("seen", json!({"muster.seen": "new"})),
        ] {
            let filter = criteria::read(&value);
            let mut question = base;
            question.who.filter = Some(&filter);
            let what = format!("first question by {what}, cold");
            figures.once(&what, Some(1_000.0), || self.ask(&question));
        }
        for by in [
            PersonSort::Name,
            PersonSort::Organization,
            PersonSort::CreatedAt,
            PersonSort::Role,
            PersonSort::LastChanged,
        ] {
            let sort = [Sort {
                by,
                direction: Direction::Ascending,
            }];
            let question = PeopleQuestion {
                sort: &sort,
                ..base
            };
            let what = format!("first page by {by:?}, cold");
            figures.once(&what, Some(1_000.0), || self.ask(&question));
        }
        figures.many("state", None, RUNS, |_| {
            time(|| {
                self.mirror.state().unwrap();
            })
        });
    }

    fn criteria(&self, figures: &mut Figures) {
        for (what, filter) in criteria::all(self.population) {
            let mut base = self.page(self.who());
            base.who.filter = filter.as_ref();
            let found = self.ask(&base);
            let (total, possible) = (found.total, found.possible);
            for (which, offset) in [
                ("first", 0),
                ("middle", total / 2),
                ("last", total.saturating_sub(100)),
            ] {
                for by in [PersonSort::Id, PersonSort::Name] {
                    let sort = [Sort {
                        by,
                        direction: Direction::Descending,
                    }];
                    let question = PeopleQuestion {
                        sort: &sort,
                        offset,
                        ..base
                    };
                    let what = format!("{what}: {which} page by {by:?} ({total})");
                    self.anew(figures, &what, &question);
                }
            }
            if possible > 0 {
                let mut question = base;
                question.who.truth = Wanted::Possible;
                question.offset = possible / 2;
                let what = format!("{what}: possible, middle page ({possible})");
                self.anew(figures, &what, &question);
            }
        }
        let filter = criteria::read(&json!({"muster.name": {"contains": "jan"}}));
        let ids: Vec<_> = (1..=self.population.people)
            .step_by(7)
            .map(Population::id)
            .collect();
        let mut question = self.page(self.who());
        question.who.filter = Some(&filter);
        question.who.ids = Some(&ids);
        let what = format!("name contains, of {} ids", ids.len());
        figures.many(&what, None, RUNS, |_| {
            self.forget(None);
            time(|| {
                self.ask(&question);
            })
        });
    }

    /// Every keystroke of some words.
    fn searches(&self, figures: &mut Figures) {
        for word in [
            "janssens",
            "zoë peeters 12",
            "be0000012345",
            "0123",
            "zzzz",
            "1234567",
        ] {
            let keystrokes: Vec<&str> = word
                .char_indices()
                .map(|(at, letter)| &word[..at + letter.len_utf8()])
                .collect();
            let runs = keystrokes.len() * 10;
            let what = format!("search {word:?}, each keystroke");
            figures.many(&what, KEYSTROKE, runs, |run| {
                self.forget(None);
                self.forget_names();
                let mut question = self.page(self.who());
                question.who.search = Some(keystrokes[run % keystrokes.len()]);
                time(|| {
                    self.ask(&question);
                })
            });
        }
    }

    fn orders(&self, figures: &mut Figures) {
        let up = |by| Sort {
            by,
            direction: Direction::Ascending,
        };
        let down = |by| Sort {
            by,
            direction: Direction::Descending,
        };
        let filter = criteria::read(&json!({"not": {"organization": 1}}));
        for sort in [
            vec![up(PersonSort::Organization), up(PersonSort::Name)],
            vec![
                down(PersonSort::Role),
                up(PersonSort::Organization),
                up(PersonSort::Name),
            ],
            vec![
                down(PersonSort::LastChanged),
                up(PersonSort::Name),
                down(PersonSort::CreatedAt),
                up(PersonSort::UpdatedAt),
            ],
        ] {
            let columns: Vec<_> = sort.iter().map(|own| format!("{:?}", own.by)).collect();
            let columns = columns.join(", ");
            let mut question = self.page(self.who());
            question.sort = &sort;
            question.who.filter = Some(&filter);
            let what = format!("by {columns}: first time");
            figures.once(&what, Some(300.0), || self.ask(&question));
            for (which, offset) in [("first", 0), ("middle", self.population.people / 2)] {
                question.offset = offset;
                self.anew(figures, &format!("by {columns}: {which} page"), &question);
            }
        }
        let question = OrganizationsQuestion {
            sort: Sort {
                by: OrganizationSort::People,
                direction: Direction::Descending,
            },
            limit: 100,
            ..OrganizationsQuestion::default()
        };
        figures.many("organizations by people", QUESTION, RUNS, |_| {
            time(|| {
                self.mirror.organizations(&question).unwrap();
            })
        });
    }

    fn divisions(&self, figures: &mut Figures) {
        let filter = criteria::read(&json!({"organization": 1}));
        let role = criteria::read(&json!({"role": "reseller"}));
        let facets = |who: &Who<'_>| {
            self.mirror.facets(who).unwrap();
        };
        let everybody = self.who();
        figures.once("facets of all, first time", None, || facets(&everybody));
        let some = Who {
            filter: Some(&filter),
            ..everybody
        };
        let possible = Who {
            filter: Some(&role),
            truth: Wanted::Possible,
            ..everybody
        };
        for (what, who) in [
            ("facets of all", everybody),
            ("facets of an organization", some),
            ("facets of those possible by role", possible),
        ] {
            figures.many(what, None, RUNS, |_| {
                self.forget(None);
                time(|| facets(&who))
            });
        }
        let a = criteria::read(&json!({"and": [
            {"role": "reseller"}, {"muster.name": {"contains": "jan"}},
        ]}));
        let b = criteria::read(&json!({"and": [
            {"muster.created": {"after": "2018-01-01"}},
            {"muster.organizationName": {"contains": "maes"}},
        ]}));
        let who = Who {
            filter: Some(&a),
            ..everybody
        };
        figures.many("two questions compared", None, RUNS, |_| {
            self.forget(None);
            time(|| {
                self.mirror.compare(&who, Some(&b)).unwrap();
            })
        });
    }

    fn suggestions(&self, figures: &mut Figures) {
        let mirror = &self.mirror;
        for part in ["a", "apo", "janss", "müller 47", "zzz"] {
            figures.once(
                &format!("organizations like {part:?}, first time"),
                None,
                || {
                    mirror.organizations_like(part, 30).unwrap();
                },
            );
            figures.many(
                &format!("organizations like {part:?}"),
                COMPLETION,
                RUNS,
                |_| {
                    time(|| {
                        mirror.organizations_like(part, 30).unwrap();
                    })
                },
            );
        }
        for part in ["j", "jan", "an ma", "maes 1234", "zzz"] {
            figures.many(&format!("people like {part:?}"), COMPLETION, RUNS, |_| {
                time(|| {
                    mirror.people_like(part, 30).unwrap();
                })
            });
        }
        for prefix in ["", "be00", "be0000012345"] {
            figures.many(&format!("vatNr like {prefix:?}"), COMPLETION, RUNS, |_| {
                time(|| {
                    mirror
                        .identifiers_like(IdentifierKind::Vat, prefix, 30)
                        .unwrap();
                })
            });
        }
        figures.many("roles", COMPLETION, RUNS, |_| {
            time(|| {
                mirror.roles().unwrap();
            })
        });
    }

    fn single_people(&self, figures: &mut Figures) {
        let id = |run: usize| {
            let number = run as u64 * 7_919 % self.population.people;
            Population::id(number + 1)
        };
        figures.many("one person", None, RUNS, |run| {
            time(|| {
                self.mirror.person(id(run), None).unwrap().unwrap();
            })
        });
        figures.many("one witness", None, RUNS, |run| {
            time(|| {
                self.mirror
                    .witness(id(run), None, &self.calendar)
                    .unwrap()
                    .unwrap();
            })
        });
        let ids: Vec<_> = (0..250).map(id).collect();
        figures.many("250 witnesses", None, RUNS, |_| {
            time(|| {
                self.mirror.witnesses(&ids, &[]).unwrap();
            })
        });
        let filter = criteria::read(&json!({"muster.name": {"contains": "jan"}}));
        figures.many("one person at every sync", None, RUNS, |run| {
            time(|| {
                let calendar = |_| self.calendar.clone();
                self.mirror.matching(id(run), &filter, &calendar).unwrap();
            })
        });
    }

    fn past(&self, figures: &mut Figures) {
        let filter = criteria::read(&json!({"organization": 1}));
        let name = criteria::read(&json!({"muster.name": {"contains": "jan"}}));
        for as_of in [3, 2] {
            let mut question = self.page(self.who());
            question.who.as_of = Some(as_of);
            let what = format!("as of sync {as_of}: first page of all, cold");
            figures.once(&what, Some(100.0), || self.ask(&question));
            question.who.filter = Some(&filter);
            let what = format!("as of sync {as_of}: an organization, cold");
            figures.once(&what, Some(1_000.0), || self.ask(&question));
            question.who.filter = Some(&name);
            let what = format!("as of sync {as_of}: name contains, cold");
            figures.once(&what, Some(1_000.0), || self.ask(&question));
        }
        let mut question = self.page(self.who());
        question.who.as_of = Some(2);
        question.who.filter = Some(&filter);
        self.anew(figures, "as of sync 2: an organization", &question);
        question.who.filter = Some(&name);
        self.anew(figures, "as of sync 2: name contains", &question);
        figures.many("a count at each sync in turn", Some(1_000.0), 10, |run| {
            let mut question = PeopleQuestion::count(self.who());
            question.who.filter = Some(&filter);
            question.who.as_of = Some(run as i64 % 5 + 1);
            time(|| {
                self.ask(&question);
            })
        });
    }

    fn everybody(&self, figures: &mut Figures) {
        let sort = [Sort {
            by: PersonSort::Name,
            direction: Direction::Ascending,
        }];
        for (what, sort) in [("id", &[][..]), ("name", &sort[..])] {
            let question = PeopleQuestion {
                sort,
                limit: u64::MAX,
                ..self.page(self.who())
            };
            figures.once(&format!("taking out everybody by {what}"), None, || {
                let mut count = 0;
                let mut each = |batch: &[muster_mirror::PersonFound]| {
                    count += batch.len();
                    ControlFlow::Continue(())
                };
                self.mirror.each_person(&question, &mut each).unwrap();
            });
        }
    }
}
