//! Word tables and small parsers: places with a law of their own.

pub mod jurisdiction;
