//! The text of a file, whatever it was written in.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
};

use encoding_rs::{Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that are read at once.
const PART: usize = 64 * 1024;

/// What a text was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// The Western European code page of Windows.
    Windows1252,
}

impl Encoding {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.own().name()
    }

    fn own(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Windows1252 => WINDOWS_1252,
        }
    }

    /// By the mark that a text begins with.
    fn marked(begin: &[u8]) -> Option<Self> {
        let (found, _) = encoding_rs::Encoding::for_bom(begin)?;
        [Self::Utf8, Self::Utf16Le, Self::Utf16Be]
            .into_iter()
            .find(|own| own.own() == found)
    }
}

/// What something is that was taken for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text(Encoding),
    /// Nothing at all.
    Empty,
    /// A workbook of a spreadsheet, or another packed file.
    Packed,
    /// No text.
    Bytes,
}

/// What something is: by its mark; without one it is UTF-8 if all of it is valid as that, else
/// Windows-1252, in which every byte is a letter.
pub(super) fn kind(mut from: impl BufRead) -> io::Result<Kind> {
    let begin = from.fill_buf()?;
    if begin.is_empty() {
        return Ok(Kind::Empty);
    }
    if begin.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Packed);
    }
    let marked = Encoding::marked(begin);
    if let Some(encoding @ (Encoding::Utf16Le | Encoding::Utf16Be)) = marked {
        return Ok(Kind::Text(encoding));
    }
    let (mut is_valid, mut left) = (true, Vec::new());
    loop {
        let part = from.fill_buf()?;
        let length = part.len();
        if length == 0 {
            break;
        }
        if part.contains(&0) {
            return Ok(Kind::Bytes);
        }
        left.extend_from_slice(part);
        match std::str::from_utf8(&left) {
            Ok(_) => left.clear(),
            Err(error) if error.error_len().is_none() => drop(left.drain(..error.valid_up_to())),
            Err(_) => {
                is_valid = false;
                left.clear();
            }
        }
        from.consume(length);
    }
    Ok(Kind::Text(match is_valid && left.is_empty() {
        true => Encoding::Utf8,
        false => Encoding::Windows1252,
    }))
}

/// A text as UTF-8 without a mark.
pub(super) struct Decoded<R> {
    from: R,
    decoder: Decoder,
    raw: Box<[u8]>,
    text: String,
    at: usize,
    ended: bool,
    lines: Lines,
}

impl<R: Read> Decoded<R> {
    pub fn new(from: R, encoding: Encoding, delimiter: u8) -> Self {
        Self {
            from,
            decoder: encoding.own().new_decoder_with_bom_removal(),
            raw: vec![0; PART].into(),
            text: String::new(),
            at: 0,
            ended: false,
            lines: Lines::new(delimiter),
        }
    }

    /// The line, from 1, of a quotation mark that was opened and is not closed by the end.
    pub fn unclosed(&self) -> Option<u64> {
        (self.lines.place == Place::Quoted).then_some(self.lines.opened)
    }

    /// The line, from 1, in which the next row begins, each row asked for once. Lines without
    /// anything in them begin none.
    pub fn next_row(&mut self) -> Option<u64> {
        self.lines.begun.pop_front()
    }

    fn more(&mut self) -> io::Result<()> {
        let read = self.from.read(&mut self.raw)?;
        self.ended = read == 0;
        self.at = 0;
        self.text.clear();
        let room = self.decoder.max_utf8_buffer_length(read);
        self.text
            .reserve(room.ok_or_else(|| io::Error::other("too long"))?);
        // There is room for all of it.
        let _ = self
            .decoder
            .decode_to_string(&self.raw[..read], &mut self.text, self.ended);
        self.text.bytes().for_each(|byte| self.lines.pass(byte));
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            self.more()?;
        }
        let left = &self.text.as_bytes()[self.at..];
        let length = left.len().min(to.len());
        to[..length].copy_from_slice(&left[..length]);
        self.at += length;
        Ok(length)
    }
}

