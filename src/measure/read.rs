//! The table of measured values: a CSV file with the columns contract, metric, severity, about, period and value.

use std::fmt;
use std::io::Read;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Problem;
use crate::lexicon::Decimal;
use crate::record::value::service::LevelUnit;
use tickler_pdf::cite::Part as _;

/// Whole months: `2026-03`, `2026-Q1` or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    year: i16,
    /// Number of the first month.
    first: i8,
    /// How many months: 1, 3 or 12.
    count: i8,
}

impl Months {
    /// How many days it has.
    #[must_use]
    pub fn days(self) -> Option<i64> {
        let first = Date::new(self.year, self.first, 1).ok()?;
        Some(i64::from(first.until(self.last_day()?).ok()?.get_days()) + 1)
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        Some(Date::new(self.year, self.first + self.count - 1, 1).ok()?.last_of_month())
    }
}

impl FromStr for Months {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("{text:?} is no period; write 2026-03, 2026-Q1 or 2026");
        let (year, rest) = text.trim().split_once('-').map_or((text.trim(), None), |(y, r)| (y, Some(r)));
        let year = year.parse().ok().filter(|y| (1900..=2999).contains(y)).ok_or_else(bad)?;
        let Some(rest) = rest else { return Ok(Self { year, first: 1, count: 12 }) };
        if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
            let n: i8 = quarter.parse().ok().filter(|n| (1..=4).contains(n)).ok_or_else(bad)?;
            return Ok(Self { year, first: 3 * n - 2, count: 3 });
        }
        let month = rest.parse().ok().filter(|m| (1..=12).contains(m)).ok_or_else(bad)?;
        Ok(Self { year, first: month, count: 1 })
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(f, "{}-{:02}", self.year, self.first),
            3 => write!(f, "{}-Q{}", self.year, self.first / 3 + 1),
            _ => write!(f, "{}", self.year),
        }
    }
}

impl Serialize for Months {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Months {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// One measured value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurement {
    /// Line of the file, from 1.
    pub line: u64,
    /// The contract, as the file calls it.
    pub contract: String,
    /// The metric, as the file calls it.
    pub metric: String,
    /// The severity, where there is one.
    pub severity: Option<String>,
    /// What it was measured at, such as a site, a circuit or a service.
    #[serde(default)]
    pub about: Option<String>,
    /// The months that it was measured over.
    pub period: Option<Months>,
    /// The value.
    pub value: Decimal,
    /// Its unit; null means that of the contract.
    pub unit: Option<LevelUnit>,
    /// The value as written.
    pub raw: String,
}

/// Why a table cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is no CSV, or cannot be read.
    #[error("cannot read the CSV file of measured values")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("the CSV file has no column {0:?}; it needs contract, metric, severity, period and value")]
    Column(&'static str),
}

/// Reads the rows; a row that makes no sense is a [`Problem`].
///
/// # Errors
/// [`ReadError`] when the file is no such table.
pub fn read(from: impl Read) -> Result<Vec<Result<Measurement, Problem>>, ReadError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(from);
    let headers = reader.headers()?.clone();
    let place = |name: &str| headers.iter().position(|h| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name));
    let need = |name: &'static str| place(name).ok_or(ReadError::Column(name));
    let (contract, metric, value) = (need("contract")?, need("metric")?, need("value")?);
    let (severity, period) = (place("severity"), place("period"));
    let about = ["about", "site", "circuit", "service"].into_iter().find_map(place);
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let filled = |at: Option<usize>| at.map(cell).filter(|c| !c.is_empty());
        let problem = |code, message: String| Problem { line, code, message };
        let raw = cell(value);
        let Some((number, unit)) = amount(raw) else {
            out.push(Err(problem("measure.value", format!("{raw:?} is no measured value."))));
            continue;
        };
        let months = match filled(period).map(str::parse).transpose() {
            Ok(months) => months,
            Err(message) => {
                out.push(Err(problem("measure.period", message)));
                continue;
            }
        };
        out.push(Ok(Measurement {
            line,
            contract: cell(contract).to_owned(),
            metric: cell(metric).to_owned(),
            severity: filled(severity).map(str::to_owned),
            about: filled(about).map(str::to_owned),
            period: months,
            value: number,
            unit,
            raw: raw.to_owned(),
        }));
    }
    Ok(out)
}

/// A number with or without its unit: `99.2`, `99.2%`, `90 minutes`.
fn amount(text: &str) -> Option<(Decimal, Option<LevelUnit>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let value = Decimal::parse(text.part(..end))?;
    let unit = match text.part(end..).trim().to_lowercase().trim_end_matches('s') {
        "" => None,
        "%" | "percent" => Some(LevelUnit::Percent),
        "second" | "sec" => Some(LevelUnit::Second),
        "minute" | "min" => Some(LevelUnit::Minute),
        "hour" | "h" | "hr" => Some(LevelUnit::Hour),
        "business hour" => Some(LevelUnit::BusinessHour),
        "day" | "d" => Some(LevelUnit::Day),
        "business day" => Some(LevelUnit::BusinessDay),
        "week" => Some(LevelUnit::Week),
        _ => return None,
    };
    Some((value, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_a_last_day() {
        for (text, last) in [("2026-02", "2026-02-28"), ("2024-Q1", "2024-03-31"), ("2025", "2025-12-31")] {
            let months: Months = text.parse().unwrap();
            assert_eq!(months.last_day().map(|d| d.to_string()).as_deref(), Some(last));
            assert_eq!(months.to_string(), text);
            assert_eq!(serde_json::from_value::<Months>(text.into()).unwrap(), months);
        }
        for bad in ["", "2026-13", "2026-Q5", "March", "2026-03-01"] {
            assert!(bad.parse::<Months>().is_err(), "{bad}");
        }
    }

    #[test]
    fn rows_and_problems() {
        let table =
            "contract,metric,severity,period,value\na.pdf,availability,,2026-01,99.2%\nb.pdf,response time,P1,,soon\n";
        let rows = read(table.as_bytes()).unwrap();
        let first = rows[0].as_ref().unwrap();
        assert_eq!((first.value.to_string().as_str(), first.unit), ("99.2", Some(LevelUnit::Percent)));
        assert_eq!(rows[1].as_ref().unwrap_err().code, "measure.value");
        assert!(matches!(read("contract,value\n".as_bytes()), Err(ReadError::Column("metric"))));
    }
}
