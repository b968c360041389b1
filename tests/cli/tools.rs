//! Programs of other people: Python packages, which `tests/tools.sh` installs under `target/python`, and LibreOffice.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::Bench;

/// What to do where they are missing.
pub(crate) const INSTALL: &str =
    "this test needs Python packages: run tests/tools.sh, which installs them under target/python";

/// The folder of the packages.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python")
}

/// The Python that has them.
pub(crate) fn interpreter() -> PathBuf {
    root().join("bin/python")
}

/// The script of axe-core.
pub(crate) fn axe() -> String {
    let python = std::fs::read_dir(root().join("lib")).ok().and_then(|mut folders| folders.next()?.ok());
    let file = python.map(|folder| folder.path().join("site-packages/axe_playwright_python/axe.min.js"));
    file.and_then(|file| std::fs::read_to_string(file).ok()).expect(INSTALL)
}

/// What a Python program prints whose first argument is a file.
pub(crate) fn python(program: &str, file: &Path) -> String {
    let mut python = Command::new(interpreter());
    printed(python.arg("-c").arg(program).arg(file))
}

/// What a command of this Python prints, which must succeed.
pub(crate) fn printed(python: &mut Command) -> String {
    let output = python.output().expect(INSTALL);
    assert!(output.status.success(), "{}\n{INSTALL}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Has LibreOffice write a file in another form, into the folder `read`.
pub(crate) fn office(bench: &Bench, form: &str, file: &str) {
    let profile = format!("-env:UserInstallation=file://{}", bench.path("office").display());
    let mut office = Command::new("soffice");
    office
        .args([&profile, "--headless", "--convert-to", form, "--outdir"])
        .arg(bench.path("read"))
        .arg(bench.path(file));
    let done = office.output().expect("this test needs LibreOffice: apt install libreoffice-calc libreoffice-writer");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
