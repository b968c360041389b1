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
        tab.enter(&page).await;
        assert_eq!(tab.path().await, "/", "the secret has left the address");
        tab.sees("Sunday, 1 March 2026").await;

        // Filter.
        tab.click("//nav//a[.='Contracts']").await;
        tab.at(&format!("//tbody[count(tr) = {}]", CONTRACTS.len())).await;
        tab.fill("//input[@name='q']", "brightwater").await;
        tab.click("//button[.='Show']").await;
        tab.click(&format!("//tbody[count(tr) = 1]//th[contains(., '{MSA}')]/a")).await;
        tab.sees("Last day for notice of non-renewal").await;

        // See the words that prove a value, and those of another one.
        tab.click("//tr[th='Governing law']//a[starts-with(., 'page')]").await;
        tab.at("//li[@class='chosen'][contains(., 'Governing law')]").await;
        let boxes =
            "return [document.querySelectorAll('.box.chosen rect').length, document.querySelectorAll('.box').length]";
        let boxes: Vec<usize> = serde_json::from_value(tab.run(boxes).await).unwrap();
        assert!(boxes[0] > 0 && boxes[1] > 1, "{boxes:?}");
        tab.click("(//ul[@class='marks']/li[not(@class)]/a)[1]").await;
        tab.at("//li[@class='chosen'][not(contains(., 'Governing law'))]").await;
        tab.back().await;
        tab.back().await;

        // Correct.
        tab.click("//tr[th='Governing law']//summary").await;
        tab.fill("//tr[th='Governing law']//input[@name='value']", "Ohio").await;
        tab.fill("//tr[th='Governing law']//input[@name='why']", "side letter").await;
        tab.click("//tr[th='Governing law']//button[.='Set']").await;
        tab.told("Governing law is Ohio").await;

        // Assign.
        tab.click("//summary[.='Assign']").await;
        tab.fill("//input[@name='owner']", "Bo Lind").await;
        tab.fill("//input[@name='backup']", "me").await;
        tab.click("//button[.='Assign']").await;
        tab.told("Bo Lind answers for it, Ann Field stands in").await;

        // Decide.
        let entry = "//li[contains(., 'Last day for notice of non-renewal')][1]";
        tab.click(&format!("{entry}//summary[.='Decide']")).await;
        tab.choose(&format!("{entry}//select[@name='decision']"), "end").await;
        tab.click(&format!("{entry}//button[.='Decide']")).await;
        tab.told("Decided: end").await;

        // It is there again, on every page.
        tab.visit("/contracts?owner=Bo+Lind").await;
        tab.at("//tbody[count(tr) = 1]").await;
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
        tab.sees("Cy Dale").await;

        // Taken back on the page.
        tab.click("//tbody//th/a[contains(../., 'cloud-msa')]").await;
        tab.click("(//h2[@id='log']/following::button[contains(., 'Take back')])[1]").await;
        tab.told("Taken back").await;
        assert_eq!(bench.json(&["show", MSA, "--format", "json"])["owner"]["name"], "Bo Lind");
    });
}
