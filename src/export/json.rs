//! JSON: one array, or one record per line.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde::Serializer as _;
use serde::ser::SerializeSeq as _;

use super::Record;

/// Writes one JSON array, indented for people, with a line break at its end.
///
/// # Errors
/// Those of `out`.
pub fn json<R: Borrow<Record>>(records: impl IntoIterator<Item = R>, out: &mut impl Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(&mut *out);
    let mut array = serializer.serialize_seq(None)?;
    for record in records {
        array.serialize_element(record.borrow())?;
    }
    array.end()?;
    writeln!(out)
}

/// Writes one record per line.
///
/// # Errors
/// Those of `out`.
pub fn ndjson<R: Borrow<Record>>(records: impl IntoIterator<Item = R>, out: &mut impl Write) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, record.borrow())?;
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::config::Settings;
    use crate::record::testing::{contract, running};
    use crate::record::value::{Renewal, RenewalKind};

    fn records() -> Vec<Record> {
        let settings = Settings::default();
        let year = Period::new(1, Unit::Year);
        let mut automatic = Renewal::of(RenewalKind::Automatic);
        automatic.period = Some(year);
        automatic.notice_period = Some(Period::new(60, Unit::Day));
        vec![
            Record::new(running(date(2025, 1, 1), year, automatic), Some(date(2026, 3, 1)), &settings),
            Record::new(contract(), None, &settings),
        ]
    }

    #[test]
    fn a_line_reads_back_to_the_same_record() {
        let records = records();
        let mut out = Vec::new();
        ndjson(&records, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|l| l.starts_with("{\"schema_version\":\"1\",\"document\":{\"id\":")));
        let back: Vec<Record> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(back, records);
    }

    #[test]
    fn an_array_reads_back_to_the_same_records() {
        let records = records();
        let mut out = Vec::new();
        json(&records, &mut out).unwrap();
        assert!(out.ends_with(b"\n]\n"));
        assert_eq!(serde_json::from_slice::<Vec<Record>>(&out).unwrap(), records);
    }

    #[test]
    fn no_records_are_an_empty_array() {
        let mut out = Vec::new();
        json(Vec::<Record>::new(), &mut out).unwrap();
        assert_eq!(out, b"[]\n");
    }

    #[test]
    fn a_broken_pipe_stays_one() {
        struct Broken;
        impl Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert_eq!(ndjson(records(), &mut Broken).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(json(records(), &mut Broken).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(super::super::contracts_csv(records(), &mut Broken).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
