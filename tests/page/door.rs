//! What other pages in the same browser can do: nothing.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use crate::browser::{Look, browse};
use crate::common::{Bench, CONTRACTS};
use crate::served::{Page, id};

/// Another site on this computer, which shows one page to everybody.
fn site(content: String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let head = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            let _ = head.count();
            let length = content.len();
            let head =
                format!("HTTP/1.1 200 x\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close");
            drop(write!(&stream, "{head}\r\n\r\n{content}"));
        }
    });
    port
}

#[test]
fn a_page_of_another_site_says_nothing_and_sees_nothing() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let contract = format!("http://{}/contract/{}", page.host(), id(&bench, CONTRACTS[0]));
    // Ports are no part of a site, so the browser sends the cookie with this form.
    let form = format!("<form method=post action='{contract}/note'><input name=text value=forged></form>");
    let frame = format!("<iframe src='{contract}'></iframe><img src='{contract}/page/1.png'>");
    let port = site(format!("<!doctype html><title>Other</title>{form}{frame}"));
    browse(Look { flags: &["--host-resolver-rules=MAP evil.example 127.0.0.1"], dark: false }, async |tab| {
        tab.enter(&page).await;
        tab.go(&format!("http://127.0.0.1:{port}/")).await;
        let loaded = "const img = document.images[0], done = arguments[0]; const end = () => done(img.naturalWidth); \
                      if (img.complete) end(); else img.onload = img.onerror = end;";
        assert_eq!(tab.run_async(loaded).await, 0, "no picture of a contract is shown elsewhere");
        let framed = "try { return frames[0].document.body.innerText } catch (e) { return 'closed' }";
        assert_eq!(tab.run(framed).await, "closed");
        tab.run("document.forms[0].submit()").await;
        tab.sees("This form is not one of the page").await;
        assert!(!bench.out(&["log", CONTRACTS[0]]).contains("forged"));
        // A name of a stranger that leads here.
        tab.go(&format!("http://evil.example:{}/?token={}", page.port, page.token)).await;
        tab.sees("This address is not one of the page").await;
        // The browser of the user still has its page.
        tab.go(&format!("http://{}/", page.host())).await;
        tab.sees("Sunday, 1 March 2026").await;
    });
}
