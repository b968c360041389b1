//! The program as its users run it. One binary, one module a subject.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

#[cfg(unix)]
mod attacks;
#[cfg(unix)]
mod bundle;
mod common;
mod dates;
mod decide;
#[cfg(unix)]
mod delivery;
mod event;
#[cfg(unix)]
mod examples;
mod extract;
mod family;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod feed;
#[cfg(unix)]
mod find;
#[cfg(unix)]
mod fire;
#[cfg(unix)]
mod flips;
#[cfg(unix)]
mod hooks;
#[cfg(unix)]
mod hostile;
mod import;
mod ingest;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod locked;
#[cfg(unix)]
mod mail;
mod map;
mod mcp;
mod measure;
#[cfg(feature = "embedded-model")]
mod model;
mod output;
mod owner;
#[cfg(unix)]
mod postgres;
#[cfg(unix)]
mod private;
#[cfg(unix)]
mod release;
mod remind;
mod report;
mod rule;
mod safety;
mod said;
#[cfg(unix)]
mod scans;
mod search;
#[cfg(unix)]
mod serve;
#[cfg(unix)]
mod served;
mod signatures;
mod since;
#[cfg(unix)]
mod sql;
mod store;
#[cfg(unix)]
mod strangers;
mod struck;
mod tables;
mod today;
#[expect(dead_code, reason = "the tests in a browser need the rest")]
mod tools;
mod visible;
mod workbook;