/// In which lines rows begin, and where quotation marks stand open.
struct Lines {
    delimiter: u8,
    place: Place,
    /// From 1.
    line: u64,
    /// Whether the last byte was one that ends a line where a second one may follow.
    returned: bool,
    /// Where the quotation mark stands that was opened last.
    opened: u64,
    /// Where rows begin that were not asked for yet.
    begun: VecDeque<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the begin of a row.
    Row,
    /// At the begin of another cell.
    Cell,
    /// In a cell without quotation marks.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// After one that closes, or is the first of two that stand for one.
    After,
}

impl Lines {
    const fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            place: Place::Row,
            line: 1,
            returned: false,
            opened: 1,
            begun: VecDeque::new(),
        }
    }

    fn pass(&mut self, byte: u8) {
        let ends_line = matches!(byte, b'\n' | b'\r');
        if self.place == Place::Row && !ends_line {
            self.begun.push_back(self.line);
        }
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::After,
            (Place::Quoted, _) | (Place::After, b'"') => Place::Quoted,
            (Place::Row | Place::Cell, b'"') => {
                self.opened = self.line;
                Place::Quoted
            }
            _ if ends_line => Place::Row,
            (_, other) if other == self.delimiter => Place::Cell,
            _ => Place::Plain,
        };
        let is_second = byte == b'\n' && self.returned;
        self.line += u64::from(ends_line && !is_second);
        self.returned = byte == b'\r';
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// What a text is taken for, read in parts of so many bytes.
    fn taken(bytes: &[u8], part: usize) -> Kind {
        kind(BufReader::with_capacity(part, bytes)).unwrap()
    }

    fn text(bytes: &[u8], encoding: Encoding) -> String {
        let mut read = String::new();
        let mut decoded = Decoded::new(bytes, encoding, b',');
        decoded.read_to_string(&mut read).unwrap();
        read
    }

    #[test]
    fn what_a_text_was_written_in_is_seen() {
        let wide = |encode: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Zoë".encode_utf16().flat_map(encode).collect()
        };
        for (bytes, encoding) in [
            ("Zoë".as_bytes().to_vec(), Encoding::Utf8),
            ("\u{feff}Zoë".as_bytes().to_vec(), Encoding::Utf8),
            (b"Zo\xeb".to_vec(), Encoding::Windows1252),
            (wide(u16::to_le_bytes), Encoding::Utf16Le),
            (wide(u16::to_be_bytes), Encoding::Utf16Be),
        ] {
            assert_eq!(taken(&bytes, 8), Kind::Text(encoding));
            assert_eq!(text(&bytes, encoding), "Zoë", "{encoding:?}");
        }
        assert_eq!(
            taken("aë".as_bytes(), 2),
            Kind::Text(Encoding::Utf8),
            "a letter that is cut in two"
        );
        assert_eq!(
            taken("aë".as_bytes().split_at(2).0, 8),
            Kind::Text(Encoding::Windows1252),
            "a letter that is cut off"
        );
    }

    #[test]
    fn what_is_no_text_is_seen() {
        assert_eq!(taken(b"", 8), Kind::Empty);
        assert_eq!(taken(b"PK\x03\x04...", 8), Kind::Packed);
        assert_eq!(taken(b"a\0b", 8), Kind::Bytes);
    }

    #[test]
    fn a_quotation_mark_that_stays_open_is_found() {
        for (written, unclosed) in [
            ("a,\"b\nc\"\n", None),
            ("5\" pipe,b\n", None),
            ("\"a\"\"b\",c\n", None),
            ("a,b\nc,\"d\ne,f\n", Some(2)),
        ] {
            let mut decoded = Decoded::new(written.as_bytes(), Encoding::Utf8, b',');
            io::copy(&mut decoded, &mut io::sink()).unwrap();
            assert_eq!(decoded.unclosed(), unclosed, "{written}");
        }
    }
}
