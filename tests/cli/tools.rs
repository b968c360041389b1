//! Tools from other places, which `tests/tools.sh` installs under `target/tools`.

use std::path::{Path, PathBuf};
use std::process::Command;

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

/// What a Python program prints whose first argument is a file.
pub(crate) fn python(program: &str, file: &Path) -> String {
    let output = Command::new(root().join("bin/python")).arg("-c").arg(program).arg(file).output();
    let output =
        output.expect("this test needs Python packages: run tests/tools.sh, which installs them under target/tools");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
