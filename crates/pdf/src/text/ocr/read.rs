//! The scanned pages of one document, one after the other.

use std::time::Duration;

use super::skew::{Ink, Rotation};
use super::{Ocr, OcrError, Picture, Scan, Word, edges};
use crate::cite::{Diagnostic, Severity, Stage};
use crate::text::{Drawn, Engines};

/// Pages of one document that are read from pictures; more would take a quarter of an hour and more.
const MAX_PAGES: usize = 300;
/// Pages whose pictures could not be made, after which no more are tried.
const MAX_LOST: usize = 3;
/// Processor time that the pages of one document may take: so much, and so much more for each of them, but never more than
/// the last. An ordinary page takes two to four seconds; dense nonsense takes more than a minute.
const WORK: Duration = Duration::from_mins(1);
const WORK_OF_PAGE: Duration = Duration::from_secs(8);
const MOST_WORK: Duration = Duration::from_mins(15);
/// Mean confidence, in %, from which the words of a page make sense, and not only by chance.
const SENSE: f32 = 70.0;
/// Fewer letters say nothing about the orientation of a page.
const FEW: f32 = 12.0;
/// Skew below this is left, in radians: a tenth of a degree, which no line notices.
const LEVEL: f32 = 0.0018;

/// What is read, and with what.
pub(in super::super) struct Setting<'a> {
    /// Where pictures are made.
    pub(in super::super) engines: &'a dyn Engines,
    /// The PDF.
    pub(in super::super) bytes: &'a [u8],
    /// What reads them.
    pub(in super::super) ocr: &'a dyn Ocr,
}

/// Reads these pages, counted from 1. Those that could not be read are missing, and a remark says why.
///
/// # Errors
/// [`OcrError`] when none was read, because none can be.
pub(in super::super) fn read_pages(
    setting: &Setting<'_>,
    pages: &[u32],
    remarks: &mut Vec<Diagnostic>,
) -> Result<Vec<Scan>, OcrError> {
    let mut scans: Vec<Scan> = Vec::new();
    let mut lost = 0;
    let budget = MOST_WORK.min(WORK + WORK_OF_PAGE * u32::try_from(pages.len()).unwrap_or(u32::MAX));
    let mut spent = Duration::ZERO;
    // Most pages of one document have the same orientation.
    let mut usual = 0;
    let mut remark = |code: &str, page: u32, message: String| {
        remarks.push(Diagnostic::new(code, Severity::Warning, Stage::Text, message).on_page(page));
    };
    for (count, &page) in pages.iter().enumerate() {
        if count == MAX_PAGES {
            remark(
                "ocr.too_many_pages",
                page,
                format!("more than {MAX_PAGES} scanned pages: those from page {page} on were not read"),
            );
            break;
        }
        if spent >= budget {
            let message = format!(
                "reading scanned pages took {} s of work, more than so few pages should: those from page {page} on were not read",
                spent.as_secs()
            );
            remark("ocr.budget", page, message);
            break;
        }
        let picture = match setting.engines.render(setting.bytes, page) {
            Ok(Drawn { picture, work }) => {
                spent += work;
                edges::cut(picture)
            }
            Err(error) => {
                remark("ocr.no_picture", page, format!("page {page} could not be drawn: {error}"));
                lost += 1;
                if lost == MAX_LOST {
                    break;
                }
                continue;
            }
        };
        match read(&picture, page, setting.ocr, &mut usual, &mut spent) {
            Ok(scan) => {
                let confidence = mean_confidence(&scan.words);
                if letters(&scan.words) > FEW && confidence < SENSE {
                    remark(
                        "ocr.unsure",
                        page,
                        format!("page {page} is hard to read: its words are {confidence:.0} % certain"),
                    );
                }
                scans.push(scan);
            }
            Err(error) if error.is_lasting() => return Err(error),
            Err(error) => remark("ocr.failed", page, format!("page {page}: {error}")),
        }
        setting.ocr.page_done();
    }
    Ok(scans)
}

