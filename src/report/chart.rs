//! Charts as SVG, small and printable.

use maud::{Markup, html};

use super::Month;
use crate::lexicon::Decimal;
use crate::record::value::worth::money;

/// Days of the longest month.
pub(super) const DAYS: u16 = 31;

/// Twelve months as a strip: a row a month, a cell a day, darker where more has to be decided.
pub(super) fn strip(months: &[Month]) -> Markup {
    const CELL: u16 = 18;
    const LEFT: u16 = 76;
    let (width, height) = (LEFT + DAYS * CELL, 20 + CELL * u16::try_from(months.len()).unwrap_or(12));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {width} {height}")) role="img" aria-label="Days to act by in the next twelve months" {
            @for day in (1..=DAYS).filter(|d| d % 5 == 0 || *d == 1) {
                text x=(LEFT + (day - 1) * CELL + CELL / 2) y="12" text-anchor="middle" class="axis" { (day) }
            }
            @for (row, month) in (0u16..).zip(months) {
                @let y = 20 + row * CELL;
                text x="0" y=(y + 13) class="axis" { (month.first.strftime("%b %Y")) }
                @for day in 1..=month.first.days_in_month() {
                    @let n = month.days.get(&day).copied().unwrap_or_default();
                    @let x = LEFT + (u16::from(day.unsigned_abs()) - 1) * CELL;
                    rect x=(x) y=(y) width=(CELL - 2) height=(CELL - 2) rx="2" class=(shade(n)) {
                        @if n > 0 { title { (n) " on " (day) " " (month.first.strftime("%B %Y")) } }
                    }
                    @if n > 0 {
                        text x=(x + CELL / 2 - 1) y=(y + 12) text-anchor="middle" class="count" { (n) }
                    }
                }
            }
        }
    }
}

/// How a day with so many decisions looks.
pub(super) const fn shade(n: usize) -> &'static str {
    match n {
        0 => "none",
        1 => "few",
        2..=4 => "some",
        _ => "many",
    }
}

/// Bars of one currency, a month each.
pub(super) fn bars(months: &[Month], currency: &str) -> Markup {
    const WIDTH: u16 = 52;
    const HEIGHT: i64 = 120;
    let of = |month: &Month| month.at_stake.get(currency).copied().unwrap_or_default();
    let most = months.iter().map(|m| of(m).millionths()).max().unwrap_or_default().max(1);
    let tall = |amount: Decimal| {
        i64::try_from(i128::from(amount.millionths()) * i128::from(HEIGHT) / i128::from(most)).unwrap_or(HEIGHT)
    };
    let width = WIDTH * u16::try_from(months.len()).unwrap_or(12);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {width} {}", HEIGHT + 40)) role="img" aria-label=(format!("Value at stake by month, in {currency}")) {
            @for (column, month) in (0u16..).zip(months) {
                @let amount = of(month);
                @let x = column * WIDTH;
                @let bar = tall(amount);
                @if amount.millionths() > 0 {
                    rect x=(x + 6) y=(20 + HEIGHT - bar) width=(WIDTH - 12) height=(bar) rx="2" class="bar" {
                        title { (money(currency, amount)) }
                    }
                    text x=(x + WIDTH / 2) y=(15 + HEIGHT - bar) text-anchor="middle" class="axis" { (short(amount)) }
                }
                text x=(x + WIDTH / 2) y=(HEIGHT + 35) text-anchor="middle" class="axis" { (month.first.strftime("%b")) }
            }
            line x1="0" y1=(HEIGHT + 20) x2=(width) y2=(HEIGHT + 20) class="rule" {}
        }
    }
}

/// A share of a whole as a bar with its number.
pub(super) fn share(n: usize, all: usize) -> Markup {
    let filled = (n * 160).checked_div(all).unwrap_or_default();
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 10" class="share" aria-hidden="true" {
            rect x="0" y="0" width="160" height="10" rx="2" class="none" {}
            rect x="0" y="0" width=(filled) height="10" rx="2" class="bar" {}
        }
    }
}

/// An amount in few characters: `1.2m`, `85k`.
pub(super) fn short(amount: Decimal) -> String {
    let whole = amount.millionths() / 1_000_000;
    match whole {
        0..=9_999 => whole.to_string(),
        10_000..=999_999 => format!("{}k", (whole + 500) / 1_000),
        _ => format!("{}.{}m", (whole + 50_000) / 1_000_000, (whole + 50_000) / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short() {
        for (n, want) in
            [(950, "950"), (84_600, "85k"), (1_249_000, "1.2m"), (1_250_000, "1.3m"), (12_000_000, "12.0m")]
        {
            assert_eq!(short(Decimal::whole(n)), want);
        }
    }
}
