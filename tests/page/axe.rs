//! axe-core looks for what keeps people out: contrast, names of controls, headings, tables.

use crate::browser::{Look, browse};
use crate::portfolio::{DAY, pages, portfolio};
use crate::served::Page;
use crate::tools::axe;

/// What axe-core finds on a page that keeps somebody from reading or using it.
const SCRIPT: &str = "const done = arguments[0];
    axe.run(document).then(found => done({ passed: found.passes.map(rule => rule.id), wrong: found.violations.map(v =>
        `${v.impact} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')}`) }));";

#[test]
fn nothing_keeps_people_out() {
    let (bench, axe) = (portfolio(), axe());
    let page = Page::on(&bench, DAY);
    let pages = pages(&bench);
    for dark in [false, true] {
        browse(Look { dark, ..Look::default() }, async |tab| {
            tab.size(1200, 1000).await;
            tab.enter(&page).await;
            assert_eq!(tab.run("return matchMedia('(prefers-color-scheme: dark)').matches").await, dark);
            let mut wrong = Vec::new();
            for (name, path) in &pages {
                tab.visit(path).await;
                // What is folded away is looked at, too.
                tab.run("document.querySelectorAll('details').forEach(details => details.open = true)").await;
                tab.run(&axe).await;
                let found = tab.run_async(SCRIPT).await;
                let list = |name: &str| -> Vec<String> { serde_json::from_value(found[name].clone()).unwrap() };
                // It did look.
                for rule in ["color-contrast", "document-title", "html-has-lang", "link-name"] {
                    assert!(list("passed").iter().any(|passed| passed == rule), "{path}: {rule} was not looked at");
                }
                wrong.extend(list("wrong").into_iter().map(|one| format!("{name}: {one}")));
            }
            assert!(wrong.is_empty(), "dark: {dark}\n{}", wrong.join("\n"));
        });
    }
}
