//! Between the boundary and the query bar: what is written, what may be typed next.

use std::collections::BTreeMap;

use muster_directory::said::Coded;
use muster_engine::{completing, filter};

use crate::types::*;

impl From<FilterFace> for filter::Face {
    fn from(face: FilterFace) -> Self {
        match face {
            FilterFace::Text => Self::Text,
            FilterFace::Json => Self::Json,
        }
    }
}

/// What was understood of a writing.
pub(crate) fn reading(own: filter::Reading, written: &str) -> FilterReading {
    let (in_text, in_written) = (Places::of(&own.text), Places::of(written));
    let note = |own: filter::ClauseNote| ClauseNote {
        from: in_text.utf16(own.span.start),
        until: in_text.utf16(own.span.end),
        text: own.text,
        runs: match own.runs {
            filter::Runs::Vendor => ClauseRuns::Vendor,
            filter::Runs::Here => ClauseRuns::Here,
            filter::Runs::Off => ClauseRuns::Off,
        },
        names: own
            .names
            .into_iter()
            .map(|(id, name)| NamedOrganization { id: id.get(), name })
            .collect(),
        named: own.named,
    };
    let problem = |own: filter::Problem| {
        let (code, values) = coded(own.coded);
        FilterProblem {
            from: in_written.utf16(own.span.start),
            until: in_written.utf16(own.span.end),
            message: own.message,
            code,
            values,
            expected: own.expected,
            path: own.path,
        }
    };
    FilterReading {
        clauses: own.clauses.into_iter().map(note).collect(),
        problems: own.problems.into_iter().map(problem).collect(),
        filter: own.criteria.map(|own| own.to_json().to_string()),
        sent: own.sent.map(|own| own.to_json().to_string()),
        sent_is_all: own.sent_is_all,
        text: own.text,
    }
}

/// What names a sentence, and what stands in it.
pub(crate) fn coded(own: Option<Coded>) -> (Option<String>, BTreeMap<String, String>) {
    let Some(Coded { code, values }) = own else {
        return Default::default();
    };
    let values = values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    (Some(code.to_owned()), values.collect())
}

/// What may be typed next.
pub(crate) fn completions(own: completing::Completions, text: &str) -> FilterCompletions {
    let option = |own: completing::Completion| FilterCompletion {
        label: own.label,
        insert: own.insert,
        kind: match own.kind {
            completing::CompletionKind::Field => CompletionKind::Field,
            completing::CompletionKind::Operator => CompletionKind::Operator,
            completing::CompletionKind::Value => CompletionKind::Value,
            completing::CompletionKind::Word => CompletionKind::Word,
        },
        count: own.count,
        detail: own.detail,
    };
    FilterCompletions {
        from: utf16(text, own.span.start),
        until: utf16(text, own.span.end),
        options: own.options.into_iter().map(option).collect(),
    }
}

/// Where bytes of a text stand in UTF-16, for many of them.
struct Places(Option<Vec<u32>>);

impl Places {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self(None);
        }
        let mut places = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        for letter in text.chars() {
            places.extend(std::iter::repeat_n(at, letter.len_utf8()));
            at += u32::from(letter.len_utf16() == 2) + 1;
        }
        places.push(at);
        Self(Some(places))
    }

    fn utf16(&self, byte: usize) -> u32 {
        let plain = u32::try_from(byte).unwrap_or(u32::MAX);
        self.0.as_ref().map_or(plain, |places| {
            let last = places.last().copied().unwrap_or(0);
            places.get(byte).copied().unwrap_or(last)
        })
    }
}

/// Where a byte of a text stands in UTF-16.
pub(crate) fn utf16(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The byte of a place in UTF-16: its end, if it is in the middle of a letter or behind the text.
pub(crate) fn byte_at(text: &str, utf16: u32) -> usize {
    let mut left = utf16 as usize;
    for (byte, letter) in text.char_indices() {
        if left == 0 {
            return byte;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_the_window_counts_them() {
        let text = "é\u{1f48a}x";
        for (byte, place) in [(0, 0), (2, 1), (6, 3), (7, 4)] {
            assert_eq!(utf16(text, byte), place);
            assert_eq!(Places::of(text).utf16(byte), place);
            assert_eq!(byte_at(text, place), byte);
        }
        assert_eq!(byte_at(text, 2), 6, "a half letter is a whole one");
        assert_eq!(byte_at(text, 9), 7, "behind the end is the end");
    }
}
