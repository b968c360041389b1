//! Finds the files that arguments name: folders, patterns, lists and single files.

use std::collections::HashSet;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::SourceError;

/// The files that a list of arguments names.
#[derive(Debug, Default)]
pub struct Expansion {
    /// Files in the order of the arguments, those of a folder sorted by name, without duplicates.
    pub files: Vec<PathBuf>,
    /// Arguments and folder entries without a file.
    pub failures: Vec<SourceError>,
    /// Folders without a PDF: perhaps the user named the wrong folder.
    pub empty_folders: Vec<PathBuf>,
}

/// Expands path arguments: a folder to the PDF files below it (`*.pdf` in any case; hidden files and folders are
/// skipped; links are followed once), a pattern with `*`, `?` or `[` to the files that fit it, `-` to the paths on
/// `list`, one a line, and anything else to itself.
pub fn expand(arguments: &[PathBuf], list: impl BufRead) -> Expansion {
    let mut walk = Walk::default();
    let mut list = Some(list);
    for argument in arguments {
        if argument.as_os_str() == "-" {
            // Standard input can be read only once.
            let Some(reader) = list.take() else { continue };
            for line in reader.lines() {
                match line {
                    Ok(line) => {
                        let line = line.trim_end_matches('\r');
                        if !line.is_empty() {
                            walk.named(Path::new(line));
                        }
                    }
                    Err(e) => {
                        walk.out.failures.push(SourceError::io(Path::new("-"), e));
                        break;
                    }
                }
            }
        } else {
            walk.argument(argument);
        }
    }
    walk.out
}

#[derive(Default)]
struct Walk {
    out: Expansion,
    seen: HashSet<PathBuf>,
}

impl Walk {
    fn argument(&mut self, argument: &Path) {
        // A name with a bracket is a pattern only if no such file exists.
        if std::fs::symlink_metadata(argument).is_ok() || !is_pattern(argument) {
            return self.named(argument);
        }
        let bad = |reason: String| SourceError::BadPattern { path: argument.to_owned(), reason };
        let Some(pattern) = argument.to_str() else {
            return self.out.failures.push(bad("it is not valid Unicode".to_owned()));
        };
        let hidden = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        match glob::glob_with(pattern, hidden) {
            Err(e) => self.out.failures.push(bad(e.to_string())),
            Ok(paths) => {
                let mut any = false;
                for path in paths {
                    any = true;
                    match path {
                        Ok(path) => self.named(&path),
                        Err(e) => {
                            let path = e.path().to_owned();
                            self.out.failures.push(SourceError::io(&path, e.into()));
                        }
                    }
                }
                if !any {
                    self.out.failures.push(SourceError::NoMatch { path: argument.to_owned() });
                }
            }
        }
    }

    fn named(&mut self, path: &Path) {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(_) => self.file(path),
            Err(e) => self.out.failures.push(SourceError::io(path, e)),
        }
    }

    fn folder(&mut self, folder: &Path) {
        let mut any = false;
        let mut visited = HashSet::new();
        let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                // Links can make any number of paths to a folder; its files are read once.
                Ok(e) if e.file_type().is_dir() => {
                    if e.depth() > 0 && is_hidden(&e) || !visited.insert(real(e.path())) {
                        entries.skip_current_dir();
                    }
                }
                Ok(e) if is_hidden(&e) || !is_pdf(e.path()) => {}
                Ok(e) => {
                    any = true;
                    self.file(e.path());
                }
                // A link to a folder above: its files are visited anyway.
                Err(e) if e.loop_ancestor().is_some() => {
                    tracing::debug!(path = ?e.path(), "link back to a folder above, skipped");
                }
                Err(e) => {
                    let path = e.path().unwrap_or(folder).to_owned();
                    let dangling = path.is_symlink();
                    // A broken link that does not name a PDF is ignored.
                    if !dangling || is_pdf(&path) {
                        any = true;
                        let source = e.into_io_error().unwrap_or_else(|| std::io::Error::other("cannot be listed"));
                        self.out.failures.push(SourceError::io(&path, source));
                    }
                }
            }
        }
        if !any {
            self.out.empty_folders.push(folder.to_owned());
        }
    }

    fn file(&mut self, path: &Path) {
        if self.seen.insert(path.to_owned()) {
            self.out.files.push(path.to_owned());
        }
    }
}

