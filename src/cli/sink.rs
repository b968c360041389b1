//! Where output goes: standard output, or a file, which is private and is never left half-written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tickler::private;

use super::app::App;
use super::clean::Cleaned;

/// Writes with `write` to `file`, or to standard output.
///
/// A regular file is first written under another name and then renamed: a full disk or a crash leaves the old file.
pub(super) fn write(
    app: &mut App,
    file: Option<&Path>,
    json: bool,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match file {
        None if json => write(&mut Cleaned::json(&mut app.out)),
        None if App::on_terminal() => write(&mut Cleaned::text(&mut app.out)),
        None => write(&mut app.out),
        Some(path) if path.as_os_str() == "-" => self::write(app, None, json, write),
        Some(path) => to_file(path, write).with_context(|| format!("cannot write {}", path.display())),
    }
}

fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    // A device or a pipe is written to directly.
    if fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        let mut out = BufWriter::new(File::options().write(true).open(path)?);
        write(&mut out)?;
        return Ok(out.flush()?);
    }
    // Replace the target of a link, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?.to_string_lossy();
    let part = Part(target.with_file_name(format!(".{name}.{}.part", std::process::id())));
    let file = private::create_file(&part.0)?;
    let mut out = BufWriter::new(&file);
    write(&mut out)?;
    out.flush()?;
    drop(out);
    file.sync_all()?;
    fs::rename(&part.0, &target)?;
    Ok(())
}

/// A half-written file, which is deleted unless it was renamed.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
