//! A person who opens the page, finds a contract, and says what is to be done with it.

use serde_json::Value;

use crate::browser::{Look, browse};
use crate::common::{Bench, CONTRACTS, DAY};
use crate::served::Page;

const MSA: &str = CONTRACTS[0];

#[test]
fn what_is_said_in_the_browser_is_found_again_everywhere() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    browse(Look::default(), async |tab| {
        tab.go(&page.link()).await;
        assert_eq!(tab.path().await, "/", "the secret has left the address");
        assert!(tab.text().await.contains("Sunday, 1 March 2026"));

        // Filter.
        tab.click("//nav//a[.='Contracts']").await;
        assert_eq!(tab.texts("tbody tr").await.len(), CONTRACTS.len());
        tab.fill("//input[@name='q']", "brightwater").await;
        tab.click("//button[.='Show']").await;
        let found = tab.texts("tbody th").await;
        assert!(found.len() == 1 && found[0].contains(MSA), "{found:?}");
        tab.click("//tbody//th/a").await;
        assert!(tab.text().await.contains("Last day for notice of non-renewal"));

        // See the words that prove a value, and those of another one.
        tab.click("//tr[th='Governing law']//a[starts-with(., 'page')]").await;
        assert_eq!(tab.texts("li.chosen .label").await, ["Governing law"]);
        assert!(tab.run("return document.querySelectorAll('.box.chosen rect').length").await.as_u64().unwrap() > 0);
        tab.back().await;

        // Correct.
        tab.click("//tr[th='Governing law']//summary").await;
        tab.fill("//tr[th='Governing law']//input[@name='value']", "Ohio").await;
        tab.fill("//tr[th='Governing law']//input[@name='why']", "side letter").await;
        tab.click("//tr[th='Governing law']//button[.='Set']").await;
        assert!(tab.texts(".told").await[0].contains("Governing law is Ohio"));

        // Assign.
        tab.click("//summary[.='Assign']").await;
        tab.fill("//input[@name='owner']", "Bo Lind").await;
        tab.fill("//input[@name='backup']", "me").await;
        tab.click("//button[.='Assign']").await;
        assert!(tab.texts(".told").await[0].contains("Bo Lind answers for it, Ann Field stands in"));

        // Decide.
        let entry = "//li[contains(., 'Last day for notice of non-renewal')][1]";
        tab.click(&format!("{entry}//summary[.='Decide']")).await;
        tab.choose(&format!("{entry}//select[@name='decision']"), "end").await;
        tab.click(&format!("{entry}//button[.='Decide']")).await;
        assert!(tab.texts(".told").await[0].contains("Decided: end"));

        // It is there again, on every page.
        tab.visit("/contracts?owner=Bo+Lind").await;
        assert_eq!(tab.texts("tbody tr").await.len(), 1);
        let check = |when: &str| {
            let record = bench.json(&["show", MSA, "--as-of", DAY, "--format", "json"]);
            assert_eq!(record["owner"]["name"], "Bo Lind", "{when}");
            assert_eq!(record["owner"]["backup"], "Ann Field", "{when}");
            assert_eq!(record["governing_law"]["value"], "Ohio", "{when}");
            let said: Vec<&Value> = record["said"].as_object().unwrap().values().collect();
            assert!(said.iter().any(|said| said["decision"]["decision"] == "end"), "{when}: {said:?}");
            assert!(bench.out(&["log", MSA]).contains("side letter"), "{when}");
        };
        check("at once");
        bench.run(&["ingest", "in", "--force"]).assert().success();
        check("after it was read again");
        bench.run(&["assign", MSA, "Cy Dale"]).assert().success();
        tab.visit("/contracts").await;
        assert!(tab.text().await.contains("Cy Dale"), "what the command line says is on the page");

        // Taken back on the page.
        tab.click("//tbody//th/a[contains(../., 'cloud-msa')]").await;
        tab.click("(//h2[@id='log']/following::button[contains(., 'Take back')])[1]").await;
        assert_eq!(bench.json(&["show", MSA, "--format", "json"])["owner"]["name"], "Bo Lind");
    });
}
