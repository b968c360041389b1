//! The program as its users run it. One binary, one module a subject.

mod common;
mod extract;
mod ingest;
mod output;
mod search;
mod store;
