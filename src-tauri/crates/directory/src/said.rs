//! What is wrong, said twice: as an English sentence, and as a code with values for those who say
//! it in another language.

/// Names a sentence, with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The name of the sentence, which the texts of the window have too.
    pub code: &'static str,
    /// What stands in it, by name.
    pub values: Vec<(&'static str, String)>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In English, without a full stop.
    pub message: String,
    /// For another language; none: it is said in English only.
    pub coded: Option<Coded>,
}

impl Said {
    /// A sentence with its code, and what stands in it by name.
    pub fn new(message: String, code: &'static str, values: Vec<(&'static str, String)>) -> Self {
        Self {
            message,
            coded: Some(Coded { code, values }),
        }
    }
}

impl From<String> for Said {
    fn from(message: String) -> Self {
        Self {
            message,
            coded: None,
        }
    }
}

impl From<&str> for Said {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

/// A sentence with its code and everything that stands in it. What follows a semicolon stands in
/// it in other words, or not in English.
macro_rules! said {
    ($code:ident, $message:literal $(, $name:ident = $value:expr)* $(; $more:ident = $other:expr)*) => {{
        $(let $name = ($value).to_string();)*
        $crate::said::Said {
            message: format!($message $(, $name = $name)*),
            coded: Some($crate::said::Coded {
                code: stringify!($code),
                values: vec![
                    $((stringify!($name), $name),)*
                    $((stringify!($more), ($other).to_string()),)*
                ],
            }),
        }
    }};
}
pub(crate) use said;

#[cfg(test)]
mod tests {
    #[test]
    fn a_sentence_names_itself_and_what_stands_in_it() {
        let found =
            super::said!(age, "at most {most}, found {found}", most = 7, found = "x"; unit = "d");
        assert_eq!(found.message, "at most 7, found x");
        let coded = found.coded.unwrap();
        assert_eq!(coded.code, "age");
        let values = [("most", "7"), ("found", "x"), ("unit", "d")];
        let told = coded
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        assert!(told.eq(values));
    }
}
