//! Contracts without any date of their own, and why.

use serde::Serialize;
use tickler::family::View;
use tickler::record::{Contract, DocumentId, Fact, Status};
use tickler::schedule::{self, EntryKind};
use tickler::store::Store;

use super::app::App;
use super::current::{Current, of_file};

/// A contract that no list of dates names.
#[derive(Debug, Serialize)]
pub(super) struct Gap {
    /// The document.
    pub(super) contract: DocumentId,
    /// Name of its file.
    pub(super) file_name: String,
    /// Why it has no date, in words for people.
    pub(super) why: String,
}

/// The contracts of the store whose end, renewal and breaks have neither a date that is still to come nor an open entry,
/// though nothing says that they have ended.
pub(super) fn gaps(app: &App, store: &Store) -> anyhow::Result<Vec<Gap>> {
    let current = Current::new(store, None)?;
    let mut out = Vec::new();
    for row in store.list()?.into_iter().filter(|row| !current.is_folded(&row.id)) {
        let Some(View { contract, .. }) = current.view(&row.id)? else { continue };
        let schedule = schedule::build(&contract, Some(app.today), &app.settings);
        let open = schedule::open(&contract, &schedule);
        let is_decision = |kind: EntryKind| !kind.is_duty() && kind != EntryKind::Review;
        let is_ahead = |e: &schedule::ScheduleEntry| is_decision(e.kind) && e.last_day() >= app.today;
        if schedule.iter().any(is_ahead) || open.iter().any(|e| is_decision(e.kind)) {
            continue;
        }
        let life = schedule::life(&contract, &schedule, app.today, &app.settings);
        let life = current.superseded(&row.id, &life, app.today).unwrap_or(of_file(&row, life));
        if !life.state.is_over() {
            let passed = schedule.iter().any(|e| is_decision(e.kind));
            let why = if passed {
                "all its dates have passed, and nothing says how it goes on".to_owned()
            } else {
                why(&contract)
            };
            out.push(Gap { contract: row.id, file_name: row.file_name, why });
        }
    }
    Ok(out)
}

fn why(contract: &Contract) -> String {
    if let Some(remark) = contract.not_read().or_else(|| contract.not_recognised()) {
        return remark.message.clone();
    }
    let expiration = contract.expiration_date.as_ref();
    let endless = expiration.and_then(Fact::value).is_some_and(|end| end.date().is_none());
    match expiration.map(Fact::status) {
        _ if endless => "it runs until somebody ends it".to_owned(),
        Some(Status::Redacted) => "the end of its term is blacked out".to_owned(),
        _ => "no end, no renewal and no break was found in it".to_owned(),
    }
}
