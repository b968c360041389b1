//! `tickler letter`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;
use serde::Serialize;
use tickler::export::letter::{Addressee, ClauseRef, Draft, Letter, Place, Purpose, proofs};
use tickler::record::value::Party;
use tickler::record::{Contract, DocumentId, EntryId, Evidence, Fact, Part as _};
use tickler::said::{Decision, Plan, notice_renews};
use tickler::schedule::{EntryKind, Renews, ScheduleEntry};
use tickler::source;
use tickler::store::{Store, StoredClause, StoredText};

use super::app::App;
use super::clean::clean;
use super::exit::Usage;
use super::filter::date;
use super::{sink, tell};

/// Draft the notice about a renewal, an option or a break
///
/// The draft names the parties, their addresses, the sections of the contract and the ways of sending it; below it stands
/// what its sender should know, with the clauses in full. It is a draft: nothing is sent, and nothing counts as sent before
/// `tickler sent` says so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Which party you are follows from `us` in the settings, or from --from.\n\nExamples:\n  \
    tickler letter cloud-msa --from Holloway\n  \
    tickler letter cloud-msa --from Holloway -o notice.txt\n  \
    tickler letter cloud-msa --from Holloway -o notice.docx    # for a word processor")]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// ID of the renewal, option or break, or its first digits [default: the next one]
    #[arg(long, value_name = "ID")]
    pub(crate) entry: Option<String>,
    /// Party that gives notice: a part of its name, or its role [default: the one that is you]
    #[arg(long, value_name = "PARTY")]
    pub(crate) from: Option<String>,
    /// Day of the letter [default: today]
    #[arg(long, value_name = "DAY", value_parser = date)]
    pub(crate) on: Option<Date>,
    /// Output format [default: docx for a FILE that ends so, else text]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// Write to FILE: a .docx, a .txt or .md file, or one without an ending [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text
    Text,
    /// A document for a word processor (Word, LibreOffice), marked as a draft on each page
    Docx,
    /// The text in JSON
    Json,
}

#[derive(Serialize)]
struct Shown<'a> {
    contract: &'a DocumentId,
    entry: &'a EntryId,
    act_by: Date,
    draft: String,
}

