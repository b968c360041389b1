//! What crosses the pipe: frames, each a length and so many bytes of postcard.
//!
//! The parent trusts nothing that a worker says: a length is checked before it is believed, and memory is taken as bytes
//! arrive.

use std::fmt;
use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::limits::Isolation;
use crate::text::{Engine, EngineError};
#[cfg(doc)]
use crate::text::{EngineOutput, PageImage, Picture, Scan};

/// A worker's first frame.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// Version of the program: after an upgrade, the program on disk may be another one.
    pub version: String,
    /// What keeps the worker in bounds.
    pub isolation: Isolation,
}

/// What a worker does with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// Reads its text; the answer is an [`EngineOutput`]. Beside the bytes come [`Scan`]s.
    Read(Engine),
    /// Draws this page, counted from 1; the answer is a [`Picture`].
    Render(u32),
    /// Draws this page, counted from 1, for people; the answer is a [`PageImage`].
    Image(u32),
    /// Finds and verifies its digital signatures. Beside the bytes come the certificates that the user trusts.
    Signatures,
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(engine) => engine.fmt(f),
            Self::Render(page) | Self::Image(page) => write!(f, "drawing page {page}"),
            Self::Signatures => f.write_str("the check of digital signatures"),
        }
    }
}

/// What a worker is asked to do. The bytes of the document follow the frame as they are, and after them a frame of what the
/// task needs beside them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The work.
    pub task: Task,
    /// Processor time for this document, in seconds.
    pub cpu_seconds: u32,
    /// Largest answer in bytes.
    pub most: u64,
    /// Number of bytes that follow.
    pub length: u64,
    /// Passwords to try.
    pub passwords: Vec<String>,
}

/// What a worker answers: an [`EngineOutput`], a [`Picture`], a [`PageImage`], or digital signatures.
pub type Answer<T> = Result<T, EngineError>;

/// Largest frame that is neither an answer nor what goes beside a document.
pub(super) const SMALL: u64 = 64 * 1024;
/// Largest frame of what a task needs beside a document.
pub(super) const BESIDE: u64 = 256 << 20;

/// Why a frame could not be sent or received.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe.
    #[error(transparent)]
    Pipe(#[from] io::Error),
    /// More bytes than allowed.
    #[error("a message of {length} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Its length.
        length: u64,
        /// The limit.
        limit: u64,
    },
    /// Not a message.
    #[error("not a message: {0}")]
    Garbled(#[from] postcard::Error),
}

/// Writes one frame.
///
/// # Errors
/// [`FrameError`]; of a message over the limit, nothing has been written.
pub(super) fn send(out: &mut impl Write, message: &impl Serialize, limit: u64) -> Result<(), FrameError> {
    let mut frame = vec![0u8; 8];
    frame = postcard::to_extend(message, frame)?;
    let length = frame.len() as u64 - 8;
    if length > limit {
        return Err(FrameError::TooLarge { length, limit });
    }
    frame[..8].copy_from_slice(&length.to_le_bytes());
    out.write_all(&frame)?;
    Ok(out.flush()?)
}

/// Reads one frame.
///
/// # Errors
/// [`FrameError`] for a frame that is cut short, over the limit, or no message of this type.
pub fn receive<T: DeserializeOwned>(from: &mut impl Read, limit: u64) -> Result<T, FrameError> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > limit {
        return Err(FrameError::TooLarge { length, limit });
    }
    Ok(postcard::from_bytes(&bytes(from, length)?)?)
}

