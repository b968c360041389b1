//! Finds the files that arguments name: folders, patterns, lists and single files.

use std::collections::HashSet;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::list::paths;
use super::skipped::{Skipped, Why, is_system, told};
use super::{SourceError, is_called};

/// The files that a list of arguments names.
#[derive(Debug, Default)]
pub struct Expansion {
    /// Files in the order of the arguments, those of a folder sorted by name, without duplicates.
    pub files: Vec<PathBuf>,
    /// Arguments and folder entries without a file.
    pub failures: Vec<SourceError>,
    /// Folders without a PDF: perhaps the user named the wrong folder.
    pub empty_folders: Vec<PathBuf>,
    /// What the folders hold and is passed over, although it may be a contract or lead to one.
    pub skipped: Vec<Skipped>,
    /// How many other files the folders hold.
    pub others: usize,
}

/// How arguments are to be understood.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask {
    /// The paths on the list end in NUL, as those of `find -print0` do, and not in line breaks.
    pub nul: bool,
    /// Links are followed that lead out of their folder.
    pub follow_links: bool,
}

/// Expands path arguments: a folder to the PDF files below it (`*.pdf` in any case; hidden files and folders, and links
/// out of the folder, are told as skipped), a pattern with `*`, `?` or `[` to the files that fit it, `-` to the paths on
/// `list`, one a line, and anything else to itself.
pub fn expand(arguments: &[PathBuf], list: impl BufRead, ask: Ask) -> Expansion {
    let mut walk = Walk { ask, ..Walk::default() };
    let mut list = Some(list);
    for argument in arguments {
        if argument.as_os_str() == "-" {
            // Standard input can be read only once.
            if let Some(reader) = list.take() {
                walk.list(reader);
            }
        } else {
            walk.argument(argument);
        }
    }
    walk.out
}

#[derive(Default)]
struct Walk {
    ask: Ask,
    out: Expansion,
    seen: HashSet<PathBuf>,
}

