//! Tools from other places, which `tests/tools.sh` installs under `target/tools`.

use std::path::{Path, PathBuf};

/// The folder of the Python packages.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools")
}

/// The script of axe-core.
pub(crate) fn axe() -> String {
    let python = std::fs::read_dir(root().join("lib")).ok().and_then(|mut folders| folders.next()?.ok());
    let file = python.map(|folder| folder.path().join("site-packages/axe_playwright_python/axe.min.js"));
    let script = file.and_then(|file| std::fs::read_to_string(file).ok());
    script.expect("this test needs axe-core: run tests/tools.sh, which installs it under target/tools")
}
