//! The page in a real browser: Chromium without a window, driven through chromedriver.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod axe;
mod browser;
#[path = "../cli/common.rs"]
#[expect(dead_code, reason = "the tests of the command line need the rest")]
mod common;
mod door;
mod journey;
mod keys;
mod pictures;
mod place;
mod portfolio;
#[path = "../cli/served.rs"]
#[expect(dead_code, reason = "the tests without a browser need the rest")]
mod served;
#[path = "../cli/tools.rs"]
#[expect(dead_code, reason = "the tests of calendars need the rest")]
mod tools;
