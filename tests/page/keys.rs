//! The page without a mouse, and without script.

use crate::browser::{Look, browse};
use crate::common::{Bench, DAY, fixture};
use crate::served::Page;

/// A store with values that a person should look at.
fn bench() -> Bench {
    let bench = Bench::empty();
    bench.out(&["ingest", fixture("").to_str().unwrap()]);
    bench
}

#[test]
fn the_review_goes_by_keys() {
    let bench = bench();
    let page = Page::open(&bench);
    browse(Look::default(), async |tab| {
        tab.enter(&page).await;
        tab.visit("/review").await;
        // Accept: the first value that can be confirmed is.
        tab.at("//ol[@class='review']").await;
        let before = bench.out(&["log"]);
        tab.press("a").await;
        tab.at("//*[@class='told']").await;
        assert_ne!(bench.out(&["log"]), before, "what was accepted is in the log");
        // Next: another contract, until one has a value that can be corrected.
        loop {
            let next = tab.at("//a[@id='next']").await.attr("href").await.unwrap().unwrap();
            tab.press("n").await;
            tab.at(&format!("//a[@id='next'][@href != '{next}']")).await;
            if tab.run("return document.querySelectorAll('details.correct').length").await != 0 {
                break;
            }
        }
        // Correct: the field has the focus, and letters go into it.
        tab.press("c").await;
        tab.run("document.activeElement.value = ''").await;
        tab.press("nac").await;
        assert_eq!(
            tab.run("return document.activeElement.name + '=' + document.activeElement.value").await,
            "value=nac"
        );
    });
}

#[test]
fn everything_can_be_reached_with_the_tabulator() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    browse(Look::default(), async |tab| {
        tab.enter(&page).await;
        tab.press("\u{e004}").await;
        assert_eq!(tab.run("return document.activeElement.textContent").await, "Skip to the content");
        tab.press("\u{e007}").await;
        assert_eq!(tab.run("return location.hash").await, "#main");
        tab.visit("/contracts").await;
        // Every control and every link is reached once, in the order in which it is read.
        let count = "return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, \
                     [tabindex=\"0\"]')].filter(e => e.checkVisibility()).length";
        let all = tab.run(count).await.as_u64().unwrap();
        let mut reached = Vec::new();
        for _ in 0..all {
            tab.press("\u{e004}").await;
            let place = tab.run("return [...document.querySelectorAll('*')].indexOf(document.activeElement)").await;
            reached.push(place.as_i64().unwrap());
        }
        assert!(reached.is_sorted_by(|a, b| a < b), "{reached:?}");
    });
}

#[test]
fn without_script_the_page_is_read_and_written() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let flags = &["--blink-settings=scriptEnabled=false"];
    browse(Look { flags, ..Look::default() }, async |tab| {
        tab.enter(&page).await;
        for (path, words) in [
            ("/", "Sunday, 1 March 2026"),
            ("/contracts", "cloud-msa-auto-renewal.pdf"),
            ("/calendar?month=2026-11", "November 2026"),
            ("/review", "Review"),
            ("/obligations", "Obligations"),
            ("/performance", "Performance"),
            ("/reports", "Contracts as of"),
            ("/search?q=renew", "clauses"),
        ] {
            tab.visit(path).await;
            tab.sees(words).await;
        }
        tab.visit("/contracts").await;
        tab.click("//tbody//th/a[contains(../., 'cloud-msa')]").await;
        tab.click("//summary[.='Assign']").await;
        tab.fill("//input[@name='owner']", "Bo Lind").await;
        tab.click("//button[.='Assign']").await;
        tab.told("Bo Lind answers for it").await;
        assert!(bench.out(&["show", "cloud-msa", "--as-of", DAY]).contains("Owner: Bo Lind"));
    });
}
