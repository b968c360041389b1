//! `tickler sent`

use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::record::Contract;
use tickler::record::value::DeliveryMethod;
use tickler::said::{Content, entry_key};
use tickler::schedule::{Judged, Timely, judge};

use super::Format;
use super::app::App;
use super::clean::clean;
use super::exit::{SOME_FAILED, Usage};
use super::filter::date;
use super::tell::{self, Telling, Told};

/// Say that a notice was sent, and check that it is in time
///
/// A notice is in time when it counts as given by the deadline, as the contract says for its way of sending (rule R14). One
/// that is closes the deadline. One that is late, or sent in a way that the contract does not name, is kept and closes nothing,
/// and the exit code is 1.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler sent cloud-msa --on 2025-06-02 --way courier\n  \
    tickler explain --rule R14")]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// Day on which it was sent [default: today]
    #[arg(long, value_name = "DAY", value_parser = date)]
    pub(crate) on: Option<Date>,
    /// How it was sent: hand, courier, certified-mail, post, fax or email
    #[arg(long, value_name = "WAY", value_parser = way)]
    pub(crate) way: DeliveryMethod,
    /// It counts although the contract does not name this way: the other party accepted it
    #[arg(long)]
    pub(crate) accept: bool,
    /// ID of the renewal, option or break, or its first digits [default: the next one]
    #[arg(long, value_name = "ID")]
    pub(crate) entry: Option<String>,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

pub(crate) fn way(text: &str) -> Result<DeliveryMethod, String> {
    Ok(match text.to_lowercase().replace(['_', ' '], "-").as_str() {
        "hand" | "by-hand" | "personal" => DeliveryMethod::Personal,
        "courier" => DeliveryMethod::Courier,
        "certified-mail" | "certified" | "registered" | "registered-mail" | "recorded" => DeliveryMethod::CertifiedMail,
        "post" | "mail" | "letter" => DeliveryMethod::Mail,
        "fax" => DeliveryMethod::Fax,
        "email" | "e-mail" => DeliveryMethod::Email,
        _ => return Err("use hand, courier, certified-mail, post, fax or email".to_owned()),
    })
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    told: Told<'a>,
    last_day: Date,
    plain_last_day: Date,
    /// Whether the contract names this way of sending; null where it names none.
    named: Option<bool>,
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let on = args.on.unwrap_or(app.today);
    if on > app.today {
        return Err(Usage(format!("{on} lies ahead; say so when the notice is sent")).into());
    }
    let mut store = app.store_to_tell()?;
    let (row, contract, plan) = tell::planned(app, &store, &args.contract, app.today)?;
    if let Some(begins) = begins(&contract).filter(|begins| on < *begins) {
        return Err(Usage(format!("{on} lies before the contract, which begins on {begins}")).into());
    }
    let entry = tell::to_send(&plan, args.entry.as_deref(), on)?;
    let judged = judge(&contract, &plan.entries, entry, on, (args.way, args.accept), &app.settings);
    let judged = judged.ok_or_else(|| anyhow::anyhow!("the last day to send it cannot be computed"))?;
    let Judged { timely, last_day, plain_last_day, named, .. } = judged;
    let content =
        Content::Sent { entry: entry_key(&plan.entries, entry), act_by: entry.act_by, on, way: args.way, timely };
    let statement = args.telling.tell(app, &mut store, &row, content)?;
    let code = if timely.counts() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) };
    if args.telling.format == Format::Json {
        let told = Told { file_name: &row.file_name, statement };
        app.json(&Shown { told, last_day, plain_last_day, named })?;
        return Ok(code);
    }
    let how = args.way.in_words();
    writeln!(app.out, "{}: {}", clean(&entry.label), entry.date)?;
    writeln!(app.out, "Notice sent on {on} {how}: {}.", timely.as_str().to_uppercase())?;
    writeln!(app.out, "  The last safe day to send it {how} is {last_day} (R14).")?;
    if plain_last_day != last_day {
        writeln!(app.out, "  By the plain count it is {plain_last_day}.")?;
    }
    match named {
        Some(false) if args.accept => {
            writeln!(app.out, "  The contract names other ways of sending, and not this one; it was accepted.")?;
        }
        Some(false) => writeln!(
            app.out,
            "  The contract names other ways of sending, and not this one: it may not count at all. Send it in one of them, too, \
             or say --accept where the other party has accepted it."
        )?,
        None => writeln!(app.out, "  The contract does not say when notices count; time on the way was allowed for.")?,
        Some(true) => {}
    }
    match timely {
        Timely::InTime => writeln!(app.out, "The deadline is closed.")?,
        Timely::PlainCountOnly => writeln!(app.out, "The deadline is closed; the careful reading has it late.")?,
        Timely::Late | Timely::OtherWay => {
            writeln!(app.out, "The deadline stays open: what follows from silence may come about.")?;
        }
        Timely::TooEarly => {
            let opens = judged.opens.map_or_else(String::new, |day| format!(" on {day}"));
            writeln!(app.out, "Notice counts only once its window opens{opens}: send it again then.")?;
        }
    }
    Ok(code)
}

/// The first day of a contract: that on which it was made, or begins, whichever is earlier.
fn begins(contract: &Contract) -> Option<Date> {
    let days = [&contract.agreement_date, &contract.effective_date];
    days.into_iter().flatten().filter_map(|fact| fact.value()?.date()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_as_people_call_them() {
        for (text, wanted) in [
            ("hand", DeliveryMethod::Personal),
            ("Certified mail", DeliveryMethod::CertifiedMail),
            ("registered", DeliveryMethod::CertifiedMail),
            ("post", DeliveryMethod::Mail),
            ("e-mail", DeliveryMethod::Email),
        ] {
            assert_eq!(way(text), Ok(wanted), "{text}");
        }
        assert!(way("pigeon").is_err());
    }
}
