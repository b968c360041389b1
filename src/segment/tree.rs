//! The tree of sections.

use super::heading;
use super::numbering::{Marker, Style, marker, roman};
use super::segments::{Section, Segments, Sentence};
use super::sentences;
use crate::record::{Diagnostic, Part as _, Severity, Span, Stage};
use crate::text::{Block, BlockKind, DocumentText};

/// How much text is read, in bytes: about two thousand pages.
const MOST: usize = 6 << 20;

/// Builds sections and sentences from the blocks of a text.
pub(super) fn build(text: &DocumentText) -> Segments {
    let mut builder =
        Builder { text, out: Segments::default(), open: Vec::new(), body: false, contents: false, item: 0 };
    builder.out.sections.push(Section {
        number: None,
        heading: None,
        parent: None,
        level: 0,
        span: Span::new(0, 0),
        attachment: false,
    });
    for block in text.blocks() {
        if block.span.end() > MOST {
            builder.out.remarks.push(too_long(block));
            break;
        }
        builder.block(block);
    }
    builder.close_spans();
    builder.out
}

/// The remark that a text is read up to `block` only.
fn too_long(block: &Block) -> Diagnostic {
    let (page, most) = (block.page, MOST >> 20);
    let message = format!("the text is longer than {most} MiB: from page {page} on it was not read");
    Diagnostic::new("segment.too_long", Severity::Warning, Stage::Segment, message).on_page(page).at(block.span)
}

/// An open level of the tree.
#[derive(Debug, Clone)]
struct Level {
    section: usize,
    style: Style,
    label: String,
}

struct Builder<'a> {
    text: &'a DocumentText,
    out: Segments,
    open: Vec<Level>,
    /// Whether the operative part has begun: before it, headings are titles.
    body: bool,
    /// Whether the table of contents is being read.
    contents: bool,
    /// The last list item such as `(3)`.
    item: u32,
}

