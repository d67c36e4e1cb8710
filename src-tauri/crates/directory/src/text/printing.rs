//! Criteria as text, with as few brackets as keep the tree.

use super::{
    field::TextField,
    reading::integer,
    token::{Keyword, Operator},
};
use crate::{
    Clause, Criteria, Identifier, Ids, Node, PersonLeaf, Role,
    criteria::{State, TextTest, TimeTest},
};

/// What stands around a part: it needs brackets if it binds less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Around {
    Nothing,
    Or,
    And,
    Not,
}

/// Writes criteria; `and(…)` and `or(…)` keep those that have one part.
pub(super) fn print(criteria: &Criteria) -> String {
    let mut text = String::new();
    write(criteria, Around::Nothing, &mut text);
    text
}

/// Writes one condition.
pub(super) fn print_clause(clause: &Clause) -> String {
    let mut text = String::new();
    write_clause(clause, &mut text);
    text
}

fn write(criteria: &Criteria, around: Around, text: &mut String) {
    match criteria.node() {
        Node::Leaf(clause) => write_clause(clause, text),
        Node::Not(part) => {
            text.push_str("not ");
            write(part, Around::Not, text);
        }
        Node::Or(parts) => match listed(parts) {
            Some(field) => write_list(field, parts, text),
            None => write_joined(parts, Keyword::Or, Around::Or, around, text),
        },
        Node::And(parts) => write_joined(parts, Keyword::And, Around::And, around, text),
    }
}

fn write_joined(parts: &[Criteria], word: Keyword, own: Around, around: Around, text: &mut String) {
    let (brackets, inside) = match parts {
        [_] => {
            text.push_str(word.word());
            (true, Around::Nothing)
        }
        _ => (around >= own, own),
    };
    text.push_str(if brackets { "(" } else { "" });
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push(' ');
            text.push_str(word.word());
            text.push(' ');
        }
        write(part, inside, text);
    }
    text.push_str(if brackets { ")" } else { "" });
}

/// The field of all parts, if they can be written as a list of it.
fn listed(parts: &[Criteria]) -> Option<TextField> {
    let mut fields = parts.iter().map(|part| match part.node() {
        Node::Leaf(clause) => compared(clause)
            .filter(|(field, operator)| *operator == Operator::Is && *field != TextField::Id)
            .map(|(field, _)| field),
        _ => None,
    });
    let first = fields.next()??;
    fields.all(|field| field == Some(first)).then_some(first)
}

fn write_list(field: TextField, parts: &[Criteria], text: &mut String) {
    text.push_str(field.name());
    text.push_str(":[");
    for (index, part) in parts.iter().enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        if let Node::Leaf(clause) = part.node() {
            write_value(clause, text);
        }
    }
    text.push(']');
}

fn write_clause(clause: &Clause, text: &mut String) {
    if let Clause::Off(off) = clause {
        text.push_str("off ");
        write(off.part(), Around::Not, text);
    } else if let Some((field, operator)) = compared(clause) {
        text.push_str(field.name());
        match operator {
            Operator::Is => text.push(':'),
            _ => {
                text.push(' ');
                text.push_str(operator.symbol());
                text.push(' ');
            }
        }
        write_value(clause, text);
    }
}

/// The field and the operator of a clause; none for a part that is off.
const fn compared(clause: &Clause) -> Option<(TextField, Operator)> {
    Some(match clause {
        Clause::Vendor(leaf) => {
            let field = match leaf {
                PersonLeaf::Id(_) => TextField::Id,
                PersonLeaf::Organization(_) => TextField::Org,
                PersonLeaf::Identifier(kind, _) => TextField::Identifier(*kind),
                PersonLeaf::Role(_) => TextField::Role,
            };
            (field, Operator::Is)
        }
        Clause::Name(test) => (TextField::Name, operator_of(test)),
        Clause::OrganizationName(test) => (TextField::Org, operator_of(test)),
        Clause::State(field, _) => (TextField::of_state(*field), Operator::Is),
        Clause::Seen(_) => (TextField::Seen, Operator::Is),
        Clause::Time(field, test) => {
            let operator = match test {
                TimeTest::After(_) | TimeTest::Older(_) => Operator::After,
                TimeTest::Before(_) | TimeTest::Newer(_) => Operator::Before,
                TimeTest::From(_) => Operator::From,
                TimeTest::Until(_) => Operator::Until,
                TimeTest::On(_) => Operator::Is,
            };
            (TextField::Time(*field), operator)
        }
        Clause::Off(_) => return None,
    })
}

const fn operator_of(test: &TextTest) -> Operator {
    match test {
        TextTest::Is(_) => Operator::Is,
        TextTest::Contains(_) => Operator::Contains,
    }
}

