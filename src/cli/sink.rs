//! Where output goes: standard output, or a file, which is private and is never left half-written.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context as _;
use tickler::private::{Draft, create_folder};

use super::app::App;
use super::clean::Cleaned;
use super::exit::Usage;

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
        // Also what is piped ends up on terminals.
        None => write(&mut Cleaned::text(&mut app.out)),
        Some(path) if path.as_os_str() == "-" => self::write(app, None, json, write),
        Some(path) if path.is_dir() => Err(Usage(format!("{} is a folder; name a file in it", path.display())).into()),
        Some(path) => to_file(path, write).with_context(|| format!("cannot write {}", path.display())),
    }
}

/// Writes a text for people to `file`, or to standard output: on a terminal through a pager, if it is longer than the
/// screen.
pub(super) fn page(
    app: &mut App,
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(pager) = app.pager().filter(|_| file.is_none()) else { return self::write(app, file, false, write) };
    let mut text = Vec::new();
    write(&mut Cleaned::text(&mut text))?;
    match pager.show(&text) {
        Ok(()) => Ok(()),
        // A pager that does not exist is no reason to show nothing.
        Err(error) => {
            app.note(&format!("the pager cannot be started: {error}"))?;
            Ok(app.out.write_all(&text)?)
        }
    }
}

/// Writes files of these `names` into `folder`, which is made if it is missing; `write` gets a writer for each of them. They
/// appear when all of them are whole.
pub(super) fn folder(
    folder: &Path,
    names: &[String],
    write: impl FnOnce(&mut [BufWriter<&mut File>]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    make_folder(folder)?;
    let all = || -> anyhow::Result<()> {
        let mut drafts: Vec<Draft> =
            names.iter().map(|name| Draft::of(&folder.join(name))).collect::<Result<_, _>>()?;
        let mut outs: Vec<_> = drafts.iter_mut().map(|draft| BufWriter::new(draft.file())).collect();
        write(&mut outs)?;
        outs.iter_mut().try_for_each(Write::flush)?;
        drop(outs);
        Ok(drafts.into_iter().try_for_each(Draft::publish)?)
    };
    all().with_context(|| format!("cannot write to the folder {}", folder.display()))
}

/// Makes a folder, unless it is there.
pub(super) fn make_folder(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() && !folder.is_dir() {
        return Err(Usage(format!("{} is a file; name a folder", folder.display())).into());
    }
    create_folder(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
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
    let mut draft = Draft::of(&target)?;
    let mut out = BufWriter::new(draft.file());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    Ok(draft.publish()?)
}
