//! A browser and what a person does with it.

use std::io::{BufRead as _, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Child, Command, Stdio};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::served::Page;

/// What the browser is started with: nothing of it asks the network for anything, and nothing is kept.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
];

/// The driver of the browser. It ends with the test.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    fn start() -> Self {
        let mut command = Command::new("chromedriver");
        let started = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut process = started.unwrap_or_else(|error| panic!("{MISSING}: {error}"));
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")?.trim_end_matches('.').parse().ok()
        });
        Self { process, port: port.expect(MISSING) }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const MISSING: &str = "these tests need a browser: apt install chromium chromium-driver";

/// How the browser shows pages.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Look<'a> {
    /// Whether the system is dark.
    pub(crate) dark: bool,
    /// More flags of the browser.
    pub(crate) flags: &'a [&'a str],
}

/// Opens a browser with a profile of its own, and closes it when the test is over, however it ends.
pub(crate) fn browse(look: Look<'_>, test: impl AsyncFnOnce(&Tab)) {
    let driver = Driver::start();
    let profile = tempfile::tempdir().unwrap();
    let profile_flag = format!("--user-data-dir={}", profile.path().display());
    let mut flags: Vec<&str> = FLAGS.iter().chain(look.flags).copied().chain([&*profile_flag]).collect();
    if look.dark {
        flags.push("--blink-settings=preferredColorScheme=0");
    }
    // On a busy machine the checks of a page take minutes.
    let timeouts = json!({ "script": 600_000 });
    let wanted = json!({ "browserName": "chrome", "timeouts": timeouts, "goog:chromeOptions": { "args": flags } });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = runtime.block_on(async {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let Value::Object(wanted) = wanted else { unreachable!() };
        let client = builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{}", driver.port)).await;
        client.unwrap_or_else(|error| panic!("{MISSING}: {error}"))
    });
    let tab = Tab(client);
    let end = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&tab))));
    // Whatever became of the test, the browser ends.
    let _ = runtime.block_on(tab.0.close());
    if let Err(failure) = end {
        resume_unwind(failure);
    }
}

/// The one tab of the browser.
pub(crate) struct Tab(Client);

impl Tab {
    pub(crate) async fn go(&self, address: &str) {
        self.0.goto(address).await.unwrap();
    }

    /// Opens the page by the link that it has printed.
    pub(crate) async fn enter(&self, page: &Page) {
        self.go(&format!("http://{}/?token={}", page.host(), page.token)).await;
    }

    /// Goes to another page of the site that is open.
    pub(crate) async fn visit(&self, path: &str) {
        let site = self.0.current_url().await.unwrap();
        self.go(site.join(path).unwrap().as_str()).await;
    }

    /// The path of the page, with its query.
    pub(crate) async fn path(&self) -> String {
        let url = self.0.current_url().await.unwrap();
        url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
    }

    pub(crate) async fn back(&self) {
        self.0.back().await.unwrap();
    }

    pub(crate) async fn size(&self, width: u32, height: u32) {
        self.0.set_window_size(width, height).await.unwrap();
    }

    /// The element that a path of XPath finds.
    pub(crate) async fn at(&self, xpath: &str) -> Element {
        let found = self.0.wait().for_element(Locator::XPath(xpath)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{xpath} is not on {}: {error}\n{}", self.path().await, self.text().await),
        }
    }

    /// Waits until the page tells what came of something that was said.
    pub(crate) async fn told(&self, words: &str) {
        self.at(&format!("//*[@class='told'][contains(., \"{words}\")]")).await;
    }

    /// Waits until the page has these words.
    pub(crate) async fn sees(&self, words: &str) {
        self.at(&format!("//body[contains(., \"{words}\")]")).await;
    }

    pub(crate) async fn click(&self, xpath: &str) {
        self.at(xpath).await.click().await.unwrap();
    }

    /// Writes into a field in place of what is there.
    pub(crate) async fn fill(&self, xpath: &str, text: &str) {
        let field = self.at(xpath).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub(crate) async fn choose(&self, xpath: &str, value: &str) {
        self.at(xpath).await.select_by_value(value).await.unwrap();
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: &str) {
        self.0.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// The words of the whole page.
    pub(crate) async fn text(&self) -> String {
        self.0.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    /// What a script gives.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.0.execute(script, Vec::new()).await.unwrap()
    }

    /// What a script gives to the function that is its last argument.
    pub(crate) async fn run_async(&self, script: &str) -> Value {
        self.0.execute_async(script, Vec::new()).await.unwrap()
    }

    /// The picture of what is seen, as PNG.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        self.0.screenshot().await.unwrap()
    }
}
