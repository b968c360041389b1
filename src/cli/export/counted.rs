//! The contracts of a store, each once, for those who keep a copy of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tickler::export::tables::Tables;
use tickler::record::DocumentId;
use tickler::store::{ContractRow, Store, StoreError};

/// The contracts, each by the one of its files that counts.
pub(in crate::cli) struct Counted {
    pub(in crate::cli) rows: Vec<ContractRow>,
    /// The names of the agreements that documents are files of, where they are not those of the documents.
    pub(in crate::cli) agreements: BTreeMap<DocumentId, DocumentId>,
    /// The contracts whose records were not read yet. Those that are left in the end are damaged, and not gone.
    pub(in crate::cli) unread: BTreeSet<DocumentId>,
}

impl Counted {
    /// Those of a store with these `rows`.
    pub(in crate::cli) fn of(store: &Store, rows: &[ContractRow]) -> Result<Self, StoreError> {
        let counted: Vec<ContractRow> = rows.iter().filter(|row| row.counts()).cloned().collect();
        let mut out = Self { rows: counted, agreements: store.agreements()?, unread: BTreeSet::new() };
        // A row of the list can be damaged, too.
        let listed: BTreeSet<&DocumentId> = rows.iter().map(|row| &row.id).collect();
        let unlisted = store.documents()?.into_iter().filter(|id| !listed.contains(id));
        let all: Vec<DocumentId> = unlisted.chain(out.rows.iter().map(|row| row.id.clone())).collect();
        out.unread = all.iter().map(|id| out.contract(id).clone()).collect();
        Ok(out)
    }

    /// What the rows of flat tables are made with.
    pub(in crate::cli) fn tables<'a>(&'a self, us: &'a [String], as_of: Date) -> Tables<'a> {
        Tables { agreements: &self.agreements, us, as_of }
    }

    /// The contract that a document is a file of.
    pub(in crate::cli) fn contract<'a>(&'a self, document: &'a DocumentId) -> &'a DocumentId {
        self.agreements.get(document).unwrap_or(document)
    }
}