/// Reads one page upright. Its skew and orientation are found from its pixels first, and from the sense of its words then.
fn read(picture: &Picture, page: u32, ocr: &dyn Ocr, usual: &mut u8, spent: &mut Duration) -> Result<Scan, OcrError> {
    let ink = Ink::of(picture);
    if ink.is_blank() {
        return Ok(placed(picture, page, Rotation::default(), Vec::new()));
    }
    let ((across, clear_across), (upward, clear_upward)) = (ink.across(), ink.upward());
    let mut ways = if clear_across >= clear_upward { [0, 2, 1, 3] } else { [1, 3, 0, 2] };
    if ways[1] == *usual {
        ways.swap(0, 1);
    }
    // Pages of few lines may look alike both ways.
    let plain = clear_across.max(clear_upward) > 1.5 * clear_across.min(clear_upward);
    let mut best: Option<(f32, Rotation, Vec<Word>)> = None;
    for orientation in ways.into_iter().take(if plain { 2 } else { 4 }) {
        let skew = if orientation % 2 == 0 { across } else { upward };
        let skew = if skew.abs() < LEVEL { 0.0 } else { skew };
        let turned = picture.turned(orientation);
        let look = ocr.words(&if skew == 0.0 { turned } else { turned.deskewed(skew) });
        *spent += match &look {
            Ok(look) => look.work,
            Err(OcrError::Time(seconds)) => Duration::from_secs(*seconds),
            Err(_) => Duration::ZERO,
        };
        let words = look?.words;
        let (confidence, letters) = (mean_confidence(&words), letters(&words));
        // By chance a page upside down gives words too, but with less confidence.
        let sense = confidence * confidence * letters;
        if best.as_ref().is_none_or(|(most, ..)| sense > *most) {
            best = Some((sense, Rotation { orientation, skew }, words));
        }
        if confidence >= SENSE && letters > FEW {
            *usual = orientation;
            break;
        }
    }
    let (_, rotation, words) = best.unwrap_or_default();
    Ok(placed(picture, page, rotation, words))
}

/// The words of a page with their places in points.
fn placed(picture: &Picture, page: u32, rotation: Rotation, mut words: Vec<Word>) -> Scan {
    let pitch = picture.pitch();
    for word in &mut words {
        for v in [&mut word.x0, &mut word.y0, &mut word.x1, &mut word.y1] {
            *v *= pitch;
        }
    }
    let (width, height) = (picture.width() as f32 * pitch, picture.height() as f32 * pitch);
    let (width, height) = if rotation.orientation.is_multiple_of(2) { (width, height) } else { (height, width) };
    Scan { page, width, height, rotation, words, mends: false }
}

fn letters(words: &[Word]) -> f32 {
    words.iter().flat_map(|w| w.text.chars()).filter(|c| c.is_alphanumeric()).count() as f32
}

