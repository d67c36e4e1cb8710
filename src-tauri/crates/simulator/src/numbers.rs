//! Public numbers of organizations, with the check digits of the real ones.
//!
//! A number is made from an ordinal, so that no two organizations get the same one by chance.

/// Belgian VAT number: `BE0`, seven digits, two check digits that complete them modulo 97.
pub fn belgian_vat(ordinal: u64) -> String {
    let base = 2_000_000 + spread(ordinal, 8_000_000, 3_141_593);
    format!("BE0{base:07}{:02}", 97 - base % 97)
}

/// French VAT number: `FR`, a key of two digits, a SIREN of nine digits with its Luhn digit.
pub fn french_vat(ordinal: u64) -> String {
    let base = 30_000_000 + spread(ordinal, 60_000_000, 31_415_927);
    let siren = base * 10 + luhn_digit(base);
    format!("FR{:02}{siren:09}", (12 + 3 * (siren % 97)) % 97)
}

/// German VAT number: `DE`, eight digits, a check digit by ISO 7064 MOD 11,10.
pub fn german_vat(ordinal: u64) -> String {
    let base = 10_000_000 + spread(ordinal, 89_000_000, 31_415_927);
    let mut product = 10;
    for digit in digits(base) {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        product = (2 * sum) % 11;
    }
    format!("DE{base:08}{}", (11 - product) % 10)
}

/// Australian business number: two check digits, then nine digits.
pub fn australian_number(ordinal: u64) -> String {
    const WEIGHTS: [u64; 9] = [3, 5, 7, 9, 11, 13, 15, 17, 19];
    let base = 100_000_000 + spread(ordinal, 899_000_000, 314_159_263);
    let weighed: u64 = digits(base).iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    let check = (10..100)
        .find(|lead| ((lead / 10 - 1) * 10 + lead % 10 + weighed).is_multiple_of(89))
        .unwrap_or(10);
    format!("{check}{base}")
}

/// APB number of a Belgian pharmacy: six digits, of which the first can be zeros.
pub fn apb(ordinal: u64) -> String {
    format!("{:06}", 1 + spread(ordinal + 1, 999_999, 314_159))
}

/// RIZIV number: six digits, of which the first can be zeros, and two check digits modulo 97.
pub fn riziv(ordinal: u64) -> String {
    let base = 1 + spread(ordinal + 7, 999_999, 271_829);
    format!("{base:06}{:02}", 97 - base % 97)
}

/// FINESS number of a French establishment: nine digits, of which the first can be a zero.
pub fn finess(ordinal: u64) -> String {
    let base = 1_000_000 + spread(ordinal, 94_000_000, 31_415_927);
    format!("{base:08}{}", luhn_digit(base))
}

/// CIP number of a French pharmacy: seven digits, of which the first can be zeros.
pub fn cip(ordinal: u64) -> String {
    format!("{:07}", 1 + spread(ordinal, 2_999_999, 1_414_213))
}

/// A different number below `range` for each ordinal below it; `stride` shares no factor with it.
fn spread(ordinal: u64, range: u64, stride: u64) -> u64 {
    (ordinal % range) * stride % range
}

fn digits(number: u64) -> Vec<u64> {
    let text = number.to_string();
    text.bytes().map(|byte| u64::from(byte - b'0')).collect()
}

fn luhn_digit(base: u64) -> u64 {
    let doubled_from_the_right = digits(base).into_iter().rev().enumerate();
    let sum: u64 = doubled_from_the_right
        .map(|(place, digit)| match place % 2 {
            0 if digit > 4 => 2 * digit - 9,
            0 => 2 * digit,
            _ => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn belgian_vat_numbers_have_valid_check_digits() {
        for ordinal in 0..10_000 {
            let number = belgian_vat(ordinal);
            let (base, check) = number[2..].split_at(8);
            assert_eq!(number.len(), 12);
            assert!(number.starts_with("BE0"));
            let (base, check): (u64, u64) = (base.parse().unwrap(), check.parse().unwrap());
            assert_eq!(97 - base % 97, check, "{number}");
        }
    }

    #[test]
    fn known_check_digits_come_out() {
        assert_eq!(luhn_digit(73_282_932), 0, "a published SIREN: 732829320");
        let abn = australian_number(1);
        let sum: u64 = digits(abn.parse().unwrap())
            .iter()
            .zip([10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
            .enumerate()
            .map(|(place, (digit, weight))| (digit - u64::from(place == 0)) * weight)
            .sum();
        assert_eq!(sum % 89, 0);
    }

    #[test]
    fn no_number_stands_twice_and_some_start_with_a_zero() {
        let makers: [fn(u64) -> String; 8] = [
            belgian_vat,
            french_vat,
            german_vat,
            australian_number,
            apb,
            riziv,
            finess,
            cip,
        ];
        for make in makers {
            let numbers: HashSet<_> = (0..50_000).map(make).collect();
            assert_eq!(numbers.len(), 50_000);
        }
        for make in [apb, riziv, finess, cip] {
            assert!((0..100).any(|ordinal| make(ordinal).starts_with('0')));
        }
    }
}