impl Args {
    fn format(&self) -> anyhow::Result<Format> {
        let output = self.output.as_deref();
        let is_called =
            |endings: &[&str]| output.is_some_and(|path| endings.iter().any(|e| source::is_called(path, e)));
        let by_name = is_called(&["docx"]).then_some(Format::Docx);
        let format = self.format.or(by_name).unwrap_or(Format::Text);
        // Plain text under the name of another kind of file is one that nothing opens.
        if format == Format::Text
            && let Some(path) = output.filter(|path| path.extension().is_some() && !is_called(&["txt", "md"]))
        {
            let problem = "a letter is written as text (.txt, .md, or no ending) or for a word processor (.docx)";
            return Err(Usage(format!("{problem}, not as {}", path.display())).into());
        }
        Ok(format)
    }
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let (contract, entry, draft) = drafted(args, app)?;
    let output = args.output.as_deref();
    let format = args.format()?;
    if format == Format::Docx && output.is_none_or(|path| path.as_os_str() == "-") {
        // Standard output is for text: escape codes are removed from it.
        return Err(Usage("a .docx file is no text: give a file with --output".to_owned()).into());
    }
    sink::write(app, output, format == Format::Json, |mut out| match format {
        Format::Json => {
            let shown = Shown { contract: &contract, entry: &entry.id, act_by: entry.act_by, draft: draft.text() };
            serde_json::to_writer_pretty(&mut out, &shown)?;
            Ok(writeln!(out)?)
        }
        Format::Docx => Ok(out.write_all(&draft.docx()?)?),
        // Line by line, so that what a contract brings along obeys no terminal.
        Format::Text => Ok(draft.text().lines().try_for_each(|line| writeln!(out, "{}", clean(line)))?),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The draft, with the contract and the deadline that it is about.
pub(crate) fn drafted(args: &Args, app: &mut App) -> anyhow::Result<(DocumentId, ScheduleEntry, Draft)> {
    let store = app.read_store()?;
    let (row, contract, plan) = tell::planned(app, &store, &args.contract, app.today)?;
    let on = args.on.unwrap_or(app.today);
    let entry = tell::to_send(&plan, args.entry.as_deref(), on)?;
    let decided = plan.said_of(entry).and_then(|said| said.decision.as_ref()).map(|d| d.decision);
    let needs_notice = decided.and_then(|decision| decision.needs_notice(Renews::of(&contract), entry.kind));
    if let (Some(decision), Some(false)) = (decided, needs_notice) {
        let (what, label, day) = (decision.as_str(), clean(&entry.label), entry.act_by);
        let problem = format!(
            "no notice is needed: {what} was decided ({label}: {day}), and that comes about by itself; `tickler decide` changes it"
        );
        return Err(Usage(problem).into());
    }
    let (from, to) = sides(&contract, args.from.as_deref())?;
    let (purpose, ends) = purpose(&plan, &contract, (entry, decided));
    let (right, notices) = proofs(&contract, entry);
    let texts = texts(&store, [right, notices].into_iter().flatten().map(Evidence::document).chain([&row.id]))?;
    let to = to.into_iter().map(|party| Addressee { party, place: place(&texts, notices, party, &contract) });
    let letter = Letter {
        contract: &contract,
        entry,
        purpose,
        ends,
        renegotiates: decided == Some(Decision::Renegotiate),
        from,
        to: to.collect(),
        on,
        right: right.and_then(|e| clause(&texts, e)),
        notices: notices.and_then(|e| clause(&texts, e)),
    };
    let draft = letter.draft();
    if entry.last_day() < on {
        app.note(&format!("the last day for this notice, {}, has passed", entry.last_day()))?;
    }
    let entry = entry.clone();
    Ok((row.id, entry, draft))
}

/// Who gives notice, and who gets it.
fn sides<'a>(contract: &'a Contract, from: Option<&str>) -> anyhow::Result<(&'a Party, Vec<&'a Party>)> {
    let parties: Vec<&Party> = contract.parties.iter().filter_map(Fact::value).collect();
    let is_from = |party: &&&Party| match from {
        Some(name) => {
            let name = name.to_lowercase();
            let role = party.role.as_ref().is_some_and(|role| role.to_lowercase() == name);
            role || party.name.to_lowercase().contains(&name)
        }
        None => party.is_us == Some(true),
    };
    let found: Vec<&&Party> = parties.iter().filter(is_from).collect();
    let [us] = found.as_slice() else {
        let names: Vec<String> = parties.iter().map(|p| clean(&p.name)).collect();
        let which = if found.is_empty() { "no party is known as yours" } else { "several parties fit" };
        let problem = format!(
            "{which}: name one with --from, or yours as `us` in the settings; the parties are {}",
            names.join(", ")
        );
        return Err(Usage(problem).into());
    };
    let to: Vec<&Party> = parties.iter().copied().filter(|p| p.name != us.name).collect();
    if to.is_empty() {
        return Err(Usage("the other party was not read; `tickler review` tells what is missing".to_owned()).into());
    }
    Ok((us, to))
}

/// What the notice brings about, and the day on which the term or the contract ends.
fn purpose(
    plan: &Plan,
    contract: &Contract,
    (entry, decided): (&ScheduleEntry, Option<Decision>),
) -> (Purpose, Option<Date>) {
    if entry.kind == EntryKind::BreakDeadline {
        // The label of a break names its day.
        let mut days = entry.label.split_whitespace().filter_map(|word| word.trim_end_matches(',').parse().ok());
        return (Purpose::Break, days.next_back());
    }
    let renews = notice_renews(Renews::of(contract), entry.kind, decided);
    (if renews { Purpose::Renewal } else { Purpose::NonRenewal }, plan.end_of(entry.occurrence))
}

/// The texts of documents.
fn texts<'a>(
    store: &Store,
    documents: impl Iterator<Item = &'a DocumentId>,
) -> anyhow::Result<Vec<(DocumentId, StoredText)>> {
    let mut out: Vec<(DocumentId, StoredText)> = Vec::new();
    for document in documents {
        if !out.iter().any(|(id, _)| id == document)
            && let Some(text) = store.or_pass_over(document, store.text(document))?.flatten()
        {
            out.push((document.clone(), text));
        }
    }
    Ok(out)
}

/// Where notices to a party go, with the clause that says so: the one that tells how they are given, what stands under its
/// heading, or a line of the key terms.
fn place<'a>(
    texts: &'a [(DocumentId, StoredText)],
    notices: Option<&Evidence>,
    party: &Party,
    contract: &Contract,
) -> Option<(Place, ClauseRef<'a>)> {
    let parties: Vec<&Party> = contract.parties.iter().filter_map(Fact::value).collect();
    texts.iter().find_map(|(id, text)| {
        let proof = notices.filter(|proof| proof.document() == id).map(Evidence::span);
        let is_proof = |c: &&StoredClause| proof.is_some_and(|proof| c.span.contains(proof));
        let headed = |c: &&StoredClause| c.heading.as_ref().is_some_and(|h| h.to_lowercase().contains("notice"));
        let lines = |c: &&StoredClause| text.text.part(c.span.range()).to_lowercase().contains("notices to ");
        let mut about: Vec<&StoredClause> =
            text.clauses.iter().filter(|c| is_proof(c) || headed(c) || lines(c)).collect();
        about.sort_by_key(|c| (!is_proof(c), !headed(c), c.span.end() - c.span.start()));
        about.into_iter().find_map(|c| {
            let words = text.text.part(c.span.range());
            let place = Place::of(words, party, &parties)?;
            Some((place, ClauseRef { number: c.number.clone(), page: c.page, words }))
        })
    })
}

/// The innermost numbered clause around a proof, else the proof itself.
fn clause<'a>(texts: &'a [(DocumentId, StoredText)], proof: &'a Evidence) -> Option<ClauseRef<'a>> {
    let (_, text) = texts.iter().find(|(id, _)| id == proof.document())?;
    let around = text.clauses.iter().filter(|c| c.number.is_some() && c.span.contains(proof.span()));
    let words = |span: tickler::record::Span| text.text.part(span.range());
    Some(match around.min_by_key(|c| c.span.end() - c.span.start()) {
        Some(clause) => ClauseRef { number: clause.number.clone(), page: clause.page, words: words(clause.span) },
        None => ClauseRef { number: None, page: proof.page(), words: words(proof.span()) },
    })
}
