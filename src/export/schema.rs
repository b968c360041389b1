//! The JSON Schema of a record, made from the types.
//!
//! A copy is committed as `schema/record.schema.json`, for readers who do not run the program, and a test compares the
//! two. After a change of the types, write it again with
//! `TICKLER_UPDATE_SCHEMA=1 cargo test --release --lib committed_schema_is_fresh`.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;

use super::Record;

/// Writes the JSON Schema (draft 2020-12) of one [`Record`], indented, with a line break at its end.
///
/// # Errors
/// Those of `out`.
pub fn schema(out: &mut impl Write) -> io::Result<()> {
    // The schema of what we write: every field is present, null if it has no value.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    serde_json::to_writer_pretty(&mut *out, &generator.into_root_schema_for::<Record>())?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/record.schema.json");

    #[test]
    fn committed_schema_is_fresh() {
        let mut fresh = Vec::new();
        schema(&mut fresh).unwrap();
        if std::env::var_os("TICKLER_UPDATE_SCHEMA").is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/schema")).unwrap();
            std::fs::write(COMMITTED, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(COMMITTED).unwrap();
        assert!(
            committed == String::from_utf8(fresh).unwrap(),
            "schema/record.schema.json is stale: TICKLER_UPDATE_SCHEMA=1 cargo test --lib committed_schema_is_fresh"
        );
    }

    #[test]
    fn the_schema_lists_every_field_of_a_record() {
        let mut out = Vec::new();
        schema(&mut out).unwrap();
        let schema: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let required = schema["required"].as_array().unwrap();
        for field in ["schema_version", "document", "parties", "expiration_date", "renewal", "schedule", "diagnostics"]
        {
            assert!(required.iter().any(|r| r == field), "{field}");
            assert!(schema["properties"].get(field).is_some(), "{field}");
        }
    }
}
