//! Which versions of rows a question is about: the open ones, or those of a past sync.

/// A state of the file's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum At {
    /// As the last sync left them.
    #[default]
    Now,
    /// As this sync left them.
    Past(i64),
}

impl At {
    /// The condition on the versions of a table, as SQL. The open rows have a shorter one, which
    /// SQLite decides without reading a second column.
    pub fn of(self, table: &str) -> String {
        match self {
            Self::Now => format!("{table}.valid_until IS NULL"),
            Self::Past(sync) => format!(
                "{table}.valid_from <= {sync}
                 AND ({table}.valid_until IS NULL OR {table}.valid_until > {sync})"
            ),
        }
    }
}