/// Reads exactly `length` bytes.
///
/// # Errors
/// Those of the pipe, and `UnexpectedEof` when it ends before.
pub(super) fn bytes(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    // A length is only a claim: more than this is taken when it has come.
    const BELIEVED: u64 = 16 * 1024 * 1024;
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(BELIEVED)).unwrap_or(0));
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cite::{Diagnostic, DocumentId, Severity, Stage};
    use crate::text::{DocumentText, EngineOutput, Layout};

    fn framed(message: &impl Serialize) -> Vec<u8> {
        let mut out = Vec::new();
        send(&mut out, message, u64::MAX).unwrap();
        out
    }

    fn output(plain: &str) -> EngineOutput {
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let remark = Diagnostic::new("text.damaged_page", Severity::Error, Stage::Text, "page 2").on_page(2);
        EngineOutput {
            text: Some(Layout { text, covers: vec![0.5], unread: vec![0], layered: vec![false] }),
            producer: Some("Scribe 2".to_owned()),
            diagnostics: vec![remark],
        }
    }

    #[test]
    fn messages_arrive_as_they_were() {
        let passwords = vec!["open".to_owned()];
        let request = Request { task: Task::Render(3), cpu_seconds: 4, most: 9, length: 7, passwords };
        assert_eq!(receive::<Request>(&mut &framed(&request)[..], SMALL).unwrap(), request);
        let refused: Answer<EngineOutput> =
            Err(EngineError::Refused(Diagnostic::new("text.encrypted", Severity::Error, Stage::Text, "locked")));
        assert_eq!(receive::<Answer<EngineOutput>>(&mut &framed(&refused)[..], SMALL).unwrap(), refused);
        let hello = Hello { version: "1".to_owned(), isolation: Isolation::default() };
        assert_eq!(receive::<Hello>(&mut &framed(&hello)[..], SMALL).unwrap(), hello);
    }

    #[test]
    fn two_frames_follow_each_other() {
        let (first, second) =
            (Answer::<EngineOutput>::Ok(output("one")), Answer::<EngineOutput>::Ok(output("two words")));
        let both = [framed(&first), framed(&second)].concat();
        let mut from = &both[..];
        for sent in [first, second] {
            let got: Answer<EngineOutput> = receive(&mut from, SMALL).unwrap();
            assert_eq!(format!("{got:?}"), format!("{sent:?}"));
        }
        assert!(from.is_empty());
    }

    #[test]
    fn a_frame_larger_than_allowed_is_neither_sent_nor_read() {
        let answer = Answer::<EngineOutput>::Ok(output(&"word ".repeat(200)));
        assert!(matches!(send(&mut Vec::new(), &answer, 100), Err(FrameError::TooLarge { limit: 100, .. })));
        assert!(matches!(
            receive::<Answer<EngineOutput>>(&mut &framed(&answer)[..], 100),
            Err(FrameError::TooLarge { .. })
        ));
        // The length alone is enough to say no, and a false one takes no memory.
        let claim = u64::MAX.to_le_bytes();
        assert!(matches!(receive::<Answer<EngineOutput>>(&mut &claim[..], 1 << 30), Err(FrameError::TooLarge { .. })));
        let claim = (1u64 << 40).to_le_bytes();
        assert!(matches!(receive::<Answer<EngineOutput>>(&mut &claim[..], u64::MAX), Err(FrameError::Pipe(_))));
    }

    #[test]
    fn a_frame_that_is_cut_short_is_an_error() {
        let whole = framed(&Answer::<EngineOutput>::Ok(output("1 Term\tone year\u{c}2 Notice")));
        for end in 0..whole.len() {
            assert!(receive::<Answer<EngineOutput>>(&mut &whole[..end], SMALL).is_err(), "{end} of {}", whole.len());
        }
    }

    proptest! {
        #[test]
        fn nonsense_is_an_error_and_not_a_panic(body in prop::collection::vec(any::<u8>(), 0..300), place in 0usize..400) {
            let mut frame = (body.len() as u64).to_le_bytes().to_vec();
            frame.extend(&body);
            let _ = receive::<Answer<EngineOutput>>(&mut &frame[..], SMALL);
            // One byte of a true message changed.
            let mut frame = framed(&Answer::<EngineOutput>::Ok(output("1 Term\tone year\u{c}2 Notice")));
            let place = place % frame.len();
            frame[place] ^= body.first().copied().unwrap_or(1);
            if let Ok(Ok(output)) = receive::<Answer<EngineOutput>>(&mut &frame[..], SMALL)
                && let Some(layout) = output.text
            {
                for block in layout.text.blocks() {
                    let _ = layout.text.cite(block.span);
                }
            }
        }
    }
}
