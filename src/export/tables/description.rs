//! The description of the flat tables, in the form of a Data Package (<https://datapackage.org>), by which programs know the
//! types without looking at the rows: a column that is empty today has its type all the same.

use serde_json::{Value, json};

use super::{Head, Kind, Table};

/// Name of the file, as the standard has it.
pub const DESCRIPTION: &str = "datapackage.json";

/// The description of the files `NAME.csv`; those named `NAME.ndjson` have the same columns.
#[must_use]
pub fn description() -> Value {
    let field = |head: &Head| json!({ "name": head.name, "type": name(head.kind), "description": head.about });
    let resource = |table: Table| {
        let mut schema = json!({
            "fields": table.heads().iter().map(field).collect::<Vec<_>>(),
            "primaryKey": table.key(),
        });
        if table != Table::Contracts {
            let contracts = json!({ "resource": Table::Contracts.name(), "fields": Table::Contracts.key() });
            schema["foreignKeys"] = json!([{ "fields": Table::Contracts.key(), "reference": contracts }]);
        }
        json!({
            "name": table.name(),
            "path": format!("{}.csv", table.name()),
            "description": table.about(),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema,
        })
    };
    json!({ "name": "tickler", "resources": Table::ALL.map(resource) })
}

/// The type by the name that the standard has for it.
const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Day => "date",
        Kind::Time => "datetime",
        Kind::Whole => "integer",
        Kind::Number => "number",
        Kind::Flag => "boolean",
    }
}
