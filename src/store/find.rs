//! Which contracts a person means.

use std::fs;
use std::path::Path;

use super::query::COLUMNS;
use super::{ContractRow, Store, StoreError};
use crate::record::DocumentId;
use crate::source;

impl Store {
    /// The contracts that a person means by `name`: an ID or its first digits (at least four), a path, or a file name with
    /// or without its extension. An exact match wins over the first digits of an ID.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn find(&self, name: &str) -> Result<Vec<ContractRow>, StoreError> {
        let base = format!(
            "SELECT {COLUMNS} FROM documents d JOIN contracts c INDEXED BY contracts_listed ON c.document = d.id WHERE"
        );
        let run = |condition: &str, value: &str| {
            self.contract_rows(&format!("{base} {condition} ORDER BY d.file_name, d.id"), [value])
        };
        let exact =
            run("(d.id = ?1 OR d.file_name = ?1 OR d.id IN (SELECT document FROM paths WHERE uri = ?1))", name)?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        let digits = name.to_ascii_lowercase();
        if digits.len() >= 4 && digits.len() <= 64 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            let found = run("substr(d.id, 1, length(?1)) = ?1", &digits)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        run("lower(d.file_name) = lower(?1 || '.pdf')", name)
    }

    /// The contracts of the file at the path `name`, however it is written: from the working folder, or by way of links.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn find_path(&self, name: &str) -> Result<Vec<ContractRow>, StoreError> {
        let (_, page) = source::split_page(name);
        let at = |path: &Path| {
            let file = source::name_of(path);
            page.map_or_else(|| file.clone(), |page| source::at_page(&file, page))
        };
        let Ok(path) = std::path::absolute(source::path_of(name)) else { return Ok(Vec::new()) };
        let found = self.find(&at(&path))?;
        let Some(real) = fs::canonicalize(&path).ok().filter(|real| found.is_empty() && real.is_file()) else {
            return Ok(found);
        };
        let found = self.find(&at(&real))?;
        if !found.is_empty() {
            return Ok(found);
        }
        // The file may have been read by way of a link.
        let uris = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare("SELECT uri FROM paths ORDER BY uri")?.query_map([], |r| r.get(0))?.collect()
        };
        let is_same = |uri: &&String| {
            source::split_page(uri).1 == page && fs::canonicalize(source::path_of(uri)).is_ok_and(|path| path == real)
        };
        let uris = uris().map_err(|e| StoreError::sql(&self.path, e))?;
        uris.iter().find(is_same).map_or_else(|| Ok(Vec::new()), |uri| self.find(uri))
    }

    /// The contracts with this reference number, in any case, as far as their cards tell it.
    fn find_reference(&self, number: &str) -> Result<Vec<DocumentId>, StoreError> {
        let sql = "SELECT document FROM contracts INDEXED BY contracts_cards
                   WHERE lower(iif(json_valid(card), card ->> '$.reference', NULL)) = lower(?1)
                   ORDER BY document";
        let read = || -> rusqlite::Result<Vec<Option<DocumentId>>> {
            // What is no ID is told where the contracts are listed.
            let row = |r: &rusqlite::Row<'_>| Ok(super::query::document_id(r, 0).ok());
            self.db.prepare_cached(sql)?.query_map([number], row)?.collect()
        };
        Ok(read().map_err(|e| StoreError::sql(&self.path, e))?.into_iter().flatten().collect())
    }

    /// The contracts with this reference number, in any case; else the one with this title; else those whose file name contains
    /// `part`; else those whose title or party does.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn find_part(&self, part: &str) -> Result<Vec<ContractRow>, StoreError> {
        let part = part.to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&part);
        let rows = self.list()?;
        let of = |wanted: &dyn Fn(&ContractRow) -> bool| rows.iter().filter(|r| wanted(r)).cloned().collect::<Vec<_>>();
        let numbered = self.find_reference(&part)?;
        let mut found = of(&|row| numbered.contains(&row.id));
        if found.is_empty() {
            found = of(&|row| row.title.as_deref().is_some_and(|title| title.to_lowercase() == part));
            if found.len() > 1 {
                found.clear();
            }
        }
        if found.is_empty() {
            found = of(&|row| holds(&row.file_name));
        }
        if found.is_empty() {
            found = of(&|row| row.title.as_deref().is_some_and(holds) || row.parties.iter().any(|p| holds(p)));
        }
        if found.is_empty() {
            // One whose card does not tell its number.
            for row in rows {
                let contract = self.or_pass_over(&row.id, self.contract(&row.id))?.flatten();
                let reference = contract.and_then(|c| c.document.reference);
                if reference.and_then(|f| f.value().cloned()).is_some_and(|r| r.to_lowercase() == part) {
                    found.push(row);
                }
            }
        }
        Ok(found)
    }
}
