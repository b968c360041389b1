//! One contract: its values with their proof, its dates step by step, its duties, files and log; and what can be said of it.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use tickler::family::{Displaced, View};
use tickler::record::value::Obligation;
use tickler::record::{Contract, DocumentId, Evidence, Fact, FactRef, Field, Severity, fact_key};
use tickler::said::{self, Content, Correction, DutyKey, is_settable};
use tickler::schedule::{self, EntryKind, ScheduleEntry, Standing};
use tickler::store::ContractRow;

use super::fields::{Fields, address};
use super::html::{answer, at, day, mark, name, page, problem, undated};
use super::{Desk, Shared, forms, read, timeline};
use crate::cli::agenda::count;
use crate::cli::clean::clean;
use crate::cli::current::{Asked, Current, Planned};
use crate::cli::list::Line;
use crate::cli::{facts, log, tell};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/contract/{id}", get(contract))
}

async fn contract(State(site): State<Shared>, Path(id): Path<String>, Query(query): Query<Fields>) -> Response {
    read(site, move |desk| {
        let known = id.parse().ok().and_then(|id: DocumentId| desk.snapshot.line(&id));
        let Some(line) = known else {
            return Ok(problem(
                StatusCode::NOT_FOUND,
                "This contract is not in the store, or another file took its place.",
            ));
        };
        let title = name(&line.row);
        Ok(answer(page(desk, &query, "/contracts", &title, &content(desk, line, query.has("duties"))?)))
    })
    .await
}

/// How many years ahead dates are shown.
const AHEAD: i32 = 2;

/// `every` date of a duty is shown, where else the next ones are.
fn content(desk: &Desk<'_>, line: &Line, every: bool) -> anyhow::Result<Markup> {
    let current = desk.current();
    let row = &line.row;
    let View { contract, displaced, corrections } = current.view(&row.id)?.ok_or_else(tell::gone)?;
    let today = desk.app.today;
    let until = today.saturating_add(jiff::Span::new().years(AHEAD));
    let asked = Asked { as_of: today, until, settings: &desk.app.settings };
    let planned = current.plan(&row.id, contract, asked, false);
    let folded = current.is_folded(&row.id);
    let story = log::story(desk.store, &current.said, row)?;
    Ok(html! {
        h1 { (name(row)) }
        p.note { (clean(&row.file_name)) ", " (count(row.pages as usize, "page", "pages")) ", " (row.id.short()) }
        (head(desk, line, &planned.contract))
        nav aria-label="Parts of this page" { ul {
            @for (place, name) in [("values", "Values"), ("dates", "Dates"), ("timeline", "Timeline"), ("duties", "Duties"), ("files", "Files"), ("log", "Log")] {
                li { a href=(format!("#{place}")) { (name) } }
            }
        } }
        h2 id="values" { "Values" }
        (values(&current, row, &planned.contract, &corrections))
        h2 id="dates" { "Dates" }
        @if folded { p { "Its dates are part of its agreement." } } @else { (dates(desk, row, &planned)) }
        h2 id="timeline" { "Timeline" }
        (timeline::of(&current, row, &planned, today))
        h2 id="duties" { "Duties" }
        @if folded { p { "Its duties are part of its agreement." } } @else { (duties(desk, &current, row, &planned, every)) }
        h2 id="files" { "Files" }
        (files(desk, &current, row, displaced)?)
        h2 id="log" { "Log" }
        (logged(&row.id, &story))
    })
}

/// Where it stands, who answers for it, and the remarks on its reading.
fn head(desk: &Desk<'_>, line: &Line, contract: &Contract) -> Markup {
    let id = &line.row.id;
    let owner = line.owner.as_ref().map(|owner| (owner.name.as_str(), owner.backup.as_deref().unwrap_or_default()));
    let remarks = contract.diagnostics.iter().filter(|d| d.severity > Severity::Info);
    html! {
        dl.head {
            @if let Some(life) = &line.life { dt { "State" } dd { (life.state.as_str()) ": " (clean(&life.reason)) } }
            dt { "Act by" } dd { @match line.next_notice_deadline { Some(next) => (day(next, desk.app.today)), None => (line.when(desk.app.today)) } @if line.assumed { " (assumed)" } }
            dt { "Owner" }
            dd {
                @match owner { Some((name, "")) => (clean(name)), Some((name, backup)) => { (clean(name)) ", " (clean(backup)) " stands in" }, None => "nobody" }
                details { summary { "Assign" } (forms::assign(id, &at(id), owner)) }
            }
        }
        @for remark in remarks { p.remark { (clean(&remark.message)) } }
    }
}

