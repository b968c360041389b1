//! Documents on a list: paths, or the bytes themselves.

use std::io::{self, BufRead, Read};
use std::iter;
use std::path::{Path, PathBuf};

use super::SourceError;

/// The paths on a list, one a line, or each ending in NUL. A path keeps its bytes. The list ends at an error.
pub fn paths(list: impl BufRead, nul: bool) -> impl Iterator<Item = Result<PathBuf, SourceError>> {
    let mut items = list.split(if nul { 0 } else { b'\n' });
    to_the_cut(move || {
        let item = items.next()?.map_err(|e| SourceError::io(Path::new("-"), e));
        Some(item.map(|mut item| {
            while !nul && item.last() == Some(&b'\r') {
                item.pop();
            }
            path_of_bytes(item)
        }))
    })
}

/// Documents one after the other: the length of each in bytes, as eight bytes, the highest first, and then its bytes. One
/// that is longer than `limit` is passed over with its reason. The list ends with [`SourceError::Io`] where it is cut off.
pub fn framed(mut list: impl Read, limit: u64) -> impl Iterator<Item = Result<Vec<u8>, SourceError>> {
    to_the_cut(move || next_frame(&mut list, limit).transpose())
}

/// The items of a list to the first error behind which no item can be found.
fn to_the_cut<T>(
    mut next: impl FnMut() -> Option<Result<T, SourceError>>,
) -> impl Iterator<Item = Result<T, SourceError>> {
    let mut over = false;
    iter::from_fn(move || {
        if over {
            return None;
        }
        let item = next();
        over = !matches!(item, Some(Ok(_) | Err(SourceError::TooLarge { .. } | SourceError::Empty { .. })));
        item
    })
}

/// The next document of [`framed`]; `None` at the end.
fn next_frame(list: &mut impl Read, limit: u64) -> Result<Option<Vec<u8>>, SourceError> {
    let path = || PathBuf::from("-");
    let io = |e| SourceError::Io { path: path(), source: e };
    let mut length = Vec::with_capacity(8);
    list.by_ref().take(8).read_to_end(&mut length).map_err(io)?;
    let length = match <[u8; 8]>::try_from(length.as_slice()) {
        Ok(length) => u64::from_be_bytes(length),
        Err(_) if length.is_empty() => return Ok(None),
        Err(_) => return Err(io(io::ErrorKind::UnexpectedEof.into())),
    };
    let mut document = list.by_ref().take(length);
    // The length is what somebody says: memory is taken as the bytes come.
    let mut bytes = Vec::new();
    if length <= limit {
        document.read_to_end(&mut bytes).map_err(io)?;
    } else {
        io::copy(&mut document, &mut io::sink()).map_err(io)?;
    }
    match document.limit() {
        0 if length > limit => Err(SourceError::TooLarge { path: path(), limit }),
        0 if length == 0 => Err(SourceError::Empty { path: path() }),
        0 => Ok(Some(bytes)),
        _ => Err(io(io::ErrorKind::UnexpectedEof.into())),
    }
}

/// A path of its bytes.
#[cfg(unix)]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

/// A path of its bytes; where paths are text, one that is none will not be found.
#[cfg(not(unix))]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_end_in_line_breaks_or_in_nul() {
        let all = |list: &[u8], nul| paths(list, nul).map(|p| p.unwrap().display().to_string()).collect::<Vec<_>>();
        assert_eq!(all(b"a b.pdf\r\n\nc.pdf", false), ["a b.pdf", "", "c.pdf"]);
        assert_eq!(all(b"a\nb.pdf\0c.pdf\0", true), ["a\nb.pdf", "c.pdf"]);
    }

    #[test]
    fn frames_are_read_to_the_first_that_is_cut_off() {
        let frame = |bytes: &[u8]| [&(bytes.len() as u64).to_be_bytes()[..], bytes].concat();
        let list = [frame(b"one"), frame(b""), frame(b"too long"), frame(b"four"), frame(b"five")].concat();
        let read = |list: &[u8]| framed(list, 5).collect::<Vec<_>>();
        let all = read(&list);
        assert!(matches!(
            &all[..],
            [Ok(one), Err(SourceError::Empty { .. }), Err(SourceError::TooLarge { limit: 5, .. }), Ok(four), Ok(five)]
                if one == b"one" && four == b"four" && five == b"five"
        ));
        for cut in [1, 3, 4, 11] {
            let all = read(&list[..list.len() - cut]);
            assert!(matches!(all.last(), Some(Err(SourceError::Io { .. }))), "{cut}: {all:?}");
            assert_eq!(all.len(), 5);
        }
        // A length that nobody can mean takes no memory.
        assert!(matches!(
            &framed(&u64::MAX.to_be_bytes()[..], u64::MAX).collect::<Vec<_>>()[..],
            [Err(SourceError::Io { .. })]
        ));
    }
}
