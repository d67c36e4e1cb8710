//! How many requests in how much time: what the vendor documents, and what an answer says of it
//! itself (`RateLimit-Policy`, IETF draft "RateLimit header fields for HTTP").

use std::time::Duration;

use reqwest::header::HeaderMap;

/// The longest window that is believed.
const LONGEST_WINDOW: u64 = 24 * 3_600;

/// The largest quota that is believed.
const LARGEST_QUOTA: usize = 1_000_000;

/// The most policies of one answer that are looked at.
const MOST_POLICIES: usize = 8;

/// So many requests in any time of this length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Policy {
    pub quota: usize,
    pub window: Duration,
}

/// The policies that an answer names. One that is not understood, or counts something else than
/// requests, is left out.
pub(super) fn told(headers: &HeaderMap) -> Vec<Policy> {
    headers
        .get_all("ratelimit-policy")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| split(line, ','))
        .filter_map(|item| policy(&item))
        .take(MOST_POLICIES)
        .collect()
}

/// `"default";q=100;w=60`, the name with or without quotes or not there, or as in older drafts
/// `100;w=60`.
fn policy(item: &str) -> Option<Policy> {
    let (mut quota, mut window) = (None, None);
    for (index, part) in split(item, ';').iter().enumerate() {
        match part.trim().split_once('=') {
            Some(("q", value)) => quota = Some(value.parse().ok()?),
            Some(("w", value)) => window = Some(value.parse().ok()?),
            Some(("qu", value)) if value.trim_matches('"') != "requests" => return None,
            None if index == 0 => quota = part.trim().parse().ok(),
            _ => {}
        }
    }
    let (quota, window) = (quota?, window?);
    let sane = (1..=LARGEST_QUOTA).contains(&quota) && (1..=LONGEST_WINDOW).contains(&window);
    sane.then_some(Policy {
        quota,
        window: Duration::from_secs(window),
    })
}

/// Splits where a separator stands outside quotes.
fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for letter in text.chars() {
        if letter == separator && !quoted {
            parts.push(String::new());
            continue;
        }
        quoted ^= letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<(usize, u64)> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("ratelimit-policy", line.parse().unwrap());
        }
        let policies = told(&headers).into_iter();
        policies.map(|it| (it.quota, it.window.as_secs())).collect()
    }

    #[test]
    fn a_policy_is_read_in_the_spellings_of_the_drafts() {
        for line in [
            r#""default";q=100;w=1"#,
            "default;q=100;w=1",
            r#" "a,b;\"c" ; w=1 ; q=100 ; pk=:abc: "#,
            r#""default";q=100;qu="requests";w=1"#,
            "100;w=1",
            "q=100;w=1",
        ] {
            assert_eq!(read(&[line]), [(100, 1)], "{line}");
        }
    }

    #[test]
    fn an_answer_can_name_several() {
        let lines = [r#""burst";q=100;w=60,"daily";q=5000;w=86400"#, "10;w=1"];
        assert_eq!(read(&lines), [(100, 60), (5_000, 86_400), (10, 1)]);
    }

    #[test]
    fn what_is_no_policy_is_left_out() {
        for line in [
            "",
            "default",
            "q=100",
            "w=60",
            "100",
            "q=0;w=60",
            "q=100;w=0",
            "q=-1;w=60",
            "q=1.5;w=60",
            "q=100;w=1000000",
            "q=99999999999;w=1",
            r#""bytes";q=100;qu="content-bytes";w=60"#,
            r#""unclosed;q=100;w=60"#,
        ] {
            assert_eq!(read(&[line]), [], "{line}");
        }
        assert_eq!(read(&["nonsense, q=5;w=6"]), [(5, 6)]);
    }
}
