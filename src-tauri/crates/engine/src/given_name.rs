//! The names that a person gives: to connections, to views.

use muster_directory::Violation;

use crate::Result;

const LONGEST: usize = 100;

/// A name as it is kept: one line, neither empty nor endless. `of` is what it is the name of.
pub(crate) fn checked(name: &str, of: &str) -> Result<String> {
    let name = name.trim();
    let problem = if name.is_empty() {
        format!("give the {of} a name")
    } else if name.chars().any(disturbs_a_line) {
        "a name is one line of text, without signs that turn its direction".to_owned()
    } else if name.chars().count() > LONGEST {
        format!("at most {LONGEST} characters")
    } else {
        return Ok(name.to_owned());
    };
    Err(Violation::new("name", problem).into())
}

/// Whether a letter ends a line, or turns the direction of those around it, with which a name can
/// pass for another one.
pub(crate) fn disturbs_a_line(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_neither_empty_nor_endless() {
        let checked = |name: &str| checked(name, "view");
        assert_eq!(checked("  Managers ").unwrap(), "Managers");
        assert!(checked(&"é".repeat(LONGEST)).is_ok());
        for refused in ["", "  ", "a\nb", &"é".repeat(LONGEST + 1)] {
            assert!(checked(refused).is_err(), "{refused:?}");
        }
        for sign in ['\u{2028}', '\u{2029}', '\u{202e}', '\u{2066}', '\u{200f}'] {
            assert!(checked(&format!("a{sign}b")).is_err(), "{sign:?}");
        }
    }
}