fn write_value(clause: &Clause, text: &mut String) {
    match clause {
        Clause::Vendor(PersonLeaf::Id(ids)) => write_ids(ids, text),
        Clause::Vendor(PersonLeaf::Organization(id)) => push(text, id),
        Clause::Vendor(PersonLeaf::Identifier(_, Identifier::Integer(number))) => {
            push(text, number);
        }
        Clause::Vendor(PersonLeaf::Identifier(kind, Identifier::Text(number))) => {
            // Without quotes it would be the number.
            if kind.may_be_integer() && integer(number).is_some() {
                write_quoted(number, text);
            } else {
                write_text(number, text);
            }
        }
        // Without quotes it would be a named one, or a mistake.
        Clause::Vendor(PersonLeaf::Role(Role::Other(role))) => write_quoted(role, text),
        Clause::Vendor(PersonLeaf::Role(role)) => text.push_str(role.as_str()),
        // Without quotes a number would be an id.
        Clause::OrganizationName(TextTest::Is(name)) => write_quoted(name, text),
        Clause::OrganizationName(TextTest::Contains(part)) => write_text(part, text),
        Clause::Name(TextTest::Is(name) | TextTest::Contains(name)) => write_text(name, text),
        Clause::State(_, state) => text.push_str(state.word()),
        Clause::Seen(news) => text.push_str(news.word()),
        Clause::Time(_, test) => match test {
            TimeTest::After(day)
            | TimeTest::From(day)
            | TimeTest::Before(day)
            | TimeTest::Until(day)
            | TimeTest::On(day) => push(text, day),
            TimeTest::Newer(age) | TimeTest::Older(age) => push(text, age),
        },
        Clause::Off(_) => {}
    }
}

fn write_ids<Id: std::fmt::Display>(ids: &Ids<Id>, text: &mut String) {
    match ids {
        Ids::One(id) => push(text, id),
        Ids::List(ids) => {
            text.push('[');
            for (index, id) in ids.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                push(text, id);
            }
            text.push(']');
        }
    }
}

fn push(text: &mut String, value: impl std::fmt::Display) {
    text.push_str(&value.to_string());
}

/// Writes a text, in quotes if it needs them.
fn write_text(value: &str, text: &mut String) {
    if stands_alone(value) {
        text.push_str(value);
    } else {
        write_quoted(value, text);
    }
}

/// Whether a text is safe without quotes, and looks so.
fn stands_alone(value: &str) -> bool {
    let reserved = State::ALL
        .iter()
        .any(|state| state.word().eq_ignore_ascii_case(value))
        || Keyword::read(value).is_some();
    let plain = |letter: char| letter.is_alphanumeric() || "_-.@'/&+".contains(letter);
    !reserved && value.starts_with(char::is_alphanumeric) && value.chars().all(plain)
}

fn write_quoted(value: &str, text: &mut String) {
    text.push('"');
    for letter in value.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            letter => text.push(letter),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, test_runner::Config};

    use super::super::{parse, random};
    use crate::{Criteria, Platform, Vocabulary};

    fn read(text: &str) -> Criteria {
        let written = parse(text, Vocabulary::of(Platform::Be)).unwrap();
        written.criteria.unwrap()
    }

    #[test]
    fn what_is_usual_is_printed_as_it_was_written() {
        for text in [
            "org:12",
            "org:[12,15]",
            "org:[12]",
            "org:\"Apotheek Janssens\"",
            "org ~ jans",
            "org:none",
            "id:5",
            "id:[5]",
            "vat:[BE0123456749,none]",
            "apb:12345",
            "apb:\"12345\"",
            "apb:0012345",
            "apb:\"\"",
            "role:[organization_manager,reseller]",
            "role:\"unknown\"",
            "role:\"Reseller\"",
            "role:[reseller,\"editor\"]",
            "name:\"Jan Janssens\"",
            "name:[Jan,\"none\"]",
            "name ~ \"a\\\"b\\\\c\\nd\"",
            "created > 2025-01-01",
            "created >= 2025-01-01",
            "created < 2025-01-01",
            "created <= 2025-01-01",
            "created:2025-01-01",
            "updated < 90d",
            "changed > 2y",
            "created:unknown",
            "seen:[new,returned]",
            "org:12 and not (vat:BE0123456789 or id:[1,2,3])",
            "org:1 or id:2 and id:3 or id:4",
            "(org:1 or id:2) and (id:3 and id:4)",
            "(org:1 or id:2) or id:3",
            "not not off not id:1",
            "off (id:1 and id:2) and id:3",
            "not and(id:1)",
            "and(id:1 and id:2) or or(id:3 or id:4)",
            "and(or(and(id:1)))",
        ] {
            assert_eq!(super::print(&read(text)), text);
        }
    }

    #[test]
    fn lists_and_single_conditions_differ() {
        assert_ne!(
            read("org:12"),
            read("org:[12]"),
            "a list is an or, of one part too"
        );
        assert_eq!(read("org:[12]"), read("or(org:12)"));
        assert_eq!(read("org:[12,15]"), read("(org:12 or org:15)"));
        assert_ne!(read("id:5"), read("id:[5]"));
    }

    proptest! {
        #![proptest_config(Config::with_cases(10_000))]
        #[test]
        fn every_tree_is_read_as_it_was_printed(
            (platform, tree) in proptest::sample::select(&Platform::ALL[..])
                .prop_flat_map(|platform| (Just(platform), random::criteria(platform)))
        ) {
            let vocabulary = Vocabulary::of(platform);
            let text = super::print(&tree);
            let written = parse(&text, vocabulary);
            let again = written.as_ref().map(|written| written.criteria.as_ref());
            prop_assert_eq!(again, Ok(Some(&tree)), "{}", text);
            let json = Criteria::from_json(&tree.to_json(), "filter", vocabulary);
            prop_assert_eq!(json.as_ref(), Ok(&tree), "JSON keeps it as well");
            prop_assert!(!text.contains('\n'), "it stays on one line");
            for spanned in written.unwrap().clauses {
                let alone = parse(&text[spanned.span], vocabulary).unwrap();
                prop_assert_eq!(alone.criteria, Some(spanned.clause), "its span is it");
            }
        }
    }
}