/// Mean confidence of the words, 0 to 100 %, each counting by its length.
pub(in super::super) fn mean_confidence<'a>(words: impl IntoIterator<Item = &'a Word>) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0);
    for word in words {
        let n = word.text.chars().count() as f32;
        sum += n * f32::from(word.confidence);
        count += n;
    }
    if count == 0.0 { 0.0 } else { sum / count }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::signature::{DigitalSignature, Trust};
    use crate::text::{Engine, EngineError, EngineOutput, OcrPage, PageImage};

    /// A page of lines, with a block at its top left.
    fn page() -> Picture {
        let (w, h) = (400u32, 600u32);
        let dark =
            |x: u32, y: u32| (x < 20 && y < 20) || ((60..340).contains(&x) && (60..540).contains(&y) && y % 16 < 6);
        let gray = (0..w * h).map(|i| if dark(i % w, i / w) { 0 } else { 255 }).collect();
        Picture::new(w, h, 0.5, gray).unwrap()
    }

    const BLANK: u8 = 4;

    /// Draws pages that lie in one way, each with so many seconds of work; the others cannot be drawn.
    #[derive(Debug)]
    struct Draws(u8, u32, u64);

    impl Engines for Draws {
        fn read(&self, _: Engine, _: &[u8], _: &[Scan]) -> Result<EngineOutput, EngineError> {
            Ok(EngineOutput::default())
        }

        fn render(&self, _: &[u8], page_number: u32) -> Result<Drawn, EngineError> {
            let drawn = |picture| Ok(Drawn { picture, work: Duration::from_secs(self.2) });
            let lost = Diagnostic::new("render.failed", Severity::Error, Stage::Text, "the page is damaged");
            // Turning the other way about undoes a turn.
            let back = [0, 3, 2, 1, 0][usize::from(self.0)];
            if self.0 == BLANK {
                return drawn(Picture::new(9, 9, 1.0, vec![255; 81]).unwrap());
            }
            if page_number <= self.1 { drawn(page().turned(back)) } else { Err(EngineError::Lost(lost)) }
        }

        fn image(&self, _: &[u8], _: u32) -> Result<PageImage, EngineError> {
            unreachable!("nobody looks at it")
        }

        fn signatures(&self, _: &[u8], _: &Trust) -> Result<Vec<DigitalSignature>, EngineError> {
            Ok(Vec::new())
        }
    }

    /// Makes sense of pages whose block is at the top left.
    #[derive(Debug, Default)]
    struct Reads {
        asked: AtomicUsize,
        missing: bool,
        work: Duration,
    }

    impl Ocr for Reads {
        fn name(&self) -> Result<String, OcrError> {
            Ok("test".to_owned())
        }

        fn words(&self, picture: &Picture) -> Result<OcrPage, OcrError> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            if self.missing {
                return Err(OcrError::Missing);
            }
            let upright = picture.rows().nth(5).is_some_and(|row| row[5] < 100);
            let confidence = if upright { 95 } else { 35 };
            let word = Word {
                text: "abcdefghijklmnop".to_owned(),
                x0: 60.0,
                y0: 60.0,
                x1: 200.0,
                y1: 80.0,
                line: 1,
                confidence,
            };
            Ok(OcrPage { words: vec![word], work: self.work })
        }
    }

    fn run(drawn: &Draws, ocr: &Reads, pages: &[u32]) -> (Result<Vec<Scan>, OcrError>, Vec<String>) {
        let mut remarks = Vec::new();
        let read = read_pages(&Setting { engines: drawn, bytes: b"", ocr }, pages, &mut remarks);
        (read, remarks.into_iter().map(|d| d.code).collect())
    }

    #[test]
    fn pages_are_turned_until_they_make_sense() {
        for orientation in 0..4 {
            let ocr = Reads::default();
            let (scans, remarks) = run(&Draws(orientation, 9, 0), &ocr, &[1, 2]);
            let scans = scans.unwrap();
            assert!(remarks.is_empty(), "{remarks:?}");
            for scan in &scans {
                // Over so few pixels the skew is not known better.
                assert!(
                    scan.rotation.orientation == orientation && scan.rotation.skew.abs() < 0.01,
                    "{:?}",
                    scan.rotation
                );
                assert_eq!((scan.width, scan.height), (200.0, 300.0));
                assert!((scan.words[0].x1 - 100.0).abs() < 0.01);
            }
            // The second page lies as the first: one look is enough.
            let first = if orientation < 2 { 1 } else { 2 };
            assert_eq!(ocr.asked.into_inner(), first + 1, "orientation {orientation}");
        }
    }

    #[test]
    fn pages_that_cannot_be_drawn_are_named_and_soon_given_up() {
        let (scans, remarks) = run(&Draws(0, 1, 0), &Reads::default(), &[1, 2, 3, 4, 5, 6]);
        assert_eq!(scans.unwrap().len(), 1);
        assert_eq!(remarks, ["ocr.no_picture"; MAX_LOST]);
    }

    #[test]
    fn there_is_an_end_of_pages() {
        let pages: Vec<u32> = (1..=u32::try_from(MAX_PAGES).unwrap() + 5).collect();
        let ocr = Reads::default();
        let (scans, remarks) = run(&Draws(BLANK, 1000, 0), &ocr, &pages);
        assert_eq!((scans.unwrap().len(), remarks), (MAX_PAGES, vec!["ocr.too_many_pages".to_owned()]));
        assert_eq!(ocr.asked.into_inner(), 0, "nobody reads blank pages");
    }

    #[test]
    fn the_pages_of_a_document_have_a_budget() {
        let pages: Vec<u32> = (1..=40).collect();
        let work = |seconds| Reads { work: Duration::from_secs(seconds), ..Reads::default() };
        let (scans, remarks) = run(&Draws(0, 99, 0), &work(5), &pages);
        assert_eq!((scans.unwrap().len(), remarks.len()), (40, 0), "slow machines have time");
        let (scans, remarks) = run(&Draws(0, 99, 0), &work(80), &pages);
        assert_eq!((scans.unwrap().len(), remarks), (5, vec!["ocr.budget".to_owned()]), "what was read is kept");
        // Drawing them counts as well.
        let (scans, remarks) = run(&Draws(0, 99, 80), &work(0), &pages);
        assert_eq!((scans.unwrap().len(), remarks), (5, vec!["ocr.budget".to_owned()]));
    }

    #[test]
    fn what_another_page_cannot_change_ends_the_reading() {
        let ocr = Reads { missing: true, ..Reads::default() };
        let (scans, _) = run(&Draws(0, 9, 0), &ocr, &[1, 2, 3]);
        assert_eq!(scans, Err(OcrError::Missing));
        assert_eq!(ocr.asked.into_inner(), 1, "the next page would fare no better");
    }
}