impl Builder<'_> {
    fn block(&mut self, block: &Block) {
        let text = self.text.slice(block.span);
        if self.skip_contents(text, block) {
            return;
        }
        let found = match block.kind {
            BlockKind::Paragraph => marker(text).filter(|m| self.fits(m)),
            // "(a) <tab> text" is a list item laid out as a table.
            BlockKind::TableRow => marker(text).filter(|m| !m.label.is_empty() && text.part(..m.len).contains('\t')),
        };
        let used = found.as_ref().map_or(0, |m| m.len);
        let body = text.part(used..);
        match found {
            // "EXHIBIT 10.4" above the title is the label under which the whole document was filed.
            Some(m) if m.style == Style::Attachment && !self.body => self.sentences(block, false),
            // A bullet belongs to the section that leads it in.
            Some(m) if m.style == Style::Bullet => self.sentences(block, true),
            Some(m) => {
                let whole = heading::is_heading(body, block, true);
                let run_in = if whole { Some(body.trim_end_matches(['.', ':']).len()) } else { heading::run_in(body) };
                let title = run_in.map(|end| heading::clean(body.part(..end)).to_owned()).filter(|t| !t.is_empty());
                self.section(block, &m, title);
                self.sentences(block, false);
            }
            None if self.body && heading::is_heading(text, block, false) => {
                self.unnumbered(block, text.trim());
                self.sentences(block, false);
            }
            None => {
                let lower = text.to_ascii_lowercase();
                // The words that end the recitals.
                self.body |= lower.contains("agree as follows") || lower.contains("agreed as follows");
                self.sentences(block, false);
            }
        }
    }

    /// Whether a marker can stand here: the figure of "thirty (30) days" at the beginning of a block is no list item.
    fn fits(&mut self, m: &Marker) -> bool {
        let (Style::ParenDigit, Ok(number)) = (m.style, m.label.trim_matches(['(', ')']).parse::<u32>()) else {
            return true;
        };
        let fits = number < 10 || number == self.item + 1;
        if fits {
            self.item = number;
        }
        fits
    }

    /// The table of contents repeats headings and says nothing: it makes no sections and no sentences.
    fn skip_contents(&mut self, text: &str, block: &Block) -> bool {
        let leader = text.contains("....") || text.contains(". . . .") || text.contains("\u{2026}\u{2026}");
        let tail = text.rsplit(['\t', ' ', '.']).next().unwrap_or_default();
        let page = !tail.is_empty() && tail.len() <= 3 && tail.bytes().all(|b| b.is_ascii_digit());
        if leader && page && text.len() < 200 {
            return true;
        }
        let lower = text.trim().to_ascii_lowercase();
        if matches!(lower.as_str(), "table of contents" | "contents" | "index") {
            self.contents = true;
            return true;
        }
        let row = page && text.len() < 140 || matches!(lower.as_str(), "page" | "page no." | "section");
        self.contents &= row || text.len() < 60 && block.page <= 6 && !lower.contains("agreement");
        self.contents
    }

    fn section(&mut self, block: &Block, m: &Marker, heading: Option<String>) {
        self.body = true;
        let style = self.settle(m);
        let depth = self.depth(style, &m.label);
        self.open.truncate(depth);
        let parent = self.open.last().map(|l| l.section);
        let path = self.path(style, &m.label);
        let attachment = style == Style::Attachment || parent.is_some_and(|p| self.out.sections[p].attachment);
        let section = Section {
            number: Some(path),
            heading,
            parent,
            level: u8::try_from(depth).unwrap_or(u8::MAX),
            span: block.span,
            attachment,
        };
        self.open.push(Level { section: self.out.sections.len(), style, label: m.label.clone() });
        self.out.sections.push(section);
    }

    /// A heading without number opens a section beside the numbered ones of the top level.
    /// Right after an article without heading, it is the article's.
    fn unnumbered(&mut self, block: &Block, text: &str) {
        let text = heading::clean(text);
        if let (Some(last), Some(level)) = (self.out.sections.last_mut(), self.open.last()) {
            let bare = last.heading.is_none() && self.text.slice(last.span).len() < 24;
            if bare && matches!(level.style, Style::Article | Style::Attachment) {
                last.heading = Some(text.to_owned());
                return;
            }
        }
        let keep = self.open.iter().take_while(|l| l.style == Style::Attachment).count();
        self.open.truncate(keep);
        let parent = self.open.last().map(|l| l.section);
        let attachment = parent.is_some_and(|p| self.out.sections[p].attachment);
        let level = u8::try_from(keep).unwrap_or(u8::MAX);
        let heading = Some(text.to_owned());
        self.out.sections.push(Section { number: None, heading, parent, level, span: block.span, attachment });
    }

    /// Tells the letter `i` after `h` from the Roman number one.
    fn settle(&self, m: &Marker) -> Style {
        let letter = match m.style {
            Style::Roman { paren } => Style::Lower { paren },
            Style::UpperRoman { paren } => Style::Upper { paren },
            other => return other,
        };
        let core = |label: &str| label.trim_matches(['(', ')', '.']).to_owned();
        let this = core(&m.label);
        let follows = |before: &str| match (before.as_bytes(), this.as_bytes()) {
            ([a], [b]) => *b == a + 1,
            _ => false,
        };
        for level in self.open.iter().rev() {
            if level.style == m.style && roman(&core(&level.label)).is_some_and(|n| roman(&this) == Some(n + 1)) {
                return m.style;
            }
            if level.style == letter && follows(&core(&level.label)) {
                return letter;
            }
        }
        m.style
    }

    /// How many open levels stay open above a section of `style`.
    fn depth(&self, style: Style, label: &str) -> usize {
        let position = |wanted: fn(&Style) -> bool| self.open.iter().position(|l| wanted(&l.style));
        match style {
            Style::Attachment => 0,
            Style::Article => position(|s| *s != Style::Attachment).unwrap_or(self.open.len()),
            Style::Decimal(parts) => {
                // Below the section whose number is the beginning of this one, else beside its like.
                let parent = self.open.iter().rposition(|l| match l.style {
                    Style::Decimal(p) => p < parts && label.starts_with(l.label.as_str()),
                    Style::Article | Style::Attachment => true,
                    _ => false,
                });
                parent.map_or(0, |p| p + 1)
            }
            Style::Bullet => self.open.len(),
            _ => self.open.iter().position(|l| l.style == style).unwrap_or(self.open.len()),
        }
    }

    /// The number as people cite it: `4.2(a)(i)`, `Schedule A, 2.1`.
    fn path(&self, style: Style, label: &str) -> String {
        let parent =
            self.open.last().and_then(|l| self.out.sections[l.section].number.as_deref().map(|n| (l.style, n)));
        match (parent, style) {
            (None, _) | (_, Style::Attachment | Style::Article) | (Some((Style::Article, _)), Style::Decimal(_)) => {
                label.to_owned()
            }
            (Some((Style::Attachment, above)), _) => format!("{above}, {label}"),
            (Some((Style::Decimal(_), above)), Style::Decimal(_)) => match above.rsplit_once(", ") {
                Some((attachment, _)) => format!("{attachment}, {label}"),
                None => label.to_owned(),
            },
            (Some((_, above)), _) if label.starts_with('(') => format!("{above}{label}"),
            (Some((_, above)), _) => format!("{above} {label}"),
        }
    }

    fn sentences(&mut self, block: &Block, bullet: bool) {
        let section = self.out.sections.len() - 1;
        let text = self.text.slice(block.span);
        let spans = match block.kind {
            BlockKind::TableRow => vec![block.span],
            BlockKind::Paragraph => sentences::split(text, block.span.start()),
        };
        let (spans, cut) = sentences::bound(text, block.span.start(), spans);
        if cut {
            let longest = sentences::LONGEST >> 10;
            let message = format!("a sentence of more than {longest} KiB was cut; what it says may be read in part");
            let remark = Diagnostic::new("segment.long_sentence", Severity::Warning, Stage::Segment, message);
            self.out.remarks.push(remark.on_page(block.page).at(block.span));
        }
        let lead_in = if bullet { self.bullet_lead_in(section) } else { self.lead_in(section) };
        for span in spans {
            self.out.sentences.push(Sentence { span, section, lead_in });
        }
    }

    /// The sentence before the bullets of a section: the last one that is no bullet itself.
    fn bullet_lead_in(&self, section: usize) -> Option<usize> {
        let last = self.out.sentences.last().filter(|s| s.section == section)?;
        let at = self.out.sentences.len() - 1;
        let open = self.text.slice(last.span).trim_end().ends_with([':', ',', ';']);
        last.lead_in.or(open.then_some(at))
    }

    /// The last sentence of the parent section, when it leaves its list open ("The Supplier shall:").
    fn lead_in(&self, section: usize) -> Option<usize> {
        let parent = self.out.sections[section].parent?;
        // Sentences stand in the order of their sections.
        let at = self.out.sentences.partition_point(|s| s.section <= parent).checked_sub(1)?;
        if self.out.sentences[at].section != parent {
            return None;
        }
        let text = self.text.slice(self.out.sentences[at].span).trim_end();
        let heading = self.out.sections[parent].heading.as_deref();
        let is_heading = heading.is_some_and(|h| text.trim_end_matches([':', ' ']).ends_with(h));
        (!is_heading && !text.ends_with(['.', ';', '?', '!']) && text.len() > 12).then_some(at)
    }

    /// Each section ends where the next one begins.
    fn close_spans(&mut self) {
        // Running headers and footers stand after the last block and belong to no section.
        let end = self.text.blocks().last().map_or(0, |b| b.span.end());
        let starts: Vec<usize> = self.out.sections.iter().map(|c| c.span.start()).collect();
        for (i, section) in self.out.sections.iter_mut().enumerate() {
            let next = starts.get(i + 1).copied().unwrap_or(end);
            section.span = Span::new(starts[i], next.max(starts[i]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn numbers(plain: &str) -> Vec<(String, Option<String>)> {
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let sections = segment(&text).sections;
        sections.into_iter().skip(1).map(|c| (c.number.unwrap_or_default(), c.heading)).collect()
    }

    #[test]
    fn nested_numbers() {
        let plain = "SUPPLY AGREEMENT\nThe parties agree as follows:\n1. TERM\n1.1 Initial Term. The term is one year.\n\
            (a) It may end early.\n(i) On breach.\n(ii) On notice.\n(b) It may renew.\n2. FEES\n(h) one\n(i) two\n\
            SCHEDULE A\n1. Services";
        let got: Vec<String> = numbers(plain).into_iter().map(|(n, _)| n).collect();
        let expected = [
            "1",
            "1.1",
            "1.1(a)",
            "1.1(a)(i)",
            "1.1(a)(ii)",
            "1.1(b)",
            "2",
            "2(h)",
            "2(i)",
            "Schedule A",
            "Schedule A, 1",
        ];
        assert_eq!(got, expected);
    }

    #[test]
    fn articles_and_headings() {
        let plain = "The parties agree as follows:\nARTICLE IX TERM\n9.1 Renewal. It renews.\nGOVERNING LAW\nThe law of Texas applies.";
        let got = numbers(plain);
        assert_eq!(got[0], ("Article IX".into(), Some("TERM".into())));
        assert_eq!(got[1], ("9.1".into(), Some("Renewal".into())));
        assert_eq!(got[2], (String::new(), Some("GOVERNING LAW".into())));
    }

    #[test]
    fn a_filing_label_is_no_attachment() {
        let plain =
            "EXHIBIT 10.4\nSUPPLY AGREEMENT\nThe parties agree as follows:\n1. TERM\nOne year.\nEXHIBIT A\n1. Prices";
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let attached: Vec<bool> = segment(&text).sections.iter().map(|c| c.attachment).collect();
        assert_eq!(attached, [false, false, true, true]);
    }

    #[test]
    fn lead_ins() {
        let plain =
            "The parties agree as follows:\n3. The Supplier shall:\n(a) deliver the goods; and\n(b) insure them.";
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let segments = segment(&text);
        let items: Vec<_> = segments.sentences.iter().filter(|s| s.lead_in.is_some()).collect();
        assert_eq!(items.len(), 2);
        let lead = items[0].lead_in.expect("a lead-in");
        assert_eq!(text.slice(segments.sentences[lead].span), "3. The Supplier shall:");
    }
}
