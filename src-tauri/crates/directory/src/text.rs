//! The query language: criteria as a person writes them, and back.

mod completing;
mod field;
mod printing;
#[cfg(test)]
mod random;
mod reading;
mod syntax;
mod token;

use std::ops::Range;

pub use crate::violation::MOST_PROBLEMS;
use crate::{Clause, Criteria, Vocabulary, said::Coded};

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The whole; none if nothing was written, which asks for everybody.
    pub criteria: Option<Criteria>,
    /// The conditions in the order of the text.
    pub clauses: Vec<Spanned>,
}

/// A condition and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// The condition alone; the `or` of them if it was written as a list.
    pub clause: Criteria,
    /// Whether it stands in a part that is off.
    pub off: bool,
}

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextProblem {
    /// Where, in bytes of the text; empty at its end.
    pub span: Range<usize>,
    /// What is wrong and what was expected, as a sentence without a full stop.
    pub message: String,
    /// The same for another language.
    pub coded: Option<Coded>,
    /// What would be right there, at most eight.
    pub expected: Vec<String>,
}

/// What may be typed at a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completing {
    /// What is replaced, in bytes of the text.
    pub span: Range<usize>,
    /// What may stand there.
    pub expects: Vec<Expected>,
}

/// One kind of thing that may be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// `and`, `or`, `not`, `off`, a bracket or a comma.
    Word(&'static str),
    /// The name of a field.
    Field(&'static str),
    /// An operator of the field that stands before it.
    Operator(&'static str),
    /// A value.
    Value {
        /// Of this field.
        field: &'static str,
        /// After this operator.
        operator: &'static str,
        /// What is typed of it already, without quotes and escapes.
        typed: String,
        /// Whether it was begun with a quote.
        quoted: bool,
    },
}

/// The most things that a problem says would be right.
const MOST_EXPECTED: usize = 8;

/// Reads a text. If it cannot be read: what is wrong, in the order of the text, at most
/// [`MOST_PROBLEMS`].
pub fn parse(text: &str, vocabulary: Vocabulary) -> Result<Written, Vec<TextProblem>> {
    let tokens = token::tokens(text);
    reading::reading(syntax::syntax(&tokens, vocabulary), vocabulary)
}

/// Writes criteria as text that [`parse`] reads as exactly these criteria.
#[must_use]
pub fn print(criteria: &Criteria) -> String {
    printing::print(criteria)
}

/// Writes one condition as text.
#[must_use]
pub fn print_clause(clause: &Clause) -> String {
    printing::print_clause(clause)
}

/// What may be typed at a cursor, in bytes of the text. Only the text before it decides; of the
/// text behind it, what is replaced takes in the rest of a word that was begun, and a quote right
/// behind one that was opened.
#[must_use]
pub fn completing(text: &str, cursor: usize, vocabulary: Vocabulary) -> Completing {
    completing::completing(text, cursor, vocabulary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Node, Platform, filter::MOST_LEAVES};

    const BE: Vocabulary = Vocabulary::of(Platform::Be);

    fn problems(text: &str) -> Vec<TextProblem> {
        parse(text, BE).unwrap_err()
    }

    fn json(text: &str) -> String {
        let written = parse(text, BE).unwrap();
        written.criteria.unwrap().to_json().to_string()
    }

    #[test]
    fn nothing_asks_for_everybody() {
        for text in ["", "  ", "\n\u{a0}"] {
            let written = parse(text, BE).unwrap();
            assert_eq!((written.criteria, written.clauses), (None, Vec::new()));
        }
    }

    #[test]
    fn a_text_means_this() {
        for (text, means) in [
            ("org:12", r#"{"organization":12}"#),
            ("ORG : 12", r#"{"organization":12}"#),
            (
                "org:[12,\"A B\",None]",
                r#"{"or":[{"organization":12},{"muster.organizationName":{"is":"A B"}},{"muster.state":{"organization":"none"}}]}"#,
            ),
            ("org:\"12\"", r#"{"muster.organizationName":{"is":"12"}}"#),
            (
                "org:\"none\"",
                r#"{"muster.organizationName":{"is":"none"}}"#,
            ),
            (
                "org:Janssens",
                r#"{"muster.organizationName":{"is":"Janssens"}}"#,
            ),
            ("org~12", r#"{"muster.organizationName":{"contains":"12"}}"#),
            ("id:5", r#"{"id":5}"#),
            ("id:[5]", r#"{"id":[5]}"#),
            ("vat:123", r#"{"vatNr":"123"}"#),
            ("apb:123", r#"{"apbNr":123}"#),
            ("apb:\"123\"", r#"{"apbNr":"123"}"#),
            ("apb:0123", r#"{"apbNr":"0123"}"#),
            (
                "riziv:99999999999999999999",
                r#"{"rizivNr":"99999999999999999999"}"#,
            ),
            ("vat:unknown", r#"{"muster.state":{"vatNr":"unknown"}}"#),
            ("vat:\"unknown\"", r#"{"vatNr":"unknown"}"#),
            ("role:reseller", r#"{"role":"reseller"}"#),
            ("role:RESELLER", r#"{"role":"reseller"}"#),
            ("role:\"Reseller\"", r#"{"role":"Reseller"}"#),
            ("role:\"Other\"", r#"{"role":"Other"}"#),
            ("role:unknown", r#"{"muster.state":{"role":"unknown"}}"#),
            (
                "role:[reseller,any]",
                r#"{"or":[{"role":"reseller"},{"muster.state":{"role":"any"}}]}"#,
            ),
            ("name ~ none", r#"{"muster.name":{"contains":"none"}}"#),
            (
                "name:\"💊 \\\"x\\\" שלום\"",
                r#"{"muster.name":{"is":"💊 \"x\" שלום"}}"#,
            ),
            (
                "created>2025-01-01",
                r#"{"muster.created":{"after":"2025-01-01"}}"#,
            ),
            (
                "created>=2025-01-01",
                r#"{"muster.created":{"from":"2025-01-01"}}"#,
            ),
            (
                "created < 2025-01-01",
                r#"{"muster.created":{"before":"2025-01-01"}}"#,
            ),
            (
                "created <= 2025-01-01",
                r#"{"muster.created":{"until":"2025-01-01"}}"#,
            ),
            (
                "changed:2025-01-01",
                r#"{"muster.changed":{"on":"2025-01-01"}}"#,
            ),
            ("updated < 90D", r#"{"muster.updated":{"newer":"90d"}}"#),
            ("updated > 2y", r#"{"muster.updated":{"older":"2y"}}"#),
            (
                "seen:[NEW, gone]",
                r#"{"or":[{"muster.seen":"new"},{"muster.seen":"gone"}]}"#,
            ),
            (
                "id:1 OR id:2 And NOT id:3",
                r#"{"or":[{"id":1},{"and":[{"id":2},{"not":{"id":3}}]}]}"#,
            ),
            (
                "((id:1 or id:2)) and id:3",
                r#"{"and":[{"or":[{"id":1},{"id":2}]},{"id":3}]}"#,
            ),
            (
                "off not id:1 and id:2",
                r#"{"and":[{"muster.off":{"not":{"id":1}}},{"id":2}]}"#,
            ),
            ("not not id:1", r#"{"not":{"not":{"id":1}}}"#),
            ("and(id:1)", r#"{"and":[{"id":1}]}"#),
            (
                "or ( id:1 or id:2 )",
                r#"{"or":[{"or":[{"id":1},{"id":2}]}]}"#,
            ),
            ("id:1 and(id:2)", r#"{"and":[{"id":1},{"id":2}]}"#),
        ] {
            assert_eq!(json(text), means, "{text}");
        }
    }

    #[test]
    fn every_problem_points_at_its_character() {
        for (text, column, message) in [
            ("org", 4, "expected : or ~ after org"),
            ("org and id:1", 5, "expected : or ~ after org, found “and”"),
            ("org 12", 5, "expected : or ~ after org, found “12”"),
            (
                "org:",
                5,
                "expected an organization's id, its name in quotes, any, none or unknown after org:",
            ),
            (
                "org: and id:1",
                6,
                "expected an organization's id, its name in quotes, any, none or unknown after org:, found “and”: to look for this word, put it in quotes",
            ),
            ("org > 5", 5, "expected : or ~ after org, found “>”"),
            ("org = 5", 5, "expected : or ~ after org, found “=”"),
            (
                "org != 5",
                5,
                "expected : or ~ after org, found “!”: what shall not be is written not org",
            ),
            (
                "org:0",
                5,
                "expected an id, an integer from 1 to 9007199254740991, found “0”",
            ),
            (
                "org:99999999999999999999",
                5,
                "expected an id, an integer from 1 to 9007199254740991, found “99999999999999999999”",
            ),
            ("ogr:5", 1, "“ogr” is not a field: did you mean org?"),
            (
                "organization:5",
                1,
                "“organization” is not a field: did you mean org?",
            ),
            ("vatNr:x", 1, "“vatNr” is not a field: did you mean vat?"),
            ("cip:5", 1, "cip exists on the French platform only"),
            (
                "foo:5",
                1,
                "“foo” is not a field: expected org, name, id, role, vat, apb, riziv, created, updated, changed or seen",
            ),
            (
                "jan",
                1,
                "“jan” is not a condition: to look for a name, write name ~ before it",
            ),
            ("cip", 1, "cip exists on the French platform only"),
            (
                "!org:5",
                1,
                "“!org” is not a field: what shall not be is written not org",
            ),
            (
                "-x",
                1,
                "expected a condition, found “-x”: what shall not be stands after not",
            ),
            (
                r#""Jan""#,
                1,
                r#"a text alone is not a condition: to look for a name, write name ~ before "Jan""#,
            ),
            (
                r#"org:"Jan"#,
                5,
                r#"this quote is never closed: expected ""#,
            ),
            (
                r#"org:"a\x""#,
                7,
                r#"after \ in quotes expected ", \, n, r or t"#,
            ),
            (
                r#"org:" ""#,
                5,
                r#"expected a text that is not empty, found " ""#,
            ),
            (
                r#"name ~ """#,
                8,
                r#"expected a text that is not empty, found """#,
            ),
            (
                "💊 ~ x",
                1,
                "“💊” is not a field: expected org, name, id, role, vat, apb, riziv, created, updated, changed or seen",
            ),
            (
                r#"name:"💊💊" x"#,
                11,
                "expected “and” or “or” before “x”; a value of several words stands in quotes",
            ),
            (
                "org:12 org:15",
                8,
                "expected “and” or “or” before “org”; a value of several words stands in quotes",
            ),
            ("org:12 and", 11, "expected a condition after “and”"),
            (
                "org:12 and or",
                12,
                "expected a condition after “and”, found “or”",
            ),
            ("and org:12", 1, "expected a condition, found “and”"),
            ("not", 4, "expected a condition after “not”"),
            ("()", 2, "expected a condition after “(”, found “)”"),
            ("(org:12", 1, "this ( is never closed: expected )"),
            ("org:12)", 7, "this ) has no ( before it"),
            ("and(org:1", 4, "this ( is never closed: expected )"),
            ("org:[]", 6, "expected a value before “]”"),
            ("org:[12", 5, "this [ is never closed: expected ]"),
            ("org:[12,", 9, "expected a value in the list"),
            ("org:[12 15]", 9, "expected , or ] in the list, found “15”"),
            (
                "org:[12,[1]]",
                9,
                "a list has no lists in it: expected a value",
            ),
            (
                "org:[and]",
                6,
                "expected a value in the list, found “and”: to look for this word, put it in quotes",
            ),
            ("org ~ [a,b]", 5, "a list stands after org: only"),
            (
                "id:abc",
                4,
                "expected an id, an integer from 1 to 9007199254740991, found “abc”",
            ),
            (
                "id:1,2",
                5,
                "expected “and” or “or”, found “,”: a list stands in [ and ]",
            ),
            (
                "id:none",
                4,
                "expected an id, an integer from 1 to 9007199254740991, found “none”",
            ),
            (
                r#"id:"5""#,
                4,
                r#"expected an id, an integer from 1 to 9007199254740991, found "5""#,
            ),
            (
                "seen:old",
                6,
                "expected present, new, changed, returned, missing or gone, found “old”",
            ),
            (
                "seen:retruned",
                6,
                "“retruned” is not said of anybody: did you mean returned?",
            ),
            (
                "role:reseler",
                6,
                "“reseler” is not a role that is known: did you mean reseller? Another role stands in quotes: role:\"reseler\"",
            ),
            (
                "role:[reseller,unknwon]",
                16,
                "“unknwon” is not a role that is known: did you mean unknown? Another role stands in quotes: role:\"unknwon\"",
            ),
            (
                "role:president",
                6,
                "“president” is not a role that is known: expected organization_manager, organization_customer_service, medical_professional, software_developer, reseller, any, none or unknown; another role stands in quotes: role:\"president\"",
            ),
            (
                "created > jan",
                11,
                "expected a day such as 2025-01-31 or an age such as 90d, found “jan”",
            ),
            (
                "created > 2025-02-30",
                11,
                "“2025-02-30” is not a day of the calendar",
            ),
            (
                "created:90d",
                9,
                "an age stands after < or >: created < 90d is newer, created > 90d is older",
            ),
            (
                "created >= 90d",
                12,
                "an age stands after < or >: created < 90d is newer, created > 90d is older",
            ),
            (
                "created < 9000d",
                11,
                "an age is at most 5000 d, w, m or y, found “9000d”",
            ),
            (
                "created < 99999999999999999999999d",
                11,
                "an age is at most 5000 d, w, m or y, found “99999999999999999999999d”",
            ),
            (
                "created < 99999999999999999999999",
                11,
                "expected a day such as 2025-01-31 or an age such as 90d, found “99999999999999999999999”",
            ),
            (
                "created < d",
                11,
                "expected a day such as 2025-01-31 or an age such as 90d, found “d”",
            ),
            (
                "created > 1/2/2025",
                11,
                "expected a day such as 2025-01-31 or an age such as 90d, found “1/2/2025”",
            ),
            (
                "created <= today",
                12,
                "expected a day such as 2025-01-31, found “today”",
            ),
            (
                "changed:none",
                9,
                "expected a day such as 2025-01-31, found “none”",
            ),
            (
                "created:12",
                9,
                "expected a day such as 2025-01-31, any, none or unknown, found “12”",
            ),
            (
                "updated < 90",
                11,
                "“90” needs a unit: updated < 90d counts days; w weeks, m months, y years",
            ),
            ("name:“Jan”", 6, r#"quotes are written "…", found ““Jan””"#),
            ("org:12 && id:5", 8, "expected and instead of “&&”"),
            ("org:12 | id:5", 8, "expected or instead of “|”"),
            ("org:12 : 5", 8, "expected “and” or “or”, found “:”"),
            (
                r#"org:1 "x"#,
                7,
                r#"this quote is never closed: expected ""#,
            ),
            (":", 1, "expected a condition, found “:”"),
        ] {
            let found: Vec<_> = problems(text)
                .into_iter()
                .map(|problem| {
                    assert!(problem.expected.len() <= MOST_EXPECTED, "{text}");
                    assert!(problem.coded.is_some(), "said in every language: {text}");
                    (
                        text[..problem.span.start].chars().count() + 1,
                        problem.message,
                    )
                })
                .collect();
            assert_eq!(found, [(column, message.to_owned())], "{text}");
        }
    }

    #[test]
    fn all_that_can_be_told_is_told_in_the_order_of_the_text() {
        let found = problems("foo:1 and id:[1,x,0] or org > 5 or seen:old id:7");
        let starts: Vec<_> = found.iter().map(|problem| problem.span.start).collect();
        assert_eq!(starts, [0, 16, 18, 28, 40, 44]);
        let many = format!("id:[{}]", "x,".repeat(1_000) + "x");
        assert_eq!(problems(&many).len(), MOST_PROBLEMS);
    }

    #[test]
    fn a_field_of_another_platform_says_so() {
        for (platform, text, message) in [
            (
                Platform::Be,
                "cip:1",
                "cip exists on the French platform only",
            ),
            (
                Platform::De,
                "FINESS:1",
                "finess exists on the French platform only",
            ),
            (
                Platform::Fr,
                "apb",
                "apb exists on the Belgian platform only",
            ),
            (
                Platform::Au,
                "riziv:1",
                "riziv exists on the Belgian platform only",
            ),
        ] {
            let found = parse(text, Vocabulary::of(platform)).unwrap_err();
            assert_eq!(found[0].message, message);
        }
        assert!(parse("cip:1 and finess:2 and vat:x", Vocabulary::of(Platform::Fr)).is_ok());
    }

    #[test]
    fn conditions_know_where_they_stand_and_whether_they_are_off() {
        let text = "“”"; // Two letters of three bytes each: spans count bytes.
        let text = format!("name:\"{text}\" and off (id:[1,2] or org : [3, 4])");
        let written = parse(&text, BE).unwrap();
        let found: Vec<_> = written
            .clauses
            .iter()
            .map(|spanned| {
                (
                    &text[spanned.span.clone()],
                    spanned.off,
                    spanned.clause.leaves(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("name:\"“”\"", false, 1),
                ("id:[1,2]", true, 1),
                ("org : [3, 4]", true, 2)
            ]
        );
    }

    #[test]
    fn sixty_four_levels_are_read_and_one_more_is_refused() {
        let nots = |count: usize| format!("{}id:1", "not (".repeat(count)) + &")".repeat(count);
        assert_eq!(parse(&nots(63), BE).unwrap().criteria.unwrap().levels(), 64);
        let found = problems(&nots(64));
        assert_eq!(found[0].message, "nested deeper than 64 levels");
        assert_eq!(found[0].span, 320..324, "it points at the level too much");
        let list = format!("{}org:[1]", "off ".repeat(63));
        assert_eq!(problems(&list)[0].message, "nested deeper than 64 levels");
    }

    #[test]
    fn ten_thousand_conditions_are_read_and_one_more_is_refused() {
        let conditions = |count: usize| vec!["id:1"; count].join(" or ");
        let written = parse(&conditions(MOST_LEAVES), BE).unwrap();
        assert_eq!(written.criteria.unwrap().leaves(), MOST_LEAVES);
        let found = problems(&conditions(MOST_LEAVES + 1));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "more than 10000 conditions");
        assert_eq!(
            found[0].span.start,
            8 * MOST_LEAVES,
            "it points at the one too many"
        );
        let list = format!("id:1 or org:[{}]", vec!["1"; MOST_LEAVES].join(","));
        assert_eq!(problems(&list)[0].span.start, list.len() - 2);
    }

    #[test]
    fn a_list_of_five_thousand_ids_is_one_condition() {
        let ids: Vec<_> = (1..=5_000).map(|id| id.to_string()).collect();
        let text = format!("id:[{}]", ids.join(","));
        let written = parse(&text, BE).unwrap();
        assert_eq!(written.clauses.len(), 1);
        let criteria = written.criteria.unwrap();
        assert!(matches!(criteria.node(), Node::Leaf(_)));
        assert_eq!(print(&criteria), text);
    }

    #[test]
    fn no_text_uses_up_the_stack() {
        // Far more than any stack holds; a million of the two that are cheapest to type.
        let many = |part: &str| part.repeat(100_000);
        for text in [
            "(".repeat(1_000_000),
            "not ".repeat(1_000_000),
            many(")"),
            many("off "),
            many("and("),
            many("\""),
            many(":"),
            format!("{}id:1{}", many("("), many(")")),
            format!("{}id:1{}", "(id:1 or ".repeat(100_000), ")".repeat(100_000)),
            format!("org:{}", many("[")),
            format!("name:\"{}", many("\\")),
        ] {
            assert!(!problems(&text).is_empty());
            let found = completing(&text, text.len(), BE);
            assert_eq!(found.span.end, text.len());
        }
    }

    #[test]
    fn every_example_of_the_documentation_is_read() {
        let page = include_str!("../../../../docs/query-language.md");
        let table = page.split("\n### ").next().unwrap();
        let table = table.split("\n## Conditions").nth(1).unwrap();
        let cells = table.lines().filter_map(|line| line.split('|').nth(1));
        let examples: Vec<_> = cells
            .flat_map(|cell| cell.split('`').skip(1).step_by(2))
            .collect();
        assert!(examples.len() > 15, "the table is where it was");
        for example in examples {
            let read = |platform| parse(example, Vocabulary::of(platform));
            let written = read(Platform::Be).or_else(|_| read(Platform::Fr));
            assert!(written.unwrap().criteria.is_some(), "{example}");
        }
        for example in page.split("```").nth(1).unwrap().trim().lines() {
            assert!(parse(example, BE).is_ok(), "{example}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(
            text in "((?s).|[\"\\\\():,~<>=\\[\\]]|and |or |not |off |org|id:1|name ~ ){0,20}",
            cursor in 0..100_usize,
        ) {
            if let Err(problems) = parse(&text, BE) {
                for problem in problems {
                    assert!(text.get(problem.span).is_some(), "spans are of the text");
                    assert!(!problem.message.is_empty());
                }
            }
            assert!(text.get(completing(&text, cursor, BE).span).is_some());
        }
    }
}
