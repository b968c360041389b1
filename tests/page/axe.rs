//! axe-core looks for what keeps people out: contrast, names of controls, headings, tables.

use serde_json::Value;

use crate::browser::{Look, browse};
use crate::portfolio::{pages, portfolio};
use crate::served::Page;
use crate::tools::axe;

/// What axe-core finds on a page that keeps somebody from reading or using it.
const SCRIPT: &str = "const done = arguments[0];
    axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(v =>
        `${v.impact} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')}`)));";

#[test]
fn nothing_keeps_people_out() {
    let (bench, axe) = (portfolio(), axe());
    let page = Page::on(&bench, crate::portfolio::DAY);
    let pages = pages(&bench);
    for dark in [false, true] {
        browse(Look { dark, ..Look::default() }, async |tab| {
            tab.size(1200, 1000).await;
            tab.go(&page.link()).await;
            assert_eq!(tab.run("return matchMedia('(prefers-color-scheme: dark)').matches").await, dark);
            let mut wrong = Vec::new();
            for (name, path) in &pages {
                tab.visit(path).await;
                // What is folded away is looked at, too.
                tab.run("document.querySelectorAll('details').forEach(details => details.open = true)").await;
                tab.run(&axe).await;
                let found = tab.run_async(SCRIPT).await;
                let Value::Array(found) = found else { panic!("axe-core did not run on {path}: {found}") };
                wrong.extend(found.iter().map(|one| format!("{name}: {}", one.as_str().unwrap())));
            }
            assert!(wrong.is_empty(), "dark: {dark}\n{}", wrong.join("\n"));
        });
    }
}
