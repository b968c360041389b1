//! The contracts of the fixtures as somebody keeps them, and all pages about them.

use crate::common::{Bench, fixture};
use crate::served::id;

/// The day on which they are looked at: that of the examples of README.md.
pub(crate) const DAY: &str = "2026-11-22";

const MSA: &str = "cloud-msa-auto-renewal.pdf";

/// A store with the contracts of the fixtures, some of which have owners and decisions, and with measured values.
pub(crate) fn portfolio() -> Bench {
    let bench = Bench::empty();
    bench.write("tickler.toml", "us = [\"Holloway Freight Partners LLC\"]\n");
    bench.out(&["ingest", fixture("").to_str().unwrap(), "--as-of", DAY]);
    for (contract, owner) in [("cloud-msa", "Ann Field"), ("service-level", "Bo Lind"), ("office-lease", "Ann Field")] {
        bench.out(&["assign", contract, owner, "--by", "Ann Field"]);
    }
    bench.out(&["decide", "cloud-msa", "end", "--why", "moving to another provider", "--by", "Ann Field"]);
    bench.out(&["confirm", "cloud-msa", "parties", "renewal", "--by", "Ann Field"]);
    let metrics = fixture("").join("../metrics.csv");
    bench.run(&["measure", "--csv", metrics.to_str().unwrap(), "--save"]).assert().success();
    bench
}

/// The name and the path of each page.
pub(crate) fn pages(bench: &Bench) -> Vec<(&'static str, String)> {
    let contract = format!("/contract/{}", id(bench, MSA));
    let record = bench.json(&["show", MSA, "--as-of", DAY, "--format", "json"]);
    let proof = &record["renewal"]["evidence"][0];
    let (fact, page) = (record["renewal"]["id"].as_str().unwrap(), &proof["page"]);
    let proof = format!("{contract}/page/{page}?fact={fact}");
    vec![
        ("today", "/".to_owned()),
        ("contracts", "/contracts".to_owned()),
        ("contract", contract),
        ("proof", proof),
        ("calendar", "/calendar?month=2026-12".to_owned()),
        ("review", "/review".to_owned()),
        ("obligations", "/obligations".to_owned()),
        ("performance", "/performance".to_owned()),
        ("reports", "/reports".to_owned()),
        ("search", "/search?q=terminate+convenience".to_owned()),
    ]
}
