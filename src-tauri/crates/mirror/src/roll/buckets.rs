//! Times divided at some moments, in memory, so that any set of people is counted by them quickly.

use fixedbitset::FixedBitSet;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use muster_directory::{Calendar, criteria::TimeTest};

use super::Times;

/// Stands where the time is not known.
const NONE: u16 = u16::MAX;

/// Between which moments the time of each position is.
pub(crate) struct Buckets {
    of: Vec<u16>,
    count: usize,
}

impl Buckets {
    /// Divides times at these moments, which ascend and are fewer than 65,535.
    pub fn new(times: &Times, moments: &[i64]) -> Self {
        let of = (0..times.len()).map(|position| {
            let time = times.get(position)?;
            u16::try_from(moments.partition_point(|moment| *moment <= time)).ok()
        });
        Self {
            of: of.map(|own| own.unwrap_or(NONE)).collect(),
            count: moments.len() + 1,
        }
    }

    /// How many of a set are before the first moment, from then until the second, and so on.
    pub fn count(&self, of: &FixedBitSet) -> Vec<u64> {
        let mut counts = vec![0; self.count];
        for position in of.ones() {
            let own = self.of.get(position).copied().unwrap_or(NONE);
            if let Some(count) = counts.get_mut(usize::from(own)) {
                *count += 1;
            }
        }
        counts
    }
}

/// The year of each position's time.
pub(crate) struct Years {
    first: i16,
    buckets: Buckets,
}

impl Years {
    /// The years of these times where the person is.
    pub fn new(times: &Times, zone: &TimeZone) -> Self {
        let known = || (0..times.len()).filter_map(|position| times.get(position));
        let year = |seconds: i64| {
            let edge = if seconds < 0 {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            };
            let moment = Timestamp::from_second(seconds).unwrap_or(edge);
            zone.to_datetime(moment).year()
        };
        let (first, last) = match (known().min(), known().max()) {
            (Some(min), Some(max)) => (year(min), year(max)),
            _ => (0, 0),
        };
        let calendar = Calendar::at(0, zone.clone());
        // The first year begins before all; the calendar has fewer than 20,000.
        let moments: Vec<i64> = (first..=last)
            .skip(1)
            .filter_map(|year| Date::new(year, 1, 1).ok())
            .map(|day| calendar.range(TimeTest::From(day)).from)
            .collect();
        Self {
            first,
            buckets: Buckets::new(times, &moments),
        }
    }

    /// How many of a set are of each year, the newest first.
    pub fn count(&self, of: &FixedBitSet) -> Vec<(i16, u64)> {
        let mut counted: Vec<_> = (self.first..).zip(self.buckets.count(of)).collect();
        counted.reverse();
        counted
    }
}

#[cfg(test)]
mod tests {
    use muster_directory::Fact;

    use super::*;

    #[test]
    fn a_year_begins_at_midnight_where_the_person_is_and_odd_times_do_not_matter() {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        let new_year = 1_735_686_000; // 2025-01-01 in Brussels
        let times: Times = [
            Fact::Known(new_year - 1),
            Fact::Known(new_year),
            Fact::Unknown,
            Fact::Absent,
            Fact::Known(new_year + 86_400),
        ]
        .into_iter()
        .collect();
        let mut all = FixedBitSet::with_capacity(5);
        all.insert_range(..);
        let years = Years::new(&times, &zone);
        assert_eq!(years.count(&all), [(2025, 2), (2024, 1)]);

        let odd: Times = [Fact::Known(i64::MIN + 1), Fact::Known(i64::MAX)]
            .into_iter()
            .collect();
        let counted = Years::new(&odd, &zone).count(&all);
        assert_eq!(counted.iter().map(|(_, count)| count).sum::<u64>(), 2);
        let none: Times = [Fact::Unknown].into_iter().collect();
        let counted = Years::new(&none, &zone).count(&all);
        assert!(counted.iter().all(|(_, count)| *count == 0));
    }
}