/// Where a folder really is; the path itself where the system does not tell.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn is_pattern(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().iter().any(|b| matches!(b, b'*' | b'?' | b'['))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().first() == Some(&b'.')
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &Expansion, root: &Path) -> Vec<String> {
        found.files.iter().map(|p| p.strip_prefix(root).unwrap().to_string_lossy().into_owned()).collect()
    }

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for f in files {
            let path = dir.path().join(f);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, f).unwrap();
        }
        dir
    }

    #[test]
    fn folders_are_sorted_and_hidden_files_skipped() {
        let dir = tree(&["b.PDF", "a.pdf", "sub/c.pdf", ".hidden.pdf", ".git/d.pdf", "note.txt"]);
        let found = expand(&[dir.path().to_owned()], &b""[..]);
        assert_eq!(names(&found, dir.path()), ["a.pdf", "b.PDF", "sub/c.pdf"]);
        assert!(found.failures.is_empty());
    }

    #[test]
    fn named_files_need_no_extension_and_come_once() {
        let dir = tree(&["scan", "x.pdf"]);
        let (scan, folder) = (dir.path().join("scan"), dir.path().to_owned());
        let found = expand(&[scan.clone(), folder, scan], &b""[..]);
        assert_eq!(names(&found, dir.path()), ["scan", "x.pdf"]);
    }

    #[test]
    fn patterns_and_lists() {
        let dir = tree(&["a1.pdf", "a2.pdf", "b.pdf", "odd[1].pdf"]);
        let list = format!("{}\r\n\n{}\n", dir.path().join("b.pdf").display(), dir.path().join("gone.pdf").display());
        let found = expand(
            &[dir.path().join("a?.pdf"), "-".into(), "-".into(), dir.path().join("odd[1].pdf"), dir.path().join("z*")],
            list.as_bytes(),
        );
        assert_eq!(names(&found, dir.path()), ["a1.pdf", "a2.pdf", "b.pdf", "odd[1].pdf"]);
        let codes: Vec<_> = found.failures.iter().map(|f| f.diagnostic().code).collect();
        assert_eq!(codes, ["source.not_found", "source.no_match"]);
        let bad = expand(&[dir.path().join("[")], &b""[..]);
        assert_eq!(bad.failures[0].diagnostic().code, "source.bad_pattern");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_never_round_in_circles() {
        let dir = tree(&["in/a.pdf"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("in/up")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("nowhere"), dir.path().join("in/z.pdf")).unwrap();
        let found = expand(&[dir.path().to_owned()], &b""[..]);
        assert_eq!(names(&found, dir.path()), ["in/a.pdf"]);
        assert_eq!(found.failures.len(), 1, "the dangling link: {:?}", found.failures);
    }

    #[cfg(unix)]
    #[test]
    fn each_folder_is_visited_once_however_many_links_lead_there() {
        let names_of: Vec<String> = (0..=40).map(|i| format!("c/d{i}/x{i}.pdf")).collect();
        let dir = tree(&names_of.iter().map(String::as_str).collect::<Vec<_>>());
        for i in 0..40 {
            for link in ["a", "b"] {
                let target = format!("../d{}", i + 1);
                std::os::unix::fs::symlink(target, dir.path().join(format!("c/d{i}/{link}"))).unwrap();
            }
        }
        // 2 to the 40th paths lead to the last folder.
        let found = expand(&[dir.path().to_owned()], &b""[..]);
        assert_eq!(found.files.len(), 41, "{:?}", found.files);
        assert!(found.failures.is_empty());
    }

    #[test]
    fn a_folder_without_pdfs_is_noticed() {
        let dir = tree(&["a.txt"]);
        assert_eq!(expand(&[dir.path().to_owned()], &b""[..]).empty_folders.len(), 1);
    }
}
