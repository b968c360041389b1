//! How one document writes its dates: order of day and month, and the century of short years (R16).

/// Which number of `01/02/2024` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// 2 January, as in the United States.
    MonthFirst,
    /// 1 February.
    DayFirst,
    /// Nothing in the document settles it.
    #[default]
    Unknown,
}

/// How one document writes its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateStyle {
    /// Order of day and month in numeric dates.
    pub order: DateOrder,
    /// A year of the document: two-digit years are put into the century that brings them nearest to it.
    pub near: i16,
}

impl Default for DateStyle {
    fn default() -> Self {
        Self { order: DateOrder::Unknown, near: 2005 }
    }
}

impl DateStyle {
    /// The style of a document: order from the numeric dates that can be read in one way only, years from the four-digit
    /// years.
    ///
    /// `default` is the order to assume when the document itself does not show it.
    #[must_use]
    pub fn of(text: &str, default: DateOrder) -> Self {
        let (mut month_first, mut day_first) = (0u32, 0u32);
        let mut years: Vec<i16> = Vec::new();
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            if !bytes[i].is_ascii_digit() || i > 0 && bytes[i - 1].is_ascii_alphanumeric() {
                i += 1;
                continue;
            }
            let (first, end) = run(bytes, i);
            if end - i == 4 && (1900..2100).contains(&first) {
                years.push(i16::try_from(first).unwrap_or(2000));
            }
            if end - i <= 2 && matches!(bytes.get(end), Some(b'/' | b'-')) {
                let separator = bytes[end];
                let (second, next) = run(bytes, end + 1);
                let (year, last) = if bytes.get(next) == Some(&separator) { run(bytes, next + 1) } else { (0, next) };
                if next > end + 1 && next - end <= 3 && last > next + 2 && last - next <= 5 && year > 0 {
                    month_first += u32::from((1..=12).contains(&first) && (13..=31).contains(&second));
                    day_first += u32::from((13..=31).contains(&first) && (1..=12).contains(&second));
                }
            }
            i = end.max(i + 1);
        }
        years.sort_unstable();
        let order = match month_first.cmp(&day_first) {
            std::cmp::Ordering::Greater => DateOrder::MonthFirst,
            std::cmp::Ordering::Less => DateOrder::DayFirst,
            std::cmp::Ordering::Equal => default,
        };
        Self { order, near: years.get(years.len() / 2).copied().unwrap_or(2005) }
    }

    pub(super) fn expand(self, two: i16) -> i16 {
        let candidates = [1900 + two, 2000 + two];
        candidates.into_iter().min_by_key(|y| (y - self.near).abs()).unwrap_or(2000 + two)
    }
}

/// The number at `i` and the end of its digits.
fn run(bytes: &[u8], i: usize) -> (u32, usize) {
    let mut end = i;
    let mut value = 0u32;
    while let Some(d) = bytes.get(end).filter(|b| b.is_ascii_digit()) {
        value = value.saturating_mul(10).saturating_add(u32::from(d - b'0'));
        end += 1;
    }
    (value, end)
}