fn values(current: &Current<'_>, row: &ContractRow, contract: &Contract, corrections: &[Correction]) -> Markup {
    let facts = facts::of(contract);
    let shown = facts.iter().filter(|f| !matches!(f.field, Field::obligations | Field::clauses));
    html! {
        div.wide tabindex="0" role="region" aria-label="Values" {
            table {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Value" } th scope="col" { "Proof" } th scope="col" { "Say" } } }
                tbody { @for fact in shown { (value(current, row, (contract, fact), corrections.iter().find(|c| c.fact == *fact.id))) } }
            }
        }
        details { summary { "Give a value that was not read, or a part of one" } (forms::set(&row.id, &format!("{}#values", at(&row.id)))) }
    }
}

fn value(
    current: &Current<'_>,
    row: &ContractRow,
    (contract, fact): (&Contract, &FactRef<'_>),
    told: Option<&Correction>,
) -> Markup {
    let (id, label, words) = (&row.id, fact.field.label(), facts::value(fact));
    let back = format!("{}#fact-{}", at(id), fact.id);
    html! {
        tr id=(format!("fact-{}", fact.id)) {
            th scope="row" { (label) }
            td {
                (clean(&words))
                @match told {
                    Some(told) => p.note { (clean(&facts::told(told))) },
                    None => p.note { (facts::status(fact.status)) ", " (facts::percent(fact.confidence)) ", " (clean(&facts::origin(fact.origin))) },
                }
            }
            td { (proof(current, id, fact.evidence, fact.id.as_str())) }
            td {
                @if told.is_none() && fact.words().is_some() {
                    (forms::button(id, "confirm", &back, ("field", fact.id.as_str()), "Confirm", label))
                }
                @if told.is_some() { (forms::button(id, "unset", &back, ("field", fact.id.as_str()), "Take back", label)) }
                @if is_settable(fact.field) {
                    details { summary { "Correct" span.hidden { " " (label) } } (forms::correct(id, &back, fact.field.name(), &typed(contract, fact))) }
                }
            }
        }
    }
}

/// The value as somebody would type it; nothing where its words are more than that.
pub(super) fn typed(contract: &Contract, fact: &FactRef<'_>) -> String {
    let words = fact.words().unwrap_or_default();
    if said::parse(contract, fact.field, None, &words).is_ok() { words } else { String::new() }
}

/// The words that prove a value, each with a link to its picture.
pub(super) fn proof(current: &Current<'_>, id: &DocumentId, evidence: &[Evidence], fact: &str) -> Markup {
    html! {
        @if evidence.iter().all(|e| e.quote().is_empty()) { span.note { "no words of the contract" } }
        @for e in evidence.iter().filter(|e| !e.quote().is_empty()) {
            p {
                a href=(address(&format!("/contract/{}/page/{}", e.document(), e.page()), &[("fact", fact)])) { "page " (e.page()) }
                @if let Some(card) = current.families.card(e.document()).filter(|card| card.document != *id) { " of " (clean(&card.file_name)) }
                ": " q { (clean(e.quote())) }
            }
        }
    }
}

fn dates(desk: &Desk<'_>, row: &ContractRow, planned: &Planned) -> Markup {
    let (plan, today) = (&planned.plan, desk.app.today);
    let shown = plan.entries.iter().filter(|e| !e.kind.is_task() && plan.standing(e, today) != Standing::Past);
    let awaited = schedule::awaited(&planned.contract);
    html! {
        ul.lines {
            @for entry in shown { li id=(format!("entry-{}", entry.id)) { (entry_of(desk, row, planned, entry)) } }
            @for open in planned.open.iter().filter(|open| !open.kind.is_duty()) { (undated(open)) }
        }
        (reviews(desk, row, planned))
        @if schedule::ends_from(&planned.contract, today).is_some() && !plan.entries.iter().any(schedule::is_ending) {
            details { summary { "End it on a day" } (forms::end(&row.id, &format!("{}#dates", at(&row.id)))) }
        }
        details { summary { "Record an event" } (forms::event(&row.id, &format!("{}#dates", at(&row.id)), &awaited)) }
    }
}

/// What a person should look at once the contract is signed. It stays when its day is over: nobody else asks for it again.
fn reviews(desk: &Desk<'_>, row: &ContractRow, planned: &Planned) -> Markup {
    let (plan, today) = (&planned.plan, desk.app.today);
    let all: Vec<&ScheduleEntry> = plan.entries.iter().filter(|e| e.kind == EntryKind::Review).collect();
    let seen_to = all.iter().filter(|e| plan.standing(e, today) == Standing::Settled).count();
    html! {
        @if !all.is_empty() {
            details id="review" open[all.iter().any(|e| matches!(plan.standing(e, today), Standing::Ahead | Standing::Now))] {
                summary { "Review after signing: " (seen_to) " of " (count(all.len(), "point", "points")) " seen to" }
                ul.lines { @for entry in all { li { (task(desk, row, planned, entry, &format!("{}#review", at(&row.id)))) } } }
            }
        }
    }
}

fn entry_of(desk: &Desk<'_>, row: &ContractRow, planned: &Planned, entry: &ScheduleEntry) -> Markup {
    let (plan, today, id) = (&planned.plan, desk.app.today, entry.id.as_str());
    let said = plan.said_of(entry);
    let to_send = said.is_some_and(|said| said.to_send);
    let back = format!("{}#entry-{id}", at(&row.id));
    html! {
        (day(entry.act_by, today)) " " (mark(plan.standing(entry, today), to_send)) (clean(&entry.label))
        @if entry.act_by != entry.date { p.note { "must arrive by " (entry.date) } }
        @if let Some(words) = said.and_then(log::entry_words) { p.note { (clean(&words)) } }
        (steps(entry))
        @if entry.kind.is_decision() {
            details { summary { "Decide" } (forms::decide(&row.id, &back, id)) }
            details { summary { "Notice" }
                (letter(&row.id, planned, id))
                (forms::sent(&row.id, &back, id, today))
            }
        }
    }
}

/// How a date was reached.
fn steps(entry: &ScheduleEntry) -> Markup {
    let derivation = &entry.derivation;
    let readings = derivation.readings;
    html! {
        details {
            summary { "How this date was reached" }
            ol { @for step in &derivation.steps { li { (clean(&step.note)) " " span.note { (step.rule) } } } }
            @if readings.literal != readings.conservative {
                p { "Careful reading: " (readings.conservative) "; literal reading: " (readings.literal) "." }
            }
            @for assumption in &derivation.assumptions { p.note { "Assumed: " (clean(assumption)) } }
            @if !entry.send_by.is_empty() {
                p { "Send by:" }
                ul { @for last in &entry.send_by {
                    li { (last.date) " " @match last.method { Some(way) => (way.in_words()), None => "by any way that the contract names" } }
                } }
            }
            @if !entry.reminders.is_empty() {
                p.note { "Reminders: " @for day in &entry.reminders { (day) " " } }
            }
        }
    }
}

/// The form that drafts a notice.
fn letter(id: &DocumentId, planned: &Planned, entry: &str) -> Markup {
    let parties = planned.contract.parties.iter().filter_map(tickler::record::Fact::value);
    html! {
        form method="get" action=(format!("/contract/{id}/letter")) {
            input type="hidden" name="entry" value=(entry);
            label { "From " select name="from" {
                @for party in parties { option value=(party.name) selected[party.is_us == Some(true)] { (clean(&party.name)) } }
            } }
            button type="submit" { "Draft the letter" }
            button type="submit" name="as" value="docx" { "Draft it for a word processor" }
        }
    }
}

/// A date on which something is to be done, and what can be said of it.
fn task(desk: &Desk<'_>, row: &ContractRow, planned: &Planned, entry: &ScheduleEntry, back: &str) -> Markup {
    let (plan, today) = (&planned.plan, desk.app.today);
    let said = plan.said_of(entry);
    html! {
        (day(entry.act_by, today)) " " (mark(plan.standing(entry, today), false)) (clean(&entry.label))
        @if let Some(words) = said.and_then(log::entry_words) { p.note { (clean(&words)) } }
        (steps(entry))
        (forms::duty(&row.id, back, entry.id.as_str(), today))
    }
}

fn duties(desk: &Desk<'_>, current: &Current<'_>, row: &ContractRow, planned: &Planned, every: bool) -> Markup {
    let (plan, today) = (&planned.plan, desk.app.today);
    let ahead = plan.entries.iter().filter(|e| e.kind.is_duty() && plan.standing(e, today) != Standing::Past);
    let dated: Vec<&ScheduleEntry> = ahead.collect();
    let shown = if every { dated.len() } else { MOST_DUTIES.min(dated.len()) };
    let more = dated.len() - shown;
    let (open, contract) = (&planned.open, &planned.contract);
    let back = if every { format!("{}?duties=all#duties", at(&row.id)) } else { format!("{}#duties", at(&row.id)) };
    html! {
        @if dated.is_empty() { p { "No duty has a date ahead." } }
        ul.lines {
            @for entry in &dated[..shown] { li { (task(desk, row, planned, entry, &back)) } }
            @if more > 0 { li { a href=(format!("{}?duties=all#duties", at(&row.id))) { (count(more, "more date", "more dates")) } } }
            @for open in open.iter().filter(|open| open.kind.is_duty()) { (undated(open)) }
        }
        details {
            summary { "All obligations (" (contract.obligations.len()) ")" }
            ul.lines { @for fact in &contract.obligations { li id=(format!("fact-{}", fact.id())) { (obligation(desk, current, row, fact)) } } }
        }
    }
}

/// A duty with all of its dates, or without any: its words, and what can be said of it as a whole.
fn obligation(desk: &Desk<'_>, current: &Current<'_>, row: &ContractRow, fact: &Fact<Obligation>) -> Markup {
    let (id, key) = (fact.id().as_str(), DutyKey { duty: fact_key(fact.raw()), date: None });
    let about = |content: &Content| matches!(content, Content::Duty { duty, .. } | Content::Snoozed { duty, .. } if *duty == key);
    let told = current.said.standing(&row.id).rev().find(|statement| about(&statement.content));
    html! {
        @match fact.value() {
            Some(duty) => {
                (clean(duty.obligor.as_deref().unwrap_or("no obligor named"))) ": " (clean(&duty.action)) " "
                span.note { (clean(&duty.timing.to_string())) }
            }
            None => (clean(fact.raw())),
        }
        @if let Some(told) = told { p.note { (clean(&log::in_words(&told.content))) } }
        (proof(current, &row.id, fact.evidence(), id))
        (forms::duty(&row.id, &format!("{}#fact-{id}", at(&row.id)), id, desk.app.today))
    }
}

/// Most dates of duties that are listed; recurring ones are many.
const MOST_DUTIES: usize = 20;

/// Where its files are, and which documents belong to it.
fn files(
    desk: &Desk<'_>,
    current: &Current<'_>,
    row: &ContractRow,
    displaced: Vec<Displaced>,
) -> anyhow::Result<Markup> {
    let family = current.families.kinship(&row.id, displaced);
    let name = |id: &DocumentId| current.families.card(id).map_or_else(String::new, |card| clean(&card.file_name));
    let paths = desk.store.paths(&row.id)?;
    Ok(html! {
        ul { @for path in &paths { li { (clean(path)) } } }
        @if let Some(family) = &family {
            @if let Some(parent) = &family.parent { p { "Belongs to " a href=(at(parent)) { (name(parent)) } "." } }
            @for member in &family.members {
                p { @if current.is_folded(member) { "Amended by " } @else { "Related: " } a href=(at(member)) { (name(member)) } }
            }
            @for number in &family.missing { p.remark { "Amendment " (number) " is not in the store; the terms may be out of date." } }
            @for gone in &family.displaced {
                p.note { (facts::label(&gone.field)) " " q { (clean(&gone.raw)) } " in " (name(&gone.document)) " was replaced by " (name(&gone.by)) "." }
            }
        }
        details { summary { "Say which agreement it belongs to" } (forms::link(&row.id)) }
    })
}

fn logged(id: &DocumentId, story: &[log::Line]) -> Markup {
    let back = format!("{}#log", at(id));
    html! {
        (forms::note(id, &back))
        div.wide tabindex="0" role="region" aria-label="Log" {
            table {
                thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Take back" } } }
                tbody { @for line in story.iter().rev() {
                    @let cells = log::cells(line);
                    tr {
                        td { (cells[0]) } td { (cells[1]) } td { (cells[2]) }
                        td { @if line.stands() { (forms::button(id, "undo", &back, ("statement", &cells[4]), "Take back", &cells[2])) } }
                    }
                } }
            }
        }
    }
}
