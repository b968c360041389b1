//! `/contract/ID/page/N`: a page of a contract with the words marked that prove its values, and `N.png`, its picture.

mod marks;
mod pictures;
mod sheet;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use maud::html as markup;
use tickler::record::{Contract, DocumentId, Evidence};
use tickler::store::{ContractRow, Store};
use tickler::text::Turn;

use super::fields::Fields;
use super::html::{self, at, page, problem};
use super::{Desk, Shared, read};
use crate::cli::clean::clean;

use marks::Mark;
pub(crate) use pictures::Pictures;
use sheet::Sheet;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/contract/{id}/page/{page}", get(answer))
}

async fn answer(
    State(site): State<Shared>,
    Path((id, name)): Path<(String, String)>,
    Query(query): Query<Fields>,
) -> Response {
    read(site, move |desk| {
        let (number, is_picture) = name.strip_suffix(".png").map_or((&*name, false), |number| (number, true));
        let found = find(desk, &id, &query)?.zip(number.parse().ok());
        let Some((leaf, number)) = found.filter(|(leaf, number)| (1..=leaf.file.pages).contains(number)) else {
            return Ok(problem(StatusCode::NOT_FOUND, "There is no such page."));
        };
        if is_picture { leaf.png(desk, number, turn(&query)) } else { Ok(leaf.html(desk, number, &query)) }
    })
    .await
}

/// How far the page is turned; another number of degrees is none.
fn turn(query: &Fields) -> Turn {
    query.parsed("turn").ok().flatten().and_then(Turn::from_degrees).unwrap_or_default()
}

/// The terms of a contract, and the file of it of which a page is asked for.
struct Leaf {
    row: ContractRow,
    contract: Contract,
    file: File,
}

/// A file of an agreement.
struct File {
    document: DocumentId,
    name: String,
    pages: u32,
    paths: Vec<String>,
    /// Whether the engine read it that knows nothing of rotated and cropped pages.
    by_second: bool,
}

/// `None` where there is no such contract, or it has no such file.
fn find(desk: &Desk<'_>, id: &str, query: &Fields) -> anyhow::Result<Option<Leaf>> {
    let Some(named) = one(desk.store, id)? else { return Ok(None) };
    let current = desk.current();
    // The values of an amendment are those of its agreement.
    let Some(row) = one(desk.store, current.families.base(&named.id).as_str())? else { return Ok(None) };
    let Some(view) = current.view(&row.id)? else { return Ok(None) };
    let document = match query.get("file") {
        Some(file) => one(desk.store, file)?.map(|row| row.id),
        None => Some(of_fact(&view.contract, query.get("fact")).unwrap_or(&named.id).clone()),
    };
    // Of another agreement, nothing is shown here.
    let belongs = |id: &DocumentId| *current.families.base(id) == row.id;
    let Some(document) = document.filter(belongs) else { return Ok(None) };
    let Some(Contract { document: own, diagnostics, .. }) = desk.store.contract(&document)? else { return Ok(None) };
    let by_second = diagnostics.iter().any(|d| d.code == "text.visibility_unknown");
    let paths = desk.store.paths(&document)?;
    let file = File { document, name: own.file_name, pages: own.pages, paths, by_second };
    Ok(Some(Leaf { row, contract: view.contract, file }))
}

/// The document that proves a value.
fn of_fact<'a>(contract: &'a Contract, id: Option<&str>) -> Option<&'a DocumentId> {
    let facts = contract.facts();
    let fact = facts.iter().find(|fact| Some(fact.id.as_str()) == id)?;
    fact.evidence.first().map(Evidence::document)
}

/// The contract of this ID, or of these first digits.
fn one(store: &Store, id: &str) -> anyhow::Result<Option<ContractRow>> {
    let mut rows = store.find(id)?;
    let first = rows.pop();
    Ok(first.filter(|_| rows.is_empty()))
}

impl Leaf {
    fn png(&self, desk: &Desk<'_>, number: u32, turn: Turn) -> anyhow::Result<Response> {
        Ok(match desk.site.pictures.page(&self.file.document, &self.file.paths, number) {
            Ok(image) => ([(header::CONTENT_TYPE, "image/png")], image.png(turn)?).into_response(),
            Err(why) => (StatusCode::NOT_FOUND, format!("{}\n", clean(&why.to_string()))).into_response(),
        })
    }

    fn html(&self, desk: &Desk<'_>, number: u32, query: &Fields) -> Response {
        let Self { row, contract, file } = self;
        let picture = desk.site.pictures.page(&file.document, &file.paths, number);
        let mut marks = marks::on_page(contract, &file.document, number);
        let misplaced = file.by_second && picture.as_ref().is_ok_and(|image| !image.boxes().is_plain());
        if misplaced {
            marks.iter_mut().for_each(Mark::forget);
        } else if picture.is_ok() && marks::lack_places(&marks) {
            let text = desk.site.pictures.text(&file.document, &file.paths);
            marks::find_places(&mut marks, text.as_ref(), contract, &file.document, number);
        }
        let search = (query.get("found").unwrap_or_default(), query.get("quote"));
        let searched = query.get("found").is_some() || search.1.is_some();
        let text = if searched && picture.is_ok() && !misplaced {
            desk.site.pictures.text(&file.document, &file.paths)
        } else {
            None
        };
        let sheet = Sheet {
            searched,
            found: text.map(|text| marks::found(&text, search, number)).unwrap_or_default(),
            base: at(&row.id),
            file: (file.document != row.id).then(|| file.document.to_string()),
            file_name: &file.name,
            page: number,
            pages: file.pages,
            turn: turn(query),
            marks: &marks,
            chosen: query.get("fact"),
            picture: picture.as_ref().map(Arc::as_ref).map_err(|why| clean(&why.to_string())),
            remark: misplaced
                .then_some("The words of this page are not marked: the engine that read it does not know how it lies."),
        };
        let title = format!("Page {number} of {}", file.name);
        let content = markup! {
            h1 { "Page " (number) " of " (clean(&file.name)) }
            p { a href=(at(&row.id)) { "Back to " (html::name(row)) } }
            (sheet.markup())
        };
        html::answer(page(desk, query, "", &title, &content))
    }
}