impl Walk {
    /// The paths on a list. A path keeps its bytes; one that is wrong stops no other.
    fn list(&mut self, list: impl BufRead) {
        for path in paths(list, self.ask.nul) {
            match path {
                Ok(path) if path.as_os_str().is_empty() => {}
                Ok(path) => self.named(&path),
                Err(error) => self.out.failures.push(error),
            }
        }
    }

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
        let root = real(folder);
        let mut visited = HashSet::new();
        let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(e) if e.depth() > 0 && self.passes_over(&e, &root) => {
                    if e.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                // Links can make any number of paths to a folder; its files are read once.
                Ok(e) if e.file_type().is_dir() => {
                    if !visited.insert(real(e.path())) {
                        entries.skip_current_dir();
                    }
                }
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

    /// Whether an entry of a folder is not read, and remembers those that are to be told.
    fn passes_over(&mut self, entry: &DirEntry, root: &Path) -> bool {
        let path = entry.path();
        let (hidden, folder) = (is_hidden(entry), entry.file_type().is_dir());
        let why = if entry.path_is_symlink()
            && let Some(why) = self.leads_out(path, root)
        {
            Some(why)
        } else if hidden && folder {
            Some(Why::HiddenFolder)
        } else if folder || is_pdf(path) && !hidden {
            return false;
        } else if entry.file_type().is_file() {
            told(path, hidden)
        } else {
            Some(Why::Pipe)
        };
        match why {
            Some(why) => self.out.skipped.push(Skipped { path: path.to_owned(), why }),
            None if hidden => {}
            None => self.out.others += 1,
        }
        true
    }

    /// Why a link is not followed.
    fn leads_out(&self, link: &Path, root: &Path) -> Option<Why> {
        let target = std::fs::canonicalize(link).ok()?;
        if is_system(&target) && !is_system(root) {
            return Some(Why::System);
        }
        (!self.ask.follow_links && !target.starts_with(root)).then_some(Why::LinkOut)
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
    is_called(path, "pdf")
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
        let found = expand(&[dir.path().to_owned()], &b""[..], Ask::default());
        assert_eq!(names(&found, dir.path()), ["a.pdf", "b.PDF", "sub/c.pdf"]);
        assert!(found.failures.is_empty());
    }

    #[test]
    fn named_files_need_no_extension_and_come_once() {
        let dir = tree(&["scan", "x.pdf"]);
        let (scan, folder) = (dir.path().join("scan"), dir.path().to_owned());
        let found = expand(&[scan.clone(), folder, scan], &b""[..], Ask::default());
        assert_eq!(names(&found, dir.path()), ["scan", "x.pdf"]);
    }

    #[test]
    fn patterns_and_lists() {
        let dir = tree(&["a1.pdf", "a2.pdf", "b.pdf", "odd[1].pdf"]);
        let list = format!("{}\r\n\n{}\n", dir.path().join("b.pdf").display(), dir.path().join("gone.pdf").display());
        let found = expand(
            &[dir.path().join("a?.pdf"), "-".into(), "-".into(), dir.path().join("odd[1].pdf"), dir.path().join("z*")],
            list.as_bytes(),
            Ask::default(),
        );
        assert_eq!(names(&found, dir.path()), ["a1.pdf", "a2.pdf", "b.pdf", "odd[1].pdf"]);
        let codes: Vec<_> = found.failures.iter().map(|f| f.diagnostic().code).collect();
        assert_eq!(codes, ["source.not_found", "source.no_match"]);
        let bad = expand(&[dir.path().join("[")], &b""[..], Ask::default());
        assert_eq!(bad.failures[0].diagnostic().code, "source.bad_pattern");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_never_round_in_circles() {
        let dir = tree(&["in/a.pdf"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("in/up")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("nowhere"), dir.path().join("in/z.pdf")).unwrap();
        let found = expand(&[dir.path().to_owned()], &b""[..], Ask::default());
        assert_eq!(names(&found, dir.path()), ["in/a.pdf"]);
        assert_eq!(found.failures.len(), 1, "the dangling link: {:?}", found.failures);
    }

    /// What was skipped, by its path below `root`.
    fn skipped(found: &Expansion, root: &Path) -> Vec<(String, Why)> {
        let name = |s: &Skipped| s.path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        found.skipped.iter().map(|s| (name(s), s.why)).collect()
    }

    #[test]
    fn what_may_be_a_contract_is_told() {
        let dir = tree(&[
            "a.pdf",
            "scan",
            "late",
            ".git/d.pdf",
            ".h.pdf",
            ".DS_Store",
            "x.zip",
            "y.docx",
            "z.tgz",
            "note",
            ".old.zip",
            "~$y.docx",
            "b.eml",
            "c.MSG",
            "d.tif",
            "e",
            "f",
            "g.jar",
            ".lock.doc",
            "h.rtf",
            "i.jpg",
            "j.odt",
        ]);
        let put = |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).unwrap();
        put("scan", b"%PDF-1.4 and so on");
        put("late", &[&[b'\n'; 900][..], b"%PDF-1.4"].concat());
        put(".h.pdf", b"%PDF-1.4");
        put("x.zip", &[&b"PK\x03\x04"[..], &[0; 26], b"contract.pdf"].concat());
        put("y.docx", &[&b"PK\x03\x04"[..], &[0; 26], b"[Content_Types].xml"].concat());
        put("z.tgz", b"\x1f\x8b\x08");
        put(".old.zip", &[&b"PK\x03\x04"[..], &[0; 26], b"contract.pdf"].concat());
        put("e", &[&b"PK\x03\x04"[..], &[0; 26], b"[Content_Types].xml"].concat());
        put("f", b"II*\0and so on");
        put("g.jar", &[&b"PK\x03\x04"[..], &[0; 26], b"META-INF/MANIFEST.MF"].concat());
        let found = expand(&[dir.path().to_owned()], &b""[..], Ask::default());
        assert_eq!(names(&found, dir.path()), ["a.pdf"]);
        let want = [
            (".git", Why::HiddenFolder),
            (".h.pdf", Why::HiddenFile),
            (".old.zip", Why::Archive),
            ("b.eml", Why::Mail),
            ("c.MSG", Why::Mail),
            ("d.tif", Why::Picture),
            ("e", Why::Document),
            ("f", Why::Picture),
            ("h.rtf", Why::Document),
            ("i.jpg", Why::Picture),
            ("j.odt", Why::Document),
            ("late", Why::NoExtension),
            ("scan", Why::NoExtension),
            ("x.zip", Why::Archive),
            ("y.docx", Why::Document),
            ("z.tgz", Why::Archive),
        ];
        assert_eq!(skipped(&found, dir.path()), want.map(|(name, why)| (name.to_owned(), why)));
        assert_eq!(found.others, 3, "the note, the program, and what is left of an open document");
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_told_and_followed_only_when_asked() {
        let (dir, other) = (tree(&["in/a.pdf", "in/sub/b.pdf"]), tree(&["far/c.pdf"]));
        let root = dir.path().join("in");
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, root.join(name)).unwrap();
        link(&other.path().join("far"), "far");
        link(&other.path().join("far/c.pdf"), "one.pdf");
        link(Path::new("/proc"), "proc");
        link(Path::new("/dev/zero"), "zero.pdf");
        link(&root.join("a.pdf"), "z-inside.pdf");
        let found = expand(std::slice::from_ref(&root), &b""[..], Ask::default());
        assert_eq!(names(&found, &root), ["a.pdf", "sub/b.pdf", "z-inside.pdf"]);
        let want = [("far", Why::LinkOut), ("one.pdf", Why::LinkOut), ("proc", Why::System), ("zero.pdf", Why::System)];
        assert_eq!(skipped(&found, &root), want.map(|(name, why)| (name.to_owned(), why)));
        let found = expand(std::slice::from_ref(&root), &b""[..], Ask { follow_links: true, ..Ask::default() });
        assert_eq!(names(&found, &root), ["a.pdf", "far/c.pdf", "one.pdf", "sub/b.pdf", "z-inside.pdf"]);
        assert_eq!(found.skipped.len(), 2, "files of the system stay what they are");
    }

    #[cfg(unix)]
    #[test]
    fn a_list_may_hold_any_bytes() {
        use std::os::unix::ffi::OsStrExt as _;
        let dir = tree(&["a.pdf", "b.pdf"]);
        let odd = dir.path().join(std::ffi::OsStr::from_bytes(b"V\xe9rif\n.pdf"));
        std::fs::write(&odd, "x").unwrap();
        let path = |name: &str| dir.path().join(name).as_os_str().as_bytes().to_vec();
        let lines = [&path("a.pdf")[..], b"/nowhere/V\xe9rif.pdf", &path("b.pdf")].join(&b'\n');
        let found = expand(&["-".into()], &lines[..], Ask::default());
        assert_eq!(
            (names(&found, dir.path()), found.failures.len()),
            (vec!["a.pdf".to_owned(), "b.pdf".to_owned()], 1)
        );
        let list = [&path("a.pdf")[..], odd.as_os_str().as_bytes(), &path("b.pdf"), b""].join(&0);
        let found = expand(&["-".into()], &list[..], Ask { nul: true, ..Ask::default() });
        assert_eq!((found.files.len(), found.failures.len()), (3, 0));
        assert_eq!(found.files[1], odd);
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
        let found = expand(&[dir.path().to_owned()], &b""[..], Ask::default());
        assert_eq!(found.files.len(), 41, "{:?}", found.files);
        assert!(found.failures.is_empty());
    }

    #[test]
    fn a_folder_without_pdfs_is_noticed() {
        let dir = tree(&["a.txt"]);
        assert_eq!(expand(&[dir.path().to_owned()], &b""[..], Ask::default()).empty_folders.len(), 1);
    }
}
